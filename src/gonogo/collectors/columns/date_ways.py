"""The ways in which a column of days may be written, where its tool writes it as each person's settings say.

A column says which forms its tool has. Beside them are forms that anybody reads in one way: ISO 8601, a month in
words, the year first, days with points between. 5/4/2027 is none of them.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from typing import Final

from gonogo.collectors.columns.cells import shape_of
from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.columns.date_format import human, with_english_month

_DAYS: Final = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%d.%m.%Y",
    "%d %b %Y",
    "%d-%b-%Y",
    "%d/%b/%Y",
    "%d/%b/%y",
    "%d-%b-%y",
    "%d %B %Y",
    "%b %d, %Y",
    "%B %d, %Y",
)
_BETWEEN: Final = (" ", ", ", "T")
_CLOCKS: Final = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
_ZEROS: Final = str.maketrans("123456789", "0" * 9)

Moments = dict[str, datetime]
"""Cells of a column, each with its moment."""


class TwoWaysError(Exception):
    """Two forms of a column read its cells as different days; the text names both.

    Attributes:
        ways: The column in each of them.
    """

    def __init__(self, *ways: Column) -> None:
        super().__init__(" or ".join(_human(way) for way in ways))
        self.ways = ways


def declared_ways(column: Column) -> list[Column]:
    """Return the column once for each form that it says it has, its first one first."""
    return [_written(column, each) for each in dict.fromkeys([column.format, *column.also_formats])]


def one_way(column: Column, cells: Collection[str]) -> Column:
    """Return the column with the one form in which its cells are written.

    A cell that no form reads does not say how the others are written. Where no form reads all the others, it is the one
    that reads most, and the rest stay unread.

    Args:
        column: With ``also_formats``.
        cells: Its cells that say something.

    Raises:
        TwoWaysError: Two forms read them as different days.
    """
    declared = [*declared_ways(column), *_likely(_own_ways(column), cells)]
    fitting = [(way, read) for way in declared if len(read := _read(way, cells)) == len(cells)]
    if not fitting:
        found = [(way, _read(way, cells)) for way in [*declared, *_likely(_plain_ways(column), cells)]]
        readable = {cell for _, read in found for cell in read}
        fitting = [each for each in found if len(each[1]) == len(readable)]
        fitting = fitting or sorted(found, key=lambda each: -len(each[1]))
    way, read = fitting[0]
    for other, again in fitting[1:]:
        if any(read[cell] != moment for cell, moment in again.items() if cell in read):
            raise TwoWaysError(way, other)
    return way


def reads(column: Column, cells: Collection[str]) -> bool:
    """Return whether the column reads every one of these cells, all of them in one form."""
    try:
        return len(_read(one_way(column, cells), cells)) == len(cells)
    except TwoWaysError:
        return False


def _written(column: Column, form: str | None) -> Column:
    return column.model_copy(update={"format": form, "also_formats": ()})


def _own_ways(column: Column) -> Iterator[Column]:
    """Yield the column in its own forms with another clock, as a spreadsheet leaves them that saved them anew."""
    forms = [each for each in (column.format, *column.also_formats) if each is not None]
    days = dict.fromkeys(re.split("[T, ]+%[HI]", each)[0] for each in forms)
    if column.type is ColumnType.DATE or column.zone != "written":
        yield from (_written(column, each) for each in _with_clocks(days) if each not in forms)


def _plain_ways(column: Column) -> Iterator[Column]:
    """Yield the column in each form that anybody reads in one way."""
    yield _written(column, None)
    if column.type is ColumnType.INSTANT and column.zone != "written":
        yield _written(column, None).model_copy(update={"zone": "written"})
    if column.type is ColumnType.DATE or column.zone != "written":
        yield from (_written(column, each) for each in _with_clocks(_DAYS))


def _with_clocks(days: Iterable[str]) -> Iterator[str]:
    for day in days:
        yield day
        yield from (f"{day}{between}{clock}" for between in _BETWEEN for clock in _CLOCKS)


def _likely(ways: Iterable[Column], cells: Collection[str]) -> Iterator[Column]:
    """Yield the ways that are those of a cell, looking at one cell of each shape."""
    shapes = {cell.translate(_ZEROS): cell for cell in cells}.values()
    for way in ways:
        fits = re.compile(shape_of(way).pattern, re.ASCII).fullmatch
        if any(map(fits, shapes)):
            yield way


def _read(way: Column, cells: Collection[str]) -> Moments:
    """Return the cells that are written in one way and name a day, with their moments."""
    fits = re.compile(shape_of(way).pattern, re.ASCII).fullmatch
    found = {}
    for cell in cells:
        if fits(cell):
            try:
                found[cell] = _moment(way.format, cell)
            except ValueError:  # no such day
                continue
    return found


def _moment(form: str | None, cell: str) -> datetime:
    found = datetime.fromisoformat(cell) if form is None else datetime.strptime(with_english_month(cell), form)  # noqa: DTZ007
    if form is not None and "%a" in form and found.strftime("%a") not in cell:
        raise ValueError("another day of the week")
    return found.replace(tzinfo=UTC)


def _human(column: Column) -> str:
    return human(column.format) if column.format else "YYYY-MM-DD"
