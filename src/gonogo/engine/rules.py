"""A compiled scope and its observations as a program of the rule engine: leaves, gates, criteria. Pure.

Each answer is derived positively in each of its values, so that a lost fact leaves an answer out instead of turning it
around. "All of n are met" is a count of n met; unknown is "enough are not met or unknown, and enough are met or
unknown". Leaves conclude gates, these criteria; ``rollup.py`` goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count as numbers
from typing import Final

from gonogo.engine import rollup
from gonogo.engine.rollup import NOT_APPLICABLE, OUTCOMES, RESTS, STANDS, add_domain, add_overall
from gonogo.engine.rule_form import YES, Fact, Place, RuleProgram, Test
from gonogo.errors import EngineFault
from gonogo.language.requirement import Operator
from gonogo.model.judgement import INT64_MAX, Compiled, CompiledCriterion, Gate, Leaf, Observation
from gonogo.model.ruleset import Domain

SHARD: Final = 64
"""Addresses in one ruleset, 8 x 8: no fact ever meets more than a few dozen sibling tests (past 64 nothing fires)."""

_TESTS: Final = {
    Operator.LT: "$lt",
    Operator.LE: "$lte",
    Operator.GT: "$gt",
    Operator.GE: "$gte",
    Operator.NE: "$neq",
    Operator.EQ: "",
}
_NUMBERS: Final = {operator: number for number, operator in enumerate(Operator)}
_LEAVES: Final = "leaves"
_SINGLES: Final = "singles"
_BIG: Final = 2**62
_ANSWERS: Final = ("r0", "r1", "r2")
_ALL_ANSWERS: Final = dict.fromkeys(_ANSWERS, 1)
MET, NOT_MET, UNKNOWN = OUTCOMES

TABLES: Final[dict[str, dict[str, Fact]]] = {
    # r is the outcome by its number; nt and nf say "not proved met" and "not proved not met".
    "rails": {
        MET: {"r": 0, "nt": 0, "nf": 1},
        NOT_MET: {"r": 1, "nt": 1, "nf": 0},
        UNKNOWN: {"r": 2, "nt": 1, "nf": 1},
    },
    "opposite": {MET: {"r": 1}, NOT_MET: {"r": 0}, UNKNOWN: {"r": 2}},
    "seen": {YES: {"z": 1}},
    "answer": {MET: {"r0": 1}, NOT_MET: {"r1": 1}, UNKNOWN: {"r2": 1}},
    # y says "met as accepted" or "not met as if nothing were"; z is the opposite of either.
    "accepted": {MET: {"y": 1}, NOT_MET: {"z": 1}, UNKNOWN: {"z": 1}, NOT_APPLICABLE: {"z": 1}},
    "bare": {MET: {"z": 1}, NOT_MET: {"y": 1}, UNKNOWN: {"y": 1}},
    "exemption": {MET: {"x": 1}, NOT_MET: _ALL_ANSWERS, UNKNOWN: _ALL_ANSWERS},
}


def build(compiled: Compiled, observations: Sequence[Observation]) -> RuleProgram:
    """Return the program that judges ``compiled`` by ``observations``, one for each leaf in the same order.

    Raises:
        EngineFault: The observations are not those of the leaves, the tree is not whole, or a limit is passed.
    """
    if len(observations) != len(compiled.leaves):
        raise EngineFault(f"There are {len(observations)} observations for {len(compiled.leaves)} comparisons.")
    program = RuleProgram(tables=TABLES | rollup.TABLES)
    _general(program)
    for leaf, observation in zip(compiled.leaves, observations, strict=True):
        _leaf(program, leaf, observation)
    gate_places, criterion_places = _places("g", "h"), _places("c", "e")
    for gate in compiled.gates:
        if len(gate.children) == 1:
            _single(program, gate)
        else:
            _gate(program, gate, next(gate_places))
    for criterion in compiled.criteria:
        if criterion.exemption is None:
            _plain(program, criterion)
        else:
            _exemptible(program, criterion, criterion.exemption, next(criterion_places))
    resting_places = _places("a", "b")
    for criterion in compiled.criteria:
        if criterion.bare is not None:
            _twice(program, criterion, criterion.bare, next(resting_places))
    for number, domain in enumerate(Domain):
        add_domain(program, compiled, domain, number)
    add_overall(program, compiled)
    for sheet in list(program.sheets):
        _heartbeat(program, sheet)
    return program


def _places(high: str, low: str) -> Iterator[Place]:
    """Yield fresh addresses: two octal digits, in as many rulesets as it takes."""
    for number in numbers():
        shard, within = divmod(number, SHARD)
        yield f"{high}{shard}", {high: within >> 3, low: within & 7}


def _node(program: RuleProgram, node: str) -> str:
    """Return the key of a leaf or gate that is there already: children come before parents."""
    if (key := f"node {node}") not in program.expects:
        raise EngineFault(f"The connective or comparison {node} is used before it is there; nothing was judged.")
    return key


def _general(program: RuleProgram) -> None:
    """Add the rules that hold for any leaf by its operator, and for whatever takes over one node's outcome."""
    for number, operator in enumerate(Operator):
        place: Place = _LEAVES, {"op": number}
        program.rule(place, [{"u": 1}, _compare(operator)], ("", MET))
        program.rule(place, [{"u": 1}, _compare(operator.opposite)], ("", NOT_MET))
        program.rule(place, [{"u": 0}], ("", UNKNOWN))
    for number, outcome in enumerate(OUTCOMES):
        program.rule((_SINGLES, {"j": 1}), [{"r": number}], ("", outcome))


