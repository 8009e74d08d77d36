"""The files beside ``gonogo.yaml``: people, waivers, action plans."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

from pydantic import ValidationError

from gonogo.documents.plain_mistakes import plain_mistake
from gonogo.documents.shape import CheckedDocument, Document
from gonogo.errors import Problem
from gonogo.model.people import SINGLE_SEATS, Delegation, Organization, PeopleRegister, Staff, Tenure
from gonogo.model.placeholder import has_content
from gonogo.model.waiver import ActionPlan, Approval, Waiver
from gonogo.program.side_documents import (
    DelegationDocument,
    PeopleDocument,
    PlansDocument,
    StaffDocument,
    TenureDocument,
    WaiversDocument,
)
from gonogo.program.who_is_who import identity_problems


def build_people(sheet: CheckedDocument[PeopleDocument]) -> tuple[PeopleRegister, list[Problem], list[Problem]]:
    """Return the register, its mistakes, and its warnings."""
    problems: list[Problem] = []
    document = sheet.document
    if document is None:
        return PeopleRegister(), [], []
    tenures = [
        tenure
        for index, entry in enumerate(document.people)
        if (tenure := _made(sheet, ("people", index), Tenure, _tuples(entry), problems))
    ]
    delegations = [Delegation(**_tuples(entry)) for entry in document.delegations]
    problems += _contradictions(sheet, tenures) if len(tenures) == len(document.people) else []
    for index, lent in enumerate(delegations):
        acting = [_meanwhile(earlier) for earlier in delegations[:index]]
        problems += _delegation_problems(sheet, index, lent, tenures, acting)
    staff = tuple(Staff(**_tuples(entry)) for entry in document.staff)
    organizations = tuple(Organization(**entry.model_dump()) for entry in document.organizations)
    register = PeopleRegister(
        tenures=tuple(tenures), delegations=tuple(delegations), staff=staff, organizations=organizations
    )
    problems += _placeholder_people(sheet, register)
    problems += identity_problems(sheet, register)
    return register, problems, _doubled_seats(sheet, tenures)


def build_waivers(sheet: CheckedDocument[WaiversDocument]) -> tuple[tuple[Waiver, ...], list[Problem]]:
    """Return the waivers and their mistakes. An incomplete waiver is no mistake: it does not count."""
    waivers: list[Waiver] = []
    problems: list[Problem] = []
    for index, entry in enumerate(sheet.document.waivers if sheet.document else ()):
        if sheet.faults is None and entry.id in {waiver.id for waiver in waivers}:
            what = f"the waiver '{entry.id}' appears twice"
            problems.append(sheet.problem(("waivers", index, "id"), "G123", what, "give each its own id"))
        parts = (
            entry.model_dump()
            | _fault(sheet, index)
            | {"approved_by": tuple(Approval(**one.model_dump()) for one in entry.approved_by)}
        )
        waivers.append(Waiver(**parts))
    return tuple(waivers), problems


def build_plans(sheet: CheckedDocument[PlansDocument]) -> tuple[tuple[ActionPlan, ...], list[Problem]]:
    """Return the action plans and their mistakes. An incomplete plan is no mistake: it does not count."""
    plans: list[ActionPlan] = []
    problems: list[Problem] = []
    planned: set[str] = set()
    for index, entry in enumerate(sheet.document.plans if sheet.document else ()):
        if sheet.faults is None and entry.criterion in planned:
            what = f"there are two plans for '{entry.criterion}'"
            hint = "put every step into one plan, due when the last is done"
            problems.append(sheet.problem(("plans", index, "criterion"), "G123", what, hint))
        planned.add(entry.criterion)
        plans.append(ActionPlan(**(entry.model_dump() | _fault(sheet, index))))
    return tuple(plans), problems


def _fault(sheet: CheckedDocument[Document], index: int) -> dict[str, str | None]:
    return {"unreadable": (sheet.faults or {}).get(index)}


def _tuples(entry: TenureDocument | DelegationDocument | StaffDocument) -> dict[str, Any]:
    return entry.model_dump() | {"distinct_from": tuple(entry.distinct_from)}


def _made(
    sheet: CheckedDocument[Document], place: tuple[str, int], model: Any, parts: dict[str, Any], found: list[Problem]
) -> Any:
    try:
        return model(**parts)
    except ValidationError as error:
        what, hint = plain_mistake(error.errors(include_url=False, include_input=False)[0])
        found.append(sheet.problem(place, "G144", what, hint))
        return None


def _placeholder_people(sheet: CheckedDocument[Document], register: PeopleRegister) -> list[Problem]:
    """A placeholder in a seat would be somebody who can attest and approve."""
    entries = [(("people", index), one.name, one.role) for index, one in enumerate(register.tenures)]
    entries += [(("delegations", index), one.name, one.role) for index, one in enumerate(register.delegations)]
    entries += [(("staff", index), one.name, "staff") for index, one in enumerate(register.staff)]
    entries += [
        (("organizations", index), one.name, "organizations") for index, one in enumerate(register.organizations)
    ]
    return [
        sheet.problem(
            (*place, "name"), "G144", f"'{name}' in {role} is nobody", "leave the entry out until there is one"
        )
        for place, name, role in entries
        if not has_content(name)
    ]


def _overlap(one: Tenure, other: Tenure) -> bool:
    starts_in_time = one.start is None or other.end is None or one.start <= other.end
    return starts_in_time and (other.start is None or one.end is None or other.start <= one.end)


def _contradictions(sheet: CheckedDocument[Document], tenures: list[Tenure]) -> list[Problem]:
    problems = []
    for (_, one), (second, other) in combinations(enumerate(tenures), 2):
        place = ("people", second, "role")
        if one.person != other.person:
            continue
        if one.name != other.name:
            what = f"'{one.person}' is '{one.name}' elsewhere and '{other.name}' here"
            problems.append(sheet.problem(("people", second, "name"), "G144", what, "one id is one person"))
        sides = {one.role.partition(".")[0], other.role.partition(".")[0]}
        if len(sides) > 1 and _overlap(one, other):
            what = f"{one.name} would sit on two sides at once: {one.role} and {other.role}"
            problems.append(
                sheet.problem(place, "G144", what, "one person cannot answer for two sides; end one tenure first")
            )
        if one.role == other.role and _overlap(one, other):
            problems.append(sheet.problem(place, "G123", f"{one.name} holds {one.role} twice at once", "keep one"))
    return problems


def _doubled_seats(sheet: CheckedDocument[Document], tenures: list[Tenure]) -> list[Problem]:
    warnings = []
    for (_, one), (second, other) in combinations(enumerate(tenures), 2):
        if one.role != other.role or one.role not in SINGLE_SEATS or one.person == other.person:
            continue
        if _overlap(one, other):
            what = f"{one.name} and {other.name} both hold {one.role}"
            found = sheet.problem(("people", second, "role"), "G191", what, "say `to:` when the first one left")
            warnings.append(replace(found, level="warning"))
    return warnings


def _meanwhile(lent: Delegation) -> Tenure:
    """Return the delegate's time in the seat."""
    return Tenure(role=lent.role, person=lent.to, name=lent.name, start=lent.start, end=max(lent.start, lent.end))


