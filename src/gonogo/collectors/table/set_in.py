"""Parents that only the look of a workbook shows: rows right below which a row is set in."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.shown import Doubt, Shown
from gonogo.collectors.worksheet import Workbook, Worksheet, parent_rows
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault


def rows_above(workbook: Workbook, sheet: Worksheet, table: Table) -> frozenset[int]:
    """Return the numbers of the rows that are parents where the settings say ``rows: {parent: set_in}``.

    Raises:
        StructuralFault: Outline levels and indents disagree, or the first row is set in below nothing.
    """
    if table.rows.get(NoItem.PARENT) != "set_in":
        return frozenset()
    place = str(sheet.where())
    found = parent_rows(*workbook.styled(sheet.name), place, table.header_row + 1)
    if found is None:
        raise StructuralFault(
            f"{place}: nobody can tell which rows are parents: outline levels and indents name different ones, or the "
            "first row is set in below none; say rows: {parent: {column: ..., values: [...]}} by a column that shows "
            "the parents"
        )
    return found


def nothing_set_in(loaded: Shown) -> Iterator[Doubt]:
    """Yield that no row is set in below another, though the settings tell parents by that."""
    if loaded.table.rows.get(NoItem.PARENT) != "set_in" or loaded.source.left_out.get(NoItem.PARENT.value):
        return
    sentence = (
        f"{loaded.source.place}: no row is set in below another, so nobody can tell which rows are parents; a CSV "
        "never shows it: export to Excel, say rows: {parent: {column: ..., outline: true}} by a column of the "
        "level, or rows: {parent: counts} if every row is an item"
    )
    yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)
