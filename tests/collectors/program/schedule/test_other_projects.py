"""Work that belongs to other projects: inserted, linked to, or exported beside. What is not counted is told."""

from __future__ import annotations

import pytest

from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

DONE = {
    "PercentComplete": 100,
    "ActualStart": "2027-04-05T08:00:00",
    "ActualFinish": "2027-04-09T17:00:00",
    "Finish": "2027-04-09T17:00:00",
}
PATH = ("negative_float_tasks", "golive_task_max_variance", "golive_tasks_late")


class TestInsertedProjects:
    @pytest.fixture
    def master(self, project, row):
        """The small schedule with a row that may be an inserted project."""
        project["Tasks"]["Task"].append(row(9, "Provider plan", 1, "04-16T08", "06-18T17", 352, Summary=1))
        return project

    @pytest.mark.parametrize(
        ("change", "names"),
        [
            pytest.param(
                {"IsSubproject": 1, "SubprojectName": r"C:\plans\provider.mpp"}, r"C:\\plans\\provider.mpp", id="closed"
            ),
            pytest.param({"IsSubproject": 1}, "its tasks are inside its row", id="without its file's name"),
            pytest.param({"SubprojectName": "provider.mpp"}, "provider.mpp", id="only its file's name"),
            pytest.param({"Project": {"Tasks": {"Task": {"UID": 1, "TotalSlack": -9600}}}}, "inside", id="expanded"),
            pytest.param({"IsSubproject": 1, "IsSubprojectReadOnly": 1}, "Provider plan", id="read only"),
        ],
    )
    def test_a_master_project_is_a_gap_that_names_what_is_inserted(self, ask, master, task, change, names):
        """The tasks that are late may be exactly those that nobody reads."""
        task(master, 9).update(change)

        with pytest.raises(CollectorRefusal, match=f"UID 9 'Provider plan'.*{names}|UID 9.*{names}") as refusal:
            ask(master)
        assert refusal.value.reason is GapReason.NOT_PROVABLE
        assert "Link to project" in str(refusal.value)

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param({"IsSubproject": 0}, id="it says that it is none"),
            pytest.param({"IsSubproject": 1, "Active": 0}, id="it is inactive"),
            pytest.param({"SubprojectName": "provider.mpp", "ExternalTask": 1}, id="it is a task of the other project"),
        ],
    )
    def test_a_row_that_is_no_inserted_project_stops_nothing(self, ask, master, task, change):
        """Microsoft Project writes the flag into every row."""
        task(master, 9).update(change)

        assert ask(master)["golive_tasks"].value == 3

    def test_many_are_counted_and_five_named(self, ask, project, row):
        """A master of forty projects still has a message that fits."""
        for uid in range(20, 27):
            project["Tasks"]["Task"].append(row(uid, f"Plan {uid}", 1, "04-16T08", "06-18T17", 352, IsSubproject=1))

        with pytest.raises(CollectorRefusal, match=r"UID 24 .* and 2 more"):
            ask(project)


class TestExternalTasks:
    @pytest.mark.parametrize("fact", PATH)
    def test_unfinished_work_of_another_project_on_the_way_to_go_live_is_a_gap(self, ask, project, task, fact):
        """The ghost of a task shows its dates, not what drives it."""
        task(project, 3).update(ExternalTask=1)
        answer = ask(project)[fact]

        assert answer.gap is GapReason.NOT_PROVABLE
        assert "UID 3 'Develop'" in answer.detail

    @pytest.mark.parametrize("fact", PATH)
    def test_finished_work_of_another_project_hides_nothing(self, ask, project, task, fact):
        """What is done cannot become late."""
        task(project, 2).update(DONE, ExternalTask=1)

        assert ask(project)[fact].value == 0

    def test_work_of_another_project_that_does_not_feed_go_live_is_no_concern(self, ask, project, task):
        """A gap for something that does not matter teaches people to ignore gaps."""
        task(project, 8).update(ExternalTask=1)

        assert ask(project)["negative_float_tasks"].value == 0

    @pytest.mark.parametrize("fact", PATH)
    def test_a_link_from_a_file_that_is_not_here_is_named(self, ask, project, task, after, fact):
        """Microsoft Project writes the path of the other file and the task's number."""
        link = after(77, CrossProject=1, CrossProjectName=r"C:\plans\provider.mpp\7")
        task(project, 5)["PredecessorLink"].append(link)
        answer = ask(project)[fact]

        assert answer.gap is GapReason.NOT_PROVABLE
        assert r"C:\plans\provider.mpp\7" in answer.detail

    def test_a_link_into_a_phase_from_outside_concerns_all_that_lies_in_it(self, ask, project, task, after):
        """Phases are tied by people who do not want to tie tasks."""
        task(project, 4)["PredecessorLink"] = [after(77, CrossProject=1)]

        assert "UID 77 of another project" in ask(project)["negative_float_tasks"].detail

    def test_an_empty_element_is_no_link(self, ask, project, task):
        """Generated files leave it where a task has no predecessor."""
        task(project, 2)["PredecessorLink"] = [{}]

        assert ask(project)["golive_tasks"].value == 3


