"""What an analyst's query may be made of: looked at as a tree before it runs.

A database can do far more than answer. Only what is on a list is allowed: the tables that the fact names,
functions whose answer depends on nothing but the rows, and the kinds of expressions that make a query. The database
is locked by then; this is the second wall.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from gonogo.collectors.columns.column import NOT_NAMES
from gonogo.collectors.table.query_reads import dicts
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    import duckdb

_FUNCTIONS: Final = """
+ - * / % // || ~~ !~~ ^@ count count_star count_if sum avg min max bool_and bool_or abs ceil ceiling floor round trunc
sign greatest least nullif coalesce ifnull lower upper trim ltrim rtrim length len strlen substring substr left right
replace concat concat_ws contains starts_with ends_with prefix suffix like_escape not_like_escape regexp_matches
regexp_full_match regexp_extract regexp_replace lpad rpad split_part date_diff datediff date_add date_sub date_part
datepart date_trunc datetrunc year month day hour minute second quarter week dayofweek isodow weekday dayofyear
last_day make_date make_timestamp epoch_ms epoch_us strftime to_days to_hours to_minutes to_seconds to_weeks
to_months to_years row_number rank dense_rank lag lead
"""
FUNCTIONS: Final = frozenset(_FUNCTIONS.split())
"""Functions and operators whose answer depends on the rows alone. A quotient is floating-point: cast it to DECIMAL."""

PARAMETERS: Final = ("now", "go_live", "today")

_KINDS: Final = """
COLUMN_REF CONSTANT FUNCTION OPERATOR COMPARISON CONJUNCTION CASE CAST BETWEEN SUBQUERY STAR WINDOW TYPE PARAMETER
"""
_CLASSES: Final = frozenset(_KINDS.split())
_NODES: Final = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "CTE_NODE"})
_SOURCES: Final = frozenset({"BASE_TABLE", "SUBQUERY", "JOIN", "EMPTY", "EXPRESSION_LIST"})
_OTHER: Final = frozenset(
    {"ORDER_MODIFIER", "LIMIT_MODIFIER", "DISTINCT_MODIFIER", "ORDER_DEFAULT", "ASCENDING", "DESCENDING"}
)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A query that was let through: its tree, and the names of the parameters that it uses."""

    tree: Mapping[str, Any]
    parameters: frozenset[str]


def inspect(
    connection: duckdb.DuckDBPyConnection, query: str, tables: Collection[str], known: Collection[str]
) -> Inspected:
    """Check a query and return it as a tree.

    Args:
        connection: To parse with.
        query: As the analyst wrote it.
        tables: Tables that the fact says it reads.
        known: All tables of the settings; a WITH may have the name of none of them, or a table could hide behind it.

    Raises:
        CollectorRefusal: It is not one SELECT over exactly these tables, made of what is let through.
        duckdb.Error: It cannot be parsed.
    """
    statements = connection.extract_statements(query)
    if len(statements) != 1 or statements[0].type.name != "SELECT":
        raise StructuralFault("a query is exactly one SELECT")
    row = connection.execute("SELECT json_serialize_sql(?)", [query]).fetchone()
    tree: dict[str, Any] = json.loads(row[0]) if row is not None else {"error": True}
    if tree.get("error") or len(tree.get("statements", ())) != 1:
        raise StructuralFault("a query is exactly one SELECT")
    nodes = list(dicts(tree["statements"][0]))
    made = {str(entry["key"]).lower() for node in nodes for entry in _map(node) if "key" in entry}
    if made & set(known):
        raise StructuralFault("a WITH has the name of a table; call it something else")
    read: set[str] = set()
    for node in nodes:
        read |= _check(node)
    if read - made != set(tables):
        listed = ", ".join(sorted(read - made)) or "none"
        raise StructuralFault(f"the query reads {listed}, and inputs says {', '.join(tables)}")
    parameters = frozenset(str(node.get("identifier")) for node in nodes if node.get("class") == "PARAMETER")
    return Inspected(tree["statements"][0], parameters)


def _map(node: Mapping[str, Any]) -> list[Any]:
    ctes = node.get("cte_map")
    return ctes.get("map", []) if isinstance(ctes, dict) else []


def _check(node: Mapping[str, Any]) -> set[str]:
    """Check one node and return the name of the table that it reads, if it reads one."""
    kind, kind_class = node.get("type"), node.get("class")
    if isinstance(kind_class, str):
        _check_expression(node, kind_class)
    elif isinstance(kind, str) and kind.endswith("_NODE"):
        if kind not in _NODES:
            raise StructuralFault(f"a query has no {kind.removesuffix('_NODE').replace('_', ' ').lower()}")
    elif isinstance(kind, str) and kind not in _SOURCES | _OTHER:
        raise StructuralFault("a query reads tables only: no table functions, no files, no pivots, no settings")
    if node.get("sample") is not None:
        raise StructuralFault("a sample is chance; a fact is not")
    if kind == "BASE_TABLE":
        if node.get("schema_name") or node.get("catalog_name") or node.get("at_clause"):
            raise StructuralFault("a table is named without schema or catalog")
        return {str(node.get("table_name", "")).lower()}
    return set()


def _check_expression(node: Mapping[str, Any], kind: str) -> None:
    if kind not in _CLASSES:
        raise StructuralFault(f"a query has no {kind.lower()} here")
    if kind in ("FUNCTION", "WINDOW"):
        name = str(node.get("function_name", "")).lower()
        if name not in FUNCTIONS or node.get("schema") or node.get("catalog"):
            raise StructuralFault(
                f"the function {name!r} is not allowed: its answer may depend on more than the rows, or on chance"
            )
    if kind == "COLUMN_REF":
        names = [str(name).lower() for name in node.get("column_names", ())]
        if names and names[-1] in NOT_NAMES - {"part", "whole"}:
            raise StructuralFault(f"{names[-1]} is not a column; the moments of the run are $now, $go_live and $today")
    if kind == "PARAMETER" and node.get("identifier") not in PARAMETERS:
        raise StructuralFault(f"the parameters of a query are {', '.join('$' + name for name in PARAMETERS)}")
