"""What one row is and what it is about: said in the settings, or seen in the file and not counted."""

from __future__ import annotations

import io
import json
from typing import Any, ClassVar

import pytest
import xlsxwriter

from gonogo.collectors.table import TableCollector, TableSettings
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import SettingsRefusal

RESULT = {"type": "text", "allowed": ["Passed", "Failed", "Not Run"]}
EXECUTED = {"executed": {"share": {"where": 'outcome in ["Passed", "Failed"]'}}}


def table(columns: dict[str, Any], facts: dict[str, Any] = EXECUTED, **more: Any) -> dict[str, Any]:
    return {"tables": {"t": {"columns": columns, "one_row": None, **more}}, "facts": facts}


def csv_of(*lines: str) -> dict[str, bytes]:
    return {"f.csv": "\n".join([*lines, ""]).encode()}


def runs(*builds: str, heading: str = "Build Number") -> dict[str, bytes]:
    return csv_of(f"Case,Outcome,{heading}", *(f"C{n},Passed,{build}" for n, build in enumerate(builds)))


READ = {"case": {"header": "Case", "type": "id"}, "outcome": {"header": "Outcome", **RESULT}}
WITH_BUILD = {**READ, "build": {"header": "Build Number", "type": "id"}}
NAMES_TWO = ("REL-4.2.118",) * 4 + ("REL-4.2.109",)


