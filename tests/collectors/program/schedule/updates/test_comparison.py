"""What moved between two updates of one schedule, and by what."""

from __future__ import annotations

import copy
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule.updates.update_collectors import ComparisonCollector
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal
from gonogo.testing.jobs import answers_of, job_of

UNCHANGED = {
    "golive_moved_days": Decimal(0),
    "baseline_changed": False,
    "rebaselined_activities": 0,
    "golive_baseline_moved_days": Decimal(0),
    "logic_removed": 0,
    "logic_changed": 0,
    "activities_removed": 0,
    "activities_added": 0,
    "durations_cut": 0,
    "constraints_added": 0,
    "actuals_changed": 0,
    "data_date_advanced_days": 7,
}


def items(answer):
    return (answer.value, list(answer.open_items or ()))


class TestNothingMoved:
    def test_a_week_as_it_was_planned_changes_nothing(self, compare, project, later):
        """Progress is no change, or every update would look like one."""
        assert {name: answer.value for name, answer in compare(project, later).items()} == UNCHANGED

    @pytest.mark.parametrize(("change", "says"), [({}, True), ({"PercentComplete": 51}, False)])
    def test_a_later_date_of_the_same_plan_says_so(self, compare, project, task, change, says):
        """That nothing moved is then no news about the work."""
        after = copy.deepcopy(project) | {"StatusDate": "2027-04-22T17:00:00"}
        task(after, 3).update(change)

        where = compare(project, after)["data_date_advanced_days"].where
        assert ("nothing else that the updates tell about the work differs" in where) is says

    def test_answers_hold_at_the_data_date_of_the_later_update(self, compare, project, later):
        """A comparison is as old as its newer half."""
        assert {str(answer.as_of) for answer in compare(project, later).values()} == {"2027-04-22 12:00:00+00:00"}


class TestGoLive:
    @pytest.mark.parametrize(
        ("finish", "days", "named"),
        [
            ("2027-04-25T17:00:00", Decimal(-1), []),
            ("2027-04-26T17:00:00", Decimal(0), []),
            ("2027-04-27T17:00:00", Decimal(1), ["UID 5", "UID 6"]),
        ],
    )
    def test_the_move_has_a_sign_and_names_what_moved_it(self, compare, project, later, task, finish, days, named):
        """The sponsor asks by which activity, not only by how much."""
        task(later, 5).update(Finish=finish)
        task(later, 6).update(Start=finish, Finish=finish)
        answer = compare(project, later)["golive_moved_days"]

        assert items(answer) == (days, named)
        assert ("first by UID 5" in answer.where) is bool(named)

    def test_work_that_is_new_on_the_way_is_named(self, compare, project, later, task, row, after):
        """It was not late before, because it was not there."""
        later["Tasks"]["Task"].append(
            row(9, "Fix interfaces", 1, "04-27T08", "04-27T17", 8, PredecessorLink=[after(5)], Baseline=[])
        )
        task(later, 6).update(
            Start="2027-04-27T17:00:00", Finish="2027-04-27T17:00:00", PredecessorLink=[after(5), after(9)]
        )
        answers = compare(project, later)

        assert items(answers["golive_moved_days"]) == (Decimal(1), ["UID 9", "UID 6"])
        assert items(answers["activities_added"]) == (1, ["UID 9"])

    def test_a_name_that_is_not_the_go_live_any_more_takes_its_two_facts(self, compare, project, later, task):
        """The rest of the comparison stands."""
        task(later, 6).update(
            PercentComplete=100, ActualStart="2027-04-20T08:00:00", ActualFinish="2027-04-20T08:00:00"
        )
        answers = compare(project, later)

        gaps = {name for name, answer in answers.items() if answer.gap is not None}
        assert gaps == {"golive_moved_days", "golive_baseline_moved_days"}


