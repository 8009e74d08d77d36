"""The independent evaluator: judges a scope straight from the requirements' trees and the evidence, in plain Python.

It exists to disagree. It shares only the model and the parser with the rule engine's way: no leaves, gates or
observations, its own three-valued logic, its own arithmetic, its own staleness, its own verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from operator import eq, ge, gt, le, lt, ne
from typing import Any, Final

from gonogo.engine.exact_values import Value, ValueKind, calculated, proves
from gonogo.engine.held_check import held_all_through
from gonogo.language.requirement import (
    All,
    Comparison,
    Condition,
    Duration,
    FactRef,
    LowerBound,
    Membership,
    Moment,
    MomentRef,
    Negative,
    Not,
    Number,
    Operand,
    Operator,
    ParameterRef,
    Text,
    Truth,
    seconds_of,
)
from gonogo.language.requirement import walk as parts_of
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Outcome
from gonogo.model.judgement import MAX_COMBINATIONS, MAX_SAMPLE, Case, Judgement, Scope
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict

_Truth = bool | None  # None is Kleene's unknown

_COMPARE: Final[dict[Operator, Callable[[Any, Any], bool]]] = {
    Operator.LT: lt,
    Operator.LE: le,
    Operator.GT: gt,
    Operator.GE: ge,
    Operator.EQ: eq,
    Operator.NE: ne,
}
_OUTCOME: Final = {True: Outcome.MET, False: Outcome.NOT_MET, None: Outcome.UNKNOWN}


def judge(
    scope: Scope,
    evidence: EvidenceSet,
    *,
    refused: frozenset[tuple[str, str]] = frozenset(),
    bare: EvidenceSet | None = None,
    accepting: Collection[str] = (),
) -> Judgement:
    """Judge every asked criterion, the four domains and the whole, by the rules of :class:`Judgement`.

    A fact is unusable when it is a gap, when ``now - as_of`` of any of its values has reached the criterion's
    ``max_age_s``, or when it is refused. What uses an unusable fact, divides by zero, or compares what cannot be
    compared is unknown. Where a fact has several agreeing values, a comparison comes out as by those that are worst for
    the criterion.

    Args:
        scope: The criteria with the parameters in force.
        evidence: Admitted evidence and gaps.
        refused: (criterion id, fact) pairs whose evidence this criterion may not use.
        bare: The evidence as if nothing were accepted; None where no acceptance counts.
        accepting: Criteria that read a register in which an acceptance counts.
    """
    criteria: dict[str, Outcome | None] = {}
    leaves: dict[str, Outcome] = {}
    for index, case in enumerate(scope.asked):
        walk = _Walk(case, scope, evidence, refused, leaves)
        exemption = case.criterion.not_applicable_when
        exempt = exemption is not None and walk.condition(exemption.tree, f"c{index}.x") is True
        met = walk.condition(case.criterion.require.tree, f"c{index}.r")
        if case.criterion.held_s is not None and case.record is not None:
            held = held_all_through(case, scope.now, accepting=case.criterion.id in accepting)
            leaves[f"c{index}.h"] = _OUTCOME[held]
            met = _every([met, held])
        criteria[case.criterion.id] = None if exempt else _OUTCOME[met]
    found = [(case.criterion.domain, case.criterion.severity, criteria[case.criterion.id]) for case in scope.asked]
    resting = _resting(scope, criteria, bare, refused)
    relying = {case.criterion.domain for case in scope.asked if case.criterion.id in resting}
    domains = {
        domain: _domain(
            [(severity, outcome) for where, severity, outcome in found if where is domain],
            scope.policy,
            rests=domain in relying,
        )
        for domain in Domain
    }
    overall = min(domains.values(), key=lambda verdict: verdict.rank)
    if scope.policy.rule is ApprovalRule.CAPS:
        soft = [outcome for _, severity, outcome in found if severity is Severity.CONDITIONAL]
        if _open(soft) > scope.policy.cap_total:
            overall = Verdict.NO_GO
    return Judgement(criteria=criteria, domains=domains, overall=overall, leaves=leaves, resting=resting)


def _resting(
    scope: Scope,
    criteria: dict[str, Outcome | None],
    bare: EvidenceSet | None,
    refused: frozenset[tuple[str, str]],
) -> frozenset[str]:
    """Which criteria that can block are met, and are not met as if nothing were accepted."""
    found = set()
    for case in scope.asked if bare is not None else ():
        criterion = case.criterion
        weighs = criterion.severity is not Severity.ADVISORY or scope.policy.rule is ApprovalRule.M3
        if case.shadow is not None or not weighs or criteria[criterion.id] is not Outcome.MET or bare is None:
            continue
        walked = _Walk(case, scope, bare, refused).condition(criterion.require.tree, "")
        if criterion.held_s is not None and case.record is not None:
            walked = _every([walked, held_all_through(case, scope.now)])
        if walked is not True:
            found.add(criterion.id)
    return frozenset(found)


def _open(outcomes: Iterable[Outcome | None]) -> int:
    return sum(outcome in (Outcome.NOT_MET, Outcome.UNKNOWN) for outcome in outcomes)


def _domain(found: list[tuple[Severity, Outcome | None]], policy: DecisionPolicy, *, rests: bool) -> Verdict:
    hard = [outcome for severity, outcome in found if severity is Severity.MANDATORY and outcome is not None]
    soft = _open(outcome for severity, outcome in found if severity is Severity.CONDITIONAL)
    if not hard or _open(hard):
        return Verdict.NO_GO
    if policy.rule is ApprovalRule.CAPS and soft > policy.cap_domain:
        return Verdict.NO_GO
    return Verdict.CONDITIONAL_GO if soft or rests else Verdict.GO


@dataclass(frozen=True, slots=True)
class _Walk:
    """One criterion's walk over its trees; ``leaves`` collects each comparison's outcome by its path in the tree."""

    case: Case
    scope: Scope
    evidence: EvidenceSet
    refused: frozenset[tuple[str, str]]
    leaves: dict[str, Outcome] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)  # what one of several agreeing sources says of a fact

    def condition(self, node: Condition, path: str, *, wanted: bool = True) -> _Truth:
        """Judge a tree; ``wanted`` is the truth by which this part of it helps the criterion."""
        if isinstance(node, (Comparison, Membership)):
            return self._asked(node, path, wanted)
        if isinstance(node, Not):
            inside = self.condition(node.part, f"{path}.0", wanted=not wanted)
            return None if inside is None else not inside
        parts = [self.condition(part, f"{path}.{number}", wanted=wanted) for number, part in enumerate(node.parts)]
        return _every(parts) if isinstance(node, All) else _some(parts)

    def _asked(self, node: Comparison | Membership, path: str, wanted: bool) -> _Truth:
        """Ask one comparison of every combination of agreeing values, note each part of the worst, and return it."""
        found: list[tuple[_Truth, list[_Truth]]] = []
        for version in self._versions(node):
            walk = replace(self, values=version)
            if isinstance(node, Comparison):
                parts = [walk._compared(node.operator, node.left, node.right)]
            else:
                parts = [walk._compared(Operator.EQ, node.operand, choice) for choice in node.choices]
            found.append((_some(parts), parts))
        if not found:  # more versions than are asked
            found = [(None, [None] * (len(node.choices) if isinstance(node, Membership) else 1))]
        for worst in (not wanted, None, wanted):
            for truth, parts in found:
                if truth is worst:
                    for number, part in enumerate(parts):
                        self.leaves[f"{path}.{number}" if isinstance(node, Membership) else path] = _OUTCOME[part]
                    return truth
        raise AssertionError("three truths are all there are")

    def _versions(self, node: Comparison | Membership) -> list[dict[str, Value]]:
        """Every combination of what agreeing sources say of the facts of one comparison; none where they are many."""
        versions: list[dict[str, Value]] = [{}]
        names = [part.name for part in parts_of(node) if isinstance(part, FactRef)]
        samples = {part.fact.name for part in parts_of(node) if isinstance(part, LowerBound)}
        for name in dict.fromkeys(names):
            values = self._values(name)
            several = list(dict.fromkeys(values if name in samples else [value[:2] for value in values]))
            if len(several) > 1:
                versions = [version | {name: value} for version in versions for value in several]
                if len(versions) > MAX_COMBINATIONS:
                    return []
        return versions

    def _compared(self, operator: Operator, one: Operand, other: Operand) -> _Truth:
        for bound, share, strict in ((one, other, Operator.GT), (other, one, Operator.LT)):
            if isinstance(bound, LowerBound):
                return self._proved(bound, self.operand(share), strict=operator is strict)
        left, right = self.operand(one), self.operand(other)
        if left is None or right is None or left[0] is not right[0]:
            return None
        if left[0] in (ValueKind.TEXT, ValueKind.TRUTH) and operator not in (Operator.EQ, Operator.NE):
            return None
        return _COMPARE[operator](left[1], right[1])

    def _proved(self, bound: LowerBound, share: Value | None, *, strict: bool) -> _Truth:
        """Whether a sample proves a share; unknown where nobody knows how many it has, or it has too many."""
        sample = self._fact(bound.fact.name)
        if sample is None or share is None or len(sample) == 2 or sample[3] > MAX_SAMPLE:
            return None
        return proves(sample[2], sample[3], share[1], bound.confidence.value, strict=strict)

    def operand(self, node: Operand) -> Value | None:
        """Calculate an operand exactly; None where anything in it is unusable."""
        if isinstance(node, FactRef):
            return self._fact(node.name)
        if isinstance(node, ParameterRef):
            return self.operand(self.case.parameters[node.name])
        if isinstance(node, Number):
            return ValueKind.NUMBER, node.value
        if isinstance(node, Duration):
            return ValueKind.DURATION, node.seconds
        if isinstance(node, Text):
            return ValueKind.TEXT, node.value
        if isinstance(node, Truth):
            return ValueKind.TRUTH, node.value
        if isinstance(node, MomentRef):
            return ValueKind.INSTANT, seconds_of(self.scope.now if node.moment is Moment.NOW else self.scope.go_live)
        if isinstance(node, Negative):
            inside = self.operand(node.operand)
            return (inside[0], -inside[1]) if inside and inside[0] in (ValueKind.NUMBER, ValueKind.DURATION) else None
        if isinstance(node, LowerBound):
            return None
        left, right = self.operand(node.left), self.operand(node.right)
        return calculated(node, left, right) if left is not None and right is not None else None

    def _fact(self, name: str) -> Value | None:
        if name in self.values:
            return self.values[name]
        values = self._values(name)
        return values[0] if values else None

    def _values(self, name: str) -> list[Value]:
        """What each source says of a fact; nothing where any of them may not be used."""
        entry = self.evidence[name]
        if isinstance(entry, Gap) or (self.case.criterion.id, name) in self.refused:
            return []
        sources = [entry, *(entry.agreeing or ())]
        limit = timedelta(seconds=self.case.criterion.max_age_s)
        if any(self.scope.now - source.as_of >= limit for source in sources):
            return []
        return [_value(source) for source in sources]


def _value(entry: Evidence) -> Value:
    if isinstance(entry.value, bool):
        return ValueKind.TRUTH, entry.value
    if isinstance(entry.value, str):
        return ValueKind.TEXT, entry.value
    if isinstance(entry.value, datetime):
        return ValueKind.INSTANT, seconds_of(entry.value)
    if entry.part is not None and entry.whole is not None:
        return ValueKind.NUMBER, entry.exact, entry.part, entry.whole
    return ValueKind.NUMBER, entry.exact


def _every(parts: list[_Truth]) -> _Truth:
    return False if False in parts else None if None in parts else True


def _some(parts: list[_Truth]) -> _Truth:
    return True if True in parts else None if None in parts else False
