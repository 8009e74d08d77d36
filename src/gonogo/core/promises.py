"""What was promised at an earlier decision, and what came: conditions are carried until they are closed. Pure.

A promise that is overdue blocks, as an action plan that is overdue does, even if a newer plan has a later day: a day
that was signed is not moved by writing another. A criterion that is no longer asked closes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from gonogo.core.waive import WaiverStanding
from gonogo.model.decision import Blocker, Condition
from gonogo.model.finding import Finding, Status
from gonogo.model.promise import EarlierDecision, Promise, PromiseReview, PromiseState
from gonogo.model.ruleset import Domain
from gonogo.model.waiver import ActionPlan

_CLOSED = (Status.MET, Status.NOT_APPLICABLE)


def reviewed(
    earlier: EarlierDecision | None, findings: Sequence[Finding], standing: WaiverStanding
) -> tuple[PromiseReview, ...]:
    """Return what became of each promise of an earlier decision, in its order."""
    if earlier is None:
        return ()
    known = {finding.criterion: finding for finding in findings}
    return tuple(_review(promise, known.get(promise.criterion), standing) for promise in earlier.promises)


def _review(promise: Promise, finding: Finding | None, standing: WaiverStanding) -> PromiseReview:
    asked = finding is not None and (finding.status.judged or finding.status is Status.NOT_APPLICABLE)
    state = PromiseState.OPEN if asked else PromiseState.UNASKED
    if finding is not None and finding.status in _CLOSED and finding.rests_on is None:
        state = PromiseState.CLOSED
    elif promise.due is not None and promise.due < standing.today:
        state = PromiseState.OVERDUE
    what = f"Promised: {(promise.action or promise.title).rstrip('.')}"
    due = f", by {promise.due}" if promise.due is not None else ""
    came = {
        PromiseState.CLOSED: "It is closed.",
        PromiseState.OPEN: "It is still open.",
        PromiseState.OVERDUE: "That day has passed, and it is not closed.",
        PromiseState.UNASKED: "Nobody asks for it any more, so nothing shows that it was done.",
    }
    return PromiseReview(criterion=promise.criterion, state=state, sentence=f"{what}{due}. {came[state]}")


def promise_blockers(
    reviews: Sequence[PromiseReview], findings: Sequence[Finding], blocking: Sequence[Blocker]
) -> tuple[Blocker, ...]:
    """Return one reason for each overdue promise whose criterion does not block anyway."""
    known = {finding.criterion: finding for finding in findings}
    already = {blocker.criterion for blocker in blocking}
    return tuple(
        Blocker(
            criterion=review.criterion,
            domain=_domain(review.criterion),
            why=f"A condition of the earlier decision is overdue. {review.sentence}",
            missing_evidence=_unknown(known, review.criterion),
        )
        for review in reviews
        if review.state is PromiseState.OVERDUE and review.criterion not in already
    )


def carried_conditions(
    earlier: EarlierDecision | None, reviews: Sequence[PromiseReview], present: Sequence[Condition]
) -> tuple[Condition, ...]:
    """Return the promises that are neither closed nor a condition of this decision already."""
    there = {condition.criterion for condition in present}
    promises = {promise.criterion: promise for promise in (earlier.promises if earlier is not None else ())}
    return tuple(
        Condition(criterion=review.criterion, why=review.sentence, plan=_plan(promises[review.criterion]))
        for review in reviews
        if review.state in (PromiseState.OPEN, PromiseState.UNASKED) and review.criterion not in there
    )


def promises_end(
    earlier: EarlierDecision | None, reviews: Sequence[PromiseReview], standing: WaiverStanding
) -> list[datetime]:
    """Return the moments at which a promise that is not closed becomes overdue."""
    waiting = {review.criterion for review in reviews if review.state in (PromiseState.OPEN, PromiseState.UNASKED)}
    return [
        standing.identity.day_end(promise.due)
        for promise in (earlier.promises if earlier is not None else ())
        if promise.criterion in waiting and promise.due is not None
    ]


def _plan(promise: Promise) -> ActionPlan | None:
    if promise.action is None:
        return None
    return ActionPlan(criterion=promise.criterion, owner=promise.owner, action=promise.action, due=promise.due)


def _domain(criterion: str) -> Domain | None:
    name = criterion.partition(".")[0]
    return Domain(name) if name in tuple(Domain) else None


def _unknown(known: Mapping[str, Finding], criterion: str) -> bool:
    finding = known.get(criterion)
    return finding is None or finding.status is not Status.NOT_MET