def _delegation_problems(
    sheet: CheckedDocument[Document], index: int, lent: Delegation, tenures: list[Tenure], acting: list[Tenure]
) -> list[Problem]:
    place = ("delegations", index)
    problems = []
    holds = any(one.role == lent.role and one.person == lent.by and one.covers(lent.start) for one in tenures)
    if not holds:
        what = f"'{lent.by}' does not hold {lent.role} on {lent.start}, so it cannot be delegated"
        problems.append(sheet.problem((*place, "by"), "G144", what, "only the holder delegates"))
    if lent.to == lent.by:
        problems.append(sheet.problem((*place, "to"), "G144", "nobody delegates to themselves", "name another person"))
    if lent.end < lent.start:
        problems.append(sheet.problem((*place, "until"), "G144", "the delegation ends before it starts"))
    side = lent.role.partition(".")[0]
    own = _meanwhile(lent)
    across = [
        one
        for one in (*tenures, *acting)
        if one.person == lent.to and one.role.partition(".")[0] != side and _overlap(one, own)
    ]
    if across:
        what = f"{lent.name} would sit on two sides at once: {across[0].role} and {lent.role}"
        problems.append(sheet.problem((*place, "to"), "G144", what, "delegate to somebody of the same side"))
    names = {one.name for one in tenures if one.person == lent.to} - {lent.name}
    if names:
        what = f"'{lent.to}' is '{min(names)}' elsewhere and '{lent.name}' here"
        problems.append(sheet.problem((*place, "name"), "G144", what, "one id is one person"))
    return problems
