"""What a row says of itself in two ways is believed by the later one, and what is ordinary in files moves nothing."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from gonogo.collectors.program.schedule.work_ahead import most_left
from gonogo.model.evidence import GapReason

ON_MONDAY = "2027-04-26"
"""Where the file shows go-live: at 17:00, when the rehearsal ends. Development ends on Wednesday, in 32 hours."""


def hours(number):
    """A calendar that works so many hours of each day of the week, from eight o'clock on, or around the clock."""
    time = {"FromTime": "08:00:00", "ToTime": f"{8 + number:02}:00:00"}
    if number == 24:
        time = {"FromTime": "00:00:00", "ToTime": "00:00:00"}
    day = {"DayWorking": 1, "WorkingTimes": {"WorkingTime": time}}
    return {
        "UID": 2,
        "Name": "Shifts",
        "BaseCalendarUID": -1,
        "WeekDays": {"WeekDay": [{"DayType": kind, **day} for kind in range(1, 8)]},
    }


@pytest.fixture
def slip(ask, project):
    """Ask by how many days the forecast of go-live is later than the file shows it, and where."""

    def asked(**settings):
        answer = ask(project, committed=ON_MONDAY, **settings)["forecast_slip_days"]
        return answer.value, answer.where

    return asked


class TestWhatRemains:
    def test_weeks_that_remain_are_not_believed_to_end_in_two_days(self, slip, project, task):
        """A developer stated what remains, and nobody computed the dates: sixty days from Friday on."""
        task(project, 3).update(RemainingDuration="PT480H0M0S", Finish="2027-04-19T17:00:00")
        days, where = slip()

        assert days == 78
        assert "forecast 2027-07-13 17:00" in where
        assert "it waits for UID 3 'Develop': 480 hours of it remain, more than until its finish on 2027-04-19" in where

    @pytest.mark.parametrize(
        ("remaining", "days"),
        [
            pytest.param("PT8H0M0S", 0, id="less than until the finish: the finish counts"),
            pytest.param("PT32H0M0S", 0, id="until the finish"),
            pytest.param("PT32H6M0S", 0, id="rounded"),
            pytest.param("PT39H59M0S", 0, id="less than a day more"),
            pytest.param("PT40H0M0S", 0, id="a day more"),
            pytest.param("PT40H1M0S", 2, id="over a day more: all of it counts"),
            pytest.param("", 0, id="blank: half of it"),
        ],
    )
    def test_a_day_more_than_the_finish_allows_is_what_rounding_makes(self, slip, project, task, remaining, days):
        """Below, at and above a working day."""
        task(project, 3)["RemainingDuration"] = remaining
        assert slip()[0] == days

    @pytest.mark.parametrize(("percent", "days"), [(38, 0), ("37.5", 0), (37, 2), ("", 0)])
    def test_a_percentage_states_what_remains_where_nothing_else_does(self, slip, project, task, percent, days):
        """Of 64 hours, below, at and above 40; a blank states nothing."""
        task(project, 3)["PercentComplete"] = percent
        assert slip()[0] == days

    def test_hours_that_hardly_remain_of_work_that_hardly_began_are_not_believed(self, slip, project, task):
        """A tenth of fifty days is done, and an hour remains: one of them was typed."""
        task(project, 3).update(PercentComplete=10, RemainingDuration="PT1H0M0S", Duration="PT400H0M0S")
        assert slip()[0] > 50

    @pytest.mark.parametrize(
        ("stated", "percent", "minutes", "left"),
        [
            (39, 60, 100, 39),
            (38, 60, 100, 39),
            (40, 60, 100, 40),
            (None, 60, 100, 40),
            (7, None, 100, 7),
            (7, 60, None, 7),
            (None, None, 100, None),
            (0, 120, 100, 0),
            (None, -5, 100, 100),
        ],
    )
    def test_the_larger_statement_counts_but_for_one_percent(self, stated, percent, minutes, left):
        """A percentage without decimals is no more exact than that."""
        assert most_left(*(None if each is None else Fraction(each) for each in (stated, percent, minutes))) == left

    @pytest.mark.parametrize(
        ("resume", "days"),
        [("2027-04-13T08:00:00", 0), ("2027-04-19T08:00:00", 0), ("2027-04-19T09:00:00", 2)],
    )
    def test_the_rest_goes_on_when_the_file_says_so(self, slip, project, task, resume, days):
        """In the past; a day and an hour more than a day later than the finish allows."""
        task(project, 3).update(RemainingDuration="PT32H0M0S", Resume=resume)
        assert slip()[0] == days

    def test_the_rest_of_work_that_should_be_over_goes_on_then_too(self, slip, project, task):
        """It was to end on Wednesday, half of it is left, and it goes on after a week."""
        task(project, 3).update(Finish="2027-04-14T17:00:00", Resume="2027-04-26T08:00:00")
        days, where = slip()

        assert days == 8
        assert "UID 3 'Develop': it was to end on 2027-04-14, and 32 hours of it remain" in where

    def test_a_start_without_progress_takes_all_of_it_from_the_data_date(self, slip, project, task):
        """Four days after it began nobody reported anything done."""
        task(project, 3).update(PercentComplete=0, RemainingDuration="PT64H0M0S")
        assert slip()[0] == 4

    def test_a_start_without_progress_on_the_last_day_moves_nothing(self, slip, project, task):
        """It began on the morning of the data date, and the day is not told yet."""
        task(project, 3).update(
            PercentComplete=0, Start="2027-04-15T08:00:00", ActualStart="2027-04-15T08:00:00", Duration="PT40H0M0S"
        )
        assert slip()[0] == 0

    @pytest.mark.parametrize("remaining", ["8 days", "P1M"])
    def test_a_remaining_duration_that_cannot_be_read_leaves_no_forecast(self, ask, project, task, remaining):
        """It could be anything, and its finish may only be a wish."""
        task(project, 3)["RemainingDuration"] = remaining
        answer = ask(project)["forecast_slip_days"]

        assert answer.gap is GapReason.MISSING
        assert "UID 3 'Develop' feeds go-live, and nobody knows how much of it remains" in answer.detail
        assert repr(remaining) in answer.detail

    @pytest.mark.parametrize(("remaining", "days"), [("P5D", 0), ("P5DT1M", 2)])
    def test_days_that_remain_are_as_long_as_those_of_the_duration(self, slip, project, task, remaining, days):
        """Some tools write days; its dates tell that eight of them are 64 hours."""
        task(project, 3).update(Duration="P8D", RemainingDuration=remaining)
        assert slip()[0] == days

    def test_every_measure_of_lateness_counts_what_remains(self, ask, project, task):
        """The slip of the work itself shows it, and so does the float of go-live."""
        before = ask(project)
        task(project, 3)["RemainingDuration"] = "PT480H0M0S"
        after = ask(project)

        assert before["golive_task_max_variance"].value == 0
        assert after["golive_task_max_variance"].value > 6
        assert after["golive_task_max_variance"].open_items == ("UID 3",)
        assert after["golive_total_float_days"].value < 0 < before["golive_total_float_days"].value


