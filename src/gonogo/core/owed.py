"""What is owed so that a decision can be taken on fresh evidence: facts, action plans, waivers. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from gonogo.core.due import earliest
from gonogo.core.usable import usable
from gonogo.core.waive import Standing, can_block, changes_nothing, paper_fault, plan_fault, waiver_fault
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Finding, Outcome, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.placeholder import says_something
from gonogo.model.program import Binding
from gonogo.model.ruleset import ApprovalRule, Criterion, Severity
from gonogo.model.waiver import ActionPlan, Waiver

WEIGHT: Final = {severity: number for number, severity in enumerate(Severity)}
"""Mandatory first."""
APPROVAL: Final = "approval of the waiver"
"""What an approver is asked for again, where what they approved has got worse."""
ITEMS: Final = 20
"""Most keys that a request names."""


@dataclass(frozen=True, slots=True)
class OwedFact:
    """A fact that has no usable value, or whose value will be too old.

    Attributes:
        fact: Dotted name.
        criteria: Criteria that wait for it, the weightiest first.
        gap: Why it has no usable value now; None while it has one.
        stale_at: When its value turns stale for the first of them; None where it has none.
        for_decision: Whether it is owed for the decision; else only for go-live.
        decision_from: Earliest moment at which it may be dated so as to be fresh at the decision, UTC.
        go_live_from: Likewise for go-live, over every criterion that will read it then, UTC.
        binding: Source that owes it; None where no source is named.
        attest: Seats that may state it for every one of the criteria; empty where no single seat may.
    """

    fact: str
    criteria: tuple[Criterion, ...]
    gap: Gap | None
    stale_at: datetime | None
    for_decision: bool
    decision_from: datetime
    go_live_from: datetime
    binding: Binding | None
    attest: tuple[str, ...]

    @property
    def asks(self) -> tuple[str, ...]:
        """Whom to ask, the best first: person id or seat.

        Who makes the evidence; the owner's office on the side that makes it; the owner of the weightiest criterion.
        """
        owner = self.criteria[0].owner
        if self.binding is None:
            return (owner,)
        beside = f"{self.binding.side}.{owner.partition('.')[2]}"
        return tuple(dict.fromkeys((self.binding.producer, beside, owner)))


@dataclass(frozen=True, slots=True)
class OwedPaper:
    """An action plan or waiver that would not count, or an approval of a waiver that counts no longer.

    Attributes:
        kind: ``action plan``, ``waiver`` or ``approval of the waiver``.
        name: The waiver's id; empty for a plan.
        criterion: The open criterion that it is for.
        why: What is wrong with it, in one sentence.
        asks: Whom to ask, the best first: person id, person's name or seat.
    """

    kind: str
    name: str
    criterion: Criterion
    why: str
    asks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OwedWork:
    """A criterion that fails on merit: something is to be done, not shown.

    Attributes:
        criterion: The criterion.
        why: How it stands, in one sentence.
        items: Keys of what counts against it, the first of them; empty where no collector names them.
        more: How many more there are.
        plan: The complete action plan that it has; None for none.
    """

    criterion: Criterion
    why: str
    items: tuple[str, ...] = ()
    more: int = 0
    plan: ActionPlan | None = None

    @property
    def asks(self) -> tuple[str, ...]:
        """Whom to ask: the owner of the criterion."""
        return (self.criterion.owner,)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """By what is reckoned.

    Attributes:
        scope: The criteria and parameters of the decision's milestone, at the present moment.
        standing: Day, release and people.
        decision: When the decision is taken, UTC.
        evidence: What is known now.
        refused: (criterion, fact) pairs whose evidence may not be used.
        outcomes: How each asked criterion of the scope comes out on that evidence; None for not applicable.
        findings: The same in words, by criterion.
    """

    scope: Scope
    standing: Standing
    decision: datetime
    evidence: EvidenceSet
    refused: frozenset[tuple[str, str]]
    outcomes: Mapping[str, Outcome | None]
    findings: Mapping[str, Finding]


@dataclass(frozen=True, slots=True)
class _Wait:
    criterion: Criterion
    entry: Evidence | Gap
    stale_at: datetime | None
    for_decision: bool


def owed_facts(yardstick: Yardstick, bindings: Sequence[Binding]) -> tuple[OwedFact, ...]:
    """Return every fact that is owed, those for the decision and the weightiest first.

    Owed are the gaps of criteria that are due at the decision and not met on what is known, and the facts that turn
    stale before the decision or before go-live. A criterion that is met in spite of a gap does not ask for it.
    """
    waits: dict[str, list[_Wait]] = {}
    for case in yardstick.scope.asked:
        for fact, wait in _waits(case, yardstick):
            waits.setdefault(fact, []).append(wait)
    known = {binding.id: binding for binding in bindings}
    found = [_owed(fact, sorted(mine, key=_weight), yardstick, known) for fact, mine in waits.items()]
    return tuple(sorted(found, key=lambda owed: (not owed.for_decision, WEIGHT[owed.criteria[0].severity])))


def _weight(wait: _Wait) -> int:
    return WEIGHT[wait.criterion.severity]


def _waits(case: Case, yardstick: Yardstick) -> Iterator[tuple[str, _Wait]]:
    criterion, outcome = case.criterion, yardstick.outcomes[case.criterion.id]
    exemption = criterion.not_applicable_when
    facts = exemption.facts if outcome is None and exemption is not None else criterion.facts
    go_live = yardstick.standing.release.go_live
    for fact in facts:
        entry = usable(case, fact, yardstick.evidence, yardstick.scope, yardstick.refused)
        if isinstance(entry, Gap):
            if outcome in (Outcome.NOT_MET, Outcome.UNKNOWN):
                yield fact, _Wait(criterion, entry, None, for_decision=True)
            continue
        stale_at = entry.as_of + timedelta(seconds=criterion.max_age_s)
        if stale_at <= max(yardstick.decision, go_live):
            yield fact, _Wait(criterion, entry, stale_at, for_decision=stale_at <= yardstick.decision)


def _owed(fact: str, waits: Sequence[_Wait], yardstick: Yardstick, known: Mapping[str, Binding]) -> OwedFact:
    gap = next((wait.entry for wait in waits if isinstance(wait.entry, Gap)), None)
    entry = waits[0].entry
    binding = gap.binding if gap is not None else entry.source.binding if isinstance(entry, Evidence) else None
    criteria = tuple(wait.criterion for wait in waits)
    go_live = yardstick.standing.release.go_live
    due = _youngest(fact, yardstick.scope.asked)
    later = _youngest(fact, [case for case in yardstick.scope.cases if case.skipped is not Status.NOT_ADOPTED])
    return OwedFact(
        fact=fact,
        criteria=criteria,
        gap=gap,
        stale_at=min((wait.stale_at for wait in waits if wait.stale_at is not None), default=None),
        for_decision=any(wait.for_decision for wait in waits),
        decision_from=earliest(yardstick.decision, due),
        go_live_from=earliest(go_live, later),
        binding=known.get(binding or ""),
        attest=tuple(seat for seat in criteria[0].attest if all(seat in other.attest for other in criteria)),
    )


def _youngest(fact: str, cases: Sequence[Case]) -> int:
    """The strictest age, in seconds, of the criteria that read the fact."""
    return min(case.criterion.max_age_s for case in cases if fact in case.criterion.facts)


def owed_papers(yardstick: Yardstick, plans: Sequence[ActionPlan], waivers: Sequence[Waiver]) -> tuple[OwedPaper, ...]:
    """Return the action plans and waivers of open criteria that would not count, in the order of the ruleset.

    A criterion of which nothing is known is asked for evidence first, not for a plan; one that failed needs a plan
    where the policy makes it block without.
    """
    found: list[OwedPaper] = []
    rule = yardstick.scope.policy.rule
    for case in yardstick.scope.asked:
        criterion, outcome = case.criterion, yardstick.outcomes[case.criterion.id]
        if outcome not in (Outcome.NOT_MET, Outcome.UNKNOWN):
            continue
        if any(_covers(waiver, criterion, yardstick) for waiver in waivers):
            continue  # it stands in for a plan, and a second waiver would change nothing
        planned = criterion.severity is not Severity.MANDATORY and can_block(criterion.severity, rule)
        mine = [plan for plan in plans if plan.criterion == criterion.id]
        if planned and (mine or outcome is Outcome.NOT_MET):
            found += _plan(criterion, mine, yardstick.standing, rule)
        if not _useless(criterion, yardstick):
            found += _waivers(criterion, waivers, yardstick)
    return tuple(found)


def _waivers(criterion: Criterion, waivers: Sequence[Waiver], yardstick: Yardstick) -> list[OwedPaper]:
    """Return what is wrong with the waiver of a criterion that lacks least; one of them is enough.

    That is one that counts now and not at the decision, before one that counts no longer; one whose approvals have
    lapsed or are missing, before one that is incomplete, over or cannot be read.
    """
    release = yardstick.standing.release.id
    mine = [each for each in waivers if each.criterion == criterion.id and each.release in (None, release)]
    lacking = [list(_waiver(criterion, waiver, yardstick)) for waiver in sorted(mine, key=partial(_lack, yardstick))]
    return lacking[0] if lacking else []


def _lack(yardstick: Yardstick, waiver: Waiver) -> int:
    standing = yardstick.standing
    if not waiver_fault(waiver, standing):
        return 0
    if any(each.sentence == waiver_fault(waiver, standing) for each in standing.lapsed.get(waiver.id, ())):
        return 1
    return 3 if paper_fault(waiver, standing) else 2


def owed_work(yardstick: Yardstick, plans: Sequence[ActionPlan], waivers: Sequence[Waiver]) -> tuple[OwedWork, ...]:
    """Return the criteria that fail on merit at the decision, the weightiest first; a waived one asks for nothing.

    Args:
        yardstick: By what is reckoned.
        plans: Action plans as submitted.
        waivers: Waivers as submitted.
    """
    found: list[OwedWork] = []
    for case in yardstick.scope.asked:
        criterion = case.criterion
        waived = any(_covers(waiver, criterion, yardstick) for waiver in waivers)
        if yardstick.outcomes[criterion.id] is not Outcome.NOT_MET or waived:
            continue
        finding = yardstick.findings[criterion.id]
        keys = [key for fact in finding.facts for key in fact.open_items or ()]
        count = sum(fact.open_count or len(fact.open_items or ()) for fact in finding.facts)
        mine = (plan for plan in plans if plan.criterion == criterion.id)
        rule = yardstick.scope.policy.rule
        plan = next((plan for plan in mine if not plan_fault(plan, yardstick.standing, rule)), None)
        found.append(OwedWork(criterion, finding.sentence, tuple(keys[:ITEMS]), max(0, count - ITEMS), plan))
    return tuple(sorted(found, key=lambda work: WEIGHT[work.criterion.severity]))


def _covers(waiver: Waiver, criterion: Criterion, yardstick: Yardstick) -> bool:
    """Whether a waiver of a criterion counts now and at the decision."""
    if waiver.criterion != criterion.id or _useless(criterion, yardstick):
        return False
    moments = (yardstick.standing.now, yardstick.decision)
    return not any(waiver_fault(waiver, replace(yardstick.standing, now=moment)) for moment in moments)


def _useless(criterion: Criterion, yardstick: Yardstick) -> bool:
    """Whether no waiver of the criterion could change anything."""
    return bool(changes_nothing(yardstick.findings.get(criterion.id), yardstick.scope.policy))


def _plan(
    criterion: Criterion, plans: Sequence[ActionPlan], standing: Standing, rule: ApprovalRule
) -> Iterator[OwedPaper]:
    candidates: list[ActionPlan | None] = [*plans] or [None]
    faults = [plan_fault(plan, standing, rule) for plan in candidates]
    if all(faults):
        owner = next((plan.owner for plan in plans if says_something(plan.owner)), criterion.owner)
        yield OwedPaper("action plan", "", criterion, _sentence(faults[0]), (owner, criterion.owner))


def _waiver(criterion: Criterion, waiver: Waiver, yardstick: Yardstick) -> Iterator[OwedPaper]:
    moments = {
        "": yardstick.standing.now,
        " At the decision: ": yardstick.decision,
        " At go-live: ": yardstick.standing.release.go_live,
    }
    for when, moment in moments.items():
        fault = waiver_fault(waiver, replace(yardstick.standing, now=moment))
        if not fault:
            continue
        lapsed = [one for one in yardstick.standing.lapsed.get(waiver.id, ()) if one.sentence == fault]
        if lapsed:
            for one in yardstick.standing.lapsed[waiver.id]:
                yield OwedPaper(APPROVAL, waiver.id, criterion, one.sentence, (one.approval.role, criterion.owner))
        else:
            asks = (waiver.requested_by, waiver.owner, criterion.owner)
            yield OwedPaper("waiver", waiver.id, criterion, f"{when}{fault}".strip(), asks)
        return


def _sentence(fault: str) -> str:
    return f"{fault[0].upper()}{fault[1:]}."
