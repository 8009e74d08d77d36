"""Which counts are of what is wanted: rows that such a count names speak for it, and not against it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from gonogo.language.requirement import All, AnyOf, Comparison, Condition, FactRef, Not, Operator, walk
from gonogo.model.ruleset import Criterion

_MORE: Final = {Operator.GE: 1, Operator.GT: 1, Operator.LE: -1, Operator.LT: -1}


def wanted_facts(criteria: Iterable[Criterion]) -> frozenset[str]:
    """Return the facts that every criterion which reads them wants more of: ``mock.cycles_completed >= 4``.

    One that is also read in another way is not among them.
    """
    wanted: set[str] = set()
    others: set[str] = set()
    for criterion in criteria:
        _look(criterion.require.tree, 1, wanted, others)
        if criterion.not_applicable_when is not None:
            _look(criterion.not_applicable_when.tree, -1, wanted, others)
    return frozenset(wanted - others)


def _look(node: Condition, sign: int, wanted: set[str], others: set[str]) -> None:
    if isinstance(node, (All, AnyOf)):
        for part in node.parts:
            _look(part, sign, wanted, others)
    elif isinstance(node, Not):
        _look(node.part, -sign, wanted, others)
    elif isinstance(node, Comparison):
        way = sign * _MORE.get(node.operator, 0)
        for side, more in ((node.left, way), (node.right, -way)):
            names = {part.name for part in walk(side) if isinstance(part, FactRef)}
            (wanted if isinstance(side, FactRef) and more > 0 else others).update(names)
    else:
        others.update(part.name for part in walk(node) if isinstance(part, FactRef))
