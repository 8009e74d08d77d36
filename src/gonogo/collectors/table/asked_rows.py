"""The rows that one fact asks about, counted and added up: in the database, or a small table's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Protocol

from gonogo.collectors.table.database import row_of, rows_of
from gonogo.collectors.table.fact_measures import RowMeasure
from gonogo.collectors.table.facts import RowNeed
from gonogo.collectors.table.group import Group
from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.parts import Rows, keys_against
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    import duckdb

MAX_GROUPS: Final = 100_000


class AskedRows(Protocol):
    """The rows of one fact; none of them is unknown."""

    def groups(self, measure: RowMeasure, *, grouped: bool) -> list[Group]:
        """Return what each group adds up to; without ``grouped`` the one of all rows."""
        ...

    def tally(self) -> tuple[int, int]:
        """Return how many rows are asked about, and how many of them satisfy ``where``."""
        ...

    def only(self) -> list[Any]:
        """Return the different values of the rows that satisfy ``where``, at most two."""
        ...

    def against(self, measure: RowMeasure, group: object | None) -> tuple[tuple[str, ...], int] | None:
        """Return the first keys of what counts against the fact and how many more there are; None without keys."""
        ...


@dataclass(frozen=True, slots=True)
class RowsInDatabase:
    """Rows of a table in the database."""

    connection: duckdb.DuckDBPyConnection
    rows: Rows
    loaded: LoadedTable

    def groups(self, measure: RowMeasure, *, grouped: bool) -> list[Group]:
        """See above."""
        if measure.weigh is not None:
            value, whole = "coalesce(sum(value) FILTER (holds), 0)", "coalesce(sum(value), 0)"
        elif measure.asks_whether:
            value, whole = "count(*) FILTER (holds)", "count(*)"
        else:
            value, whole = measure.aggregate, "count(*) FILTER (holds)"
        found = rows_of(
            self.connection,
            f"SELECT {'grp' if grouped else 'NULL'}, count(*), {value}, {whole} "
            f"FROM ({self.rows.query(self.loaded.name, _need(measure))}) "
            + (f"GROUP BY grp ORDER BY grp LIMIT {MAX_GROUPS + 1}" if grouped else ""),
        )
        if len(found) > MAX_GROUPS:
            raise StructuralFault(f"{self.loaded.source.place}: more than {MAX_GROUPS} groups", GapReason.OUT_OF_RANGE)
        return [Group(key, members, result, size) for key, members, result, size in found]

    def tally(self) -> tuple[int, int]:
        """See above."""
        query = self.rows.query(self.loaded.name, None)
        members, holding = row_of(self.connection, f"SELECT count(*), count(*) FILTER (holds) FROM ({query})")
        return members, holding

    def only(self) -> list[Any]:
        """See above."""
        query = self.rows.query(self.loaded.name, None)
        found = rows_of(self.connection, f"SELECT DISTINCT value FROM ({query}) WHERE holds LIMIT 2")
        return [value for (value,) in found]

    def against(self, measure: RowMeasure, group: object | None) -> tuple[tuple[str, ...], int] | None:
        """See above."""
        if not self.rows.key:
            return None
        need = _need(measure)
        query = self.rows.named_query(self.loaded.name, need)
        return keys_against(self.connection, query, measure.against, group, ordered=need is None)


def _need(measure: RowMeasure) -> RowNeed | None:
    return measure.per.need if measure.per is not None else None
