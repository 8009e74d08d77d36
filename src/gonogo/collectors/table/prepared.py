"""What every format is turned into before the database sees it: one scratch CSV without a header."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from gonogo.collectors.columns.cells import quoted
from gonogo.collectors.columns.typed import Mistakes
from gonogo.collectors.table.headings_found import Fold
from gonogo.collectors.table.outside import Outside
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.twin_columns import TwinCells
from gonogo.model.about_people import names_nobody
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal

MAX_COLUMNS: Final = 1000
CONTROL: Final = bytes(set(range(32)) - {9, 10, 13}) + b"\x7f"
"""Bytes that no text has; UTF-8 uses none of them inside a character."""


UNREAD: Final = " \ue000"
"""What a cell that cannot be written as its column expects begins with in the scratch file: no column takes it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scratch CSV in UTF-8: ``,`` between cells, ``"`` around them, line feeds, no header.

    Attributes:
        path: Of the scratch file.
        delimiter: Between cells.
        width: Cells in each row.
        positions: Column name to its 0-based cell.
        rows: Rows that must come out of it.
        first_row: Number, in the source, of the first row of data.
        row_word: What a row is called there: ``line``, ``row``, ``record``.
        place: Where a person finds the table: ``roster.csv``, ``raid.xlsx, sheet Log``.
        suspicious: Whether quotes were used, so that each line's shape is to be checked once more.
        footer: Cells of the footer row, where one is declared.
        stated_rows: Number of rows that the document itself states.
        as_of: When the content held, where the document says so.
        numbers: Number in the source of each row, where they do not follow one another.
        left_out: How many rows of each kind were left out, as the settings say.
        watched: Headings of columns that nobody reads and that may say what the rows are about, with their cell.
        beside: Columns that are kept after the watched ones to be compared, and what is compared.
        struck: Numbers of rows that are struck through and were not left out.
        strikes: Ranges that a conditional format strikes through where its rule holds.
        outside: Rows that are not counted and may be items.
        nested: Numbers of rows that a workbook sets in below the row above, by outline level or indent.
        settled: Settings of the table as this file has it; None where they left no room.
        absent: Columns that may be absent and are, with the sentence for facts that need them.
        fold: How repeated columns become one; None where none is read.
        letters: Column name to its letter in the file, where it has one.
        mistakes: Cells of another type than their column; None where every cell is text.
    """

    path: str
    delimiter: str
    width: int
    positions: Mapping[str, int]
    rows: int
    first_row: int
    row_word: str
    place: str
    suspicious: bool = False
    footer: Sequence[str] | None = None
    stated_rows: int | None = None
    as_of: datetime | None = None
    numbers: Sequence[int] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    watched: Sequence[tuple[str, int]] = ()
    beside: TwinCells = field(default_factory=TwinCells)
    struck: Sequence[int] = ()
    nested: Sequence[int] = ()
    strikes: Sequence[str] = ()
    outside: Sequence[Outside] = ()
    settled: Table | None = None
    absent: Mapping[str, str] = field(default_factory=dict)
    fold: Fold | None = None
    letters: Mapping[str, str] = field(default_factory=dict)
    mistakes: Mistakes | None = None

    @property
    def unread(self) -> Sequence[tuple[str, int]]:
        """Heading and cell of each column that is kept and not read, the watched ones first."""
        return (*self.watched, *self.beside.columns)

    def number(self, index: int) -> int:
        """Return the number, in the source, of the row with this 0-based index."""
        return self.numbers[index] if self.numbers else self.first_row + index

    def at(self, indexes: Iterable[int]) -> str:
        """Return the names of some rows by their 0-based indexes: ``lines 3, 17``."""
        numbers = [str(self.number(index)) for index in indexes]
        return f"{self.row_word}{'s' if len(numbers) > 1 else ''} {', '.join(numbers)}"


@dataclass(slots=True)
class Writer:
    """Writes the scratch CSV of formats whose cells Python reads: every cell quoted."""

    path: str
    rows: int = 0
    _batch: list[Sequence[str]] = field(default_factory=list)

    def add(self, cells: Sequence[str]) -> None:
        """Append one row."""
        self._batch.append(cells)
        self.rows += 1
        if len(self._batch) >= 20_000:
            self.flush()

    def extend(self, rows: Sequence[Sequence[str]]) -> None:
        """Append several rows."""
        self._batch.extend(rows)
        self.rows += len(rows)
        if len(self._batch) >= 20_000:
            self.flush()

    def flush(self) -> None:
        """Write what was added to the file."""
        try:
            with open(self.path, "a", encoding="utf-8", errors="strict", newline="") as stream:
                csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(self._batch)
        except UnicodeEncodeError as error:
            raise StructuralFault("a text has half of a surrogate pair, which is not a character") from error
        self._batch.clear()


def refuse_control(path: str, place: str) -> None:
    """Refuse a scratch file in which a control character came through.

    Raises:
        CollectorRefusal: There is one.
    """
    with open(path, "rb") as stream:
        while chunk := stream.read(1 << 20):
            check_control(chunk, place)


def check_control(chunk: bytes, place: str) -> None:
    """Refuse bytes that hold a control character other than tab and line ends.

    Raises:
        CollectorRefusal: There is one.
    """
    if len(chunk.translate(None, CONTROL)) != len(chunk):
        raise StructuralFault(f"{place} contains a NUL or another control character; it is not text")


def match_headings(table: Table, headings: Sequence[str], place: str) -> dict[str, int]:
    """Return the position of each declared column, when the header is exactly what the settings say.

    The header must hold every declared heading once and in order, every ignored one, and nothing else. A column that
    nobody reads may come anywhere and several times, and its heading be written with other blanks.

    Raises:
        CollectorRefusal: It differs; headings are named, because a header is not data, unless none is as declared.
    """
    wanted = [column.header or name for name, column in table.columns.items()]
    spelled = {_blanks(heading): heading for heading in table.ignore if heading not in wanted}
    found = [heading if heading in wanted else spelled.get(_blanks(heading), heading) for heading in headings]
    twice = sorted({heading for heading in wanted if found.count(heading) > 1})
    if twice:
        raise StructuralFault(
            f"{place}: the header has {_some(twice)} twice, and nobody can tell which of the columns is meant"
        )
    lacking = [heading for heading in dict.fromkeys([*wanted, *table.ignore]) if heading not in found]
    beyond = [heading for heading in found if heading not in wanted and heading not in table.ignore]
    if beyond and not set(wanted) & set(found) and not _nearest(lacking, beyond):
        # Without one heading that is known it may be a row of data, with somebody's name in it.
        raise StructuralFault(
            f"{place}: the header lacks {_some(lacking)}; row {table.header_row} has none of the headings that the "
            "settings name and may be data, so it is not repeated here (header_row says where the header is)"
        )
    if lacking or beyond:
        parts = [f"lacks {_some(lacking)}"] if lacking else []
        parts += [f"has {_some(beyond)}, which the settings neither read nor ignore"] if beyond else []
        # A heading that nobody expects may be a cell: of personal data it is told only if no word of it names anybody.
        plain = [heading for heading in beyond if names_nobody(heading)]
        where = ", ".join(str(found.index(heading) + 1) for heading in beyond[:5] if heading not in plain)
        public = parts[:1] if lacking else []
        public += [f"has {_some(plain)}, which the settings neither read nor ignore"] if plain else []
        public += [f"has something in column {where} that the settings neither read nor ignore"] if where else []
        nearest = _nearest(lacking, beyond)
        raise CollectorRefusal(
            f"{place}: the header {' and '.join(parts)}{nearest}",
            told=f"{place}: the header {' and '.join(public)}{nearest}",
        )
    order = list(dict.fromkeys(heading for heading in found if heading in wanted))
    pairs = zip(order, dict.fromkeys(wanted), strict=True)
    moved = next(
        (f"{_some([here])} comes where they say {_some([there])}" for here, there in pairs if here != there), ""
    )
    if moved:
        raise StructuralFault(f"{place}: the columns come in another order than the settings say: {moved}")
    return {name: found.index(column.header or name) for name, column in table.columns.items()}


def _blanks(heading: str) -> str:
    return " ".join(heading.split())


def _some(headings: Sequence[str]) -> str:
    shown = ", ".join(repr(re.sub(r"[^ -~]", "?", heading[:60])) for heading in headings[:5])
    return shown + (f" and {len(headings) - 5} more" if len(headings) > 5 else "")


def _nearest(lacking: Sequence[str], beyond: Sequence[str]) -> str:
    loose = {" ".join(heading.replace("\ufeff", "").split()).casefold() for heading in beyond}
    if any(" ".join(heading.split()).casefold() in loose for heading in lacking):
        return "; they differ only in blanks or capitals"
    return ""


def scratch_reader(source: Prepared, columns: str, delimiter: str, quote: str) -> str:
    """Return SQL that reads a scratch file, with the columns as SQL declares them."""
    return (
        f"read_csv({quoted(source.path)}, columns = {{{columns}}}, auto_detect = false, header = false, "
        f"delim = {quoted(delimiter)}, quote = {quoted(quote)}, escape = {quoted(quote)}, strict_mode = true, "
        "null_padding = false, ignore_errors = false, new_line = '\\n', encoding = 'utf-8')"
    )


def scratch_file(folder: str, name: str) -> str:
    """Return the path of a scratch file that is not there yet."""
    return os.path.join(folder, f"table-{name}.csv")
