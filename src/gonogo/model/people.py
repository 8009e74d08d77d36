"""People, the offices that they hold on a side, and on which days."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import Annotated, Final

from pydantic import StringConstraints, model_validator

from gonogo.model.base import Frozen, Identifier, OneLine
from gonogo.model.person_name import keys_of, same_id, same_name

RoleName = Annotated[str, StringConstraints(pattern=r"^(customer|provider|independent)\.[a-z][a-z0-9_]*$")]
"""A seat: side and office, e.g. ``customer.functional_lead``."""


class Side(StrEnum):
    """Whose interest a person answers for."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    INDEPENDENT = "independent"


class Sides(StrEnum):
    """How many sides must sign a waiver."""

    BOTH = "both"
    """At least one seat of the customer and one of the provider."""
    ONE = "one"
    """Seats of one side are enough."""


M3_OFFICES: Final = (
    "executive_sponsor",
    "business_owner",
    "program_manager",
    "functional_lead",
    "contracting_officer",
    "risk_manager",
    "pmo_lead",
    "pmo_team",
    "technical_lead",
)
"""The nine stakeholder offices of the M3 Playbook; each exists on the customer's and on the provider's side."""

M3_ROLES: Final = tuple(f"{side}.{office}" for side in (Side.CUSTOMER, Side.PROVIDER) for office in M3_OFFICES)
"""The 18 seats of M3."""


SINGLE_SEATS: Final = frozenset(role for role in M3_ROLES if not role.endswith("pmo_team"))
"""Seats that answer as one person at a time."""


def unsatisfiable(seats: Collection[str], *, one_side: bool) -> str:
    """Return why a rule on waivers can be satisfied by nobody; empty where it can, or where nobody may waive at all."""
    if not seats:
        return ""
    if len(set(seats)) == 1 and set(seats) <= SINGLE_SEATS:
        return "two people at least sign, and the only seat named is held by one"
    missing = [side for side in (Side.CUSTOMER, Side.PROVIDER) if not any(s.startswith(f"{side}.") for s in seats)]
    if missing and not one_side:
        return f"both sides sign, and no seat of the {missing[0]} is named"
    return ""