class TestWhichHours:
    @pytest.mark.parametrize(("remaining", "days"), [("PT159H0M0S", 0), ("PT167H0M0S", 0), ("PT167H1M0S", 1)])
    def test_work_around_the_clock_is_laid_out_around_the_clock(self, slip, project, task, remaining, days):
        """159 hours until the finish on Thursday morning, a working day of eight more, and a minute."""
        project["Calendars"]["Calendar"] = [project["Calendars"]["Calendar"], hours(24)]
        task(project, 3).update(
            CalendarUID=2, RemainingDuration=remaining, Duration="PT300H0M0S", Finish="2027-04-22T08:00:00"
        )
        assert slip()[0] == days

    @pytest.mark.parametrize(("remaining", "days"), [("PT144H0M0S", 0), ("PT168H0M0S", 0), ("PT168H1M0S", 1)])
    def test_elapsed_time_runs_through_nights_and_weekends(self, slip, project, task, remaining, days):
        """By the clock a day has 24 hours, and so has what rounding may make."""
        task(project, 3).update(DurationFormat=8, Duration="PT300H0M0S", RemainingDuration=remaining)
        assert slip()[0] == days

    @pytest.mark.parametrize(
        ("calendar", "own", "days"),
        [
            pytest.param(2, -1, 0, id="by the hours of its people"),
            pytest.param(-1, -1, 7, id="they work by the calendar of the project"),
            pytest.param(9, -1, 7, id="nobody defines their calendar"),
            pytest.param(2, 1, 7, id="it has a calendar of its own"),
        ],
    )
    def test_a_tool_places_work_by_the_calendars_of_its_people(self, slip, project, task, calendar, own, days):
        """Long days and weekends of those who are assigned: 71 hours until Wednesday evening."""
        project["Calendars"]["Calendar"] = [project["Calendars"]["Calendar"], hours(12)]
        project["Resources"]["Resource"][0]["CalendarUID"] = calendar
        task(project, 3).update(CalendarUID=own, RemainingDuration="PT71H0M0S", Duration="PT100H0M0S")
        assert slip()[0] == days

    def test_the_holidays_of_the_program_take_nothing_from_the_hours_of_the_file(self, slip, project, task):
        """The tool that computed the dates did not know them."""
        task(project, 3)["RemainingDuration"] = "PT40H0M0S"
        assert slip(holidays=("2027-04-20",))[0] == 0

    def test_a_file_that_does_not_say_how_long_a_day_is_has_the_day_of_its_calendar(self, slip, project, task):
        """Eight hours."""
        del project["MinutesPerDay"]
        task(project, 3)["RemainingDuration"] = "PT40H0M0S"
        kept = slip()[0]
        task(project, 3)["RemainingDuration"] = "PT40H1M0S"

        assert (kept, slip()[0]) == (0, 2)


