"""Rows that settings keep out of the count: a footer, what stands above the headings, totals."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter

COLUMNS: dict[str, Any] = {
    "interface": {"type": "id"},
    "status": {"type": "text", "allowed": ["Approved", "Draft"]},
    "result": {"type": "text", "allowed": ["Passed", "Failed"]},
    "defects": {"type": "integer"},
}
FACTS = {"failed": {"count": {"where": 'result == "Failed"'}, "unit": "interfaces"}}
HEAD = [["interface", "status", "result", "defects"]]
ROWS = [["IF-01", "Approved", "Passed", "0"], ["IF-02", "Approved", "Passed", "0"]]
LAST = ["IF-03", "Approved", "Failed", "0"]


def csv_bytes(rows: list[list[str]]) -> dict[str, bytes]:
    return {"f.csv": "".join(",".join(row) + "\n" for row in rows).encode()}


def xlsx_bytes(rows: list[list[str]]) -> dict[str, bytes]:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        sheet = book.add_worksheet("T")
        for at, row in enumerate(rows):
            for column, cell in enumerate(row):
                if cell.isdigit():
                    sheet.write_number(at, column, int(cell))
                elif cell:
                    sheet.write_string(at, column, cell)
    return {"f.xlsx": stream.getvalue()}


BOTH = pytest.mark.parametrize("written", [csv_bytes, xlsx_bytes])


def ask(collect: Any, files: dict[str, bytes], columns: Any = COLUMNS, **table: Any) -> Any:
    return collect(files, {"tables": {"t": {"columns": columns, "unique": ["interface"], **table}}, "facts": FACTS})[
        "failed"
    ]


@BOTH
@pytest.mark.parametrize(
    ("last", "footer"),
    [
        (LAST, LAST),
        (LAST, [*LAST[:3], "{defects}"]),
        (["IF-03", "Approved", "Failed", "2"], ["IF-03", "Approved", "Failed", "{rows}"]),
        (["IF-03", "", "Failed", "0"], ["IF-03", "", "Failed", "0"]),
        (["LEDGER", "Approved", "Failed", "0"], ["LEDGER", "Approved", "Failed", "0"]),
    ],
    ids=["cell by cell", "a total of nothing", "as many as rows", "a blank cell", "another shape"],
)
def test_an_item_that_is_called_a_footer_is_a_gap(collect, written, last, footer):
    """A failed interface that nobody counts turns 22 of 23 into 22 of 22."""
    answer = ask(collect, written(HEAD + ROWS + [last]), control={"footer": footer})

    assert answer.gap == "ambiguous_rows"
    assert "looks like an item" in answer.detail


@BOTH
@pytest.mark.parametrize(
    ("last", "footer"),
    [
        (["Total", "", "", "0"], ["Total", "", "", "{defects}"]),
        (["TOTAL-01", "", "", ""], ["TOTAL-01", "", "", ""]),
        (["END", "", "", ""], ["END", "", "", ""]),
        (["2", "", "", ""], ["{rows}", "", "", ""]),
        (["Interfaces", "Approved", "Passed", "2"], ["Interfaces", "Approved", "Passed", "{rows}"]),
    ],
    ids=["word", "word with a number", "fits no columns", "count", "proved by the count"],
)
def test_a_footer_that_says_so_is_one(collect, written, last, footer):
    """What an export writes below its rows stays the best proof of its size."""
    assert ask(collect, written(HEAD + ROWS + [last]), control={"footer": footer}).value == 0


@BOTH
def test_headings_further_down_do_not_drop_the_rows_above(collect, written):
    """A second header in the middle of a file would make everything above it a preamble."""
    answer = ask(collect, written([*HEAD, LAST, *HEAD, *ROWS]), header_row=3)

    assert answer.gap == "ambiguous_rows"
    assert "the headings are already in" in answer.detail


@BOTH
def test_items_above_the_headings_are_a_gap(collect, written):
    """Whatever the row above them says, its key is one of a list."""
    answer = ask(collect, written([["Interface", "Status", "Result", "Defects"], LAST, *HEAD, *ROWS]), header_row=3)

    assert answer.gap == "ambiguous_rows"
    assert "is above the headings" in answer.detail


@BOTH
def test_a_title_above_the_headings_is_none_of_them(collect, written):
    """Reports begin with what they are."""
    rows = [["Interfaces of release 4", "", "", ""], ["Printed", "Approved", "", ""], *HEAD, *ROWS]

    assert ask(collect, written(rows), header_row=3).value == 0


def test_an_item_whose_cells_are_called_headings_is_a_doubt_below_a_full_row(collect):
    """The real headings stand above it, and header_row does not settle that."""
    names = dict(zip(COLUMNS, LAST[:3], strict=False))
    columns = {name: {**COLUMNS[name], "header": header} for name, header in names.items()}

    answer = ask(collect, csv_bytes([row[:3] for row in [*HEAD, LAST, *ROWS]]), columns, header_row=2)

    assert answer.gap == "malformed"
    assert "correct header_row" in answer.detail


@BOTH
@pytest.mark.parametrize("kind", ["total", "group_title", "repeated_heading"])
def test_items_are_no_totals_by_the_word_of_a_column(collect, written, kind):
    """Failed is no word for a total, and neither is a key like the others."""
    rule = {kind: {"column": "result", "values": ["Failed"]}}
    answer = ask(collect, written([*HEAD, *ROWS, LAST]), rows=rule)

    assert answer.gap == "ambiguous_rows"
    assert f"rows: {{{kind}: ...}} leaves out" in answer.detail


@BOTH
def test_a_total_that_a_column_tells_is_left_out(collect, written):
    """Some exports write a level into a column."""
    rule = {"total": {"column": "status", "values": ["Sum"]}}

    assert ask(collect, written([*HEAD, *ROWS, ["Totals", "Sum", "", "0"]]), rows=rule).value == 0


@BOTH
@pytest.mark.parametrize(
    ("last", "gap"),
    [
        (["", "Approved", "Failed", "0"], True),
        (["", "", "Failed", ""], True),
        (["", "2", "1", "0"], False),
        (["", "", "", "3"], False),
        (["", "Total", "1", "0"], False),
    ],
)
def test_a_row_without_a_key_that_answers_as_items_do_is_no_total(collect, written, last, gap):
    """Anyone who clears the key of a failed interface would take it off the list."""
    columns = {**COLUMNS, "status": {"type": "text", "allowed": "any"}, "result": {"type": "text", "allowed": "any"}}
    rule = {"total": {"column": "interface", "values": [""]}}
    rows = [*HEAD, *ROWS, ["IF-04", "Approved", "Failed", "0"], last]
    answer = ask(collect, written(rows), columns, rows=rule)

    assert (answer.gap == "ambiguous_rows") is gap
    assert gap or answer.value == 1
