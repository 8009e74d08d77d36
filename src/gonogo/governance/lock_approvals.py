"""Whether a lock, or a change of one, has the approvals that its policy asks for; what it lacks, in sentences. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from gonogo.core.lock_rules import LockRules
from gonogo.core.wording import listing, seat_words
from gonogo.governance.approval_file import Approvals
from gonogo.model.bodies import names_a_body
from gonogo.model.people import PeopleRegister, Side
from gonogo.model.waiver import Approval
from gonogo.text import any_of


@dataclass(frozen=True, slots=True)
class ApprovalContext:
    """By what approvals are judged.

    Attributes:
        people: Who holds which seat.
        rules: What the policy asks.
        today: The program's local day.
        since: No approval is older: the local day of the lock that is changed; None for a first lock.
    """

    people: PeopleRegister
    rules: LockRules
    today: date
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Reviewed:
    """Which approvals count, and what is missing.

    Attributes:
        counted: The approvals that count.
        reviewer: The review that counts; None where none does or none is needed.
        lacks: What is missing, one sentence each; nothing where all is there.
    """

    counted: tuple[Approval, ...]
    reviewer: Approval | None = None
    lacks: tuple[str, ...] = ()


def reviewed(approvals: Approvals, around: ApprovalContext, *, change: bool, loosens: bool) -> Reviewed:
    """Return which approvals count and what is missing.

    Args:
        approvals: What people approved.
        around: By what it is judged.
        change: Whether a lock is changed, so that a request and a reason are needed.
        loosens: Whether the change loosens anything, or may, so that an independent reviewer is needed.
    """
    lacks = list(_request(approvals, around)) if change else []
    counted: list[Approval] = []
    for approval in approvals.approved_by:
        fault = _fault(approval, around) or _doubled(approval, counted, around)
        if not fault and approval.role not in around.rules.approve:
            fault = f"{approval.role} is no seat that approves a lock here"
        if (
            not fault
            and change
            and approvals.requested_by is not None
            and _one(approval, approvals.requested_by, around)
        ):
            fault = "a person who asks for a change does not approve it"
        if fault:
            lacks.append(f"The approval by {approval.person} as {seat_words(approval.role)} does not count: {fault}.")
        else:
            counted.append(approval)
    missing = [seat for seat in around.rules.approve if seat not in {each.role for each in counted}]
    if missing:
        lacks.append(f"No approval counts from {listing([seat_words(seat) for seat in missing], most=18)}.")
    reviewer = None
    if change and loosens:
        fault = _review_fault(approvals, around)
        reviewer = None if fault else approvals.reviewed_by
        lacks += [f"It loosens, and has no independent review: {fault}."] if fault else []
    return Reviewed(tuple(counted), reviewer, tuple(lacks))


def _request(approvals: Approvals, around: ApprovalContext) -> Iterator[str]:
    if approvals.request is None:
        yield "It names no request."
    if approvals.requested_by is None:
        yield "Nobody says who asked for it."
    elif not around.people.knows(approvals.requested_by):
        yield f"{approvals.requested_by}, who asked for it, is not in the people register."
    if approvals.reason is None:
        yield "It gives no reason."


def _fault(approval: Approval, around: ApprovalContext) -> str:
    if names_a_body(approval.person):
        return f"{approval.person} reads like an office or a service, and people sign"
    if approval.on > around.today:
        return f"it is dated {approval.on}, and today is {around.today}"
    if around.since is not None and approval.on < around.since:
        return f"it is dated {approval.on}, before the lock that it changes ({around.since})"
    if approval.person not in around.people.holders(approval.role, approval.on):
        return f"{approval.person} {around.people.why_no_seat(approval.person, approval.role, approval.on)}"
    return ""


def _doubled(approval: Approval, counted: Sequence[Approval], around: ApprovalContext) -> str:
    for other in counted:
        if other.role == approval.role:
            return f"{other.person} has approved as {other.role} already"
        if _one(approval, other.person, around, other.on):
            return f"{approval.person} and {other.person} count as one person, and each seat needs its own"
    return ""


def _one(approval: Approval, other: str, around: ApprovalContext, *days: date) -> bool:
    return around.people.one_person(approval.person, other, approval.on, *days)


def _review_fault(approvals: Approvals, around: ApprovalContext) -> str:
    review = approvals.reviewed_by
    seats = any_of([seat_words(seat) for seat in around.rules.review])
    if review is None:
        return f"nobody reviewed it (`reviewed_by`: {seats})"
    if review.role not in around.rules.review:
        return f"{review.role} does not review here; it is {seats}"
    fault = _fault(review, around)
    if fault:
        return fault
    for each in approvals.approved_by:
        if _one(review, each.person, around, each.on):
            return f"{review.person} and {each.person}, who asked for it or approves it, count as one person"
    if approvals.requested_by is not None and _one(review, approvals.requested_by, around):
        return f"{review.person} and {approvals.requested_by}, who asked for it or approves it, count as one person"
    elsewhere = around.people.sides(review.person) - {review.role.partition(".")[0]}
    if review.role.startswith(f"{Side.INDEPENDENT}.") and elsewhere:
        return f"{review.person} also holds a seat of the {sorted(elsewhere)[0]}"
    return ""
