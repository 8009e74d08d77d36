"""A small table whose every cell is plainly as its column says, read without the database.

Starting one query costs the database about a millisecond, however few rows there are, and a table needs a dozen. So a
small file is read here first. What is read here is what the database would read: at the first sign of anything else
(a cell that does not fit, a letter beyond ASCII, a form of cells that is not listed) there is no small table, and the
database looks at the file from the beginning. A law in the tests compares both.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final

from gonogo.collectors.columns.cells import shape_of
from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.settings import Table

MOST_BYTES: Final = 2**17
"""Of a scratch file; a larger one is read by the database in less time."""
_PLAIN: Final = bytes([9, 10, *range(32, 127)])
_EDGES: Final = "\t\n\f\r "
"""Blanks that a text does not begin or end with, of ASCII."""
_ID: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")
_DAY: Final = re.compile("(?:19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}")
_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_EXACT: Final = (ColumnType.INTEGER, ColumnType.DECIMAL, ColumnType.MONEY)

Values = list[Any]
"""One value for each row; None for a blank cell. Texts, booleans, integers, decimals and dates."""


@dataclass(frozen=True, slots=True)
class SmallTable:
    """The values of a small table.

    Attributes:
        columns: Column to its values, in the order of the rows.
        watched: The same of each column that nobody reads and that is looked at.
        types: Column to what its cells hold.
    """

    columns: Mapping[str, Values]
    watched: Sequence[Values]
    types: Mapping[str, ColumnType]

    def texts(self, column: str) -> list[str | None]:
        """Return the values of a column as the database writes them."""
        kind, values = self.types[column], self.columns[column]
        if kind in _TEXTS:
            return values
        if kind is ColumnType.BOOLEAN:
            return [None if value is None else "true" if value else "false" for value in values]
        if kind not in (ColumnType.INTEGER, ColumnType.DATE):
            raise NotSmallError(column)
        return [None if value is None else str(value) for value in values]

    def span(self, column: str) -> tuple[Any, Any, int, int]:
        """Return the smallest and the largest value of a column, how many rows there are, and how many are filled."""
        values = self.columns[column]
        filled = [value for value in values if value is not None]
        return min(filled, default=None), max(filled, default=None), len(values), len(filled)


class NotSmallError(Exception):
    """The database has to say."""


def read_small(table: Table, source: Prepared, read: frozenset[str]) -> SmallTable:
    """Return the values of a prepared table.

    Args:
        table: Its settings.
        source: Where it was prepared.
        read: Columns that anything reads; blanks at the end of other texts are no fault.

    Raises:
        NotSmallError: It is not small, or not plain.
    """
    if table.subject or os.path.getsize(source.path) > MOST_BYTES:
        raise NotSmallError
    try:
        rows = _rows(source)
    except csv.Error as error:
        raise NotSmallError from error
    columns = {}
    for name, column in table.columns.items():
        cells = [row[source.positions[name]] for row in rows]
        if name not in read and column.type in _TEXTS and not column.allowed:
            cells = [cell.rstrip(" ") for cell in cells]
        columns[name] = _values(column, cells)
    watched = [[row[at].rstrip(" ") or None for row in rows] for _, at in source.unread]
    return SmallTable(columns, watched, {name: column.type for name, column in table.columns.items()})


def _rows(source: Prepared) -> list[list[str]]:
    with open(source.path, "rb") as stream:
        data = stream.read()
    if data.translate(None, _PLAIN) or not data.endswith(b"\n"):
        raise NotSmallError
    lines = data[:-1].decode("ascii").split("\n")
    if '"' in data.decode("ascii"):
        grammar = _grammar(source.delimiter, source.width)
        if not all(map(grammar.fullmatch, lines)):
            raise NotSmallError
        rows = list(csv.reader(lines, delimiter=source.delimiter, strict=True))
    else:
        rows = [line.split(source.delimiter) for line in lines]
    if len(rows) != source.rows or any(len(row) != source.width or not any(row) for row in rows):
        raise NotSmallError
    return rows


@cache
def _grammar(delimiter: str, width: int) -> re.Pattern[str]:
    """Return what a line is by RFC 4180: quotes around whole cells only."""
    mark = re.escape(delimiter)
    cell = f'(?:"(?:[^"]|"")*"|[^"{mark}]*)'
    return re.compile(f"(?:{cell}{mark}){{{width - 1}}}{cell}")


def _values(column: Column, cells: list[str]) -> Values:
    if column.blank is not None:
        if not column.blank.isascii():
            raise NotSmallError
        cells = [cell or column.blank for cell in cells]
    one = _reader(column)
    try:
        known = {cell: one(cell) if cell else None for cell in set(cells)}
    except (KeyError, ValueError) as error:
        raise NotSmallError from error
    if "" in known and not column.may_be_blank:
        raise NotSmallError
    return [known[cell] for cell in cells]


def _reader(column: Column) -> Callable[[str], Any]:
    """Return what reads one cell of a column, or raises."""
    kind = column.type
    if kind in _TEXTS:
        if isinstance(column.allowed, tuple) and column.allowed:
            return {text: text for text in column.allowed}.__getitem__
        return _id if kind is ColumnType.ID else _text
    if kind is ColumnType.BOOLEAN:
        return {**dict.fromkeys(column.no_words, False), **dict.fromkeys(column.yes_words, True)}.__getitem__
    if kind is ColumnType.DATE and column.format is None:
        return _date
    if kind in _EXACT and not (column.decimal or column.thousands or column.symbol):
        return _number(shape_of(column).pattern, column.decimals > 0)
    raise NotSmallError


def _id(cell: str) -> str:
    if not _ID.fullmatch(cell):
        raise NotSmallError
    return cell


def _text(cell: str) -> str:
    if cell[0] in _EDGES or cell[-1] in _EDGES:
        raise NotSmallError
    return cell


def _date(cell: str) -> date:
    if not _DAY.fullmatch(cell):
        raise NotSmallError
    return date.fromisoformat(cell)


@cache
def _number(pattern: str, decimals: bool) -> Callable[[str], int | Decimal]:
    fits = re.compile(pattern, re.ASCII).fullmatch
    value: Callable[[str], int | Decimal] = Decimal if decimals else int

    def one(cell: str) -> int | Decimal:
        if not fits(cell):
            raise NotSmallError
        return value(cell)

    return one
