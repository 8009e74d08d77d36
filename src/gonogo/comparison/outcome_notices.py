"""What was recorded of the release since the last run: a rollback is a change, no matter how good the evidence is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gonogo.comparison.notice import Notice, NoticeKind
from gonogo.core.what_came import outcome_sentence
from gonogo.model.outcome import OutcomeOfRun, ReleaseOutcome


def outcome_notices(came: Sequence[OutcomeOfRun]) -> Iterator[Notice]:
    """Yield a notice for each outcome, oldest first; held and rolled back are setbacks."""
    for each in came:
        worse = each.outcome is not ReleaseOutcome.DEPLOYED
        yield Notice(kind=NoticeKind.OUTCOME, subject=each.run, sentence=outcome_sentence(each), worse=worse)
