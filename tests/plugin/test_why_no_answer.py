"""A child that gave no answer: the sentence that a reader gets."""

from __future__ import annotations

import pytest

from gonogo.isolate import ChildOutcome
from gonogo.model.evidence import GapReason
from gonogo.plugin.privacy.redact import redaction_of
from gonogo.plugin.why_no_answer import why_no_answer


@pytest.mark.parametrize(
    ("had", "lasted", "next_step"),
    [
        (60, 60.0, "; a slow or busy machine may need more, such as `deadline: 5m` in its binding"),
        (60, 60.5, "; a slow or busy machine may need more, such as `deadline: 5m` in its binding"),
        (60, 59.9, ""),
        (300, 300.1, "; a slow or busy machine may need more, such as `deadline: 10m` in its binding"),
        (3599, 3600.0, "; a slow or busy machine may need more, such as `deadline: 60m` in its binding"),
        (3600, 3600.0, ""),
    ],
)
def test_a_deadline_that_was_over_says_how_to_give_more(had: int, lasted: float, next_step: str) -> None:
    """A large plan on a busy laptop is no fault of the evidence; what did not use its time is not mended by more."""
    outcome = ChildOutcome("1", False, b"", "deadline", "why", lasted)

    assert why_no_answer(outcome, redaction_of({}), had) == (
        GapReason.DEADLINE,
        f"The collector gave no answer in time: why{next_step}.",
    )
