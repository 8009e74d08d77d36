"""Edges of Microsoft Project XML: each limit below, at and above, each guard once."""

# ruff: noqa: DTZ001  # a schedule has its own local clock

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule import mspdi_calendar
from gonogo.collectors.program.schedule.activities import LinkType
from gonogo.collectors.program.schedule.mspdi_calendar import read_calendars
from gonogo.collectors.program.schedule.mspdi_values import read_clock, read_duration
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal


def of(answer):
    return answer.value if answer.whole is None else (answer.part, answer.whole)


class TestTasks:
    @pytest.mark.parametrize(
        ("kind", "hard"), [("", 0), (0, 0), (1, 0), (2, 1), (3, 1), (4, 0), (5, 1), (6, 0), (7, 1)]
    )
    def test_which_constraints_hold_against_logic(self, ask, project, task, kind, hard):
        """Start and finish no earlier than, and as soon or late as possible, still move."""
        task(project, 5).update(ConstraintType=kind, ConstraintDate="2027-04-30T17:00:00")

        assert of(ask(project)["hard_constraint_ratio"]) == (hard, 4)

    @pytest.mark.parametrize(("percent", "unfinished"), [(99, 4), (100, 3), (101, 3), ("", 4)])
    def test_done_is_100_percent_and_no_less(self, ask, project, task, percent, unfinished):
        """Below, at and above; and blank."""
        done = {"ActualStart": "2027-04-12T08:00:00", "ActualFinish": "2027-04-15T12:00:00"}
        task(project, 3).update(done, PercentComplete=percent)

        assert ask(project)["missing_logic_ratio"].whole == unfinished

    @pytest.mark.parametrize(("level", "read"), [("999999", True), ("1000000", False), ("1.5", False), ("²", False)])
    def test_the_outline_has_a_largest_level(self, ask, project, row, level, read):
        """Of six digits; a number is a number of ASCII."""
        project["Tasks"]["Task"].append(row(9, "Deep", level, "05-25T08", "05-25T17", 8))

        if read:
            assert ask(project)["golive_tasks"].value == 3
        else:
            with pytest.raises(CollectorRefusal, match="OutlineLevel"):
                ask(project)

    @pytest.mark.parametrize(("level", "loose"), [(0, 1), (1, 1), (2, 0)])
    def test_a_task_lies_in_the_row_above_it_that_is_less_deep(self, ask, project, row, level, loose):
        """Directly in the project it lies in no element of the WBS."""
        project["Tasks"]["Task"].append(row(9, "Last", level, "05-25T08", "05-25T17", 8))

        assert of(ask(project)["tasks_without_wbs_ratio"]) == (loose, 6)

    @pytest.mark.parametrize(
        ("fact", "entries", "read"),
        [
            ("Baseline", [{"Number": 0, "Finish": "2027-04-26T17:00:00"}], True),
            ("Baseline", [{"Number": 0, "Finish": "2027-04-26T17:00:00"}, {"Number": 1}], True),
            ("Baseline", [{"Number": 0, "Finish": "2027-04-26T17:00:00"}, {"Number": 0}], False),
            ("ExtendedAttribute", [{"FieldID": 77, "Value": "O-1"}, {"FieldID": 78, "Value": "x"}], True),
            ("ExtendedAttribute", [{"FieldID": 77, "Value": "O-1"}, {"FieldID": 77, "Value": "O-2"}], False),
        ],
    )
    def test_what_counts_once_may_stand_there_once(self, ask, project, task, fact, entries, read):
        """Nobody should have to guess which baseline, or which contract, counts."""
        project["ExtendedAttributes"] = {"ExtendedAttribute": {"FieldID": 77, "FieldName": "Text5"}}
        task(project, 5)[fact] = entries
        settings = {"contract": {"field": "Text5", "awarded": []}}

        if read:
            assert ask(project, **settings)["golive_tasks"].value == 3
        else:
            with pytest.raises(CollectorRefusal, match=f"{fact} is .* written once"):
                ask(project, **settings)

    def test_two_fields_of_one_name_are_a_gap_of_contracts_alone(self, ask, project):
        """One as its name, one as its alias."""
        one, two = {"FieldID": 77, "FieldName": "Text5"}, {"FieldID": 78, "FieldName": "Text6", "Alias": "Text5"}
        project["ExtendedAttributes"] = {"ExtendedAttribute": [one, two]}

        answers = ask(project, contract={"field": "Text5", "awarded": []})
        assert "2 extended attributes" in answers["tasks_on_unawarded_contracts"].detail
        assert answers["golive_tasks"].value == 3

    def test_an_undefined_field_and_an_empty_one_are_told_apart(self, ask, project):
        """One is a mistake in the settings, the other in the plan."""
        settings = {"contract": {"field": "Text5", "awarded": []}}
        undefined = ask(project, **settings)["tasks_on_unawarded_contracts"]
        project["ExtendedAttributes"] = {"ExtendedAttribute": {"FieldID": 77, "FieldName": "Text5"}}

        assert "defines no field" in undefined.detail
        assert "no activity says anything" in ask(project, **settings)["tasks_on_unawarded_contracts"].detail


