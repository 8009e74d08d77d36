"""Whether a people register says who is who: no likely double, and organizations that are nobody's second name."""

from __future__ import annotations

from collections.abc import Iterator

from gonogo.documents.shape import CheckedDocument, Document, Loc
from gonogo.errors import Problem
from gonogo.model.people import PeopleRegister
from gonogo.model.person_name import same_id, same_name
from gonogo.text import did_you_mean, listed


def identity_problems(sheet: CheckedDocument[Document], register: PeopleRegister) -> list[Problem]:
    """Return the mistakes of a register about who is who."""
    checks = (_doubles, _distinctions, _named_otherwise, _organizations)
    return [problem for check in checks for problem in check(sheet, register)]


def _places(register: PeopleRegister) -> dict[str, Loc]:
    """Where each person is named first."""
    places: dict[str, Loc] = {}
    for index, tenure in enumerate(register.tenures):
        places.setdefault(tenure.person, ("people", index, "person"))
    for index, lent in enumerate(register.delegations):
        places.setdefault(lent.to, ("delegations", index, "to"))
    for index, one in enumerate(register.staff):
        places.setdefault(one.person, ("staff", index, "person"))
    return places


def _doubles(sheet: CheckedDocument[Document], register: PeopleRegister) -> Iterator[Problem]:
    places, names = _places(register), register.names
    for one, other in register.doubles():
        first, second = sorted((one, other), key=list(places).index)
        what = f"'{second}' ({names[second]}) reads like '{first}' ({names[first]}), and may be the same person"
        hint = f"use one id for one person; if they are two, say `distinct_from: [{first}]` here"
        if same_id(first, second):
            hint = "nobody can tell these ids apart; give one of them another id"
        yield sheet.problem(places[second], "G144", what, hint)


def _distinctions(sheet: CheckedDocument[Document], register: PeopleRegister) -> Iterator[Problem]:
    known = list(register.names)
    entries = [(("people", i), one.person, one.distinct_from) for i, one in enumerate(register.tenures)]
    entries += [(("delegations", i), one.to, one.distinct_from) for i, one in enumerate(register.delegations)]
    entries += [(("staff", i), one.person, one.distinct_from) for i, one in enumerate(register.staff)]
    for place, person, others in entries:
        for index, other in enumerate(others):
            if other == person or other not in known:
                what = f"'{other}' is {'the same id' if other == person else 'not in the people register'}"
                hint = did_you_mean(other, known, otherwise=f"the register has {listed(sorted(known))}")
                yield sheet.problem((*place, "distinct_from", index), "G144", what, hint)


def _named_otherwise(sheet: CheckedDocument[Document], register: PeopleRegister) -> Iterator[Problem]:
    """Staff whose id is somebody's in a seat must bear that name."""
    seated = {one.person: one.name for one in register.tenures} | {one.to: one.name for one in register.delegations}
    for index, one in enumerate(register.staff):
        earlier = [other for other in register.staff[:index] if other.person == one.person]
        if any(set(other.distinct_from) >= set(one.distinct_from) for other in earlier):
            what = f"'{one.person}' appears twice"
            yield sheet.problem(("staff", index, "person"), "G123", what, "keep one")
        if seated.get(one.person, one.name) != one.name:
            what = f"'{one.person}' is '{seated[one.person]}' elsewhere and '{one.name}' here"
            yield sheet.problem(("staff", index, "name"), "G144", what, "one id is one person")


def _organizations(sheet: CheckedDocument[Document], register: PeopleRegister) -> Iterator[Problem]:
    for index, entry in enumerate(register.organizations):
        for person, name in register.names.items():
            if same_id(entry.id, person) or same_name(entry.name, name):
                what = f"the organization '{entry.id}' ({entry.name}) reads like the person '{person}' ({name})"
                hint = "an organization is not a person; give it its own id and name"
                yield sheet.problem(("organizations", index, "id"), "G144", what, hint)
        if entry.id in [other.id for other in register.organizations[:index]]:
            what = f"the organization '{entry.id}' appears twice"
            yield sheet.problem(("organizations", index, "id"), "G123", what, "keep one")
