"""Columns of days whose format differs from one file to the next: the one format that the cells have."""

from __future__ import annotations

import csv
from dataclasses import replace

from gonogo.collectors.columns.date_ways import TwoWaysError, one_way
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.spoilt import needed_by_all
from gonogo.model.refusal import StructuralFault


def with_formats(prepared: Prepared, table: Table, dated: str) -> Prepared:
    """Return a prepared table whose settings say one format for each column.

    Args:
        prepared: The table.
        table: Its settings, as they are written.
        dated: Column that says when the content held; empty for none.

    Raises:
        CollectorRefusal: Two formats read the cells of a column as different days, and nothing is known without it; of
            another column, the facts that need it are gaps.
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
    needed = needed_by_all(table, prepared.positions, dated)
    for name, column in asked.items():
        try:
            columns[name] = one_way(column, cells[name])
        except TwoWaysError as ways:
            sentence = (
                f"{prepared.place}: the cells of column {heading_of(table, name)!r} can be read as {ways}, which "
                "differ; say which in the row `days` of the binding workbook (format)"
            )
            if name in needed:
                raise StructuralFault(sentence) from ways
            absent[name] = sentence
            del columns[name]
    return replace(prepared, settled=table.model_copy(update={"columns": columns}), absent=absent)
