"""How long a day is: a file that does not say loses what is measured in days, and nothing else."""

# ruff: noqa: DTZ001  # a schedule has its own local clock

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule.mspdi_spans import Spans
from gonogo.collectors.program.schedule.worktime import DAY_S, calendar_of
from gonogo.model.evidence import GapReason

IN_DAYS = {
    "high_duration_ratio", "golive_path_continuous", "golive_total_float_days", "cpli",
    "critical_tasks_resourced_ratio", "high_float_ratio", "unresourced_ratio", "critical_path_test",
}  # fmt: skip


def gaps(answers):
    return {name for name, answer in answers.items() if answer.gap is not None}


def of(answer):
    return answer.value if answer.whole is None else (answer.part, answer.whole)


class TestMspdi:
    @pytest.mark.parametrize("text", [None, "", "0", "-480", "1441", "1e9", "8 h"])
    def test_without_it_only_what_is_measured_in_days_is_a_gap(self, ask, project, text):
        """Generated files leave it out. The format has no default, and 480 is a guess like any other."""
        whole = ask(project)
        del project["MinutesPerDay"]
        if text is not None:
            project["MinutesPerDay"] = text
        answers = ask(project)

        assert gaps(answers) - gaps(whole) == IN_DAYS
        assert {name: of(answers[name]) for name in answers.keys() - IN_DAYS} == {
            name: of(whole[name]) for name in whole.keys() - IN_DAYS
        }

    def test_the_gap_says_what_is_missing_and_both_ways_to_set_it(self, ask, project):
        """In the tool, or in the binding."""
        del project["MinutesPerDay"]
        absent = ask(project)["golive_total_float_days"]
        project["MinutesPerDay"] = 0
        none = ask(project)["golive_total_float_days"]

        assert absent.gap is none.gap is GapReason.MISSING
        assert "the file has no MinutesPerDay" in absent.detail
        assert "MinutesPerDay is '0'" in none.detail
        for words in ("File, Options, Schedule, Hours per day", "hours_per_day in the settings of the binding"):
            assert words in absent.detail

    @pytest.mark.parametrize("text", ["0", "", "480"])
    def test_the_settings_settle_it(self, ask, project, text):
        """Whatever the file says."""
        project["MinutesPerDay"] = text

        assert ask(project, hours_per_day=8)["golive_total_float_days"].value == Decimal(4)

    @pytest.mark.parametrize(("text", "days"), [("1440", Decimal("1.333333")), ("1", Decimal(1920))])
    def test_a_day_may_last_from_a_minute_to_all_hours(self, ask, project, text, days):
        """Work around the clock is counted in days of 24 hours."""
        project["MinutesPerDay"] = text

        assert ask(project)["golive_total_float_days"].value == days

    def test_a_path_whose_work_has_not_begun_needs_it(self, ask, project, task):
        """A link drives within a working day, and nobody knows how long that is."""
        del project["MinutesPerDay"]
        del task(project, 3)["ActualStart"]

        assert ask(project)["golive_path_continuous"].gap is GapReason.MISSING

    def test_the_slip_of_a_milestone_needs_it_and_that_of_a_task_does_not(self, ask, project, task):
        """A milestone's slip is a share of one day."""
        del project["MinutesPerDay"]
        task(project, 3)["Baseline"]["Finish"] = "2027-04-20T17:00:00"
        without = ask(project)["golive_task_max_variance"]
        task(project, 6)["Baseline"].update(Start="2027-04-23T17:00:00", Finish="2027-04-23T17:00:00")

        assert without.value == Decimal("0.125")
        assert ask(project)["golive_task_max_variance"].gap is GapReason.MISSING

    @pytest.mark.parametrize(
        ("duration", "hours", "minutes"),
        [
            ("P2D", 48, 2880),
            ("P2D", 47, None),
            ("P2D", 49, None),
            ("P2DT1H", 49, 2940),
            ("PT48H", 5, 2880),
            ("P0D", 5, 0),
        ],
    )
    def test_a_duration_in_days_of_unknown_length_counts_only_as_the_hours_between_its_dates(
        self, duration, hours, minutes
    ):
        """Two days are 48 hours if the dates say so by a calendar around the clock, and otherwise nobody knows."""
        calendar = calendar_of((((0, DAY_S),),) * 7, {}, {})
        start = datetime(2027, 4, 22, 8)
        found = Spans(None, {"1": calendar}, "1").minutes(
            {"Duration": duration}, start=start, finish=start + timedelta(hours=hours), calendar=None, elapsed=False
        )

        told = "" if minutes is not None else f"UID ?: nobody can tell how many hours {duration} are"
        assert found == (minutes, told)


class TestXer:
    @pytest.mark.parametrize("hours", [None, "", "0", "-8", "24.1", "eight"])
    def test_without_it_only_what_is_measured_in_days_is_a_gap(self, ask_xer, tables, hours):
        """A calendar that nobody completed costs what it scales, and no more."""
        whole = ask_xer(tables)
        tables["CALENDAR"][0]["day_hr_cnt"] = hours
        if hours is None:
            del tables["CALENDAR"][0]["day_hr_cnt"]
        answers = ask_xer(tables)

        assert gaps(answers) - gaps(whole) == IN_DAYS - {"critical_tasks_resourced_ratio", "unresourced_ratio"}
        assert "day_hr_cnt" in answers["cpli"].detail
        assert "hours_per_day" in answers["cpli"].detail
        assert ask_xer(tables, hours_per_day=8)["golive_total_float_days"].value == Decimal(4)

    @pytest.mark.parametrize(("hours", "days"), [("24", Decimal("1.333333")), ("0.5", Decimal(64))])
    def test_a_day_may_last_up_to_24_hours(self, ask_xer, tables, hours, days):
        """Work around the clock is counted in days of 24 hours."""
        tables["CALENDAR"][0]["day_hr_cnt"] = hours

        assert ask_xer(tables)["golive_total_float_days"].value == days

    def test_a_calendar_of_no_activity_may_lack_it(self, ask_xer, tables):
        """It used to refuse the whole file."""
        tables["CALENDAR"].append({**tables["CALENDAR"][0], "clndr_id": 6, "day_hr_cnt": 0})

        assert ask_xer(tables)["golive_total_float_days"].value == Decimal(4)