class TestWhatRowsAreAbout:
    def test_two_builds_in_a_column_are_never_one(self, collect):
        """Results on another build prove nothing about the one that goes live."""
        answer = collect(runs(*NAMES_TWO), table(WITH_BUILD, unique=["case"]), builds=["REL-4.2.118"])["executed"]

        assert (answer.part, answer.gap) == (None, GapReason.MIXED_SUBJECTS)
        assert "REL-4.2.118 (4), REL-4.2.109 (1)" in answer.detail

    def test_leaving_the_column_unread_does_not_settle_it(self, collect):
        """Ignoring the column would otherwise give the better number."""
        settings = table(READ, unique=["case"], ignore=["Build Number"])

        answer = collect(runs(*NAMES_TWO), settings, builds=["REL-4.2.118"])["executed"]

        assert answer.gap is GapReason.MIXED_SUBJECTS

    def test_a_subject_column_counts_the_rows_of_the_bound_build_and_tells_the_others(self, collect):
        """The three cases of the old build are not run on the new one."""
        settings = table(WITH_BUILD, unique=["case"], subject={"build": {"kind": "build"}})

        answer = collect(runs(*NAMES_TWO), settings, builds=["REL-4.2.118"])["executed"]

        assert (answer.part, answer.whole, answer.subject.build) == (4, 4, "REL-4.2.118")
        assert "left out: 1 rows about another build" in answer.where

    def test_the_value_that_counts_may_be_named(self, collect):
        """A test cycle is bound to nothing else."""
        columns = {**READ, "cycle": {"header": "Cycle", "type": "text"}}
        counts = {"cycle": {"kind": "cycle", "counts": ["Cycle 2"]}}
        data = csv_of("Case,Outcome,Cycle", "C1,Passed,Cycle 2", "C2,Not Run,Cycle 2", "C1,Passed,Dry run")

        answer = collect(data, table(columns, unique=["case"], subject=counts))["executed"]

        assert (answer.part, answer.whole) == (1, 2)

    def test_no_row_about_what_counts_is_no_number(self, collect):
        """0 of 0 would be read as nothing to do."""
        settings = table(WITH_BUILD, unique=["case"], subject={"build": {"kind": "build"}})

        answer = collect(runs("REL-1.1.1", "REL-1.1.2"), settings, builds=["REL-4.2.118"])["executed"]

        assert answer.gap is GapReason.WRONG_SUBJECT
        assert "REL-1.1.1" in answer.detail

    @pytest.mark.parametrize(
        ("blank", "expected"), [("refused", (None, None)), ("counts", (2, 2)), ("left_out", (1, 1))]
    )
    def test_a_blank_subject_is_what_the_settings_say(self, collect, blank, expected):
        """A row that names no build may be of any."""
        columns = {**WITH_BUILD, "build": {"header": "Build Number", "type": "id", "optional": True}}
        settings = table(columns, unique=["case"], subject={"build": {"kind": "build", "blank": blank}})

        answer = collect(runs("REL-1.1", ""), settings, builds=["REL-1.1"])["executed"]

        assert (answer.part, answer.whole) == expected

    def test_a_reason_settles_it(self, collect):
        """A person says that the column does not matter, and why; that can be asked about."""
        settings = table(
            READ, unique=["case"], ignore=["Build Number"], not_subject={"Build Number": "where the case was written"}
        )

        assert collect(runs(*NAMES_TWO), settings, builds=["REL-4.2.118"])["executed"].part == 5

    def test_a_column_with_only_the_bound_build_settles_itself(self, collect):
        """Nothing is mixed, so nobody is asked."""
        answer = collect(
            runs("rel-1.1", "REL-1.1"), table(READ, unique=["case"], ignore=["Build Number"]), builds=["REL-1.1"]
        )

        assert answer["executed"].part == 2

    def test_a_column_with_only_another_build_does_not(self, collect):
        """All of it is about something else."""
        answer = collect(
            runs("REL-1.0", "REL-1.0"), table(READ, unique=["case"], ignore=["Build Number"]), builds=["REL-1.1"]
        )

        assert answer["executed"].gap is GapReason.MIXED_SUBJECTS

    def test_a_fact_that_reads_the_column_has_settled_it_for_itself_alone(self, collect):
        """Its condition names the value; another fact's does not."""
        facts = {**EXECUTED, "old": {"count": {"where": 'build == "REL-4.2.109"'}, "unit": "cases"}}
        columns = {**WITH_BUILD, "build": {"header": "Build Number", "type": "id", "allowed": "any"}}

        answers = collect(runs(*NAMES_TWO), table(columns, facts, unique=["case"]), builds=["REL-4.2.118"])

        assert (answers["old"].value, answers["executed"].gap) == (1, GapReason.MIXED_SUBJECTS)

    def test_a_column_by_any_name_that_holds_the_bound_build_among_others_is_seen(self, collect):
        """Nobody has a list of all headings."""
        settings = table(READ, unique=["case"], ignore=["Ran against"])

        answer = collect(runs(*NAMES_TWO, heading="Ran against"), settings, builds=["REL-4.2.118"])["executed"]

        assert answer.gap is GapReason.MIXED_SUBJECTS

    def test_unread_columns_of_json_and_workbooks_are_seen_too(self, collect):
        """What a reader may leave out depends on no format."""
        rows = ",".join(f'{{"case": "C{n}", "outcome": "Passed", "build": "{b}"}}' for n, b in enumerate(NAMES_TWO))
        settings = table({"case": {"type": "id"}, "outcome": RESULT}, unique=["case"], ignore=["build"])

        answer = collect({"f.json": f"[{rows}]".encode()}, settings)["executed"]

        assert answer.gap is GapReason.MIXED_SUBJECTS
        sheet = [["case", "outcome", "build"], *([f"C{n}", "Passed", b] for n, b in enumerate(NAMES_TWO))]
        assert collect({"f.xlsx": workbook(sheet)}, settings)["executed"].gap is GapReason.MIXED_SUBJECTS


