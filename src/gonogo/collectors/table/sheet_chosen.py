"""Which worksheet of a workbook a table is on: the one that the settings name, the only one, or the one that fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gonogo.collectors.table.headings_found import has_headings
from gonogo.collectors.table.settings import Table
from gonogo.collectors.worksheet import Workbook, Worksheet
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal

_NAMED: Final = 5


def chosen_sheet(workbook: Workbook, table: Table) -> Worksheet:
    """Return the worksheet that a table is on.

    Raises:
        CollectorRefusal: There are several and the settings do not say which, none fits or two do, or it is hidden.
            Under ``sheet_by_headings`` a hidden sheet with the headings is one of the two, because it has rows too.
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
    return sheet


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
