"""Comparisons that can come out only one way: the mistake that makes a criterion always met, or never."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from gonogo.language.requirement import (
    Comparison,
    FactRef,
    Literal,
    Membership,
    MomentRef,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Requirement,
    Text,
    walk,
)
from gonogo.model.canonical import fraction_text
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.ruleset import Parameter
from gonogo.ruleset.operand_types import values_of
from gonogo.ruleset.typecheck import Issue
from gonogo.text import did_you_mean, listed

_MIRRORED = {
    Operator.LT: Operator.GT,
    Operator.LE: Operator.GE,
    Operator.GT: Operator.LT,
    Operator.GE: Operator.LE,
    Operator.EQ: Operator.EQ,
    Operator.NE: Operator.NE,
}
_ALWAYS: dict[Operator, Callable[[Fraction, Fraction | None, Fraction | None], bool]] = {
    Operator.GE: lambda value, low, high: low is not None and value <= low,
    Operator.GT: lambda value, low, high: low is not None and value < low,
    Operator.LE: lambda value, low, high: high is not None and value >= high,
    Operator.LT: lambda value, low, high: high is not None and value > high,
    Operator.EQ: lambda value, low, high: False,
    Operator.NE: lambda value, low, high: False,
}


def constant_issues(
    requirement: Requirement, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]
) -> list[Issue]:
    """Return an issue for each comparison that no evidence could change.

    A rung of a ladder may be trivial (``T-60: 0%``), but not all of them, and none may lie outside the fact's range.
    """
    found: list[Issue] = []
    for node in walk(requirement.tree):
        if isinstance(node, Comparison):
            found += _comparison(node, requirement, vocabulary, parameters)
        elif isinstance(node, Membership):
            for choice in node.choices:
                found += _pair(node.operand, choice, Operator.EQ, vocabulary, parameters)
            if not _speaks_of_evidence(node.operand, *node.choices):
                found.append(Issue("G131", node.span, "this reads no fact, so no evidence can change it"))
    return found


def _comparison(
    node: Comparison, requirement: Requirement, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]
) -> list[Issue]:
    if not _speaks_of_evidence(node.left, node.right):
        return [Issue("G131", node.span, "this reads no fact, so no evidence can change it", "name a fact")]
    if node.left == node.right:
        return [Issue("G131", node.span, "both sides are the same, so no evidence can change it")]
    return _pair(node.left, node.right, node.operator, vocabulary, parameters) or _pair(
        node.right, node.left, _MIRRORED[node.operator], vocabulary, parameters
    )


def _speaks_of_evidence(*nodes: Operand) -> bool:
    return any(isinstance(part, (FactRef, MomentRef)) for node in nodes for part in walk(node))


def _pair(
    left: Operand, right: Operand, operator: Operator, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]
) -> list[Issue]:
    """Check ``fact operator value`` where the right side is a literal or a parameter."""
    fact = vocabulary.get(left.name) if isinstance(left, FactRef) else None
    values = _values(right, parameters)
    if fact is None or not values:
        return []
    if fact.allowed:
        return [
            Issue("G131", right.span, f"'{fact.name}' is never \"{value.value}\"", _allowed_hint(value.value, fact))
            for value in values
            if isinstance(value, Text) and value.value not in fact.allowed
        ]
    numbers = [value for value in values if isinstance(value, Number)]
    if not fact.type.numeric or not numbers:
        return []
    low, high = (None if bound is None else Fraction(bound) for bound in (fact.lowest, fact.highest))
    for number in numbers:
        if (low is not None and number.value < low) or (high is not None and number.value > high):
            return [Issue("G131", right.span, _outside(fact, number), _outside_hint(fact, number))]
    if all(_ALWAYS[operator](number.value, low, high) for number in numbers):
        return [Issue("G131", right.span, f"'{fact.name}' is always so: {_range(fact)}", "choose another threshold")]
    if all(_ALWAYS[_opposite(operator)](number.value, low, high) for number in numbers):
        return [Issue("G131", right.span, f"'{fact.name}' is never so: {_range(fact)}", "choose another threshold")]
    return []


def _values(node: Operand, parameters: Mapping[str, Parameter]) -> list[Literal]:
    if isinstance(node, (Number, Text)):
        return [node]
    if isinstance(node, ParameterRef) and node.name in parameters:
        return values_of(parameters[node.name])
    return []


def _opposite(operator: Operator) -> Operator:
    return operator.opposite


def _range(fact: FactDeclaration) -> str:
    low, high = fact.lowest, fact.highest
    if low is not None and high is not None:
        return f"it is from {low} to {high}"
    return f"it is at least {low}" if low is not None else f"it is at most {high}"


def _outside(fact: FactDeclaration, number: Number) -> str:
    shown = f"{fraction_text(number.value * 100)}%" if number.percent else fraction_text(number.value)
    what = "is a ratio and" if fact.type is FactType.RATIO else "is"
    return f"'{fact.name}' {what} never {shown}: {_range(fact)}"


def _outside_hint(fact: FactDeclaration, number: Number) -> str:
    if fact.type is FactType.RATIO and not number.percent and fact.highest is not None and number.value <= 100:
        return f"did you mean `{fraction_text(number.value)}%`?"
    return f"`gonogo facts {fact.name}` shows its range"


def _allowed_hint(value: str, fact: FactDeclaration) -> str:
    return did_you_mean(value, fact.allowed, otherwise=f"it is one of: {listed(fact.allowed)}")