class TestWhatOneRowIs:
    STEPS = csv_of("Issue Key,Step Id,Outcome", *(f"QA-{case},{step},Passed" for case in (1, 2) for step in (1, 2, 3)))
    COLUMNS: ClassVar = {"issue": {"header": "Issue Key", "type": "id"}, "outcome": {"header": "Outcome", **RESULT}}

    def test_steps_are_not_counted_as_cases(self, collect):
        """28 of 30 "cases" were 6 of 6."""
        answer = collect(self.STEPS, table(self.COLUMNS, ignore=["Step Id"]))["executed"]

        assert (answer.part, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)
        assert "steps" in answer.detail

    @pytest.mark.parametrize(
        ("header", "number"),
        [
            ("No", "{n}"),
            ("ExecutionId", "{n}"),
            ("Result ID", "RES-{n}"),
            ("Step ID", "ST-{n}"),
            ("Expected Result", "Text {n} is shown."),
        ],
    )
    def test_a_number_of_the_rows_is_no_key_of_cases(self, collect, header, number):
        """Each step has a number of its own; that makes no case of it."""
        lines = [f"{number.format(n=case * 3 + step)},QA-{case},Passed" for case in (1, 2) for step in (1, 2, 3)]
        columns = {"number": {"header": header, "type": "text"}, "outcome": {"header": "Outcome", **RESULT}}
        data = csv_of(f"{header},Issue Key,Outcome", *lines)

        answer = collect(data, table(columns, ignore=["Issue Key"]))["executed"]

        assert (answer.part, answer.gap) == (None, GapReason.AMBIGUOUS_ROWS)
        assert "'Issue Key' shows that rows are steps or runs of something" in answer.detail
        settled = table(columns, ignore=["Issue Key"], unique=["number"])
        assert collect(data, settled)["executed"].whole == 6

    def test_keys_of_cases_in_blocks_show_it_under_any_heading(self, collect):
        """Not every tool calls its cases so."""
        lines = [f"{case * 3 + step},QA-{case},Passed" for case in (1, 2) for step in (1, 2, 3)]
        columns = {"number": {"header": "No", "type": "integer"}, "outcome": {"header": "Outcome", **RESULT}}

        answer = collect(csv_of("No,Covers,Outcome", *lines), table(columns, ignore=["Covers"]))["executed"]

        assert answer.gap is GapReason.AMBIGUOUS_ROWS

    def test_steps_of_test_cases_are_no_cases_even_without_the_cases(self, collect):
        """An export of the steps alone counts steps."""
        columns = {"step": {"header": "Test Step ID", "type": "id"}, "outcome": {"header": "Outcome", **RESULT}}

        answer = collect(csv_of("Test Step ID,Outcome", "S-1,Passed", "S-2,Passed"), table(columns))["executed"]

        assert answer.gap is GapReason.AMBIGUOUS_ROWS

    @pytest.mark.parametrize(
        "lines",
        [
            ("Step,Phase,Outcome", "C-1,Stop,Passed", "C-2,Stop,Passed", "C-3,Load,Passed"),
            ("No,Owner,Outcome", "1,Ann,Passed", "2,Ann,Passed", "3,Bob,Passed"),
            ("Defect ID,Test Case,Outcome", "D-1,TC-1,Passed", "D-2,TC-1,Passed", "D-3,TC-2,Passed"),
            ("No,Priority,Outcome", "1,P1,Passed", "2,P2,Passed", "3,P1,Passed"),
        ],
    )
    def test_registers_that_say_what_a_row_is_are_counted(self, collect, lines):
        """A runbook's steps, numbered risks and defects beside their test case are items."""
        key, other, _ = lines[0].split(",")
        columns = {"key": {"header": key, "type": "text"}, "outcome": {"header": "Outcome", **RESULT}}

        answer = collect(csv_of(*lines), table(columns, ignore=[other]))["executed"]

        assert (answer.part, answer.whole) == (3, 3)

    def test_they_may_be_counted_by_case(self, collect):
        """A case is executed when all its steps are."""
        per = {"executed": {"share": {"where": 'outcome == "Passed"', "per": {"column": "issue", "need": "every"}}}}

        answer = collect(self.STEPS, table(self.COLUMNS, per, ignore=["Step Id"]))["executed"]

        assert (answer.part, answer.whole) == (2, 2)

    def test_rows_that_nothing_tells_apart_are_not_counted(self, collect):
        """They may be the same item twice; what groups them is told."""
        data = csv_of("Team,Outcome", "T1,Passed", "T1,Passed", "T2,Failed")
        columns = {"team": {"header": "Team", "type": "id"}, "outcome": {"header": "Outcome", **RESULT}}

        answer = collect(data, table(columns))["executed"]

        assert answer.gap is GapReason.AMBIGUOUS_ROWS
        assert "team has 2 values in 3 rows" in answer.detail

    def test_words_for_one_row_settle_it(self, collect):
        """A ledger has no key, and each line counts."""
        data = csv_of("Outcome", "Passed", "Passed")

        answer = collect(data, table({"outcome": {"header": "Outcome", **RESULT}}, one_row="one posting"))["executed"]

        assert (answer.part, answer.open_items) == (2, None)

    def test_a_column_that_differs_in_every_row_is_taken_for_the_key(self, collect):
        """A stop where the file itself shows what a row is would be a stop for nothing."""
        answer = collect(csv_of("Case,Outcome", "C1,Passed", "C2,Not Run"), table(READ))["executed"]

        assert (answer.part, answer.whole, answer.open_items) == (1, 2, ("C2",))

    def test_numbers_of_rows_are_no_key(self, collect):
        """They tell rows apart, not items."""
        columns = {"row": {"header": "Row", "type": "integer"}, "outcome": {"header": "Outcome", **RESULT}}

        answer = collect(csv_of("Row,Outcome", "1,Passed", "2,Passed"), table(columns))["executed"]

        assert answer.gap is GapReason.AMBIGUOUS_ROWS

    def test_what_a_row_twice_cannot_change_needs_no_key(self, collect):
        """The latest day is the same however often it appears."""
        columns = {"due": {"type": "date"}, "team": {"type": "text"}}
        facts = {"last": {"max": {"of": "due"}}}

        assert collect(csv_of("due,team", "2027-01-01,A", "2027-01-01,A"), table(columns, facts))["last"].gap is None


