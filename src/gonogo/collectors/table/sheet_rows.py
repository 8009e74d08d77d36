"""Rows of a worksheet, written to the scratch CSV a block at a time: the cells of a column are mostly of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.typed import Mistakes, UnfitValue, column_from_workbook, from_workbook
from gonogo.collectors.table.headings_found import Picked
from gonogo.collectors.table.numbered_keys import cell_text, numbered_keys
from gonogo.collectors.table.prepared import Writer
from gonogo.collectors.table.sieve import BLANK_ROWS, Row, Sieve, allows_blank_rows, sifts
from gonogo.collectors.worksheet import Cell, Worksheet, cell_name
from gonogo.model.refusal import StructuralFault

_BLOCK: Final = 10_000
"""Rows that are read together."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column that is read.

    Attributes:
        name: As expressions call it.
        column: Its settings.
        index: Its position in the sheet, from 0.
        numbered: Whether it holds keys as numbers.
        picked: Which member of a list it is, where it is one.
    """

    name: str
    column: Column
    index: int
    numbered: bool
    picked: Picked | None

    def values(self, rows: Sequence[Sequence[Cell]]) -> list[Cell]:
        """Return its cells."""
        if self.picked is not None:
            return [self.picked.cell(cell_texts(cells)) for cells in rows]
        return [cells[self.index] if self.index < len(cells) else "" for cells in rows]

    def texts(self, values: Sequence[Cell]) -> list[str]:
        """Return the texts of its cells.

        Raises:
            UnfitValue: One is of another type.
        """
        if self.numbered:
            return [cell_text(value, self.column) for value in values]
        return column_from_workbook(values, self.column)

    def text(self, value: Cell) -> str:
        """Return the text of one cell.

        Raises:
            UnfitValue: It is of another type.
        """
        return cell_text(value, self.column) if self.numbered else from_workbook(value, self.column)


def cell_texts(cells: Sequence[Cell]) -> list[str]:
    """Return the texts of cells, as rules about rows compare them: a whole number without a point."""
    return [str(int(cell)) if type(cell) is float and cell.is_integer() else str(cell) for cell in cells]


def write_rows(
    sheet: Worksheet,
    sieve: Sieve,
    watched: Sequence[tuple[str, int]],
    last: int,
    writer: Writer,
    struck: frozenset[int],
    picked: Mapping[int, Picked],
) -> None:
    """Write the rows of data that count, down to the last one.

    Raises:
        CollectorRefusal: A blank row stands between them, or cells are of another type than their column.
    """
    table = sieve.table
    mistakes = Mistakes(str(sheet.where()))
    plan = [(name, table.columns[name], index) for name, index in sieve.positions.items()]
    sifted = sifts(table)
    numbers: Sequence[int] = range(table.header_row + 1, last + 1)
    if sifted:
        numbers = [row for row, _ in sieve.kept(lambda: _rows(sheet, table.header_row, last), struck)]
    keys = numbered_keys(plan, (sheet.rows[row - 1] for row in numbers if row <= len(sheet.rows)))
    columns = [SheetColumn(name, column, at, name in keys, picked.get(at)) for name, column, at in plan]
    for start in range(0, len(numbers), _BLOCK):
        kept = list(_filled(sheet, sieve, numbers[start : start + _BLOCK]))
        rows = [cells for _, cells in kept]
        if not sifted:
            sieve.numbers.extend(number for number, _ in kept)
        texts = _judged(columns, kept, mistakes)
        for _, index in watched:
            texts.append(cell_texts([cells[index] if index < len(cells) else "" for cells in rows]))
        writer.extend(list(zip(*texts, strict=True)))
    mistakes.refuse()


def _filled(sheet: Worksheet, sieve: Sieve, numbers: Sequence[int]) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Yield the rows that are not blank, with their numbers."""
    for row in numbers:
        cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
        if cells.count("") < len(cells):
            yield row, cells
        elif allows_blank_rows(sieve.table):
            sieve.left_out["blank"] += 1
        else:
            raise StructuralFault(f"{sheet.where()}: row {row} is blank{BLANK_ROWS}")


def _judged(
    columns: Sequence[SheetColumn], kept: Sequence[tuple[int, Sequence[Cell]]], mistakes: Mistakes
) -> list[list[str]]:
    """Return the texts of each column; cells of another type are remembered in the order of the rows."""
    rows = [cells for _, cells in kept]
    found: list[tuple[int, int, str]] = []
    texts = []
    for order, each in enumerate(columns):
        values = each.values(rows)
        try:
            texts.append(each.texts(values))
        except UnfitValue:
            texts.append(["?"] * len(values))
            for (number, _), value in zip(kept, values, strict=True):
                try:
                    each.text(value)
                except UnfitValue as error:
                    found.append((number, order, str(error)))
    for number, order, what in sorted(found):
        mistakes.add(columns[order].name, what, cell_name(number, columns[order].index + 1))
    return texts


def _rows(sheet: Worksheet, header_row: int, last: int) -> Iterator[Row]:
    for row in range(header_row + 1, last + 1):
        yield row, cell_texts(sheet.rows[row - 1] if row <= len(sheet.rows) else ())
