"""Why a collector gave no answer at all, in one sentence with the next step where time was too short."""

from __future__ import annotations

from typing import Final

from gonogo.isolate import ChildOutcome
from gonogo.model.evidence import GapReason
from gonogo.plugin.privacy.personal import PERSONAL
from gonogo.plugin.privacy.redact import Redaction

_LONGEST_S: Final = 3600
"""What a binding may say at most."""
_SENTENCES: Final = {
    "signal": "The collector crashed",
    "exit": "The collector did not end cleanly",
    "flood": "The collector flooded its output",
    "incomplete": "The collector gave no complete answer",
    "exception": "The collector failed",
    "spawn": "The collector could not be started",
}


def why_no_answer(outcome: ChildOutcome, redaction: Redaction, deadline_s: int) -> tuple[GapReason, str]:
    """Return the reason and the sentence for a child that gave no answer.

    Args:
        outcome: What came of it.
        redaction: How its words are cleaned.
        deadline_s: Seconds that its binding gives.
    """
    detail = redaction.line(outcome.detail)
    if outcome.reason == "deadline":
        return (
            GapReason.DEADLINE,
            f"The collector gave no answer in time: {detail}{_more(outcome.seconds, deadline_s)}.",
        )
    if outcome.reason == "exception" and redaction.personal:
        detail = PERSONAL
    return GapReason.COLLECTOR_FAILED, f"{_SENTENCES.get(outcome.reason, 'The collector failed')}: {detail}."


def _more(lasted: float, had: int) -> str:
    """Return how to give more time, where that of the binding was over: the clock runs on a busy machine, too."""
    if lasted < had or had >= _LONGEST_S:
        return ""
    return f"; a slow or busy machine may need more, such as `deadline: {min(60, max(5, had // 30))}m` in its binding"