class TestLinks:
    @pytest.mark.parametrize(("kind", "read"), [(3, True), (1, False)])
    def test_two_rows_may_be_tied_twice_in_two_ways(self, ask, project, task, after, kind, read):
        """Start to start and finish to start; the same tie twice is a mistake."""
        task(project, 5)["PredecessorLink"].append(after(3, Type=kind))

        if read:
            assert of(ask(project)["lags_ratio"]) == (0, 5)
        else:
            with pytest.raises(CollectorRefusal, match="written twice"):
                ask(project)

    @pytest.mark.parametrize(("number", "kind"), list(enumerate((LinkType.FF, LinkType.FS, LinkType.SF, LinkType.SS))))
    def test_the_number_says_which_ends_are_tied(self, ask, project, task, after, number, kind):
        """Rehearsal begins with development and ends a day after it; only one of the four ties fits."""
        starts = {LinkType.FF: "04-26T08", LinkType.FS: "04-22T08", LinkType.SF: "04-26T08", LinkType.SS: "04-16T08"}
        ends = {LinkType.FF: "04-21T17", LinkType.FS: "04-28T17", LinkType.SF: "04-12T08", LinkType.SS: "04-28T17"}
        task(project, 3).update(Start="2027-04-16T08:00:00")
        task(project, 5).update(
            Start=f"2027-{starts[kind]}:00:00", PredecessorLink=[after(3, Type=number)],
            Finish=f"2027-{ends[kind]}:00:00" if kind is not LinkType.SF else "2027-04-16T08:00:00",
        )  # fmt: skip
        task(project, 6).update(PredecessorLink=[after(5, Type=1)], Start=task(project, 5)["Finish"])
        if kind in (LinkType.FF, LinkType.SF):
            task(project, 6).update(Start="2027-04-26T08:00:00", PredecessorLink=[after(5, Type=3)])

        assert ask(project)["golive_path_continuous"].value is True

    def test_links_to_and_from_a_row_that_is_switched_off_are_left_out(self, ask, project, task):
        """They are not in the plan either."""
        task(project, 3)["Active"] = 0
        answers = ask(project)

        assert (answers["golive_tasks"].value, of(answers["lags_ratio"])) == (1, (0, 2))

    @pytest.mark.parametrize(("crosses", "read"), [(1, True), (0, False), ("", False)])
    def test_a_predecessor_that_is_not_here_must_be_said_to_be_elsewhere(
        self, ask, project, task, after, crosses, read
    ):
        """Otherwise rows were lost."""
        task(project, 5)["PredecessorLink"].append(after(99, CrossProject=crosses))

        if read:
            assert ask(project)["negative_float_tasks"].gap is GapReason.NOT_PROVABLE
        else:
            with pytest.raises(CollectorRefusal, match="not in the file"):
                ask(project)


class TestDurations:
    @pytest.mark.parametrize("text", ["PT1H1.5M30S", "PT1,5H0M30S", "P1.5DT0H1S"])
    def test_only_the_last_part_may_have_decimals(self, text):
        """As ISO 8601 says; in the middle somebody has made a mistake."""
        with pytest.raises(CollectorRefusal, match="duration such as"):
            read_duration({"Duration": text}, "Duration")

    @pytest.mark.parametrize("text", ["24:00:00", "08:60:00", "08:00:60", "8:00:00", "08:00", ""])
    def test_a_time_of_day_is_one_of_the_day(self, text):
        """The last second is 23:59:59."""
        with pytest.raises(ValueError, match="time of day"):
            read_clock(text)
        assert read_clock("23:59:59") == 86_399


