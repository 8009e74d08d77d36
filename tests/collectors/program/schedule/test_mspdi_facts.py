"""Every fact of a Microsoft Project file, with numbers calculated by hand on the small schedule of the conftest."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

COUNTED = {
    "wbs_leaf_with_tasks_ratio": (3, 3),
    "tasks_without_wbs_ratio": (0, 5),
    "missing_logic_ratio": (1, 4),
    "lags_ratio": (0, 4),
    "hard_constraint_ratio": (0, 4),
    "high_duration_ratio": (0, 4),
    "critical_tasks_resourced_ratio": (1, 3),
    "finish_start_ratio": (4, 4),
    "high_float_ratio": (0, 4),
    "negative_float_ratio": (0, 4),
    "unresourced_ratio": (2, 3),
    "missed_tasks_ratio": (0, 1),
    "baselined_ratio": (5, 5),
}
VALUES = {
    "wbs_leaf_count": 3,
    "has_post_golive_tasks": True,
    "leads_count": 0,
    "golive_path_continuous": True,
    "golive_total_float_days": Decimal(4),
    "negative_float_tasks": 0,
    "golive_tasks": 3,
    "golive_task_max_variance": Decimal(0),
    "golive_tasks_late": 0,
    "forecast_slip_days": Decimal(0),
    "bei": Decimal(1),
    "cpli": Decimal("1.571428"),  # 7 working days from Thursday's close to Monday's, and 4 of float: 11/7 rounded down
    "data_date_age_days": 4,
    "invalid_dates": 0,
    "overallocated_resources": 0,
    "critical_path_test": True,
    "golive_baseline_variance_days": Decimal("-6.541666"),
    "peak_resource_load": Decimal("0.800000"),
}
UNASKED = {"weekly_updates_missed_90d", "tasks_on_unawarded_contracts"}
"""What one file cannot prove, and what the settings do not ask."""


class TestTheSmallSchedule:
    def test_every_fact_is_answered_once_with_the_number_reckoned_by_hand(self, ask, project):
        """The small schedule is the yardstick of all other tests."""
        answers = ask(project)

        assert {name: (answers[name].part, answers[name].whole) for name in COUNTED} == COUNTED
        assert {name: answers[name].value for name in VALUES} == VALUES
        assert set(answers) == {*COUNTED, *VALUES, *UNASKED}

    def test_one_file_cannot_prove_what_happened_in_other_weeks(self, ask, project):
        """A zero nobody counted would be a better answer than the truth."""
        answer = ask(project)["weekly_updates_missed_90d"]

        assert answer.gap is GapReason.NOT_PROVABLE

    def test_answers_hold_at_the_status_date(self, ask, project):
        """Status of last Thursday must age from last Thursday, 17:00 in Washington."""
        answers = ask(project)

        assert {str(answer.as_of) for answer in answers.values() if answer.gap is None} == {"2027-04-15 21:00:00+00:00"}


def of(answer):
    return answer.value if answer.whole is None else (answer.part, answer.whole)


class TestTasks:
    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"PredecessorLink": [{"PredecessorUID": 3, "Type": 1, "LinkLag": -4800}]}, 1),
            (5, {"PredecessorLink": [{"PredecessorUID": 3, "LinkLag": -10, "LagFormat": 19}]}, 1),
            (2, {"PredecessorLink": [{"PredecessorUID": 8, "LinkLag": -10, "LagFormat": 7}]}, 0),
            (5, {"PredecessorLink": [{"PredecessorUID": 3, "LinkLag": 0}]}, 0),
            (5, {"PredecessorLink": [{"PredecessorUID": 3, "LinkLag": 1, "LagFormat": 7}]}, 0),
        ],
    )
    def test_one_change_of_one_task_moves_leads(self, ask, project, task, uid, change, expected):
        """A negative lag, into work that is not finished."""
        task(project, uid).update(change)

        assert of(ask(project)["leads_count"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"PredecessorLink": [{"PredecessorUID": 3, "LinkLag": 1, "LagFormat": 8}]}, (1, 4)),
            (3, {"PredecessorLink": []}, (0, 3)),
            (5, {"PredecessorLink": [{"PredecessorUID": 3, "LinkLag": 0}]}, (0, 4)),
            (5, {"PredecessorLink": [{"PredecessorUID": 3, "LinkLag": -1, "LagFormat": 7}]}, (0, 4)),
        ],
    )
    def test_one_change_of_one_task_moves_lags(self, ask, project, task, uid, change, expected):
        """A positive lag, of all links into work that is not finished."""
        task(project, uid).update(change)

        assert of(ask(project)["lags_ratio"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"PredecessorLink": []}, (3, 4)),
        ],
    )
    def test_one_change_of_one_task_moves_missing_logic(self, ask, project, task, uid, change, expected):
        """An activity without links is moved by nothing."""
        task(project, uid).update(change)

        assert of(ask(project)["missing_logic_ratio"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"ConstraintType": 7, "ConstraintDate": "2027-04-30T17:00:00"}, (1, 4)),
            (5, {"ConstraintType": 4, "ConstraintDate": "2027-04-20T08:00:00"}, (0, 4)),
            (5, {"Manual": 1}, (1, 4)),
            (2, {"ConstraintType": 2, "ConstraintDate": "2027-04-05T08:00:00"}, (0, 4)),
        ],
    )
    def test_one_change_of_one_task_moves_constraints(self, ask, project, task, uid, change, expected):
        """A date that logic cannot move."""
        task(project, uid).update(change)

        assert of(ask(project)["hard_constraint_ratio"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (8, {"Duration": "PT352H0M0S"}, (0, 4)),
            (8, {"Duration": "PT352H1M0S"}, (1, 4)),
            (8, {"Duration": "PT352H1M0S", "DurationFormat": 8}, (0, 4)),
            (8, {"Duration": "PT1056H0M0S", "DurationFormat": 8}, (0, 4)),
            (8, {"Duration": "PT1056H1M0S", "DurationFormat": 8}, (1, 4)),
            (8, {"Baseline": [{"Number": 0, "Finish": "2027-05-24T17:00:00", "Duration": "PT352H1M0S"}]}, (1, 4)),
        ],
    )
    def test_one_change_of_one_task_moves_long_tasks(self, ask, project, task, uid, change, expected):
        """Nobody steers by them; a unit changes what long is."""
        task(project, uid).update(change)

        assert of(ask(project)["high_duration_ratio"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (8, {"WBS": ""}, (1, 5)),
        ],
    )
    def test_one_change_of_one_task_moves_work_outside_the_wbs(self, ask, project, task, uid, change, expected):
        """It is in nobody's scope."""
        task(project, uid).update(change)

        assert of(ask(project)["tasks_without_wbs_ratio"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (8, {"WBS": ""}, (2, 3)),
        ],
    )
    def test_one_change_of_one_task_moves_elements_without_work(self, ask, project, task, uid, change, expected):
        """Scope without work is not planned."""
        task(project, uid).update(change)

        assert of(ask(project)["wbs_leaf_with_tasks_ratio"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"TotalSlack": -1}, 1),
            (8, {"TotalSlack": -1}, 0),
            (5, {"TotalSlack": 0}, 0),
            (5, {"TotalSlack": 1}, 0),
            (6, {"TotalSlack": -1}, 1),
        ],
    )
    def test_one_change_of_one_task_moves_negative_float(self, ask, project, task, uid, change, expected):
        """Below, at and above zero, and only on the way to go-live."""
        task(project, uid).update(change)

        assert of(ask(project)["negative_float_tasks"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (8, {"Active": 0}, False),
            (8, {"Duration": "PT0H0M0S"}, False),
            (8, {"Start": "2027-04-26T16:59:00"}, False),
            (8, {"Start": "2027-04-26T17:00:00"}, True),
            (8, {"Start": "2027-04-26T17:01:00"}, True),
            (8, {"Start": "2027-04-26T17:00:00", "Finish": "2027-04-26T17:00:00"}, False),
            (8, {"Start": "2027-04-26T17:00:00", "Finish": "2027-04-26T17:01:00"}, True),
            (8, {"Start": ""}, False),
        ],
    )
    def test_one_change_of_one_task_moves_work_after_go_live(self, ask, project, task, uid, change, expected):
        """From go-live on, to the minute."""
        task(project, uid).update(change)

        assert of(ask(project)["has_post_golive_tasks"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (8, {"Finish": ""}, False),
        ],
    )
    def test_one_change_of_one_task_moves_work_after_go_live_too(self, ask, project, task, uid, change, expected):
        """From go-live on, to the minute."""
        task(project, uid).update(change)

        assert of(ask(project)["has_post_golive_tasks"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"Active": 0}, 0),
            (2, {"IsNull": 1, "OutlineLevel": "", "Name": "", "Start": "", "Finish": "", "PredecessorLink": []}, 2),
            (2, {"ExternalTask": 1}, 2),
        ],
    )
    def test_one_change_of_one_task_moves_what_feeds_go_live(self, ask, project, task, uid, change, expected):
        """Only what is live, and of this project."""
        task(project, uid).update(change)

        assert of(ask(project)["golive_tasks"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"Active": 0}, False),
        ],
    )
    def test_one_change_of_one_task_moves_path(self, ask, project, task, uid, change, expected):
        """What is switched off carries none."""
        task(project, uid).update(change)

        assert of(ask(project)["golive_path_continuous"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (2, {"ActualFinish": ""}, 1),
            (2, {"PercentComplete": 99}, 1),
            (2, {"ActualFinish": "2027-04-15T17:01:00"}, 1),
            (3, {"ActualStart": "2027-04-16T08:00:00"}, 1),
            (3, {"Finish": "2027-04-15T16:59:00"}, 1),
            (3, {"Finish": "2027-04-15T17:00:00"}, 0),
            (5, {"Start": "2027-04-15T08:00:00"}, 1),
            (5, {"Finish": ""}, 1),
        ],
    )
    def test_one_change_of_one_task_moves_invalid_dates(self, ask, project, task, uid, change, expected):
        """To the minute around the data date."""
        task(project, uid).update(change)

        assert of(ask(project)["invalid_dates"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"Finish": "2027-04-21T17:00:00"}, 1),
            (2, {"ActualFinish": "2027-04-15T17:00:00"}, 0),
            (2, {"ActualFinish": "2027-04-15T16:59:00"}, 0),
            (2, {"ActualStart": ""}, 1),
            (3, {"ActualStart": "2027-04-15T17:00:00"}, 0),
            (3, {"ActualStart": "2027-04-15T17:01:00"}, 1),
            (3, {"Finish": "2027-04-15T17:01:00"}, 0),
            (5, {"Start": "2027-04-15T16:59:00"}, 1),
        ],
    )
    def test_one_change_of_one_task_moves_invalid_dates_too(self, ask, project, task, uid, change, expected):
        """To the minute around the data date."""
        task(project, uid).update(change)

        assert of(ask(project)["invalid_dates"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"Start": "2027-04-15T17:00:00"}, 0),
            (5, {"Start": "2027-04-15T17:01:00"}, 0),
            (5, {"Start": ""}, 1),
            (5, {"Finish": "2027-04-22T07:59:00"}, 1),
            (5, {"Finish": "2027-04-22T08:00:00"}, 0),
            (5, {"ActualFinish": "2027-04-15T16:00:00"}, 1),
        ],
    )
    def test_one_change_of_one_task_moves_invalid_dates_as_well(self, ask, project, task, uid, change, expected):
        """To the minute around the data date."""
        task(project, uid).update(change)

        assert of(ask(project)["invalid_dates"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (2, {"ActualFinish": ""}, Decimal(0)),
            (8, {"Baseline": []}, Decimal("0.5")),
            (8, {"Baseline": [{"Number": 1, "Finish": "2027-05-24T17:00:00"}]}, Decimal("0.5")),
            (5, {"Baseline": [{"Number": 0, "Finish": "2027-04-15T16:59:00"}]}, Decimal("0.5")),
            (5, {"Baseline": [{"Number": 0, "Finish": "2027-04-15T17:00:00"}]}, Decimal("0.5")),
            (5, {"Baseline": [{"Number": 0, "Finish": "2027-04-15T17:01:00"}]}, Decimal(1)),
        ],
    )
    def test_one_change_of_one_task_moves_execution_index(self, ask, project, task, uid, change, expected):
        """Of what was to be finished by the data date."""
        task(project, uid).update(change)

        assert of(ask(project)["bei"]) == expected

    @pytest.mark.parametrize(
        ("uid", "change", "expected"),
        [
            (5, {"TotalSlack": 23999}, (1, 3)),
            (5, {"TotalSlack": 24000}, (1, 3)),
            (5, {"TotalSlack": 24001}, (1, 2)),
        ],
    )
    def test_one_change_of_one_task_moves_critical_tasks(self, ask, project, task, uid, change, expected):
        """Five days of float, to the tenth of a minute."""
        task(project, uid).update(change)

        assert of(ask(project)["critical_tasks_resourced_ratio"]) == expected

    def test_a_task_without_actual_finish_is_not_finished_however_complete_it_claims_to_be(self, ask, project, task):
        """100 percent is a wish until there is a date."""
        task(project, 2)["ActualFinish"] = ""
        answers = ask(project)

        assert answers["missing_logic_ratio"].whole == 5
        # design is then expected at the data date: four working days after its baseline of five
        assert answers["golive_task_max_variance"].value == Decimal("0.8")

    def test_an_empty_wbs_element_lowers_coverage(self, ask, project, row):
        """Work that is missing from the schedule cannot be late on paper."""
        project["Tasks"]["Task"].append(row(9, "Decommission", 1, "05-25T08", "05-25T17", 8, Summary=1, Baseline=[]))
        answers = ask(project)

        assert of(answers["wbs_leaf_with_tasks_ratio"]) == (3, 4)

    def test_a_flat_list_of_tasks_has_no_share_of_a_wbs(self, ask, project):
        """Without summary tasks nothing says what the work breaks down into."""
        project["Tasks"]["Task"] = [row for row in project["Tasks"]["Task"] if not row["Summary"]]
        for row in project["Tasks"]["Task"]:
            row["OutlineLevel"] = 1

        assert "the schedule has no WBS" in ask(project)["wbs_leaf_with_tasks_ratio"].detail

    def test_a_summary_that_links_drive_but_nobody_can_see_into_counts_as_work(self, ask, project, row, after):
        """An inserted project must not hide its delay behind the word summary."""
        project["Tasks"]["Task"].append(
            row(9, "Provider", 1, "04-16T08", "04-20T17", 24, Summary=1, PredecessorLink=[after(2)], TotalSlack=-10)
        )
        next(row for row in project["Tasks"]["Task"] if row["UID"] == 6)["PredecessorLink"].append(after(9))
        answers = ask(project)

        assert (answers["golive_tasks"].value, answers["negative_float_tasks"].value) == (4, 1)

    def test_links_to_summary_rows_reach_everything_below_them(self, ask, project, task, after):
        """Schedulers tie phases; the tasks in a phase still feed go-live."""
        task(project, 5)["PredecessorLink"] = []
        task(project, 4)["PredecessorLink"] = [after(1)]
        answers = ask(project)

        assert answers["golive_tasks"].value == 3
        assert answers["golive_path_continuous"].value is True

    def test_unmarked_rows_with_rows_below_are_summaries(self, ask, project, task):
        """The outline decides, not the flag."""
        task(project, 4)["Summary"] = 0

        assert ask(project)["tasks_without_wbs_ratio"].whole == 5