class TestBaseline:
    @pytest.mark.parametrize("field", ["Start", "Finish", "Duration"])
    def test_an_activity_with_another_baseline_is_named(self, compare, project, later, task, field):
        """Lateness that is baselined away shows here."""
        changed = {"Start": "2027-04-23T08:00:00", "Finish": "2027-04-28T17:00:00", "Duration": "PT32H0M0S"}
        task(later, 5)["Baseline"][field] = changed[field]
        answers = compare(project, later)

        assert items(answers["baseline_changed"]) == (True, ["UID 5"])
        assert items(answers["rebaselined_activities"]) == (1, ["UID 5"])

    @pytest.mark.parametrize("of", ["project", "later"])
    def test_a_go_live_with_a_baseline_in_one_update_only_is_a_gap(self, compare, project, later, task, of):
        """Nobody knows by how much it moved."""
        task(project if of == "project" else later, 6)["Baseline"] = []
        answer = compare(project, later)["golive_baseline_moved_days"]

        assert answer.gap is GapReason.MISSING
        assert "has a baseline in one of the updates" in answer.detail

    @pytest.mark.parametrize("of", ["project", "later"])
    def test_a_baseline_in_one_update_only_is_a_change(self, compare, project, later, task, of):
        """A row whose baseline was cleared can never be late again."""
        task(project if of == "project" else later, 5)["Baseline"] = []

        assert items(compare(project, later)["baseline_changed"]) == (True, ["UID 5"])

    @pytest.mark.parametrize(
        ("finish", "days"),
        [
            ("2027-05-02T06:00:00", Decimal(-1)),
            ("2027-05-03T06:00:00", Decimal(0)),
            ("2027-05-04T06:00:00", Decimal(1)),
        ],
    )
    def test_the_baseline_of_go_live_has_moved_by_days(self, compare, project, later, task, finish, days):
        """A slip that is re-baselined disappears from every other number."""
        task(later, 6)["Baseline"].update(Start=finish, Finish=finish)

        assert compare(project, later)["golive_baseline_moved_days"].value == days

    @pytest.mark.parametrize("of", ["before", "after"])
    def test_without_any_baseline_in_one_nobody_knows(self, compare, project, later, of):
        """It may only not have been exported."""
        for entry in (project if of == "before" else later)["Tasks"]["Task"]:
            entry["Baseline"] = []
        answers = compare(project, later)

        for name in ("baseline_changed", "rebaselined_activities", "golive_baseline_moved_days"):
            assert answers[name].gap is GapReason.NOT_PROVABLE
            assert f"in `{of}`" in answers[name].detail
        assert answers["golive_moved_days"].gap is None


class TestLogic:
    def test_a_link_that_is_gone_is_named(self, compare, project, later, task):
        """Cutting the link is the cheapest way to keep a date."""
        task(later, 6)["PredecessorLink"] = []

        assert items(compare(project, later)["logic_removed"]) == (1, ["UID 5 > UID 6"])

    def test_a_link_that_went_while_its_work_was_done_is_named(self, compare, project, later, task):
        """Work that was open a week ago was done without what it waited for, or the plan was made to say so."""
        task(later, 3)["PredecessorLink"] = []

        assert items(compare(project, later)["logic_removed"]) == (1, ["UID 2 > UID 3"])

    def test_a_lag_that_runs_through_weekends_now_is_another_one(self, compare, project, later, task, after):
        """Ten days are two weeks no more."""
        task(project, 6)["PredecessorLink"] = [after(5, LinkLag=4800, LagFormat=7)]
        task(later, 6)["PredecessorLink"] = [after(5, LinkLag=4800, LagFormat=8)]

        assert items(compare(project, later)["logic_changed"]) == (1, ["UID 5 > UID 6"])

    def test_a_link_into_finished_work_may_go(self, compare, project, later, task):
        """It decides nothing any more."""
        task(project, 3).update(PercentComplete=100, ActualFinish="2027-04-15T12:00:00", Finish="2027-04-15T12:00:00")
        task(later, 3).update(PredecessorLink=[], ActualFinish="2027-04-15T12:00:00", Finish="2027-04-15T12:00:00")

        assert compare(project, later)["logic_removed"].value == 0

    @pytest.mark.parametrize("change", [{"Type": 3}, {"LinkLag": 4800}, {"LinkLag": 4800, "LagFormat": 8}])
    def test_a_link_of_another_kind_is_changed_and_not_gone(self, compare, project, later, task, after, change):
        """From start to start instead of finish to start is half a removal."""
        task(later, 6)["PredecessorLink"] = [after(5, **change)]
        answers = compare(project, later)

        assert items(answers["logic_changed"]) == (1, ["UID 5 > UID 6"])
        assert answers["logic_removed"].value == 0

    def test_an_activity_that_is_gone_is_named_and_its_links_are_not(self, compare, project, later):
        """One deletion is one thing to explain."""
        later["Tasks"]["Task"] = [entry for entry in later["Tasks"]["Task"] if entry["UID"] != 8]
        answers = compare(project, later)

        assert items(answers["activities_removed"]) == (1, ["UID 8"])
        assert answers["logic_removed"].value == 0

    @pytest.mark.parametrize(("hours", "cut"), [(23, 1), (24, 0), (25, 0)])
    def test_a_shorter_duration_of_open_work_is_a_cut(self, compare, project, later, task, hours, cut):
        """Below, at and above what it was."""
        task(later, 5)["Duration"] = f"PT{hours}H0M0S"

        assert items(compare(project, later)["durations_cut"]) == (cut, ["UID 5"] * cut)

    def test_finished_work_may_have_taken_less(self, compare, project, later, task):
        """That is good news."""
        task(later, 3)["Duration"] = "PT8H0M0S"

        assert compare(project, later)["durations_cut"].value == 0

    def test_a_duration_that_one_update_does_not_say_is_a_gap(self, compare, project, later, task):
        """It may have been cut to nothing."""
        task(later, 5)["Duration"] = ""

        assert "cannot be read in after" in compare(project, later)["durations_cut"].detail

    def test_a_constraint_that_is_new_is_named(self, compare, project, later, task):
        """A date that is nailed down no longer follows the work."""
        task(later, 5).update(ConstraintType=2, ConstraintDate="2027-04-22T08:00:00")

        assert items(compare(project, later)["constraints_added"]) == (1, ["UID 5"])


