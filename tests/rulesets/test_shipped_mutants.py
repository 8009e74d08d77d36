"""Each threshold, comparison and clause of the shipped rulesets is held by a case: change it, and a case notices."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import pytest

from gonogo.engine.reference import judge
from gonogo.language.requirement import (
    All,
    AnyOf,
    Comparison,
    Condition,
    FactRef,
    Literal,
    Not,
    Number,
    Operator,
    ParameterRef,
    Requirement,
    Truth,
    walk,
)
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import FactType
from gonogo.model.finding import Outcome, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.ruleset import Criterion, Parameter, days_before
from gonogo.ruleset.case_files import RulesetCase, load_cases
from gonogo.ruleset.loader import LoadedRuleset, load_ruleset

RULESETS: Final = Path(__file__).resolve().parents[2] / "rulesets"
GO_LIVE: Final = datetime(2027, 5, 3, 10, tzinfo=UTC)
STRICT: Final = {Operator.LE: Operator.LT, Operator.GE: Operator.GT, Operator.LT: Operator.LE, Operator.GT: Operator.GE}
SAME: Final = {"system.defects.severity: max_critical_rate T-30 -0.01"}
"""What changes nothing: no rate is below zero, nor below less."""
ANSWERS: Final = {Status.MET: Outcome.MET, Status.NOT_MET: Outcome.NOT_MET, Status.UNKNOWN: Outcome.UNKNOWN}


@dataclass(frozen=True)
class Mutant:
    """A criterion of which one small thing was changed, and what."""

    what: str
    criterion: Criterion


@cache
def shipped(name: str) -> LoadedRuleset:
    return load_ruleset(RULESETS / name)


@cache
def cases_of(name: str) -> dict[str, list[tuple[RulesetCase, EvidenceSet]]]:
    """The cases by criterion, with their facts as evidence of one minute ago."""
    loaded = shipped(name)
    found: dict[str, list[tuple[RulesetCase, EvidenceSet]]] = {}
    for case in load_cases(loaded):
        found.setdefault(case.criterion, []).append((case, evidence(case, loaded)))
    return found


def evidence(case: RulesetCase, loaded: LoadedRuleset) -> EvidenceSet:
    at = now_of(case) - timedelta(minutes=1)
    source = Source(binding="case", locator="case")
    facts = [(loaded.vocabulary[name], value) for name, value in case.facts.items()]
    return EvidenceSet(
        evidence=tuple(
            Evidence(fact=f.name, type=f.type, unit=f.unit, value=v, as_of=at, basis=Basis.MEASURED, source=source)
            for f, v in facts
        )
    )


def now_of(case: RulesetCase) -> datetime:
    return GO_LIVE - timedelta(days=days_before(case.at))


def answer(criterion: Criterion, case: RulesetCase, facts: EvidenceSet, policy: object) -> Outcome | None:
    """Judge one criterion alone; None where it does not apply."""
    days = days_before(case.at)
    parameters = {parameter.name: parameter.at(days) for parameter in criterion.parameters}
    scope = Scope(now_of(case), GO_LIVE, case.at, policy, (Case(criterion, parameters),))  # type: ignore[arg-type]
    return judge(scope, facts).criteria[criterion.id]


def wanted(case: RulesetCase) -> Outcome | None:
    """What a case expects; None where its criterion does not apply."""
    return ANSWERS.get(case.expect)


def noticed(mutant: Mutant, name: str) -> bool:
    """Whether a case of the criterion comes out otherwise than it says."""
    policy = shipped(name).ruleset.policy
    for case, facts in cases_of(name)[mutant.criterion.id]:
        if case.expect is not Status.NOT_DUE and answer(mutant.criterion, case, facts, policy) is not wanted(case):
            return True
    return False


def mutants(criterion: Criterion, loaded: LoadedRuleset) -> Iterator[Mutant]:
    yield from moved(criterion, loaded)
    for what, tree in changed(criterion.require.tree):
        yield Mutant(f"require: {what}", with_tree(criterion, "require", tree))
    if criterion.not_applicable_when is not None:
        tree = criterion.not_applicable_when.tree
        yield Mutant("exemption gone", criterion.model_copy(update={"not_applicable_when": None}))
        yield Mutant("exemption turned", with_tree(criterion, "not_applicable_when", Not(tree, tree.span)))


def with_tree(criterion: Criterion, field: str, tree: Condition) -> Criterion:
    return criterion.model_copy(update={field: Requirement("mutant", tree)})


def moved(criterion: Criterion, loaded: LoadedRuleset) -> Iterator[Mutant]:
    """Each value of each parameter, one step either way."""
    for index, parameter in enumerate(criterion.parameters):
        whole = is_whole(criterion.require.tree, parameter.name, loaded)
        for where, value, put in values(parameter):
            if not isinstance(value, Number):
                continue
            for step in (size(value.value, whole), -size(value.value, whole)):
                moved_to = put(replace(value, value=value.value + step))
                parameters = (*criterion.parameters[:index], moved_to, *criterion.parameters[index + 1 :])
                changed_one = criterion.model_copy(update={"parameters": parameters})
                yield Mutant(f"{parameter.name} {where} {float(step):+g}", changed_one)


def values(parameter: Parameter) -> Iterator[tuple[str, Literal, object]]:
    if parameter.constant is not None:
        yield "", parameter.constant, lambda new: parameter.model_copy(update={"constant": new})
    for index, rung in enumerate(parameter.ladder):

        def put(new: Literal, index: int = index) -> Parameter:
            ladder = list(parameter.ladder)
            ladder[index] = ladder[index].model_copy(update={"value": new})
            return parameter.model_copy(update={"ladder": tuple(ladder)})

        yield rung.milestone, rung.value, put


def is_whole(tree: Condition, name: str, loaded: LoadedRuleset) -> bool:
    """Whether a parameter is compared with whole numbers and nothing else."""
    for node in walk(tree):
        if isinstance(node, Comparison):
            for one, other in ((node.left, node.right), (node.right, node.left)):
                if isinstance(one, ParameterRef) and one.name == name:
                    parts = [part for part in walk(other) if isinstance(part, (FactRef, ParameterRef))]
                    return all(
                        isinstance(part, FactRef) and loaded.vocabulary[part.name].type is FactType.INTEGER
                        for part in parts
                    )
    return False


def size(value: Fraction, whole: bool) -> Fraction:
    """A step that a careful reader would see: one, a percentage point, half of a small share, a twentieth."""
    if whole:
        return Fraction(1)
    if value == 0:
        return Fraction(1, 100)
    return min(Fraction(1, 100), value / 2) if value <= Fraction(3, 2) else max(Fraction(1, 10), value / 20)


def changed(tree: Condition) -> Iterator[tuple[str, Condition]]:
    """The tree with one comparison flipped or made strict, one clause dropped, or one connective exchanged."""
    for node in walk(tree):
        if isinstance(node, Comparison):
            yield f"flipped at {node.span.start}", put_in(tree, node, replace(node, operator=node.operator.opposite))
            if node.operator in STRICT and not isinstance(node.right, Truth):
                yield f"limit at {node.span.start}", put_in(tree, node, replace(node, operator=STRICT[node.operator]))
        if isinstance(node, (Comparison, All, AnyOf, Not)) and node is not tree:
            without = put_in(tree, node, None)
            if without is not None:
                yield f"dropped at {node.span.start}", without
        if isinstance(node, All):
            yield f"or at {node.span.start}", put_in(tree, node, AnyOf(node.parts, node.span))
        if isinstance(node, AnyOf):
            yield f"and at {node.span.start}", put_in(tree, node, All(node.parts, node.span))
        if isinstance(node, Not):
            yield f"not at {node.span.start}", put_in(tree, node, node.part)


def put_in(tree: Condition, old: Condition, new: Condition | None) -> Condition | None:
    """The tree with another part in the place of one, or without it."""
    if tree is old:
        return new
    if isinstance(tree, (All, AnyOf)):
        parts = tuple(part for each in tree.parts if (part := put_in(each, old, new)) is not None)
        return None if not parts else parts[0] if len(parts) == 1 else replace(tree, parts=parts)
    if isinstance(tree, Not):
        inside = put_in(tree.part, old, new)
        return None if inside is None else replace(tree, part=inside)
    return tree


@pytest.mark.parametrize("name", ["m3-baseline", "m3-engagement", "m3-hardened"])
def test_every_case_comes_out_as_it_says(name):
    """The examples are the ruleset's promise to those who sign by it."""
    rules = shipped(name).ruleset
    wrong = [
        f"{case.criterion}: {case.name}"
        for criterion in rules.criteria
        for case, facts in cases_of(name)[criterion.id]
        if case.expect is not Status.NOT_DUE and answer(criterion, case, facts, rules.policy) is not wanted(case)
    ]

    assert wrong == []


@pytest.mark.parametrize("name", ["m3-baseline", "m3-engagement", "m3-hardened"])
def test_every_small_change_is_noticed_by_a_case(name):
    """A limit that no case holds can be moved by a slip of the finger, and every test stays green."""
    loaded = shipped(name)
    made = [mutant for criterion in loaded.ruleset.criteria for mutant in mutants(criterion, loaded)]
    alive = [f"{mutant.criterion.id}: {mutant.what}" for mutant in made if not noticed(mutant, name)]

    assert len(made) > 9 * len(loaded.ruleset.criteria)
    assert set(alive) <= SAME
    assert name != "m3-hardened" or set(alive) == SAME