class TestContracts:
    def test_contracts_that_are_not_listed_as_awarded_are_counted(self, ask, project, task):
        """Work that waits for an order that nobody has signed will not happen."""
        project["ExtendedAttributes"] = {"ExtendedAttribute": {"FieldID": 77, "FieldName": "Text5", "Alias": "Order"}}
        for uid, value in ((2, "O-9"), (3, "O-1"), (5, "O-2"), (6, "")):
            task(project, uid)["ExtendedAttribute"] = {"FieldID": 77, "Value": value}

        answers = ask(project, contract={"field": "Order", "awarded": ["O-1"]})

        assert answers["tasks_on_unawarded_contracts"].value == 1

    @pytest.mark.parametrize("field", ["Order", "Text5"])
    def test_an_empty_or_undefined_column_proves_nothing(self, ask, project, field):
        """No entry is not the same as no contract."""
        project["ExtendedAttributes"] = {"ExtendedAttribute": {"FieldID": 77, "FieldName": "Text5"}}

        answer = ask(project, contract={"field": field, "awarded": ["O-1"]})["tasks_on_unawarded_contracts"]

        assert answer.gap is GapReason.MISSING


class TestPeople:
    def test_two_full_assignments_in_one_week_overload_a_person(self, ask, project):
        """A double-booked person is a hidden slip."""
        project["Assignments"]["Assignment"].append(
            {"UID": 3, "TaskUID": 5, "ResourceUID": 1, "Units": "0.01", "Start": "2027-04-19T08:00:00",
             "Finish": "2027-04-20T17:00:00"}
        )  # fmt: skip
        # week from Thursday 17:00: develop takes 4 of its 5 days, so one hundredth of two days more still fits
        fits = ask(project)["overallocated_resources"].value
        project["Assignments"]["Assignment"][-1]["Units"] = "0.51"
        over = ask(project)["overallocated_resources"].value

        assert (fits, over) == (0, 1)

    @pytest.mark.parametrize(
        ("finish", "more", "asked"),
        [
            pytest.param("2027-04-15T16:59:00", {}, None, id="ended before the data date"),
            pytest.param("2027-04-15T17:00:00", {}, None, id="ends at the data date"),
            pytest.param("2027-04-15T17:01:00", {}, 0, id="ends after the data date"),
            pytest.param("2027-04-15T17:00:00", {"ActualFinish": "2027-04-15T17:00:00"}, 0, id="ended and is done"),
        ],
    )
    def test_work_that_is_left_and_planned_in_the_past_is_a_gap(self, ask, project, finish, more, asked):
        """It asks for somebody soon, and the file does not say when; none of the six weeks would see it."""
        project["Assignments"]["Assignment"][0].update(Finish=finish, **more)

        answer = ask(project)["overallocated_resources"]

        assert answer.value == asked
        assert (answer.gap is GapReason.MISSING) == (asked is None)

    @pytest.mark.parametrize(
        ("change", "over"),
        [
            pytest.param({}, 0, id="exactly all of the week"),
            pytest.param({"Units": "0.99"}, 0, id="less than all of it"),
            pytest.param({"Units": "1.01"}, 1, id="more than all of it"),
            pytest.param({"Units": "6.00", "TaskUID": 2}, 0, id="on work that is finished"),
            pytest.param({"Finish": "", "TaskUID": 8}, 0, id="to the end of its task"),
        ],
    )
    @pytest.mark.parametrize("holidays", [[], ["2027-04-20"]])
    def test_a_week_holds_what_the_calendar_says_and_no_more(self, ask, project, change, over, holidays):
        """From Thursday evening to Thursday evening: five working days."""
        project["Assignments"]["Assignment"] = [
            {"UID": 1, "TaskUID": 3, "ResourceUID": 1, "Units": 1, "Start": "2027-04-15T17:00:00",
             "Finish": "2027-04-22T17:00:00"} | change
        ]  # fmt: skip

        assert ask(project, holidays=holidays)["overallocated_resources"].value == over

    @pytest.mark.parametrize("end", ["Start", "Finish"])
    def test_an_assignment_without_dates_anywhere_is_a_gap(self, ask, project, task, end):
        """Work at no time asks nobody."""
        project["Assignments"]["Assignment"][0].update({end: ""})
        task(project, 3)[end] = ""

        assert ask(project)["overallocated_resources"].gap is GapReason.MISSING

    @pytest.mark.parametrize(
        ("start", "finish", "over"),
        [
            # six weeks from Thursday 15 April, 17:00: to Thursday 27 May, 17:00
            pytest.param("2027-05-27T08:00:00", "2027-05-27T17:00:00", 1, id="the last day of the sixth week"),
            pytest.param("2027-05-28T08:00:00", "2027-05-28T17:00:00", 0, id="the first day of the seventh"),
            pytest.param("2027-04-16T08:00:00", "2027-04-16T17:00:00", 1, id="the first day of the first"),
        ],
    )
    def test_six_weeks_are_looked_at_and_no_more(self, ask, project, start, finish, over):
        """Far away nobody has been planned yet, and no plan is kept."""
        project["Assignments"]["Assignment"].append(
            {"UID": 3, "TaskUID": 8, "ResourceUID": 1, "Units": "6.00", "Start": start, "Finish": finish}
        )

        assert ask(project)["overallocated_resources"].value == over

    def test_half_a_person_is_overloaded_by_a_full_assignment(self, ask, project):
        """Capacity counts, not heads."""
        project["Resources"]["Resource"][0]["MaxUnits"] = "0.50"

        assert ask(project)["overallocated_resources"].value == 1

    def test_a_generic_role_is_not_a_named_person(self, ask, project):
        """'Developer' has never written a line."""
        project["Resources"]["Resource"][0]["IsGeneric"] = 1

        assert of(ask(project)["critical_tasks_resourced_ratio"]) == (0, 3)

    def test_a_schedule_without_assignments_proves_nothing_about_people(self, ask, project):
        """Nobody planned is not the same as nobody overloaded."""
        del project["Assignments"]
        answers = ask(project)

        assert answers["overallocated_resources"].gap is GapReason.NOT_PROVABLE
        assert answers["critical_tasks_resourced_ratio"].gap is GapReason.NOT_PROVABLE