class TestPeople:
    @pytest.mark.parametrize(
        ("change", "people"),
        [
            ({}, 1),
            ({"Type": ""}, 0),
            ({"Type": 0}, 0),
            ({"Type": 2}, 0),
            ({"IsNull": 1}, 0),
            ({"IsNull": 0}, 1),
        ],
    )
    def test_only_resources_that_do_work_are_people(self, ask, project, change, people):
        """Material and cost are asked for as well, and never tired."""
        project["Resources"]["Resource"][0].update(change)
        answer = ask(project)["overallocated_resources"]

        assert (answer.gap is None) is bool(people)

    def test_a_resource_without_a_type_works(self, ask, project):
        """So does the tool that leaves it out."""
        del project["Resources"]["Resource"][0]["Type"]

        assert ask(project)["overallocated_resources"].value == 0

    def test_who_has_no_name_staffs_nothing_and_is_named_by_number_when_overloaded(self, ask, project):
        """A row that somebody left blank."""
        project["Resources"]["Resource"][0].update(Name="", MaxUnits="0.5")
        answers = ask(project)

        assert of(answers["critical_tasks_resourced_ratio"]) == (0, 3)
        assert answers["overallocated_resources"].open_items == ("resource 1",)

    @pytest.mark.parametrize("capacity", ["", "1.00"])
    @pytest.mark.parametrize("units", ["", "1"])
    def test_one_person_is_one_and_asked_for_as_a_whole_unless_the_file_says_otherwise(
        self, ask, project, capacity, units
    ):
        """All of a week is not too much."""
        project["Resources"]["Resource"][0]["MaxUnits"] = capacity
        entry = project["Assignments"]["Assignment"][0]
        entry.update(Units=units, Start="2027-04-15T17:00:00", Finish="2027-04-22T17:00:00")

        fits = ask(project)["overallocated_resources"].value
        project["Assignments"]["Assignment"].append({**entry, "UID": 3, "Units": "0.01"})

        assert (fits, ask(project)["overallocated_resources"].value) == (0, 1)

    def test_people_are_named(self, ask, project):
        """Who it is, is the first question."""
        project["Resources"]["Resource"][0]["MaxUnits"] = "0.5"

        assert ask(project)["overallocated_resources"].open_items == ("Ines Calloway",)

    @pytest.mark.parametrize("change", [{"UID": ""}, {"UID": 1}])
    def test_a_resource_is_there_once(self, ask, project, change):
        """Twice it would have two capacities."""
        project["Resources"]["Resource"].append({"UID": 2, "Name": "Bo", "Type": 1} | change)

        answers = ask(project)
        assert "resource UID" in answers["overallocated_resources"].detail
        assert "resource UID" in answers["critical_tasks_resourced_ratio"].detail
        assert answers["golive_tasks"].value == 3


def calendar(**more):
    return {"UID": "1", "BaseCalendarUID": "-1"} | more


def period(first, last):
    return [{"FromDate": first, "ToDate": last}]


def worked(start, end):
    return [{"WorkingTime": [{"FromTime": start, "ToTime": end}]}]


