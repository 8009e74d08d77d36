"""How each criterion, and the run as a whole, looks to a machine: what is not proved never looks like a success.

Every format takes its word from here, so that all of them and page one tell one story.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gonogo.core.wording import listing
from gonogo.model.acceptance import Acceptance
from gonogo.model.assessment import Purpose
from gonogo.model.finding import Finding, Status
from gonogo.model.open_items import listed
from gonogo.model.ruleset import Severity
from gonogo.model.rung_ahead import before_go_live
from gonogo.model.verdict import Verdict
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.report.accepted import relied_on
from gonogo.report.not_due_yet import due_day, not_due_yet
from gonogo.report.short_of_go_live import ahead_of
from gonogo.report.view import RunView
from gonogo.report.words import STATUS, person_and_seat, stopped


class Standing(StrEnum):
    """How a criterion stands, for a program that knows only a few words."""

    MET = "met"
    """Proved met. The only one that any format shows as a success."""
    ACCEPTED = "accepted"
    """Met only because somebody accepted open items."""
    BLOCKS = "blocks"
    """Open, and a reason against a go."""
    WAIVED = "waived"
    """Open; a waiver counts."""
    PLANNED = "planned"
    """Open; an action plan counts."""
    ADVISORY = "advisory"
    """Open, and decides nothing."""
    SHADOW = "shadow"
    """Open, and not enforced yet or at all."""
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    NOT_ADOPTED = "not_adopted"

    @property
    def met(self) -> bool:
        """Whether it is a success."""
        return self is Standing.MET

    @property
    def blocks(self) -> bool:
        """Whether it is a reason against a go."""
        return self is Standing.BLOCKS

    @property
    def open(self) -> bool:
        """Whether something is still open about it."""
        return self not in (Standing.MET, Standing.NOT_DUE, Standing.NOT_APPLICABLE, Standing.NOT_ADOPTED)

    @property
    def judged(self) -> bool:
        """Whether it was asked at all."""
        return self.open or self is Standing.MET

    @property
    def condition(self) -> bool:
        """Whether a go depends on it."""
        return self in (Standing.WAIVED, Standing.PLANNED, Standing.ACCEPTED)


class Signal(StrEnum):
    """How the run as a whole looks."""

    GO = "go"
    """A decision for GO by all that go-live asks. The only one that any format shows as a success."""
    CAUTION = "caution"
    """GO, but no decision to go live: a rehearsal, a progress run, or a milestone that asks less than go-live."""
    CONDITIONAL = "conditional"
    """CONDITIONAL GO, whether or not it was accepted."""
    STOP = "stop"
    """NO-GO, or files that are not what was locked."""


@dataclass(frozen=True, slots=True)
class Account:
    """One criterion, or one standing hold, as machines are told.

    Attributes:
        finding: The finding.
        standing: How it stands.
        waiver: The waiver that counts; None where none does.
        plan: The action plan that counts; None where none does.
        accepted: The acceptances on which it rests.
        idle: Waivers that do not count, each with the reason.
        hold: Whether it is a standing hold of the policy.
        head: Its standing in words: ``Not met, waived until the end of 2027-06-02``.
        why: Why it stands so, in one sentence.
        owner: Who answers for it, by name and seat.
    """

    finding: Finding
    standing: Standing
    head: str
    why: str
    owner: str
    waiver: Waiver | None = None
    plan: ActionPlan | None = None
    accepted: tuple[Acceptance, ...] = ()
    idle: tuple[tuple[Waiver, str], ...] = ()
    hold: bool = False

    @property
    def line(self) -> str:
        """Its standing, then why, in one breath: the status is said once."""
        said = f"{STATUS[self.finding.status]}: "
        told = self.why.removeprefix(said)
        return f"{self.head}: {told}" if told != self.why else f"{self.head}. {self.why}"

    @property
    def with_owner(self) -> str:
        """The same, and who answers for it where something is open."""
        return f"{stopped(self.line)} Owner: {stopped(self.owner)}" if self.standing.open and self.owner else self.line

    @property
    def items(self) -> tuple[str, ...]:
        """The rows, cases or items that count against each fact: the first ones by key, and how many more there are."""
        return tuple(
            f"{reading.fact}: {listed(reading.open_items or (), reading.open_count)}"
            for reading in self.finding.facts
            if reading.open_count
        )


_FATAL: Final = 3
"""A recorded exit code above this one means that the record or the lock does not hold."""


def accounts(view: RunView) -> tuple[Account, ...]:
    """Return every criterion in the order of the ruleset, then every standing hold."""
    return tuple(_accounts(view))


def signal(view: RunView) -> Signal:
    """Return how the run as a whole looks."""
    verdict, kind = view.decision.verdict, view.started.kind
    if verdict is Verdict.NO_GO or view.finished.exit_code > _FATAL:
        return Signal.STOP
    if verdict is Verdict.CONDITIONAL_GO:
        return Signal.CONDITIONAL
    if kind.purpose is not Purpose.DECISION or kind.shadow or view.finished.exit_code != 0 or _asks_more(view):
        return Signal.CAUTION
    return Signal.GO


def _asks_more(view: RunView) -> bool:
    """Whether go-live asks for more than the run did, or nobody looked whether it does."""
    later = not_due_yet(view) or ahead_of(view) or any(finding.blocks_later for finding in view.findings)
    return bool(later) or (view.decision.ahead is None and before_go_live(view.started.milestone))


def _accounts(view: RunView) -> Iterator[Account]:
    blocking = {blocker.criterion: blocker.why for blocker in view.decision.blockers if blocker.criterion is not None}
    waivers = {waiver.id: waiver for waiver in view.waivers}
    counted = {each.criterion: waivers.get(each.id) for each in view.decision.waivers if each.counted}
    accepted = relied_on(view)
    holds = view.decision.holds or ()
    for finding in (*view.findings, *holds):
        waiver = counted.get(finding.criterion)
        plan = view.plan(finding.criterion) if finding.status.open else None
        standing = _standing(finding, finding.criterion in blocking, waiver, plan)
        rests = tuple(one for one in accepted if one.id in (finding.rests_on or ()))
        idle = tuple(
            (waivers[each.id], each.why)
            for each in view.decision.waivers
            if each.criterion == finding.criterion and not each.counted and each.id in waivers
        )
        yield Account(
            finding=finding,
            standing=standing,
            head=_head(view, finding, standing, waiver, plan, rests),
            why=blocking.get(finding.criterion, finding.sentence),
            owner=person_and_seat(view, finding.owner),
            waiver=waiver if standing is Standing.WAIVED else None,
            plan=plan,
            accepted=rests,
            idle=idle,
            hold=finding in holds,
        )


def _standing(finding: Finding, blocks: bool, waiver: Waiver | None, plan: ActionPlan | None) -> Standing:
    if blocks:
        return Standing.BLOCKS  # also one that is met, where a promise about it was not kept
    if not finding.status.open:
        if finding.status is Status.MET:
            return Standing.MET if finding.rests_on is None else Standing.ACCEPTED
        return Standing(finding.status.value)
    if finding.shadow is not None:
        return Standing.SHADOW
    if finding.severity is Severity.ADVISORY:
        return Standing.ADVISORY
    if waiver is not None:
        return Standing.WAIVED
    if plan is not None and finding.severity is Severity.CONDITIONAL:
        return Standing.PLANNED
    return Standing.BLOCKS  # nothing speaks for it


def _head(
    view: RunView,
    finding: Finding,
    standing: Standing,
    waiver: Waiver | None,
    plan: ActionPlan | None,
    accepted: tuple[Acceptance, ...],
) -> str:
    status = STATUS[finding.status]
    if standing is Standing.WAIVED and waiver is not None:
        until = f" until the end of {waiver.expires_on}" if waiver.expires_on else ""
        return f"{status}, waived{until} (waiver {waiver.id})"
    if standing is Standing.PLANNED and plan is not None:
        return f"{status}, with an action plan due {plan.due}"
    if standing is Standing.ACCEPTED:
        days = [one.until for one in accepted if one.until is not None]
        until = f", until the end of {min(days)}" if days else ""
        return f"Met only on acceptance of {listing([one.item for one in accepted]) or 'open items'}{until}"
    if standing is Standing.BLOCKS:
        return status if finding.status.open else f"{status}, and a reason against a go"
    if standing is Standing.ADVISORY:
        return f"{status}, advisory"
    if standing is Standing.SHADOW and finding.shadow is not None:
        return f"{status}, {finding.shadow.words}"
    if standing is Standing.NOT_DUE:
        day = due_day(view, finding)
        return f"{status} before {finding.due_from or 'its milestone'}" + (f" ({day})" if day else "")
    return status
