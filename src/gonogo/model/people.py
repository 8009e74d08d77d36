"""People, the offices that they hold on a side, and on which days."""

from __future__ import annotations

import unicodedata
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Annotated, Final

from pydantic import StringConstraints, model_validator

from gonogo.model.base import Frozen, Identifier, OneLine

RoleName = Annotated[str, StringConstraints(pattern=r"^(customer|provider|independent)\.[a-z][a-z0-9_]*$")]
"""A seat: side and office, e.g. ``customer.functional_lead``."""


class Side(StrEnum):
    """Whose interest a person answers for."""

    CUSTOMER = "customer"
    PROVIDER = "provider"
    INDEPENDENT = "independent"


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


class Tenure(Frozen):
    """One person in one office for a while.

    Attributes:
        role: The seat.
        person: Stable id of the person, the same in every office they hold.
        name: How the person is written in reports.
        start: First day in office, local date; None for always.
        end: Last day in office, local date; None for open.
    """

    role: RoleName
    person: Identifier
    name: OneLine
    start: date | None = None
    end: date | None = None

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
    """

    role: RoleName
    by: Identifier
    to: Identifier
    name: OneLine
    purpose: OneLine
    start: date
    end: date


class PeopleRegister(Frozen):
    """Who holds which seat when."""

    tenures: tuple[Tenure, ...] = ()
    delegations: tuple[Delegation, ...] = ()

    @cached_property
    def names(self) -> dict[str, str]:
        """Person id to name."""
        found = {delegation.to: delegation.name for delegation in self.delegations}
        return found | {tenure.person: tenure.name for tenure in self.tenures}

    def holders(self, role: str, day: date) -> frozenset[str]:
        """Return the ids of the people who may act for ``role`` on ``day``: holders and their delegates."""
        holding = {tenure.person for tenure in self.tenures if tenure.role == role and tenure.covers(day)}
        acting = {
            lent.to
            for lent in self.delegations
            if lent.role == role
            and lent.start <= day <= lent.end
            and any(t.role == role and t.person == lent.by and t.covers(lent.start) for t in self.tenures)
        }
        return frozenset(holding | acting)

    def same(self, one: str, other: str) -> bool:
        """Whether two ids, or names in words, may mean one person; a doubt counts as yes."""
        return bool(self._called(one) & self._called(other))

    def _called(self, person: str) -> frozenset[str]:
        texts = (person, self.names.get(person, person))
        return frozenset(" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in texts)

    def sides(self, person: str) -> frozenset[str]:
        """Return the sides on which ``person`` ever holds an office."""
        return frozenset(t.role.partition(".")[0] for t in self.tenures if t.person == person)
