"""The parts of each row that a measure is made of, as SQL over one table; the keys of rows that count against it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.column import Column, given_names
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.fact_measures import RowMeasure, ValueMeasure
from gonogo.collectors.table.facts import RowNeed
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.promised_facts import Planned
from gonogo.collectors.table.where import columns_of, condition_sql, operand_sql
from gonogo.collectors.table.where_scope import OperandKind, WhereScope
from gonogo.collectors.table.zone import to_utc
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import ParameterRef, walk
from gonogo.model.open_items import MAX_KEYS
from gonogo.plugin.spec import Job

if TYPE_CHECKING:
    import duckdb


def key_sql(columns: Sequence[str], per: str | None) -> str:
    """Return the SQL of what a row is called: the thing that it speaks for, else its key; empty for nothing."""
    if per is not None:
        return f"CAST({named(per)} AS VARCHAR)"
    if not columns:
        return ""
    return f"concat_ws(' / ', {', '.join(f'CAST({named(column)} AS VARCHAR)' for column in columns)})"


def keys_against(
    connection: duckdb.DuckDBPyConnection, query: str, against: str, group: object | None, *, ordered: bool
) -> tuple[tuple[str, ...], int]:
    """Return the first keys, in the order of the source, and how many more there are.

    Args:
        connection: The database.
        query: Gives ``holds``, ``grp``, ``key`` and ``place`` of each row or thing.
        against: SQL of those that count against the fact.
        group: Value of the grouping column that answers; None for all rows.
        ordered: Whether it gives them in the order of the source; things that rows speak for come in any.
    """
    where = against + (" AND CAST(grp AS VARCHAR) = $group" if group is not None else "")
    given = {} if group is None else {"group": str(group)}
    order = "" if ordered else "ORDER BY place "
    found = rows_of(connection, f"SELECT key FROM ({query}) WHERE {where} {order}LIMIT {MAX_KEYS + 1}", given)
    keys = tuple(str(key) for (key,) in found[:MAX_KEYS])
    if len(found) <= MAX_KEYS:
        return keys, 0
    total = rows_of(connection, f"SELECT count(*) FROM ({query}) WHERE {where}", given)
    return keys, total[0][0] - len(keys)


@dataclass(frozen=True, slots=True)
class Rows:
    """The five parts of each row, as SQL over the table."""

    among: str
    holds: str
    value: str
    group: str
    thing: str
    unknown: str
    key: str = ""

    def named_query(self, table: str, need: RowNeed | None) -> str:
        """Return the rows, or the things, that are among, each with its key and its place in the source."""
        rows = (
            f"SELECT {self.holds} AS holds, {self.group} AS grp, {self.key} AS key, rowid AS place "
            f"FROM {named(table)} WHERE {self.among}"
        )
        if need is None:
            return rows
        fold = "bool_and" if need is RowNeed.EVERY else "bool_or"
        return f"SELECT {fold}(holds) AS holds, grp, key, min(place) AS place FROM ({rows}) GROUP BY grp, key"

    def query(self, table: str, need: RowNeed | None) -> str:
        """Return the rows, or the things that they speak for, that are among."""
        rows = (
            f"SELECT {self.holds} AS holds, {self.value} AS value, {self.group} AS grp, {self.thing} AS thing "
            f"FROM {named(table)} WHERE {self.among}"
        )
        if need is None:
            return rows
        fold = "bool_and" if need is RowNeed.EVERY else "bool_or"
        return f"SELECT {fold}(holds) AS holds, NULL AS value, grp, thing FROM ({rows}) GROUP BY grp, thing"


def rows_parts(
    connection: duckdb.DuckDBPyConnection, planned: Planned, measure: RowMeasure, loaded: LoadedTable, job: Job
) -> Rows:
    """Return the parts of the rows of one fact."""
    fact, columns = planned.fact, loaded.table.columns
    scope = scope_of(connection, loaded, job)
    among, per, weigh = measure.among, measure.per, measure.weigh
    value = _value_sql(measure, scope) if isinstance(measure, ValueMeasure) else named(weigh) if weigh else "NULL"
    parts = Rows(
        among=condition_sql(among, scope) if among else "TRUE",
        holds=condition_sql(measure.where, scope) if measure.where else "TRUE",
        value=value,
        group=named(fact.by.column) if fact.by else "NULL",
        thing=named(per.column) if per else "NULL",
        unknown="",
    )
    may_be_blank = {name for name, column in columns.items() if column.may_be_blank} | {*loaded.spoilt}
    unknown = []
    if _may_be_unknown(loaded, among, may_be_blank):
        unknown.append(f"{parts.among} IS NULL")
    if _may_be_unknown(loaded, measure.where, may_be_blank):
        unknown.append(f"{parts.among} AND {parts.holds} IS NULL")
    if isinstance(measure, ValueMeasure) and may_be_blank.intersection(_names(measure.of, columns)):
        unknown.append(f"{parts.holds} AND {value} IS NULL")
    for column in (weigh, per.column if per else None, fact.by.column if fact.by else None):
        if column in may_be_blank:
            unknown.append(f"{parts.among} AND {named(column)} IS NULL")
    return Rows(
        parts.among,
        parts.holds,
        value,
        parts.group,
        parts.thing,
        " OR ".join(f"({part})" for part in unknown),
        key_sql(loaded.key, per.column if per else None),
    )


def scope_of(connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, job: Job) -> WhereScope:
    """Return what the names of an expression over a loaded table mean."""

    def start_of(column: str) -> str:
        return _start_of(connection, loaded.name, column, job.time_zone)

    return WhereScope(loaded.table.columns, job.now, job.go_live, loaded.as_of, start_of, tuple(loaded.spoilt))


def _value_sql(measure: ValueMeasure, scope: WhereScope) -> str:
    part = operand_sql(measure.of, scope)
    if part.kind is OperandKind.INSTANT:
        return f"make_timestamp({part.sql})"
    return f"abs({part.sql})" if measure.absolute else part.sql


def _names(of: str, columns: dict[str, Column]) -> tuple[str, ...]:
    return columns_of(f"({of}) == 0", columns)


def _may_be_unknown(loaded: LoadedTable, text: str | None, may_be_blank: Collection[str]) -> bool:
    """Return whether a condition may be unknown: by a blank cell, or because it asks whether a bad one is blank."""
    if text is None:
        return False
    columns, given = loaded.table.columns, given_names(loaded.table.columns)
    names = [node.name for node in walk(parse_requirement(text).tree) if isinstance(node, ParameterRef)]
    asked = {given[name] for name in names if name in given}
    return bool(asked & loaded.spoilt.keys()) or any(name in may_be_blank for name in columns_of(text, columns))


def _start_of(connection: duckdb.DuckDBPyConnection, table: str, column: str, time_zone: str) -> str:
    cell = named(column)
    first, last = row_of(
        connection, f"SELECT CAST(min({cell}) AS TIMESTAMP), CAST(max({cell}) AS TIMESTAMP) FROM {named(table)}"
    )
    micros = f"epoch_us(CAST({cell} AS TIMESTAMP))"
    return micros if first is None else to_utc(micros, first, last, time_zone)