class TestHistory:
    @pytest.mark.parametrize(
        "change",
        [{"ActualFinish": "2027-04-08T17:00:00"}, {"ActualStart": "2027-04-06T08:00:00"}, {"PercentComplete": 90}],
    )
    def test_finished_work_with_another_history_is_named(self, compare, project, later, task, change):
        """What was reported as done does not change by itself."""
        task(later, 2).update(change)

        assert items(compare(project, later)["actuals_changed"]) == (1, ["UID 2"])

    def test_finished_work_that_is_gone_is_named(self, compare, project, later, task):
        """Deleting it makes the index of execution look better."""
        later["Tasks"]["Task"] = [entry for entry in later["Tasks"]["Task"] if entry["UID"] != 2]
        task(later, 3)["PredecessorLink"] = []

        assert items(compare(project, later)["actuals_changed"]) == (1, ["UID 2"])


def renumbered(tree, number):
    """Give every row another unique id."""
    for entry in tree["Tasks"]["Task"]:
        entry["UID"] = number(entry["UID"])
        for link in entry["PredecessorLink"]:
            link["PredecessorUID"] = number(link["PredecessorUID"])
    for entry in tree["Assignments"]["Assignment"]:
        entry["TaskUID"] = number(entry["TaskUID"])


class TestOtherIds:
    """Nobody escapes a comparison by typing a row again."""

    @pytest.mark.parametrize("step", [1, 100])
    def test_a_plan_that_is_exported_under_new_numbers_has_not_changed(self, compare, project, later, step):
        """Also where a number is that of another row now."""
        renumbered(later, lambda uid: uid + step if uid else 0)
        answers = compare(project, later)

        assert {name: answer.value for name, answer in answers.items()} == UNCHANGED
        assert answers["activities_removed"].where.startswith(
            f"matched by place and name, because ids changed: UID {2 + step} (was UID 2), UID {3 + step} (was UID 3)"
        )

    def test_a_row_that_is_typed_again_has_the_baseline_that_it_had(self, compare, project, later, task):
        """It is neither gone nor new, and the promise that moved with it is told."""
        renumbered(later, lambda uid: 15 if uid == 5 else uid)
        task(later, 15)["Baseline"].update(Finish="2027-04-30T17:00:00")
        task(later, 15)["Duration"] = "PT16H0M0S"
        answers = compare(project, later)

        assert items(answers["baseline_changed"]) == (True, ["UID 15"])
        assert items(answers["rebaselined_activities"]) == (1, ["UID 15"])
        assert items(answers["durations_cut"]) == (1, ["UID 15"])
        assert (answers["activities_added"].value, answers["activities_removed"].value) == (0, 0)
        said = "UID 15; matched by place and name, because ids changed: UID 15 (was UID 5)"
        assert answers["baseline_changed"].where == said

    def test_its_links_are_those_of_the_row_that_it_was(self, compare, project, later, task):
        """One of them is gone."""
        renumbered(later, lambda uid: 15 if uid == 5 else uid)
        task(later, 6)["PredecessorLink"] = []
        answers = compare(project, later)

        assert items(answers["logic_removed"]) == (1, ["UID 15 > UID 6"])

    @pytest.mark.parametrize(
        ("change", "matched"),
        [
            pytest.param({}, True, id="as it was"),
            pytest.param({"WBS": "X"}, True, id="below the same row"),
            pytest.param({"OutlineLevel": 1}, True, id="with its WBS code"),
            pytest.param({"OutlineLevel": 1, "WBS": "X"}, False, id="somewhere else"),
            pytest.param({"Name": "Rehearse it all"}, False, id="under another name"),
            pytest.param({"Name": ""}, False, id="without a name"),
        ],
    )
    def test_place_and_name_tell(self, compare, project, later, task, change, matched):
        """A code alone may be given to other work, and so may a name."""
        renumbered(later, lambda uid: 15 if uid == 5 else uid)
        task(later, 15).update(change)
        if "OutlineLevel" in change:  # below nothing, at the end of the plan
            rows = later["Tasks"]["Task"]
            rows.append(rows.pop(rows.index(task(later, 15))))
        answers = compare(project, later)

        assert items(answers["activities_removed"]) == ((0, []) if matched else (1, ["UID 5"]))
        assert items(answers["activities_added"]) == ((0, []) if matched else (1, ["UID 15"]))

    def test_of_two_rows_with_one_name_none_is_taken(self, compare, project, later, task, row):
        """Nobody can tell which of them it was."""
        renumbered(later, lambda uid: 15 if uid == 5 else uid)
        later["Tasks"]["Task"].insert(6, row(16, "Rehearse", 2, "04-22T08", "04-26T17", 24, WBS="W.15"))
        task(later, 15)["WBS"] = "W.15"

        assert items(compare(project, later)["activities_removed"]) == (1, ["UID 5"])

    def test_a_row_that_is_renamed_keeps_its_number(self, compare, project, later, task, row):
        """And a new one beside it, with the name that it had, is new."""
        task(later, 5)["Name"] = "Rehearse twice"
        later["Tasks"]["Task"].insert(6, row(16, "Rehearse", 2, "04-22T08", "04-26T17", 24, WBS="W.16"))
        answers = compare(project, later)

        assert items(answers["activities_added"]) == (1, ["UID 16"])
        assert answers["activities_removed"].value == 0

    def test_what_is_gone_is_named_apart_from_what_has_its_number_now(self, compare, project, later, task):
        """Hypercare is gone, and its number is the rehearsal's."""
        later["Tasks"]["Task"] = [entry for entry in later["Tasks"]["Task"] if entry["UID"] != 8]
        renumbered(later, lambda uid: 8 if uid == 5 else uid)
        answers = compare(project, later)

        assert items(answers["activities_removed"]) == (1, ["UID 8 of before"])
        assert answers["activities_added"].value == 0

    @pytest.mark.parametrize(("name", "gone"), [("Rehearse", 0), ("Rehearse it", 1)])
    def test_an_activity_of_primavera_with_another_code_is_found_by_its_element_and_name(self, xer, tables, name, gone):
        """Somebody gave all activities new codes, or this one."""
        before = xer(tables)
        tables["PROJECT"][0]["last_recalc_date"] = "2027-04-16 17:00"
        tables["TASK"][2].update(task_code="B3", task_name=name)
        files = {"before": ("a.xer", before), "after": ("b.xer", xer(tables))}
        now, go_live = datetime(2027, 4, 23, 16, tzinfo=UTC), datetime(2027, 5, 3, 10, tzinfo=UTC)

        answers = answers_of(ComparisonCollector(), job_of(files, now=now, go_live=go_live), {"golive": "GL1000"})

        assert items(answers["activities_removed"]) == (gone, ["A3"] * gone)
        assert ("B3 (was A3)" in answers["activities_removed"].where) is (not gone)


