"""What an item of the RAID workbook is called."""

from __future__ import annotations

from gonogo.collectors.worksheet import Worksheet


def item_key(sheet: Worksheet, row: int, column: int) -> str:
    """Return the id of an item: as the sheet has it, ``Risk 3`` where it is a bare number.

    The id's formula may have no stored result; then the item is told by its place, ``Risk Log row 7``.
    """
    value = "" if sheet.fault(row, column) else sheet.value(row, column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    told = str(value).strip()
    if not told:
        return f"{sheet.name} row {row}"
    return f"{sheet.name.removesuffix(' Log')} {told}" if told.isdigit() else told


def typed_id(sheet: Worksheet, row: int, column: int) -> bool:
    """Return whether an id stands there that no formula can have left behind: the row has lost its content."""
    return not sheet.fault(row, column) and sheet.value(row, column) != ""
