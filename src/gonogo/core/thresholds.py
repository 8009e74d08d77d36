"""Which way a threshold counts: whether a larger value asks for more, for less, or nobody can say."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction
from typing import Final

from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    Duration,
    FactRef,
    Literal,
    Not,
    Number,
    Operator,
    ParameterRef,
    Requirement,
    walk,
)


class Way(StrEnum):
    """How a change of a threshold reads."""

    TIGHTER = "tightened"
    LOOSER = "loosened"
    OTHER = "changed"


_MORE: Final = {Operator.GE: 1, Operator.GT: 1, Operator.LE: -1, Operator.LT: -1}


def directions(requirement: Requirement, *, exempts: bool = False) -> dict[str, int]:
    """Return, for each parameter, 1 where a larger value asks for more, -1 where it asks for less, 0 where neither.

    Args:
        requirement: A requirement.
        exempts: Whether the criterion does not apply where it is true, so that everything is the other way round.
    """
    found: dict[str, int] = {}
    _look(requirement.tree, -1 if exempts else 1, found)
    names = {node.name for node in walk(requirement.tree) if isinstance(node, ParameterRef)}
    return {name: found.get(name, 0) for name in names}


def _look(node: Condition, sign: int, found: dict[str, int]) -> None:
    if isinstance(node, (All, AnyOf)):
        for part in node.parts:
            _look(part, sign, found)
    elif isinstance(node, Not):
        _look(node.part, -sign, found)
    elif isinstance(node, Comparison):
        _compare(node, sign, found)
    else:
        found.update({part.name: 0 for part in walk(node) if isinstance(part, ParameterRef)})


def _compare(node: Comparison, sign: int, found: dict[str, int]) -> None:
    """A bare parameter on one side and no parameter on the other is the only case in which the way is plain."""
    for side, other, turned in ((node.right, node.left, sign), (node.left, node.right, -sign)):
        used = [part.name for part in walk(side) if isinstance(part, ParameterRef)]
        plain = isinstance(side, ParameterRef) and any(isinstance(part, FactRef) for part in walk(other))
        way = turned * _MORE.get(node.operator, 0) if plain else 0
        for name in used:
            found[name] = way if found.get(name, way) == way else 0


def way_of(old: Literal, new: Literal, direction: int) -> Way:
    """Return how the change of a threshold reads."""
    before, after = _size(old), _size(new)
    if before is None or after is None or not direction or before[0] != after[0]:
        return Way.OTHER
    return Way.TIGHTER if (after[1] > before[1]) == (direction > 0) else Way.LOOSER


def _size(literal: Literal) -> tuple[str, Fraction] | None:
    if isinstance(literal, Number):
        return "number", literal.value
    return ("duration", literal.seconds) if isinstance(literal, Duration) else None
