"""From a scope to leaves and gates: what an engine is asked to judge.

Ids are paths in the requirement's tree, so that they never depend on how the tree was compiled: ``c12.r`` is the root
of the requirement of the thirteenth asked criterion, ``c12.x`` that of its exemption, ``c12.b`` that of the requirement
as if nothing were accepted, and ``.j`` the j-th part of an ``and``, ``or`` or ``not``, or the j-th choice of an
``in [...]``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType
from typing import Final

from gonogo.core.span_held import span_outcome
from gonogo.errors import ConfigurationError, Problem
from gonogo.language.requirement import All, AnyOf, Comparison, Condition, Membership, Not, Operator, Truth
from gonogo.model.judgement import Case, Compiled, CompiledCriterion, Gate, Leaf, Scope
from gonogo.model.ruleset import Criterion

CODES: Final = {
    "G403": "The criteria that are asked are beyond a limit of the rule engine, or two of them share an id."
}
"""Code to meaning, for the registry."""

_NONE: Final[Mapping[str, Collection[str]]] = MappingProxyType({})
MAX_CRITERIA: Final = 4_000
"""Asked criteria in a scope: as many as were measured (half a second and 200 MiB for plain ones)."""
MAX_NODES: Final = 20_000
"""Leaves and gates in a scope."""
MAX_PARTS: Final = 4_000
"""Children of one gate: the engine's counters have 16 bits, its rulesets 4,096 rules."""
MAX_DEPTH: Final = 70
"""Nesting of one requirement: deeper trees would exhaust the stack of code that walks them."""


def compile_scope(scope: Scope, twice: Mapping[str, Collection[str]] = _NONE) -> Compiled:
    """Compile every asked criterion of ``scope``; a pure function of the requirements, without evidence.

    A comparison is one leaf, exactly as written; ``x in [a, b]`` is a gate over one equality for each choice; ``and``
    is a gate that needs all, ``or`` one that needs one. ``not`` negates the gate below it; over a comparison it is a
    negated gate of one, so that a leaf's outcome is always about the comparison as its author wrote it.

    Args:
        scope: What is asked.
        twice: Criteria whose requirement is asked a second time, as if nothing were accepted, each with the ids of
            the acceptances that count in what it reads.

    Raises:
        ConfigurationError: The scope is beyond a limit of the engine, or two criteria share an id. Every such mistake
            is named.
    """
    cases = scope.asked
    asked = [case.criterion for case in cases]
    problems = _scope_problems(asked)
    leaves: list[Leaf] = []
    gates: list[Gate] = []
    criteria: list[CompiledCriterion] = []
    for index, criterion in enumerate(asked):
        exempt = criterion.not_applicable_when
        trees = [criterion.require.tree] + ([exempt.tree] if exempt else [])
        mistakes = [mistake for tree in trees for mistake in _tree_problems(criterion, tree)]
        problems += mistakes
        if mistakes:
            continue
        criteria.append(
            CompiledCriterion(
                id=criterion.id,
                domain=criterion.domain,
                severity=criterion.severity,
                requirement=_held(
                    cases[index], scope.now, _Tree(index, leaves, gates), accepting=bool(twice.get(criterion.id))
                ),
                exemption=_Tree(index, leaves, gates, exempts=True).add(exempt.tree, f"c{index}.x") if exempt else None,
                bare=_held(cases[index], scope.now, _Tree(index, leaves, gates, bare=True))
                if criterion.id in twice
                else None,
            )
        )
    if (size := len(leaves) + len(gates)) > MAX_NODES:
        problems.append(
            _problem(
                f"The requirements have {size:,} comparisons and connectives; the engine judges at most {MAX_NODES:,}.",
                hint="Split the ruleset, or reduce long lists to one fact.",
            )
        )
    if problems:
        raise ConfigurationError(problems)
    return Compiled(criteria=tuple(criteria), leaves=tuple(leaves), gates=tuple(gates), policy=scope.policy)


