"""Go-live has an hour: what is forecast for that evening is late where the release goes live in the morning."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

DAY = "2027-04-26"
EVENING = f"{DAY}T17:00:00"


def at(hour: int, minute: int = 0, day: int = 26) -> datetime:
    """A moment of April in Washington."""
    return datetime(2027, 4, day, hour + 4, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hour", "minute", "slip", "float_days"),
    [
        pytest.param(6, 0, "0.458334", -1, id="eleven hours after go-live"),
        pytest.param(16, 59, "0.000695", "-0.002084", id="a minute after it"),
        pytest.param(17, 0, "0", 0, id="at that moment"),
        pytest.param(17, 1, "0", 0, id="a minute before it"),
    ],
)
def test_the_hour_of_go_live_counts_where_a_day_was_committed(ask, project, task, hour, minute, slip, float_days):
    """Any time of the day was on time, so that all work could end eleven hours after go-live."""
    task(project, 6)["TotalSlack"] = 0
    answers = ask(project, committed=DAY, go_live=at(hour, minute))

    assert answers["forecast_slip_days"].value == Decimal(slip)
    assert answers["golive_total_float_days"].value == Decimal(float_days)
    told = f"; payroll-1 goes live at {DAY} {hour:02}:{minute:02}"
    assert (told in answers["forecast_slip_days"].where) is (slip != "0")


@pytest.mark.parametrize(
    ("agreed", "late"),
    [
        pytest.param(f"{DAY}T16:59:00", True, id="a minute earlier"),
        pytest.param(EVENING, False, id="that hour"),
        pytest.param(f"{DAY}T17:01:00", False, id="a minute later"),
        pytest.param("2027-04-27T17:00:00", True, id="another day"),
    ],
)
def test_an_hour_that_the_baseline_of_go_live_names_is_no_slip(ask, project, task, agreed, late):
    """Tools end a day at 17:00 where a planner typed the day alone; both hours are told."""
    task(project, 6)["Baseline"] = {"Number": 0, "Finish": agreed}
    answer = ask(project, committed=DAY, go_live=at(6))["forecast_slip_days"]

    assert (answer.value > 0) is late
    assert f"forecast {DAY} 17:00" in answer.where
    assert f"; payroll-1 goes live at {DAY} 06:00" in answer.where


@pytest.mark.parametrize(
    ("day", "shown", "late"),
    [
        pytest.param(27, "2027-04-27T08:00:00", False, id="the first hour of a Tuesday"),
        pytest.param(27, "2027-04-27T08:01:00", True, id="a minute later"),
    ],
)
def test_the_first_working_hour_of_the_day_is_no_slip(ask, project, task, day, shown, late):
    """A tool dates a milestone with the start of the working day; nothing is worked on between six and eight."""
    task(project, 6).update(Start=shown, Finish=shown)

    answer = ask(project, committed=f"2027-04-{day}", go_live=at(6, day=day))["forecast_slip_days"]

    assert (answer.value > 0) is late


@pytest.mark.parametrize(("shown", "late"), [("2027-05-01T08:00:00", False), ("2027-05-01T17:00:00", True)])
def test_a_day_off_has_the_hours_of_a_working_day(ask, project, task, shown, late):
    """Go-live on a Saturday: days off that somebody enters there must not swallow the slip either."""
    task(project, 6).update(Start=shown, Finish=shown)

    answer = ask(project, committed="2027-05-01", go_live=datetime(2027, 5, 1, 10, tzinfo=UTC))["forecast_slip_days"]

    assert (answer.value > 0) is late


@pytest.mark.parametrize(
    ("committed", "slip"),
    [
        pytest.param(f"{DAY}T16:00-04:00", "0.041667", id="an hour before the forecast"),
        pytest.param(f"{DAY}T23:59-04:00", "0.020834", id="its last minute"),
    ],
)
def test_a_promised_hour_later_than_that_of_go_live_does_not_help(ask, project, committed, slip):
    """A promise for the evening is none for a release that goes live half an hour before the forecast."""
    assert ask(project, committed=committed, go_live=at(16, 30))["forecast_slip_days"].value == Decimal(slip)


def test_an_earlier_day_that_was_committed_has_no_hour(ask, project):
    """The hour is that of the release, and says nothing of another day."""
    assert ask(project, committed=DAY, go_live=at(6, day=27))["forecast_slip_days"].value == 0


def test_what_went_live_that_day_is_done(ask, project, task, all_done):
    """Half an hour after the plan is no slip that anybody could still prevent."""
    all_done(project)
    moment = "2027-04-15T10:30:00"
    task(project, 6).update(PercentComplete=100, Start=moment, ActualStart=moment, Finish=moment, ActualFinish=moment)

    answer = ask(project, committed="2027-04-15", go_live=datetime(2027, 4, 15, 14, tzinfo=UTC))["forecast_slip_days"]

    assert answer.value == 0
