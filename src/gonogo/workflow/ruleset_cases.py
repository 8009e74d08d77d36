"""The cases of a ruleset: each criterion's own tests, run through both evaluators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.hold import with_holds
from gonogo.core.observe import observe
from gonogo.core.scope import scope_of
from gonogo.engine import reference
from gonogo.engine.agreement import agree
from gonogo.engine.batches import Question, judge_each
from gonogo.model.evidence import Basis, Evidence, EvidenceSet, Source
from gonogo.model.fact import Value
from gonogo.model.finding import Finding
from gonogo.model.judgement import Compiled, Judgement, Observation, Scope
from gonogo.model.program import HoldPoint, ProgramIdentity, Release
from gonogo.model.ruleset import days_before
from gonogo.ruleset.case_coverage import Coverage
from gonogo.ruleset.case_files import RulesetCase, load_cases
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
        coverage: Which statuses of each criterion and hold they prove.
        least: Percentage of the statuses that must be proved.
    """

    results: tuple[CaseResult, ...]
    coverage: Coverage
    least: int = 100

    @property
    def ok(self) -> bool:
        """Whether there are cases, every one is as expected, and they prove enough statuses."""
        return bool(self.results) and all(result.ok for result in self.results) and self.coverage.reaches(self.least)

    def lines(self, *, verbose: bool = False) -> list[str]:
        """Return what to print: failures, what no case proves, the sum and the coverage; when verbose, all of it."""
        enough = self.coverage.reaches(self.least)
        passed = sum(result.ok for result in self.results)
        return [
            *(result.line for result in self.results if verbose or not result.ok),
            *(self.coverage.table() if verbose else ()),
            *self.coverage.missing("open" if enough else "FAIL"),
            self.coverage.line + ("" if enough else f"; at least {self.least}% is asked"),
            f"{passed} of {len(self.results)} cases as expected",
        ]


Engine = Callable[[Sequence[Question]], Iterable[Judgement]]
"""Judges each of many questions, in their order."""


def run_cases(ruleset: str, *, least: int = 100, engine: Engine = judge_each) -> CasesOutcome:
    """Load a ruleset and run its cases; both evaluators judge each, and must agree.

    Args:
        ruleset: ``name@version``, a name, or a folder.
        least: Percentage of the statuses that the cases must prove.
        engine: The rule engine; durable-rules unless given.
    """
    rules = ruleset_by_name(ruleset)
    cases = load_cases(rules)
    asked = [_Asked.of(rules, case) for case in cases]
    judged = engine([(each.compiled, each.observations) for each in asked])
    results = tuple(
        CaseResult(each.case, each.finding(judgement)) for each, judgement in zip(asked, judged, strict=True)
    )
    asked_ids = tuple(each.id for each in rules.ruleset.questions if each.not_applicable is None)
    proved = Counter((each.case.criterion, each.case.expect) for each in results if each.ok)
    return CasesOutcome(results, Coverage(asked_ids, proved), least)


@dataclass(frozen=True, slots=True)
class _Asked:
    """One criterion or hold alone, with just the facts of a case."""

    case: RulesetCase
    scope: Scope
    evidence: EvidenceSet
    compiled: Compiled
    observations: Sequence[Observation]

    @staticmethod
    def of(rules: LoadedRuleset, case: RulesetCase) -> _Asked:
        """Return what a case asks."""
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
        return _Asked(case, scope, evidence, compiled, observe(compiled, scope, evidence, rules.vocabulary))

    def finding(self, judgement: Judgement) -> Finding:
        """Return the finding, if the independent evaluator judges as the rule engine did."""
        agree(judgement, reference.judge(self.scope, self.evidence))
        return find(Trial(self.scope, self.compiled, self.observations, judgement, self.evidence))[0]


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
