"""The cases of a ruleset: each criterion's own tests, run through both evaluators."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.hold import with_holds
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of
from gonogo.engine import reference
from gonogo.engine.agreement import RuleEngine, agree
from gonogo.engine.durable import DurableRules
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import Value
from gonogo.model.finding import Finding, Status
from gonogo.model.program import HoldPoint, ProgramIdentity, Release
from gonogo.model.ruleset import days_before
from gonogo.ruleset.case_files import RulesetCase, load_cases, untested
from gonogo.ruleset.loader import LoadedRuleset, ruleset_by_name

GO_LIVE: Final = datetime(2030, 6, 3, 12, tzinfo=UTC)
IDENTITY: Final = ProgramIdentity(id="case", customer="customer", provider="provider", time_zone="UTC")


@dataclass(frozen=True, slots=True)
class CaseResult:
    """How one case came out."""

    case: RulesetCase
    finding: Finding

    @property
    def ok(self) -> bool:
        """Whether it is as expected."""
        return self.finding.status is self.case.expect

    @property
    def line(self) -> str:
        """The case in one line."""
        word = "ok  " if self.ok else "FAIL"
        came_out = "" if self.ok else f" but came out {self.finding.status}: {self.finding.sentence}"
        return f"{word} {self.case.criterion}: {self.case.name} ({self.case.at}) expects {self.case.expect}{came_out}"


@dataclass(frozen=True, slots=True)
class CasesOutcome:
    """How all cases of a ruleset came out.

    Attributes:
        results: One for each case.
        untested: Criterion to the statuses that no case of it expects.
    """

    results: tuple[CaseResult, ...]
    untested: dict[str, tuple[Status, ...]]

    @property
    def ok(self) -> bool:
        """Whether every case is as expected and each criterion and hold has a met, a not met and an unknown case."""
        return bool(self.results) and all(result.ok for result in self.results) and not self.untested

    def lines(self, *, verbose: bool = False) -> list[str]:
        """Return what to print: failures (all cases when verbose), criteria without cases, and the sum."""
        lines_shown = [result.line for result in self.results if verbose or not result.ok]
        lines_shown += [f"FAIL {name}: no case expects {', '.join(words)}" for name, words in self.untested.items()]
        passed = sum(result.ok for result in self.results)
        return [*lines_shown, f"{passed} of {len(self.results)} cases as expected"]


def run_cases(ruleset: str, *, engine: RuleEngine | None = None) -> CasesOutcome:
    """Load a ruleset and run its cases; both evaluators judge each, and must agree.

    Args:
        ruleset: ``name@version``, a name, or a folder.
        engine: The rule engine; durable-rules unless given.
    """
    rules = ruleset_by_name(ruleset)
    cases = load_cases(rules)
    judge = engine or DurableRules()
    return CasesOutcome(tuple(CaseResult(case, _judge(rules, case, judge)) for case in cases), untested(rules, cases))


def _judge(rules: LoadedRuleset, case: RulesetCase, engine: RuleEngine) -> Finding:
    """Judge one criterion or hold alone, with just the facts of the case."""
    days, names = days_before(case.at), rules.ruleset.policy.hold_points or ()
    now = GO_LIVE - timedelta(days=max(days, 0))
    reached = tuple(HoldPoint(id=name, at=GO_LIVE) for name in names[: max(-days, 0)])
    release = Release(id="case", go_live=GO_LIVE, hold_points=reached or None)
    whole = scope_of(rules.ruleset, IDENTITY, release=release, now=now)
    whole = with_holds(whole, rules.ruleset, identity=IDENTITY, release=release)
    # A case is one day: how long the requirement has been met is the record's to say, and here is none.
    mine = tuple(replace(one, record=None) for one in whole.cases if one.criterion.id == case.criterion)
    scope = replace(whole, cases=mine)
    evidence = EvidenceSet(evidence=tuple(_evidence(rules, name, value, now) for name, value in case.facts.items()))
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, evidence, rules.vocabulary)
    judgement = engine.judge(compiled, observations)
    agree(judgement, reference.judge(scope, evidence))
    return find(Trial(scope, compiled, observations, judgement, evidence))[0]


def _evidence(rules: LoadedRuleset, name: str, value: Value, now: datetime) -> Evidence:
    declaration = rules.vocabulary[name]
    return Evidence(
        fact=name,
        type=declaration.type,
        unit=declaration.unit,
        value=value,
        as_of=now - timedelta(minutes=1),
        basis=Basis.MEASURED,
        source=Source(binding="case", locator="case"),
    )
