"""Workbooks: what a spreadsheet hides, merges, formats or never calculated is refused."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from gonogo.model.program import AsOf, AsOfRule

COLUMNS: dict[str, Any] = {
    "id": {"header": "Id", "type": "id"},
    "due": {"header": "Due", "type": "date"},
    "amount": {"header": "Amount", "type": "money", "unit": "USD"},
    "done": {"header": "Done", "type": "boolean"},
}
FACTS: dict[str, Any] = {
    "open": {"count": {"where": "not done"}, "unit": "items"},
    "total": {"sum": {"of": "amount"}},
    "last_due": {"max": {"of": "due"}},
}
Change = Callable[[Any, Any], None]


def workbook(change: Change | None = None, *, rows: int = 3, date_1904: bool = False) -> bytes:
    """Return a workbook with one sheet; ``change`` is given the book and the sheet before it is closed."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True, "date_1904": date_1904}) as book:
        sheet = book.add_worksheet("Log")
        day = book.add_format({"num_format": "mm/dd/yyyy"})
        sheet.write_row(0, 0, ["Id", "Due", "Amount", "Done"])
        for row in range(1, rows + 1):
            sheet.write_string(row, 0, f"R{row}")
            sheet.write_datetime(row, 1, datetime(2027, 4, row), day)  # noqa: DTZ001
            sheet.write_number(row, 2, 0.1 * row)
            sheet.write_boolean(row, 3, row == 1)
        if change is not None:
            change(book, sheet)
    return buffer.getvalue()


def settings(**changes: Any) -> dict[str, Any]:
    return {"tables": {"log": {"columns": COLUMNS, **changes}}, "facts": FACTS}


def hide_sheet(book: Any, sheet: Any) -> None:
    book.add_worksheet("Cover").activate()
    sheet.hide()


REFUSED: list[Any] = [
    pytest.param(lambda b, s: s.write_number("A3", 17), "'Id' has a number", id="a number in an id column"),
    pytest.param(lambda b, s: s.write_number("B3", 46496), "'Due' has a number", id="a serial number as a date"),
    pytest.param(lambda b, s: s.write_string("B3", "04/02/2027"), "'Due' has text", id="a text as a date"),
    pytest.param(lambda b, s: s.write_string("C3", "0.20"), "'Amount' has text", id="a text as an amount"),
    pytest.param(lambda b, s: s.write_string("C3", "N/A"), "'Amount' has text", id="N/A"),
    pytest.param(lambda b, s: s.write_number("C3", 0.205), "'Amount' is not", id="half a cent"),
    pytest.param(lambda b, s: s.write_number("D3", 1), "'Done' has a number", id="a number as a boolean"),
    pytest.param(
        lambda b, s: s.write_blank("C3", None, b.add_format()), "'Amount' is blank in row 3", id="a blank cell"
    ),
    pytest.param(lambda b, s: s.write_string("C3", " "), "'Amount' has text", id="a cell of one blank"),
    pytest.param(lambda b, s: s.write_formula("C3", "=1/0", None, "#DIV/0!"), "error value", id="an error value"),
    pytest.param(lambda b, s: s.write_formula("C3", "=C2", None, ""), "'Amount'|formula", id="no stored result"),
    pytest.param(
        lambda b, s: s.write_formula("C3", "=NOW()-TODAY()", None, 0.2),
        "in C3 is calculated by NOW(), which changes by itself",
        id="a volatile formula",
    ),
    pytest.param(
        lambda b, s: s.write_formula("C3", "=Z9", None, 0.2) or s.write_formula("Z9", "=RAND()", None, 0.2),
        "right of the header",
        id="a volatile formula beside the table",
    ),
    pytest.param(
        lambda b, s: s.write_formula("C3", "=[1]Log!C3", None, 0.2),
        "another workbook or program ([1])",
        id="another workbook",
    ),
    pytest.param(lambda b, s: s.set_row(2, None, None, {"hidden": True}), "row 3 hidden", id="a hidden row"),
    pytest.param(
        lambda b, s: s.set_column("C:C", None, None, {"hidden": True}),
        "column that is read is hidden",
        id="hidden column",
    ),
    pytest.param(lambda b, s: s.merge_range("C3:C4", 0.2), "C3:C4 are merged", id="merged cells"),
    pytest.param(
        lambda b, s: s.write_string("F3", "remark"),
        "cell F3 holds something to the right of the header",
        id="a cell beside the table",
    ),
    pytest.param(lambda b, s: s.write_string("E1", "Note"), "neither read nor ignore", id="a column more"),
    pytest.param(lambda b, s: s.write_string("A1", "ID"), "blanks or capitals", id="another heading"),
    pytest.param(lambda b, s: s.write_string("A6", "R9"), "row 5 is blank", id="a blank row between"),
    pytest.param(lambda b, s: b.add_worksheet("Other"), "has 2 sheets", id="two sheets and none named"),
    pytest.param(hide_sheet, "2 sheets", id="a hidden sheet beside a cover"),
]