PLAN = csv_of(
    "Row,Indent,Task,Status",
    "1,0,Phase A,In Progress",
    "2,1,Stop interfaces,Complete",
    "3,1,Old check,Not Applicable",
    "4,0,Phase B,In Progress",
    "5,1,Load balances,Complete",
)
STATUS = {"header": "Status", "type": "text", "allowed": ["In Progress", "Complete", "Not Applicable"]}
PLAN_COLUMNS = {
    "row": {"header": "Row", "type": "id"},
    "indent": {"header": "Indent", "type": "integer"},
    "task": {"header": "Task", "type": "text"},
    "status": STATUS,
}
DONE = {"done": {"share": {"where": 'status == "Complete"'}}}


class TestRowsThatAreNoItems:
    def test_an_outline_is_seen(self, collect):
        """Parents would be counted as steps."""
        answer = collect(PLAN, table(PLAN_COLUMNS, DONE, unique=["row"]))["done"]

        assert answer.gap is GapReason.AMBIGUOUS_ROWS
        assert "parents" in answer.detail

    @pytest.mark.parametrize("parent", [{"column": "indent", "outline": True}, {"column": "indent", "values": ["0"]}])
    def test_rows_that_are_declared_by_kind_are_left_out_and_told(self, collect, parent):
        """Two parents and a struck step are no steps; how many there were is told beside the number."""
        rows = {"parent": parent, "struck": {"column": "status", "values": ["Not Applicable"]}}

        answer = collect(PLAN, table(PLAN_COLUMNS, DONE, unique=["row"], rows=rows))["done"]

        assert (answer.part, answer.whole) == (2, 2)
        assert "left out: 2 parent rows and 1 struck row" in answer.where

    def test_parents_that_are_items_are_counted_where_somebody_says_so(self, collect):
        """A feature with stories below it is work too."""
        answer = collect(PLAN, table(PLAN_COLUMNS, DONE, unique=["row"], rows={"parent": "counts"}))["done"]

        assert (answer.part, answer.whole) == (2, 5)

    def test_group_titles_and_repeated_headings_are_left_out(self, collect):
        """Work boards export the headings again under each group's title."""
        data = csv_of("Group,Item,Status", "Cutover,,", ",Item,Status", ",Freeze,Complete", "Support,,", ",Item,Status",
                      ",Open hotline,In Progress")  # fmt: skip
        columns = {
            "group": {"header": "Group", "type": "text", "optional": True},
            "item": {"header": "Item", "type": "text"},
            "status": STATUS,
        }
        rows = {"group_title": "left_out", "repeated_heading": "left_out"}

        answer = collect(data, table(columns, DONE, unique=["item"], rows=rows))["done"]

        assert (answer.part, answer.whole, answer.open_items) == (1, 2, ("Open hotline",))

    @pytest.mark.parametrize("last", ["39 of 40 approved", "Total: 12", "Grand total", "Count = 40", "Total 12"])
    def test_a_row_that_sums_up_is_no_item(self, collect, last):
        """It was counted as one more approved person."""
        data = csv_of("Name,Status", "Ann,Complete", "Ben,Complete", f"{last},Complete")
        columns = {"name": {"header": "Name", "type": "text"}, "status": STATUS}

        answer = collect(data, table(columns, DONE, unique=["name"]))["done"]
        declared = collect(data, table(columns, DONE, unique=["name"], rows={"total": "left_out"}))["done"]

        assert answer.gap is GapReason.AMBIGUOUS_ROWS
        assert (declared.part, declared.whole) == (2, 2)

    def test_a_row_that_names_a_filter_is_no_item_and_no_total_either(self, collect):
        """It says that rows are lacking, and leaving it out does not bring them back."""
        data = csv_of("Name,Status", "Ann,Complete", "Filtered by: open,")
        columns = {"name": {"header": "Name", "type": "text"}, "status": STATUS | {"optional": True}}

        answer = collect(data, table(columns, DONE, unique=["name"]))["done"]
        declared = collect(data, table(columns, DONE, unique=["name"], rows={"total": "left_out"}))["done"]

        assert answer.gap is not None
        assert declared.gap is GapReason.NOT_PROVABLE

    @pytest.mark.parametrize("name", ["summary1", "Totals report", "Account 12", "Filter press", "Summary of costs"])
    def test_an_item_whose_name_sounds_like_it_is_counted(self, collect, name):
        """A false alarm is a stop for something that does not matter."""
        data = csv_of("Name,Status", "Ann,Complete", f"{name},Complete")
        columns = {"name": {"header": "Name", "type": "text"}, "status": STATUS}

        assert collect(data, table(columns, DONE, unique=["name"]))["done"].whole == 2

    @pytest.mark.parametrize(("last", "gap"), [("see remark below", True), ("INT-0099", False)])
    def test_a_key_of_another_shape_than_all_others_is_told(self, collect, last, gap):
        """A remark at the end of an export has no key."""
        data = csv_of("Name,Status", *(f"INT-{n:03},Complete" for n in range(12)), f"{last},Complete")
        columns = {"name": {"header": "Name", "type": "text"}, "status": STATUS}

        answer = collect(data, table(columns, DONE, unique=["name"]))["done"]

        assert (answer.gap is GapReason.AMBIGUOUS_ROWS) is gap

    def test_keys_that_differ_among_themselves_are_no_alarm(self, collect):
        """Names of interfaces are words like any other."""
        data = csv_of("Name,Status", "Payroll,Complete", "GL 2,Complete", "AP,Complete", "Fleet cards,Complete")
        columns = {"name": {"header": "Name", "type": "text"}, "status": STATUS}

        assert collect(data, table(columns, DONE, unique=["name"]))["done"].whole == 4

    def test_a_row_that_is_struck_through_in_a_workbook_is_seen(self, collect):
        """It looks deleted to every person and to no reader."""
        rows = [["Name", "Status"], ["Ann", "Complete"], ["Ben", "Complete"]]
        columns = {"name": {"header": "Name", "type": "text"}, "status": STATUS}
        data = {"f.xlsx": workbook(rows, struck={2})}

        answer = collect(data, table(columns, DONE, unique=["name"]))["done"]
        declared = collect(data, table(columns, DONE, unique=["name"], rows={"struck": "left_out"}))["done"]

        assert (answer.gap, "row 3" in answer.detail) == (GapReason.AMBIGUOUS_ROWS, True)
        assert (declared.part, declared.whole) == (1, 1)


