"""Which tables and columns a query reads, by its tree; a column that cannot be told apart is read everywhere.

A mention counts as *asked* where the query itself says what a blank cell means there: ``x IS NULL``, or
``coalesce(x, ...)`` with something behind it. An outer join makes blanks of its own: there ``IS NULL`` says nothing
of a cell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from gonogo.model.refusal import StructuralFault

_ASKS: Final = frozenset({"OPERATOR_IS_NULL", "OPERATOR_IS_NOT_NULL"})
_OUTER: Final = frozenset({"LEFT", "RIGHT", "FULL", "OUTER"})
_EXISTS: Final = frozenset({"EXISTS", "NOT_EXISTS"})

Column = tuple[str, str]
_Scopes = tuple[Mapping[str, str], ...]


@dataclass(slots=True)
class Reads:
    """What a query reads.

    Attributes:
        bare: Table and column of each mention for which the query does not say what a blank means.
        asked: Table and column of each other mention.
        words: Texts that the query names.
    """

    bare: set[Column] = field(default_factory=set)
    asked: set[Column] = field(default_factory=set)
    words: set[str] = field(default_factory=set)


def reads_of(tree: Mapping[str, Any], columns: Mapping[str, frozenset[str]]) -> Reads:
    """Return what a query reads.

    Args:
        tree: Of an inspected query.
        columns: Names of the tables of the query to those of their columns, in lower case.

    Raises:
        CollectorRefusal: It turns what it cannot read into nothing.
    """
    outer = any(node.get("type") == "JOIN" and node.get("join_type") in _OUTER for node in dicts(tree))
    found = Reads()
    stack: list[tuple[Any, _Scopes, bool]] = [(tree, (), False)]
    while stack:
        value, scopes, asked = stack.pop()
        if isinstance(value, list):
            stack += [(entry, scopes, asked) for entry in value]
        if not isinstance(value, dict):
            continue
        kind, kind_class = value.get("type"), value.get("class")
        if kind == "SELECT_NODE":
            scopes = (dict(sources_of(value.get("from_table"), columns)), *scopes)
        if kind_class == "COLUMN_REF":
            names = [str(name).lower() for name in value.get("column_names", ())]
            (found.asked if asked else found.bare).update(_columns(names, scopes, columns))
        elif kind_class == "STAR":
            found.bare |= _starred(value, scopes, columns)
        elif kind_class == "CONSTANT":
            found.words.update(texts_of(value))
        elif kind_class == "CAST" and value.get("try_cast") and not asked:
            raise StructuralFault(
                "TRY_CAST turns what it cannot read into nothing, which drops out of counts; use CAST, or say what it "
                "means by coalesce(TRY_CAST(...), ...)"
            )
        elif kind == "BASE_TABLE" and value.get("column_name_alias"):
            found.bare |= _all(str(value.get("table_name", "")).lower(), columns)
        elif kind == "JOIN":
            found.bare |= _joined(value, scopes, columns)
        blank = _says_blank(value, outer)
        for key, entry in value.items():
            if key == "subquery" and value.get("subquery_type") in _EXISTS:
                entry = _without_star(entry)
            if key == "children" and blank:
                stack += [(child, scopes, index < blank) for index, child in enumerate(entry)]
            else:
                stack.append((entry, scopes, asked and kind_class == "CAST"))
    return found


def dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Yield each node of a tree."""
    stack = [value]
    while stack:
        entry = stack.pop()
        if isinstance(entry, dict):
            yield entry
            stack.extend(entry.values())
        elif isinstance(entry, list):
            stack.extend(entry)


def sources_of(source: Any, columns: Mapping[str, frozenset[str]]) -> Iterator[tuple[str, str]]:
    """Yield the names by which one SELECT knows the tables right behind its FROM, and the tables."""
    stack = [source]
    while stack:
        entry = stack.pop()
        if not isinstance(entry, dict):
            continue
        if entry.get("type") == "JOIN":
            stack += [entry.get("left"), entry.get("right")]
        table = str(entry.get("table_name", "")).lower()
        if entry.get("type") == "BASE_TABLE" and table in columns:
            yield str(entry.get("alias") or table).lower(), table


def texts_of(constant: Mapping[str, Any]) -> Iterator[str]:
    """Yield the text of a constant that is one."""
    for node in dicts({key: entry for key, entry in constant.items() if key != "class"}):
        yield from (entry for key, entry in node.items() if key in ("text", "value") and isinstance(entry, str))


def _columns(names: list[str], scopes: _Scopes, columns: Mapping[str, frozenset[str]]) -> set[Column]:
    """Return what a name may mean: a column of the nearest SELECT that has it, or a whole row."""
    if not names:
        return set()
    for scope in scopes:
        if len(names) > 1 and names[0] in scope:
            return {(scope[names[0]], names[1])} & _all(scope[names[0]], columns)
        found = {(table, names[0]) for table in scope.values() if names[0] in columns[table]}
        if found:
            return found
        if names[0] in scope:
            return _all(scope[names[0]], columns)
    return set()


def _starred(star: Mapping[str, Any], scopes: _Scopes, columns: Mapping[str, frozenset[str]]) -> set[Column]:
    scope = scopes[0] if scopes else {}
    alias = str(star.get("relation_name") or "").lower()
    tables = {scope[alias]} if alias in scope else set() if alias else set(scope.values())
    left_out = {name.lower() for name in star.get("exclude_list") or () if isinstance(name, str)}
    return {(table, name) for table in tables for name in columns[table] if name not in left_out}


def _joined(join: Mapping[str, Any], scopes: _Scopes, columns: Mapping[str, frozenset[str]]) -> set[Column]:
    tables = set(scopes[0].values()) if scopes else set(columns)
    if join.get("ref_type") == "NATURAL":
        return {pair for table in tables for pair in _all(table, columns)}
    using = {str(name).lower() for name in join.get("using_columns") or ()}
    return {(table, name) for table in tables for name in using & columns[table]}


def _all(table: str, columns: Mapping[str, frozenset[str]]) -> set[Column]:
    return {(table, name) for name in columns.get(table, ())}


def _says_blank(node: Mapping[str, Any], outer: bool) -> int:
    """Return for how many of the children of a node the query says what a blank means."""
    children = node.get("children")
    if not isinstance(children, list):
        return 0
    if node.get("type") == "OPERATOR_COALESCE":
        return len(children) - 1
    return len(children) if node.get("type") in _ASKS and not outer else 0


def _without_star(subquery: Any) -> Any:
    """Return the query behind EXISTS, which asks for rows and reads no cell of ``SELECT *``."""
    node = subquery.get("node") if isinstance(subquery, dict) else None
    if not isinstance(node, dict) or node.get("type") != "SELECT_NODE":
        return subquery
    kept = [entry for entry in node.get("select_list", ()) if entry.get("class") != "STAR"]
    return {**subquery, "node": {**node, "select_list": kept}}