class TestRefusedWorkbooks:
    @pytest.mark.parametrize(("change", "words"), REFUSED)
    def test_what_a_spreadsheet_can_hide_is_a_gap(self, collect, change, words):
        """Each of these would change a count without anybody seeing it on the screen."""
        answers = collect({"log.xlsx": workbook(change)}, settings())

        [detail] = {answer.detail for answer in answers.values() if answer.gap == "malformed"}
        assert any(word in detail for word in words.split("|")), detail

    def test_mistakes_are_told_column_by_column_from_the_top(self, collect):
        """Who mends a workbook goes down a column."""

        def change(book: Any, sheet: Any) -> None:
            sheet.write_string("C2", "1.00")
            for cell in ("A3", "A4", "C4"):
                sheet.write_boolean(cell, True)

        gap = collect({"log.xlsx": workbook(change)}, settings())["open"]
        assert gap.detail == (
            "log.xlsx, sheet Log: column 'Id' has true or false in A3, A4; column 'Amount' has text where a number is "
            "expected in C2; column 'Amount' has true or false in C4"
        )

    def test_rows_of_a_second_block_are_as_those_of_the_first(self, collect):
        """Rows are read ten thousand at a time; a mistake below them is named by its own row."""

        def change(book: Any, sheet: Any) -> None:
            for row in range(4, 10_003):
                sheet.write_row(row, 0, [f"R{row}", "", 1, False])
            sheet.write_boolean("A10003", True)

        columns = COLUMNS | {"due": COLUMNS["due"] | {"optional": True}}
        assert "column 'Id' has true or false in A10003" in (
            collect({"log.xlsx": workbook(change)}, settings(columns=columns))["open"].detail
        )

    def test_a_hidden_sheet_is_read_only_where_the_settings_say_so(self, collect):
        """A hidden sheet is often last month's."""
        data = workbook(hide_sheet)

        refused = collect({"log.xlsx": data}, settings(sheet="Log"))["open"]
        read = collect({"log.xlsx": data}, settings(sheet="Log", hidden=True))["open"]

        assert "hidden" in refused.detail
        assert read.value == 2

    @pytest.mark.parametrize("size", [0, 1, 100, -1])
    def test_a_file_that_is_no_workbook_is_a_gap(self, collect, size):
        """A download that broke off keeps its name."""
        assert collect({"log.xlsx": workbook()[:size]}, settings())["open"].gap == "malformed"


class TestReadWorkbooks:
    @pytest.mark.parametrize("date_1904", [False, True])
    def test_typed_cells_are_exact_in_both_date_systems(self, collect, date_1904):
        """0.1 + 0.2 + 0.3 in binary is not 0.6, and a workbook from a Mac counts its days from 1904."""
        answers = collect({"log.xlsx": workbook(date_1904=date_1904)}, settings())

        assert answers["open"].value == 2
        assert answers["total"].value == Decimal("0.6")
        assert answers["last_due"].value == datetime(2027, 4, 3, 4, tzinfo=UTC)

    def test_hidden_rows_and_merged_cells_are_read_where_the_settings_say_so(self, collect):
        """A filtered log is a log, if somebody says that it is meant."""

        def change(book: Any, sheet: Any) -> None:
            sheet.set_row(2, None, None, {"hidden": True})
            sheet.merge_range("F1:G1", "")

        assert collect({"log.xlsx": workbook(change)}, settings(hidden=True, merged=True))["open"].value == 2

    def test_a_footer_row_is_checked_and_not_counted(self, collect):
        """The workbook's own total is the best control total there is."""

        def change(book: Any, sheet: Any) -> None:
            sheet.write_string("A5", "Total")
            sheet.write_number("C5", 0.6)

        control = {"footer": ["Total", "", "{amount}"]}

        assert collect({"log.xlsx": workbook(change)}, settings(control=control))["open"].value == 2
        assert collect({"log.xlsx": workbook(change, rows=2)}, settings(control=control))["open"].gap == "malformed"

    def test_text_dates_are_read_where_a_format_is_stated(self, collect):
        """Exports write dates as text; then every cell must follow the one format."""
        columns = {**COLUMNS, "due": {"header": "Due", "type": "date", "format": "%m/%d/%Y"}}

        def change(book: Any, sheet: Any) -> None:
            sheet.write_string("B3", "04/09/2027")

        answer = collect({"log.xlsx": workbook(change)}, {"tables": {"log": {"columns": columns}}, "facts": FACTS})

        assert answer["last_due"].value == datetime(2027, 4, 9, 4, tzinfo=UTC)


