"""How a criterion may read what gonogo computes from acceptances, so that none helps unseen.

What counts open items is asked to stay at or below a limit, and nothing else. Then nothing is met with fewer
acceptances and not with more, and what is met only with them can be shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.language.requirement import All, AnyOf, Comparison, Condition, FactRef, Operator, Requirement, walk
from gonogo.model.fact import Vocabulary
from gonogo.model.register import ACCEPTANCES
from gonogo.ruleset.typecheck import Issue

READING: Final = "G139"
_AT_MOST: Final = (Operator.LE, Operator.LT)
_AT_LEAST: Final = (Operator.GE, Operator.GT)


def acceptance_issues(text: Requirement, vocabulary: Vocabulary, *, exempts: bool) -> list[Issue]:
    """Return what is wrong with the way in which one text reads the facts of registers.

    Args:
        text: A requirement or an exemption.
        vocabulary: Declares the registers.
        exempts: Whether it is an exemption.
    """
    if not vocabulary.registers:
        return []
    upper = set() if exempts else {id(node) for node in _upper_bounds(text.tree)}
    found = []
    for node in walk(text.tree):
        if not isinstance(node, FactRef) or (register := vocabulary.registers_by_fact.get(node.name)) is None:
            continue
        if exempts:
            what = f"an exemption may not read '{node.name}': an acceptance would take the question away"
            found.append(Issue(READING, node.span, what, "read it in `require`"))
        elif id(node) not in upper:
            what = f"'{node.name}' must stand alone on one side of `<=` or `<`, outside of any `not`"
            found.append(Issue(READING, node.span, what, f"for example `{node.name} <= 0`"))
        elif register.fact not in text.facts:
            what = f"this reads '{node.name}' but not '{register.fact}', whose open items it counts"
            hint = f"for example `{register.fact} >= floor and {node.name} <= 0`"
            found.append(Issue(READING, node.span, what, hint))
    return found + list(_both(text, vocabulary))


def _both(text: Requirement, vocabulary: Vocabulary) -> Iterator[Issue]:
    """The sum of what is accepted is made from what criteria came to without it, so none of these reads it."""
    makes = [name for name in text.facts if name.partition(".")[0] == ACCEPTANCES]
    counts = [name for name in text.facts if name in vocabulary.registers_by_fact]
    if makes and counts:
        nodes = [node for node in walk(text.tree) if isinstance(node, FactRef) and node.name == makes[0]]
        what = f"a criterion that reads '{makes[0]}' may not read '{counts[0]}'"
        yield Issue(READING, nodes[0].span, what, "split it into two criteria")


def _upper_bounds(node: Condition) -> Iterator[FactRef]:
    """Yield the facts that stand alone on the smaller side of a comparison, where no ``not`` turns it around."""
    if isinstance(node, (All, AnyOf)):
        for part in node.parts:
            yield from _upper_bounds(part)
    elif isinstance(node, Comparison):
        side = node.left if node.operator in _AT_MOST else node.right if node.operator in _AT_LEAST else None
        other = node.right if side is node.left else node.left
        alone = not any(isinstance(part, FactRef) for part in walk(other))
        if isinstance(side, FactRef) and alone:
            yield side
