"""Rows of totals: the last one becomes a footer that the collector checks, any other stops the reading."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from gonogo.collectors.rows.outline import is_odd
from gonogo.collectors.rows.row_words import CLOSING_ROWS
from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.prose import SHOWN, positions
from gonogo.first_week.sample_grid import Grid, GridNote
from gonogo.first_week.sample_rows import is_total
from gonogo.first_week.table_columns import Guess

_NUMBER: Final = re.compile(r"-?[$€£]?[0-9][0-9.,]*\s?%?")
_COUNTED: Final = re.compile(r"[0-9]+ [A-Za-z]+(?: [A-Za-z]+)?")
"""A number of things, beside the word for a total: ``4 contracts``."""
_DIGITS: Final = re.compile("[0-9]+")
_LETTERS: Final = re.compile("[A-Za-z]+")
_WHOLE: Final = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")


def total_notes(
    grid: Grid, read: Mapping[str, Guess], columns: Sequence[Sequence[Cell]], key: str = ""
) -> list[GridNote]:
    """Return where a row between others says Total, in the first column of free texts or in a key, as collectors look.

    Args:
        grid: The table.
        read: The columns that are read.
        columns: Cells of every column.
        key: What ``unique:`` says.
    """
    free = {
        name: guess for name, guess in read.items() if guess.settings["type"] in ("text", "id") and not guess.values
    }
    if not free:
        return []
    parts = [name for name in key.split(", ") if name in free]
    keys = [free[name].index for name in parts]
    looked = dict.fromkeys([min(guess.index for guess in free.values()), *keys])
    return [note for index in looked for note in _totals(grid, columns[index])] + [
        note for name in parts for note in _strange_keys(grid, columns[free[name].index], name)
    ]


def _strange_keys(grid: Grid, cells: Sequence[Cell], name: str) -> list[GridNote]:
    """Return where a key has another shape than nearly all others, as the collector has it."""
    keys = [str(cell) for cell in cells]
    blanks = [index for index, key in enumerate(keys) if " " in key]
    words = [index for index, key in enumerate(keys) if not key[-1:].isdigit() and not _DIGITS.search(key)]
    for odd in (blanks, words):
        if odd and is_odd(len(odd), len(keys)) and _alike(keys):
            where = "row " + positions([str(grid.row_number(index)) for index in odd[:SHOWN]], len(odd))
            what = (
                "the key has a different shape than in all other rows, as totals and remarks do; say rows: {total: "
                "{column: ..., values: [...]}}, or rows: {total: counts} if it is an item"
            )
            left = {"column": name, "values": list(dict.fromkeys(keys[index].strip() for index in odd))}
            rows = tuple(map(grid.row_number, odd))
            return [GridNote(where, what, stops=True, kind="total", left=left, rows=rows)]
    return []


def _all_filled(grid: Grid, index: int) -> bool:
    return all(row[index] != "" for row in grid.rows)


def closing_note(
    grid: Grid, row: Sequence[Cell], number: int, columns: Mapping[str, Guess]
) -> tuple[dict[str, Any], GridNote]:
    """Return what leaves out a last row that sums up the others in words of its own, and what is reported.

    Args:
        grid: The table, without that row.
        row: Its cells.
        number: Its number in the file.
        columns: By name.
    """
    at, cell = next((index, cell) for index, cell in enumerate(row) if cell != "")
    if not isinstance(cell, str) or _NUMBER.fullmatch(cell):  # no word names it; what all others have and it has not
        at, cell = next((at for at, cell in enumerate(row) if cell == "" and _all_filled(grid, at)), at), ""
    name = next((name for name, guess in columns.items() if guess.index == at and not guess.left_out), "")
    where = f"{'row' if grid.typed else 'line'} {number}"
    what = "sums up the rows above, as it seems, and is no item"
    if not name:
        return {}, GridNote(where, f"{what}; delete it", stops=True)
    left = {"column": name, "values": [str(cell).strip()]}
    return {"total": left}, GridNote(where, f"{what}; check it", kind="total", left=left, rows=(number,))


def _alike(keys: Sequence[str]) -> bool:
    """Whether nearly all keys have one shape."""
    shapes = Counter(_LETTERS.sub("a", _DIGITS.sub("9", key)) for key in keys)
    return 10 * max(shapes.values(), default=0) >= 9 * len(keys)


def _totals(grid: Grid, cells: Sequence[Cell]) -> list[GridNote]:
    closing = max(0, len(cells) - CLOSING_ROWS)
    body = cells[:closing]
    totals = {cell for cell in set(body) if isinstance(cell, str) and may_be_total(cell) and is_total(cell)}
    found = [index for index, cell in enumerate(body) if cell in totals] if totals else []
    found += [index for index in range(closing, len(cells)) if is_total(cells[index], last=True)]
    if not found:
        return []
    where = "row " + positions([str(grid.row_number(index)) for index in found[:SHOWN]], len(found))
    what = "a row of totals between the rows; it is not an item: say rows: {total: left_out}"
    rows = tuple(map(grid.row_number, found))
    return [GridNote(where, what, stops=True, kind="total", left="left_out", rows=rows)]


def may_be_total(cell: str) -> bool:
    """Whether it is worth asking if a cell is that of a total: a code such as ``C00012`` is none."""
    return not (cell[-1:].isdigit() and cell.isalnum())


def left_out_too(grid: Grid) -> list[GridNote]:
    """Return which other rows ``total: left_out`` would leave out: those whose first filled cell reads like a total."""
    firsts = (next((cell for cell in row if cell != ""), "") for row in grid.rows)
    found = [index for index, cell in enumerate(firsts) if is_total(cell, last=True)]
    if not found:
        return []
    where = "row " + positions([str(grid.row_number(index)) for index in found[:SHOWN]], len(found))
    what = "begins like a row of totals, so rows: {total: left_out} would leave it out too"
    rows = tuple(map(grid.row_number, found))
    return [GridNote(where, what, stops=True, kind="total", left="left_out", rows=rows)]


def footer_of(
    row: Sequence[Cell], number: int, read: Mapping[str, Guess], columns: Sequence[Sequence[Cell]]
) -> tuple[tuple[str, ...], GridNote]:
    """Return the cells of a last row of totals as ``control: {footer: …}`` describes them, and what is reported.

    No cell holds a number of today's: each is the number of rows, or what a column adds up to. Where one is neither
    (a count of a word, a share), next week's row would be another one, so no cells are returned: it is left out.

    Args:
        row: Its cells.
        number: Its number in the file.
        read: The columns that are read.
        columns: Cells of every column, without that row.
    """
    where = f"row {number}"
    by_index = {guess.index: (name, guess) for name, guess in read.items()}
    cells = [_text(cell) for cell in row]
    while cells and cells[-1] == "":
        cells.pop()
    others = [cell for cell in cells if cell and not is_total(cell, last=True)]
    if not all(_NUMBER.fullmatch(cell) or _COUNTED.fullmatch(cell) for cell in others):
        message = "looks like a row of totals, not of data; delete it, or describe it by control: {footer: [...]}"
        return (), GridNote(where, message, stops=True, kind="total", left="left_out", rows=(number,))
    described = []
    for index, cell in enumerate(cells):
        name, guess = by_index.get(index, ("", None))
        described.append(_lasting(cell, name, guess, columns[index]))
    if any(cell is None or "\n" in cell for cell in described):
        message = (
            "looks like a row of totals, not of data; rows: {total: left_out} leaves it out, since its numbers are "
            "neither the number of rows nor what a column adds up to, and change from one export to the next. If "
            "something can prove that the file is whole, say it by control:"
        )
        return (), GridNote(where, message, kind="total", left="left_out", rows=(number,))
    return tuple(cell or "" for cell in described), GridNote(
        where, "looks like a row of totals, not of data; control: {footer: …} says so, check it"
    )


def _lasting(cell: str, name: str, guess: Guess | None, column: Sequence[Cell]) -> str | None:
    """Return what a cell of the row says of any export: its words, ``{rows}`` or ``{column}``; None for nothing."""
    if not _DIGITS.search(cell):
        return None if cell.startswith("{") else cell
    if not _WHOLE.fullmatch(cell) or guess is None:
        return None
    if guess.settings == {"type": "integer"} or guess.settings == {"type": "integer", "optional": True}:
        added = sum(int(str(value).removesuffix(".0")) for value in column if value != "")
        return f"{{{name}}}" if added == int(cell) else None
    names_items = guess.settings["type"] in ("text", "id") and not guess.values and not guess.hidden
    return "{rows}" if names_items and int(cell) == guess.rows else None


def _text(cell: Cell) -> str:
    return format(cell, ".15g") if isinstance(cell, float) and not isinstance(cell, bool) else str(cell)