class TestProjectsInOneExport:
    @pytest.fixture
    def both(self, tables, activity):
        """A second project in the file; one of its activities drives our rehearsal."""
        tables["PROJECT"].append({"proj_id": 30, "proj_short_name": "KEEL", "last_recalc_date": "2027-04-15 17:00"})
        tables["TASK"].append(activity(301, "K1", "Cutover tool", "04-12 08", "04-20 17", 56, proj_id=30))
        tables["TASKPRED"].append({**tables["TASKPRED"][0], "task_id": 103, "pred_task_id": 301, "pred_proj_id": 30})
        return tables

    def test_unfinished_work_of_the_other_project_is_named(self, ask_xer, both):
        """Its float, and what drives it, is in no fact about ours."""
        answer = ask_xer(both, project="HARBOR")["negative_float_tasks"]

        assert answer.gap is GapReason.NOT_PROVABLE
        assert "K1 of project 30" in answer.detail

    def test_finished_work_of_the_other_project_hides_nothing(self, ask_xer, both):
        """Complete is complete, whose ever it was."""
        both["TASK"][-1]["status_code"] = "TK_Complete"

        assert ask_xer(both, project="HARBOR")["negative_float_tasks"].value == 0

    @pytest.mark.parametrize("first", [101, 301])
    def test_one_finished_driver_does_not_hide_an_unfinished_one(self, ask_xer, both, activity, first):
        """In whatever order the export has them."""
        both["TASK"].append(activity(302, "K2", "Data feed", "04-12 08", "04-14 17", 24, proj_id=30))
        both["TASK"][-1]["status_code"] = "TK_Complete"
        link = {**both["TASKPRED"][-1], "pred_task_id": 302}
        both["TASKPRED"].insert(0 if first == 101 else len(both["TASKPRED"]), link)

        assert "K1 of project 30" in ask_xer(both, project="HARBOR")["negative_float_tasks"].detail

    def test_a_driver_that_was_not_exported_is_named_by_its_number(self, ask_xer, tables):
        """Nobody knows whether it is done."""
        tables["TASKPRED"].append({**tables["TASKPRED"][0], "task_id": 103, "pred_task_id": 901, "pred_proj_id": 99})

        assert "task 901 of project 99" in ask_xer(tables)["negative_float_tasks"].detail

    def test_without_a_name_the_two_projects_are_listed(self, ask_xer, both):
        """Which one goes live is for a person to say."""
        with pytest.raises(CollectorRefusal, match=r"HARBOR \(10\), KEEL \(30\)"):
            ask_xer(both)

    @pytest.mark.parametrize(("ends", "slip"), [("05-04 17", 1), ("05-20 17", 17), ("04-26 17", 0)])
    def test_late_work_of_the_other_project_holds_ours_back(self, ask_xer, both, ends, slip):
        """Moved into another project of the same file, late work held nothing back any more."""
        both["TASK"][-1].update(
            early_start_date="2027-04-16 08:00",
            early_end_date=f"2027-{ends}:00",
            remain_drtn_hr_cnt=8,
            target_drtn_hr_cnt=8,
        )
        both["TASKPRED"][-1]["task_id"] = 104

        answer = ask_xer(both, project="HARBOR", committed="2027-05-03")["forecast_slip_days"]
        assert answer.value == slip
        assert ("K1 of project 30" in answer.where) is (slip > 0)
