"""Whether a waiver counts, and whether an action plan is complete. Pure; a doubt never helps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Final

from gonogo.core.wording import listing
from gonogo.model.bodies import names_a_body
from gonogo.model.finding import Finding
from gonogo.model.people import PeopleRegister, Side
from gonogo.model.placeholder import has_content
from gonogo.model.planned_answers import is_owed, says_what_is_done
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Severity
from gonogo.model.waiver import ActionPlan, Approval, Waiver

LATEST_PLAN: Final = timedelta(days=90)
"""How long after go-live an action plan may run; M3's own rule allows no day after."""
_QUOTED: Final = 60
"""Characters of empty talk that are quoted."""


@dataclass(frozen=True, slots=True)
class Lapse:
    """An approval that no longer holds.

    Attributes:
        approval: Who approved, in which seat, on which day.
        why: What got worse since, as a part of a sentence.
    """

    approval: Approval
    why: str

    @property
    def sentence(self) -> str:
        """Who approved when, and why it counts no longer."""
        return f"The approval by {self.approval.person} on {self.approval.on} has lapsed: {self.why}."


@dataclass(frozen=True, slots=True)
class WaiverStanding:
    """The day and the people by which waivers and plans are held.

    Attributes:
        identity: Gives the time zone.
        release: Gives the release and its go-live.
        now: The moment of the assessment, UTC.
        people: Who holds which seat when.
        waivable: Criterion id to the seats that together may waive it; absent or empty means nobody may.
        one_sided: Criteria that seats of one side may waive.
        lapsed: Waiver id to its approvals that no longer hold; see :mod:`gonogo.core.approved`.
        rungs: Criterion id to the milestones at which one of its parameters changes.
        unrecorded: Waivers with an approval whose approved state no recorded run shows.
        max_waiver_days: How many days after go-live a waiver may run; None for no limit.
    """

    identity: ProgramIdentity
    release: Release
    now: datetime
    people: PeopleRegister
    waivable: Mapping[str, tuple[str, ...]]
    rungs: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    one_sided: frozenset[str] = frozenset()
    lapsed: Mapping[str, tuple[Lapse, ...]] = field(default_factory=dict)
    unrecorded: frozenset[str] = frozenset()
    max_waiver_days: int | None = None

    @property
    def today(self) -> date:
        """The local date of the assessment."""
        return self.identity.local_date(self.now)


def waiver_fault(waiver: Waiver, standing: WaiverStanding) -> str:
    """Return why the waiver does not count, in one sentence; empty when it does."""
    lapsed = (one.sentence for one in standing.lapsed.get(waiver.id, ()))
    return paper_fault(waiver, standing) or _approval_fault(waiver, standing) or next(lapsed, "")


def paper_fault(waiver: Waiver, standing: WaiverStanding) -> str:
    """Return what is wrong with the waiver's text, no matter who approved it; empty where nothing is."""
    if waiver.unreadable:
        return f"It cannot be read: {waiver.unreadable}."
    missing = missing_parts(waiver)
    if missing or waiver.expires_on is None:
        return f"It is incomplete: {listing(missing)}."
    if waiver.release is not None and waiver.release != standing.release.id:
        return f"It is for the release {waiver.release}."
    if standing.now >= standing.identity.day_end(waiver.expires_on):
        return f"It expired on {waiver.expires_on}."
    go_live = standing.identity.local_date(standing.release.go_live)
    if waiver.expires_on < go_live:
        return f"It ends on {waiver.expires_on}, before go-live on {go_live}, so nothing would cover go-live."
    over, most = (waiver.expires_on - go_live).days, standing.max_waiver_days
    if most is not None and over > most:
        days = f"{over} day{'s' if over != 1 else ''}"
        return f"It ends on {waiver.expires_on}, {days} after go-live; the policy allows {most}."
    return ""


def missing_parts(waiver: Waiver) -> list[str]:
    """Return what a waiver lacks, in words, no matter who approved it; what cannot be read is lacking too."""
    parts = {
        "reason": waiver.reason,
        "residual risk": waiver.residual_risk,
        "compensating control": waiver.compensating_control,
        "owner": waiver.owner,
        "expiry date": waiver.expires_on,
        "approval": waiver.approved_by,
    }
    missing = [_missing_part(name, value) for name, value in parts.items() if not _is_said(name, value)]
    return [*missing, f"{waiver.unreadable} cannot be read"] if waiver.unreadable else missing


def _is_said(name: str, value: object) -> bool:
    if not isinstance(value, str):
        return has_content(value)
    return says_what_is_done(value) if name == "compensating control" else has_content(value) and not is_owed(value)


