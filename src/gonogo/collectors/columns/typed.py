"""Cells that already have a type, from a workbook or a JSON document, written as the text their column expects.

Nothing is converted between types: a number is not an identifier, a text is not a number, a serial number is not a
date. What is wrong is remembered by position, never by value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from typing import Final

from gonogo.collectors.columns.column import Column, ColumnType

SHOWN: Final = 3
"""Positions that a sentence names."""

SIGNIFICANT: Final = 15
"""Digits of a workbook's number that count, as the spreadsheet itself has it; beyond them is binary noise."""
_WHOLE: Final = re.compile(r"-?[0-9]{1,15}", re.ASCII)


class TypedNumber(str):
    """A number of a JSON document, as it is written."""

    __slots__ = ()


class UnfitValue(Exception):
    """A cell is of another type than its column; the text says what was found, never its value."""


@dataclass(slots=True)
class Mistakes:
    """Cells that are of the wrong type: what was found and where, by column and kind of mistake.

    Attributes:
        rows: Column to the indexes, in the scratch file, of the rows in which its cell is wrong.
    """

    rows: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    _told: dict[tuple[str, str], str] = field(default_factory=dict)
    _counts: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    _first: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, column: str, what: str, position: str, row: int, told: str = "") -> None:
        """Remember one mistake, such as ``has true or false`` or ``holds an error value``.

        Args:
            column: Name of the column.
            what: What is wrong.
            position: Where.
            row: Index of the row in the scratch file.
            told: The same without names of other sheets, where it has some.
        """
        key = (column, what)
        self._told[key] = told or what
        self.rows[column].add(row)
        self._counts[key] += 1
        if len(self._first[key]) < SHOWN:
            self._first[key].append(position)

    def of(self, column: str) -> list[tuple[str, str]]:
        """Return what is wrong with the cells of a column, and where: ``has true or false in B3``; each as told too."""
        found = []
        for key, count in self._counts.items():
            if key[0] == column:
                where = first_few(self._first[key], count)
                found.append((_placed(key[1], where), _placed(self._told[key], where)))
        return found


def _placed(what: str, where: str) -> str:
    return f"{what} in {where}" if what.startswith("has ") else f"in {where} {what}"


def first_few(positions: list[str], count: int) -> str:
    """Return some positions and how many there are in all: ``B3, B7 and 12 more``."""
    return ", ".join(positions) + (f" and {count - len(positions)} more" if count > len(positions) else "")


def from_workbook(value: object, column: Column) -> str:
    """Return the text of a workbook's cell: empty for a blank one.

    Raises:
        UnfitValue: The value is of another type.
    """
    if value == "" or value is None:
        return ""
    kind = column.type
    if isinstance(value, str):  # most cells are
        if (
            kind.numeric
            and not column.decimal
            and not column.symbol
            and not column.thousands
            and column.written != "sign"
        ):
            raise UnfitValue("text where a number is expected")
        dated = kind is ColumnType.DATE or kind is ColumnType.INSTANT
        if dated and column.format is None and not column.also_formats and not _iso(value):
            raise UnfitValue("text that is not a date (format the column as a date, or say format: how it is written)")
        return value.strip() if column.trimmed else value
    if isinstance(value, bool):
        if kind is not ColumnType.BOOLEAN:
            raise UnfitValue("true or false")
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        if not kind.numeric:
            raise UnfitValue("a number; format the column as text or as a date")
        return _number_text(value) if column.decimal is None else _number_text(value).replace(".", ",")
    if isinstance(value, (datetime, date)):
        return _moment_text(value, column)
    raise UnfitValue("a time without a date" if isinstance(value, time) else "a duration")


def column_from_workbook(values: Sequence[object], column: Column) -> list[str]:
    """Return what ``from_workbook`` returns of each cell of a column: where none is a number, equal ones are read once.

    Raises:
        UnfitValue: A value is of another type.
    """
    kinds = set(map(type, values))
    if kinds == {str} and not column.type.numeric and column.type not in (ColumnType.DATE, ColumnType.INSTANT):
        return [str(value).strip() if column.trimmed else str(value) for value in values]
    if kinds.isdisjoint((bool, int, float)):  # True equals 1, and 0 equals -0, which are other texts
        read = {value: from_workbook(value, column) for value in set(values)}
        return [read[value] for value in values]
    if column.type.numeric and column.decimal is None:
        if kinds == {float} and len(different := set(values)) < len(values) // 2:
            known = {value: _number_text(value) for value in different if value}  # type: ignore[arg-type]
            return [known[value] if value else _number_text(value) for value in values]  # type: ignore[arg-type]
        return [_number_text(value) if type(value) is float else from_workbook(value, column) for value in values]
    return [from_workbook(value, column) for value in values]


def from_json(value: object, column: Column, *, quoted_numbers: bool) -> str:
    """Return the text of a JSON value: empty for null.

    Raises:
        UnfitValue: The value is of another type.
    """
    kind = column.type
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        if kind is not ColumnType.BOOLEAN:
            raise UnfitValue("true or false")
        return "true" if value else "false"
    if isinstance(value, TypedNumber):
        if column.numbered and _WHOLE.fullmatch(value):
            return str(value)
        if not kind.numeric:
            raise UnfitValue("a number; the settings expect something else")
        return str(value)
    if isinstance(value, str):
        bare = kind.numeric
        if (
            bare
            and not quoted_numbers
            and not column.symbol
            and not column.thousands
            and not column.decimal
            and (column.written or "") != "sign"
        ):
            raise UnfitValue("a quoted text; say quoted_numbers: true if the source quotes everything")
        return value
    raise UnfitValue("a nested value; name the part that is meant, dotted, as its header")


def _number_text(value: float) -> str:
    text = format(value, f".{SIGNIFICANT}g")
    if "n" in text:  # nan, inf
        raise UnfitValue("a number that is not finite")
    return format(Decimal(text), "f") if "e" in text else text


def _moment_text(value: date, column: Column) -> str:
    if not 1900 <= value.year < 2200:
        raise UnfitValue("a date before 1900 or after 2199")
    if column.type is ColumnType.DATE:
        if isinstance(value, datetime) and value.time() != time.min:
            raise UnfitValue("a time of day; declare the column as an instant")
        return value.strftime(column.format or "%Y-%m-%d")
    if column.type is ColumnType.INSTANT:
        if column.zone == "written":
            raise UnfitValue("a time without an offset; state zone: local or UTC")
        moment = value if isinstance(value, datetime) else datetime.combine(value, time.min)
        return moment.strftime(column.format) if column.format else moment.isoformat(sep="T", timespec="microseconds")
    raise UnfitValue("a date; the settings expect something else")


def _iso(text: str) -> bool:
    return len(text) >= 10 and text[4] == "-" and text[7] == "-"
