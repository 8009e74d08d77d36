"""Where a comparison begins to come out differently as one fact moves: found exactly, with the other facts as they are.

As a function of one fact, each side of a comparison is one polynomial divided by another. Where it is of a higher
degree than one, nothing is said: a boundary that is not exact would be a promise that nobody can keep.
"""

from __future__ import annotations

from fractions import Fraction

from gonogo.core.operand import OperandReading, Quantity
from gonogo.core.polynomial import Polynomial, minus, times
from gonogo.language.requirement import (
    Arithmetic,
    Binary,
    Comparison,
    FactRef,
    LowerBound,
    Negative,
    Node,
    Operand,
    walk,
)
from gonogo.model.judgement import Leaf

_ONE: Polynomial = (Fraction(1),)
_ZERO = Fraction(0)


def crossings(comparison: Comparison, fact: str, reading: OperandReading) -> list[Fraction]:
    """Return the values of a fact at which the sides of a comparison are equal, or at which it would divide by zero."""
    if any(isinstance(node, LowerBound) for node in walk(comparison)):
        return []
    left, right = (_rational(side, fact, reading) for side in (comparison.left, comparison.right))
    if left is None or right is None:
        return []
    over = minus(times(left[0], right[1]), times(right[0], left[1]))
    roots = [_root(each) for each in (over, left[1], right[1])]
    return list(dict.fromkeys(root for root in roots if root is not None))


def is_base(leaf: Leaf, fact: str) -> bool:
    """Whether a comparison reads a fact only as what others are a share of: multiplied by a share, or divided by."""
    scaled = [name for node in walk(leaf.comparison) for name in _scaling(node)]
    read = [node.name for node in walk(leaf.comparison) if isinstance(node, FactRef)]
    return fact in scaled and scaled.count(fact) == read.count(fact) and len(set(read)) > 1


def _scaling(node: Node) -> list[str]:
    """Return the facts that stand alone in a product, or as a divisor."""
    if not isinstance(node, Binary) or node.operator not in (Arithmetic.MULTIPLY, Arithmetic.DIVIDE):
        return []
    sides = (node.left, node.right) if node.operator is Arithmetic.MULTIPLY else (node.right,)
    return [side.name for side in sides if isinstance(side, FactRef)]


def _rational(node: Operand, fact: str, reading: OperandReading) -> tuple[Polynomial, Polynomial] | None:
    """Return an operand as numerator and denominator over the fact's value; None where it has no value."""
    if isinstance(node, FactRef) and node.name == fact:
        return (_ZERO, Fraction(1)), _ONE
    if isinstance(node, Negative):
        inner = _rational(node.operand, fact, reading)
        return None if inner is None else (minus((), inner[0]), inner[1])
    if not isinstance(node, Binary):
        value = reading.operand(node)
        return ((value.value,), _ONE) if isinstance(value, Quantity) else None
    left, right = _rational(node.left, fact, reading), _rational(node.right, fact, reading)
    if left is None or right is None:
        return None
    (over, under), (other_over, other_under) = left, right
    if node.operator is Arithmetic.MULTIPLY:
        return times(over, other_over), times(under, other_under)
    if node.operator is Arithmetic.DIVIDE:
        return times(over, other_under), times(under, other_over)
    one, other = times(over, other_under), times(other_over, under)
    return (minus(one, minus((), other)) if node.operator is Arithmetic.ADD else minus(one, other)), times(
        under, other_under
    )


def _root(polynomial: Polynomial) -> Fraction | None:
    """Return where a polynomial of the first degree is zero; None for any other."""
    factors = list(polynomial)
    while factors and factors[-1] == 0:
        factors.pop()
    return -factors[0] / factors[1] if len(factors) == 2 else None
