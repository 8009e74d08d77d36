"""The decision's rules over dials, plans and waivers: what a verdict needs, for a solver and for a check by hand."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from gonogo.core.waive import can_block
from gonogo.model.decision import Decision
from gonogo.model.finding import Finding, Outcome, Status
from gonogo.model.judgement import Case, CompiledCriterion
from gonogo.model.promise import PromiseState
from gonogo.model.ruleset import ApprovalRule, Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.path.bench import At, Bench


@dataclass(frozen=True, slots=True)
class Asked:
    """One asked criterion or standing hold, as the decision weighs it.

    Attributes:
        case: The criterion.
        compiled: Its tree.
        hold: Whether it is a standing hold.
        covered: Whether a waiver that is there counts.
        planned: Whether an action plan that is there counts.
        may_waive: Whether a waiver could count.
        promise: What became of its promise in an earlier decision; None where there is none.
    """

    case: Case
    compiled: CompiledCriterion
    hold: bool = False
    covered: bool = False
    planned: bool = False
    may_waive: bool = False
    promise: PromiseState | None = None

    @property
    def id(self) -> str:
        """Id of the criterion."""
        return self.case.criterion.id

    @property
    def severity(self) -> Severity:
        """What it weighs today."""
        return self.case.criterion.severity

    @property
    def mandatory(self) -> bool:
        """Whether it blocks while it is open."""
        return self.severity is Severity.MANDATORY and not self.hold


@dataclass(frozen=True)
class GateModel:
    """Everything that the verdict follows from.

    Attributes:
        bench: Comparisons and dials.
        asked: Every asked criterion and hold.
        fixed: Why no change of these kinds can flip the verdict, a sentence each; empty where one could.
        promised: Whether a promise is kept open by a criterion that nobody asks for any more.
    """

    bench: Bench
    asked: tuple[Asked, ...]
    fixed: tuple[str, ...] = ()
    promised: bool = False
    _stood: dict[tuple[str, tuple[tuple[int, int], ...]], tuple[bool, bool]] = field(default_factory=dict)

    @cached_property
    def _reads(self) -> dict[str, frozenset[int]]:
        """For each criterion the dials that it reads."""
        leaves: dict[int, set[int]] = {}
        for leaf in self.bench.leaves.values():
            leaves.setdefault(leaf.criterion, set()).update(self.bench.read_by(leaf))
        asked = enumerate(self.bench.trial.scope.asked)
        return {case.criterion.id: frozenset(leaves.get(number, ())) for number, case in asked}

    def laid_over(self, bench: Bench) -> GateModel:
        """Return the same rules over another bench of the same trial."""
        return replace(self, bench=bench, _stood={})

    @cached_property
    def rule(self) -> ApprovalRule:
        """M3's rule, or caps."""
        return self.bench.trial.scope.policy.rule

    @cached_property
    def caps(self) -> Mapping[Domain | None, int]:
        """How many open conditional criteria each domain, and the whole, allows; nothing under M3's rule."""
        policy = self.bench.trial.scope.policy
        if self.rule is not ApprovalRule.CAPS:
            return {}
        return {**dict.fromkeys(Domain, policy.cap_domain), None: policy.cap_total}

    def verdict(self, at: At, plans: Collection[str] = (), waivers: Collection[str] = ()) -> Verdict:
        """Return the verdict with the dials at these positions, and with these new papers."""
        if self.fixed or not all(self._judged(domain, at) for domain in Domain):
            return Verdict.NO_GO
        soft: dict[Domain | None, int] = {}
        better = not self.promised
        for one in self.asked:
            opened = self.opened(one, at)
            if self.blocks(one, at, opened=opened, plans=plans, waivers=waivers):
                return Verdict.NO_GO
            if opened and one.severity is Severity.CONDITIONAL:
                for place in (one.case.criterion.domain, None):
                    soft[place] = soft.get(place, 0) + 1
            weighs = one.severity is not Severity.ADVISORY
            better &= not (opened and weighs) and not self.rests(one, at)
            better &= one.promise in (None, PromiseState.CLOSED) or (not opened and not self.rests(one, at))
        if any(soft.get(place, 0) > most for place, most in self.caps.items()):
            return Verdict.NO_GO
        return Verdict.GO if better else Verdict.CONDITIONAL_GO

    def blocks(
        self, one: Asked, at: At, *, opened: bool, plans: Collection[str] = (), waivers: Collection[str] = ()
    ) -> bool:
        """Whether a criterion stops the go-live by itself."""
        if one.promise is PromiseState.OVERDUE and (opened or self.rests(one, at)):
            return True
        if not opened or one.case.shadow is not None:
            return False
        if one.hold:
            return True
        if one.covered or one.id in waivers:
            return False
        if one.mandatory:
            return True
        return self.can_block(one) and not one.planned and one.id not in plans

    def can_block(self, one: Asked) -> bool:
        """Whether a criterion that is open can stop the go-live at all."""
        return not one.hold and one.case.shadow is None and can_block(one.severity, self.rule)

    def opened(self, one: Asked, at: At) -> bool:
        """Whether a criterion is not proved met, and applies."""
        return self._standing(one, at)[0]

    def rests(self, one: Asked, at: At) -> bool:
        """Whether the verdict rests on an acceptance by way of a criterion."""
        return self.can_block(one) and self._standing(one, at)[1]

    def _standing(self, one: Asked, at: At) -> tuple[bool, bool]:
        """Return whether a criterion is open, and whether it would be as if nothing were accepted; remembered."""
        mine = tuple(sorted((dial, there) for dial, there in at.items() if there and dial in self._reads[one.id]))
        key = (one.id, mine)
        if key not in self._stood:
            opened = self._opened(one, at)
            self._stood[key] = opened, not opened and self._rests(one, at)
        return self._stood[key]

    def _opened(self, one: Asked, at: At) -> bool:
        exemption = one.compiled.exemption
        if exemption is not None and self.bench.node(exemption, at) is Outcome.MET:
            return False
        return self.bench.node(one.compiled.requirement, at) is not Outcome.MET

    def _rests(self, one: Asked, at: At) -> bool:
        bare = one.compiled.bare
        if bare is None:
            return False
        exempt = one.compiled.exemption is not None and self.bench.node(one.compiled.exemption, at) is Outcome.MET
        return not exempt and self.bench.node(bare, at) is not Outcome.MET

    def _judged(self, domain: Domain, at: At) -> bool:
        """Whether anything mandatory is judged in a domain."""
        return any(
            one.compiled.exemption is None or self.bench.node(one.compiled.exemption, at) is not Outcome.MET
            for one in self.asked
            if one.mandatory and one.case.criterion.domain is domain
        )


