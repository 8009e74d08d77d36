"""Microsoft Project XML as other tools write it, and their own files: read for what they prove, or refused in words."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from gonogo.collectors.program.schedule.collectors import MspdiCollector
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

SAVED = datetime(2027, 4, 15, 21, tzinfo=UTC)


def of(answer):
    return answer.value if answer.whole is None else (answer.part, answer.whole)


@pytest.fixture
def dated(mspdi):
    """Collect the answers for a file without a status date; a person says when it held."""

    def collect(tree, **settings):
        job = job_of({"file": ("plan.xml", mspdi(tree))}, as_of=SAVED, rule=AsOfRule.SAID)
        return answers_of(MspdiCollector(), job, {"golive": "Go-live"} | settings)

    return collect


@pytest.fixture
def gantt_project(project):
    """GanttProject: dates at midnight, days of 24 hours and a calendar of eight, no status date or float, manual."""
    del project["StatusDate"]
    project.update(MinutesPerDay=1440, CurrentDate="2027-04-15T17:00:00", Resources="", Assignments="")
    for task in project["Tasks"]["Task"]:
        task.update(
            Manual=1, OutlineNumber="1", TotalSlack="", Baseline=[], Summary=0 if task["UID"] == 0 else task["Summary"]
        )
        task.update({end: f"{task[end][:10]}T00:00:00" for end in ("Start", "Finish")})
        if not task["Milestone"]:
            task["Duration"] = "PT24H0M0S"
    return project


@pytest.fixture
def project_libre(project):
    """ProjectLibre: what has no date is of 1970, calendars name no base, nobody is resource 0, no status date."""
    del project["StatusDate"]
    del project["Calendars"]["Calendar"]["BaseCalendarUID"]
    project["Resources"]["Resource"].append({"UID": 0, "ID": 0, "Name": "Unassigned", "Type": 1, "MaxUnits": 1})
    for entry in project["Assignments"]["Assignment"]:
        entry.update(Stop="1970-01-01T01:00:00", Resume="")
    for task in project["Tasks"]["Task"]:
        task.update(ConstraintType=0, ConstraintDate="1970-01-01T00:00:00")
    return project


class TestGanttProject:
    def test_what_needs_no_status_date_is_read(self, dated, gantt_project):
        """Its tasks are dated by hand, and it says so of each."""
        answers = dated(gantt_project)

        assert of(answers["golive_tasks"]) == 3
        assert of(answers["missing_logic_ratio"]) == (1, 4)
        assert of(answers["hard_constraint_ratio"]) == (4, 4)
        assert of(answers["high_duration_ratio"]) == (0, 4)
        assert answers["golive_total_float_days"].gap is GapReason.MISSING

    def test_a_day_is_no_longer_than_its_calendar_works(self, ask, gantt_project, task):
        """1440 minutes of work are three days of eight hours: a wait of two of them is not driven."""
        gantt_project["StatusDate"] = "2027-04-15T17:00:00"
        task(gantt_project, 5).update(Start="2027-04-23T08:00:00")
        task(gantt_project, 6).update(Start="2027-04-26T17:00:00")
        task(gantt_project, 5).update(Finish="2027-04-26T17:00:00")
        task(gantt_project, 3).update(Finish="2027-04-21T17:00:00")
        late = ask(gantt_project)["golive_path_continuous"].value
        task(gantt_project, 5).update(Start="2027-04-22T16:59:00")

        assert late is False
        assert ask(gantt_project)["golive_path_continuous"].value is True

    def test_the_slip_of_a_milestone_is_divided_by_such_a_day(self, ask, project, task):
        """Two working days late are two, however long a day the file states."""
        project["MinutesPerDay"] = 1440
        task(project, 6)["Finish"] = "2027-05-04T17:00:00"

        assert ask(project)["golive_task_max_variance"].value == 2

    def test_its_own_file_is_refused_with_what_to_export(self, ask):
        """Not every plan that is XML is Microsoft's."""
        with pytest.raises(
            CollectorRefusal, match="GanttProject or GNOME Planner: export the plan as Microsoft Project XML"
        ):
            ask(b'<?xml version="1.0" encoding="UTF-8"?><project name="Migration" version="3.3"><tasks/></project>')


