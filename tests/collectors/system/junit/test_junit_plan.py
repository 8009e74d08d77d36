"""A plan that was cut off, and results that it does not hold: neither makes a share of the work look like all of it."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import openpyxl
import pytest

from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOf, AsOfRule
from gonogo.plugin.spec import CollectorRefusal

WHOLE = [f"TC-{number}" for number in range(1, 643)]
STAMP = "timestamp='2027-04-12T09:30:00'"


def suite(*ids: str) -> str:
    return f"<testsuite name='s' {STAMP}>{''.join(f'<testcase name={case!r}/>' for case in ids)}</testsuite>"


def plan(ids: list[str]) -> str:
    return "case_id\n" + "".join(f"{case}\n" for case in ids)


class TestCutPlans:
    def test_a_plan_that_lost_its_second_half_is_a_gap_for_every_fact_but_one(self, read):
        """300 of 642 became 300 of 300: the plan was cut after line 301, and all that was planned there had run."""
        answers = read(suite(*WHOLE), plan=plan(WHOLE[:300]))

        assert {name for name, answer in answers.items() if answer.gap is not GapReason.CONFLICT} == {"unplanned"}
        assert answers["unplanned"].value == 342
        assert answers["unplanned"].open_items == tuple(WHOLE[300:])
        assert answers["executed_ratio"].detail == (
            "the reports hold 342 results for cases that plan.csv does not plan (TC-301, TC-302, TC-303, TC-304, "
            "TC-305 and 337 more), as happens when a plan was cut off; complete the plan, or say unplanned: allowed"
        )

    def test_critical_cases_are_then_not_known_either(self, read):
        """The critical ones may be in the lost half."""
        answers = read(suite("TC-1", "TC-9"), ids="TC-1", critical=True)

        assert answers["critical_failed"].gap is GapReason.CONFLICT

    @pytest.mark.parametrize(("rows", "fits"), [(299, False), (300, True), (301, False), (642, False)])
    def test_the_control_says_how_many_rows_there_must_be(self, read, rows, fits):
        """It also notices a plan that lost only the part that did not run."""
        if fits:
            assert read(suite(*WHOLE[:300]), plan=plan(WHOLE[:300]), control={"rows": rows})["planned"].value == 300
            return
        with pytest.raises(CollectorRefusal, match=f"plan.csv has 300 rows of data, not {rows}"):
            read(suite(*WHOLE[:300]), plan=plan(WHOLE[:300]), control={"rows": rows})

    def test_a_denominator_without_a_control_says_so(self, read):
        """A reader must know that nothing would have noticed a cut."""
        told = "nothing says how many cases plan.csv must hold (control: rows)"

        for name in ("planned", "executed_ratio", "pass_ratio"):
            assert told in read(suite("TC-1"), ids="TC-1")[name].where
            assert told not in read(suite("TC-1"), ids="TC-1", control={"rows": 1})[name].where

    @pytest.mark.parametrize("end", ["", "\r\n", "\n", "\r"])
    def test_the_last_line_must_end_unless_the_binding_says_otherwise(self, read, end):
        """A file that was cut inside a line ends in the middle of one."""
        text = f"case_id\nTC-1\nTC-2{end}"

        assert read(suite("TC-1"), plan=text, final_line_break=False)["planned"].value == 2
        if end:
            assert read(suite("TC-1"), plan=text)["planned"].value == 2
            return
        with pytest.raises(CollectorRefusal, match="ends in the middle of a line"):
            read(suite("TC-1"), plan=text)


def book(*rows: tuple, name: str = "Plan", change=None) -> bytes:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = name
    for row in rows:
        sheet.append(row)
    if change:
        change(workbook, sheet)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


HEADER = ("case_id", "priority")


class TestWorkbooks:
    def test_a_plan_may_be_a_worksheet(self, read):
        """Test teams plan in workbooks; a number is the id that it shows."""
        plan = book(HEADER, ("TC-1", "Critical"), ("TC-2", "low"), (1003, "low"))

        answers = read(suite("TC-1", "1003"), plan=plan, critical=True, control={"rows": 3})

        assert (answers["pass_ratio"].part, answers["pass_ratio"].whole) == (2, 3)
        assert answers["not_run"].open_items == ("TC-2",)

    def test_a_cell_may_date_it(self, read):
        """The date of a plan stands on its cover."""

        def cover(workbook, sheet):
            workbook.create_sheet("Cover")["B2"] = "2027-04-01"

        plan = book(HEADER, ("TC-1", "low"), change=cover)

        answers = read(suite("TC-1"), plan=plan, plan_rule=AsOf(rule=AsOfRule.CELL, cell="Cover!B2"), sheet="Plan")

        assert answers["planned"].as_of == datetime(2027, 4, 1, 4, tzinfo=UTC)

    def test_a_cell_that_is_no_date_is_refused(self, read):
        """Nobody knows how old the plan is."""
        with pytest.raises(CollectorRefusal, match="does not hold a date"):
            read(suite("TC-1"), plan=book(HEADER, ("TC-1", "x")), plan_rule=AsOf(rule=AsOfRule.CELL, cell="Plan!A1"))

    @pytest.mark.parametrize(
        ("change", "told"),
        [
            (lambda book, sheet: book.create_sheet("Old"), "has 2 sheets; say which one: sheet: 'Plan', 'Old'"),
            (lambda book, sheet: sheet.row_dimensions.__getitem__(3).__setattr__("hidden", True), "row 3 is hidden"),
            (lambda book, sheet: sheet.column_dimensions.__getitem__("B").__setattr__("hidden", True), "column is hid"),
            (lambda book, sheet: sheet.merge_cells("A2:A3"), "A2:A3 are merged"),
            (lambda book, sheet: sheet.__setitem__("A5", "TC-9"), "row 4 is blank, and there are rows below it"),
            (lambda book, sheet: sheet.__setitem__("C2", "x"), "cell C2 holds something to the right of the header"),
            (lambda book, sheet: sheet.__setitem__("A3", "=A2"), "formula without a stored result"),
            (lambda book, sheet: sheet.append(HEADER), "repeats the header"),
        ],
    )
    def test_what_nobody_sees_is_refused(self, read, change, told):
        """A row that disappears from the plan is a case that never had to pass."""
        plan = book(HEADER, ("TC-1", "low"), ("TC-2", "low"), change=change)

        with pytest.raises(CollectorRefusal, match=told):
            read(suite("TC-1"), plan=plan)

    @pytest.mark.parametrize(
        ("name", "rows", "goes_on"),
        [
            ("Plan 2", [HEADER, ("TC-9", "low")], True),
            ("Plan (2)", [("TC-9", "low")], True),
            ("Page 2", [("TC-9", "low"), ("TC-10", "low")], True),
            ("Plan 2", [HEADER], False),
            ("Plan 2", [("TC-9", "low")], False),
            ("Plan (2)", [("see the other sheet", None)], False),
            ("People", [("Name", "Room"), ("Ann", "1")], False),
        ],
    )
    def test_a_plan_that_goes_on_on_another_sheet_is_refused(self, read, name, rows, goes_on):
        """What nobody reads never had to pass."""

        def more(workbook, sheet):
            other = workbook.create_sheet(name)
            for row in rows:
                other.append(row)

        plan = book(HEADER, ("TC-1", "low"), change=more)
        if not goes_on:
            assert read(suite("TC-1"), plan=plan, sheet="Plan")["planned"].value == 1
            return
        with pytest.raises(CollectorRefusal, match="goes on with the list of the sheet 'Plan', and nobody reads it"):
            read(suite("TC-1"), plan=plan, sheet="Plan")
        settled = {name: "cases of the release before"}
        assert read(suite("TC-1"), plan=plan, sheet="Plan", other_sheets=settled)["planned"].value == 1

    def test_a_hidden_sheet_is_refused(self, read):
        """It may be last year's."""

        def hide(workbook, sheet):
            workbook.create_sheet("Notes")
            sheet.sheet_state = "hidden"

        with pytest.raises(CollectorRefusal, match="sheet Plan is hidden"):
            read(suite("TC-1"), plan=book(HEADER, ("TC-1", "low"), change=hide), sheet="Plan")

    def test_a_sheet_of_a_text_file_is_a_mistake(self, read):
        """The settings are about another file."""
        with pytest.raises(CollectorRefusal, match="is not a workbook"):
            read(suite("TC-1"), ids="TC-1", sheet="Plan")