class TestBlankRows:
    COLUMNS: ClassVar = {"name": {"header": "Name", "type": "text"}, "status": STATUS}
    DATA = csv_of("Name,Status", "Ann,Complete", ",", "Ben,Complete")

    @pytest.mark.parametrize(
        ("more", "whole"),
        [
            ({}, None),
            ({"control": {"min_rows": 2}}, None),
            ({"control": {"rows": 2}}, 2),
            ({"control": {"rows": 3}}, None),
            ({"blank_rows": "allowed"}, 2),
        ],
    )
    def test_are_borne_where_the_size_is_proved_or_the_binding_says_so(self, collect, more, whole):
        """Exports of work boards have them; a file in which rows were blanked out has them too."""
        sheet = {"f.xlsx": workbook([["Name", "Status"], ["Ann", "Complete"], ["", ""], ["Ben", "Complete"]])}
        for data in (self.DATA, csv_of("Name,Status", "Ann,Complete", "", "Ben,Complete"), sheet):
            answer = collect(data, table(self.COLUMNS, DONE, unique=["name"], **more))["done"]

            assert answer.whole == whole, answer.detail

    @pytest.mark.parametrize("row", [["Cy", "Complete", ""], ["", "", "moved to June"]])
    def test_a_row_with_one_filled_cell_is_not_blank(self, collect, row):
        """Little is known about this item, and dropping it would make a share better."""
        columns = {name: {**column, "optional": True} for name, column in self.COLUMNS.items()}
        sheet = {"f.xlsx": workbook([["Name", "Status", "Note"], ["Ann", "Complete", "x"], row])}
        counted = {"rows": {"count": {}, "unit": "rows"}}

        answer = collect(sheet, table(columns, counted, one_row="a note", ignore=["Note"]))["rows"]

        assert (answer.gap, answer.value) == (None, 2), answer.detail

    def test_the_row_is_named(self, collect):
        """A person who looks for it should not have to search."""
        assert "line 3" in collect(self.DATA, table(self.COLUMNS, DONE, unique=["name"]))["done"].detail


