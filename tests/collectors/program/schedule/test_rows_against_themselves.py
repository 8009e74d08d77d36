"""Rows of Microsoft Project that speak against themselves, so that late work on the way to go-live was not seen."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from gonogo.plugin.spec import CollectorRefusal

HELD = datetime(2027, 4, 20, 17)  # noqa: DTZ001  # local, as the file writes it


@pytest.mark.parametrize(
    ("later", "flag", "counts"),
    [
        (timedelta(days=1), 0, False),
        (timedelta(days=1, minutes=1), 0, True),
        (timedelta(days=1, minutes=1), 1, True),
        (timedelta(days=1), 1, False),
        (timedelta(0), 0, False),
    ],
)
def test_a_finished_row_below_late_work_makes_no_summary_of_it(ask, project, row, task, later, flag, counts):
    """A summary counts nowhere: the slip of its own finish and its link into go-live were gone."""
    kept = {"Number": 0, "Start": "2027-04-12T08:00:00", "Finish": "2027-04-16T17:00:00", "Duration": "PT40H0M0S"}
    task(project, 3).update(Finish=f"{HELD + later:%Y-%m-%dT%H:%M:%S}", Summary=flag, Baseline=[kept])
    held = row(
        90,
        "Kick-off held",
        3,
        "04-12T08",
        f"{HELD:%m-%dT%H}",
        8,
        Baseline=[{**kept, "Finish": f"{HELD:%Y-%m-%dT%H:%M:%S}"}],
    )
    project["Tasks"]["Task"].insert(4, held)

    assert ("UID 3" in (ask(project)["golive_tasks_late"].open_items or ())) is counts


def test_what_lies_below_such_work_lies_beside_it(ask, project, row, task):
    """A row below it may have one below it in turn."""
    task(project, 3).update(Finish="2027-04-29T17:00:00")
    rows = project["Tasks"]["Task"]
    rows.insert(4, row(90, "Kick-off", 3, "04-12T08", "04-12T17", 8, Summary=1))
    rows.insert(5, row(91, "Kick-off held", 4, "04-12T08", "04-12T17", 8, PercentComplete=100))
    found = ask(project)

    assert found["golive_tasks"].value == 3
    assert found["forecast_slip_days"].value > 0


@pytest.mark.parametrize("field", ["Name", "Start", "Finish", "PredecessorLink"])
def test_a_blank_row_that_holds_a_task_is_refused(ask, project, task, after, field):
    """A late task that is blank by a flag was left out, and so were the links to it."""
    kept = {"Name": "Develop", "Start": "2027-04-12T08:00:00", "Finish": "2027-04-29T17:00:00"}
    kept["PredecessorLink"] = [after(2)]
    blank = dict.fromkeys(kept, "") | {"PredecessorLink": [], field: kept[field]}
    task(project, 3).update(blank, IsNull=1)

    with pytest.raises(CollectorRefusal, match="UID 3 is a blank row by its flag"):
        ask(project)


@pytest.mark.parametrize(
    ("hours", "start", "variance"),
    [
        (24, "2027-04-22T08:00:00", "0.333334"),
        (32, "2027-04-22T08:00:00", "0.25"),
        (33, "2027-04-22T08:00:00", "0.333334"),
        (800, "2027-04-22T08:00:00", "0.333334"),
        (800, "", "0.01"),
        (16, "2027-04-22T08:00:00", "0.5"),
    ],
)
def test_a_baseline_lasts_no_longer_than_its_dates_by_over_a_day(ask, project, task, hours, start, variance):
    """800 hours between Thursday and Monday made a slip of a third one of a hundredth."""
    kept = {"Number": 0, "Start": start, "Finish": "2027-04-26T17:00:00", "Duration": f"PT{hours}H0M0S"}
    task(project, 5).update(Finish="2027-04-27T17:00:00", Baseline=[kept])

    assert ask(project)["golive_task_max_variance"].value == Decimal(variance)


@pytest.mark.parametrize(
    ("other", "told"),
    [("2027-04-26T16:59:00", True), ("2027-04-26T17:00:00", False), ("2027-04-27T17:00:00", False), ("", False)],
)
def test_another_baseline_that_ends_sooner_is_told(ask, project, task, other, told):
    """Baseline 0 can be set anew to the late dates; what was promised first stands beside it."""
    kept = {"Number": 0, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-26T17:00:00", "Duration": "PT24H0M0S"}
    task(project, 5).update(Baseline=[{**kept, "Number": 1, "Finish": other}, kept])

    where = ask(project, baseline=0)["golive_task_max_variance"].where
    assert ("UID 5 'Rehearse' has another baseline that ends before the one that counts" in where) is told


def test_several_such_baselines_are_counted(ask, project, task):
    """A sentence for each would hide the row with the largest slip."""
    for uid, finish in ((3, "2027-04-21T17:00:00"), (5, "2027-04-26T17:00:00")):
        kept = {"Number": 0, "Start": "2027-04-12T08:00:00", "Finish": finish, "Duration": "PT24H0M0S"}
        task(project, uid).update(Baseline=[kept, {**kept, "Number": 2, "Finish": "2027-04-20T17:00:00"}])

    where = ask(project, baseline=0)["golive_task_max_variance"].where
    assert "2 activities have another baseline that ends before the one that counts" in where


@pytest.mark.parametrize(
    ("finish", "manual", "percent", "late"),
    [
        ("2027-04-22T16:59:00", 0, 50, 0),
        ("2027-04-22T17:00:00", 0, 50, 0),
        ("2027-04-22T17:01:00", 0, 50, 1),
        ("2027-04-21T17:00:00", 1, 50, 0),
        ("2027-04-22T17:00:00", 1, 50, 1),
        ("2027-04-28T17:00:00", 1, 100, 0),
    ],
)
def test_a_summary_row_that_holds_go_live_longer_than_what_is_below_it_slips_itself(
    ask, project, task, after, finish, manual, percent, late
):
    """Development ends on 21 April; the forecast waited for the phase, and its slip was in no count."""
    kept = {"Number": 0, "Start": "2027-04-05T08:00:00", "Finish": "2027-04-21T17:00:00", "Duration": "PT8H0M0S"}
    task(project, 6).update(PredecessorLink=[after(1), after(5)])
    task(project, 1).update(Finish=finish, Manual=manual, PercentComplete=percent, Baseline=[kept])

    answer = ask(project)["golive_tasks_late"]
    assert answer.value == late
    assert ("UID 1 'Build'" in (answer.where or "")) is (late > 0)


def test_such_a_row_without_a_baseline_leaves_the_variance_unknown(ask, project, task, after):
    """As any other row on the way to go-live."""
    task(project, 6).update(PredecessorLink=[after(1)])
    task(project, 1).update(Finish="2027-04-28T17:00:00", Manual=1)

    assert "have no baseline: UID 1 'Build'" in ask(project)["golive_tasks_late"].detail


def off(first: str, last: str) -> dict[str, object]:
    """Make days off of a calendar: whole days, from and to ``YYYY-MM-DD``."""
    return {
        "EnteredByOccurrences": 0,
        "TimePeriod": {"FromDate": f"{first}T00:00:00", "ToDate": f"{last}T23:59:00"},
        "Occurrences": 1,
        "Type": 1,
        "DayWorking": 0,
    }


@pytest.mark.parametrize(
    ("finish", "holidays", "variance"),
    [
        pytest.param("2027-04-27T17:00:00", (), "0.0", id="no ordinary day lies wholly between"),
        pytest.param("2027-04-28T09:00:00", (), "0.333334", id="one does"),
        pytest.param("2027-04-30T17:00:00", (), "1.0", id="three do"),
        pytest.param("2027-05-03T08:00:00", (), "1.333334", id="four do, and a weekend"),
        pytest.param("2027-04-30T17:00:00", ("2027-04-27", "2027-04-28"), "0.333334", id="two are off in the program"),
    ],
)
def test_days_off_that_only_the_schedule_has_shorten_no_slip(ask, project, task, finish, holidays, variance):
    """Four days off were entered where the slip was, and an activity that ends on the fifth was on time."""
    project["Calendars"]["Calendar"]["Exceptions"] = {"Exception": [off("2027-04-27", "2027-05-02")]}
    task(project, 5).update(Finish=finish)
    task(project, 6).update(Start="2027-05-03T08:00:00", Finish="2027-05-03T08:00:00")
    task(project, 6)["Baseline"].update(Start="2027-05-03T08:00:00", Finish="2027-05-03T08:00:00")

    answer = ask(project, holidays=holidays)["golive_task_max_variance"]
    assert answer.value == Decimal(variance)
    told = "days off that its calendar has and the program has not count as slip"
    assert (told in (answer.where or "")) is (answer.value > 0)


def test_a_slip_over_a_weekend_is_no_slip_of_working_days(ask, project, task):
    """Friday evening to Monday morning."""
    kept = {"Number": 0, "Start": "2027-04-21T08:00:00", "Finish": "2027-04-23T17:00:00", "Duration": "PT24H0M0S"}
    task(project, 5).update(Start="2027-04-22T08:00:00", Finish="2027-04-26T08:00:00", Baseline=[kept])

    assert ask(project)["golive_tasks_late"].value == 0
