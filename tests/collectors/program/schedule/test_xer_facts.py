"""Primavera files: the same facts, and the traps of their own."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gonogo.collectors.program.schedule.xer_calendar import read_calendars
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal


def of(answer):
    return answer.value if answer.whole is None else (answer.part, answer.whole)


class TestTheSmallSchedule:
    def test_every_fact_that_the_file_can_prove_has_the_number_reckoned_by_hand(self, ask_xer, tables):
        """The level of effort spans everything and must count nowhere."""
        answers = ask_xer(tables)

        assert {name: of(answer) for name, answer in answers.items() if answer.gap is None} == {
            "wbs_leaf_count": 1,
            "wbs_leaf_with_tasks_ratio": (1, 1),
            "tasks_without_wbs_ratio": (0, 5),
            "has_post_golive_tasks": True,
            "missing_logic_ratio": (1, 4),
            "leads_count": 0,
            "lags_ratio": (0, 4),
            "hard_constraint_ratio": (0, 4),
            "high_duration_ratio": (0, 4),
            "golive_path_continuous": True,
            "golive_total_float_days": Decimal(4),
            "negative_float_tasks": 0,
            "golive_tasks": 3,
            "forecast_slip_days": Decimal(0),
            "cpli": Decimal("1.571428"),
            "data_date_age_days": 4,
            "invalid_dates": 0,
            "finish_start_ratio": (4, 4),
            "high_float_ratio": (0, 4),
            "negative_float_ratio": (0, 4),
            "critical_path_test": True,
        }

    def test_what_a_file_without_baseline_and_resources_cannot_prove_is_a_gap(self, ask_xer, tables):
        """A missing baseline project means that nobody knows, not that nothing slipped."""
        answers = ask_xer(tables)

        assert {name for name, answer in answers.items() if answer.gap is GapReason.NOT_PROVABLE} == {
            "golive_task_max_variance", "golive_tasks_late", "bei", "weekly_updates_missed_90d",
            "critical_tasks_resourced_ratio", "overallocated_resources", "tasks_on_unawarded_contracts",
            "unresourced_ratio", "missed_tasks_ratio", "baselined_ratio", "golive_baseline_variance_days",
            "peak_resource_load",
        }  # fmt: skip


class TestActivities:
    @pytest.mark.parametrize(
        ("fact", "place", "change", "expected"),
        [
            ("golive_total_float_days", 3, {"total_float_hr_cnt": -48}, Decimal(-6)),
            ("golive_total_float_days", 3, {"total_float_hr_cnt": "12.0001"}, Decimal("1.500012")),
            ("golive_total_float_days", 3, {"cstr_type": "CS_MEOB", "cstr_date": "2027-04-27 17:00"}, Decimal(1)),
            ("hard_constraint_ratio", 2, {"cstr_type": "CS_MANDFIN", "cstr_date": "2027-04-26 17:00"}, (1, 4)),
            ("hard_constraint_ratio", 2, {"cstr_type2": "CS_MSOB", "cstr_date2": "2027-04-26 17:00"}, (1, 4)),
            ("hard_constraint_ratio", 2, {"cstr_type": "CS_MSOA", "cstr_date": "2027-04-22 08:00"}, (0, 4)),
            ("negative_float_tasks", 2, {"total_float_hr_cnt": "-0.1"}, 1),
            ("high_duration_ratio", 2, {"target_drtn_hr_cnt": 353}, (1, 4)),
            ("high_duration_ratio", 2, {"remain_drtn_hr_cnt": 353}, (1, 4)),
            ("invalid_dates", 1, {"remain_drtn_hr_cnt": 0}, 1),
            ("invalid_dates", 1, {"complete_pct_type": "CP_Phys", "phys_complete_pct": 100}, 1),
            ("invalid_dates", 0, {"act_end_date": ""}, 1),
            ("invalid_dates", 0, {"status_code": "TK_Active"}, 1),
            ("invalid_dates", 1, {"early_end_date": "2027-04-14 17:00"}, 1),
            ("forecast_slip_days", 3, {"reend_date": "2027-05-05 17:00"}, Decimal(2)),
            ("tasks_without_wbs_ratio", 4, {"wbs_id": 1}, (1, 5)),
            ("golive_tasks", 1, {"task_type": "TT_LOE"}, 2),
            ("golive_path_continuous", 1, {"task_type": "TT_LOE"}, False),
            ("missing_logic_ratio", 1, {"task_type": "TT_LOE"}, (2, 3)),
            ("golive_tasks", 1, {"task_type": "TT_WBS"}, 2),
        ],
    )
    def test_one_change_of_one_activity_moves_the_fact_as_it_should(
        self, ask_xer, tables, fact, place, change, expected
    ):
        """Hours need the calendar, and level of effort holds nothing together."""
        for row in tables["TASK"]:
            row.setdefault("reend_date", "")
        tables["TASK"][place].update(change)

        assert of(ask_xer(tables)[fact]) == expected

    def test_float_in_days_follows_the_activity_s_own_calendar(self, ask_xer, tables):
        """96 hours are four days of a calendar that never sleeps, and twelve of an office."""
        around = "".join(f"(0||{day}()((0||0(s|00:00|f|00:00)())))" for day in range(1, 8))
        data = f"(0||CalendarData()((0||DaysOfWeek()({around}))))"
        tables["CALENDAR"].append({"clndr_id": 6, "clndr_name": "24x7", "day_hr_cnt": 24, "clndr_data": data})
        tables["TASK"][3].update(clndr_id=6, total_float_hr_cnt=96)

        assert ask_xer(tables)["golive_total_float_days"].value == Decimal(4)

    def test_a_negative_lag_is_a_lead_and_a_positive_one_a_lag(self, ask_xer, tables):
        """Lags are hours here, not tenths of minutes."""
        tables["TASKPRED"][0]["lag_hr_cnt"] = -8
        tables["TASKPRED"][1]["lag_hr_cnt"] = "0.5"
        answers = ask_xer(tables)

        assert (answers["leads_count"].value, of(answers["lags_ratio"])) == (1, (1, 4))

    def test_a_lead_from_level_of_effort_is_no_lead_of_work(self, ask_xer, tables):
        """It holds nothing together, so it lets nothing go either."""
        tables["TASKPRED"].append({**tables["TASKPRED"][0], "task_id": 103, "pred_task_id": 106, "lag_hr_cnt": -8})

        assert ask_xer(tables)["leads_count"].value == 0

    def test_an_empty_wbs_leaf_lowers_coverage(self, ask_xer, tables):
        """A leaf that holds only level of effort holds no work."""
        tables["PROJWBS"].append(
            {"wbs_id": 3, "proj_id": 10, "proj_node_flag": "N", "wbs_short_name": "PMO", "parent_wbs_id": 1}
        )
        tables["TASK"][5]["wbs_id"] = 3

        assert of(ask_xer(tables)["wbs_leaf_with_tasks_ratio"]) == (1, 2)

    def test_a_project_without_a_wbs_has_no_share_of_it(self, ask_xer, tables):
        """0 of 0 elements says neither that the work is planned nor that it is not."""
        tables["PROJWBS"] = [row for row in tables["PROJWBS"] if row["proj_node_flag"] == "Y"]

        answers = ask_xer(tables)

        assert answers["wbs_leaf_with_tasks_ratio"].gap is GapReason.MISSING
        assert "the schedule has no WBS" in answers["wbs_leaf_with_tasks_ratio"].detail
        assert answers["wbs_leaf_count"].value == 0

    def test_activities_that_count_against_a_fact_are_named_by_their_id(self, ask_xer, tables):
        """Which one it is, is what everybody asks first; all are named, and no other."""
        for row in tables["TASK"][:2]:
            row.update(wbs_id=1, target_drtn_hr_cnt=9000)
        answers = ask_xer(tables)

        codes = tuple(row["task_code"] for row in tables["TASK"][:2])
        assert answers["tasks_without_wbs_ratio"].open_items == codes
        for name in (
            "tasks_without_wbs_ratio",
            "missing_logic_ratio",
            "lags_ratio",
            "hard_constraint_ratio",
            "high_duration_ratio",
        ):
            assert (name, len(answers[name].open_items)) == (name, answers[name].part)
        for name in ("leads_count", "negative_float_tasks", "invalid_dates"):
            assert (name, len(answers[name].open_items)) == (name, answers[name].value)

    def test_links_are_named_by_both_ends(self, ask_xer, tables):
        """A lead belongs to no single activity."""
        tables["TASKPRED"][-1]["lag_hr_cnt"] = -8
        rows = {row["task_id"]: row["task_code"] for row in tables["TASK"]}
        link = tables["TASKPRED"][-1]

        leads = ask_xer(tables)["leads_count"]

        assert leads.open_items == (f"{rows[link['pred_task_id']]} > {rows[link['task_id']]}",)

    def test_a_driver_in_a_project_that_was_not_exported_is_missing_logic(self, ask_xer, tables):
        """What cannot be seen does not hold anything together."""
        tables["TASKPRED"][0].update(pred_task_id=9, pred_proj_id=99)
        answers = ask_xer(tables)

        assert of(answers["missing_logic_ratio"]) == (2, 4)


class TestBaseline:
    @pytest.fixture
    def promised(self, tables, activity):
        """The same project with its baseline, in which go-live was promised for 3 May."""
        tables["PROJECT"].append(
            {
                "proj_id": 20,
                "proj_short_name": "HARBOR - B1",
                "last_recalc_date": "2026-12-18 00:00",
                "orig_proj_id": 10,
            }
        )
        for key, code, start, finish, hours in (
            (201, "A1", "04-05 08", "04-09 17", 40),
            (202, "A2", "04-12 08", "04-20 17", 56),
            (203, "A3", "04-21 08", "04-23 17", 24),
            (204, "GL1000", "05-03 06", "05-03 06", 0),
            (205, "A5", "04-27 08", "05-24 17", 160),
        ):
            tables["TASK"].append(activity(key, code, code, start, finish, hours, proj_id=20))
        return tables

    def test_an_exported_baseline_project_is_the_promise(self, ask_xer, promised):
        """Rehearsal slips one working day of three: Friday to Monday."""
        answers = ask_xer(promised)

        assert answers["golive_task_max_variance"].value == Decimal("0.333334")
        assert answers["golive_tasks_late"].value == 2  # development: one day of seven
        assert answers["bei"].value == 1

    def test_the_project_s_own_pointer_wins(self, ask_xer, promised):
        """Primavera says which of several baselines is current."""
        promised["PROJECT"].append(
            {"proj_id": 30, "proj_short_name": "B2", "last_recalc_date": "2026-12-18 00:00", "orig_proj_id": 10}
        )
        ambiguous = ask_xer(promised)["bei"]
        promised["PROJECT"][0]["sum_base_proj_id"] = 20
        pointed = ask_xer(promised)["bei"]

        assert (ambiguous.gap, pointed.value) == (GapReason.NOT_PROVABLE, 1)

    def test_an_activity_that_the_baseline_lacks_leaves_the_variance_unknown(self, ask_xer, promised):
        """Matched by activity code; a renamed activity has no promise."""
        promised["TASK"][2]["task_code"] = "A3x"
        answers = ask_xer(promised)

        assert answers["golive_task_max_variance"].gap is GapReason.MISSING
        assert answers["bei"].value == Decimal("0.5")

    def test_work_of_the_baseline_that_is_a_level_of_effort_now_is_withdrawn(self, ask_xer, promised):
        """Nothing is late that has no dates of its own."""
        promised["TASK"][2]["task_type"] = "TT_LOE"
        asked = ask_xer(promised)["forecast_slip_days"]
        dropped = ask_xer(promised, dropped=["A3"])["forecast_slip_days"]

        assert asked.gap is GapReason.NOT_PROVABLE
        assert "A3 'Rehearse' (of kind level of effort now, and work in the baseline)" in asked.detail
        assert "not counted: 1 withdrawn on the way to go-live, A3 'Rehearse'" in dropped.where

    def test_a_level_of_effort_that_always_was_one_is_not_withdrawn(self, ask_xer, promised, activity):
        """Project management is no work that somebody hid."""
        promised["TASK"].append(
            activity(206, "PMO", "PMO", "04-05 08", "04-20 17", 288, proj_id=20, task_type="TT_LOE")
        )

        assert ask_xer(promised)["forecast_slip_days"].gap is None

    def test_two_projects_that_could_be_meant_are_a_refusal_until_one_is_named(self, ask_xer, promised):
        """A file is a parcel, not a choice."""
        promised["PROJECT"][1]["orig_proj_id"] = ""

        with pytest.raises(CollectorRefusal, match=r"HARBOR \(10\), HARBOR - B1 \(20\)"):
            ask_xer(promised)
        assert ask_xer(promised, project="HARBOR")["bei"].gap is GapReason.NOT_PROVABLE
        assert ask_xer(promised, baseline_project="20")["bei"].value == 1


class TestPeopleAndContracts:
    @pytest.fixture
    def staffed(self, tables):
        """One person on development, a role on rehearsal, a crane on both."""
        tables["RSRC"] = [
            {"rsrc_id": 1, "rsrc_name": "Lin Marchetti", "rsrc_type": "RT_Labor"},
            {"rsrc_id": 2, "rsrc_name": "Crane", "rsrc_type": "RT_Equip"},
        ]
        tables["RSRCRATE"] = [{"rsrc_rate_id": 1, "rsrc_id": 1, "max_qty_per_hr": 1}]
        tables["TASKRSRC"] = [
            {"taskrsrc_id": 1, "task_id": 102, "proj_id": 10, "rsrc_id": 1, "remain_qty_per_hr": 1,
             "restart_date": "2027-04-15 17:00", "reend_date": "2027-04-21 17:00"},
            {"taskrsrc_id": 2, "task_id": 103, "proj_id": 10, "rsrc_id": "", "remain_qty_per_hr": 1},
            {"taskrsrc_id": 3, "task_id": 103, "proj_id": 10, "rsrc_id": 2, "remain_qty_per_hr": 5},
        ]  # fmt: skip
        return tables

    def test_only_labor_with_a_name_staffs_a_task(self, ask_xer, staffed):
        """Neither a role nor a crane writes code."""
        answers = ask_xer(staffed)

        assert of(answers["critical_tasks_resourced_ratio"]) == (1, 3)
        assert answers["overallocated_resources"].value == 0

    def test_the_smallest_capacity_of_several_rates_counts(self, ask_xer, staffed):
        """Which rate holds in which week is not asked; the one that is not better is taken."""
        staffed["RSRCRATE"].append({"rsrc_rate_id": 2, "rsrc_id": 1, "max_qty_per_hr": "0.5"})

        assert ask_xer(staffed)["overallocated_resources"].value == 1

    def test_contracts_come_from_an_activity_code_or_a_user_defined_field(self, ask_xer, tables):
        """Both are in use; neither is better."""
        tables["ACTVTYPE"] = [{"actv_code_type_id": 7, "actv_code_type": "Order"}]
        tables["ACTVCODE"] = [
            {"actv_code_id": 71, "actv_code_type_id": 7, "short_name": "O-1"},
            {"actv_code_id": 72, "actv_code_type_id": 7, "short_name": "O-2"},
        ]
        tables["TASKACTV"] = [
            {"task_id": 102, "actv_code_type_id": 7, "actv_code_id": 71},
            {"task_id": 103, "actv_code_type_id": 7, "actv_code_id": 72},
        ]
        tables["UDFTYPE"] = [{"udf_type_id": 8, "table_name": "TASK", "udf_type_label": "PO"}]
        tables["UDFVALUE"] = [{"udf_type_id": 8, "fk_id": 105, "udf_text": "O-3"}]

        by_code = ask_xer(tables, contract={"field": "Order", "awarded": ["O-1"]})["tasks_on_unawarded_contracts"]
        by_field = ask_xer(tables, contract={"field": "PO", "awarded": ["O-3"]})["tasks_on_unawarded_contracts"]

        assert (by_code.value, by_field.value) == (1, 0)


class TestTheFile:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
    @pytest.mark.parametrize("stated", [{}, {"encoding": "cp1252"}, {"encoding": "utf-8"}])
    def test_a_byte_order_mark_says_how_the_text_is_encoded(self, ask_xer, xer, tables, encoding, stated):
        """An editor that opens and saves the export puts one there."""
        text = xer(tables).decode("cp1252")
        marked = text if encoding in ("utf-8-sig", "utf-16") else "\ufeff" + text

        assert ask_xer(marked.encode(encoding), **stated) == ask_xer(tables)

    def test_a_mark_that_is_not_borne_out_is_refused(self, ask_xer, xer, tables):
        """Half of a character is a broken file."""
        data = b"\xef\xbb\xbf" + xer(tables)  # curly quotes of Windows-1252 are no UTF-8

        with pytest.raises(CollectorRefusal, match="utf-8"):
            ask_xer(data)
        with pytest.raises(CollectorRefusal, match="utf-16"):
            ask_xer(xer(tables).decode("cp1252").encode("utf-16")[:-1])

    def test_text_is_windows_1252_unless_the_settings_say_otherwise(self, ask_xer, xer, tables):
        """Curly quotes are two worlds in two encodings."""
        utf8 = xer(tables).decode("cp1252").encode("utf-8")

        assert ask_xer(utf8, encoding="utf-8", golive={"name": "Go-live"})["golive_tasks"].value == 3
        with pytest.raises(CollectorRefusal, match="encoding"):
            ask_xer(xer(tables), encoding="utf-8")

    @pytest.mark.parametrize(
        ("old", "new", "says"),
        [
            (b"%E\r\n", b"", "cut off"),
            (b"ERMHDR\t", b"HEADER\t", "ERMHDR"),
            (b"%T\tTASKPRED", b"%T\tTASK", "twice"),
            (b"\ttask_code\t", b"\tcode\t", "task_code"),
            (b"\ttask_code\t", b"\ttask_name\t", "lacks"),
            (b"\tA3\tRehearse\t", b"\tRehearse\t", "cells"),
            (b"\tA3\tRehearse\t", b"\tA3\t\tRehearse\t", "cells"),
            (b"%E", b"%E\r\n%T\tTASK", "continues"),
            (b"%F\ttask_pred_id", b"%F\ttask_pred_id\r\n%F\tx", "line"),
            (b"\t32\t24\t24\t", b"\t3,2\t24\t24\t", "decimal point"),
            (b"\t32\t24\t24\t", b"\tNaN\t24\t24\t", "decimal point"),
            (b"2027-04-26 17:00", b"2027-04-31 17:00", "date"),
            (b"2027-04-26 17:00", b"26.04.2027", "date"),
            (b"TK_NotStart", b"TK_Done", "status_code"),
            (b"TT_FinMile", b"TT_Goal", "task_type"),
            (b"PR_FS", b"PR_XX", "link"),
            (b"\tA3\tRehearse", b"\t\x81\tRehearse", "cp1252"),
            (b"%R\t2\t103\t102\t", b"%R\t2\t103\t999\t", "not in the file"),
            (b"%R\t2\t103\t102\t", b"%R\t2\t999\t102\t", "not in the file"),
            (b"%R\t2\t103\t102\t", b"%R\t2\t103\t103\t", "itself"),
            (b"%R\t2\t103\t102\t", b"%R\t2\t102\t101\t", "doubled"),
            (b"%R\t103\t10\t", b"%R\t102\t10\t", "written twice"),
            (b"\t2027-04-15 17:00", b"\t", "data date"),
        ],
    )
    def test_a_file_that_is_not_what_it_claims_is_refused_with_the_place(self, ask_xer, xer, tables, old, new, says):
        """A reader that guesses would sooner or later guess in the program's favour."""
        data = xer(tables).replace(old, new, 1)
        assert data != xer(tables)

        with pytest.raises(CollectorRefusal, match=says):
            ask_xer(data)

    def test_blanks_that_an_editor_stripped_from_every_line_are_not_missed(self, ask_xer, xer, tables):
        """Some editors take trailing tabs off; the cells were empty."""
        whole = xer(tables)
        stripped = b"\r\n".join(line.rstrip() for line in whole.split(b"\r\n"))
        assert len(stripped) < len(whole)

        assert ask_xer(stripped).keys() == ask_xer(whole).keys()
        assert {name: of(answer) for name, answer in ask_xer(stripped).items()} == {
            name: of(answer) for name, answer in ask_xer(whole).items()
        }

    def test_calendar_data_that_breaks_off_is_only_missed_where_it_is_needed(self, ask_xer, tables):
        """The project's own calendar decides; a broken one that nobody uses does not."""
        data = tables["CALENDAR"][0]["clndr_data"]
        tables["CALENDAR"].append({"clndr_id": 9, "day_hr_cnt": 8, "clndr_data": data[:200]})
        unused = ask_xer(tables)["golive_total_float_days"]
        tables["CALENDAR"][0]["clndr_data"] = data[:200]
        used = ask_xer(tables)["golive_total_float_days"]

        assert unused.value == 4
        assert used.gap is GapReason.MALFORMED

    def test_every_broken_calendar_is_unreadable_and_never_an_exception(self, tables):
        """Cut anywhere, the brackets no longer close."""
        data = tables["CALENDAR"][0]["clndr_data"]
        rows = [
            {"clndr_id": str(length), "day_hr_cnt": "8", "clndr_data": data[:length]} for length in range(len(data))
        ]

        assert all(calendar.unreadable for calendar in read_calendars(rows, ()).values())


