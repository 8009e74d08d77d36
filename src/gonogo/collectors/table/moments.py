"""When the content of a table held: what the host knows, or what a cell, the document or a column says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.document_moment import day_start
from gonogo.collectors.table.database import row_of
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input

if TYPE_CHECKING:
    import duckdb


Span = Callable[[str], tuple[Any, Any, int, int]]
"""What gives the smallest and the largest value of a column, how many rows there are, and how many are filled."""


def span_in(connection: duckdb.DuckDBPyConnection, name: str) -> Span:
    """Return what asks the database about the columns of a table."""

    def span(column: str) -> tuple[Any, Any, int, int]:
        cell = named(column)
        first, last, rows, filled = row_of(
            connection, f"SELECT min({cell}), max({cell}), count(*), count({cell}) FROM {named(name)}"
        )
        return first, last, rows, filled

    return span


def held(span: Span, table: Table, source: Input, prepared: Prepared, time_zone: str) -> datetime:
    """Return when the content held, in UTC.

    Raises:
        CollectorRefusal: Nobody knows.
    """
    if source.as_of is not None:
        return source.as_of
    if source.rule.rule is AsOfRule.COLUMN:
        return _from_column(span, table, source, prepared, time_zone)
    if source.rule.rule is AsOfRule.DOCUMENT and prepared.as_of is None:
        raise StructuralFault(
            f"{source.file_name} does not say when its content held; state as_of in the binding by file_name, column, "
            "cell or at, or as_of_at for JSON",
            GapReason.MISSING,
        )
    if source.rule.rule is AsOfRule.CELL and prepared.as_of is None:
        raise StructuralFault(f"{source.file_name} has no cells beside its records, so none says when its content held")
    return source.held(prepared.as_of)


def _from_column(span: Span, table: Table, source: Input, prepared: Prepared, time_zone: str) -> datetime:
    rule_column = source.rule.column
    column = _column(table, rule_column)
    if column is None or table.columns[column].type not in (ColumnType.DATE, ColumnType.INSTANT):
        raise StructuralFault(
            f"{prepared.place}: as_of names {rule_column!r}, which is not a date or instant column of the settings"
        )
    heading = heading_of(table, column)
    first, last, count, filled = span(column)
    if last is None:
        raise StructuralFault(
            f"{prepared.place}: no row has a day in column {heading!r}, so nobody knows when the content held"
        )
    if not source.rule.latest and (first != last or filled != count):
        raise StructuralFault(
            f"{prepared.place}: the rows differ in column {heading!r}, so nobody knows when the content held; "
            "say pick: latest if the latest counts"
        )
    return to_instant(last, time_zone)


def dated_column(table: Table, source: Input) -> str:
    """Return the column that says when the content held, by each row or by the newest; empty for any other rule."""
    if source.as_of is not None or source.rule.rule is not AsOfRule.COLUMN:
        return ""
    return _column(table, source.rule.column) or ""


def dated_by(table: Table, source: Input) -> str:
    """Return the column that dates each row, where the newest row dates the table; empty for any other rule."""
    return dated_column(table, source) if source.rule.latest else ""


def _column(table: Table, name: str) -> str | None:
    return next((key for key, entry in table.columns.items() if name in (key, entry.header)), None)


def oldest(
    connection: duckdb.DuckDBPyConnection, name: str, column: str, among: str, as_of: datetime, time_zone: str
) -> datetime | None:
    """Return when the oldest row held that a fact asks about; None where it is as new as the table.

    Args:
        connection: To the database.
        name: Of the table.
        column: That dates each row; empty where none does.
        among: Which rows the fact asks about, as SQL.
        as_of: When the newest row held.
        time_zone: Of the program.
    """
    if not column:
        return None
    (first,) = row_of(connection, f"SELECT min({named(column)}) FROM {named(name)} WHERE {among}")
    moment = None if first is None else to_instant(first, time_zone)
    return moment if moment is not None and moment < as_of else None


def to_instant(value: date, time_zone: str) -> datetime:
    """Return a value of the database as an instant: a timestamp is in UTC, a day means its first local moment."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=UTC)
    return day_start(value, time_zone)
