"""A scratch CSV to a typed table: every cell is checked against its column's pattern before it is cast.

One pass reads, checks and casts. Beside the values it keeps two bit masks a row, for cells that are blank and must not
be, and for cells that are not as expected; they are dropped once both are known to be zero.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from gonogo.collectors.columns.cells import named, plain_number, quoted, shape_of
from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.rows.no_item import left_out_words
from gonogo.collectors.table.control import check_size
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.placeholders import note_nothing, note_texts
from gonogo.collectors.table.prepared import UNREAD, Prepared, scratch_reader
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.shown import Doubt, watched_name
from gonogo.collectors.table.small_table import SmallTable
from gonogo.collectors.table.spoilt import BLANK, UNFIT, SpoiltColumn, bad_cell, refuse_headings, spoilt_columns
from gonogo.collectors.table.suspect import refuse_suspects
from gonogo.collectors.table.zone import to_utc
from gonogo.model.evidence import Subject
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class LoadedTable:
    """A table in the database.

    Attributes:
        name: As the settings call it.
        table: Its settings.
        source: Where it came from.
        rows: How many rows of data count.
        as_of: When its content held.
        doubts: What the file shows and the settings do not settle.
        key: Columns that tell its rows apart.
        subject: What its rows are about, where a column says so.
        dated_by: The column that dates each row, where the newest row dates the table.
        small: Its values, where it was read without the database.
        nothing: Texts of it that say nothing, where it was read so.
        spoilt: Columns with a bad cell in a row that counts.
    """

    name: str
    table: Table
    source: Prepared
    rows: int
    as_of: datetime
    doubts: tuple[Doubt, ...] = ()
    key: tuple[str, ...] = ()
    subject: Subject | None = None
    dated_by: str = ""
    small: SmallTable | None = None
    nothing: frozenset[str] = frozenset()
    spoilt: Mapping[str, SpoiltColumn] = field(default_factory=dict)

    @property
    def place_words(self) -> str:
        """Where it stands, how many rows count, and which were left out."""
        return f"{self.source.place}, {self.rows:,} rows{left_out_words(self.source.left_out)}"


def load(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    table: Table,
    source: Prepared,
    time_zone: str,
    read: frozenset[str] = frozenset(),
    dated: str = "",
) -> tuple[int, dict[str, SpoiltColumn]]:
    """Create the table ``name`` anew; return its number of rows, and its columns with cells that are not as expected.

    Blanks that end a text nobody reads are no fault. ``dated`` is the column that says when the content held.

    Raises:
        CollectorRefusal: A row has another shape, such a cell stands where all depends on it, the key is not unique, or
            the size is not what is known about it. Of personal data positions are reported, values never.
    """
    import duckdb

    try:
        if source.suspicious:
            _check_quotes(connection, source)
        connection.execute(f"CREATE OR REPLACE TABLE {named(name)} AS {_select(table, source, read)}")
    except duckdb.Error as error:
        if isinstance(error, duckdb.OutOfMemoryException):
            raise
        raise StructuralFault(_reader_words(str(error), source)) from error
    (rows,) = row_of(connection, f"SELECT count(*) FROM {named(name)}")
    if rows != source.rows:
        raise StructuralFault(
            f"{source.place} has {source.rows} lines below the header, but they make {rows} rows: a blank line, an "
            "unclosed quote, or a line break inside a cell (which line_breaks: true allows)"
        )
    spoilt = spoilt_columns(connection, name, table, source, dated)
    if spoilt:
        connection.execute(f"CREATE OR REPLACE TABLE {named(name)} AS {_select(table, source, read, list(spoilt))}")
        refuse_headings(connection, name, table, source.place, spoilt)
    for mask in (BLANK, UNFIT):
        connection.execute(f"ALTER TABLE {named(name)} DROP COLUMN {named(mask)}")
    note_nothing(connection, name, table)
    refuse_suspects(connection, name, table, source)
    _to_utc(connection, name, table, time_zone)
    check_size(connection, name, table, source, rows)
    return int(rows), spoilt


def load_checked(connection: duckdb.DuckDBPyConnection, loaded: LoadedTable, read: frozenset[str]) -> None:
    """Create the table of one that was read without the database: each cell is known to be as its column expects.

    Raises:
        CollectorRefusal: The database cannot read it after all.
    """
    import duckdb

    name, table, source = loaded.name, loaded.table, loaded.source
    cells = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(source.width))
    values = [
        f"{shape_of(column).value.replace('{v}', _cell(name, column, source, read))} AS {named(name)}"
        for name, column in table.columns.items()
    ]
    query = f"SELECT {', '.join(values)} FROM {scratch_reader(source, cells, source.delimiter, chr(34))}"
    try:
        (rows,) = row_of(connection, f"CREATE TABLE {named(name)} AS {query}")
    except duckdb.Error as error:
        raise StructuralFault(_reader_words(str(error), source)) from error
    if rows != loaded.rows:
        raise StructuralFault(f"{source.place} has {loaded.rows} rows, and the database finds {rows}")
    if any(column.given for column in table.columns.values()):
        note_texts(connection, loaded.nothing)


def _select(table: Table, source: Prepared, read: frozenset[str], spoilt: Collection[str] = ()) -> str:
    """Return the query of a table; beside each spoilt column stands the text of its bad cells."""
    cells = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(source.width))
    texts, values, bad, blanks, unfits = [], [], list[str](), ["0"], ["0"]
    for bit, (name, column) in enumerate(table.columns.items()):
        shape, text = shape_of(column), named(f"cell {bit}")
        cell = _cell(name, column, source, read)
        texts.append(f"{plain_number(column, cell)} AS {text}")
        value = shape.value.replace("{v}", text)
        fits = shape.matches.replace("{v}", text)
        values.append(f"CASE WHEN {fits} THEN {value} END AS {named(name)}")
        if name in spoilt:
            fine = f"{named(name)} IS NOT NULL" + (f" OR {text} IS NULL" if column.may_be_blank else "")
            plain = f"trim(replace(coalesce({text}, ''), {quoted(UNREAD)}, ''))"
            bad.append(f"CASE WHEN {fine} THEN NULL ELSE {plain} END AS {named(bad_cell(name))}")
        if not column.may_be_blank:
            blanks.append(f"CASE WHEN {text} IS NULL THEN {1 << bit} ELSE 0 END")
        unfits.append(f"CASE WHEN {text} IS NOT NULL AND {named(name)} IS NULL THEN {1 << bit} ELSE 0 END")
    watched = [named(watched_name(number)) for number in range(len(source.unread))]
    texts += [f"nullif(rtrim(c{at}), '') AS {name}" for (_, at), name in zip(source.unread, watched, strict=True)]
    return (
        f"SELECT {', '.join([*(named(name) for name in table.columns), *bad, *watched])}, "
        f"CAST({' + '.join(blanks)} AS BIGINT) AS {named(BLANK)}, "
        f"CAST({' + '.join(unfits)} AS BIGINT) AS {named(UNFIT)} "
        f"FROM (SELECT *, {', '.join(values)} FROM (SELECT {', '.join(texts)} "
        f"FROM {scratch_reader(source, cells, source.delimiter, chr(34))}))"
    )


def _cell(name: str, column: Column, source: Prepared, read: frozenset[str]) -> str:
    """Return SQL of the text of a column's cell."""
    cell = f"c{source.positions[name]}"
    if name not in read and column.type in (ColumnType.TEXT, ColumnType.ID) and not column.allowed:
        cell = f"rtrim({cell})"
    cell = f"nullif({cell}, '')"
    return cell if column.blank is None else f"coalesce({cell}, {quoted(column.blank)})"


