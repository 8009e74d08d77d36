"""What a person is asked about a schedule that a collector reads as it is."""

from __future__ import annotations

import pytest

from gonogo.first_week.adding.setting_asks import answered_settings, setting_asks
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.model.people import Side
from gonogo.model.program import Binding

DROP = "unknown, nobody says in `dropped` of the binding that both sides agreed to drop UID 9 'Prove the restore' (set"
PROMISE = "unknown, nobody says in `baseline` of the binding which promise was agreed for UID 5 'Rehearse': baseline 0"


def schedule(**settings):
    return Binding(
        id="schedule",
        plugin="schedule",
        collector="mspdi",
        prefix="ims",
        side=Side.CUSTOMER,
        producer="PMO",
        settings={"golive": "Go-live", "committed": "2027-05-03", **settings},
    )


def asked(binding, given):
    return {line.about: line.answer for line in setting_asks(binding, given)}


@pytest.mark.parametrize(
    ("given", "more"),
    [
        ({"ims.bei": "1"}, set()),
        ({"ims.bei": "1", "ims.forecast_slip_days": DROP}, {"dropped"}),
        ({"ims.golive_tasks_late": PROMISE}, {"baseline"}),
        ({"ims.bei": DROP, "ims.golive_tasks_late": PROMISE}, {"dropped", "baseline"}),
    ],
)
def test_what_few_files_need_is_asked_where_a_fact_is_unknown_for_it(given, more):
    """Two rows that hardly any office needs would cost every office a minute."""
    assert asked(schedule(), given).keys() == {"golive", "committed"} | more


def test_what_was_answered_is_shown_as_it_was_written():
    """The agreed baseline may be number 0, which is an answer."""
    shown = asked(schedule(baseline=0, dropped=["Prove the restore", "W.9"]), {})

    assert (shown["baseline"], shown["dropped"]) == ("0", "Prove the restore; W.9")


def row(about, answer):
    return AnsweredRow("setting", about, "", answer, "", "row 9")


def test_answers_become_settings():
    """A number, and names that stand apart by semicolons."""
    rows = [row("baseline", "1"), row("dropped", "Prove the restore; W.9 ;")]

    assert answered_settings(schedule(), rows) == {"baseline": 1, "dropped": ["Prove the restore", "W.9"]}
    assert answered_settings(schedule(baseline=0), [row("baseline", "0")]) == {}


@pytest.mark.parametrize("answer", ["first", "11", "-1", "1.5"])
def test_a_baseline_that_is_none_is_refused(answer):
    """Microsoft Project numbers eleven."""
    with pytest.raises(WrongAnswerInSheet):
        answered_settings(schedule(), [row("baseline", answer)])
