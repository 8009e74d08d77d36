"""Sheets that go on with the list of another one without its headings: ``Page 2``, ``Risks (2)``, ``cont.``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gonogo.collectors.rows.page_names import goes_on_by_name
from gonogo.collectors.table.headings_found import names_of, plain_heading
from gonogo.collectors.table.settings import Table
from gonogo.collectors.worksheet import Cell, Worksheet

_LOOKED_AT: Final = 200
_MOST: Final = 8
"""Different shapes of keys by which rows of two sheets may be of one list; free text has more."""


def rows_of_page(sheet: Worksheet, header_row: int, other: Worksheet, table: Table) -> int:
    """Return how many rows a sheet without headings goes on with; 0 where it is of another kind.

    It goes on if its name says so, or if it is filled as the list is: as wide, with a key in each row, and its keys are
    written as those of the list, where that has any.

    Args:
        sheet: The one that is read.
        header_row: Its row of headings.
        other: Another one, without these headings.
        table: Settings of the table.
    """
    head = sheet.rows[header_row - 1]
    width = max((at for at, cell in enumerate(head, 1) if cell != ""), default=0)
    rows = [cells for cells in other.rows if sum(cell != "" for cell in cells) >= min(2, width)]
    if not rows or not width:
        return 0
    if goes_on_by_name(other.name) and other.name.casefold() != sheet.name.casefold():
        return len(rows)
    sample = rows[:_LOOKED_AT]
    if max(_width(cells) for cells in sample) != width or len(sample) < sum(_width(cells) > 0 for cells in other.rows):
        return 0
    keys = _keys(table, head)
    if not keys or any(_cell(cells, at) == "" for cells in sample for at in keys):
        return 0
    mine = [cells for cells in sheet.rows[header_row:] if _width(cells)]
    if not mine:
        return 0 if _is_head(sample) else len(rows)
    known = {_shape(cells, keys) for cells in mine[:_LOOKED_AT]}
    fit = len(known) <= _MOST and all(_shape(cells, keys) in known for cells in sample)
    return len(rows) if fit else 0


def _is_head(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first of some rows may be headings: texts without a digit that occur nowhere below."""
    return all(
        cell == "" or (isinstance(cell, str) and not re.search(r"[0-9]", cell) and not _recurs(cell, at, rows[1:]))
        for at, cell in enumerate(rows[0])
    )


def _recurs(cell: Cell, at: int, rows: Sequence[Sequence[Cell]]) -> bool:
    return any(_cell(cells, at) == cell for cells in rows)


def _keys(table: Table, head: Sequence[Cell]) -> list[int]:
    """Return the positions of the columns that tell rows apart, else that of the first one that is read."""
    places = {plain_heading(str(cell)): at for at, cell in reversed(list(enumerate(head)))}
    read = {
        name: next(
            (places[plain_heading(each)] for each in names_of(name, column) if plain_heading(each) in places), -1
        )
        for name, column in table.columns.items()
    }
    named = [read.get(name, -1) for name in table.unique or ()] or sorted(at for at in read.values() if at >= 0)[:1]
    return [at for at in named if at >= 0]


def _cell(cells: Sequence[Cell], at: int) -> Cell:
    return cells[at] if at < len(cells) else ""


def _width(cells: Sequence[Cell]) -> int:
    return max((at for at, cell in enumerate(cells, 1) if cell != ""), default=0)


def _shape(cells: Sequence[Cell], keys: Sequence[int]) -> tuple[str, ...]:
    """Return how the key of a row is written: ``R-101`` and ``R-7`` alike."""
    return tuple(re.sub(r"[0-9]+", "9", str(_cell(cells, at)).strip()) for at in keys)
