"""One table as a file holds it, before anybody says what its columns are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from gonogo.documents.xlsx.workbook import Cell, cell_name
from gonogo.first_week.prose import plain, positions


@dataclass(frozen=True, slots=True)
class GridNote:
    """Something that a person should look at.

    Attributes:
        where: Cells or lines: ``C17``, ``line 17, column 3``; empty for the whole table.
        sentence: What is there, never its value.
        stops: Whether the table collector refuses the file because of it, whatever the settings are.
        kind: What kind of rows it is about that may be no items, as ``rows:`` calls it; empty for anything else.
        left: The setting that leaves these rows out; None where none is known.
        rows: Numbers of such rows in the file.
    """

    where: str
    sentence: str
    stops: bool = False
    kind: str = ""
    left: Any = field(default=None, hash=False)
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


BLANK_ROW: Final = "a blank row between rows; delete it, or say blank_rows: allowed if the source always has some"


@dataclass(frozen=True, slots=True)
class SheetBeside:
    """Another sheet of the workbook with the same headings, or with some of them and no others.

    Attributes:
        name: Its name.
        headings: As headings are compared.
        items: How many rows below them hold anything.
    """

    name: str
    headings: frozenset[str]
    items: int


@dataclass(frozen=True)
class Grid:
    """Cells of one table.

    Attributes:
        place: Where a person finds it: ``roster.csv``, ``raid.xlsx, sheet Log``.
        headings: Of the columns.
        rows: Rows of data below the header, each as wide as the header.
        first_row: Number, in the file, of the first row of data.
        settings: Of the table, for its collector: delimiter, sheet, header_row.
        notes: What is odd about the file as a whole.
        typed: Whether cells have types of their own (workbooks) or are all text.
        lines: For text whose rows are not one line each: line of each row.
        shares: 0-based columns that a workbook shows as percentages.
        faults: (row, column), from 1, of cells that hold an error or a formula without a result.
        restless: (row, column), from 1, of cells whose value changes by itself or comes from another workbook.
        concealed: 0-based columns that a workbook hides.
        nested: Rows of the file that a workbook sets in below others.
        parents: Rows of the file right below which one is set in; nothing where nobody can tell.
        struck: Rows of the file that a workbook strikes through.
        records: Whether rows are the records of a JSON document, and columns their keys.
        sheets: How many sheets its workbook has, hidden ones included.
        beside: Those of them that go on where this one ends, or seem to.
        above: Of a text, what stands above its headings: the line, and its cells.
    """

    place: str
    headings: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    first_row: int
    settings: dict[str, Any]
    notes: tuple[GridNote, ...] = ()
    typed: bool = False
    lines: Sequence[int] = ()
    shares: frozenset[int] = frozenset()
    faults: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)
    restless: frozenset[tuple[int, int]] = field(default=frozenset(), repr=False)
    concealed: frozenset[int] = frozenset()
    nested: Sequence[int] = ()
    parents: Sequence[int] = ()
    struck: Sequence[int] = ()
    records: bool = False
    sheets: int = 1
    beside: tuple[SheetBeside, ...] = ()
    above: tuple[tuple[int, tuple[str, ...]], ...] = ()

    def row_number(self, index: int) -> int:
        """Return the number, in the file, of a row of data by its 0-based index."""
        return self.lines[index] if self.lines else self.first_row + index

    def place_of(self, index: int) -> str:
        """Return where a row of data is, by its 0-based index: ``row 12``, ``line 12``."""
        return f"{'record' if self.records else 'row' if self.typed else 'line'} {self.row_number(index)}"

    def at(self, index: int, column: int) -> str:
        """Return the place of a cell by the 0-based indexes of its row of data and its column."""
        row = self.row_number(index)
        if self.records:
            return f"record {row}, key {plain(self.headings[column], most=40)}"
        return cell_name(row, column + 1) if self.typed else f"line {row}, column {column + 1}"

    def cells(self, indexes: Sequence[int], column: int, count: int) -> str:
        """Return the places of some cells of a column, and how many there are in all."""
        return positions([self.at(index, column) for index in indexes], count)
