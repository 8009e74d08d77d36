"""What of a worksheet nobody sees or should believe: hidden, merged, struck through, beside the table, not usable."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from gonogo.collectors.columns.column import PercentForm
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.spoilt import needed_by_all
from gonogo.collectors.worksheet import Workbook, Worksheet, percent_cells, read_reference, striking_ranges
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal

UNUSABLE: Final = "an error, or a formula whose result nobody can rely on"


def strikes(workbook: Workbook, sheet: Worksheet, first: int, last: int, width: int) -> list[str]:
    """Return the ranges that a conditional format may strike through and that meet the rows of data."""
    found = []
    for text in striking_ranges(*workbook.styled(sheet.name), str(sheet.where())):
        start, _, end = text.replace("$", "").partition(":")
        try:
            (top, left), (bottom, _) = read_reference(start), read_reference(end or start)
        except ValueError:  # whole rows or columns, or what nobody can read: it may meet them
            top, left, bottom = first, 1, last
        if top <= last and bottom >= first and left <= width:
            found.append(text)
    return found


def refuse_beside(sheet: Worksheet, first: int, last: int, width: int) -> None:
    """Refuse content to the right of the header: nobody knows which column it belongs to."""
    for row in range(first, min(last, len(sheet.rows)) + 1):
        for column, cell in enumerate(sheet.rows[row - 1][width:], width + 1):
            if cell != "":
                raise StructuralFault(f"{sheet.where(row, column)} holds something to the right of the header")


def refuse_concealed(
    sheet: Worksheet, table: Table, positions: dict[str, int], last: int, dated: str
) -> frozenset[tuple[int, int]]:
    """Refuse hidden rows and columns and merged cells among what is read; return its cells without a usable value.

    They are refused where everything depends on one, or nothing else is in its row.
    """
    first = table.header_row + 1
    columns = {index + 1 for index in positions.values()}
    place = sheet.where()
    hidden = sorted(row for row in sheet.scan.hidden_rows if first <= row <= last)
    if hidden and not table.hidden:
        sentence = first_few([str(row) for row in hidden[:SHOWN]], len(hidden))
        raise StructuralFault(f"{place}: row {sentence} hidden; show all rows, or say hidden: true")
    concealed = [n for n in sorted(columns) if any(a <= n <= b for a, b in sheet.scan.hidden_columns)]
    if concealed and not table.hidden:
        raise StructuralFault(f"{place}: a column that is read is hidden; show it, or say hidden: true")
    merged = [
        entry
        for entry in sheet.merged_in(table.header_row, last)
        if any(entry.first_column <= column <= entry.last_column for column in columns)
    ]
    if merged and not table.merged:
        raise StructuralFault(f"{place}: the cells {merged[0]} are merged; unmerge them, or say merged: true")
    faulty = frozenset(at for at in sheet.unusable if at[1] in columns and first <= at[0] <= last)
    needed = {positions[name] + 1 for name in needed_by_all(table, positions, dated)} if faulty else set[int]()
    for at in sorted(faulty):
        if at[1] in needed or not _says_more(sheet, at[0], columns, faulty):
            raise CollectorRefusal(sheet.fault(*at), told=f"{sheet.where(*at)} holds {UNUSABLE}")
    return faulty


def _says_more(sheet: Worksheet, row: int, columns: Collection[int], faulty: Collection[tuple[int, int]]) -> bool:
    """Return whether a row says something in more columns that are read than nobody can rely on."""
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    bad = sum((row, column) in faulty for column in columns)
    good = sum(column <= len(cells) and cells[column - 1] != "" for column in columns if (row, column) not in faulty)
    return good > 0 and good >= bad


def refuse_percent_format(
    workbook: Workbook, sheet: Worksheet, table: Table, positions: dict[str, int], last: int
) -> None:
    """Refuse 103 % shown by a cell that holds 1.03, where the settings say that 1.03 means 1.03 %."""
    hundreds = {
        index + 1: name for name, index in positions.items() if table.columns[name].written is PercentForm.HUNDRED
    }
    shown = percent_cells(*workbook.styled(sheet.name), str(sheet.where())) if hundreds else ()
    for row, column in sorted(shown):
        if column in hundreds and table.header_row < row <= last and sheet.value(row, column):
            raise StructuralFault(
                f"{sheet.where(row, column)} is shown as a percentage, so it holds a ratio, and column "
                f"{hundreds[column]!r} has written: hundred in the settings; say written: ratio, or where it goes "
                "beyond 100% type: decimal"
            )
