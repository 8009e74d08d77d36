"""How long 1,000 criteria take to be judged and cross-checked, beside what a user would otherwise evaluate rules with.

Run: ``python benchmarks/bench_engine.py [CRITERIA]``. Every figure is the median of nine runs in this process. All of
gonogo's way is timed: compiling, observing, the rule engine in a child of its own, the independent evaluator, and the
comparison of the two. zen-engine and cel-python, where they are installed, are handed the right numbers by a dict; they
compile and evaluate the same comparisons as expressions, once, in this process, and roll nothing up.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from typing import Any

from gonogo.core.compile import compile_scope
from gonogo.core.observe import observe
from gonogo.engine.agreement import agree
from gonogo.engine.durable import DurableRules
from gonogo.engine.reference import judge
from gonogo.language.expression import parse_literal, parse_requirement
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary
from gonogo.model.judgement import Case, Scope
from gonogo.model.ruleset import Criterion, DecisionPolicy, Domain, Severity

RUNS = 9
NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
ROLE = "customer.functional_lead"
PLAIN = "f.x{n} >= least"
FULLER = "f.x{n} >= least and (f.y{n} <= 3 or f.x{n} - 0.05 > least) and f.y{n} in [1, 2, 3]"


def made(count: int, require: str) -> tuple[Scope, EvidenceSet, Vocabulary]:
    """Return ``count`` criteria over two facts each, three in four of them met."""
    source = Source(binding="b", locator="a.csv")
    low = parse_literal("95%")
    cases: list[Case] = []
    evidence: list[Evidence] = []
    declared: list[FactDeclaration] = []
    for n in range(count):
        criterion = Criterion(
            id=f"{list(Domain)[n % 4].value}.bench.c{n}", title="T", statement="S.", why="W.",
            severity=list(Severity)[n % 3], require=parse_requirement(require.format(n=n)), max_age_s=86400,
            owner=ROLE, attest=(ROLE,), remedy="R.", source=("M3",),
        )  # fmt: skip
        cases.append(Case(criterion, {"least": low}))
        values = ((f"f.x{n}", FactType.RATIO, "", Decimal("0.97") if n % 4 else Decimal("0.9")),
                  (f"f.y{n}", FactType.INTEGER, "people", n % 5))  # fmt: skip
        for name, kind, unit, value in values:
            evidence.append(
                Evidence(fact=name, type=kind, unit=unit, value=value, as_of=NOW, basis=Basis.MEASURED, source=source)
            )
            declared.append(FactDeclaration(name=name, type=kind, unit=unit, meaning="M.", question="Q?"))
    scope = Scope(NOW, NOW + timedelta(days=5), "T-5", DecisionPolicy(milestones=("T-0",)), tuple(cases))
    return scope, EvidenceSet(evidence=tuple(evidence)), Vocabulary(facts=tuple(declared))


def timed(steps: dict[str, list[float]], name: str, call: Callable[[], Any]) -> Any:
    """Call, and note the milliseconds under ``name``."""
    start = time.perf_counter()
    result = call()
    steps.setdefault(name, []).append(1000 * (time.perf_counter() - start))
    return result


def gonogo(count: int, require: str) -> None:
    """Print the median of each step, and of their sum."""
    scope, evidence, vocabulary = made(count, require)
    engine = DurableRules()
    steps: dict[str, list[float]] = {}
    for _ in range(RUNS):
        start = time.perf_counter()
        compiled = timed(steps, "compile", lambda: compile_scope(scope))
        observations = timed(steps, "observe", lambda compiled=compiled: observe(compiled, scope, evidence, vocabulary))
        judged = timed(steps, "engine", lambda compiled=compiled, seen=observations: engine.judge(compiled, seen))
        reference = timed(steps, "reference", lambda: judge(scope, evidence))
        timed(steps, "agree", lambda judged=judged, reference=reference: agree(judged, reference))
        steps.setdefault("all", []).append(1000 * (time.perf_counter() - start))
    shown = ", ".join(f"{name} {statistics.median(times):.0f}" for name, times in steps.items())
    print(f"gonogo, {count:,} criteria, {len(compiled.leaves):,} comparisons: {shown} ms")


def compared(name: str, prepare: Callable[[str], Callable[[dict[str, Any]], Any]], expressions: list[str]) -> None:
    """Print the median of compiling and of evaluating the expressions, each with its own numbers."""
    steps: dict[str, list[float]] = {}
    data = [{"x": 0.97 if n % 4 else 0.9, "y": n % 5, "least": 0.95} for n in range(len(expressions))]
    for _ in range(RUNS):
        programs = timed(steps, "compile", lambda: [prepare(text) for text in expressions])
        found = timed(
            steps, "evaluate", lambda programs=programs: [run(row) for run, row in zip(programs, data, strict=True)]
        )
    assert [bool(each) for each in found] == [row["x"] >= 0.95 for row in data]
    shown = ", ".join(f"{step} {statistics.median(times):.0f}" for step, times in steps.items())
    print(f"{name}, {len(expressions):,} comparisons: {shown} ms")


def zen() -> Callable[[str], Callable[[dict[str, Any]], Any]]:
    """Return how zen-engine prepares an expression."""
    library = import_module("zen")
    return lambda text: library.compile_expression(text).evaluate


def cel() -> Callable[[str], Callable[[dict[str, Any]], Any]]:
    """Return how cel-python prepares an expression."""
    library = import_module("celpy")
    environment = library.Environment()

    def prepare(text: str) -> Callable[[dict[str, Any]], Any]:
        program = environment.program(environment.compile(text))
        return lambda row: program.evaluate(library.json_to_cel(row))

    return prepare


def main() -> None:
    """Print every figure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    gonogo(count, PLAIN)
    gonogo(count, FULLER)
    for name, make in (("zen-engine", zen), ("cel-python", cel)):
        try:
            prepare = make()
        except ImportError:
            print(f"{name}: not installed")
            continue
        compared(name, prepare, ["x >= least"] * count)


if __name__ == "__main__":
    main()
