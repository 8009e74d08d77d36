"""What is said of a fact whose value stays while its date moves."""

import pytest

from gonogo.comparison.compare import compare
from gonogo.comparison.notice import NoticeKind


@pytest.mark.parametrize(
    ("days", "kind", "sentence"),
    [
        (1, NoticeKind.RENEWED, "tracker: defects.critical_open is newly dated; its value did not change."),
        (
            2,
            NoticeKind.RENEWED,
            "tracker: defects.critical_open is taken from a different place; its value did not change.",
        ),
        (
            3,
            NoticeKind.EVIDENCE,
            "tracker: defects.critical_open is dated back: 2027-04-16, and 2027-04-17 in the last run; its value did "
            "not change.",
        ),
    ],
)
def test_evidence_that_went_back_in_time_is_not_called_renewed(days, kind, sentence, made):
    """An older report in place of the last one would read like good news."""
    before = made.of([made.judged(0)], answers=[made.evidence(0, sha="a", days=2)])
    after = made.of([made.judged(0)], answers=[made.evidence(0, sha="b", days=days)])

    told = {notice.kind: notice.sentence for notice in compare(before, after).notices}

    assert told[kind] == sentence
    assert not compare(before, after).anything_worse