def asked_of(bench: Bench, decision: Decision, planned: Collection[str]) -> tuple[Asked, ...]:
    """Return every asked criterion and hold of a trial, as the decision that was made of it weighs them."""
    counted = {review.criterion for review in decision.waivers if review.counted}
    promised = {review.criterion: review.state for review in decision.promises or ()}
    pairs = zip(bench.trial.scope.asked, bench.trial.compiled.criteria, strict=True)
    return tuple(
        Asked(
            case=case,
            compiled=compiled,
            hold=case.criterion.is_hold,
            covered=case.criterion.id in counted,
            planned=case.criterion.id in planned,
            may_waive=bool(case.criterion.waivable_by) and not case.criterion.is_hold,
            promise=promised.get(case.criterion.id),
        )
        for case, compiled in pairs
    )


def unasked_promises(findings: Mapping[str, Finding], decision: Decision) -> bool:
    """Whether a promise of an earlier decision is open, and its criterion is not asked today."""
    waiting = (PromiseState.OPEN, PromiseState.UNASKED, PromiseState.OVERDUE)
    return any(
        review.state in waiting and not _asked(findings.get(review.criterion)) for review in decision.promises or ()
    )


def _asked(finding: Finding | None) -> bool:
    return finding is not None and (finding.status.judged or finding.status is Status.NOT_APPLICABLE)
