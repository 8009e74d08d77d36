"""Rows that are no items: headings that stand again, titles of groups, totals. They are never values."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Final

from gonogo.collectors.rows.outline import adds_up
from gonogo.collectors.rows.spoiled import IMPORT_ID
from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.csv_dialect import header_index
from gonogo.first_week.prose import SHOWN, ascii_words, counted, positions, word_set
from gonogo.first_week.sample_grid import Grid, GridNote

_SAYS_TOTAL: Final = re.compile("(?i)(?:grand |sub-?)?totals?:?")
_IMPORT_ID: Final = re.compile(IMPORT_ID)
_UNIT: Final = re.compile(
    r"""(?ix) [(\[] [^)\]]{1,30} [)\]] | [%$€£] | usd | eur | gbp | hours? | hrs? | h | days? | d | weeks? | months?
    | minutes? | min | mins | seconds? | sec | s | ms | kb | mb | gb | count | number | text | string | date | datetime
    | integer | int | decimal | float | boolean | bool | (?:d|m|y|h|s|t|[-/.: ])*(?:dd|mm|yy|hh)(?:d|m|y|h|s|t|[-/.: ])*
    | response | open-ended[ ]response | please[ ]specify | other[ ]\(please[ ]specify\)"""
)
"""A cell of a row below the headings that says in what the columns are written, or which part of a question each is."""
_PART: Final = re.compile("(?i)(?:open-ended )?response|(?:other )?\\(?please specify\\)?")
_AHEAD: Final = 50
_FEWEST: Final = 3
_PAIR: Final = 2
_SUMS: Final = word_set(
    """
    total totals sum sums count number average avg mean rate share percent percentage pct score ratio overall summary
    quote summe anzahl gesamt taux moyenne nombre tasa media promedio suma numero
    """
)
"""Words of the first text of a row that says something of all others."""
_FIGURE: Final = re.compile(r"[$€£]?[0-9][0-9.,]*(?: ?%| ?(?:/|of|out of) ?[0-9][0-9.,]*)?", re.ASCII)
Columns = Sequence[Sequence[Cell]]


@dataclass(slots=True)
class Odd:
    """Rows of other kinds, by their 0-based indexes.

    Attributes:
        headings: The headings are repeated.
        groups: One cell alone is filled, as in the title of a group.
        footer: The last row, if its first text says Total; -1 for none.
        closing: The last row, if it sums up the others in other words, such as ``Pass rate``; -1 for none.
        apart: Whether a blank row stands above each of ``groups``; right below an item it could be one itself.
    """

    headings: list[int] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    footer: int = -1
    closing: int = -1
    apart: bool = True

    @property
    def all(self) -> set[int]:
        """Every row that is no item."""
        last = (each for each in (self.footer, self.closing) if each >= 0)
        return {*self.headings, *self.groups, *last}


def odd_rows(grid: Grid, columns: Columns, distinct: Sequence[Collection[Cell]]) -> Odd:
    """Return the rows of a table that are no items. Every row is looked at.

    Args:
        grid: The table.
        columns: Cells of every column.
        distinct: Their different values.
    """
    found = Odd()
    if not grid.rows:
        return found
    found.headings = sorted(_again(grid, columns, distinct))
    found.groups = _titles(grid, distinct, set(found.headings))
    found.apart = all(not at or grid.row_number(at) - grid.row_number(at - 1) > 1 for at in found.groups)
    last = len(grid.rows) - 1
    if (
        last > 0
        and last not in found.headings
        and is_total(next((c for c in grid.rows[last] if c != ""), ""), last=True)
    ):
        found.footer = last
        found.groups = [index for index in found.groups if index != last]
    elif last not in found.all and _sums_up(grid.rows[last], columns):
        found.closing = last
    return found


def _sums_up(row: Sequence[Cell], columns: Columns) -> bool:
    """Whether a last row says something of all others: figures, and blanks where all others are filled.

    A word such as *rate* stands before the figures, or each of them stands where all others have words: how many said
    yes. It is only proposed to be none of the items: a person says so.
    """
    filled = [(index, cell) for index, cell in enumerate(row) if cell != ""]
    if len(columns[0]) <= _FEWEST or not filled:
        return False
    worded = isinstance(filled[0][1], str) and bool(_SUMS & set(ascii_words(filled[0][1])))
    figures = filled[1:] if worded else filled
    if not figures or not all(_is_figure(cell) for _, cell in figures):
        return False
    if not worded and any(any(cell != "" and _is_figure(cell) for cell in columns[at][:-1]) for at, _ in figures):
        return False
    full = [index for index, cells in enumerate(columns) if "" not in cells[:-1]]
    return 2 * sum(row[index] == "" for index in full) >= len(full) > 0


def _is_figure(cell: Cell) -> bool:
    return not isinstance(cell, str) or _FIGURE.fullmatch(cell.strip()) is not None


def is_total(cell: Cell, *, last: bool = False) -> bool:
    """Whether a cell is that of a row that adds up others or, ``last``, closes the table, as the collector has it."""
    return isinstance(cell, str) and adds_up(cell.strip(), last=last)


def is_total_word(cell: Cell) -> bool:
    """Whether a cell says Total and nothing else."""
    return isinstance(cell, str) and _SAYS_TOTAL.fullmatch(cell.strip()) is not None


def _again(grid: Grid, columns: Columns, distinct: Sequence[Collection[Cell]]) -> Iterator[int]:
    """Yield the rows in which nothing stands but headings, two at least, each in its own column."""
    seen: set[int] = set()
    for heading, cells, values in zip(grid.headings, columns, distinct, strict=True):
        if heading and heading in values:
            seen.update(index for index, cell in enumerate(cells) if cell == heading)
    least = min(2, sum(heading != "" for heading in grid.headings))
    for index in seen:
        filled = [(cell, heading) for cell, heading in zip(grid.rows[index], grid.headings, strict=True) if cell != ""]
        if len(filled) >= least and all(cell == heading for cell, heading in filled):
            yield index


def _titles(grid: Grid, distinct: Sequence[Collection[Cell]], headings: set[int]) -> list[int]:
    """Return the rows with one filled cell, where the other rows have more."""
    width = len(distinct)
    gaps = [values for values in distinct if "" in values]
    if width < 3 or len(gaps) < width - 1:
        return []
    found = []
    for index, row in enumerate(grid.rows):
        if index not in headings and row.count("") == width - 1:
            found.append(index)
    return found if 2 * len(found) < len(grid.rows) - len(headings) else []


def without(cells: Sequence[Cell], left: set[int]) -> Sequence[Cell]:
    """Return the cells of a column without those of some rows."""
    if not left:
        return cells
    return list(compress(cells, (index not in left for index in range(len(cells)))))


def row_notes(grid: Grid, odd: Odd) -> list[GridNote]:
    """Return what is reported about rows of other kinds."""
    if not grid.rows:
        return [GridNote("", "no row below the header; an empty table proves nothing", stops=True)]
    notes = []
    if grid.struck:
        where = "row " + positions([str(row) for row in grid.struck[:SHOWN]], len(grid.struck))
        what = "struck through; say rows: {struck: left_out}, or rows: {struck: counts} if such rows are items"
        notes.append(GridNote(where, what, stops=True, kind="struck", left="left_out", rows=tuple(grid.struck)))
    if odd.headings:
        what = "the header is repeated there; rows: {repeated_heading: left_out} says that it is not an item"
        notes.append(GridNote(_rows(grid, odd.headings), what))
    if odd.groups:
        what = (
            f"{counted(len(odd.groups), 'row')} with one cell alone, like the title of a group; say "
            "rows: {group_title: left_out} if such a row is not an item, or rows: {group_title: counts} if it is one"
        )
        left = "above_headings" if odd.headings and odd.apart else "left_out"
        rows = tuple(map(grid.row_number, odd.groups))
        notes.append(GridNote(_rows(grid, odd.groups), what, stops=True, kind="group_title", left=left, rows=rows))
    fields = [index for index, row in enumerate(grid.rows[:_AHEAD]) if any(map(_names_field, row))]
    if fields:
        what = (
            "names of the export's fields, below the texts of the questions: neither is an answer; delete both "
            "rows, or leave them out by rows: {repeated_heading: {column: ..., values: [...]}}"
        )
        notes.append(GridNote(_rows(grid, fields), what, stops=True))
    if not odd.headings and _second_header(grid):
        what = (
            "reads like a second header (units, kinds of answers, or texts where the rows below hold numbers or "
            "dates): it is not an item; delete it, or leave it out by rows: {repeated_heading: {column: ..., values: "
            "[...]}}"
        )
        notes.append(GridNote(f"row {grid.row_number(0)}", what, stops=True))
    return notes


def _names_field(cell: Cell) -> bool:
    return isinstance(cell, str) and _IMPORT_ID.fullmatch(cell) is not None


def _rows(grid: Grid, indexes: Sequence[int]) -> str:
    return "row " + positions([str(grid.row_number(index)) for index in indexes[:SHOWN]], len(indexes))


def _second_header(grid: Grid) -> bool:
    """Whether the first row of data names units or kinds of answers, or is all text above numbers or dates alone."""
    below = grid.rows[1 : _AHEAD + 1]
    filled = [cell for cell in grid.rows[0] if cell != ""]
    units = sum(isinstance(cell, str) and _UNIT.fullmatch(cell.strip()) is not None for cell in filled)
    if below and units and 2 * units >= len(filled) and not any(cell in column for cell, column in _repeated(grid)):
        return True
    if below and _names_parts(grid):
        return True
    if len(below) < 2 or len(filled) < 2 or not all(isinstance(cell, str) for cell in filled):
        return False
    if header_index([list(grid.rows[0]), *below]) != 0:
        return False
    return any(
        cell != ""
        and not _bare(cell)
        and all(_bare(row[index]) for row in below if row[index] != "")
        and any(row[index] != "" for row in below)
        for index, cell in enumerate(grid.rows[0])
    )


def _names_parts(grid: Grid) -> bool:
    """Whether the first row names the parts of questions, as survey tools write them below the questions.

    It names nobody who answered: its first cell is blank, where every other row has one.
    """
    first = grid.rows[0]
    if first[0] != "" or any(row[0] == "" for row in grid.rows[1 : _AHEAD + 1]):
        return False
    parts = [(cell, heading) for cell, heading in zip(first, grid.headings, strict=True) if cell != ""]
    numbered = any(isinstance(cell, str) and _PART.fullmatch(cell.strip()) for cell, _ in parts)
    return bool(parts) and (numbered or any(not heading for _, heading in parts))


def _repeated(grid: Grid) -> Iterator[tuple[Cell, Sequence[Cell]]]:
    """Yield each cell of the first row that is filled, with what stands below it."""
    for index, cell in enumerate(grid.rows[0]):
        if cell != "":
            yield cell, [row[index] for row in grid.rows[1:]]


def _bare(cell: Cell) -> bool:
    """Whether a cell is a number or a date, whatever type it has."""
    return not isinstance(cell, str) or (any(mark.isdigit() for mark in cell[:3]) and not cell[:1].isalpha())
