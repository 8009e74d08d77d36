"""Edges of Primavera files: each limit below, at and above, each guard once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule.xer_calendar import read_calendars
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal


def of(answer):
    return answer.value if answer.whole is None else (answer.part, answer.whole)


class TestActivities:
    @pytest.mark.parametrize(
        ("change", "claimed"),
        [
            pytest.param({"complete_pct_type": "CP_Phys", "phys_complete_pct": "99.9"}, 0, id="physically, nearly"),
            pytest.param({"complete_pct_type": "CP_Phys", "phys_complete_pct": 100}, 1, id="physically"),
            pytest.param({"complete_pct_type": "CP_Phys", "phys_complete_pct": 101}, 1, id="physically, and more"),
            pytest.param({"complete_pct_type": "CP_Phys", "phys_complete_pct": ""}, 0, id="physically, blank"),
            pytest.param({"complete_pct_type": "CP_Phys", "remain_drtn_hr_cnt": 0}, 0, id="another kind of percentage"),
            pytest.param({"complete_pct_type": "CP_Units", "remain_work_qty": 0, "act_work_qty": 1}, 1, id="by units"),
            pytest.param(
                {"complete_pct_type": "CP_Units", "remain_work_qty": 1, "act_work_qty": 1}, 0, id="units left"
            ),
            pytest.param({"complete_pct_type": "CP_Units", "remain_work_qty": "", "act_work_qty": 1}, 0, id="unknown"),
            pytest.param({"complete_pct_type": "CP_Units", "remain_work_qty": 0, "act_work_qty": 0}, 0, id="no units"),
            pytest.param(
                {"complete_pct_type": "CP_Units", "remain_work_qty": 0, "act_work_qty": ""}, 0, id="blank units"
            ),
            pytest.param(
                {"complete_pct_type": "CP_Units", "remain_work_qty": 0, "act_work_qty": "0.5"}, 1, id="half one"
            ),
            pytest.param({"remain_drtn_hr_cnt": 0}, 1, id="by duration"),
            pytest.param({"remain_drtn_hr_cnt": 1}, 0, id="an hour left"),
            pytest.param({"remain_drtn_hr_cnt": 0, "target_drtn_hr_cnt": 0}, 0, id="of no duration"),
            pytest.param({"remain_drtn_hr_cnt": ""}, 0, id="unknown duration"),
        ],
    )
    def test_work_that_claims_to_be_done_without_a_finish_is_invalid(self, ask_xer, tables, change, claimed):
        """By its own kind of percentage and no other."""
        for row in tables["TASK"]:
            row.update(remain_work_qty="", act_work_qty="")
        tables["TASK"][1].update(change)

        assert ask_xer(tables)["invalid_dates"].value == claimed

    @pytest.mark.parametrize(
        ("kind", "hard"),
        [("", 0), ("CS_ALAP", 0), ("CS_MSOA", 0), ("CS_MEOA", 0), ("CS_MSO", 1), ("CS_MEO", 1), ("CS_MSOB", 1),
         ("CS_MEOB", 1), ("CS_MANDSTART", 1), ("CS_MANDFIN", 1)],
    )  # fmt: skip
    @pytest.mark.parametrize("place", ["", "2"])
    def test_which_constraints_hold_against_logic(self, ask_xer, tables, kind, hard, place):
        """First or second."""
        tables["TASK"][2].update({f"cstr_type{place}": kind, f"cstr_date{place}": "2027-04-22 08:00"})

        assert of(ask_xer(tables)["hard_constraint_ratio"]) == (hard, 4)

    @pytest.mark.parametrize(
        ("kind", "days"),
        [("CS_MSO", 0), ("CS_MSOB", 0), ("CS_MANDSTART", 0), ("CS_MEO", -1), ("CS_MEOB", -1), ("CS_MANDFIN", -1)],
    )
    def test_a_constraint_on_the_start_holds_the_finish_a_duration_later(self, ask_xer, tables, kind, days):
        """A go-live that lasts a day, held on Tuesday at eight."""
        tables["TASK"][3].update(
            task_type="TT_Task", early_start_date="2027-04-27 08:00", early_end_date="2027-04-27 17:00",
            remain_drtn_hr_cnt=8, target_drtn_hr_cnt=8, cstr_type=kind, cstr_date="2027-04-27 08:00",
        )  # fmt: skip

        assert ask_xer(tables, committed="2027-05-20")["golive_total_float_days"].value == days

    @pytest.mark.parametrize("place", ["", "2"])
    def test_a_hard_constraint_without_a_date_counts_as_one(self, ask_xer, tables, place):
        """Held to nothing known; float and forecast are unknown only where it is go-live that is held."""
        tables["TASK"][2][f"cstr_type{place}"] = "CS_MEOB"
        other = ask_xer(tables)
        tables["TASK"][3][f"cstr_type{place}"] = "CS_MEOB"
        own = ask_xer(tables)

        assert (of(other["hard_constraint_ratio"]), of(own["hard_constraint_ratio"])) == ((1, 4), (2, 4))
        assert other["golive_total_float_days"].value == 4
        assert "GL1000 'Go-live' has a hard constraint without a date" in own["golive_total_float_days"].detail

    @pytest.mark.parametrize(
        ("kind", "change", "invalid"),
        [
            ("TT_Mile", {"act_start_date": "2027-04-15 12:00", "act_end_date": ""}, 0),
            ("TT_FinMile", {"act_start_date": "", "act_end_date": "2027-04-15 12:00"}, 0),
            ("TT_Mile", {"act_start_date": "", "act_end_date": "2027-04-15 12:00"}, 1),
            ("TT_FinMile", {"act_start_date": "2027-04-15 12:00", "act_end_date": ""}, 1),
        ],
    )
    def test_a_milestone_has_one_actual_date(self, ask_xer, tables, kind, change, invalid):
        """A start milestone its start, a finish milestone its finish."""
        tables["TASK"][1].update(change, task_type=kind, status_code="TK_Complete", remain_drtn_hr_cnt=0)

        assert ask_xer(tables)["invalid_dates"].value == invalid

    @pytest.mark.parametrize(
        ("early", "remaining", "slip"),
        [("2027-04-26 17:00", "2027-04-28 17:00", 2), ("2027-04-28 17:00", "2027-04-26 17:00", 2),
         ("", "2027-04-28 17:00", 2), ("2027-04-28 17:00", "", 2)],
    )  # fmt: skip
    def test_the_later_of_two_forecasts_counts(self, ask_xer, tables, early, remaining, slip):
        """Of the last scheduling run, or of what remains."""
        tables["TASK"][3].update(early_end_date=early, reend_date=remaining)

        assert ask_xer(tables, committed="2027-04-26T17:00-04:00")["forecast_slip_days"].value == slip

    def test_level_of_effort_neither_leads_nor_follows(self, ask_xer, tables):
        """It hangs on to work and holds none."""
        tables["TASKPRED"].append({**tables["TASKPRED"][0], "task_id": 106, "pred_task_id": 105})

        assert of(ask_xer(tables)["missing_logic_ratio"]) == (1, 4)

    @pytest.mark.parametrize(("names", "told"), [({"wbs_name": "Program office"}, "Program office"), ({}, "PMO")])
    def test_elements_without_work_are_named_as_people_call_them(self, ask_xer, tables, names, told):
        """By their name, or by their code in a file without names."""
        element = {"wbs_id": 3, "proj_id": 10, "proj_node_flag": "N", "wbs_short_name": "PMO", "parent_wbs_id": 1}
        tables["PROJWBS"].append(element | names)

        answer = ask_xer(tables)["wbs_leaf_with_tasks_ratio"]
        assert (of(answer), answer.open_items) == ((1, 2), (told,))

    def test_two_tasks_of_one_id_are_refused_in_whatever_project(self, ask_xer, tables):
        """A link names its ends by it."""
        tables["TASK"].append({**tables["TASK"][2], "proj_id": 99})

        with pytest.raises(CollectorRefusal, match="task_id is written twice"):
            ask_xer(tables)

    @pytest.mark.parametrize("table", ["PROJECT", "PROJWBS", "CALENDAR"])
    def test_what_is_named_by_an_id_is_there_once(self, ask_xer, tables, table):
        """Of two, nobody can tell which counts."""
        tables[table].append(tables[table][-1])

        with pytest.raises(CollectorRefusal, match="written twice"):
            ask_xer(tables)


class TestLinks:
    @pytest.mark.parametrize(
        ("mine", "theirs", "read"), [(99, 98, True), (10, 98, False), (99, 10, False), (10, 10, False)]
    )
    def test_a_link_between_two_tasks_that_are_not_here_is_another_projects(self, ask_xer, tables, mine, theirs, read):
        """Of this project, rows were lost."""
        tables["TASKPRED"].append(
            {**tables["TASKPRED"][0], "task_id": 901, "pred_task_id": 902, "proj_id": mine, "pred_proj_id": theirs}
        )

        if read:
            assert ask_xer(tables) == ask_xer({**tables, "TASKPRED": tables["TASKPRED"][:-1]})
        else:
            with pytest.raises(CollectorRefusal, match="names neither"):
                ask_xer(tables)


class TestPeople:
    @pytest.fixture
    def staffed(self, tables):
        """One person on development, all of the week after the data date."""
        tables["RSRC"] = [{"rsrc_id": 1, "rsrc_name": "Lin Marchetti", "rsrc_type": "RT_Labor"}]
        tables["TASKRSRC"] = [
            {"task_id": 102, "proj_id": 10, "rsrc_id": 1, "remain_qty_per_hr": 1, "target_qty_per_hr": "",
             "restart_date": "2027-04-15 17:00", "reend_date": "2027-04-22 17:00", "target_start_date": "",
             "target_end_date": "", "act_end_date": ""}
        ]  # fmt: skip
        return tables

    @pytest.mark.parametrize(
        ("change", "over"),
        [
            ({}, 0),
            ({"remain_qty_per_hr": "0.99"}, 0),
            ({"remain_qty_per_hr": "1.01"}, 1),
            ({"remain_qty_per_hr": 0, "target_qty_per_hr": 2}, 0),
            ({"remain_qty_per_hr": "", "target_qty_per_hr": 2}, 1),
            ({"remain_qty_per_hr": "", "target_qty_per_hr": ""}, 0),
            ({"remain_qty_per_hr": 2, "restart_date": "", "target_start_date": "2027-04-19 08:00"}, 1),
            ({"remain_qty_per_hr": 2, "reend_date": "", "target_end_date": "2027-04-19 17:00"}, 0),
            ({"task_id": 999, "remain_qty_per_hr": 9}, None),
        ],
    )
    def test_what_remains_counts_and_what_was_planned_where_that_is_blank(self, ask_xer, staffed, change, over):
        """A whole person where neither says how much."""
        staffed["TASKRSRC"][0].update(change)

        assert ask_xer(staffed)["overallocated_resources"].value == over

    @pytest.mark.parametrize(("capacity", "over"), [("0.99", 1), (1, 0), ("1.01", 0), ("", 0), (None, 0)])
    def test_capacity_is_the_rates_or_one_person(self, ask_xer, staffed, capacity, over):
        """Below, at and above what is asked for."""
        if capacity is not None:
            staffed["RSRCRATE"] = [{"rsrc_id": 1, "max_qty_per_hr": capacity}]

        assert ask_xer(staffed)["overallocated_resources"].value == over

    def test_a_resource_without_a_name_is_nobody(self, ask_xer, staffed):
        """It staffs no task."""
        staffed["RSRC"][0]["rsrc_name"] = ""

        assert of(ask_xer(staffed)["critical_tasks_resourced_ratio"]) == (0, 3)

    @pytest.mark.parametrize(
        ("change", "says"),
        [({"rsrc_id": ""}, "resource '' is missing"), ({"rsrc_id": 1}, "written twice"), ({"rsrc_id": 2}, "")],
    )
    def test_a_resource_is_there_once(self, ask_xer, staffed, change, says):
        """Twice it would have two kinds."""
        staffed["RSRC"].append(staffed["RSRC"][0] | change)

        answers = ask_xer(staffed)
        if says:
            assert says in answers["overallocated_resources"].detail
            assert says in answers["critical_tasks_resourced_ratio"].detail
        else:
            assert answers["overallocated_resources"].value == 0
        assert answers["golive_tasks"].value == 3

    def test_an_assignment_of_somebody_who_is_not_there_is_a_gap_of_people_alone(self, ask_xer, staffed):
        """Rows were lost; the network is whole."""
        staffed["TASKRSRC"][0]["rsrc_id"] = 7
        answers = ask_xer(staffed)

        assert "resource '7'" in answers["overallocated_resources"].detail
        assert "resource '7'" in answers["critical_tasks_resourced_ratio"].detail
        assert answers["golive_total_float_days"].value == 4


class TestContracts:
    @pytest.fixture
    def ordered(self, tables):
        """An activity code and a text field, both called Order; only one is there."""
        tables["ACTVTYPE"] = [{"actv_code_type_id": 7, "actv_code_type": "Order"},
                              {"actv_code_type_id": 6, "actv_code_type": "Area"}]  # fmt: skip
        tables["ACTVCODE"] = [{"actv_code_id": 71, "actv_code_type_id": 7, "short_name": "O-1"}]
        tables["TASKACTV"] = [
            {"task_id": 103, "actv_code_type_id": 7, "actv_code_id": 71},
            {"task_id": 103, "actv_code_type_id": 6, "actv_code_id": 61},
        ]
        tables["UDFTYPE"] = [{"udf_type_id": 8, "table_name": "PROJECT", "udf_type_label": "Order"}]
        tables["UDFVALUE"] = [{"udf_type_id": 8, "fk_id": 103, "udf_text": "x"}]
        return tables

    def test_only_the_field_of_tasks_with_that_name_is_read(self, ask_xer, ordered):
        """Projects have fields of the same name, and tasks other codes."""
        answer = ask_xer(ordered, contract={"field": "Order", "awarded": ["O-2"]})["tasks_on_unawarded_contracts"]

        assert (answer.value, answer.open_items) == (1, ("A3",))

    @pytest.mark.parametrize(
        ("table", "row", "says"),
        [
            ("UDFTYPE", {"udf_type_id": 9, "table_name": "TASK", "udf_type_label": "Order"}, "more than once"),
            ("ACTVTYPE", {"actv_code_type_id": 5, "actv_code_type": "Order"}, "more than once"),
            ("TASKACTV", {"task_id": 103, "actv_code_type_id": 7, "actv_code_id": 72}, "its contract twice"),
            ("ACTVCODE", {"actv_code_id": 71, "actv_code_type_id": 7, "short_name": "O-9"}, "written twice"),
        ],
    )
    def test_what_could_be_meant_twice_is_a_gap_of_contracts_alone(self, ask_xer, ordered, table, row, says):
        """Of two contracts, one may not be in force."""
        ordered[table].append(row)

        answers = ask_xer(ordered, contract={"field": "Order", "awarded": []})
        assert says in answers["tasks_on_unawarded_contracts"].detail
        assert answers["golive_tasks"].value == 3

    def test_a_code_that_the_file_does_not_define_is_itself(self, ask_xer, ordered):
        """Its number is awarded to nobody."""
        ordered["ACTVCODE"][0]["actv_code_id"] = 70
        settings = {"contract": {"field": "Order", "awarded": ["71"]}}

        assert ask_xer(ordered, **settings)["tasks_on_unawarded_contracts"].value == 0

    def test_a_field_that_the_file_does_not_define_is_a_gap(self, ask_xer, ordered):
        """A mistake in the settings."""
        answer = ask_xer(ordered, contract={"field": "PO", "awarded": []})["tasks_on_unawarded_contracts"]

        assert (answer.gap, "defines no field named 'PO'" in answer.detail) == (GapReason.MISSING, True)


class TestBaseline:
    @pytest.mark.parametrize(
        ("change", "variance"),
        [
            ({}, "0.5"),
            ({"target_end_date": "", "target_start_date": "2027-04-24 08:00"}, "0.5"),
            ({"target_drtn_hr_cnt": ""}, "0.5"),
            ({"target_end_date": "", "target_start_date": ""}, None),
        ],
    )
    def test_a_promise_is_a_finish_or_else_a_start(self, ask_xer, tables, activity, change, variance):
        """Rehearsal was promised for Friday, in two days; it ends on Monday."""
        tables["PROJECT"].append({"proj_id": 20, "proj_short_name": "B1", "last_recalc_date": "", "orig_proj_id": 10})
        for key, code, start, finish, hours in (
            (201, "A1", "04-05 08", "04-09 17", 40), (202, "A2", "04-12 08", "04-21 17", 64),
            (203, "A3", "04-22 08", "04-23 17", 16), (204, "GL1000", "05-03 06", "05-03 06", 0),
        ):  # fmt: skip
            tables["TASK"].append(activity(key, code, code, start, finish, hours, proj_id=20))
        tables["TASK"][-2].update(change)

        assert ask_xer(tables)["golive_task_max_variance"].value == (variance and Decimal(variance))

    def test_two_activities_of_one_code_are_refused(self, ask_xer, tables, activity):
        """Either could be the promise."""
        tables["PROJECT"].append({"proj_id": 20, "proj_short_name": "B1", "last_recalc_date": "", "orig_proj_id": 10})
        tables["TASK"] += [activity(key, "A1", "A1", "04-05 08", "04-09 17", 40, proj_id=20) for key in (201, 202)]

        with pytest.raises(CollectorRefusal, match="in the baseline twice"):
            ask_xer(tables)


class TestCalendars:
    def calendar(self, data, **more):
        return read_calendars([{"clndr_id": "5", "day_hr_cnt": "8", "clndr_data": data} | more], ())["5"]

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("s|08:00|f|12:00", "s|08:00|f"),
            ("s|08:00|f|12:00", "s|08:00|f|24:01"),
            ("s|08:00|f|12:00", "s|08:60|f|12:00"),
            ("s|08:00|f|12:00", "s|08:00"),
            ("s|08:00|f|12:00", "s|12:00|f|12:00"),
            ("s|08:00|f|12:00", "s|08:00|f|13:01"),
            ("CalendarData", "Calendar"),
            ("DaysOfWeek", "Days"),
            ("(0||7()())", "(0||8()())"),
            ("(0||7()())", ""),
            ("(0||Exceptions()())", "(0||Exceptions()((0||0(d|x)())))"),
            ("(0||Exceptions()())", "(0||Exceptions()((0||0()())))"),
            ("(0||Exceptions()())", "(0||Exceptions()((0||0(d|9999999)())))"),
            ("(0||Exceptions()())", "(0||Exceptions()((0||0(d|999999)())))(0||x()())x"),
        ],
    )
    def test_what_makes_no_sense_is_unreadable(self, tables, old, new):
        """It is told where its hours are needed."""
        data = tables["CALENDAR"][0]["clndr_data"]
        assert old in data

        assert not self.calendar(data).unreadable
        assert self.calendar(data.replace(old, new, 1)).unreadable

    def test_a_key_without_a_value_is_told_with_its_place(self, tables):
        """Who repairs it has to find it."""
        data = tables["CALENDAR"][0]["clndr_data"].replace("s|08:00|f|12:00", "s|08:00|f", 1)

        assert "a key without a value at character" in self.calendar(data).unreadable

    @pytest.mark.parametrize("end", ["13:00", "24:00", "00:00"])
    def test_hours_may_touch_and_end_with_the_day(self, tables, end):
        """Midnight is written in two ways."""
        data = tables["CALENDAR"][0]["clndr_data"]
        whole = data.replace("f|12:00", "f|13:00", 1) if end == "13:00" else data.replace("f|17:00", f"f|{end}", 1)

        ends = self.calendar(whole).most.week[0][-1][1]
        assert not self.calendar(whole).unreadable
        assert ends == (61_200 if end == "13:00" else 86_400)

    @pytest.mark.parametrize(("levels", "deep"), [(11, False), (12, False), (13, True)])
    def test_brackets_have_a_largest_depth(self, levels, deep):
        """Below, at and above it: nothing is walked without end."""
        told = self.calendar("(0||a()(" * levels + "))" * levels).unreadable

        assert ("breaks off or cannot be read" in told) is deep