class TestRefused:
    @pytest.mark.parametrize(
        ("moment", "says"),
        [("2027-04-15T16:59:00", "not later"), ("2027-04-15T17:00:00", "not later"), ("2027-04-15T17:01:00", "")],
    )
    def test_the_later_update_has_a_later_data_date(self, compare, project, moment, says):
        """Exchanged, every slip is a gain."""
        after = copy.deepcopy(project) | {"StatusDate": moment, "Title": "another file"}
        if says:
            with pytest.raises(CollectorRefusal, match=says):
                compare(project, after)
        else:
            assert compare(project, after)["golive_moved_days"].value == 0

    def test_one_file_twice_shows_no_change_and_is_refused(self, mspdi, project):
        """The pattern of the week matched last week's file again."""
        files = {name: ("ims.xml", mspdi(project)) for name in ("before", "after")}

        with pytest.raises(CollectorRefusal, match="one file"):
            answers_of(ComparisonCollector(), job_of(files), {"golive": "Go-live"})

    def test_two_projects_are_not_two_updates(self, compare, project, later):
        """Nothing of the one is in the other."""
        for entry in later["Tasks"]["Task"]:
            entry["UID"] += 100
            entry["Name"] += " of another project"
            entry["PredecessorLink"] = []
        later["Assignments"]["Assignment"] = []
        with pytest.raises(CollectorRefusal, match="not two updates of one schedule"):
            compare(project, later)

    def test_an_update_without_status_date_names_its_input_and_file(self, compare, project, later):
        """Two files are bound, and one has to be opened."""
        del later["StatusDate"]

        with pytest.raises(CollectorRefusal, match=r"after, week16\.xml: .*StatusDate"):
            compare(project, later)