class TestSettings:
    @pytest.mark.parametrize(
        ("more", "words"),
        [
            ({"unique": ["case"], "one_row": "one case"}, "leave one of"),
            ({"one_row": "tbd"}, "does not say"),
            ({"not_subject": {"Bild": "where it was found"}}, "no column of that name"),
            ({"ignore": ["Build"], "not_subject": {"Build": "n/a"}}, "is not a reason"),
            ({"subject": {"build": {"kind": "build"}}}, "not a column"),
            ({"subject": {"case": {"kind": "cycle"}}}, "values that count"),
            ({"subject": {"case": {"kind": "build"}}, "not_subject": {"Case": "an id of ours"}}, "as not saying it"),
            ({"rows": {"parent": "left_out"}}, "which column shows"),
            ({"rows": {"template": "left_out"}}, "which column shows"),
            ({"rows": {"parent": {"column": "x", "values": ["0"]}}}, "not a column"),
            ({"rows": {"total": {"column": "case", "values": ["0"], "unchanged": {"case": ["0"]}}}}, "of a template"),
            ({"rows": {"template": {"column": "case", "values": ["0"], "unchanged": {"x": ["0"]}}}}, "not a column"),
            (
                {"rows": {"template": {"column": "case", "values": ["0"], "written_over": "counts"}}},
                "about rows that unchanged tells",
            ),
            ({"rows": {"parent": {"column": "case"}}}, "exactly one"),
            ({"rows": {"struck": {"column": "case", "outline": True}}}, "parents only"),
        ],
    )
    def test_what_contradicts_itself_is_refused(self, more, words):
        """Before anything is read."""
        parsed = TableSettings.model_validate_json(json.dumps(table(READ, **more)))

        with pytest.raises(SettingsRefusal, match=words):
            TableCollector().declare(parsed)


