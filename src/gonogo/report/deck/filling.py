"""Which of GSA's decks a template is, and the copy with its figures."""

from __future__ import annotations

from typing import Final

from gonogo.errors import UsageError
from gonogo.report.deck.claims import Claims, read_claims
from gonogo.report.deck.done_about import unless_decided
from gonogo.report.deck.other_decks import fill_phase_three, fill_status, is_phase_three, is_status_report
from gonogo.report.deck.phase_four import fill, is_phase_four
from gonogo.report.deck.slides import Deck
from gonogo.report.view import RunView

_DATE: Final = "Month, Year"
"""What the first slide of a Progress Review says where the date belongs."""


def filled(template: bytes, view: RunView, *, earlier: bytes | None = None) -> tuple[bytes, tuple[str, ...]]:
    """Return a copy of the template with the figures of a run, and what was filled in and left, a line each.

    Args:
        template: GSA's deck or an agency's copy of it.
        view: The run.
        earlier: A Phase 4 deck that somebody filled in by hand: its colors stand beside the computed ones.

    Raises:
        UsageError: The template is none of the three decks, or cannot be read; or the earlier deck claims nothing.
    """
    deck = Deck(template)
    said = Claims({}, {})
    if earlier is not None:
        said = read_claims(Deck(earlier))
        if not said.colors:
            raise UsageError(
                f"The earlier deck claims no color{_instead(said)}.",
                hint="write Green, Yellow or Red into the column Health Indicator of a row with a number, or fill the "
                "cell in that color; a shape that lies over the table is not read",
            )
    if is_phase_four(deck):
        told = (*fill(deck, view, said.colors), *said.lines)
    elif earlier is not None:
        raise UsageError("Only a Phase 4 Progress Review has colors to compare.", hint="leave out --claimed")
    elif is_phase_three(deck):
        told = fill_phase_three(deck, view)
    elif is_status_report(deck):
        told = fill_status(deck, view)
    else:
        raise UsageError(
            "The template has none of the tables that gonogo fills in.",
            hint="take GSA's Phase 3 or Phase 4 Progress Review or Status Report, or a copy with the same tables",
        )
    run = view.started
    day = run.program.local_date(run.now)
    if deck.slides[0].replace(_DATE, ". ".join((f"{day:%B} {day.day}, {day.year}", *unless_decided(view)))):
        told = (*told, "slide 1: the date")
    deck.slides[0].note(
        f"{run.kind.sentence} Figures by gonogo from run {run.envelope.run} of log {view.log}, digest "
        f"{view.finished.assessment}. Verdict: {view.decision.verdict}."
    )
    return deck.to_bytes(), told


def _instead(said: Claims) -> str:
    """Return what stands where the first color should."""
    return next((f": row {number} {what}" for number, what in sorted(said.remarks.items())), "")