def test_a_level_of_effort_is_no_successor(ask_xer, tables, activity):
    """A link to project management would hide late work that leads nowhere."""
    tables["PROJECT"].append(
        {"proj_id": 20, "proj_short_name": "B1", "last_recalc_date": "2026-12-18 00:00", "orig_proj_id": 10}
    )
    for row in [row for row in tables["TASK"] if row["task_code"] != "PMO"]:
        tables["TASK"].append({**row, "task_id": row["task_id"] + 100, "proj_id": 20})
    late = activity(107, "A7", "Prove the restore", "04-22 08", "05-06 17", 88)
    promised = activity(207, "A7", "Prove the restore", "04-22 08", "04-23 17", 16, proj_id=20)
    tables["TASK"] += [late, promised]
    link = {**tables["TASKPRED"][0], "task_pred_id": 9, "task_id": 106, "pred_task_id": 107}
    tables["TASKPRED"].append(link)

    assert "A7 'Prove the restore'" in ask_xer(tables)["golive_tasks_late"].where


@pytest.mark.parametrize(
    ("end", "form", "known"),
    [
        ("04-27 17", "PR_FS", True),
        ("04-27 18", "PR_FS", False),
        ("04-27 18", "PR_FF", False),
        ("04-27 18", "PR_SS", True),
    ],
)
def test_a_level_of_effort_that_ends_after_what_its_finish_holds_was_late_work(ask_xer, tables, end, form, known):
    """Go-live is shown for Monday, 26 April, 17 o'clock; a tool would end the effort there."""
    tables["TASK"][-1]["early_end_date"] = f"2027-{end}:00"
    tables["TASKPRED"].append(
        {**tables["TASKPRED"][0], "task_pred_id": 9, "pred_task_id": 106, "task_id": 104, "pred_type": form}
    )

    answer = ask_xer(tables)["forecast_slip_days"]
    assert (answer.gap is None) is known
    if not known:
        assert "PMO 'Manage “the” plan' (a level of effort that ends on 2027-04-27, after GL1000" in answer.detail
        assert ask_xer(tables, dropped=["PMO"])["forecast_slip_days"].gap is None