class TestWhatCountsAgainst:
    DATA = csv_of("Case,Outcome", "C1,Passed", "C2,Failed", "C3,Not Run", "C4,Failed")

    @pytest.mark.parametrize(
        ("fact", "keys"),
        [
            ({"share": {"where": 'outcome == "Passed"'}}, ("C2", "C3", "C4")),
            ({"share": {"where": 'outcome == "Passed"', "among": 'outcome != "Not Run"'}}, ("C2", "C4")),
            ({"count": {"where": 'outcome == "Failed"'}, "unit": "cases"}, ("C2", "C4")),
            ({"none": {"where": 'outcome == "Failed"'}}, ("C2", "C4")),
            ({"all": {"where": 'outcome == "Failed"'}}, ("C1", "C3")),
            ({"any": {"where": 'outcome == "Failed"'}}, None),
        ],
    )
    def test_is_named_by_key_in_the_order_of_the_file(self, collect, fact, keys):
        """Which case failed is what everybody asks first."""
        answer = collect(self.DATA, table(READ, {"f": fact}, unique=["case"]))["f"]

        assert answer.open_items == keys

    def test_a_key_of_two_columns_is_named_whole(self, collect):
        """Half of a key names another row."""
        columns = {**READ, "site": {"header": "Site", "type": "id"}}
        data = csv_of("Case,Outcome,Site", "C1,Failed,S1", "C1,Passed,S2")

        answer = collect(
            data,
            table(columns, unique=["case", "site"])
            | {"facts": {"f": {"count": {"where": 'outcome == "Failed"'}, "unit": "cases"}}},
        )["f"]

        assert answer.open_items == ("C1 / S1",)

    def test_small_groups_name_nobody(self, collect):
        """The group hides who is in it."""
        columns = {**READ, "unit": {"header": "Unit", "type": "text"}}
        data = csv_of("Case,Outcome,Unit", "C1,Failed,A", "C2,Passed,A", "C3,Passed,B", "C4,Passed,B")
        by = {"column": "unit", "take": "lowest"}
        fact = {"share": {"where": 'outcome == "Passed"'}}

        alone = collect(data, table(columns, {"f": {**fact, "by": by}}, unique=["case"]))["f"]
        hidden = collect(data, table(columns, {"f": {**fact, "by": {**by, "min_group": 2}}}, unique=["case"]))["f"]

        assert (alone.open_items, hidden.open_items) == (("C1",), None)