class TestWorkThatHasNotBegun:
    @pytest.mark.parametrize("manual", [0, 1])
    @pytest.mark.parametrize(
        ("duration", "days"),
        [("PT8H0M0S", 0), ("PT24H0M0S", 0), ("PT32H0M0S", 0), ("PT32H1M0S", 2), ("PT160H0M0S", 23), ("", 0)],
    )
    def test_a_duration_longer_than_its_dates_counts(self, slip, project, task, duration, days, manual):
        """Below, at and above a day more than the three days that the row shows."""
        task(project, 5).update(Duration=duration, Manual=manual)
        assert slip()[0] == days

    def test_it_says_why(self, slip, project, task):
        """The row is named, and what it says in two ways."""
        task(project, 5)["Duration"] = "PT160H0M0S"
        assert (
            "it waits for UID 5 'Rehearse': it takes 160 hours, more than from its start to its finish on 2027-04-26"
            in slip()[1]
        )

    def test_begun_work_that_states_nothing_lasts_as_long_as_its_duration(self, slip, project, task):
        """No percentage and no rest; from Monday the 12th on, eleven days."""
        task(project, 3).update(PercentComplete="", Duration="PT88H0M0S")
        assert slip()[0] == 3

    @pytest.mark.parametrize(("remaining", "days"), [("PT16H0M0S", 0), ("PT32H0M0S", 0), ("PT33H0M0S", 2)])
    def test_more_may_remain_than_the_duration_says(self, slip, project, task, remaining, days):
        """A tool that computed both writes the same."""
        task(project, 5)["RemainingDuration"] = remaining
        assert slip()[0] == days

    def test_a_push_moves_the_longer_one(self, slip, project, task):
        """Rehearsal takes ten days, and begins when development ends, a day later than it is shown."""
        task(project, 3)["Finish"] = "2027-04-22T17:00:00"
        task(project, 5)["Duration"] = "PT80H0M0S"
        # Friday 23 April and the nine working days after it
        assert slip()[0] == 10

    def test_a_finish_before_the_start_is_no_finish(self, slip, project, task):
        """The row begins on the day on which the other says it is over."""
        task(project, 5).update(Start="2027-04-29T08:00:00", Finish="2027-04-21T17:00:00", Duration="")
        assert slip()[0] == 2

    @pytest.mark.parametrize("split", ["2027-04-26T17:00:00", "2027-05-03T17:00:00"])
    def test_a_split_makes_no_duration_longer(self, slip, project, task, split):
        """Leveling leaves gaps between the parts of a task."""
        for uid in (5, 6):
            task(project, uid)["Finish"] = split
        task(project, 6)["Start"] = split
        assert "forecast " + split[:10] in slip()[1]

    @pytest.mark.parametrize(
        ("kind", "moment", "days"),
        [
            (4, "2027-04-22T08:00:00", 0),
            (4, "2027-04-23T08:00:00", 0),
            (4, "2027-04-23T09:00:00", 2),
            (2, "2027-04-23T09:00:00", 2),
            (6, "2027-04-27T17:00:00", 0),
            (6, "2027-04-28T09:00:00", 2),
            (3, "2027-04-28T09:00:00", 2),
            (5, "2027-05-28T09:00:00", 0),
            (7, "2027-05-28T09:00:00", 0),
            (1, "", 0),
            (4, "", 0),
        ],
    )
    def test_a_constraint_to_a_later_date_counts(self, slip, project, task, kind, moment, days):
        """Begin or end on, or not before: at and above a day later than shown. A latest date delays nothing."""
        task(project, 5).update(ConstraintType=kind, ConstraintDate=moment)
        found, where = slip()

        assert found == days
        assert ("UID 5 'Rehearse': its constraint lets it" in where) is (days > 0)

    @pytest.mark.parametrize("kind", [2, 3, 4, 6])
    def test_what_has_begun_has_begun_in_spite_of_its_constraint(self, slip, project, task, kind):
        """A tool honors no earliest date of work that goes on."""
        task(project, 3).update(ConstraintType=kind, ConstraintDate="2027-05-28T09:00:00")
        found, where = slip()
        assert found == 0
        assert ("begun, with a constraint not to end before a later date than is expected: " in where) is (
            kind in (3, 6)
        )

    def test_a_constraint_of_begun_work_is_told_where_it_is_later_than_its_end(self, slip, project, task):
        """Above its end alone; a planner who parks work that way means that date."""
        task(project, 3).update(ConstraintType=6, ConstraintDate=task(project, 3)["Finish"])
        assert "begun, with a constraint" not in slip()[1]
        task(project, 3)["ConstraintDate"] = task(project, 3)["Finish"].replace("00:00", "01:00")
        assert "begun, with a constraint" in slip()[1]
        assert "UID 3 " in slip()[1].partition("begun, with a constraint")[2]


