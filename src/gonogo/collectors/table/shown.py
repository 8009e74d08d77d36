"""A loaded table as it is looked at: its columns, their values, and what is not settled about it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named, quoted
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.rows.outline import may_be_outline
from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.spoilt import bad_cell
from gonogo.model.evidence import GapReason

if TYPE_CHECKING:
    import duckdb

_NAMES: Final = (ColumnType.TEXT, ColumnType.ID, ColumnType.INTEGER)
MOST_VALUES: Final = 1000
SAMPLE: Final = 500
"""First rows from which is judged whether a column is worth a look."""
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
    """A column to be looked at.

    Attributes:
        heading: Of the file.
        sql: Its cells in the database, without blanks around them.
        name: Where it is read.
        raw: Where nobody reads it: its cells with leading blanks.
        number: Where nobody reads it: which of those that are watched.
    """

    heading: str
    sql: str
    name: str = ""
    raw: str = ""
    number: int = -1


@dataclass(frozen=True, slots=True)
class Shown(ABC):
    """A loaded table, wherever its cells are."""

    name: str
    table: Table
    source: Prepared
    rows: int
    spoilt: tuple[str, ...]

    def seen(self) -> list[ColumnToCheck]:
        """Return every column that may show something."""
        read = [
            ColumnToCheck(heading_of(self.table, name), self._text(name), name)
            for name, column in self.table.columns.items()
            if column.type in _NAMES
            or (column.type is ColumnType.BOOLEAN and may_be_outline(heading_of(self.table, name)))
        ]
        return read + [
            ColumnToCheck(heading, f"nullif(trim({named(watched_name(n))}), '')", raw=named(watched_name(n)), number=n)
            for n, (heading, _) in enumerate(self.source.watched)
        ]

    def _text(self, name: str) -> str:
        """Return SQL of what a cell says, also of one that is not as its column says."""
        text = f"CAST({named(name)} AS VARCHAR)"
        return f"coalesce({text}, nullif({named(bad_cell(name))}, ''))" if name in self.spoilt else text

    @abstractmethod
    def values(self, seen: ColumnToCheck) -> list[tuple[str, int]]:
        """Return the distinct values of a column and how many rows have each; at most :data:`MOST_VALUES`."""

    @abstractmethod
    def first_difference(self, own: int, other: int) -> int | None:
        """Return the first row in which the other one of two watched columns says something else; None for none."""

    @abstractmethod
    def column(self, seen: ColumnToCheck) -> list[str]:
        """Return the first cells of a column in the order of the rows."""

    @abstractmethod
    def sample(self, columns: Sequence[ColumnToCheck]) -> list[set[str]]:
        """Return the values of each of these columns in the first rows."""

    @abstractmethod
    def holding(self, columns: Sequence[ColumnToCheck], texts: Sequence[str]) -> list[bool]:
        """Return whether each of these columns holds one of these texts."""

    @abstractmethod
    def distinct(self, columns: Sequence[ColumnToCheck]) -> list[int]:
        """Return how many different values each of these columns holds."""

    @abstractmethod
    def some(self, column: str, most: int) -> list[str]:
        """Return different texts of a column that is read, at most so many."""

    @abstractmethod
    def may_be_aside(self, column: str) -> bool:
        """Return whether a text of a column that is read begins with a sign that sets rows aside."""

    @abstractmethod
    def may_have_doubles(self, columns: Sequence[str]) -> bool:
        """Return whether keys are worth a look one by one: beyond ASCII, with markup, or fewer once folded."""

    @abstractmethod
    def keys(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """Return the texts of columns that are read, blank ones as empty texts, in the order of the rows."""


@dataclass(frozen=True, slots=True)
class ShownInDatabase(Shown):
    """A table in the database."""

    connection: duckdb.DuckDBPyConnection

    def values(self, seen: ColumnToCheck) -> list[tuple[str, int]]:
        """See above."""
        each = f"SELECT {seen.sql} AS v FROM {named(self.name)}"  # apart, or a column called v would be meant
        query = f"SELECT v, count(*) FROM ({each}) WHERE v IS NOT NULL GROUP BY v ORDER BY v"
        return [(str(value), count) for value, count in rows_of(self.connection, f"{query} LIMIT {MOST_VALUES}")]

    def first_difference(self, own: int, other: int) -> int | None:
        """See above."""
        mine, theirs = (f"lower(trim(coalesce({named(watched_name(one))}, '')))" for one in (own, other))
        cells = f"SELECT rowid AS n, {mine} AS mine, {theirs} AS theirs FROM {named(self.name)}"
        query = f"SELECT min(n) FROM ({cells}) WHERE theirs <> '' AND theirs <> mine"
        (found,) = row_of(self.connection, query)
        return None if found is None else int(found)

    def column(self, seen: ColumnToCheck) -> list[str]:
        """See above."""
        query = f"SELECT {seen.raw or seen.sql} FROM {named(self.name)} ORDER BY rowid LIMIT {_ORDERED}"
        return [str(value or "") for (value,) in rows_of(self.connection, query)]

    def sample(self, columns: Sequence[ColumnToCheck]) -> list[set[str]]:
        """See above."""
        listed = ", ".join(each.sql for each in columns)
        rows = rows_of(self.connection, f"SELECT {listed} FROM {named(self.name)} LIMIT {SAMPLE}")
        return [{str(row[number]) for row in rows if row[number] is not None} for number in range(len(columns))]

    def holding(self, columns: Sequence[ColumnToCheck], texts: Sequence[str]) -> list[bool]:
        """See above."""
        listed = ", ".join(map(quoted, texts))
        parts = ", ".join(f"coalesce(bool_or({each.sql} IN ({listed})), FALSE)" for each in columns)
        return list(row_of(self.connection, f"SELECT {parts} FROM {named(self.name)}"))

    def distinct(self, columns: Sequence[ColumnToCheck]) -> list[int]:
        """See above."""
        parts = ", ".join(f"count(DISTINCT {each.sql})" for each in columns)
        return list(row_of(self.connection, f"SELECT {parts} FROM {named(self.name)}"))

    def some(self, column: str, most: int) -> list[str]:
        """See above."""
        cell = named(column)
        query = f"SELECT DISTINCT {cell} FROM {named(self.name)} WHERE {cell} IS NOT NULL LIMIT {most}"
        return [text for (text,) in rows_of(self.connection, query)]

    def may_be_aside(self, column: str) -> bool:
        """See above."""
        begins = f"regexp_matches({named(column)}, '^(#|//|--|~~)')"
        (some,) = row_of(self.connection, f"SELECT coalesce(bool_or({begins}), FALSE) FROM {named(self.name)}")
        return bool(some)

    def may_have_doubles(self, columns: Sequence[str]) -> bool:
        """See above."""
        joined = f"concat_ws(chr(31), {', '.join(map(_text, columns))})"
        folded = rf"regexp_replace(lower({joined}), '[\s_/:-]+', '-', 'g')"
        for letters, digits in (("", ""), ("oil", "011")):  # coarser than alike, in its order
            plain = f"translate({folded}, '{letters}', '{digits}')"
            folded = rf"regexp_replace({plain}, '(^|[^0-9.,])0+([0-9])', '\1\2', 'g')"
        folded = rf"regexp_replace({folded}, '[^a-z0-9\x1f]', '', 'g')"
        marked = f"regexp_matches({joined}, '[^\\x00-\\x7f]|[<&=({{\\[]|_x')"
        plain, alike, foreign = row_of(
            self.connection,
            f"SELECT count(DISTINCT {joined}), count(DISTINCT {folded}), "
            f"coalesce(bool_or({marked}), FALSE) FROM {named(self.name)}",
        )
        return bool(foreign or alike < plain)

    def keys(self, columns: Sequence[str]) -> list[tuple[str, ...]]:
        """See above."""
        listed = ", ".join(map(_text, columns))
        return rows_of(self.connection, f"SELECT {listed} FROM {named(self.name)} ORDER BY rowid")


def watched_name(number: int) -> str:
    """Return how a column that nobody reads is called in the database."""
    return f"gonogo watched {number}"


def _text(column: str) -> str:
    return f"coalesce(CAST({named(column)} AS VARCHAR), '')"
