"""Whether any evidence at all could meet some requirements together: intervals of each fact, at one milestone.

Only comparisons of one fact with a number, a text or a truth are looked at; any other one is taken as possible. So what
is called impossible is, and something impossible may go unnoticed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product
from math import ceil, floor
from typing import Final

from gonogo.language.requirement import (
    All,
    AnyOf,
    Condition,
    FactRef,
    Literal,
    Membership,
    Not,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Text,
    Truth,
)
from gonogo.model.fact import FactType, Vocabulary

MOST: Final = 200
"""Alternatives that are looked at; a requirement with more is taken as possible."""
_MIRRORED: Final = {
    Operator.LT: Operator.GT,
    Operator.LE: Operator.GE,
    Operator.GT: Operator.LT,
    Operator.GE: Operator.LE,
    Operator.EQ: Operator.EQ,
    Operator.NE: Operator.NE,
}
Test = tuple[str, Operator, Literal]
"""A fact, an operator and the value that it is compared with."""
Way = tuple[Test, ...]
"""Tests that must all hold."""


@dataclass(frozen=True, slots=True)
class Range:
    """The numbers that a fact may still have."""

    low: Fraction | None = None
    high: Fraction | None = None
    above: bool = False
    below: bool = False

    def at_least(self, value: Fraction, *, strict: bool) -> Range:
        """Return what is left at or above a value."""
        if self.low is not None and (value, strict) <= (self.low, self.above):
            return self
        return replace(self, low=value, above=strict)

    def at_most(self, value: Fraction, *, strict: bool) -> Range:
        """Return what is left at or below a value."""
        if self.high is not None and (-value, strict) <= (-self.high, self.below):
            return self
        return replace(self, high=value, below=strict)

    def empty(self, *, whole: bool) -> bool:
        """Whether nothing is left; ``whole`` for facts that count."""
        low, high, above, below = self.low, self.high, self.above, self.below
        if whole and low is not None:
            low, above = Fraction(floor(low) + 1 if above else ceil(low)), False
        if whole and high is not None:
            high, below = Fraction(ceil(high) - 1 if below else floor(high)), False
        return low is not None and high is not None and (low > high or (low == high and (above or below)))


def ways(node: Condition, parameters: Mapping[str, Literal], *, holds: bool = True) -> list[Way] | None:
    """Return the ways in which a condition can hold, or fail; None where there are too many to look at."""
    if isinstance(node, Not):
        return ways(node.part, parameters, holds=not holds)
    if isinstance(node, (All, AnyOf)):
        parts = [ways(part, parameters, holds=holds) for part in node.parts]
        return _joined(parts, together=isinstance(node, All) is holds)
    if isinstance(node, Membership):
        tests = [_test(Operator.EQ, node.operand, choice, parameters, holds=holds) for choice in node.choices]
        return _joined([[test] for test in tests], together=not holds)
    return [_test(node.operator, node.left, node.right, parameters, holds=holds)]


def _joined(parts: Sequence[list[Way] | None], *, together: bool) -> list[Way] | None:
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return None
    if not together:
        found = [way for part in known for way in part]
        return found if len(found) <= MOST else None
    size = 1
    for part in known:
        size *= len(part)
    if size > MOST:
        return None
    return [tuple(test for way in combined for test in way) for combined in product(*known)]


def _test(operator: Operator, left: Operand, right: Operand, parameters: Mapping[str, Literal], *, holds: bool) -> Way:
    operator = operator if holds else operator.opposite
    for side, other, turned in ((left, right, operator), (right, left, _MIRRORED[operator])):
        value = parameters.get(other.name) if isinstance(other, ParameterRef) else other
        if isinstance(side, FactRef) and isinstance(value, (Number, Text, Truth)):
            return ((side.name, turned, value),)
    return ()


def possible(tests: Way, vocabulary: Vocabulary) -> bool:
    """Whether evidence could meet all of these tests."""
    by_fact: dict[str, list[tuple[Operator, Literal]]] = {}
    for name, operator, value in tests:
        by_fact.setdefault(name, []).append((operator, value))
    return all(_possible(name, found, vocabulary) for name, found in by_fact.items())


def _possible(name: str, tests: Sequence[tuple[Operator, Literal]], vocabulary: Vocabulary) -> bool:
    fact = vocabulary.get(name)
    if fact is None:
        return True
    if fact.type.numeric:
        low, high = (None if bound is None else Fraction(bound) for bound in (fact.lowest, fact.highest))
        left, without = Range(low, high), set()
        for operator, value in tests:
            if isinstance(value, Number):
                left = _narrowed(left, operator, value.value)
                without |= {value.value} if operator is Operator.NE else set()
        only = left.low is not None and left.low == left.high and left.low in without
        return not only and not left.empty(whole=fact.type is FactType.INTEGER)
    said = [(operator, value.value) for operator, value in tests if isinstance(value, (Text, Truth))]
    known: set[object] = {True, False} if fact.type is FactType.BOOLEAN else set(fact.allowed)
    is_one = {value for operator, value in said if operator is Operator.EQ}
    is_not = {value for operator, value in said if operator is Operator.NE}
    if len(is_one) > 1 or is_one & is_not:
        return False
    return not known or bool((is_one or known) - is_not)


def _narrowed(left: Range, operator: Operator, value: Fraction) -> Range:
    if operator in (Operator.GE, Operator.GT, Operator.EQ):
        left = left.at_least(value, strict=operator is Operator.GT)
    if operator in (Operator.LE, Operator.LT, Operator.EQ):
        left = left.at_most(value, strict=operator is Operator.LT)
    return left


def together(first: list[Way] | None, second: list[Way] | None, vocabulary: Vocabulary) -> bool:
    """Whether evidence could meet two requirements at once, each in one of its ways."""
    if first is None or second is None or len(first) * len(second) > MOST**2:
        return True
    return any(possible((*one, *other), vocabulary) for one in first for other in second)


def facts_in(found: list[Way] | None) -> Iterator[str]:
    """Yield the facts that the ways of a requirement test."""
    yield from (name for way in found or () for name, _, _ in way)
