"""One SELECT of an analyst: inspected, run, and its one row taken as the answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from gonogo.collectors.table.inspection import Inspected, inspect
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.measure import exact_counts, fact_value
from gonogo.collectors.table.promised_facts import Planned
from gonogo.collectors.table.query_blanks import refuse_blanks
from gonogo.collectors.table.query_constant import refuse_constant
from gonogo.collectors.table.query_nothing import why_nothing
from gonogo.model.evidence import GapReason
from gonogo.model.fact import FactType
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Answer, Job

if TYPE_CHECKING:
    import duckdb


def answer_sql(
    connection: duckdb.DuckDBPyConnection,
    planned: Planned,
    loaded: Mapping[str, LoadedTable],
    known: Collection[str],
    job: Job,
) -> Answer:
    """Run the query of one fact and return its answer, as old as the oldest table that it reads.

    ``$now`` and ``$go_live`` are timestamps in UTC, ``$today`` is the local date of ``$now``.

    Raises:
        CollectorRefusal: The query is more than one SELECT, does what no fact needs, reads other tables than it
            names, answers the same whatever they hold, reads cells that say nothing, or does not give one row with one
            usable value.
    """
    import duckdb

    query = planned.fact.sql or ""
    try:
        inspected = inspect(connection, query, planned.tables, known)
        refuse_constant(inspected.tree)
        refuse_blanks(connection, inspected.tree, {name: loaded[name] for name in planned.tables}, planned.local.name)
        values = {name: value for name, value in _moments(job).items() if name in inspected.parameters}
        cursor = connection.execute(query, values)
        names = [entry[0] for entry in cursor.description or []]
        rows = cursor.fetchmany(2)
        if len(rows) != 1 or any(value is None for value in rows[0]):
            _refuse_nothing(
                connection, planned, inspected, rows, {name: loaded[name] for name in planned.tables}, values
            )
    except duckdb.Error as error:
        raise StructuralFault(f"the query of {planned.local.name} failed: {_first_line(error)}") from error
    return _answer(planned, names, rows[0], loaded, job)


def _refuse_nothing(
    connection: duckdb.DuckDBPyConnection,
    planned: Planned,
    inspected: Inspected,
    rows: Sequence[tuple[Any, ...]],
    tables: Mapping[str, LoadedTable],
    moments: Mapping[str, Any],
) -> None:
    """Refuse an answer that is no row, several, or a row without a value.

    Raises:
        StructuralFault: Always; it says why there is no value.
    """
    name = planned.local.name
    if len(rows) > 1:
        raise StructuralFault(f"the query that the program wrote for {name} gives several rows, and one is expected")
    why = why_nothing(connection, inspected.tree, tables, moments, row=bool(rows))
    raise StructuralFault(f"{name} has no value: {why} (by the query that the program wrote)", GapReason.MISSING)


def _moments(job: Job) -> dict[str, Any]:
    zone = ZoneInfo(job.time_zone)
    utc = ZoneInfo("UTC")
    naive: dict[str, datetime] = {
        name: moment.astimezone(utc).replace(tzinfo=None)
        for name, moment in (("now", job.now), ("go_live", job.go_live))
    }
    return {**naive, "today": job.now.astimezone(zone).date()}


def _answer(
    planned: Planned, names: list[str], row: tuple[Any, ...], loaded: Mapping[str, LoadedTable], job: Job
) -> Answer:
    local = planned.local
    sources = [loaded[name] for name in planned.tables]
    as_of = min(entry.as_of for entry in sources)
    where = "; ".join(entry.place_words for entry in sources)
    if any(isinstance(value, float) for value in row):
        raise StructuralFault(
            f"the query of {local.name} gives a floating-point number; cast it to DECIMAL", GapReason.WRONG_TYPE
        )
    if local.type is FactType.RATIO and sorted(names) == ["part", "whole"]:
        values = dict(zip(names, row, strict=True))
        part, whole = exact_counts(values["part"], values["whole"])
        read = sum(entry.rows for entry in sources)
        answer = local.counted(part=part, whole=whole, as_of=as_of, where=where)
        return replace(answer, rows_read=read) if whole > read else answer
    if len(row) != 1:
        raise StructuralFault(
            f"the query of {local.name} gives {len(row)} columns; one is expected, or part and whole for a ratio",
            GapReason.WRONG_TYPE,
        )
    return local.value(fact_value(row[0], local.type, job.time_zone), as_of=as_of, where=where)


def _first_line(error: Exception) -> str:
    """Say what the database found without the words after it, which may hold values of cells."""
    kind = type(error).__name__.removesuffix("Exception")
    words = {
        "Parser": "it cannot be parsed",
        "Binder": "it names something that is not there, or mixes types",
        "Catalog": "it names something that is not there",
        "Conversion": "a value cannot be converted",
        "OutOfRange": "a number is out of range",
        "OutOfMemory": "it needs too much memory",
    }
    return f"{words.get(kind, 'the database refused it')} ({kind})"