class TestPersonalData:
    """What may be told of a source that holds personal data: structure, headings and numbers of rows, no cell."""

    def test_a_fault_of_structure_is_told_whole(self, collect):
        """Nobody should be tempted to unmark a source in order to learn which line is wrong."""
        answer = collect(csv_of("Case,Outcome", "C1,Passed", "C2,Perhaps"), table(READ, unique=["case"]))["executed"]

        assert answer.told == answer.detail.replace(": 'Perhaps'", "")
        assert "line 3 (column B) (" in answer.told

    def test_a_doubt_is_told_without_the_values_found(self, collect):
        """The values may be names."""
        answer = collect(runs(*NAMES_TWO), table(WITH_BUILD, unique=["case"]), builds=["REL-4.2.118"])["executed"]

        assert "'Build Number'" in answer.told
        assert "REL-" in answer.detail
        assert "REL-" not in answer.told

    @pytest.mark.parametrize(
        ("rows", "struck", "more", "words"),
        [
            (["Ann", "Perhaps"], set(), {}, "column 'Status' is not one of the 3 allowed texts"),
            (["Ann", "Complete"], {1}, {}, "row 2 struck through"),
            (["Ann", ""], set(), {"optional": True}, "whether row 2 counts, because a cell that is needed is blank"),
            (["", "Complete"], set(), {}, "column 'Name' is blank in row 2 (column A)"),
            (["Ann", "Complete", "x"], set(), {}, "cell C2 holds something to the right of the header"),
        ],
    )
    def test_a_sheet_that_the_settings_do_not_name_is_not_told(self, collect, rows, struck, more, words):
        """A sheet may be called after a person; what is wrong with it is told all the same."""
        data = {"f.xlsx": workbook([["Name", "Status"], rows], struck)}
        columns = {"name": {"header": "Name", "type": "text"}, "status": {**STATUS, **more}}

        named = collect(data, table(columns, DONE, unique=["name"], sheet="Log"))["done"]
        unnamed = collect(data, table(columns, DONE, unique=["name"]))["done"]

        sentence = named.detail.replace(": 'Perhaps'", "")
        assert (named.told, unnamed.told) == (sentence, sentence.replace(", sheet Log", ""))
        assert words in unnamed.told
        assert "Ann" not in unnamed.told

    @pytest.mark.parametrize(
        ("name", "data", "hidden", "words"),
        [
            (
                "f.json",
                b'[{"Case": "C1", "Outcome": "Passed", "Ann Lee": 1}]',
                "Ann Lee",
                "record 1 has a key which the",
            ),
            ("f.json", b'[{"Case": "C1"', "C1", "is not JSON"),
            ("f.csv", b"Case,Outcome,Ann Lee\nC1,Passed,x\n", "Ann Lee", "something in column 3"),
        ],
    )
    def test_a_key_that_nobody_expects_may_be_a_name(self, collect, name, data, hidden, words):
        answer = collect({name: data}, table(READ, unique=["case"]))["executed"]

        assert words in answer.told
        assert hidden not in answer.told

    def test_what_other_rows_are_about_is_not_told(self, collect):
        settings = table(WITH_BUILD, unique=["case"], subject={"build": {"kind": "build"}})

        answer = collect(runs("REL-1.1.1", "REL-1.1.2"), settings, builds=["REL-4.2.118"])["executed"]

        assert answer.told == (
            "f.csv: no row is about the build that counts (REL-4.2.118); look at column 'Build Number'"
        )
        assert "REL-1.1.1" in answer.detail

    def test_names_of_other_sheets_and_of_their_formulas_are_not_told(self, collect):
        stream = io.BytesIO()
        with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
            sheet = book.add_worksheet("Log")
            sheet.write_row(0, 0, ["Name", "Status"])
            sheet.write_string(1, 1, "Complete")
            sheet.write_formula(1, 0, "=Lee!A1", None, "Ann")
            book.add_worksheet("Lee").write_formula(0, 0, "=NOW()", None, 4)
        columns = {"name": {"header": "Name", "type": "text"}, "status": STATUS}

        several = collect({"f.xlsx": stream.getvalue()}, table(columns, DONE, unique=["name"]))["done"]
        formula = collect({"f.xlsx": stream.getvalue()}, table(columns, DONE, unique=["name"], sheet="Log"))["done"]

        assert several.told == "f.xlsx has 2 sheets; say which one: sheet: ..."
        assert formula.told.startswith("f.xlsx, sheet Log, cell A2 holds an error, or a formula whose result")
        assert "Lee" in several.detail
        assert "Lee" in formula.detail


def workbook(rows: list[list[str]], struck: set[int] = frozenset()) -> bytes:  # type: ignore[assignment]
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True})
    through = book.add_format({"font_strikeout": True})
    sheet = book.add_worksheet("Log")
    for number, row in enumerate(rows):
        for index, cell in enumerate(row):
            if cell:
                sheet.write(number, index, cell, through if number in struck else None)
    book.close()
    return stream.getvalue()