class TestWorkOfAnotherProject:
    @pytest.mark.parametrize(("external", "days"), [(1, 0), (0, 23)])
    def test_its_hours_are_not_in_this_file(self, slip, project, task, external, days):
        """A row that stands for it shows its dates, and a calendar of its own project placed them."""
        task(project, 5).update(ExternalTask=external, Duration="PT160H0M0S")
        assert slip()[0] == days

    def test_what_it_states_in_no_readable_way_leaves_the_forecast(self, slip, project, task):
        """Its tool writes what it likes into a row that is not computed here."""
        task(project, 3).update(ExternalTask=1, RemainingDuration="8 days")
        assert slip()[0] == 0


class TestDone:
    @pytest.mark.parametrize(("remaining", "invalid"), [("PT0H0M0S", 0), ("PT0H0M59S", 0), ("PT0H1M0S", 1)])
    def test_what_is_done_and_remains_is_not_done(self, ask, project, task, remaining, invalid):
        """Below, at and above a minute; the count of contradictory dates names it."""
        task(project, 2)["RemainingDuration"] = remaining
        answer = ask(project)["invalid_dates"]

        assert (answer.value, answer.open_items) == (invalid, ("UID 2",) * invalid)

    def test_what_remains_of_done_work_is_still_to_come(self, slip, project, task):
        """Design ended a week ago by its dates, and 160 hours of it are left."""
        task(project, 2)["RemainingDuration"] = "PT160H0M0S"
        days, where = slip()

        assert days > 14
        assert "UID 2 'Design': it was to end on 2027-04-09, and 160 hours of it remain" in where

    @pytest.mark.parametrize(
        ("finish", "days"), [("2027-04-20T17:00:00", 0), ("2027-04-21T17:00:00", 0), ("2027-04-28T17:00:00", 7)]
    )
    def test_an_actual_finish_of_the_future_is_believed_if_it_is_later(self, slip, project, task, finish, days):
        """It is no proof that work is done, and none that it ends sooner than its finish says."""
        task(project, 3)["ActualFinish"] = finish
        assert slip()[0] == days

    def test_an_actual_start_of_the_future_is_believed_if_it_is_later(self, slip, project, task):
        """By a week."""
        task(project, 5)["ActualStart"] = "2027-04-29T08:00:00"
        days, where = slip()

        assert days == 7
        assert "UID 5 'Rehearse': its actual start is 2027-04-29" in where

    def test_go_live_itself_says_why(self, slip, project, task):
        """Its own constraint lies after it."""
        task(project, 6).update(ConstraintType=4, ConstraintDate="2027-05-10T08:00:00")
        days, where = slip()

        assert days == Decimal(14)
        assert "(its constraint lets it begin on 2027-05-10 at the earliest)" in where


