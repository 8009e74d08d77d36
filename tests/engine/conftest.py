"""Children in which the rule engine is driven or may crash, and a naive oracle to judge it by.

The oracle knows nothing of gonogo's parser, trees, leaves or gates: requirements are read with Python's own parser,
verdicts are counted from the words of the contract.
"""

from __future__ import annotations

import ast
import itertools
import json
import math
import re
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from gonogo.engine.drive import drive
from gonogo.isolate import Limits, Task, run
from gonogo.model.finding import Outcome
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict


@pytest.fixture(scope="session")
def probe() -> Iterator[Callable[..., Any]]:
    """Return ``probe(function, *arguments, wall_s=20)``: runs a function of ``probes.py`` in a fresh process."""
    script = Path(__file__).with_name("probes.py")
    command = [sys.executable, "-I", str(script)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        requests, answers = process.stdin, process.stdout

        def ask(function: str, *arguments: Any, wall_s: float = 20.0) -> Any:
            requests.write(json.dumps([function, arguments, wall_s]) + "\n")
            requests.flush()
            return json.loads(answers.readline())

        yield ask
        requests.close()


@pytest.fixture(scope="session")
def drive_all() -> Callable[[Sequence[bytes]], list[dict[str, str]]]:
    """Return a function that drives many programs, 25 in a child: the engine slows down with each ruleset it holds."""

    def drive_each(programs: Sequence[bytes]) -> list[dict[str, str]]:
        def work(request: bytes, _inputs: tuple[int, ...]) -> bytes:
            import durable_rules_engine as native

            first = int(request)
            return json.dumps([drive(native, json.loads(each)) for each in programs[first : first + 25]]).encode()

        limits = Limits(wall_s=60, memory_bytes=2**31)
        tasks = [Task(f"from {first}", b"%d" % first, limits, work=work) for first in range(0, len(programs), 25)]
        outcomes = run(tasks)
        assert [outcome.detail for outcome in outcomes if not outcome.ok] == []
        return [answer for outcome in outcomes for answer in json.loads(outcome.payload)]

    return drive_each


@pytest.fixture(scope="session")
def oracle() -> SimpleNamespace:
    """Return the oracle: requirements (``holds``), spans of the record (``held``) and ``verdicts``."""
    return SimpleNamespace(holds=holds, held=held, verdicts=verdicts)


def holds(text: str, facts: dict[str, Any], parameters: dict[str, str]) -> bool | None:
    """Evaluate a requirement. A fact that is None is unknown; instants and durations are seconds.

    A fact that is a list is what several sources say: each comparison then comes out as by the worst of them.
    """
    for name, literal in parameters.items():
        text = re.sub(rf"\b{name}\b", lambda _match, literal=literal: f"({literal})", text)
    text = re.sub(r"([0-9.]+)%", r"(\1/100)", text)
    text = re.sub(r"\b([0-9]+)d\b", r"(\1*86400)", re.sub(r"\b([0-9]+)h\b", r"(\1*3600)", text))
    return _kleene(ast.parse(text, mode="eval").body, facts, text, good=True)


def _kleene(node: ast.expr, facts: dict[str, Any], text: str, *, good: bool) -> bool | None:
    """Evaluate a part; ``good`` is the outcome that helps the criterion."""
    leaf = isinstance(node, (ast.Compare, ast.Name, ast.Attribute))
    names = _names(node) if leaf else []
    several = {name: list(dict.fromkeys(said)) for name in names if isinstance(said := facts[name], list)}
    if several:
        choices = [dict(zip(several, said, strict=True)) for said in itertools.product(*several.values())]
        if len(choices) > 256:
            return None
        found = [_kleene(node, facts | said, text, good=good) for said in choices]
        return (not good) if (not good) in found else None if None in found else good
    if isinstance(node, ast.BoolOp):
        parts = [_kleene(part, facts, text, good=good) for part in node.values]
        stop = isinstance(node.op, ast.Or)
        return stop if stop in parts else None if None in parts else not stop
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inside = _kleene(node.operand, facts, text, good=not good)
        return None if inside is None else not inside
    if isinstance(node, ast.Compare):
        [operator], [right] = node.ops, node.comparators
        if isinstance(operator, (ast.In, ast.NotIn)):
            assert isinstance(right, ast.List)
            tests = [ast.Compare(node.left, [ast.Eq()], [choice]) for choice in right.elts]
            found = [_kleene(test, facts, text, good=good) for test in tests]
            result = True if True in found else None if None in found else False
            return result if isinstance(operator, ast.In) or result is None else not result
        if isinstance(right, ast.Call):  # x <= lower(fact, sure) is lower(fact, sure) >= x
            turned = {ast.Lt: ast.Gt, ast.LtE: ast.GtE}[type(operator)]()
            return _kleene(ast.Compare(right, [turned], [node.left]), facts, text, good=good)
        if isinstance(node.left, ast.Call):
            fact, sure = (_number(part, facts, text) for part in node.left.args)
            share = _number(right, facts, text)
            strict = isinstance(operator, ast.Gt)
            return None if fact is None or share is None else proved(fact, share, sure, strict=strict)
        one, other = _number(node.left, facts, text), _number(right, facts, text)
        if one is None or other is None:
            return None
        sign = 0 if one == other else 1 if isinstance(one, str) or one > other else -1
        signs = {ast.Lt: [-1], ast.LtE: [-1, 0], ast.Gt: [1], ast.GtE: [0, 1], ast.Eq: [0], ast.NotEq: [-1, 1]}
        return sign in signs[type(operator)]
    return _number(node, facts, text)


def proved(sample: tuple[int, int] | None, share: Fraction, sure: Fraction, *, strict: bool) -> bool | None:
    """Say whether a sample proves a share, term by term from the textbook: so many good ones by luck are improbable."""
    if sample is None or sample[1] > 2_000:
        return None
    good, size = sample
    if share <= 0:
        return share < 0 or good > 0 or not strict
    if share >= 1:
        return False
    luck = sum(math.comb(size, k) * share**k * (1 - share) ** (size - k) for k in range(good, size + 1))
    return luck < 1 - sure if strict else luck <= 1 - sure


def held(runs: Sequence[tuple[int, Outcome | None, bool]], span: int, pause: int) -> bool | None:
    """Say whether a criterion was met all through the last ``span`` seconds: each run by its age, outcome, acceptance.

    Second by second it would be: which run stood for it, and was it met? Only the moments of the runs can change that.
    """
    before = sorted((run for run in runs if run[0] >= 0), key=lambda run: -run[0])
    standing = [run for run, after in itertools.pairwise([*before, (-1, None, False)]) if after[0] < span]
    if any(outcome is Outcome.NOT_MET or rested for _, outcome, rested in standing):
        return False
    if not standing or standing[0][0] < span or any(outcome is not Outcome.MET for _, outcome, _ in standing):
        return None
    ages = [age for age, _, _ in standing] + [0]
    return None if any(one - other > pause for one, other in itertools.pairwise(ages)) else True


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        assert isinstance(node.value, ast.Name)
        return [f"{node.value.id}.{node.attr}"]
    parts = node.args if isinstance(node, ast.Call) else ast.iter_child_nodes(node)
    return [name for part in parts for name in _names(part)]


def _number(node: ast.expr, facts: dict[str, Any], text: str) -> Any:
    if isinstance(node, ast.Name):
        return facts[node.id]
    if isinstance(node, ast.Attribute):
        assert isinstance(node.value, ast.Name)
        return facts[f"{node.value.id}.{node.attr}"]
    if isinstance(node, ast.Constant):
        return (
            node.value
            if isinstance(node.value, str)
            else Fraction(text.encode()[node.col_offset : node.end_col_offset].decode())
        )
    if isinstance(node, ast.UnaryOp):
        inside = _number(node.operand, facts, text)
        return None if inside is None else -inside
    assert isinstance(node, ast.BinOp)
    one, other = _number(node.left, facts, text), _number(node.right, facts, text)
    if one is None or other is None or (isinstance(node.op, ast.Div) and other == 0):
        return None
    if isinstance(node.op, ast.Div):
        return one / other
    return (
        one * other if isinstance(node.op, ast.Mult) else one + other if isinstance(node.op, ast.Add) else one - other
    )


def verdicts(found: list[tuple[Domain, Severity, Outcome | None]], policy: DecisionPolicy) -> dict[str, Verdict]:
    """Count a verdict for each domain and ``all`` from the words of the contract."""
    caps = policy.rule is ApprovalRule.CAPS
    result: dict[str, Verdict] = {}
    total = 0
    for domain in Domain:
        mine = [(severity, outcome) for where, severity, outcome in found if where is domain and outcome is not None]
        still = [severity for severity, outcome in mine if outcome is not Outcome.MET]
        soft = still.count(Severity.CONDITIONAL)
        total += soft
        blocked = Severity.MANDATORY in still or all(severity is not Severity.MANDATORY for severity, _ in mine)
        blocked = blocked or (caps and soft > policy.cap_domain)
        result[domain] = Verdict.NO_GO if blocked else Verdict.CONDITIONAL_GO if soft else Verdict.GO
    order = [Verdict.NO_GO, Verdict.CONDITIONAL_GO, Verdict.GO]
    result["all"] = next(each for each in order if each in result.values())
    if caps and total > policy.cap_total:
        result["all"] = Verdict.NO_GO
    return result
