"""A filled-in form, row by row, or every reason why nobody can tell what its rows mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from gonogo.documents.xlsx.cell_notes import notes_on
from gonogo.documents.xlsx.form import HEADER_ROW, FormColumn, SheetForm
from gonogo.documents.xlsx.styles import struck_rows
from gonogo.documents.xlsx.workbook import Cell, Workbook, Worksheet, column_letters, header_key
from gonogo.model.position import Position
from gonogo.model.refusal import SourceRefusal

SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Mistake:
    """One thing that is wrong with a form.

    Attributes:
        where: Sheet and cell.
        what: What is wrong and what to do, without the place.
    """

    where: Position
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form.

    Attributes:
        sheet: The sheet.
        form: Its form.
        number: Row, from 2.
        cells: Column key to value; blank cells are the empty text.
        faults: Column key to why the cell has no usable value.
    """

    sheet: Worksheet
    form: SheetForm
    number: int
    cells: dict[str, Cell]
    faults: dict[str, str]

    def where(self, key: str) -> Position:
        """Return the place of a cell."""
        return self.sheet.where(self.number, self.form.number(key))

    @property
    def blank(self) -> bool:
        """Whether nobody has filled in anything."""
        return not any(self.cells[column.key] != "" or column.key in self.faults for column in self.form.open)


def read_form(workbook: Workbook, form: SheetForm) -> Iterator[Row]:
    """Yield the rows of a form below its header, blank ones included.

    Raises:
        SourceRefusal: There is no such sheet, or it is not laid out as it was written; up to five reasons are named.
    """
    sheet = workbook.sheet(form.sheet)
    mistakes = layout_mistakes(workbook, sheet, form)
    if mistakes:
        raise refused(mistakes)
    for number in range(HEADER_ROW + 1, sheet.last_row + 1):
        yield _row(sheet, form, number)


def refused(mistakes: list[Mistake]) -> SourceRefusal:
    """Return the refusal of a whole form."""
    more = f" (and {len(mistakes) - SHOWN} more)" if len(mistakes) > SHOWN else ""
    return SourceRefusal("; ".join(map(str, mistakes[:SHOWN])) + more)


def layout_mistakes(workbook: Workbook, sheet: Worksheet, form: SheetForm) -> list[Mistake]:
    """Return what makes a sheet unreadable as a form: hidden, merged, other headings, days counted from 1904."""
    found = [Mistake(sheet.where(row, column), what) for row, column, what in layout_faults(workbook, sheet)]
    found += [
        Mistake(sheet.where(one.first_row, one.first_column), f"the cells {one} are merged; unmerge them")
        for one in sheet.merged
    ]
    return found + _heading_mistakes(sheet, form) + list(_remarks(workbook, sheet, form))


def _remarks(workbook: Workbook, sheet: Worksheet, form: SheetForm) -> Iterator[Mistake]:
    """Yield what a person wrote beside an answer where nothing reads it, and what they struck through."""
    answered = {number for number in range(HEADER_ROW + 1, sheet.last_row + 1) if not _row(sheet, form, number).blank}
    for note in notes_on(workbook, sheet.name):
        if note.row in answered or note.row <= HEADER_ROW:
            what = f"beside it is written {note.text[:60]!r}, which nothing reads; delete it once it is settled"
            yield Mistake(sheet.where(note.row, note.column), what)
    struck = struck_rows(*workbook.styled(sheet.name), str(sheet.where()), texts=workbook.texts, any_cell=True)
    for row in sorted(struck & answered):
        yield Mistake(
            sheet.where(row, 1), "a text of this row is struck through; take the line away, or delete the text"
        )


def layout_faults(workbook: Workbook, sheet: Worksheet) -> list[tuple[int, int, str]]:
    """Return what a reader of a sheet would not see: row, column (0 for the whole sheet) and a sentence for each."""
    found: list[tuple[int, int, str]] = []
    if not sheet.visible:
        found.append((0, 0, "the sheet is hidden; show it, so that everybody sees what is read"))
    if workbook.from_1904:
        what = (
            "the workbook counts its days from 1904, so a pasted date may be four years off; turn that off in the "
            "options of the spreadsheet program and check every date"
        )
        found.append((*_first_date(sheet), what))
    found += [
        (row, 1, f"row {row} is hidden; show it or clear the filter")
        for row in sorted(sheet.scan.hidden_rows)
        if row <= sheet.last_row
    ]
    for first, last in sheet.scan.hidden_columns:
        if first <= sheet.last_column:
            upto = "" if first == last else f" to {column_letters(min(last, sheet.last_column))}"
            found.append((HEADER_ROW, first, f"the column {column_letters(first)}{upto} is hidden; show it"))
    return found


def _heading_mistakes(sheet: Worksheet, form: SheetForm) -> list[Mistake]:
    for number, column in enumerate(form.columns, 1):
        cell = _shown(sheet, HEADER_ROW, number)
        if column.later and number > sheet.last_column:
            continue
        if not isinstance(cell, str) or header_key(cell) != header_key(column.heading):
            what = (
                f"the heading is {str(cell)[:40]!r}, where the form has {column.heading!r}; a column was inserted, "
                "moved, renamed or deleted; undo that"
            )
            return [Mistake(sheet.where(HEADER_ROW, number), what)]
    found = []
    first = form.columns[0]
    for row in range(HEADER_ROW, sheet.last_row + 1):
        cell = _shown(sheet, row, 1)
        if row > HEADER_ROW and isinstance(cell, str) and header_key(cell) == header_key(first.heading):
            found.append(Mistake(sheet.where(row, 1), "this is a second header; delete the row"))
        for beyond in range(len(form.columns) + 1, sheet.last_column + 1):
            if _shown(sheet, row, beyond) != "" or sheet.fault(row, beyond):
                found.append(Mistake(sheet.where(row, beyond), "this is outside the form; delete it"))
                break
    return found


def _first_date(sheet: Worksheet) -> tuple[int, int]:
    for row, cells in enumerate(sheet.rows, 1):
        for column, cell in enumerate(cells, 1):
            if isinstance(cell, date):
                return row, column
    return 0, 0


def _shown(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return what a cell shows; the empty text where it has no usable value."""
    return "" if sheet.fault(row, column) else sheet.value(row, column)


def _row(sheet: Worksheet, form: SheetForm, number: int) -> Row:
    cells: dict[str, Cell] = {}
    faults: dict[str, str] = {}
    for index, column in enumerate(form.columns, 1):
        fault = sheet.fault(number, index)
        if fault:
            faults[column.key] = fault.removeprefix(f"{sheet.where(number, index)} ")
        cells[column.key] = _shown(sheet, number, index)
    return Row(sheet, form, number, cells, faults)


def missing_columns(row: Row) -> list[FormColumn]:
    """Return the needed columns that are blank in a row that is not."""
    return [c for c in row.form.open if c.needed and row.cells[c.key] == "" and c.key not in row.faults]