class TestCalendars:
    @pytest.mark.parametrize("base", ["", "-1", "0"])
    def test_a_base_of_nobody_is_the_office_week(self, base):
        """The ways in which three tools write that there is no base calendar."""
        read = read_calendars([calendar(BaseCalendarUID=base)], ())["1"]

        assert read.minutes(datetime(2027, 4, 19), datetime(2027, 4, 26), most=True) == 5 * 480

    @pytest.mark.parametrize("records", [[{}], [{"UID": ""}], [calendar(), calendar()]])
    def test_a_calendar_is_there_once(self, records):
        """Twice it would have two weeks."""
        with pytest.raises(CollectorRefusal, match="calendar UID"):
            read_calendars(records, ())

    def test_blank_hours_of_a_day_are_no_hours(self):
        """Microsoft Project writes five pairs, most of them blank."""
        times = [{"WorkingTime": [{}, {"FromTime": "08:00:00", "ToTime": "09:00:00"}, {"FromTime": "", "ToTime": ""}]}]
        day = {"DayType": "2", "DayWorking": "1", "WorkingTimes": times}
        read = read_calendars([calendar(WeekDays=[{"WeekDay": [day]}])], ())["1"]

        assert read.most.week[0] == ((28_800, 32_400),)

    @pytest.mark.parametrize(
        "pair", [{"FromTime": "08:00:00"}, {"ToTime": "08:00:00"}, {"FromTime": "08:00:00", "ToTime": ""}]
    )
    def test_half_a_pair_is_unreadable(self, pair):
        """From eight until nobody knows when."""
        day = {"DayType": "2", "DayWorking": "1", "WorkingTimes": [{"WorkingTime": [pair]}]}

        assert read_calendars([calendar(WeekDays=[{"WeekDay": [day]}])], ())["1"].unreadable

    @pytest.mark.parametrize(
        ("first", "last", "days"),
        [
            ("2027-04-19T00:00:00", "2027-04-19T00:00:00", 4),
            ("2027-04-19T00:00:00", "2027-04-20T23:59:00", 3),
            ("2027-04-19T00:00:01", "2027-04-19T00:00:00", None),
            ("", "2027-04-19T00:00:00", None),
            ("2027-04-19T00:00:00", "", None),
        ],
    )
    def test_a_period_has_a_beginning_and_an_end_in_that_order(self, first, last, days):
        """One day may begin and end at the same moment."""
        entry = {"Type": "1", "DayWorking": "0", "TimePeriod": period(first, last)}
        read = read_calendars([calendar(Exceptions=[{"Exception": [entry]}])], ())["1"]

        assert bool(read.unreadable) is (days is None)
        if days is not None:
            assert read.minutes(datetime(2027, 4, 19), datetime(2027, 4, 26), most=True) == days * 480

    @pytest.mark.parametrize(("kind", "times", "doubtful"), [("1", "", 0), ("1", "1", 0), ("1", "2", 1), ("2", "", 1)])
    def test_an_exception_that_may_not_mean_every_day_is_doubtful(self, kind, times, doubtful):
        """Every second day, or every month: counted where that is not better."""
        entry = {"Type": kind, "Period": times, "DayWorking": "0",
                 "TimePeriod": period("2027-04-19T00:00:00", "2027-04-19T23:59:00")}  # fmt: skip
        read = read_calendars([calendar(Exceptions=[{"Exception": [entry]}])], ())["1"]
        monday = datetime(2027, 4, 19), datetime(2027, 4, 20)

        assert (read.minutes(*monday, most=False), read.minutes(*monday, most=True)) == (0, doubtful * 480)

    @pytest.mark.parametrize(("days", "read"), [(2, True), (3, True), (4, False)])
    def test_there_is_a_largest_number_of_days_set_apart(self, monkeypatch, days, read):
        """Below, at and above it, in all calendars together."""
        monkeypatch.setattr(mspdi_calendar, "MAX_SPECIAL_DAYS", 3)
        last = date(2027, 4, 18) + timedelta(days=days)
        entry = {"Type": "1", "DayWorking": "0", "TimePeriod": period("2027-04-19T00:00:00", f"{last}T23:59:00")}
        record = calendar(Exceptions=[{"Exception": [entry]}])

        if read:
            assert not read_calendars([record], ())["1"].unreadable
        else:
            with pytest.raises(CollectorRefusal, match="more than 3 days apart"):
                read_calendars([record], ())

    def test_an_other_working_week_never_shortens_what_may_be_worked(self):
        """A recurring exception works twelve hours on a day that lies in it, and a daily one on another."""
        long = {"Type": "2", "DayWorking": "1", "WorkingTimes": worked("08:00:00", "20:00:00"),
                "TimePeriod": period("2027-04-19T00:00:00", "2027-04-19T23:59:00")}  # fmt: skip
        daily = long | {"Type": "1", "TimePeriod": period("2027-04-20T00:00:00", "2027-04-20T23:59:00")}
        week = {"TimePeriod": period("2027-04-19T00:00:00", "2027-04-21T23:59:00")}
        read = read_calendars(
            [calendar(Exceptions=[{"Exception": [long, daily]}], WorkWeeks=[{"WorkWeek": [week]}])], ()
        )["1"]

        assert read.minutes(datetime(2027, 4, 19), datetime(2027, 4, 22), most=True) == 720 + 720 + 480
        assert read.minutes(datetime(2027, 4, 19), datetime(2027, 4, 22), most=False) == 0


