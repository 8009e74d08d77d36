"""What one row or table does not say takes away the facts that need it, and no others."""

from __future__ import annotations

import pytest

from gonogo.model.evidence import GapReason

PEOPLE = {"critical_tasks_resourced_ratio", "overallocated_resources", "unresourced_ratio", "peak_resource_load"}
LENGTHS = {"high_duration_ratio", "unresourced_ratio"}
CONTRACTS = {"tasks_on_unawarded_contracts"}
ORDERS = {"field": "Order", "awarded": ["O-1"]}


def changed(before, after):
    """The facts that another file answers otherwise."""
    return {name for name in before if before[name] != after[name]}


def of(answer):
    """What is told of long activities: a count, or nothing."""
    return answer.value if answer.whole is None else (answer.part, answer.whole)


class TestDurations:
    def test_durations_that_a_program_does_not_write_are_a_gap_and_not_all_long(self, ask, project):
        """10, 5 and 4 days and a milestone were told as 100 percent longer than 44 days."""
        whole = ask(project)
        for entry in project["Tasks"]["Task"]:
            del entry["Duration"]
        answers = ask(project)

        assert changed(whole, answers) == LENGTHS
        assert answers["high_duration_ratio"].gap is GapReason.MISSING
        assert answers["high_duration_ratio"].detail == (
            "3 unfinished activities have no duration, or no baseline duration, that can be read: UID 3 'Develop', UID "
            "5 'Rehearse', UID 8 'Hypercare': set it in the schedule's tool and save again"
        )

    @pytest.mark.parametrize("text", ["64", "-PT64H0M0S", "P1M", "8 days"])
    def test_one_that_cannot_be_read_is_a_gap_that_quotes_it(self, ask, project, task, text):
        """The rest of the file is whole."""
        whole = ask(project)
        task(project, 3)["Duration"] = text
        answers = ask(project)

        assert changed(whole, answers) == LENGTHS
        assert (
            f"UID 3 'Develop' (UID 3: Duration is '{text}', not a duration such"
            in answers["high_duration_ratio"].detail
        )

    def test_a_finished_row_needs_none(self, ask, project, task):
        """Nobody steers by it any more."""
        task(project, 2)["Duration"] = ""

        assert of(ask(project)["high_duration_ratio"]) == (0, 4)

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            pytest.param({}, True, id="at one moment"),
            pytest.param({"Finish": "2027-04-26T17:01:00"}, False, id="over a minute"),
            pytest.param({"Milestone": 0}, False, id="no milestone"),
            pytest.param({"Duration": "x"}, False, id="not readable"),
        ],
    )
    def test_a_milestone_lasts_no_time_unless_it_says_so(self, ask, project, task, change, told):
        """Its kind and its dates say what its duration would."""
        task(project, 6).update({"Duration": ""} | change)

        assert (ask(project)["high_duration_ratio"].gap is None) is told

    @pytest.mark.parametrize(
        ("baseline", "told"),
        [
            pytest.param({"Start": "2027-03-24T08:01:00"}, (0, 4), id="a minute less than 44 days by its dates"),
            pytest.param({"Start": "2027-03-24T08:00:00"}, (0, 4), id="44 days by its dates"),
            pytest.param({"Start": "2027-03-23T16:59:00"}, (1, 4), id="a minute more than 44 days by its dates"),
            pytest.param({}, (0, 4), id="a finish alone promises none"),
            pytest.param({"Start": "2027-04-27T08:00:00", "Duration": "x"}, None, id="not readable"),
            pytest.param({"Start": "2027-04-10T17:00:00", "DurationFormat": 8}, (0, 4), id="44 days by the clock"),
            pytest.param(
                {"Start": "2027-04-10T16:59:00", "DurationFormat": 8}, (1, 4), id="44 days and a minute by the clock"
            ),
        ],
    )
    def test_a_baseline_without_a_duration_lasts_by_its_dates(self, ask, project, task, baseline, told):
        """It was left out, which made a long promise a short one."""
        task(project, 8)["Baseline"] = [{"Number": 0, "Finish": "2027-05-24T17:00:00"} | baseline]
        answer = ask(project)["high_duration_ratio"]

        assert (None if answer.gap else of(answer)) == told

    @pytest.mark.parametrize(("start", "told"), [("2027-05-03T06:00:00", (0, 4)), ("2027-01-04T08:00:00", (1, 4))])
    def test_so_does_that_of_a_milestone(self, ask, project, task, start, told):
        """It was to last no time, or four months, whatever it is now."""
        task(project, 6)["Baseline"] = [{"Number": 0, "Start": start, "Finish": "2027-05-03T06:00:00"}]

        assert of(ask(project)["high_duration_ratio"]) == told

    def test_a_baseline_duration_that_cannot_be_read_is_no_measure_of_a_slip(self, ask, project, task):
        """Its dates may say another one."""
        task(project, 5)["Finish"] = "2027-04-27T17:00:00"
        task(project, 5)["Baseline"] = [
            {"Number": 0, "Start": "2027-04-22T08:00:00", "Finish": "2027-04-26T17:00:00", "Duration": "3 days"}
        ]
        answers = ask(project)

        assert "the baseline duration of UID 5 'Rehearse' cannot be read (UID 5: Duration is '3 days'" in (
            answers["golive_task_max_variance"].detail
        )
        assert answers["golive_tasks_late"].gap is GapReason.MISSING
        assert answers["forecast_slip_days"].value == 0

    @pytest.mark.parametrize(
        ("change", "days"),
        [
            pytest.param({"Duration": "PT8H0M0S"}, 0, id="a day"),
            pytest.param({"Duration": ""}, None, id="not known"),
            pytest.param({"Duration": "", "Milestone": 1}, -1, id="a milestone"),
        ],
    )
    def test_a_go_live_held_to_a_start_needs_its_duration(self, ask, project, task, change, days):
        """It is to start on Tuesday morning, and ends then or in the evening."""
        task(project, 6).update(
            {"Start": "2027-04-27T08:00:00", "Finish": "2027-04-27T17:00:00", "Milestone": 0, "ConstraintType": 2,
             "ConstraintDate": "2027-04-27T08:00:00"} | change
        )  # fmt: skip
        answers = ask(project)

        assert answers["golive_total_float_days"].value == days
        assert days is not None or "constrained to a start date, and its duration is not known" in (
            answers["golive_total_float_days"].detail
        )

    @pytest.mark.parametrize("column", ["target_drtn_hr_cnt", "remain_drtn_hr_cnt"])
    @pytest.mark.parametrize("text", ["", "8 h"])
    def test_xer_needs_both_of_its_durations(self, ask_xer, tables, column, text):
        """The one that is there may be the shorter."""
        whole = ask_xer(tables)
        tables["TASK"][2][column] = text
        answers = ask_xer(tables)

        assert changed(whole, answers) == {"high_duration_ratio"}
        assert (f"{column} is '8 h'" in answers["high_duration_ratio"].detail) is bool(text)


