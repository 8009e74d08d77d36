"""Columns of days whose format differs from one file to the next: the one format that every cell has."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime

from gonogo.collectors.columns.cells import shape_of
from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.date_format import human, with_english_month
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.settings import Table
from gonogo.model.refusal import StructuralFault


def with_formats(prepared: Prepared, table: Table) -> Prepared:
    """Return a prepared table whose settings say one format for each column.

    Args:
        prepared: The table.
        table: Its settings, as they are written.

    Raises:
        CollectorRefusal: Two formats read the cells of a column that must be there as different days; of one that may
            be absent, the facts that need it are gaps.
    """
    table = prepared.settled or table
    asked = {name: column for name, column in table.columns.items() if column.also_formats}
    if not asked:
        return prepared
    cells: dict[str, set[str]] = {name: set() for name in asked}
    try:
        with open(prepared.path, encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream, delimiter=prepared.delimiter):
                for name, found in cells.items():
                    at = prepared.positions[name]
                    if at < len(row) and row[at]:
                        found.add(row[at])
    except csv.Error:
        return prepared  # what cannot be read is reported where it is read
    columns, absent = dict(table.columns), dict(prepared.absent)
    for name, column in asked.items():
        try:
            columns[name] = _with_format(name, column, cells[name], prepared.place)
        except StructuralFault as fault:
            if not column.may_be_absent:
                raise
            absent[name] = str(fault)
            del columns[name]
    return replace(prepared, settled=table.model_copy(update={"columns": columns}), absent=absent)


def _with_format(name: str, column: Column, cells: Iterable[str], place: str) -> Column:
    """Return the column with the format that every cell has; where none has, the first, so that it says what is odd."""
    ways = [column.model_copy(update={"format": each, "also_formats": ()}) for each in _formats(column)]
    fitting = [way for way in ways if all(map(re.compile(shape_of(way).pattern, re.ASCII).fullmatch, cells))]
    read = {}
    for way in fitting:
        try:
            read[way.format] = [_moment(way.format, cell) for cell in cells]
        except ValueError:  # no such day
            continue
    ways = [way for way in fitting if way.format in read] or fitting or ways
    first, *others = ways
    for other in others if cells else ():
        if read.get(first.format) != read.get(other.format):
            both, heading = f"{_human(first)} or {_human(other)}", column.header or name
            raise StructuralFault(
                f"{place}: the cells of column {heading!r} can be read as {both}, which differ; say which: format"
            )
    return first


def _formats(column: Column) -> list[str | None]:
    return list(dict.fromkeys([column.format, *column.also_formats]))


def _moment(form: str | None, cell: str) -> datetime:
    found = datetime.fromisoformat(cell) if form is None else datetime.strptime(with_english_month(cell), form)  # noqa: DTZ007
    return found.replace(tzinfo=UTC)


def _human(column: Column) -> str:
    return human(column.format) if column.format else "YYYY-MM-DD"
