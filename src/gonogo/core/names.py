"""Who is meant by the seats and ids that a decision names: what a report needs to say a person instead of an office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from gonogo.model.decision import Request
from gonogo.model.finding import Finding
from gonogo.model.people import PeopleRegister, Side
from gonogo.model.waiver import ActionPlan, Waiver


def names_of(
    findings: Sequence[Finding],
    plans: Sequence[ActionPlan],
    waivers: Sequence[Waiver],
    requests: Sequence[Request],
    people: PeopleRegister,
    day: date,
    accepting: Iterable[str] = (),
) -> dict[str, tuple[str, ...]] | None:
    """Return, for each seat or person id that matters now, the names behind it; None without a people register."""
    if not people.tenures:
        return None
    wanted: Iterable[str] = (
        *(finding.owner for finding in findings if finding.status.open),
        *(plan.owner for plan in plans),
        *(who for waiver in waivers for who in (waiver.owner, waiver.requested_by)),
        *(approval.person for waiver in waivers for approval in waiver.approved_by),
        *(request.to for request in requests),
        *accepting,
    )
    found: dict[str, tuple[str, ...]] = {}
    for who in sorted(set(wanted)):
        if who in people.names:
            found[who] = (people.names[who],)
        elif who.partition(".")[0] in tuple(Side) and who.isascii():
            found[who] = tuple(people.names.get(person, person) for person in holders(people, who, day))
    return found or None


def holders(people: PeopleRegister, seat: str, day: date) -> list[str]:
    """Return who holds the seat on a day; while nobody does, who may act for it."""
    holding = {tenure.person for tenure in people.tenures if tenure.role == seat and tenure.covers(day)}
    return sorted(holding or people.holders(seat, day))