def test_a_second_header_is_refused(read):
    """Two files were put together, or a page break was exported."""
    with pytest.raises(CollectorRefusal, match="line 3, repeats the header"):
        read(suite("TC-1"), plan="case_id\nTC-1\ncase_id\nTC-2\n")


class TestUnplannedResults:
    def test_they_are_counted_where_the_binding_allows_them(self, read):
        """Unit tests are often in the same report."""
        answers = read(suite("TC-1", "unit a", "unit b", "unit b"), ids="TC-1,TC-2", unplanned="allowed")

        assert (answers["pass_ratio"].part, answers["pass_ratio"].whole, answers["unplanned"].value) == (1, 2, 3)
        assert answers["unplanned"].open_items == ("unit a", "unit b")

    @pytest.mark.parametrize(("extra", "gap"), [((), None), (("TC-3",), GapReason.CONFLICT)])
    def test_one_is_enough_for_a_gap(self, read, extra, gap):
        """One row may have been lost as well as half of them."""
        assert read(suite("TC-1", *extra), ids="TC-1,TC-2")["pass_ratio"].gap is gap

    def test_a_result_without_an_id_is_named_as_it_is_called(self, read):
        """An empty id helps nobody to find it."""
        answers = read(suite("[TC-1] pays", "does not say"), ids="TC-1", case_id={"pattern": r"\[(TC-[0-9]+)\]"})

        assert answers["unplanned"].open_items == ("does not say",)


class TestOpenItems:
    def test_each_fact_names_the_cases_that_count_against_it(self, read):
        """Which case? is what everybody asks first."""
        report = (
            f"<testsuite {STAMP}><testcase name='TC-4'><failure/></testcase><testcase name='TC-2'><skipped/></testcase>"
            "<testcase name='TC-1'/></testsuite>"
        )

        answers = read(report, critical=True, plan="case_id,priority\nTC-1,low\nTC-2,low\nTC-3,low\nTC-4,critical\n")

        assert {name: answer.open_items for name, answer in answers.items()} == {
            "planned": None,
            "executed_ratio": ("TC-2", "TC-3"),
            "pass_ratio_of_planned": ("TC-2", "TC-3", "TC-4"),
            "pass_ratio": ("TC-2", "TC-3", "TC-4"),
            "failed": ("TC-4",),
            "skipped": ("TC-2",),
            "not_run": ("TC-3",),
            "unplanned": (),
            "critical_failed": ("TC-4",),
        }
