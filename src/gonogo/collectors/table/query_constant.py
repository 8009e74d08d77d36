"""Queries that answer the same whatever the rows hold: a figure in the settings is not evidence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from gonogo.collectors.table.query_reads import dicts, texts_of
from gonogo.model.refusal import StructuralFault

_COUNTING: Final = frozenset({"count", "count_star", "row_number", "rank", "dense_rank"})
_COMPARING: Final = frozenset({"COMPARISON", "BETWEEN"})
_SPEAKING: Final = frozenset({"COLUMN_REF", "STAR", "SUBQUERY", "PARAMETER"})
_CLAUSES: Final = ("where_clause", "having", "qualify", "filter", "filter_expr")
_SAME: Final = "is the same for every row, so no evidence can change it"


def refuse_constant(tree: Mapping[str, Any]) -> None:
    """Refuse a query if nothing in the tables can change its answer or one of its conditions.

    Raises:
        CollectorRefusal: It is one.
    """
    nodes = list(dicts(tree))
    for node in nodes:
        compares = node.get("class") in _COMPARING or str(node.get("type")).startswith("COMPARE_")
        if compares and node.get("class") != "SUBQUERY" and not _speaks(node):
            raise StructuralFault(f"a comparison of the query names no column: it {_SAME}")
        if node.get("class") == "COMPARISON" and _bare(node.get("left")) == _bare(node.get("right")):
            raise StructuralFault(f"a comparison of the query has the same on both sides: it {_SAME}")
        parts = [node.get(clause) for clause in _CLAUSES]
        if node.get("class") == "CONJUNCTION":
            parts += node.get("children", ())
        if any(_is_constant(part) for part in parts):
            raise StructuralFault(f"a condition of the query names no column: it {_SAME}")
    made: dict[str, list[Any]] = {}
    for node in nodes:
        if node.get("alias") and node.get("class"):
            made.setdefault(str(node["alias"]).lower(), []).append(node)
    for output in _outputs(tree):
        if not _live(output, made, frozenset()):
            raise StructuralFault(
                "the query gives a value that is made of no column and no count of rows, so no evidence can change it"
            )


def _outputs(node: Mapping[str, Any]) -> Iterator[Any]:
    """Yield what a query gives, of each of its branches."""
    inner = node.get("node", node)
    if inner.get("type") == "SELECT_NODE":
        yield from inner.get("select_list", ())
        return
    for branch in [*inner.get("children", ()), inner.get("left"), inner.get("right"), inner.get("child")]:
        if isinstance(branch, dict):
            yield from _outputs(branch)


def _live(expression: Any, made: Mapping[str, list[Any]], seen: frozenset[str]) -> bool:
    """Return whether something in the tables can change what an expression gives."""
    stack = [expression]
    while stack:
        node = stack.pop()
        if isinstance(node, list):
            stack += node
        if not isinstance(node, dict):
            continue
        kind = node.get("class")
        if kind == "STAR" or str(node.get("function_name", "")).lower() in _COUNTING:
            return True
        if kind == "SUBQUERY":
            if node.get("subquery_type") != "SCALAR" or all(
                _live(output, made, seen) for output in _outputs(node.get("subquery") or {})
            ):
                return True
        elif kind == "COLUMN_REF":
            name = str((node.get("column_names") or [""])[-1]).lower()
            known = made.get(name, [])
            if name in seen or all(_live(entry, made, seen | {name}) for entry in known):
                return True
        elif not _ends_alike(node):
            stack += node.values()
    return False


def _ends_alike(node: Mapping[str, Any]) -> bool:
    """Return whether all ends of a CASE are one constant, or a product has the factor 0."""
    if node.get("class") == "CASE":
        ends = [check.get("then_expr") for check in node.get("case_checks", ())] + [node.get("else_expr")]
        return all(map(_is_constant, ends)) and len({tuple(texts_of(end)) for end in ends}) == 1
    if node.get("function_name") == "*":
        factors = [entry.get("expression", entry) for entry in node.get("arguments") or node.get("children") or ()]
        return any(_is_constant(factor) and list(texts_of(factor))[-1:] == ["0"] for factor in factors)
    return False


def _speaks(node: Mapping[str, Any]) -> bool:
    return any(
        part.get("class") in _SPEAKING or str(part.get("function_name", "")).lower() in _COUNTING
        for part in dicts(node)
    )


def _is_constant(node: Any) -> bool:
    while isinstance(node, dict) and node.get("class") == "CAST":
        node = node.get("child")
    return isinstance(node, dict) and node.get("class") == "CONSTANT"


def _bare(node: Any) -> Any:
    """Return an expression without its place in the text."""
    if isinstance(node, dict):
        return {key: _bare(entry) for key, entry in node.items() if not key.startswith("query_location")}
    return [_bare(entry) for entry in node] if isinstance(node, list) else node
