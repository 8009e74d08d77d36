"""What people are asked to write, sign or do for open criteria: action plans, waivers, work. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from gonogo.core.waive import WaiverStanding, can_block, changes_nothing, paper_fault, plan_fault, waiver_fault
from gonogo.model.finding import Finding, Outcome
from gonogo.model.placeholder import has_content
from gonogo.model.ruleset import ApprovalRule, Criterion, Severity
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.requests.outstanding import RequestBasis, weight

APPROVAL: Final = "approval of the waiver"
"""What an approver is asked for again, where what they approved has got worse."""
ITEMS: Final = 20
"""Most keys that a request names."""


@dataclass(frozen=True, slots=True)
class OutstandingPaper:
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
class OutstandingWork:
    """A criterion that fails on merit: something is to be done, not shown.

    Attributes:
        criterion: The criterion.
        why: Its state, in one sentence.
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


def outstanding_papers(
    basis: RequestBasis, plans: Sequence[ActionPlan], waivers: Sequence[Waiver]
) -> tuple[OutstandingPaper, ...]:
    """Return the action plans and waivers of open criteria that would not count, in the order of the ruleset.

    A criterion without any evidence needs evidence first, not a plan; one that failed needs a plan
    where the policy makes it block without.
    """
    found: list[OutstandingPaper] = []
    rule = basis.scope.policy.rule
    for case in basis.scope.asked:
        criterion, outcome = case.criterion, basis.outcomes[case.criterion.id]
        if outcome not in (Outcome.NOT_MET, Outcome.UNKNOWN) or criterion.is_hold:
            continue  # no plan puts a hold off, and nobody may waive it
        if any(_covers(waiver, criterion, basis) for waiver in waivers):
            continue  # it stands in for a plan, and a second waiver would change nothing
        if case.shadow is not None:
            continue  # it blocks nothing, so nobody owes a paper for it yet
        planned = criterion.severity is not Severity.MANDATORY and can_block(criterion.severity, rule)
        mine = [plan for plan in plans if plan.criterion == criterion.id]
        if planned and (mine or outcome is Outcome.NOT_MET):
            found += _plan(criterion, mine, basis.standing, rule)
        if not _useless(criterion, basis):
            found += _waivers(criterion, waivers, basis)
    return tuple(found)


def _waivers(criterion: Criterion, waivers: Sequence[Waiver], basis: RequestBasis) -> list[OutstandingPaper]:
    """Return what is wrong with the waiver of a criterion that lacks least; one of them is enough.

    That is one that counts now and not at the decision, before one that counts no longer; one whose approvals have
    lapsed or are missing, before one that is incomplete, over or cannot be read.
    """
    release = basis.standing.release.id
    mine = [each for each in waivers if each.criterion == criterion.id and each.release in (None, release)]
    lacking = [list(_waiver(criterion, waiver, basis)) for waiver in sorted(mine, key=partial(_lack, basis))]
    return lacking[0] if lacking else []


def _lack(basis: RequestBasis, waiver: Waiver) -> int:
    standing = basis.standing
    if not waiver_fault(waiver, standing):
        return 0
    if any(each.sentence == waiver_fault(waiver, standing) for each in standing.lapsed.get(waiver.id, ())):
        return 1
    return 3 if paper_fault(waiver, standing) else 2


def outstanding_work(
    basis: RequestBasis, plans: Sequence[ActionPlan], waivers: Sequence[Waiver]
) -> tuple[OutstandingWork, ...]:
    """Return the criteria that fail on merit at the decision, the weightiest first; a waived one asks for nothing.

    Args:
        basis: What the answers are measured by.
        plans: Action plans as submitted.
        waivers: Waivers as submitted.
    """
    found: list[OutstandingWork] = []
    for case in basis.scope.asked:
        criterion = case.criterion
        waived = any(_covers(waiver, criterion, basis) for waiver in waivers)
        if basis.outcomes[criterion.id] is not Outcome.NOT_MET or waived:
            continue
        finding = basis.findings[criterion.id]
        keys, count = _open_of(finding)
        mine = (plan for plan in plans if plan.criterion == criterion.id)
        rule = basis.scope.policy.rule
        plan = next((plan for plan in mine if not plan_fault(plan, basis.standing, rule)), None)
        found.append(OutstandingWork(criterion, finding.sentence, tuple(keys[:ITEMS]), max(0, count - ITEMS), plan))
    return tuple(sorted(found, key=lambda work: weight(work.criterion)))


def _open_of(finding: Finding) -> tuple[list[str], int]:
    """Return the keys that a criterion's facts name, and how many: of a fact only if no other has named them all."""
    keys: list[str] = []
    count = 0
    for fact in finding.facts:
        own = fact.open_items or ()
        if not own or not set(own) <= set(keys):
            keys += own
            count += fact.open_count or len(own)
    return keys, count


def _covers(waiver: Waiver, criterion: Criterion, basis: RequestBasis) -> bool:
    """Whether a waiver of a criterion counts now and at the decision."""
    if waiver.criterion != criterion.id or _useless(criterion, basis):
        return False
    moments = (basis.standing.now, basis.decision)
    return not any(waiver_fault(waiver, replace(basis.standing, now=moment)) for moment in moments)


def _useless(criterion: Criterion, basis: RequestBasis) -> bool:
    """Whether no waiver of the criterion could change anything."""
    return bool(changes_nothing(basis.findings.get(criterion.id), basis.scope.policy))


def _plan(
    criterion: Criterion, plans: Sequence[ActionPlan], standing: WaiverStanding, rule: ApprovalRule
) -> Iterator[OutstandingPaper]:
    candidates: list[ActionPlan | None] = [*plans] or [None]
    faults = [plan_fault(plan, standing, rule) for plan in candidates]
    if all(faults):
        owner = next((plan.owner for plan in plans if has_content(plan.owner)), criterion.owner)
        yield OutstandingPaper("action plan", "", criterion, _sentence(faults[0]), (owner, criterion.owner))


def _waiver(criterion: Criterion, waiver: Waiver, basis: RequestBasis) -> Iterator[OutstandingPaper]:
    moments = {
        "": basis.standing.now,
        " At the decision: ": basis.decision,
        " At go-live: ": basis.standing.release.go_live,
    }
    for when, moment in moments.items():
        fault = waiver_fault(waiver, replace(basis.standing, now=moment))
        if not fault:
            continue
        lapsed = [one for one in basis.standing.lapsed.get(waiver.id, ()) if one.sentence == fault]
        if lapsed:
            for one in basis.standing.lapsed[waiver.id]:
                yield OutstandingPaper(
                    APPROVAL, waiver.id, criterion, one.sentence, (one.approval.role, criterion.owner)
                )
        else:
            asks = (waiver.requested_by, waiver.owner, criterion.owner)
            yield OutstandingPaper("waiver", waiver.id, criterion, f"{when}{fault}".strip(), asks)
        return


def _sentence(fault: str) -> str:
    return f"{fault[0].upper()}{fault[1:]}."