class TestPrimavera:
    def test_activities_are_known_by_their_codes(self, xer, tables):
        """P6 gives a row another id in each copy of the project; the activity id stays."""
        now = datetime(2027, 4, 23, 16, tzinfo=UTC)
        before = xer(tables)
        tables["PROJECT"][0]["last_recalc_date"] = "2027-04-16 17:00"
        keys = {row["task_id"]: row["task_id"] + 900 for row in tables["TASK"]}
        for row in tables["TASK"]:
            row["task_id"] = keys[row["task_id"]]
        for link in tables["TASKPRED"]:
            link.update(task_id=keys[link["task_id"]], pred_task_id=keys[link["pred_task_id"]])
        removed = tables["TASKPRED"].pop(2)
        files = {"before": ("a.xer", before), "after": ("b.xer", xer(tables))}
        go_live = datetime(2027, 5, 3, 10, tzinfo=UTC)

        answers = answers_of(ComparisonCollector(), job_of(files, now=now, go_live=go_live), {"golive": "GL1000"})

        codes = {row["task_id"]: row["task_code"] for row in tables["TASK"]}
        gone = f"{codes[removed['pred_task_id']]} > {codes[removed['task_id']]}"
        assert items(answers["logic_removed"]) == (1, [gone])
        assert (answers["activities_added"].value, answers["activities_removed"].value) == (0, 0)

    def test_a_code_that_two_activities_have_names_neither(self, xer, tables):
        """One of them would be hidden behind the other, with all that changed in it."""
        last, gone = [row for row in tables["TASK"] if row["task_type"] == "TT_Task"][-2:]
        gone["task_code"] = last["task_code"]
        before = xer(tables)
        tables["PROJECT"][0]["last_recalc_date"] = "2027-04-16 17:00"
        tables["TASK"].remove(gone)
        tables["TASKPRED"] = [
            link for link in tables["TASKPRED"] if gone["task_id"] not in (link["task_id"], link["pred_task_id"])
        ]
        files = {"before": ("a.xer", before), "after": ("b.xer", xer(tables))}
        now, go_live = datetime(2027, 4, 23, 16, tzinfo=UTC), datetime(2027, 5, 3, 10, tzinfo=UTC)

        answers = answers_of(ComparisonCollector(), job_of(files, now=now, go_live=go_live), {"golive": "GL1000"})

        assert items(answers["activities_removed"]) == (1, [f"UID {gone['task_id']}"])
