"""The registers as they stand, as rows of their forms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from gonogo.core.exposure import DIMENSIONS
from gonogo.documents.xlsx.form import (
    ACCEPTANCES,
    APPROVALS,
    DELEGATIONS,
    ORGANIZATIONS,
    PEOPLE,
    PLANS,
    STAFF,
    WAIVERS,
    SheetForm,
)
from gonogo.documents.xlsx.workbook import Cell
from gonogo.workbook.content import Content

_ROWS = Sequence[Mapping[str, Cell]]


def register_rows(form: SheetForm, content: Content) -> _ROWS:
    """Return the rows that a register holds already, by column."""
    made = {
        PEOPLE.sheet: _people,
        DELEGATIONS.sheet: _delegations,
        STAFF.sheet: _staff,
        ORGANIZATIONS.sheet: _organizations,
        PLANS.sheet: _plans,
        WAIVERS.sheet: _waivers,
        APPROVALS.sheet: _approvals,
        ACCEPTANCES.sheet: _acceptances,
    }
    return made[form.sheet](content)


def _people(content: Content) -> _ROWS:
    return [
        {
            **_seat(one.role),
            "person": one.person,
            "name": one.name,
            "from": _day(one.start),
            "to": _day(one.end),
            "unit": one.unit or "",
        }
        for one in content.people.tenures
    ]


def _delegations(content: Content) -> _ROWS:
    return [
        {
            **_seat(one.role),
            "by": one.by,
            "to": one.to,
            "name": one.name,
            "for": one.purpose,
            "from": one.start,
            "until": one.end,
        }
        for one in content.people.delegations
    ]


def _staff(content: Content) -> _ROWS:
    """Staff, and holders of seats who are listed as somebody else; a row for each such id."""
    people = content.people
    apart = {(one.person, one.name): one.distinct_from for one in people.tenures if one.distinct_from}
    apart |= {(one.to, one.name): one.distinct_from for one in people.delegations if one.distinct_from}
    apart |= {(one.person, one.name): one.distinct_from for one in people.staff}
    return [
        {"person": person, "name": name, "distinct_from": other}
        for (person, name), others in apart.items()
        for other in others or ("",)
    ]


def _organizations(content: Content) -> _ROWS:
    return [{"id": one.id, "name": one.name} for one in content.people.organizations]


def _plans(content: Content) -> _ROWS:
    return [
        {"criterion": one.criterion, "owner": one.owner, "action": one.action, "due": _day(one.due)}
        for one in content.plans
    ]


def _waivers(content: Content) -> _ROWS:
    return [
        {
            "id": one.id,
            "criterion": one.criterion,
            "reason": one.reason,
            "residual_risk": one.residual_risk,
            "compensating_control": one.compensating_control,
            "owner": one.owner,
            "requested_by": one.requested_by,
            "expires_on": _day(one.expires_on),
            "release": one.release or "",
        }
        for one in content.waivers
    ]


def _approvals(content: Content) -> _ROWS:
    return [
        {"waiver": waiver.id, "person": one.person, **_seat(one.role), "on": one.on}
        for waiver in content.waivers
        for one in waiver.approved_by
    ]


def _acceptances(content: Content) -> _ROWS:
    return [
        {
            "id": one.id,
            "register": one.register_id,
            "item": one.item,
            "person": one.person,
            **_seat(one.role),
            "on": _day(one.on),
            "until": _day(one.until),
            "build": one.build,
            "workaround": one.workaround,
            "tried_on": _day(one.tried_on),
            "tried_by": one.tried_by,
            **{name: "" if (share := getattr(one, name)) is None else float(share) for name in DIMENSIONS},
            "touches": one.touches,
            "release": one.release or "",
        }
        for one in content.acceptances
    ]


def _seat(role: str) -> dict[str, Cell]:
    side, _, office = role.partition(".")
    return {"side": side, "office": office}


def _day(day: date | None) -> Cell:
    return "" if day is None else day
