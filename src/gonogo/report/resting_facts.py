"""What the criteria rest on: how many facts were measured, how many people stated, and how many prepared those.

*26 met* reads the same whether 26 exports prove it or one person typed it into one workbook.
"""

from __future__ import annotations

from dataclasses import dataclass

from gonogo.core.wording import listing
from gonogo.model.evidence import Basis
from gonogo.report.view import RunView
from gonogo.report.words import count


@dataclass(frozen=True, slots=True)
class RestingFacts:
    """How many facts with a value the criteria read, each once.

    Attributes:
        measured: Read by a collector from what a system or a file holds.
        stated: Said by people.
        stated_by: How many people state them.
        prepared_by: How many people prepared what they state; only those that are named.
        unprepared: How many of the stated facts name nobody who prepared them.
    """

    measured: int
    stated: int
    stated_by: int
    prepared_by: int
    unprepared: int

    @classmethod
    def of(cls, view: RunView) -> RestingFacts:
        """Count them in a run."""
        bases = {reading.fact: reading.basis for finding in view.findings for reading in finding.facts if reading.basis}
        stated = {fact for fact, basis in bases.items() if basis is Basis.STATED}
        said = {
            entry.fact: [one for value in entry.values for one in value.attested]
            for entry in view.evidence
            if entry.fact in stated
        }
        every = [one for statements in said.values() for one in statements]
        return cls(
            measured=len(bases) - len(stated),
            stated=len(stated),
            stated_by=len({one.person for one in every}),
            prepared_by=len({one.prepared_by for one in every if one.prepared_by is not None}),
            unprepared=sum(all(one.prepared_by is None for one in said.get(fact, ())) for fact in stated),
        )

    def document(self) -> dict[str, int]:
        """Return the counts for programs."""
        return {
            "measured": self.measured,
            "stated": self.stated,
            "stated_by": self.stated_by,
            "prepared_by": self.prepared_by,
            "unprepared": self.unprepared,
        }


def resting_words(view: RunView) -> tuple[str, ...]:
    """Return the line of page one; nothing where no criterion reads a value."""
    facts = RestingFacts.of(view)
    every = facts.measured + facts.stated
    if not every:
        return ()
    kinds = [f"{facts.measured} measured"] if facts.measured else []
    if facts.stated:
        by = [f"by {_people(facts.stated_by)}"] if facts.stated_by else []
        by += [f"prepared by {_people(facts.prepared_by)}"] if facts.prepared_by else []
        verb = "names" if facts.unprepared == 1 else "name"
        by += [f"{facts.unprepared} {verb} nobody who prepared it"] if facts.unprepared else []
        kinds.append(f"{facts.stated} stated ({', '.join(by)})")
    return (f"The criteria rest on {count(every, 'fact')}: {listing(kinds)}.",)


def _people(number: int) -> str:
    return count(number, "person", "people")