class TestPrimavera:
    @pytest.fixture
    def slip_of(self, ask_xer, tables):
        """Change an activity, and ask by how many days go-live is later than the file shows it."""

        def asked(code="A2", **changes):
            next(row for row in tables["TASK"] if row["task_code"] == code).update(changes)
            answer = ask_xer(tables, committed=ON_MONDAY)["forecast_slip_days"]
            return answer.value, answer.where

        return asked

    @pytest.mark.parametrize(("remaining", "days"), [(32, 0), (40, 0), ("40.02", 2), (480, 78)])
    def test_what_remains_counts(self, slip_of, remaining, days):
        """Below, at and above a working day more than until its finish."""
        assert slip_of(remain_drtn_hr_cnt=remaining)[0] == days

    def test_a_physical_percentage_says_nothing_about_time(self, slip_of):
        """In P6 it is a share of the work, and its remaining duration stands beside it."""
        assert slip_of(complete_pct_type="CP_Phys", phys_complete_pct=1)[0] == 0

    @pytest.mark.parametrize(("moment", "days"), [("2027-04-19 08:00", 0), ("2027-04-19 09:00", 2)])
    def test_suspended_work_goes_on_when_it_is_resumed(self, slip_of, moment, days):
        """A day, and an hour more, later than its finish allows."""
        assert slip_of(resume_date=moment)[0] == days

    @pytest.mark.parametrize(("kind", "days"), [("TT_Rsrc", 0), ("TT_Task", 7)])
    def test_only_work_that_depends_on_resources_follows_their_calendars(self, slip_of, tables, kind, days):
        """Twelve hours of every day; of other work its own calendar alone counts."""
        times = "(0||0(s|08:00|f|20:00)())"
        week = "".join(f"(0||{day}()({times}))" for day in range(1, 8))
        data = f"(0||CalendarData()((0||DaysOfWeek()({week}))(0||Exceptions()())))"
        tables["CALENDAR"].append({"clndr_id": 6, "clndr_name": "Shifts", "day_hr_cnt": 12, "clndr_data": data})
        tables["RSRC"] = [{"rsrc_id": 1, "rsrc_name": "Crew", "rsrc_type": "RT_Labor", "clndr_id": 6}]
        tables["RSRCRATE"] = [{"rsrc_id": 1, "max_qty_per_hr": 1}]
        tables["TASKRSRC"] = [{"task_id": 102, "proj_id": 10, "rsrc_id": 1}]
        assert slip_of(task_type=kind, remain_drtn_hr_cnt=71, target_drtn_hr_cnt=100)[0] == days

    @pytest.mark.parametrize(("end", "days"), [("2027-04-20 17:00", 0), ("2027-04-28 17:00", 7)])
    def test_an_end_of_work_that_is_not_done_hides_no_later_date(self, slip_of, end, days):
        """Active work with an actual finish: the later of both."""
        assert slip_of(act_end_date=end)[0] == days
        assert slip_of(act_end_date="2027-04-20 17:00", early_end_date=end)[0] == days

    @pytest.mark.parametrize(
        ("kind", "moment", "days"),
        [
            ("CS_MSOA", "2027-04-23 08:00", 0),
            ("CS_MSOA", "2027-04-23 09:00", 2),
            ("CS_MANDSTART", "2027-04-23 09:00", 2),
            ("CS_MEOA", "2027-04-28 09:00", 2),
            ("CS_MSOB", "2027-05-28 09:00", 0),
            ("CS_MEOB", "2027-05-28 09:00", 0),
        ],
    )
    @pytest.mark.parametrize("which", ["", "2"])
    def test_a_constraint_to_a_later_date_counts(self, slip_of, kind, moment, days, which):
        """The first one, and the second one."""
        assert slip_of("A3", **{f"cstr_type{which}": kind, f"cstr_date{which}": moment})[0] == days

    def test_complete_work_of_which_hours_remain_is_not_complete(self, slip_of):
        """The status says so, and the file states that hours remain."""
        assert slip_of("A1", remain_drtn_hr_cnt=160)[0] > 14

    def test_a_remaining_duration_that_cannot_be_read_leaves_no_forecast(self, ask_xer, tables):
        """Of work that has begun."""
        tables["TASK"][1]["remain_drtn_hr_cnt"] = "a week"
        assert "nobody knows how much of it remains" in ask_xer(tables)["forecast_slip_days"].detail


