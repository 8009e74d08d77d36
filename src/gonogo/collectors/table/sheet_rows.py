"""Rows of a worksheet, written to the scratch CSV a block at a time: the cells of a column are mostly of one kind."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.typed import Mistakes, UnfitValue, column_from_workbook, from_workbook
from gonogo.collectors.table.believable import UNUSABLE
from gonogo.collectors.table.blank_words import says_nothing
from gonogo.collectors.table.headings_found import Picked
from gonogo.collectors.table.numbered_keys import cell_text, numbered_keys
from gonogo.collectors.table.prepared import UNREAD, Writer
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
        values = [cells[self.index] if self.index < len(cells) else "" for cells in rows]
        if not self.column.blank_words:
            return values
        return ["" if isinstance(each, str) and says_nothing(each, self.column) else each for each in values]

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
    faulty: Collection[tuple[int, int]] = (),
) -> Mistakes:
    """Write the rows of data that count, down to the last one; return the cells that are not as their column says.

    Args:
        sheet: The worksheet.
        sieve: Leaves out what is no item.
        watched: Heading and position of columns that nobody reads and that are looked at.
        last: The last row.
        writer: Of the scratch file.
        struck: Rows that are struck through.
        picked: Position of each column that holds one member of a list.
        faulty: Row and column, from 1, of cells without a usable value.

    Raises:
        CollectorRefusal: A blank row stands between them.
    """
    table = sieve.table
    mistakes = Mistakes()
    plan = [(name, table.columns[name], index) for name, index in sieve.positions.items()]
    sifted = sifts(table)
    numbers: Sequence[int] = range(table.header_row + 1, last + 1)
    if sifted:
        numbers = [row for row, _ in sieve.kept(lambda: _rows(sheet, table.header_row, last, faulty), struck)]
    keys = numbered_keys(plan, (sheet.rows[row - 1] for row in numbers if row <= len(sheet.rows)))
    columns = [SheetColumn(name, column, at, name in keys, picked.get(at)) for name, column, at in plan]
    for start in range(0, len(numbers), _BLOCK):
        kept = list(_filled(sheet, sieve, numbers[start : start + _BLOCK]))
        rows = [cells for _, cells in kept]
        if not sifted:
            sieve.numbers.extend(number for number, _ in kept)
        texts = _judged(sheet, columns, kept, mistakes, writer.rows, faulty)
        for _, index in watched:
            texts.append(cell_texts([cells[index] if index < len(cells) else "" for cells in rows]))
        writer.extend(list(zip(*texts, strict=True)))
    return mistakes


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
    sheet: Worksheet,
    columns: Sequence[SheetColumn],
    kept: Sequence[tuple[int, Sequence[Cell]]],
    mistakes: Mistakes,
    first: int,
    faulty: Collection[tuple[int, int]],
) -> list[list[str]]:
    """Return the texts of each column; cells that are not as it says are remembered in the order of the rows.

    ``first`` is the index of the first of these rows in the scratch file.
    """
    rows = [cells for _, cells in kept]
    found: list[tuple[int, int, int, str, str]] = []
    texts = []
    for order, each in enumerate(columns):
        values = each.values(rows)
        bad = [at for at, (row, _) in enumerate(kept) if (row, each.index + 1) in faulty] if faulty else []
        for at in bad:
            values[at] = ""
        try:
            written = each.texts(values)
        except UnfitValue:
            written = []
            for at, value in enumerate(values):
                try:
                    written.append(each.text(value))
                except UnfitValue as error:
                    found.append((kept[at][0], order, at, f"has {error}", ""))
                    written.append(f"{UNREAD}{value}")
        for at in bad:
            place = kept[at][0], each.index + 1
            why = sheet.fault(*place).removeprefix(f"{sheet.where(*place)} ")
            found.append((place[0], order, at, why, f"holds {UNUSABLE}"))
            written[at] = UNREAD
        texts.append(written)
    for number, order, at, what, told in sorted(found):
        mistakes.add(columns[order].name, what, cell_name(number, columns[order].index + 1), first + at, told)
    return texts


def _rows(sheet: Worksheet, header_row: int, last: int, faulty: Collection[tuple[int, int]]) -> Iterator[Row]:
    """Yield the texts of each row; a cell without a usable value says something that nobody knows."""
    bad: dict[int, list[int]] = {}
    for row, column in faulty:
        bad.setdefault(row, []).append(column)
    for row in range(header_row + 1, last + 1):
        texts = cell_texts(sheet.rows[row - 1] if row <= len(sheet.rows) else ())
        for column in bad.get(row, ()):
            texts += [""] * (column - len(texts))
            texts[column - 1] = UNREAD
        yield row, texts