class TestMeasures:
    def test_a_milestone_after_go_live_is_no_work_after_it(self, ask, project, task):
        """Somebody has to be there when the first invoice bounces."""
        task(project, 8)["Milestone"] = 1

        assert ask(project)["has_post_golive_tasks"].value is False

    def test_a_baseline_that_is_met_needs_neither_duration_nor_start(self, ask, project, task):
        """Nothing is divided where nothing slips; a minute later it is."""
        for uid in (2, 3, 5, 6):
            task(project, uid)["Baseline"] = {"Number": 0, "Finish": task(project, uid)["Finish"]}
        task(project, 2)["Baseline"]["Finish"] = "2027-04-15T17:00:00"
        met = ask(project)["golive_task_max_variance"]
        task(project, 5)["Finish"] = "2027-04-27T08:01:00"

        assert met.value == 0
        assert "without duration and start" in ask(project)["golive_task_max_variance"].detail

    def test_an_elapsed_baseline_without_a_duration_is_measured_by_working_time(self, ask, project, task):
        """Its unit says nothing where there is no number."""
        baseline = {"Number": 0, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-26T17:00:00", "DurationFormat": 8}
        task(project, 5).update(Finish="2027-04-27T17:00:00", Baseline=baseline)

        assert ask(project)["golive_task_max_variance"].value == Decimal("0.333334")

    def test_elements_without_work_are_named_as_people_call_them(self, ask, project, row):
        """By their code and name, or by number where they have no code."""
        for uid, code in ((9, "W.9"), (10, "")):
            project["Tasks"]["Task"].append(row(uid, f"Empty {uid}", 1, "05-25T08", "05-25T17", 8, WBS=code, Summary=1))

        answer = ask(project)["wbs_leaf_with_tasks_ratio"]
        assert (of(answer), answer.open_items) == ((3, 5), ("W.9 Empty 9", "UID 10 Empty 10"))

    def test_what_was_to_be_finished_and_is_not_is_named(self, ask, project, task):
        """Due by the data date, and whatever was never baselined; not what is done or due later."""
        task(project, 3)["Baseline"]["Finish"] = "2027-04-15T17:00:00"
        task(project, 8)["Baseline"] = []

        assert ask(project)["bei"].open_items == ("UID 3", "UID 8")

    def test_where_nothing_was_to_be_done_yet_there_is_no_index(self, ask, project, task):
        """Nothing of nothing is not on time."""
        task(project, 2)["Baseline"]["Finish"] = "2027-04-15T17:01:00"
        answer = ask(project)["bei"]

        assert answer.gap is GapReason.MISSING
        assert "no activity was baselined" in answer.detail

    @pytest.mark.parametrize(("count", "end"), [(4, "'D'"), (5, "'E'"), (6, "'E' and 1 more")])
    def test_five_activities_are_named_and_the_rest_counted(self, ask, project, row, count, end):
        """Below, at and above what a locator holds."""
        for place, name in enumerate("ABCDEF"[:count]):
            project["Tasks"]["Task"].append(row(20 + place, name, 1, "04-05T08", "04-09T17", 40, WBS=""))

        answer = ask(project)["tasks_without_wbs_ratio"]
        assert answer.where.endswith(end)
        assert len(answer.open_items) == count

    @pytest.mark.parametrize(
        ("moment", "late"), [("2027-04-19T12:00:29", 0), ("2027-04-19T12:00:30", 0), ("2027-04-19T12:00:31", 1)]
    )
    def test_a_status_date_may_be_half_a_minute_ahead(self, ask, project, moment, late):
        """Two clocks are never one."""
        project["StatusDate"] = moment

        if late:
            with pytest.raises(CollectorRefusal, match="is in the future"):
                ask(project)
        else:
            assert ask(project)["data_date_age_days"].value == 0
