"""What is said of a fact whose value stays while its date moves."""

from datetime import timedelta

import pytest

from gonogo.comparison.compare import compare
from gonogo.comparison.notice import NoticeKind
from gonogo.model.evidence import Gap, GapReason


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


@pytest.mark.parametrize(("many", "told"), [(3, 3), (4, 1), (40, 1)])
def test_facts_that_stay_unknown_for_many_reasons_are_told_together(many, told, made):
    """A workbook that was just made gave 43 lines, one for each blank cell."""
    names = [f"a.f{number:02}" for number in range(many)]
    before = made.of(
        [made.judged(0)], answers=[Gap(fact=n, reason=GapReason.UNASKED, detail="No binding.") for n in names]
    )
    now = [Gap(fact=n, reason=GapReason.MISSING, detail=f"Cell F{n}.", binding="asked") for n in names]

    sentences = [each.sentence for each in compare(before, made.of([made.judged(0)], answers=now)).notices]

    found = [sentence for sentence in sentences if "still unknown" in sentence]
    assert len(found) == told
    if told == 1:
        assert found[0].startswith("asked: a.f00, a.f01, a.f02")
        assert found[0].endswith("are still unknown, each for another reason.")
    else:
        assert found[0] == "a.f00 is still unknown, for another reason: Cell Fa.f00."


def test_what_is_known_no_more_is_told_with_its_reason_beside_what_stays_unknown(made):
    """Each of those is a setback, and somebody mends it by its reason."""
    names, others = [f"a.f{number:02}" for number in range(9)], [f"b.f{number:02}" for number in range(9)]
    old = [Gap(fact=name, reason=GapReason.UNASKED, detail="No binding.") for name in others]
    before = made.of([made.judged(0)], answers=[*(made.evidence(0, fact=name) for name in names), *old])
    now = [Gap(fact=n, reason=GapReason.MISSING, detail=f"Cell {n}.", binding="asked") for n in (*names, *others)]

    notices = compare(before, made.of([made.judged(0)], answers=now)).notices

    lost = [each for each in notices if "no longer known" in each.sentence]
    assert len(lost) == 9
    assert all(each.worse for each in lost)
    assert sum("still unknown" in each.sentence for each in notices) == 1


def test_days_are_those_of_the_program(made):
    """What held on the evening of the 16th in New York held on the 17th in UTC; people there know the 16th."""
    evening = made.evidence(0, sha="b").as_of.replace(hour=2) - timedelta(days=1)
    before = made.of([made.judged(0)], answers=[made.evidence(0, sha="a", days=1)])
    after = made.of([made.judged(0)], answers=[made.evidence(0, sha="b", as_of=evening)])

    (notice,) = [each for each in compare(before, after).notices if "dated back" in each.sentence]
    assert f"dated back: {(evening - timedelta(days=1)).date()}, and {(evening + timedelta(days=1)).date()} in" in (
        notice.sentence
    )