class TestPercentFormat:
    def load(self, collect: Any, number: float, form: str, written: str) -> Any:
        """Return what is made of a peak load that a cell holds as ``number`` and shows by ``form``."""

        def change(book: Any, sheet: Any) -> None:
            sheet.write_string("E1", "Load")
            for row in (1, 2, 3):
                sheet.write_number(row, 4, number, book.add_format({"num_format": form}))

        columns = {**COLUMNS, "load": {"header": "Load", "type": "percent", "written": written}}
        facts = {"load": {"max": {"of": "load"}}}
        return collect({"log.xlsx": workbook(change)}, {"tables": {"log": {"columns": columns}}, "facts": facts})[
            "load"
        ]

    @pytest.mark.parametrize("form", ["0%", "0.0%", '0.0 %;[Red]-0.0 %;"none"'])
    def test_a_cell_that_shows_103_percent_does_not_hold_1_03_percent(self, collect, form):
        """A peak load beyond what there is would be proved to be next to nothing."""
        answer = self.load(collect, 1.03, form, "hundred")

        assert answer.gap == "malformed"
        assert "cell E2 is shown as a percentage" in answer.detail
        assert "written: ratio" in answer.detail

    @pytest.mark.parametrize("form", ["0.0", '0.0" %"'])
    def test_hundredths_without_a_percent_format_are_hundredths(self, collect, form):
        assert self.load(collect, 1.03, form, "hundred").value == Decimal("0.0103")

    def test_zero_is_nothing_in_every_way_of_writing(self, collect):
        assert self.load(collect, 0, "0%", "hundred").value == 0

    def test_a_percent_cell_is_a_ratio(self, collect):
        assert self.load(collect, 0.93, "0%", "ratio").value == Decimal("0.93")


class TestMomentOfAWorkbook:
    def test_a_cell_says_when_the_content_held(self, collect):
        """A status date on the cover is the author's own word."""

        def change(book: Any, sheet: Any) -> None:
            cover = book.add_worksheet("Cover")
            cover.write_datetime("B5", datetime(2027, 4, 16), book.add_format({"num_format": "mm/dd/yyyy"}))  # noqa: DTZ001

        rule = AsOf(rule=AsOfRule.CELL, cell="Cover!B5")

        answer = collect({"log.xlsx": workbook(change)}, settings(sheet="Log"), as_of=None, rule=rule)["open"]

        assert answer.as_of == datetime(2027, 4, 16, 4, tzinfo=UTC)

    @pytest.mark.parametrize(
        ("formula", "told"),
        [
            ("=TODAY()", "cell B5 is calculated by TODAY()"),
            ("=Dates!Z9", "cell B5 depends on NOW() in sheet Dates, cell Z9"),
            ("=[1]Cover!B5", "cell B5 takes its value from another workbook"),
        ],
    )
    def test_a_cell_that_is_young_by_itself_says_nothing(self, collect, formula, told):
        """It would be of this morning for ever."""

        def change(book: Any, sheet: Any) -> None:
            style = book.add_format({"num_format": "mm/dd/yyyy"})
            book.add_worksheet("Cover").write_formula("B5", formula, style, 46496)
            book.add_worksheet("Dates").write_formula("Z9", "=NOW()", style, 46496)

        rule = AsOf(rule=AsOfRule.CELL, cell="Cover!B5")
        answers = collect({"log.xlsx": workbook(change)}, settings(sheet="Log"), as_of=None, rule=rule)

        assert all(told in answer.detail for answer in answers.values())

    @pytest.mark.parametrize("cell", ["Log!A2", "Log!Z99", "Cover!B5", "B5", "Log!C2"])
    def test_a_cell_without_a_date_makes_everything_a_gap(self, collect, cell):
        """Nobody knows how old it is."""
        rule = AsOf(rule=AsOfRule.CELL, cell=cell)

        answers = collect({"log.xlsx": workbook()}, settings(), as_of=None, rule=rule)

        assert all(answer.gap for answer in answers.values())
        assert cell not in ("Log!A2", "Log!C2") or "does not hold a date or a time" in answers["open"].detail
