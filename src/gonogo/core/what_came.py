"""What became of a release, in words that page one, the daily run and a signed decision share. Pure."""

from __future__ import annotations

from gonogo.core.wording import instant_words
from gonogo.model.outcome import OutcomeOfRun
from gonogo.model.run_by import RunBy


def outcome_sentence(came: OutcomeOfRun) -> str:
    """Return what became of the release, when, after which run, who recorded it and why, with its full stop."""
    against = ", against the recommendation" if came.against else ""
    by = f", recorded by {recorder(came.who)}" if recorder(came.who) else ""
    what = f"The release was {came.outcome.words}{against} on {instant_words(came.at)}"
    end = f": {came.reason.rstrip('.')}." if came.reason is not None else "; nobody said why."
    return f"{what} (run {came.run}{by}){end}"


def recorder(who: RunBy | None) -> str:
    """Return who recorded it, as the environment declared it; empty where it did not."""
    return "" if who is None else who.account or who.job or who.host or ""