class TestAssignments:
    @pytest.mark.parametrize(
        ("finish", "done", "days"),
        [
            pytest.param("2027-04-20T17:00:00", False, 0, id="within the activity"),
            pytest.param("2027-04-21T17:00:00", False, 0, id="at its end"),
            pytest.param("2027-04-22T17:00:00", False, 0, id="a working day later"),
            pytest.param("2027-04-23T08:01:00", False, 2, id="over a working day later"),
            pytest.param("2027-05-14T17:00:00", True, 0, id="done"),
        ],
    )
    def test_work_that_goes_on_after_its_activity_is_believed(self, slip, project, finish, done, days):
        """The dates of a row were set earlier by hand, and those of its people stayed."""
        entry = project["Assignments"]["Assignment"][0]
        entry.update(Finish=finish, **({"ActualFinish": "2027-04-14T17:00:00"} if done else {}))
        found, where = slip()

        assert found == days
        assert ("an assignment of it ends on 2027-04-23" in where) is (days > 0)

    def test_materials_and_nobody_hold_nothing_back(self, slip, project):
        """A rented room may be kept for longer."""
        project["Resources"]["Resource"][0]["Type"] = 0
        project["Assignments"]["Assignment"][0]["Finish"] = "2027-05-14T17:00:00"

        assert slip()[0] == 0
