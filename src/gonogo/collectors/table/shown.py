"""A loaded table as it is looked at: its columns, their values, and what is not settled about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.rows.outline import may_be_outline
from gonogo.collectors.table.database import rows_of
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason

if TYPE_CHECKING:
    import duckdb

_NAMES: Final = (ColumnType.TEXT, ColumnType.ID, ColumnType.INTEGER)
_MOST: Final = 1000
_ORDERED: Final = 100_000


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing that is not settled.

    Attributes:
        reason: Of the gap.
        sentence: What was found and what settles it.
        told: The same without anything that a cell holds.
        settled_by: Columns that settle it for a fact that reads one of them.
        counting: Whether it concerns facts that count rows only.
        only: Columns: it concerns facts only that read one of them; empty where it concerns all.
    """

    reason: GapReason
    sentence: str
    told: str
    settled_by: frozenset[str] = frozenset()
    counting: bool = False
    only: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ColumnToCheck:
    """A column to be looked at: its heading, its SQL, its name where it is read, else its SQL with leading blanks."""

    heading: str
    sql: str
    name: str = ""
    raw: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A loaded table."""

    connection: duckdb.DuckDBPyConnection
    name: str
    table: Table
    source: Prepared
    rows: int

    def seen(self) -> list[ColumnToCheck]:
        """Return every column that may show something."""
        read = [
            ColumnToCheck(heading_of(self.table, name), f"CAST({named(name)} AS VARCHAR)", name)
            for name, column in self.table.columns.items()
            if column.type in _NAMES
            or (column.type is ColumnType.BOOLEAN and may_be_outline(heading_of(self.table, name)))
        ]
        return read + [
            ColumnToCheck(heading, f"nullif(trim({named(watched_name(n))}), '')", raw=named(watched_name(n)))
            for n, (heading, _) in enumerate(self.source.watched)
        ]

    def values(self, seen: ColumnToCheck) -> list[tuple[str, int]]:
        """Return the distinct values of a column and how many rows have each; at most :data:`_MOST`."""
        each = f"SELECT {seen.sql} AS v FROM {named(self.name)}"  # apart, or a column called v would be meant
        query = f"SELECT v, count(*) FROM ({each}) WHERE v IS NOT NULL GROUP BY v ORDER BY v"
        return [(str(value), count) for value, count in rows_of(self.connection, f"{query} LIMIT {_MOST}")]

    def column(self, seen: ColumnToCheck) -> list[str]:
        """Return the first cells of a column in the order of the rows."""
        query = f"SELECT {seen.raw or seen.sql} FROM {named(self.name)} ORDER BY rowid LIMIT {_ORDERED}"
        return [str(value or "") for (value,) in rows_of(self.connection, query)]


def watched_name(number: int) -> str:
    """Return how a column that nobody reads is called in the database."""
    return f"gonogo watched {number}"