class TestConstraints:
    def test_a_hard_constraint_without_a_date_is_still_hard(self, ask, project, task):
        """Nobody needs its date to count it."""
        whole = ask(project)
        task(project, 5)["ConstraintType"] = 2

        assert changed(whole, ask(project)) == {"hard_constraint_ratio", "critical_path_test"}

    @pytest.mark.parametrize(
        ("slack", "gaps"),
        [
            (-10, {"golive_total_float_days", "cpli", "forecast_slip_days", "has_post_golive_tasks"}),
            (0, {"golive_total_float_days", "cpli"}),
        ],
    )
    def test_on_go_live_it_leaves_what_is_held_to_it_unknown(self, ask, project, task, slack, gaps):
        """Float to it; and the forecast, where float is short of it."""
        task(project, 6).update(ConstraintType=2, TotalSlack=slack)
        answers = ask(project)

        assert {name for name in gaps if "hard constraint without a date" in answers[name].detail} == gaps
        assert (answers["forecast_slip_days"].value == 0) is (slack == 0)


class TestPeople:
    @pytest.mark.parametrize(
        ("change", "says"), [({"TaskUID": 33}, "names task '33'"), ({"ResourceUID": 11}, "resource '11'")]
    )
    def test_an_assignment_of_what_is_not_there(self, ask, project, change, says):
        """Rows were lost; the network is whole."""
        whole = ask(project)
        project["Assignments"]["Assignment"][0].update(change)
        answers = ask(project)

        assert changed(whole, answers) == PEOPLE
        assert all(says in answers[name].detail for name in PEOPLE)

    @pytest.mark.parametrize("table", ["RSRC", "RSRCRATE", "TASKRSRC"])
    def test_a_table_about_people_that_lacks_a_column(self, ask_xer, tables, table):
        """Exports leave out what their user may not see."""
        tables |= {
            "RSRC": [{"rsrc_id": 1, "rsrc_name": "Ines Calloway", "rsrc_type": "RT_Labor"}],
            "RSRCRATE": [{"rsrc_id": 1, "max_qty_per_hr": 1}],
            "TASKRSRC": [{"rsrc_id": 1, "task_id": 103, "proj_id": 10}],
        }
        whole = ask_xer(tables)
        del tables[table][0]["rsrc_id"]
        answers = ask_xer(tables)

        assert changed(whole, answers) == PEOPLE
        assert f"table {table} lacks rsrc_id: export the project again, whole" in (
            answers["overallocated_resources"].detail
        )


class TestContracts:
    @pytest.mark.parametrize(
        ("table", "column"),
        [
            ("ACTVTYPE", "actv_code_type"),
            ("ACTVCODE", "short_name"),
            ("TASKACTV", "task_id"),
            ("UDFTYPE", "table_name"),
            ("UDFVALUE", "fk_id"),
        ],
    )
    def test_a_table_about_contracts_that_lacks_a_column(self, ask_xer, tables, table, column):
        """A code that cannot be read may be a contract that nobody awarded."""
        tables |= {
            "ACTVTYPE": [{"actv_code_type_id": 7, "actv_code_type": "Order"}],
            "ACTVCODE": [{"actv_code_id": 71, "actv_code_type_id": 7, "short_name": "O-1"}],
            "TASKACTV": [{"task_id": 103, "actv_code_type_id": 7, "actv_code_id": 71}],
            "UDFTYPE": [{"udf_type_id": 9, "table_name": "RSRC", "udf_type_label": "Badge"}],
            "UDFVALUE": [{"udf_type_id": 9, "fk_id": 1, "udf_text": "x"}],
        }
        whole, silent = ask_xer(tables, contract=ORDERS), ask_xer(tables)
        del tables[table][0][column]
        answers = ask_xer(tables, contract=ORDERS)

        assert whole["tasks_on_unawarded_contracts"].value == 0
        assert changed(whole, answers) == CONTRACTS
        assert f"table {table} lacks {column}" in answers["tasks_on_unawarded_contracts"].detail
        assert changed(silent, ask_xer(tables)) == set()
