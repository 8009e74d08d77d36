"""Why the query of a fact gives no value: what it found no row for, in a sentence for people who write no SQL."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from gonogo.collectors.table.load import LoadedTable
from gonogo.collectors.table.query_reads import dicts
from gonogo.text import listed

if TYPE_CHECKING:
    import duckdb

_COUNT: Final = "SELECT count(*)"
_EVERY_ROW: Final[dict[str, Any]] = {
    "group_expressions": [],
    "group_sets": [],
    "having": None,
    "qualify": None,
    "modifiers": [],
}
"""A query without its groups and what it asks of them: what is left are its rows."""
_UNKNOWN: Final = (
    "what it computes is unknown for the rows that it found, as where a row has no match in another table or a number "
    "is divided by 0"
)


def why_nothing(
    connection: duckdb.DuckDBPyConnection,
    tree: Mapping[str, Any],
    tables: Mapping[str, LoadedTable],
    moments: Mapping[str, Any],
    *,
    row: bool,
) -> str:
    """Return why a query gives no value, as the end of a sentence.

    Args:
        connection: To the database that the query was run in.
        tree: The query.
        tables: What it reads, by name.
        moments: Values of its parameters.
        row: Whether it gives a row, one without a value.
    """
    import duckdb

    empty = [name for name, table in tables.items() if not table.rows]
    if empty:
        return f"{listed([repr(name) for name in empty])} {'has' if len(empty) == 1 else 'have'} no row"
    try:
        found = _rows_found(connection, tree, moments)
    except duckdb.Error:
        found = None
    if found == 0:
        return f"no row of {listed([repr(name) for name in tables])} satisfies what it asks for"
    return _UNKNOWN if row else "nothing that it found satisfies what it asks for"


def _rows_found(
    connection: duckdb.DuckDBPyConnection, tree: Mapping[str, Any], moments: Mapping[str, Any]
) -> int | None:
    """Return how many rows a plain SELECT takes its value from; None of any other query."""
    node = tree.get("node")
    if not isinstance(node, dict) or node.get("type") != "SELECT_NODE" or _subqueries(node.get("select_list")):
        return None
    (count,) = _one(connection, "SELECT json_serialize_sql(?)", [_COUNT])
    counting = json.loads(count)["statements"][0]["node"]["select_list"]
    rows = {**tree, "node": {**node, **_EVERY_ROW, "select_list": counting}}
    (text,) = _one(connection, "SELECT json_deserialize_sql(?)", [json.dumps({"error": False, "statements": [rows]})])
    asked = {str(each.get("identifier")) for each in dicts(rows) if each.get("class") == "PARAMETER"}
    (found,) = _one(connection, text, {name: value for name, value in moments.items() if name in asked})
    return int(found)


def _one(connection: duckdb.DuckDBPyConnection, query: str, values: object) -> tuple[Any, ...]:
    row = connection.execute(query, values).fetchone()
    assert row is not None, "an aggregate gives a row"
    return row


def _subqueries(part: Any) -> bool:
    return any(each.get("class") == "SUBQUERY" for each in dicts(part))
