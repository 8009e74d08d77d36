"""The comparisons of a recorded requirement by their text, read with the parser that read them the first time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from gonogo.language.expression import parse_requirement
from gonogo.language.requirement import Comparison, Condition, FactRef, Membership, Not, Operator, children, walk
from gonogo.language.tokens import ExpressionError


@dataclass(frozen=True, slots=True)
class WrittenComparison:
    """One comparison as its requirement has it.

    Attributes:
        facts: The facts that it reads.
        negated: Whether an odd number of ``not`` is above it.
        rises: Of one fact alone that is compared with what is no fact: whether more of it is nearer to the good side;
            None for any other.
    """

    facts: frozenset[str]
    negated: bool
    rises: bool | None


@lru_cache(maxsize=512)
def written_in(requirement: str) -> dict[str, WrittenComparison]:
    """Return the comparisons of a requirement by their text; none where it cannot be read any more."""
    try:
        parsed = parse_requirement(requirement)
    except ExpressionError:
        return {}
    return {
        requirement[node.span.start : node.span.end] or requirement: _written(node, negated)
        for node, negated in _comparisons(parsed.tree, negated=False)
    }


def written_at(text: str, stands: Mapping[str, WrittenComparison]) -> WrittenComparison | None:
    """Return what a finding's comparison is, by what its requirement has, or else read alone."""
    return stands.get(text) or written_in(text).get(text)


def _comparisons(node: Condition, *, negated: bool) -> Iterator[tuple[Comparison | Membership, bool]]:
    if isinstance(node, (Comparison, Membership)):
        yield node, negated
    elif isinstance(node, Not):
        yield from _comparisons(node.part, negated=not negated)
    else:
        for part in node.parts:
            yield from _comparisons(part, negated=negated)


def _written(node: Comparison | Membership, negated: bool) -> WrittenComparison:
    facts = frozenset(part.name for part in walk(node) if isinstance(part, FactRef))
    rises = None
    if isinstance(node, Comparison) and isinstance(node.left, FactRef) and not children(node.right):
        ordered = node.operator not in (Operator.EQ, Operator.NE) and not isinstance(node.right, FactRef)
        rises = node.operator in (Operator.GT, Operator.GE) if ordered else None
    return WrittenComparison(facts, negated, rises)
