"""Cells that are not as their column says: they take away what reads them, and not what other columns say.

A cell that nobody can read is unknown, as a blank one is where it may be blank, and a row of which something that a
fact reads is unknown makes the fact a gap. That needs to know what the row is. So a bad cell in a column that tells
rows apart, dates the table or decides which rows count takes away the whole table, and so does a bad row that may be
no item at all: a title, a second header, a sum.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named, quoted, shape_of
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.columns.typed import SHOWN, first_few
from gonogo.collectors.rows.row_subject import NOTHING
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.prepared import Prepared, scratch_reader
from gonogo.collectors.table.quotable import may_quote, shortened
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.row_checks import needed_anyway
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.watch import is_watched
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal

if TYPE_CHECKING:
    import duckdb

BLANK: Final = "gonogo blank cells"
UNFIT: Final = "gonogo unfit cells"
_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class SpoiltColumn:
    """A column with cells that are not as the settings say.

    Attributes:
        sentence: What is wrong, and in which rows.
        told: The same without what its cells hold.
    """

    sentence: str
    told: str

    def refusal(self, place: str) -> CollectorRefusal:
        """Return the refusal of whatever reads it."""
        return CollectorRefusal(f"{place}: {self.sentence}", GapReason.MALFORMED, f"{place}: {self.told}")


def bad_cell(column: str) -> str:
    """Return how the column is called in the database that holds the text of its bad cells, and nothing else."""
    return f"gonogo bad {column}"


def spoilt_columns(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared, dated: str
) -> dict[str, SpoiltColumn]:
    """Return the columns of a table with bad cells, if the table can be used without them.

    Args:
        connection: The database, in which each row says by two bit masks which of its cells are bad.
        name: Of the table.
        table: Its settings.
        source: Where it was prepared.
        dated: Column that says when the content held; empty for none.

    Raises:
        CollectorRefusal: It cannot; with everything that is wrong.
    """
    sums = row_of(connection, f"SELECT bit_or({named(BLANK)}), bit_or({named(UNFIT)}) FROM {named(name)}")
    if not any(sums):
        return {}
    found: list[tuple[str, SpoiltColumn]] = []
    for mask, bits in zip((BLANK, UNFIT), sums, strict=True):
        for bit, column in enumerate(table.columns):
            if (bits or 0) & (1 << bit):
                found.append((column, _spoilt(connection, name, table, source, column, mask, bit)))
    needed = needed_by_all(table, source.positions, dated)
    if any(column in needed for column, _ in found) or _may_be_no_item(connection, name, table):
        raise _all_of(source.place, [each for _, each in found])
    columns: dict[str, SpoiltColumn] = {}
    for column, each in found:
        before = columns.get(column)
        columns[column] = each if before is None else _both(before, each)
    return columns


def needed_by_all(table: Table, positions: Mapping[str, int], dated: str) -> frozenset[str]:
    """Return the columns without which nobody knows what the rows are, which of them count, and when they held."""
    texts = [name for name, column in table.columns.items() if column.type in _TEXTS]
    first = min(texts, key=lambda name: positions[name], default="")
    footer = {cell[1:-1] for cell in table.control.footer or () if cell.startswith("{") and cell.endswith("}")}
    telling = {
        name
        for name in table.columns
        if is_watched(heading_of(table, name), (), NOTHING) and not _explained(table, name)
    }
    return frozenset({*needed_anyway(table), *footer, *telling, first, dated} - {""})


def _explained(table: Table, name: str) -> bool:
    return name in table.not_subject or heading_of(table, name) in table.not_subject


def _all_of(place: str, found: Sequence[SpoiltColumn]) -> CollectorRefusal:
    more = f"; and {len(found) - _MOST} more columns" if len(found) > _MOST else ""
    sentence = "; ".join(each.sentence for each in found[:_MOST])
    told = "; ".join(each.told for each in found[:_MOST])
    return CollectorRefusal(f"{place}: {sentence}{more}", told=f"{place}: {told}{more}")


def _both(one: SpoiltColumn, other: SpoiltColumn) -> SpoiltColumn:
    return SpoiltColumn(f"{one.sentence}; {other.sentence}", f"{one.told}; {other.told}")


def _may_be_no_item(connection: duckdb.DuckDBPyConnection, name: str, table: Table) -> bool:
    """Return whether a row with a bad cell is so empty that it may be a title, a note or a sum."""
    filled = " + ".join(
        f"CASE WHEN {named(column)} IS NULL THEN 0 ELSE 1 END"
        for column, settings in table.columns.items()
        if settings.blank is None
    )
    bad, blank = f"{named(BLANK)} | {named(UNFIT)}", f"bit_count({named(BLANK)})"
    full = f"({filled or '0'} + bit_count({named(UNFIT)}))"
    (odd,) = row_of(
        connection,
        f"SELECT count(*) FROM {named(name)} WHERE ({bad}) <> 0 AND ({full} <= 1 OR {blank} >= {full})",
    )
    return bool(odd)


def refuse_headings(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, place: str, spoilt: Mapping[str, SpoiltColumn]
) -> None:
    """Refuse a table in which a bad cell is the heading of its column: its row is a second header.

    Raises:
        CollectorRefusal: There is one.
    """
    again = [
        f"lower(trim({named(bad_cell(column))})) = lower({quoted(heading_of(table, column).strip())})"
        for column in spoilt
    ]
    if again and row_of(connection, f"SELECT count(*) FROM {named(name)} WHERE {' OR '.join(again)}")[0]:
        raise _all_of(place, list(spoilt.values()))


def still_spoilt(
    connection: duckdb.DuckDBPyConnection, name: str, spoilt: Mapping[str, SpoiltColumn]
) -> dict[str, SpoiltColumn]:
    """Return the columns with a bad cell in a row that still counts."""
    if not spoilt:
        return {}
    counts = ", ".join(f"count({named(bad_cell(column))})" for column in spoilt)
    found = row_of(connection, f"SELECT {counts} FROM {named(name)}")
    return {column: each for (column, each), count in zip(spoilt.items(), found, strict=True) if count}


def refuse_spoilt(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    place: str,
    spoilt: Mapping[str, SpoiltColumn],
    read: Collection[str],
    where: str,
) -> None:
    """Refuse a fact that reads a bad cell of a row that counts for it.

    Args:
        connection: The database.
        name: Of the table.
        place: Where it is.
        spoilt: Its columns with bad cells.
        read: Columns that the fact reads.
        where: SQL of the rows of which nobody can tell what they are for the fact.

    Raises:
        CollectorRefusal: There is such a row.
    """
    mine = [column for column in spoilt if column in read]
    if not mine:
        return
    counts = ", ".join(
        f"count(*) FILTER (WHERE ({where}) AND {named(bad_cell(column))} IS NOT NULL)" for column in mine
    )
    found = row_of(connection, f"SELECT {counts} FROM {named(name)}")
    bad = [spoilt[column] for column, count in zip(mine, found, strict=True) if count]
    if bad:
        raise _all_of(place, bad)


def _spoilt(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared, column: str, mask: str, bit: int
) -> SpoiltColumn:
    """Return what is wrong with a column, and the same without what its cells hold."""
    where = f"{named(mask)} & {1 << bit} <> 0"
    query = f"SELECT rowid FROM {named(name)} WHERE {where} ORDER BY rowid"
    (count,) = row_of(connection, f"SELECT count(*) FROM ({query})")
    heading, values = f"column {heading_of(table, column)!r}", list[str]()
    if mask == BLANK:
        first = [index for (index,) in rows_of(connection, f"{query} LIMIT {SHOWN}")]
        sentence = (
            f"{heading} is blank in {_where(source, column, first, count)} (rows that are not items, such as group "
            "titles and totals, are named by rows:)"
        )
        return SpoiltColumn(sentence, sentence)
    known: Collection[int] = source.mistakes.rows.get(column, ()) if source.mistakes is not None else ()
    mistakes = source.mistakes.of(column) if source.mistakes is not None else []
    parts, told = [f"{heading} {words}" for words, _ in mistakes], [f"{heading} {words}" for _, words in mistakes]
    hint = ""
    if count > len(known):
        rows = rows_of(connection, query if known else f"{query} LIMIT {SHOWN}")
        first = [index for (index,) in rows if index not in known][:SHOWN]
        settings = table.columns[column]
        place = _where(source, column, first, count - len(known))
        for each in (parts, told):
            each.append(f"{heading} is not {shape_of(settings).expected}, in {place}")
        hint = f" (if it is right, add it to `allowed:` of {column} in gonogo.yaml)" if settings.allowed else ""
        values = _written(connection, source, source.positions[column], first)
    shown = bool(values) and all(may_quote(value, table) for value in values)
    quote = f": {', '.join(map(shortened, values))}" if shown else ""
    return SpoiltColumn(f"{'; '.join(parts)}{quote}{hint}", f"{'; '.join(told)}{hint}")


def _where(source: Prepared, column: str, first: Sequence[int], count: int) -> str:
    """Return the rows of some bad cells, and the column where the file has letters for its columns."""
    rows = first_few([str(source.number(index)) for index in first], count)
    letters = f" (column {source.letters[column]})" if column in source.letters else ""
    return f"{source.row_word} {rows}{letters}"


def _written(connection: duckdb.DuckDBPyConnection, source: Prepared, position: int, rows: Sequence[int]) -> list[str]:
    """Return what a column says in some rows, each text once."""
    cells = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(source.width))
    read = scratch_reader(source, cells, source.delimiter, '"')
    numbered = f"SELECT row_number() OVER () - 1 AS n, c{position} AS cell FROM {read}"
    listed = ", ".join(map(str, rows))
    found = rows_of(connection, f"SELECT cell FROM ({numbered}) WHERE n IN ({listed}) ORDER BY n")
    return list(dict.fromkeys(str(cell) for (cell,) in found))
