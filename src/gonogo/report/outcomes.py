"""What became of the release after the run, in words: it is recorded later, and page one tells it."""

from __future__ import annotations

from typing import Any

from gonogo.model.canonical import instant_text
from gonogo.model.outcome import OutcomeRecorded, ReleaseOutcome
from gonogo.report.view import RunView
from gonogo.report.words import local, stopped

DONE = {
    ReleaseOutcome.DEPLOYED: "deployed",
    ReleaseOutcome.HELD: "held",
    ReleaseOutcome.ROLLED_BACK: "rolled back",
}


def outcome_words(view: RunView) -> tuple[str, ...]:
    """Return one sentence for each outcome that is recorded, oldest first."""
    zone = view.started.program.zone
    return tuple(f"Recorded {local(at, zone)}: the release was {_told(each)}" for at, each in view.outcomes)


def outcome_documents(view: RunView) -> list[dict[str, Any]]:
    """Return each outcome with the time of its record."""
    return [{"at": instant_text(at), **each.document()} for at, each in view.outcomes]


def _told(outcome: OutcomeRecorded) -> str:
    against = ", against the recommendation" if outcome.against else ""
    why = f": {outcome.reason}" if outcome.reason is not None else "."
    return stopped(f"{DONE[outcome.outcome]}{against}{why}")
