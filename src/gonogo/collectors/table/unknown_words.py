"""A word of which nobody has said what it means: a status of another language, or one that an office has added.

A column with ``known`` takes any word and knows some. A row with another one is unknown wherever a condition asks about
the column, as with a blank cell: taken as open it would make a number that is not true, and taken as done a better one.
Where the row counts, or does not, whatever the word means, it stops nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.column import Column
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.table.absent import words_of
from gonogo.collectors.table.database import rows_of
from gonogo.collectors.table.fact_measures import RowMeasure
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.parts import Rows, scope_of
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.where import condition_sql
from gonogo.language.expression import parse_requirement
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal, Job

if TYPE_CHECKING:
    import duckdb

_LISTED: Final = 4
_LONGEST: Final = 40


def unknown_in(texts: Iterable[object], column: Column) -> tuple[str, ...]:
    """Return the words of a column of which the settings do not say what they mean, in order; blank cells are none."""
    if not column.known:
        return ()
    return tuple(sorted({str(text) for text in texts if text is not None} - {*column.known, column.blank}))


def asked_columns(measure: RowMeasure, columns: Mapping[str, Column]) -> tuple[str, ...]:
    """Return the columns with ``known`` words that the conditions of a measure compare with words."""
    texts = [text for text in (measure.among, measure.where) if text]
    asked = [column for text in texts for column, _, _ in words_of(parse_requirement(text).tree, asked=True)]
    return tuple(dict.fromkeys(column for column in asked if columns[column].known))


def refuse_unknown_words(
    connection: duckdb.DuckDBPyConnection, measure: RowMeasure, loaded: LoadedTable, rows: Rows, job: Job
) -> None:
    """Refuse a fact about a row for which it depends on what a word means, of which nobody has said it.

    Raises:
        CollectorRefusal: There is such a row; rows are named, the words, and the column.
    """
    unknown = {name: _unknown(connection, loaded, name) for name in asked_columns(measure, loaded.table.columns)}
    unknown = {name: words for name, words in unknown.items() if words}
    if not unknown:
        return
    scope = replace(scope_of(connection, loaded, job), no_answers=unknown)
    open_rows = []
    if measure.among:
        open_rows.append(f"({condition_sql(measure.among, scope)}) IS NULL")
    if measure.where:
        open_rows.append(f"{rows.among} AND ({condition_sql(measure.where, scope)}) IS NULL")
    where = " OR ".join(f"({each})" for each in open_rows)
    for name, words in unknown.items():
        _refuse_rows(connection, loaded, name, words, f"({where}) AND {named(name)} IS NOT NULL")


def refuse_unknown(connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, column: str) -> None:
    """Refuse a query that reads a column in which a word stands of which nobody has said what it means.

    Raises:
        CollectorRefusal: There is one.
    """
    words = _unknown(connection, loaded, column)
    if words:
        _refuse_rows(connection, loaded, column, words, "TRUE")


def _refuse_rows(
    connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, column: str, words: Collection[str], where: str
) -> None:
    cell = named(column)
    found = rows_of(
        connection,
        f"SELECT rowid, {cell}, count(*) OVER () FROM {named(loaded.name)} "
        f"WHERE ({where}) AND list_contains($words, {cell}) ORDER BY rowid",
        {"words": list(words)},
    )
    if not found:
        return
    source = loaded.source
    shown = first_few([str(source.number(row)) for row, _, _ in found[:SHOWN]], found[0][2])
    said = list(dict.fromkeys(word for _, word, _ in found))
    listed = " or ".join(repr(word[:_LONGEST]) for word in said[:_LISTED])
    more = f" or {len(said) - _LISTED} other words" if len(said) > _LISTED else ""
    start, end = (
        f"{source.place}: nobody has said what",
        f"means in column {heading_of(loaded.table, column)!r} ({source.row_word} {shown})",
    )
    settle = "say it under answers: of the profile, or under known: of the column"
    raise CollectorRefusal(
        f"{start} {listed}{more} {end}; {settle}", GapReason.MISSING, f"{start} a word {end}; {settle}"
    )


def _unknown(connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, name: str) -> tuple[str, ...]:
    cells = rows_of(connection, f"SELECT DISTINCT {named(name)} FROM {named(loaded.name)}")
    return unknown_in((text for (text,) in cells), loaded.table.columns[name])