def _leaf(program: RuleProgram, leaf: Leaf, observation: Observation) -> None:
    if observation.leaf != leaf.id:
        raise EngineFault(f"The observation of {observation.leaf} stands where that of {leaf.id} belongs.")
    if max(abs(observation.v), abs(observation.w)) > INT64_MAX:
        raise EngineFault(f"The observation of {leaf.id} has a number beyond 64 bits.")
    key = f"node {leaf.id}"
    program.expect(key, OUTCOMES)
    place: Place = _LEAVES, {"op": _NUMBERS[leaf.operator]}
    # v and w are always both there: were one missing, the engine would compare with whatever is on its stack.
    program.start(place, n=program.name(key), u=int(observation.usable), v=observation.v, w=observation.w)


def _compare(operator: Operator) -> Test:
    pair: Test = {"v": {"$m": "w"}}
    return {_TESTS[operator]: pair} if _TESTS[operator] else pair


def _gate(program: RuleProgram, gate: Gate, place: Place) -> None:
    n, k, key = len(gate.children), gate.k, f"node {gate.id}"
    if not 1 <= k <= n:
        raise EngineFault(f"The connective {gate.id} asks for {k} of {n}.")
    for child in gate.children:
        program.then(_node(program, child), place, "rails")
    program.expect(key, OUTCOMES)
    yes, no = (NOT_MET, MET) if gate.negate else (MET, NOT_MET)
    program.rule(place, [{"r": 0}], (key, yes), count=k)
    program.rule(place, [{"r": 1}], (key, no), count=n - k + 1)
    aside: Place = place[0], {prop * 2: digit for prop, digit in place[1].items()}
    program.holds(f"{key} cannot be met", place, [{"nt": 1}], n - k + 1, aside, "seen")
    program.holds(f"{key} cannot be not met", place, [{"nf": 1}], k, aside, "seen")
    program.rule(aside, [{"z": 1}], (key, UNKNOWN), count=2)


def _single(program: RuleProgram, gate: Gate) -> None:
    """Add a gate over one child: it takes over the child's outcome, or its opposite."""
    if gate.k != 1:
        raise EngineFault(f"The connective {gate.id} asks for {gate.k} of 1.")
    _take_over(program, _node(program, gate.children[0]), f"node {gate.id}", "opposite" if gate.negate else "rails")


def _plain(program: RuleProgram, criterion: CompiledCriterion) -> None:
    """Add a criterion that always applies: it takes over its requirement's outcome."""
    _take_over(program, _node(program, criterion.requirement), f"criterion {criterion.id}", "rails")


def _take_over(program: RuleProgram, child: str, key: str, table: str) -> None:
    program.expect(key, OUTCOMES)
    program.then(child, (_SINGLES, {"j": 1, "n": program.name(key)}), table)


def _exemptible(program: RuleProgram, criterion: CompiledCriterion, exemption: str, place: Place) -> None:
    """Add a criterion with an exemption: an answer takes the requirement's, and that something is asked at all."""
    key = f"criterion {criterion.id}"
    program.expect(key, (*OUTCOMES, NOT_APPLICABLE))
    for rail, value in zip(_ANSWERS, OUTCOMES, strict=True):
        program.rule(place, [{rail: 1}], (key, value), count=2)
    program.rule(place, [{"x": 1}], (key, NOT_APPLICABLE))
    program.then(_node(program, criterion.requirement), place, "answer")
    program.then(_node(program, exemption), place, "exemption")


def _twice(program: RuleProgram, criterion: CompiledCriterion, bare: str, place: Place) -> None:
    """Add whether a criterion rests on acceptance: met as accepted, and not met as if nothing were."""
    key = f"rest of {criterion.id}"
    program.expect(key, (RESTS, STANDS))
    program.rule(place, [{"y": 1}], (key, RESTS), count=2)
    program.rule(place, [{"z": 1}], (key, STANDS))
    program.then(f"criterion {criterion.id}", place, "accepted")
    program.then(_node(program, bare), place, "bare")


def _heartbeat(program: RuleProgram, sheet: str) -> None:
    """Add a fact and rules that prove this ruleset awake and its comparisons exact to the last of 64 bits."""
    place: Place = sheet, {"hb": 1}
    key = f"heartbeat {sheet}"
    program.expect(key, (YES,))
    program.rule(place, [_compare(Operator.LT), {"$gt": {"v": _BIG - 1}}], (key, YES))
    for operator in (Operator.GE, Operator.EQ):
        program.rule(place, [_compare(operator)], (key, f"wrong: {operator.value} holds where < does"))
    program.start(place, v=_BIG, w=_BIG + 1)
