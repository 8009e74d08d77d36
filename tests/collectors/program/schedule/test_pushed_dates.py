"""Go-live is not earlier than its links let it be, whatever date somebody put there by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gonogo.model.evidence import GapReason

ON_MONDAY = "2027-04-26"
"""Where the file shows go-live: at 17:00, when the rehearsal ends."""


def test_where_a_tool_computed_all_dates_nothing_moves(ask, project):
    """The same date in the file and by its links, and no word about links."""
    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]

    assert answer.value == 0
    assert "links" not in answer.where


@pytest.mark.parametrize(
    ("finish", "slip"),
    [
        pytest.param("2027-04-26T16:00:00", "0", id="an hour before go-live"),
        pytest.param("2027-04-26T17:00:00", "0", id="with go-live"),
        pytest.param("2027-04-27T09:00:00", "1", id="an hour of work after go-live"),
        pytest.param("2027-06-18T17:00:00", "53", id="weeks after go-live"),
    ],
)
@pytest.mark.parametrize("manual", [0, 1])
def test_go_live_waits_for_what_it_is_linked_to(ask, project, task, finish, slip, manual):
    """A date set by hand before the end of the work behind it is no forecast; nor is one that nobody computed."""
    task(project, 5).update(Finish=finish)
    task(project, 6).update(Manual=manual)

    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]
    assert answer.value == Decimal(slip)
    assert ("it waits for UID 5 'Rehearse'" in answer.where) is (slip != "0")


def test_what_is_pushed_pushes_what_follows_in_working_time(ask, project, task, row, after):
    """A week of work between: Friday evening, then the five days of the week after."""
    project["Tasks"]["Task"].insert(6, row(9, "Dry run", 2, "04-19T08", "04-23T17", 40, PredecessorLink=[after(5)]))
    task(project, 5).update(Finish="2027-04-30T17:00:00")
    task(project, 6).update(PredecessorLink=[after(9)])

    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]
    # Ten working days too early for what it follows, it ends on 7 May after being shown for 23 April.
    assert answer.value == 11
    assert "it waits for UID 5 'Rehearse'" in answer.where


def test_idle_time_takes_a_push_up(ask, project, task):
    """Two days of waiting before go-live, and one day of push before it."""
    task(project, 5).update(Start="2027-04-21T08:00:00", Finish="2027-04-22T17:00:00")
    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == 0


def test_a_start_that_is_blank_hides_nothing(ask, project, task):
    """Without a start the finish stands for it."""
    task(project, 5).update(Finish="2027-06-18T17:00:00")
    task(project, 6).update(Start="")

    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == 53


def test_unfinished_work_without_a_finish_leaves_no_forecast(ask, project, task):
    """A placeholder by hand, whose dates are to be determined."""
    task(project, 5).update(Finish="")
    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]

    assert answer.gap is GapReason.MISSING
    assert "UID 5 'Rehearse' feeds go-live and has no finish date" in answer.detail


@pytest.mark.parametrize(
    ("percent", "slip"),
    [
        pytest.param(100, 1, id="nothing left, but nobody says that it is done"),
        pytest.param(50, 7, id="four days of eight left"),
        pytest.param("", 11, id="no percentage: all of it"),
    ],
)
def test_what_remains_of_work_that_should_be_over_is_still_to_come(ask, project, task, percent, slip):
    """Development was to end on Wednesday and is not done on Thursday evening; three days of rehearsal follow."""
    task(project, 3).update(Finish="2027-04-14T17:00:00", PercentComplete=percent)
    project["Assignments"]["Assignment"][0]["Finish"] = "2027-04-14T17:00:00"
    task(project, 5).update(Start="2027-04-15T08:00:00", Finish="2027-04-19T17:00:00")
    task(project, 6).update(Start="2027-04-19T17:00:00", Finish="2027-04-19T17:00:00")

    answer = ask(project, committed="2027-04-19")["forecast_slip_days"]
    assert answer.value == slip
    assert "it waits for UID 3 'Develop'" in answer.where or percent == 100


@pytest.mark.parametrize(
    ("start", "finish", "slip"),
    [
        pytest.param("2027-04-16T08:00:00", "2027-04-26T17:00:00", 0, id="the morning after the data date"),
        pytest.param("2027-04-15T17:00:00", "2027-04-26T17:00:00", 0, id="at the data date"),
        pytest.param("2027-04-15T16:00:00", "2027-04-26T17:00:00", 1, id="an hour before it"),
        pytest.param("2027-03-01T08:00:00", "2027-03-26T17:00:00", 17, id="wholly before it: twenty days from there"),
    ],
)
def test_work_that_has_not_begun_does_not_begin_before_the_data_date(ask, project, task, after, start, finish, slip):
    """It takes as long from there as it was to take, whatever the file shows of the past."""
    task(project, 3).update(PercentComplete=100, Finish="2027-04-14T17:00:00", ActualFinish="2027-04-14T17:00:00")
    task(project, 5).update(Start=start, Finish=finish, PredecessorLink=[after(2)])

    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]
    assert answer.value == slip
    assert ("it waits for UID 5 'Rehearse'" in answer.where) is (slip > 0)


def test_work_of_the_past_takes_its_duration_where_its_dates_are_nearer(ask, project, task, after):
    """Dates of an hour and a duration of twenty days: the longer one counts."""
    task(project, 5).update(
        Start="2027-03-01T08:00:00", Finish="2027-03-01T09:00:00", Duration="PT160H0M0S", PredecessorLink=[after(2)]
    )
    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == 17


def test_begun_work_that_should_be_over_and_whose_rest_nobody_knows_leaves_no_forecast(ask, project, task):
    """Without a duration a percentage is a share of nothing."""
    task(project, 3).update(Finish="2027-04-14T17:00:00", Duration="")
    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]

    assert answer.gap is GapReason.MISSING
    assert "UID 3 'Develop' feeds go-live, was to end on 2027-04-14 and is not finished" in answer.detail


@pytest.mark.parametrize(("finish", "slip"), [("2027-04-26T17:00:00", 0), ("2027-04-28T17:00:00", 2)])
def test_begun_work_does_not_end_before_what_it_follows(ask, project, task, finish, slip):
    """The rehearsal has begun out of sequence: its start is history, its end is not."""
    task(project, 3).update(Finish=finish)
    task(project, 5).update(ActualStart="2027-04-14T08:00:00", Start="2027-04-14T08:00:00", PercentComplete=50)

    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == slip


def test_finished_work_is_pushed_by_nothing(ask, project, task):
    """What is done is done, in whatever order."""
    task(project, 3).update(Finish="2027-06-18T17:00:00")
    task(project, 5).update(
        PercentComplete=100,
        ActualStart="2027-04-14T08:00:00",
        ActualFinish="2027-04-15T17:00:00",
        Start="2027-04-14T08:00:00",
        Finish="2027-04-15T17:00:00",
    )
    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == 0


@pytest.mark.parametrize(
    ("link", "slip"),
    [
        pytest.param({"Type": 3}, 0, id="start to start"),
        pytest.param({"Type": 3, "LinkLag": 5 * 4800}, 2, id="start to start and five days"),
        pytest.param({"Type": 0}, 1, id="finish to finish"),
        pytest.param({"Type": 1, "LinkLag": -4800}, 0, id="finish to start, a day of overlap"),
        pytest.param({"Type": 1, "LinkLag": 4800}, 2, id="finish to start and a day"),
    ],
)
def test_each_kind_of_link_holds_what_it_ties(ask, project, task, after, link, slip):
    """The rehearsal runs from Thursday to Tuesday evening; go-live is shown for Monday evening."""
    task(project, 5).update(Finish="2027-04-27T17:00:00")
    task(project, 6).update(PredecessorLink=[after(5, **link)])

    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == slip


def test_a_link_from_a_summary_row_waits_for_all_that_lies_below_it(ask, project, task, after):
    """Its own dates are what a tool rolled up, or what somebody typed."""
    task(project, 6).update(PredecessorLink=[after(1)])
    task(project, 3).update(Finish="2027-04-28T17:00:00")

    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]
    assert answer.value == 2
    assert "it waits for UID 3 'Develop'" in answer.where


@pytest.mark.parametrize(
    ("finish", "manual", "percent", "slip"),
    [
        ("2027-04-20T17:00:00", 1, 50, 0),
        ("2027-04-26T17:00:00", 1, 50, 0),
        ("2027-04-28T17:00:00", 1, 50, 2),
        ("2027-04-27T17:00:00", 1, 50, 1),
        ("2027-04-27T17:00:00", 0, 50, 1),
        ("2027-04-28T17:00:00", 0, 50, 2),
        ("2027-04-28T17:00:00", 1, 100, 0),
    ],
)
def test_a_summary_row_that_ends_after_what_is_below_it_holds_what_follows(
    ask, project, task, after, finish, manual, percent, slip
):
    """A tool schedules what follows it by its own finish, however early the work below it ends."""
    task(project, 6).update(PredecessorLink=[after(1)])
    task(project, 1).update(Finish=finish, Manual=manual, PercentComplete=percent)

    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]
    assert answer.value == slip
    assert ("it waits for UID 1 'Build'" in answer.where) is (slip > 0)


@pytest.mark.parametrize(
    ("shown", "slip"),
    [
        pytest.param("2027-04-26T17:00:00", 4, id="before both: the later one"),
        pytest.param("2027-04-27T16:58:00", 3, id="over a minute before the first one: the later one"),
        pytest.param("2027-04-27T16:59:00", 0, id="a minute before the first one"),
        pytest.param("2027-04-27T17:00:00", 0, id="at the first one: the tool told which"),
        pytest.param("2027-04-28T09:00:00", 2, id="between them: the later one"),
        pytest.param("2027-04-30T17:00:00", 0, id="at the second one"),
        pytest.param("2027-05-03T17:00:00", 0, id="after both"),
    ],
)
def test_of_a_lag_with_two_readings_the_later_counts_unless_the_dates_tell(ask, project, task, after, shown, slip):
    """All of three working days, by the clock: 24 hours, or the 105 from their start to their end."""
    task(project, 6).update(PredecessorLink=[after(5, LinkLag=100, LagFormat=20)], Start=shown, Finish=shown)

    answers = ask(project, committed=shown[:10], go_live=datetime(2027, 5, 10, 10, tzinfo=UTC))
    assert answers["forecast_slip_days"].value == slip


def test_the_reading_that_the_dates_tell_is_the_one_of_a_push(ask, project, task, after):
    """Rehearsal is pushed by a day, and go-live by the same day."""
    task(project, 3).update(Finish="2027-04-22T17:00:00")
    go_live = {"Start": "2027-04-27T17:00:00", "Finish": "2027-04-27T17:00:00"}
    task(project, 6).update(PredecessorLink=[after(5, LinkLag=100, LagFormat=20)], **go_live)

    assert ask(project, committed="2027-04-27")["forecast_slip_days"].value == 1


def test_a_link_to_a_summary_row_holds_all_that_lies_below_it(ask, project, task, after):
    """Go-live lies below Deploy, and Deploy waits for development."""
    task(project, 4).update(PredecessorLink=[after(3)])
    task(project, 6).update(PredecessorLink=[])
    task(project, 3).update(Finish="2027-04-28T17:00:00")

    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == 2


def test_what_does_not_lead_to_go_live_moves_nothing(ask, project, task):
    """Hypercare without a date is no reason to know less about go-live."""
    task(project, 8).update(Finish="")

    assert ask(project, committed=ON_MONDAY)["forecast_slip_days"].value == 0


def test_a_pushed_go_live_has_less_float_and_a_worse_index(ask, project, task):
    """All measures of go-live take the same forecast."""
    before = ask(project)
    task(project, 5).update(Finish="2027-06-18T17:00:00")
    task(project, 6).update(Manual=1)
    after = ask(project)

    assert before["golive_total_float_days"].value > 0 > after["golive_total_float_days"].value
    assert after["cpli"].value < before["cpli"].value


@pytest.mark.parametrize(("remaining", "slip"), [(0, 1), (32, 7)])
def test_primavera_says_what_remains(ask_xer, tables, remaining, slip):
    """The same of a plan that was not scheduled after its update."""
    rows = {row["task_code"]: row for row in tables["TASK"]}
    rows["A2"].update(early_end_date="2027-04-14 17:00", remain_drtn_hr_cnt=remaining, phys_complete_pct=10)
    rows["A3"].update(early_start_date="2027-04-15 08:00", early_end_date="2027-04-19 17:00")
    rows["GL1000"].update(early_start_date="2027-04-19 17:00", early_end_date="2027-04-19 17:00")

    assert ask_xer(tables, committed="2027-04-19")["forecast_slip_days"].value == slip


def test_a_lag_beyond_the_calendar_of_years_leaves_no_forecast(ask, project, task, after):
    """Go-live in the year 12000 is no go-live on time."""
    task(project, 6).update(PredecessorLink=[after(5, LinkLag=10**11, LagFormat=8)])
    answer = ask(project, committed=ON_MONDAY)["forecast_slip_days"]

    assert answer.gap is GapReason.MALFORMED
    assert "has a lag that no calendar reaches" in answer.detail