class Tenure(Frozen):
    """One person in one office for a while.

    Attributes:
        role: The seat.
        person: Stable id of the person, the same in every office they hold.
        name: How the person is written in reports.
        start: First day in office, local date; None for always.
        end: Last day in office, local date; None for open.
        distinct_from: Ids of people whose names read like this one's and who are somebody else.
        unit: The unit whose head the person is, in words; absent in every other seat.
        known_from: The day before which it gives no seat, because it claims days that the lock did not know; no file
            says it.
    """

    role: RoleName
    person: Identifier
    name: OneLine
    start: date | None = None
    end: date | None = None
    distinct_from: tuple[Identifier, ...] = ()
    unit: OneLine | None = None
    known_from: date | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Tenure:
        if self.start and self.end and self.end < self.start:
            raise ValueError("the tenure ends before it starts")
        return self

    def covers(self, day: date) -> bool:
        """Whether the person held the office on ``day``."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


class Delegation(Frozen):
    """An office holder lets another person act, for a purpose and a while.

    Attributes:
        role: The seat whose power is lent.
        by: Person id of the holder who delegates; they must hold the seat on ``start``.
        to: Person id of who may act.
        name: How that person is written in reports.
        purpose: What for, in words.
        start: First day, local date.
        end: Last day, local date.
        distinct_from: Ids of people whose names read like the delegate's and who are somebody else.
        known_from: As in :class:`Tenure`.
    """

    role: RoleName
    by: Identifier
    to: Identifier
    name: OneLine
    purpose: OneLine
    start: date
    end: date
    distinct_from: tuple[Identifier, ...] = ()
    known_from: date | None = None

    def covers(self, day: date) -> bool:
        """Whether it is in force on ``day``."""
        return self.start <= day <= self.end


def _gives(entry: Tenure | Delegation, day: date) -> bool:
    """Whether what is signed by an entry on ``day`` counts."""
    return entry.covers(day) and (entry.known_from is None or entry.known_from <= day)


class Staff(Frozen):
    """Somebody who holds no seat, and prepares evidence or asks for waivers.

    Attributes:
        person: Stable id of the person.
        name: How the person is written in reports.
        distinct_from: Ids of people whose names read like this one's and who are somebody else.
    """

    person: Identifier
    name: OneLine
    distinct_from: tuple[Identifier, ...] = ()


class Organization(Frozen):
    """Somebody outside of the program who prepares evidence: a test house, an assessor.

    Attributes:
        id: How statements name it.
        name: How it is written in reports.
    """

    id: Identifier
    name: OneLine


class PeopleRegister(Frozen):
    """Who holds which seat when, and who else prepares evidence: staff without a seat, outside organizations."""

    tenures: tuple[Tenure, ...] = ()
    delegations: tuple[Delegation, ...] = ()
    staff: tuple[Staff, ...] = ()
    organizations: tuple[Organization, ...] = ()

    @cached_property
    def names(self) -> dict[str, str]:
        """Person id to name."""
        found = {delegation.to: delegation.name for delegation in self.delegations}
        found |= {one.person: one.name for one in self.staff}
        return found | {tenure.person: tenure.name for tenure in self.tenures}

    @cached_property
    def parties(self) -> dict[str, str]:
        """Id to name of everybody who may have prepared evidence: people and organizations."""
        return {entry.id: entry.name for entry in self.organizations} | self.names

    def holders(self, role: str, day: date) -> frozenset[str]:
        """Return the ids of the people who may act for ``role`` on ``day``: holders and their delegates."""
        holding = {tenure.person for tenure in self.tenures if tenure.role == role and _gives(tenure, day)}
        acting = {
            lent.to
            for lent in self.delegations
            if lent.role == role
            and _gives(lent, day)
            and any(t.role == role and t.person == lent.by and _gives(t, lent.start) for t in self.tenures)
        }
        return frozenset(holding | acting)

    def why_no_seat(self, person: str, role: str, day: date | None) -> str:
        """Say why somebody may not act for ``role`` on ``day``, after their id; without a full stop."""
        given: list[Tenure | Delegation] = [t for t in self.tenures if (t.role, t.person) == (role, person)]
        given += [lent for lent in self.delegations if (lent.role, lent.to) == (role, person)]
        known = [each.known_from for each in given if day is not None and each.covers(day) and each.known_from]
        if known:
            when = "never counts there" if min(known) == date.max else f"counts from {min(known)}"
            return f"stands in the people register as {role} on {day} only since it was changed, and {when}"
        return f"is not in the people register as {role} on {day}"

    def may_hold(self, role: str, day: date) -> frozenset[str]:
        """Return the ids of those who may have held or borrowed ``role`` on ``day``: for rules that ask for others."""
        holding = {tenure.person for tenure in self.tenures if tenure.role == role and tenure.covers(day)}
        return frozenset(holding | {lent.to for lent in self.delegations if lent.role == role and lent.covers(day)})

    def units(self, person: str, role: str, day: date) -> frozenset[str]:
        """Return the units that a person heads on a day, by their own seat or by one that is lent to them."""
        lenders = {lent.by for lent in self.delegations if (lent.role, lent.to) == (role, person) and lent.covers(day)}
        return frozenset(
            tenure.unit
            for tenure in self.tenures
            if tenure.role == role and tenure.person in {person, *lenders} and _gives(tenure, day) and tenure.unit
        )

    def one_person(self, one: str, other: str, *days: date) -> bool:
        """Whether two ids, or names in words, stand for one person on these days; a doubt counts as yes.

        They do if they share an id or a name as it reads, or a seat by a delegation in force on one of the days:
        who lends a seat and who borrows it act as one. Every rule of two, and every rule of *somebody else*, asks this.
        """
        linked = [(lent.by, lent.to) for lent in self.delegations if any(lent.covers(day) for day in days)]
        reached, new = {one}, {one}
        while new:
            found = {
                end
                for pair in linked
                for start, end in (pair, pair[::-1])
                if any(self._alike(each, start) for each in new)
            }
            new = found - reached
            reached |= found
        return any(self._alike(each, other) for each in reached)

    def held_apart(self, one: str, other: str, *days: date) -> bool:
        """Whether they are two people on these days only because the register says so (``distinct_from``)."""
        return not self.one_person(one, other, *days) and self._without_distinctions.one_person(one, other, *days)

    @cached_property
    def _without_distinctions(self) -> PeopleRegister:
        """The same register without a word of who is somebody else."""
        nothing = {"distinct_from": ()}
        return PeopleRegister(
            tenures=tuple(each.model_copy(update=nothing) for each in self.tenures),
            delegations=tuple(each.model_copy(update=nothing) for each in self.delegations),
            staff=tuple(each.model_copy(update=nothing) for each in self.staff),
            organizations=self.organizations,
        )

    def doubles(self) -> list[tuple[str, str]]:
        """Return pairs of ids that are likely one person, and are not said to be two."""
        order = {person: number for number, person in enumerate(self.names)}
        sharing: dict[str, list[str]] = {}
        for person, name in self.names.items():
            for key in keys_of(person, name):
                sharing.setdefault(key, []).append(person)
        pairs = {pair for group in sharing.values() for pair in combinations(group, 2)}
        return sorted((pair for pair in pairs if self._alike(*pair)), key=lambda pair: (order[pair[1]], order[pair[0]]))

    def why_one(self, one: str, other: str) -> str:
        """Say why two different ids count as one person."""
        if self._alike(one, other):
            return f"{one} and {other} read as one person"
        return f"{one} and {other} share a seat by delegation"

    def knows(self, who: str) -> bool:
        """Whether an id, or a name in words, is somebody of the register or an organization that it declares."""
        return who in self.parties or who in self.parties.values()

    @cached_property
    def _distinct(self) -> frozenset[frozenset[str]]:
        declared = [(one.person, one.distinct_from) for one in self.tenures]
        declared += [(one.to, one.distinct_from) for one in self.delegations]
        declared += [(one.person, one.distinct_from) for one in self.staff]
        return frozenset(frozenset((person, other)) for person, others in declared for other in others)

    @property
    def apart(self) -> tuple[tuple[str, str], ...]:
        """Pairs of ids that are said to be two people, sorted."""
        pairs = (sorted(pair) for pair in self._distinct if len(pair) > 1)
        return tuple(sorted((one, other) for one, other in pairs))

    def _alike(self, one: str, other: str) -> bool:
        """Whether two ids or names read alike; names of people who are said to be two are not compared with them."""
        if one == other or same_id(one, other):
            return True
        if frozenset((one, other)) in self._distinct:
            return False
        return same_name(self.names.get(one, one), self.names.get(other, other))

    def sides(self, person: str) -> frozenset[str]:
        """Return the sides on which ``person`` ever holds an office."""
        return frozenset(t.role.partition(".")[0] for t in self.tenures if t.person == person)
