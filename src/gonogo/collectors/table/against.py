"""Keys of the rows, or things, that count against a fact.

For a count those that it counts, because what is counted one by one is mostly what should not be; for a share those
of the whole that are missing from the part; for ``none`` the rows that satisfy ``where``, for ``all`` those that do
not. Any other measure names none. Where small groups are put together nobody is named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from gonogo.collectors.columns.cells import named
from gonogo.collectors.table.database import rows_of
from gonogo.model.open_items import MAX_KEYS

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
