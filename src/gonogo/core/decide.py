"""The decision: the only authority on the verdict. Pure; percentages are shown and never decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gonogo.core.accept import Accepted
from gonogo.core.due import rung_start
from gonogo.core.hold import hold_blockers
from gonogo.core.lock_facts import lock_blockers
from gonogo.core.names import names_of
from gonogo.core.promises import carried_conditions, promise_blockers, promises_end, reviewed
from gonogo.core.register_facts import NOTHING
from gonogo.core.remark import judged_in, remark_of, silence_of
from gonogo.core.waive import WaiverStanding, can_block, changes_nothing, plan_fault, waiver_fault
from gonogo.model.decision import Blocker, Condition, Decision, DomainDecision, Request, WaiverReview
from gonogo.model.finding import Finding, Status
from gonogo.model.lock import LockStanding
from gonogo.model.promise import EarlierDecision
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Domain, Severity
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Waiver


@dataclass(frozen=True, slots=True)
class _Softening:
    """What counts toward softening: waivers by criterion, and why each criterion lacks a complete plan."""

    waivers: Mapping[str, Waiver]
    plan_faults: Mapping[str, str]


def decide(
    findings: Sequence[Finding],
    *,
    policy: DecisionPolicy,
    standing: WaiverStanding,
    waivers: Sequence[Waiver] = (),
    plans: Sequence[ActionPlan] = (),
    requests: Sequence[Request] = (),
    holds: Sequence[Finding] = (),
    earlier: EarlierDecision | None = None,
    accepted: Accepted = NOTHING,
    lock: LockStanding | None = None,
) -> Decision:
    """Return the verdict with every reason for it.

    Mandatory and open without a counted waiver: blocks. Conditional and open: a condition; blocks without a complete
    action plan, or beyond the policy's caps. M3's rule also wants a plan for each open advisory criterion. What is in
    shadow decides nothing. A domain without anything mandatory judged blocks. A waiver makes a condition of a blocker,
    never *met*; it stands in for a plan, and changes nothing under the caps. A standing hold that is not proved to be
    off blocks, whatever is accepted. So do files that are not what was locked, and changes that nobody agreed to. A
    verdict that rests on an acceptance is at best CONDITIONAL GO; the acceptance itself is the condition.

    Args:
        findings: One for each criterion of the ruleset, in its order.
        policy: Caps, or M3's rule.
        standing: The day and the people.
        waivers: All that were submitted; those that do not count are reviewed with the reason.
        plans: All that were submitted; the first complete one of a criterion counts.
        requests: What to ask of whom; recorded with the decision.
        holds: One finding for each standing hold.
        earlier: The decision that this one follows, whose conditions are carried.
        accepted: What became of the acceptances.
        lock: How the run compares with the lock; None where the log knows none.
    """
    reviews, counted = _review(waivers, findings, standing, policy)
    chosen = {finding.criterion: _plan(finding.criterion, plans, standing, policy.rule) for finding in findings}
    faults = {criterion: fault for criterion, (_, fault) in chosen.items()}
    softened = _Softening(counted, faults)
    held = (*hold_blockers(holds), *lock_blockers(lock))
    kept = reviewed(earlier, findings, standing)
    blockers = _blockers(findings, policy, softened, standing) + held
    blockers += promise_blockers(kept, findings, blockers)
    bare = _blockers(findings, policy, replace(softened, waivers={}), standing) + held
    bare += promise_blockers(kept, findings, bare)
    judged = _blockers(findings, policy, _Softening({}, {}), standing)
    own = _conditions(findings, counted, chosen)
    carried = carried_conditions(earlier, kept, own)
    conditions = () if blockers else own + carried
    return Decision(
        verdict=_verdict(findings, blockers, carried, policy=policy),
        without_waivers=_verdict(findings, bare, carried, policy=policy),
        judged=_verdict(findings, judged, policy=policy),
        only_evidence_missing=bool(blockers) and all(blocker.missing_evidence for blocker in blockers),
        domains=tuple(_domain(domain, findings, blockers, policy) for domain in Domain),
        blockers=blockers,
        conditions=conditions,
        waivers=reviews,
        requests=tuple(requests),
        valid_until=min(
            _ends((*findings, *holds), counted, _relied(findings, chosen, policy), standing)
            + promises_end(earlier, kept, standing)
            + [end for each in findings for one in each.rests_on or () if (end := accepted.ends(one)) is not None],
            default=None,
        ),
        remark=remark_of(findings, blockers, standing, gate=policy.gate),
        people=names_of(
            (*findings, *holds),
            plans,
            waivers,
            requests,
            standing.people,
            standing.today,
            accepting=[one.person for found in accepted.counted.values() for one in found],
        ),
        holds=tuple(holds) or None,
        follows=earlier,
        promises=kept or None,
        acceptances=accepted.reviews or None,
        lock=lock,
    )


def _review(
    waivers: Sequence[Waiver], findings: Sequence[Finding], standing: WaiverStanding, policy: DecisionPolicy
) -> tuple[tuple[WaiverReview, ...], dict[str, Waiver]]:
    known = {finding.criterion: finding for finding in findings}
    counted: dict[str, Waiver] = {}
    reviews = []
    for waiver in waivers:
        why = waiver_fault(waiver, standing)
        why = why or changes_nothing(known.get(waiver.criterion), policy)
        if not why and waiver.criterion in counted:
            why = f"The waiver {counted[waiver.criterion].id} already covers the criterion."
        counts = not why
        if counts:
            counted[waiver.criterion] = waiver
            why = f"It covers the open criterion until {waiver.expires_on}."
        reviews.append(WaiverReview(id=waiver.id, criterion=waiver.criterion, counted=counts, why=why))
    return tuple(reviews), counted


def _plan(
    criterion: str, plans: Sequence[ActionPlan], standing: WaiverStanding, rule: ApprovalRule
) -> tuple[ActionPlan | None, str]:
    mine: list[ActionPlan | None] = [plan for plan in plans if plan.criterion == criterion]
    judged = [(plan, plan_fault(plan, standing, rule)) for plan in mine or [None]]
    return next((entry for entry in judged if not entry[1]), judged[0])


def _blockers(
    findings: Sequence[Finding], policy: DecisionPolicy, softened: _Softening, standing: WaiverStanding
) -> tuple[Blocker, ...]:
    found = [blocker for finding in findings for blocker in _own_blocker(finding, policy, softened)]
    for domain in Domain:
        if not judged_in(domain, findings):
            why = silence_of(domain, findings, standing)
            found.append(Blocker(domain=domain, why=why, missing_evidence=True))
    return tuple(found + _cap_blockers(findings, policy))


def _own_blocker(finding: Finding, policy: DecisionPolicy, softened: _Softening) -> list[Blocker]:
    if not finding.status.open or finding.shadow is not None:
        return []
    if finding.criterion in softened.waivers:
        return []
    unknown = finding.status is Status.UNKNOWN
    if finding.severity is Severity.MANDATORY:
        return [
            Blocker(criterion=finding.criterion, domain=finding.domain, why=finding.sentence, missing_evidence=unknown)
        ]
    planless = softened.plan_faults.get(finding.criterion, "")
    if planless and can_block(finding.severity, policy.rule):
        why = f"{finding.sentence} It blocks because {planless}."
        return [Blocker(criterion=finding.criterion, domain=finding.domain, why=why, missing_evidence=unknown)]
    return []


def _open(soft: Sequence[Finding]) -> str:
    return f"{len(soft)} conditional {'criterion is' if len(soft) == 1 else 'criteria are'} open"


def _cap_blockers(findings: Sequence[Finding], policy: DecisionPolicy) -> list[Blocker]:
    if policy.rule is not ApprovalRule.CAPS:
        return []
    found = []
    soft = [finding for finding in findings if finding.severity is Severity.CONDITIONAL and finding.status.open]
    for domain in Domain:
        mine = [finding for finding in soft if finding.domain is domain]
        if len(mine) > policy.cap_domain:
            why = f"{_open(mine)} in {domain.value}; the policy allows {policy.cap_domain}."
            found.append(Blocker(domain=domain, why=why, missing_evidence=_only_unknown(mine, policy.cap_domain)))
    if len(soft) > policy.cap_total:
        why = f"{_open(soft)} in all; the policy allows {policy.cap_total}."
        found.append(Blocker(why=why, missing_evidence=_only_unknown(soft, policy.cap_total)))
    return found


def _only_unknown(findings: Sequence[Finding], cap: int) -> bool:
    return sum(finding.status is Status.NOT_MET for finding in findings) <= cap


def _verdict(
    findings: Sequence[Finding],
    blockers: Sequence[Blocker],
    carried: Sequence[Condition] = (),
    *,
    policy: DecisionPolicy,
) -> Verdict:
    if blockers:
        return Verdict.NO_GO
    soft = any(finding.status.open and finding.severity is not Severity.ADVISORY for finding in findings)
    resting = any(_rests(finding, policy) for finding in findings)
    return Verdict.CONDITIONAL_GO if soft or resting or carried else Verdict.GO


def _rests(finding: Finding, policy: DecisionPolicy) -> bool:
    """Whether the verdict rests on acceptances by way of a criterion: it is met on them alone, and could block."""
    return finding.rests_on is not None and can_block(finding.severity, policy.rule)


def _conditions(
    findings: Sequence[Finding],
    counted: Mapping[str, Waiver],
    chosen: Mapping[str, tuple[ActionPlan | None, str]],
) -> tuple[Condition, ...]:
    return tuple(
        Condition(
            criterion=finding.criterion,
            why=finding.sentence,
            waiver=counted[finding.criterion].id if finding.criterion in counted else None,
            plan=chosen[finding.criterion][0] if finding.status.open and not chosen[finding.criterion][1] else None,
            acceptances=finding.rests_on,
        )
        for finding in findings
        if (finding.status.open and finding.severity is not Severity.ADVISORY) or finding.rests_on is not None
    )


def _domain(
    domain: Domain, findings: Sequence[Finding], blockers: Sequence[Blocker], policy: DecisionPolicy
) -> DomainDecision:
    mine = [finding for finding in findings if finding.domain is domain]
    asked = [finding for finding in mine if finding.status.judged]
    return DomainDecision(
        domain=domain,
        verdict=_verdict(mine, [blocker for blocker in blockers if blocker.domain is domain], policy=policy),
        due=len(asked),
        answered=sum(finding.status is not Status.UNKNOWN for finding in asked),
        met=sum(finding.status is Status.MET for finding in asked),
    )


def _relied(
    findings: Sequence[Finding], chosen: Mapping[str, tuple[ActionPlan | None, str]], policy: DecisionPolicy
) -> list[ActionPlan]:
    """Return the complete plans without which an open criterion would block."""
    found = []
    for finding in findings:
        plan, fault = chosen[finding.criterion]
        softens = finding.severity is Severity.CONDITIONAL or (
            finding.severity is Severity.ADVISORY and policy.rule is ApprovalRule.M3
        )
        if plan is not None and not fault and softens and finding.status.open and finding.shadow is None:
            found.append(plan)
    return found


def _ends(
    findings: Sequence[Finding], counted: Mapping[str, Waiver], plans: Sequence[ActionPlan], standing: WaiverStanding
) -> list[datetime]:
    asked = [f for f in findings if f.status.judged or f.status is Status.NOT_APPLICABLE]
    stale = [reading.stale_at for f in asked for reading in f.facts if reading.stale_at is not None]
    days = [waiver.expires_on for waiver in counted.values()] + [plan.due for plan in plans]
    over = [standing.identity.day_end(day) for day in days if day is not None]
    rungs = {f.due_from for f in findings if f.status is Status.NOT_DUE and f.due_from is not None}
    rungs.update(rung for f in asked for rung in standing.rungs.get(f.criterion, ()))
    begins = [rung_start(standing.identity, standing.release, rung) for rung in sorted(rungs)]
    turning = [finding.turns_at for finding in asked if finding.turns_at is not None]
    begins += [f.shadow.enforced_at for f in asked if f.shadow is not None and f.shadow.enforced_at is not None]
    begins += [f.mandatory_at for f in asked if f.mandatory_at is not None]
    return stale + over + turning + [moment for moment in begins if moment > standing.now]
