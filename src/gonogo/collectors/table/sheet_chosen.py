"""Which worksheet of a workbook a table is on: the one that the settings name, the only one, or the one that fits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from gonogo.collectors.table.headings_found import has_headings, header_row_of, names_of, plain_heading
from gonogo.collectors.table.pages_beside import rows_of_page
from gonogo.collectors.table.settings import Table
from gonogo.collectors.worksheet import Workbook, Worksheet
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal

_NAMED: Final = 5
_HEAD: Final = 12
"""First rows in which the headings of another sheet are looked for, whatever is above them on the one that is read."""


def chosen_sheet(workbook: Workbook, table: Table, beside: Collection[str] = ()) -> Worksheet:
    """Return the worksheet that a table is on.

    Args:
        workbook: The workbook.
        table: Settings of the table.
        beside: Sheets of it that other tables of the binding read.

    Raises:
        CollectorRefusal: There are several and the settings do not say which, none fits or two do, or it is hidden.
            Under ``sheet_by_headings`` a hidden sheet with the headings is one of the two, because it has rows too. A
            sheet that the settings name is not the only one with its headings and with items.
    """
    names = list(workbook.sheet_names)
    if table.sheet_by_headings and len(names) > 1:
        asked = [name for name in names if name not in table.other_sheets]
        fitting = [name for name in asked if name == table.sheet or _fits(workbook.sheet(name), table)]
        if len(fitting) > 1:
            raise _several(workbook.file_name, fitting, table)
        shown = [name for name in names if workbook.sheet(name).visible]
        names = [name for name in fitting if name in shown] or shown[:1] or names[:1]
    if table.sheet is None and len(names) != 1:
        sentence = f"{workbook.file_name} has {len(names)} sheets; say which one: sheet: "
        raise CollectorRefusal(sentence + ", ".join(map(repr, names[:_NAMED])), told=f"{sentence}...")
    sheet = workbook.sheet(table.sheet or names[0])
    if not sheet.visible and not table.hidden:
        raise StructuralFault(f"{sheet.where()} is hidden; say hidden: true if it is meant to be read")
    settled = {sheet.name, *beside, *table.other_sheets}
    if table.sheet is not None and not table.sheet_by_headings and len(workbook.sheet_names) > 1:
        _refuse_items_beside(workbook, sheet, table, settled)
    _refuse_pages_beside(workbook, sheet, table, settled)
    return sheet


def _refuse_pages_beside(workbook: Workbook, sheet: Worksheet, table: Table, settled: Collection[str]) -> None:
    """Refuse a sheet whose list goes on where no headings are: those rows count nowhere, and a list seems empty.

    Raises:
        CollectorRefusal: There is such a sheet, shown or hidden.
    """
    others = [workbook.sheet(name) for name in workbook.sheet_names if name not in settled]
    mine = _headed(sheet, table) if others else None
    if mine is None:
        return
    found = {each.name: rows_of_page(sheet, mine[0], each, table) for each in others if _headed(each, table) is None}
    pages = [f"{name!r} ({rows:,} row{'s' if rows > 1 else ''})" for name, rows in found.items() if rows]
    if pages:
        start = f"{sheet.where()} seems to go on on another sheet"
        end = f"put all rows on {sheet.name!r}, or name the others under other_sheets with the reason"
        shown = ", ".join(pages[:_NAMED])
        raise CollectorRefusal(f"{start}, and nobody reads {shown}; {end}", GapReason.AMBIGUOUS_ROWS, f"{start}; {end}")


def _refuse_items_beside(workbook: Workbook, sheet: Worksheet, table: Table, settled: Collection[str]) -> None:
    """Refuse a sheet beside which another one goes on: it has the same headings and holds items, which count nowhere.

    A sheet with other headings beside those that are read is of another kind: a list of risks beside one of issues.

    Raises:
        CollectorRefusal: There is such a sheet, shown or hidden.
    """
    mine = _headed(sheet, table)
    if mine is None:
        return
    found = []
    for name in workbook.sheet_names:
        other = workbook.sheet(name) if name not in settled else None
        theirs = _headed(other, table) if other is not None else None
        if other is None or theirs is None or not (mine[1] <= theirs[1] or theirs[1] <= mine[1]):
            continue
        wanted = {plain_heading(each) for key, column in table.columns.items() for each in names_of(key, column)}
        head, *rows = other.rows[theirs[0] - 1 :]
        read = [at for at, cell in enumerate(head) if plain_heading(str(cell)) in wanted]
        items = sum(any(row[at] != "" for at in read if at < len(row)) for row in rows)
        if items:
            found.append(f"{name!r} ({items:,} row{'s' if items > 1 else ''})")
    if found:
        start = f"{sheet.where()} is not the only sheet with its headings and with items"
        end = f"put all rows on {sheet.name!r}, or name the others under other_sheets with the reason"
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        shown = ", ".join(found[:_NAMED])
        raise CollectorRefusal(
            f"{start}, and nobody reads {shown}{more}; {end}", GapReason.AMBIGUOUS_ROWS, f"{start}; {end}"
        )


def _headed(sheet: Worksheet, table: Table) -> tuple[int, set[str]] | None:
    """Return the row of a sheet that holds the headings of a table, and all of them; None where no row does."""
    rows = [
        [str(cell) for cell in cells] for cells in sheet.rows[: max(table.header_within or 0, table.header_row, _HEAD)]
    ]
    number = header_row_of(table.model_copy(update={"header_row": 0}), rows).header_row
    return (number, {plain_heading(cell) for cell in rows[number - 1]} - {""}) if number else None


def _several(file_name: str, fitting: Sequence[str], table: Table) -> CollectorRefusal:
    """Return the refusal of a workbook whose rows are on more than one sheet, hidden ones among them."""
    shown = ", ".join(map(repr, fitting[:_NAMED]))
    if table.sheet is None:
        sentence = f"{file_name} has {len(fitting)} sheets with these headings; say which one: sheet: "
        return CollectorRefusal(sentence + shown, told=f"{sentence}...")
    sentence = f"{file_name} has {len(fitting)} sheets with these headings, and the rows of one would be left out; put "
    rest = f"all rows on {table.sheet!r}, or name the others under other_sheets with the reason"
    return CollectorRefusal(f"{sentence}{rest}: {shown}", told=f"{sentence}{rest}")


def _fits(sheet: Worksheet, table: Table) -> bool:
    """Return whether the headings of a sheet are those of the table; no other row is looked at."""
    first = 0 if table.header_within else table.header_row - 1
    rows = sheet.rows[first : table.header_within or table.header_row]
    return any(has_headings(table, [str(cell) for cell in cells]) for cells in rows)