def approved_by_who_asked(waiver: Waiver, people: PeopleRegister) -> Approval | None:
    """Return the first approval by the person who asked for the waiver; None where there is none."""
    asked = waiver.requested_by
    return next((each for each in waiver.approved_by if people.one_person(each.person, asked, each.on)), None)


def _missing_part(name: str, value: object) -> str:
    if isinstance(value, str) and value.strip():
        return f"{name} says nothing ({value.strip()[:_QUOTED]!r})"
    return f"{name} missing"


def changes_nothing(finding: Finding | None, policy: DecisionPolicy) -> str:
    """Return why no waiver of a criterion, however complete, can change anything; empty where one can."""
    if finding is None:
        return "The ruleset has no such criterion."
    if finding.rests_on is not None:
        return "It changes nothing: the criterion is met on acceptance, and no criterion rests on both."
    if not finding.status.open:
        return "It changes nothing: the criterion is not open."
    if finding.shadow is not None:
        return f"It changes nothing: the criterion is {finding.shadow.words}."
    if not can_block(finding.severity, policy.rule):
        return "It changes nothing: the criterion is advisory and never blocks."
    return ""


def can_block(severity: Severity, rule: ApprovalRule) -> bool:
    """Whether a criterion can block at all: an advisory one only under M3's rule, where it has no plan."""
    return severity is not Severity.ADVISORY or rule is ApprovalRule.M3


def _approval_fault(waiver: Waiver, standing: WaiverStanding) -> str:
    seats = standing.waivable.get(waiver.criterion, ())
    if not seats:
        return "The ruleset lets nobody waive this criterion."
    one_person = standing.people.one_person
    if (own := approved_by_who_asked(waiver, standing.people)) is not None:
        return _twice("The person who requested it also approved it", waiver.requested_by, own.person, standing)
    for one, other in combinations(waiver.approved_by, 2):
        if one_person(one.person, other.person, one.on, other.on):
            return _twice("One person approved it twice", one.person, other.person, standing)
    for approval in waiver.approved_by:
        name = standing.people.names.get(approval.person, approval.person)
        if names_a_body(name):
            return f"{name} ({approval.person}) reads like an office, a mailbox or a service, but people sign waivers."
        if approval.on > standing.today:
            return f"The approval by {approval.person} is dated {approval.on}, after the assessment."
        if approval.person not in standing.people.holders(approval.role, approval.on):
            why = standing.people.why_no_seat(approval.person, approval.role, approval.on)
            return f"{approval.person} {why}."
    return _signatures_fault(waiver, seats, one_sided=waiver.criterion in standing.one_sided)


def _signatures_fault(waiver: Waiver, seats: tuple[str, ...], *, one_sided: bool) -> str:
    """All named seats sign, two people at least, and both sides unless one is enough. Other seats sign for nothing."""
    signed = [approval for approval in waiver.approved_by if approval.role in seats]
    given = {approval.role for approval in signed}
    wanting = [seat for seat in seats if seat not in given]
    if wanting:
        return f"Approval by {listing(wanting)} is missing."
    if len({approval.person for approval in signed}) < 2:
        return "At least two people must sign a waiver, each in a seat that the criterion names."
    sides = {role.partition(".")[0] for role in given}
    if not one_sided and not {Side.CUSTOMER, Side.PROVIDER} <= sides:
        return "It needs an approval from the customer and one from the provider."
    return ""


def _twice(what: str, one: str, other: str, standing: WaiverStanding) -> str:
    return f"{what}." if one == other else f"{what}: {standing.people.why_one(one, other)}."


def plan_fault(plan: ActionPlan | None, standing: WaiverStanding, rule: ApprovalRule) -> str:
    """Return why an open criterion has no complete action plan, in one sentence; empty when it has one."""
    if plan is None:
        return "it has no action plan"
    if plan.unreadable:
        return f"its action plan cannot be read: {plan.unreadable}"
    if plan.missing or plan.due is None:
        return f"its action plan has no {listing(list(plan.missing))}"
    if plan.due < standing.today:
        return f"its action plan was due on {plan.due} and the criterion is still open"
    go_live = standing.identity.local_date(standing.release.go_live)
    if rule is ApprovalRule.M3 and plan.due > go_live:
        return f"its action plan is due on {plan.due}, after go-live; M3 asks for resolution by deployment"
    if plan.due - go_live > LATEST_PLAN:
        return f"its action plan is due on {plan.due}, more than 90 days after go-live"
    return ""