class TestProjectLibre:
    def test_it_is_read_like_the_same_plan_of_microsoft_project(self, dated, project_libre, project, mspdi):
        """Logic, leads, constraints and the WBS."""
        answers = dated(project_libre)

        assert of(answers["golive_tasks"]) == 3
        assert of(answers["hard_constraint_ratio"]) == (0, 4)
        assert of(answers["wbs_leaf_with_tasks_ratio"]) == (3, 3)
        assert answers["golive_path_continuous"].gap is GapReason.MISSING

    @pytest.mark.parametrize("moment", ["1970-01-01T00:00:00", "1970-01-01T09:00:00", "1969-12-31T16:00:00"])
    def test_the_beginning_of_a_computers_clock_is_no_date(self, ask, project, task, moment):
        """In Tokyo, in London, in Seattle. Nothing began then, ended then, or is due then."""
        plain = ask(project)
        task(project, 5).update(ActualStart=moment, ActualFinish=moment, Deadline=moment)
        task(project, 6).update(Deadline=moment, ConstraintDate=moment)

        assert {name: of(answer) for name, answer in ask(project).items()} == {
            name: of(answer) for name, answer in plain.items()
        }

    @pytest.mark.parametrize(("moment", "days"), [("1970-01-02T00:00:00", False), ("1969-12-30T23:59:59", False)])
    def test_the_days_beside_it_are_dates(self, ask, project, task, moment, days):
        """However wrong they are."""
        task(project, 6)["Deadline"] = moment

        assert (ask(project)["golive_total_float_days"].value > 0) is days

    def test_a_status_date_of_that_day_is_none(self, ask, project):
        """It would be 57 years old."""
        project["StatusDate"] = "1970-01-01T01:00:00"

        with pytest.raises(CollectorRefusal, match="no StatusDate"):
            ask(project)


class TestFilesAsSuch:
    @pytest.mark.parametrize(
        ("head", "says"),
        [
            (b"PK\x03\x04", "what Microsoft Planner exports is one"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", r"\(\.mpp\).*save it as XML"),
            (b"\xac\xed\x00\x05sr", r"ProjectLibre as such \(\.pod\)"),
        ],
    )
    def test_a_file_that_no_reader_of_xml_reads_is_told_with_the_way_out(self, ask, head, says):
        """'Not well-formed' helps nobody who saved a plan."""
        with pytest.raises(CollectorRefusal, match=says):
            ask(head + b"\0" * 600)


class TestOutline:
    @pytest.mark.parametrize("blank", [True, False])
    def test_without_levels_the_outline_numbers_count(self, ask, project, blank):
        """Smaller tools write only these."""
        plain = ask(project)
        numbers = ("0", "1", "1.1", "1.2", "2", "2.1", "2.2", "3", "3.1")
        for task, number in zip(project["Tasks"]["Task"], numbers, strict=True):
            task["OutlineNumber"] = number
            task["OutlineLevel"] = ""
            if not blank:
                del task["OutlineLevel"]

        assert ask(project) == plain

    @pytest.mark.parametrize("number", ["", "1.", "1.x", "a", "1..2", "1.²"])
    def test_without_either_nobody_knows_what_lies_in_what(self, ask, project, task, number):
        """Links of a phase tie everything in it."""
        task(project, 5).update(OutlineLevel="", OutlineNumber=number)

        with pytest.raises(CollectorRefusal, match="OutlineLevel is ''"):
            ask(project)

    def test_the_level_counts_where_both_are_there(self, ask, project, task):
        """Numbers may be of a scheme of one's own."""
        plain = ask(project)
        task(project, 5)["OutlineNumber"] = "9.9.9"

        assert ask(project) == plain