def _check_quotes(connection: duckdb.DuckDBPyConnection, source: Prepared) -> None:
    """Check the shape of every line once more, by RFC 4180, where quotes are used."""
    mark = "\\" + source.delimiter if source.delimiter == "|" else source.delimiter
    cell = f'(?:"(?:[^"]|"")*"|[^"{mark}]*)'
    grammar = "(?:" + cell + mark + f"){{{source.width - 1}}}" + cell
    lines = scratch_reader(source, "'line': 'VARCHAR'", "\x01", "")
    found = rows_of(
        connection,
        f"SELECT n FROM (SELECT row_number() OVER () - 1 AS n, line FROM {lines}) "
        f"WHERE NOT coalesce(regexp_full_match(line, {quoted(grammar)}), FALSE) LIMIT {SHOWN}",
    )
    if found:
        raise StructuralFault(
            f"{source.place}: {source.at(sorted(n for (n,) in found))} {'does' if len(found) == 1 else 'do'} not have "
            f"{source.width} cells with quotes only around whole cells (which line_breaks: true would let span lines)"
        )


def _reader_words(words: str, source: Prepared) -> str:
    """Say what the database's reader found, by line, without the line itself."""
    for line in words.splitlines():
        number = line.removeprefix("Invalid Input Error: ").removeprefix("CSV Error on Line: ")
        if number.isdigit():
            return (
                f"{source.place}: {source.at([int(number) - 1])} cannot be read: it does not have {source.width} "
                "cells, or its quotes are not closed"
            )
    return f"{source.place} cannot be read as rows of {source.width} cells"


def _to_utc(connection: duckdb.DuckDBPyConnection, name: str, table: Table, time_zone: str) -> None:
    """Turn local times into UTC where a column says in which zone they are."""
    for column, settings in table.columns.items():
        if settings.type is not ColumnType.INSTANT or settings.zone in ("written", "UTC"):
            continue
        zone = time_zone if settings.zone == "local" else settings.zone
        first, last = row_of(connection, f"SELECT min({named(column)}), max({named(column)}) FROM {named(name)}")
        if first is not None:
            micros = to_utc(f"epoch_us({named(column)})", first, last, zone)
            connection.execute(f"UPDATE {named(name)} SET {named(column)} = make_timestamp({micros})")


def drop_watched(connection: duckdb.DuckDBPyConnection, name: str, source: Prepared) -> None:
    """Take the columns that nobody reads out of the table, once they were looked at."""
    for number in range(len(source.unread)):
        connection.execute(f"ALTER TABLE {named(name)} DROP COLUMN {named(watched_name(number))}")


def check_unique(connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared) -> None:
    """Refuse a table whose key comes twice.

    Raises:
        CollectorRefusal: It does; rows are named, values never.
    """
    if not table.unique:
        return
    key = ", ".join(named(column) for column in table.unique)
    doubled = f"SELECT count(*) AS n, min(rowid) AS first FROM {named(name)} GROUP BY {key} HAVING count(*) > 1"
    (distinct,) = row_of(connection, f"SELECT count(*) FROM (SELECT DISTINCT {key} FROM {named(name)})")
    if distinct == source.rows:
        return
    (count,) = row_of(connection, f"SELECT count(*) FROM ({doubled})")
    first = rows_of(connection, f"SELECT first FROM ({doubled}) ORDER BY first LIMIT {SHOWN}")
    shown = first_few([str(source.number(index)) for (index,) in first], count)
    headings = ", ".join(heading_of(table, column) for column in table.unique)
    raise StructuralFault(
        f"{source.place}: {headings} should be unique, but the values in {source.row_word} {shown} appear again below"
    )
