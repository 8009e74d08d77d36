"""The binding workbook as a file: drop-downs offer what may be chosen, and what was typed is read back."""

from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import pytest
from openpyxl.utils.cell import range_boundaries

from gonogo.errors import UsageError
from gonogo.first_week.adding.binding_workbook import HEADINGS, OTHERS, read_answers, workbook_of
from gonogo.first_week.adding.sheet_line import SheetLine

FILE = SheetLine("file", "evidence/a.csv", answer="a", note="Leave this row as it is.")


def offered(book: openpyxl.Workbook, sheet: str) -> dict[str, list[str]]:
    """The values of the drop-down of each cell that has one, as a spreadsheet program looks them up."""
    found: dict[str, list[str]] = {}
    for rule in book[sheet].data_validations.dataValidation:
        where, _, cells = rule.formula1.partition("!")
        left, top, right, bottom = range_boundaries(cells.replace("$", ""))
        rows = book[where.lstrip("=")].iter_rows(min_col=left, max_col=right, min_row=top, max_row=bottom)
        values = [str(row[0].value) for row in rows]
        for part in rule.sqref.ranges:
            for row in range(part.min_row, part.max_row + 1):
                for column in range(part.min_col, part.max_col + 1):
                    found[f"{chr(64 + column)}{row}"] = values
    return found


def test_each_cell_offers_what_its_own_row_offers() -> None:
    """Also the thirtieth list of a large table; one list for two cells is written once."""
    rows = [SheetLine("word", f"w{n}", offered=(f"yes {n}", f"no {n}")) for n in range(60)]
    pair = SheetLine("fact", "f", offered=("yes 1", "no 1"), second="")
    free = SheetLine("only rows", offered=("A", "B"), second="")
    data = workbook_of([("a.csv", [FILE, *rows, pair, free])])
    book = openpyxl.load_workbook(io.BytesIO(data))

    found = offered(book, "1 a.csv")
    assert [found[f"D{n + 3}"] for n in range(60)] == [[f"yes {n}", f"no {n}"] for n in range(60)]
    assert found["D63"] == found["E63"] == ["yes 1", "no 1"]
    assert found["D64"] == ["A", "B"]
    assert "E64" not in found
    assert "D2" not in found
    assert book["Lists"].sheet_state == "hidden"
    assert book["Lists"].max_column == 61


def test_what_was_typed_is_read_back() -> None:
    """Days, numbers and truths as Excel holds them; a row without a kind is no row, and other sheets are no answers."""
    rows = [FILE, *(SheetLine("setting", key) for key in ("day", "moment", "count", "share", "truth", "words"))]
    left = [SheetLine("no evidence", "evidence/b.csv")]
    book = openpyxl.load_workbook(io.BytesIO(workbook_of([("a.csv", rows)], left)))
    page = book["1 a.csv"]
    moment = datetime(2027, 4, 15, 9, 30)  # noqa: DTZ001 - as Excel holds it
    typed = (date(2027, 4, 15), moment, 14, 2.5, True, "  as said  ")
    for number, value in enumerate(typed, 3):
        page.cell(number, 4).value = value
    page.cell(20, 2).value = "a remark below"
    book[OTHERS].cell(2, 4).value = "a plan"
    stream = io.BytesIO()
    book.save(stream)

    [answers], others = read_answers(stream.getvalue(), "b.xlsx")
    assert [cell.value for cell in page[1]] == list(HEADINGS)
    assert [row.answer for row in answers] == ["a", "2027-04-15", "2027-04-15", "14", "2.5", "yes", "as said"]
    assert answers[1].place == "sheet 1 a.csv, row 3"
    assert [(row.tag, row.about, row.answer) for row in others] == [("no evidence", "evidence/b.csv", "a plan")]


@pytest.mark.parametrize("name", ["a*b?[c]:d/e.csv", "x" * 60, "it's.csv"])
def test_any_name_of_a_file_is_the_name_of_a_sheet(name: str) -> None:
    """Excel allows 31 letters, and not all of them."""
    data = workbook_of([(name, [FILE]), (name, [FILE])])

    assert len(openpyxl.load_workbook(io.BytesIO(data)).sheetnames) == 5
    assert len(read_answers(data, "b.xlsx")[0]) == 2


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"PK", "save it as .xlsx"),
        (workbook_of([("a.csv", [SheetLine("key", "A")])]), "is no binding workbook"),
        (workbook_of([]), "is no binding workbook"),
    ],
)
def test_what_is_no_binding_workbook_is_refused(data: bytes, says: str) -> None:
    """Each of its sheets begins with the file that it is about."""
    with pytest.raises(UsageError) as caught:
        read_answers(data, "b.xlsx")

    assert says in f"{caught.value} {caught.value.hint}"
