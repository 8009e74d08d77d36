"""Conditions that come out one way for every row, by the words that the settings allow: no evidence could change them.

Pure, over settings. A column with a list of words, a boolean and a ``given`` are tried with each value; every other
comparison may come out either way. So what is found is certain, and arithmetic that cancels itself out is not found. A
column with one allowed word is left alone: a file with another word in it is refused anyway.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Membership,
    Not,
    Operator,
    ParameterRef,
    Text,
    Truth,
    walk,
)

MOST: Final = 20_000
"""Combinations that are tried; a condition with more is not judged."""
_OPEN: Final = object()

Tried = dict[Any, Any]


def always(where: str, among: str | None, columns: Mapping[str, Column]) -> bool | None:
    """Return what a condition is for every row that is among, or None where rows can differ, or none is among."""
    found = {_holds(tree, tried) for tree, tried in _rows(where, among, columns)}
    return found.pop() if len(found) == 1 else None


def nobody(among: str, columns: Mapping[str, Column]) -> bool:
    """Return whether no row can be among."""
    return always(among, None, columns) is False


def _rows(where: str, among: str | None, columns: Mapping[str, Column]) -> Iterator[tuple[Condition, Tried]]:
    tree = parse_requirement(where).tree
    other = parse_requirement(among).tree if among else None
    trees = [tree] if other is None else [tree, other]
    choices: dict[Any, Sequence[Any]] = {}
    flags = {column.given for column in columns.values() if column.given}
    compared = [
        node
        for node in itertools.chain.from_iterable(walk(each) for each in trees)
        if isinstance(node, (Comparison, Membership))
    ]
    for node in itertools.chain.from_iterable(walk(each) for each in trees):
        if isinstance(node, ParameterRef):
            values = _values(columns.get(node.name), node.name in flags)
            if values:
                choices[node.name] = _unlike(node.name, values, compared)
    for node in itertools.chain.from_iterable(walk(each) for each in trees):
        if isinstance(node, (Comparison, Membership)) and _judged(
            node, {key: each[0] for key, each in choices.items()}
        ):
            choices[node] = (True, False)
    size = 1
    for values in choices.values():
        size *= len(values)
    if size > MOST:
        return
    for combination in itertools.product(*choices.values()):
        tried = dict(zip(choices, combination, strict=True))
        if other is None or _holds(other, tried):
            yield tree, tried


def _unlike(name: str, values: Sequence[Any], compared: Sequence[Comparison | Membership]) -> Sequence[Any]:
    """Return one value of each group that no comparison tells apart; all of them where two columns are compared."""
    groups: dict[tuple[bool, ...], Any] = {}
    mine = [
        node for node in compared if any(isinstance(each, ParameterRef) and each.name == name for each in walk(node))
    ]
    if any(sum(isinstance(each, ParameterRef) for each in walk(node)) > 1 for node in mine):
        return values
    texts = [{each.value for each in walk(node) if isinstance(each, (Text, Truth))} for node in mine]
    for value in values:
        groups.setdefault(tuple(value in named for named in texts), value)
    return list(groups.values())


def _values(column: Column | None, flag: bool) -> Sequence[Any]:
    if flag or (column is not None and column.type is ColumnType.BOOLEAN):
        return (True, False)
    listed = column.allowed if column is not None else ()
    return listed if listed != "any" and len(listed) > 1 else ()


def _judged(node: Comparison | Membership, tried: Tried) -> bool:
    """Return whether nothing is known of a comparison, so that it may come out either way."""
    return _outcome(node, tried) is None


def _holds(node: Condition, tried: Tried) -> bool:
    if isinstance(node, All):
        return all(_holds(part, tried) for part in node.parts)
    if isinstance(node, AnyOf):
        return any(_holds(part, tried) for part in node.parts)
    if isinstance(node, Not):
        return not _holds(node.part, tried)
    outcome = _outcome(node, tried)
    return bool(tried[node] if outcome is None else outcome)


def _outcome(node: Comparison | Membership, tried: Tried) -> bool | None:
    if isinstance(node, Membership):
        value, choices = _value(node.operand, tried), [_value(choice, tried) for choice in node.choices]
        return None if _OPEN in (value, *choices) else value in choices
    if node.left == node.right:
        return node.operator in (Operator.EQ, Operator.LE, Operator.GE)
    left, right = _value(node.left, tried), _value(node.right, tried)
    if left is _OPEN or right is _OPEN or node.operator not in (Operator.EQ, Operator.NE):
        return None
    return (left == right) is (node.operator is Operator.EQ)


def _value(node: Any, tried: Tried) -> Any:
    if isinstance(node, ParameterRef):
        return tried.get(node.name, _OPEN)
    return node.value if isinstance(node, (Text, Truth)) else _OPEN
