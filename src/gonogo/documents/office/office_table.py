"""One table of a presentation or a Word document, as its cells: values only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.model.refusal import StructuralFault

MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 60
_UNSEEN: Final = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_QUOTES: Final = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})


@dataclass(frozen=True, slots=True)
class OfficeCell:
    """One cell.

    Attributes:
        lines: Its paragraphs that hold anything, blanks evened out.
        merged: Whether it is part of merged cells.
        struck: Whether any of its text is struck through.
    """

    lines: tuple[str, ...] = ()
    merged: bool = False
    struck: bool = False

    @property
    def text(self) -> str:
        """All lines as one."""
        return " ".join(self.lines)

    @property
    def key(self) -> str:
        """The text as headings are compared: plain quotes, lower case."""
        return self.text.translate(_QUOTES).casefold().rstrip(" .*:")


@dataclass(frozen=True, slots=True)
class OfficeTable:
    """One table.

    Attributes:
        place: File and slide, for sentences.
        rows: Its rows, each with as many cells as the table has columns.
        fault: Why it cannot be used, where two people may see two tables in it; empty for a sound one.
    """

    place: str
    rows: tuple[tuple[OfficeCell, ...], ...]
    fault: str = ""

    def where(self, row: int) -> str:
        """Return the place of a row, counted from 0 here and from 1 for people."""
        return f"{self.place}, row {row + 1} of the table"


def cell_of(paragraphs: Iterable[str], *, merged: bool = False, struck: bool = False) -> OfficeCell:
    """Return a cell of the texts of its paragraphs; a line break in a paragraph begins another line."""
    lines = (
        " ".join(_UNSEEN.sub("", line).split()) for paragraph in paragraphs for line in re.split("[\n\v]", paragraph)
    )
    return OfficeCell(tuple(line for line in lines if line), merged, struck)


def table_of(place: str, rows: Sequence[Sequence[OfficeCell]], fault: str) -> OfficeTable:
    """Return a table of its rows.

    Raises:
        StructuralFault: It is larger than any that a person writes.
    """
    if len(rows) > MOST_ROWS or any(len(row) > MOST_COLUMNS for row in rows):
        raise StructuralFault(f"{place} holds a table of more than {MOST_ROWS} rows or {MOST_COLUMNS} columns")
    uneven = next((number for number, row in enumerate(rows, 1) if len(row) != len(rows[0])), 0)
    if uneven and not fault:
        fault = f"row {uneven} of the table has another number of cells than the first one"
    return OfficeTable(place, tuple(map(tuple, rows)), fault)