class TestWhatIsMissing:
    def test_no_status_date_is_a_refusal_whatever_other_dates_there_are(self, ask, project):
        """The creation date says nothing about progress."""
        del project["StatusDate"]
        project["CreationDate"] = "2027-04-15T17:00:00"

        with pytest.raises(CollectorRefusal, match="StatusDate") as refusal:
            ask(project)
        assert refusal.value.reason is GapReason.MISSING

    def test_a_status_date_in_the_future_is_a_refusal(self, ask, project):
        """Progress that has not happened yetis not evidence."""
        project["StatusDate"] = "2027-04-19T12:01:00"

        with pytest.raises(CollectorRefusal, match="StatusDate 2027-04-19 12:01 is in the future") as refusal:
            ask(project)
        assert refusal.value.reason is GapReason.FUTURE

    def test_without_a_baseline_variance_and_bei_are_not_provable_and_the_rest_is(self, ask, project):
        """A template without baseline gives unknown, not pass."""
        for entry in project["Tasks"]["Task"]:
            entry["Baseline"] = []
        answers = ask(project)

        assert {name for name, answer in answers.items() if answer.gap is GapReason.NOT_PROVABLE} == {
            "golive_task_max_variance", "golive_tasks_late", "bei", "missed_tasks_ratio", "baselined_ratio",
            "golive_baseline_variance_days", *UNASKED,
        }  # fmt: skip
        assert answers["golive_total_float_days"].value == 4

    def test_one_unbaselined_feeding_task_leaves_the_variance_unknown(self, ask, project, task):
        """A task added after the baseline has no promise to be measured against."""
        task(project, 5)["Baseline"] = []
        answers = ask(project)

        assert answers["golive_task_max_variance"].gap is GapReason.MISSING
        assert "Rehearse" in answers["golive_tasks_late"].detail

    @pytest.mark.parametrize(
        ("uid", "facts"),
        [(6, {"golive_total_float_days", "negative_float_tasks", "cpli"}), (5, {"negative_float_tasks"})],
    )
    def test_floats_that_the_tool_never_computed_are_gaps(self, ask, project, task, uid, facts):
        """Blank is not zero."""
        task(project, uid)["TotalSlack"] = ""
        answers = ask(project)

        assert facts <= {name for name, answer in answers.items() if answer.gap is GapReason.MISSING}

    def test_a_calendar_that_is_not_defined_leaves_gaps_not_guesses(self, ask, project):
        """Working days need a calendar."""
        project["CalendarUID"] = 9
        answers = ask(project)

        assert answers["golive_total_float_days"].gap is GapReason.MALFORMED
        assert "works by the calendar 9, which the file does not define" in answers["forecast_slip_days"].detail

    def test_links_in_a_circle_break_the_path_and_every_date_and_float(self, ask, project, task, after):
        """No tool could have computed these dates."""
        task(project, 2)["PredecessorLink"] = [after(5)]
        answers = ask(project)

        assert answers["golive_path_continuous"].value is False
        floats = ("golive_total_float_days", "negative_float_tasks", "cpli")
        dates = ("golive_task_max_variance", "golive_tasks_late", "forecast_slip_days")
        assert {answers[name].gap for name in floats + dates} == {GapReason.MALFORMED}

    def test_no_activities_at_all_is_a_refusal(self, ask, project):
        """An empty schedule is never late."""
        project["Tasks"]["Task"] = project["Tasks"]["Task"][:2]

        with pytest.raises(CollectorRefusal, match="no activities"):
            ask(project)