def _held(case: Case, now: datetime, tree: _Tree, *, accepting: bool = False) -> str:
    """Append a requirement and, if it must have held for a span, what the record says about it; return the root."""
    way = "b" if tree.bare else ""
    root = tree.add(case.criterion.require.tree, f"c{tree.index}.{way or 'r'}")
    if case.criterion.held_s is None or case.record is None:
        return root
    truth = Truth(True, case.criterion.require.tree.span)
    held = f"c{tree.index}.{way}h"
    tree.leaves.append(
        Leaf(
            id=held,
            criterion=tree.index,
            operator=Operator.EQ,
            comparison=Comparison(operator=Operator.EQ, left=truth, right=truth, span=truth.span),
            held=span_outcome(case, now, accepting=accepting),
            bare=tree.bare,
        )
    )
    tree.gates.append(Gate(id=f"c{tree.index}.{way}rh", children=(root, held), k=2))
    return f"c{tree.index}.{way}rh"


@dataclass(frozen=True, slots=True)
class _Tree:
    index: int
    leaves: list[Leaf]
    gates: list[Gate]
    exempts: bool = False
    bare: bool = False

    def add(self, node: Condition, path: str, *, negated: bool = False) -> str:
        """Append the leaves and gates of ``node``, children first; return the id of the node that stands for it."""
        if isinstance(node, Comparison):
            return self._leaf(node, path, negated)
        if isinstance(node, Not):
            below = self.add(node.part, f"{path}.0", negated=not negated)
            if self.gates and self.gates[-1].id == below:  # the root of what was compiled is appended last
                self.gates[-1] = replace(self.gates[-1], negate=not self.gates[-1].negate)
                return below
            self.gates.append(Gate(id=path, children=(below,), k=1, negate=True))
            return path
        if isinstance(node, Membership):
            children = [
                self._leaf(
                    Comparison(operator=Operator.EQ, left=node.operand, right=choice, span=node.span),
                    f"{path}.{number}",
                    negated,
                    choice=number,
                    whole=node,
                )
                for number, choice in enumerate(node.choices)
            ]
        else:
            children = [self.add(part, f"{path}.{number}", negated=negated) for number, part in enumerate(node.parts)]
        self.gates.append(Gate(id=path, children=tuple(children), k=len(children) if isinstance(node, All) else 1))
        return path

    def _leaf(
        self,
        comparison: Comparison,
        path: str,
        negated: bool,
        *,
        choice: int | None = None,
        whole: Membership | None = None,
    ) -> str:
        self.leaves.append(
            Leaf(
                id=path,
                criterion=self.index,
                operator=comparison.operator,
                comparison=comparison,
                choice=choice,
                whole=whole,
                negated=negated,
                exempts=self.exempts,
                bare=self.bare,
            )
        )
        return path


def _scope_problems(asked: list[Criterion]) -> list[Problem]:
    problems: list[Problem] = []
    if len(asked) > MAX_CRITERIA:
        problems.append(_problem(f"{len(asked):,} criteria are asked; the engine judges at most {MAX_CRITERIA:,}."))
    seen: set[str] = set()
    for criterion in asked:
        if criterion.id in seen:
            problems.append(
                _problem(f"{criterion.id}: two criteria have this id; nobody could tell their findings apart.")
            )
        seen.add(criterion.id)
    return problems


def _tree_problems(criterion: Criterion, tree: Condition) -> list[Problem]:
    """Return what is beyond a limit, walking without recursion: a tree may be too deep to recurse into."""
    problems: list[Problem] = []
    todo: list[tuple[Condition, int]] = [(tree, 1)]
    while todo:
        node, depth = todo.pop()
        if depth > MAX_DEPTH:
            problems.append(_problem(f"{criterion.id}: a requirement is nested deeper than {MAX_DEPTH} levels."))
            break
        parts: tuple[Condition, ...] = ()
        count = 1
        if isinstance(node, (All, AnyOf)):
            parts, count = node.parts, len(node.parts)
        elif isinstance(node, Not):
            parts = (node.part,)
        elif isinstance(node, Membership):
            count = len(node.choices)
        if not 1 <= count <= MAX_PARTS:
            what = "no part" if count == 0 else f"{count:,} parts"
            problems.append(
                _problem(f"{criterion.id}: one connective or list has {what}; it takes 1 to {MAX_PARTS:,}.")
            )
        todo += [(part, depth + 1) for part in parts]
    return problems


def _problem(what: str, *, hint: str = "") -> Problem:
    return Problem(code="G403", where="", what=what, hint=hint)
