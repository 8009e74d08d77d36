"""The tables of GSA's business readiness assessment: their headings, and what their cells ask. Data, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from gonogo.model.placeholder import plain_words


@dataclass(frozen=True, slots=True)
class AssessmentStep:
    """One table of the deck.

    Attributes:
        title: What the slide calls it.
        headings: How each heading begins, in lower case, to what its column is called here.
    """

    title: str
    headings: tuple[tuple[str, str], ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """What its columns are called here."""
        return tuple(name for _, name in self.headings)

    @property
    def needed(self) -> frozenset[str]:
        """The headings by which it is known: all of them."""
        return frozenset(self.columns)

    def column_of(self, heading: str) -> str:
        """Return what a heading is called here; empty for any other."""
        return next((name for start, name in self.headings if heading.startswith(start)), "")


STEPS: Final = (
    AssessmentStep(
        "Step 1, roles and responsibilities",
        (
            ("assess the existing solution", "existing_solution"),
            ("define target end state", "target_end_state"),
            ("gap analysis", "gap_analysis"),
        ),
    ),
    AssessmentStep(
        "Step 2, existing solution",
        (
            ("review shared vision", "shared_vision"),
            ('document the "as-is"', "capabilities"),
            ("identify the limitations", "limitations"),
        ),
    ),
    AssessmentStep(
        "Step 3, target end state",
        (
            ("define the target operational end state", "end_state"),
            ("draft desired high-level", "desired_capabilities"),
        ),
    ),
    AssessmentStep("Step 3, guiding principles", (("we will", "principles"), ("which means", "their_meaning"))),
    AssessmentStep(
        "Step 4, gap analysis",
        (
            ("identify the gaps in business needs", "needs"),
            ("assess current capabilities against", "standards"),
            ("brainstorm possible resolutions", "resolutions"),
        ),
    ),
)
"""The last one is the table of gaps."""
INSTRUCTIONS: Final = frozenset(
    map(
        plain_words,
        (
            "Develop a list of stakeholders",
            "Define roles",
            "Define responsibilities",
            "Create a timeline for completion",
            "Document shared vision and objectives here",
            "Document high-level capabilities and offerings here",
            "Document limitations and challenges here",
            "Document target operational end state here",
            "Document desired high-level business capabilities of target end state here",
            "Document guiding principles here",
            "Document impacts of guiding principles here",
            "Document current capabilities against the FIBF standards here",
            "Document possible gap resolutions here",
            "Document impacts to consider here",
        ),
    )
)
"""What the template asks, as words without marks."""
LABELS: Final = frozenset(("stakeholders", "roles", "responsibilities", "timeline"))
"""Words that stand above an answer."""
