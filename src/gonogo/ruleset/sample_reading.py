"""How a criterion may read what a sample proves: ``lower(fact, 95%) >= x``, of a sample, and never turned around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    LowerBound,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Requirement,
    walk,
)
from gonogo.model.fact import FactType, Vocabulary
from gonogo.model.ruleset import Parameter
from gonogo.ruleset.operand_types import values_of
from gonogo.ruleset.typecheck import Issue

MISUSED: Final = "G163"
_HINT: Final = "write `lower(name.of_fact, 95%) >= min_share`"


def sample_issues(text: Requirement, vocabulary: Vocabulary, parameters: Mapping[str, Parameter]) -> list[Issue]:
    """Return what is wrong with each proof by a sample in one text."""
    fits = {id(node): other for node, other in _proofs(text.tree)}
    found: list[Issue] = []
    for node in walk(text.tree):
        if not isinstance(node, LowerBound):
            continue
        fact = vocabulary.get(node.fact.name)
        if fact is not None and fact.type is not FactType.RATIO:
            what = f"'{fact.name}' is of type {fact.type}; only a share given as part and whole can be proved"
            found.append(Issue(MISUSED, node.fact.span, what, "name a ratio"))
        elif fact is not None and not fact.sample:
            what = f"'{fact.name}' is not declared as a sample; what counts everything leaves nothing to prove"
            hint = "compare the share itself, or write `sample: true` at the fact if it counts a sample"
            found.append(Issue(MISUSED, node.fact.span, what, hint))
        if id(node) not in fits:
            what = "`lower(…)` must stand alone on the greater side of one comparison, outside of any `not`"
            found.append(Issue(MISUSED, node.span, what, _HINT))
        else:
            found += _threshold(fits[id(node)], parameters)
    return found


def _threshold(node: Operand, parameters: Mapping[str, Parameter]) -> Iterator[Issue]:
    if isinstance(node, Number):
        values = [node.value]
    elif isinstance(node, ParameterRef) and node.name in parameters:
        values = [each.value for each in values_of(parameters[node.name]) if isinstance(each, Number)]
    elif isinstance(node, ParameterRef):
        return  # the type check names it
    else:
        yield Issue(MISUSED, node.span, "what a sample must prove is a number or a parameter", _HINT)
        return
    if any(value >= 1 for value in values):
        what = "no sample proves that everything is good, so this could never be met"
        yield Issue("G131", node.span, what, "choose a share below 100%; `95%` is 0.95")
    elif values and all(value <= 0 for value in values):
        yield Issue("G131", node.span, "this is always so: it asks for no share at all", "choose another threshold")


def _proofs(node: Condition) -> Iterator[tuple[LowerBound, Operand]]:
    """Yield each proof that stands where it may, with what it must reach."""
    if isinstance(node, (All, AnyOf)):
        for part in node.parts:
            yield from _proofs(part)
    elif isinstance(node, Comparison):
        greater = node.operator in (Operator.GE, Operator.GT)
        less = node.operator in (Operator.LE, Operator.LT)
        side, other = (node.left, node.right) if greater else (node.right, node.left)
        if (greater or less) and isinstance(side, LowerBound) and not _holds_proof(other):
            yield side, other


def _holds_proof(node: Operand) -> bool:
    return any(isinstance(part, LowerBound) for part in walk(node))
