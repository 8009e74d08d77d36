"""Keys that a workbook holds as numbers: the number of a ticket, where no cell of the column is a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.columns.typed import from_workbook
from gonogo.collectors.worksheet import Cell

_EXACT: Final = 10**15
"""Whole numbers below it are exact in a workbook: Excel keeps 15 digits."""
Plan = Sequence[tuple[str, Column, int]]


def numbered_keys(plan: Plan, rows: Iterable[Sequence[Cell]]) -> frozenset[str]:
    """Return the columns of type id whose every filled cell is a whole number.

    Args:
        plan: Name, settings and position of each column that is read.
        rows: Rows of data.
    """
    at = {name: index for name, column, index in plan if column.type is ColumnType.ID and not column.pick}
    filled: set[str] = set()
    for cells in rows:
        if not at:
            break
        for name, index in list(at.items()):
            if index < len(cells) and cells[index] != "":
                filled.add(name)
                if not _whole(cells[index]):
                    del at[name]  # mostly in its first row
    return frozenset(at) & filled


def cell_text(value: Cell, column: Column) -> str:
    """Return the text of a cell of such a column: of a number its digits.

    Raises:
        UnfitValue: The value is of another type than the column.
    """
    return str(int(value)) if isinstance(value, (int, float)) else from_workbook(value, column)


def _whole(value: Cell) -> bool:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return False
    return float(value).is_integer() and abs(value) < _EXACT
