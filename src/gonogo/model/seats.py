"""The people register as a record keeps it: ids, seats and days; no names, and no words about anybody."""

from __future__ import annotations

from datetime import date

from gonogo.model.base import Frozen, Identifier, OneLine
from gonogo.model.people import PeopleRegister, RoleName


class HeldSeat(Frozen):
    """One person in one seat. Attributes as in ``Tenure``."""

    role: RoleName
    person: Identifier
    start: date | None = None
    end: date | None = None
    unit: OneLine | None = None


class LentSeat(Frozen):
    """One seat lent by one person to another. Attributes as in ``Delegation``."""

    role: RoleName
    by: Identifier
    to: Identifier
    start: date
    end: date


class Seats(Frozen):
    """Who holds which seat when, by id.

    Attributes:
        held: Tenures, in the order of the register.
        lent: Delegations, in the order of the register.
        staff: Ids of people without a seat.
        organizations: Ids of organizations.
        apart: Pairs of ids that are said to be two people (``distinct_from``), sorted.
    """

    held: tuple[HeldSeat, ...] = ()
    lent: tuple[LentSeat, ...] = ()
    staff: tuple[Identifier, ...] = ()
    organizations: tuple[Identifier, ...] = ()
    apart: tuple[tuple[Identifier, Identifier], ...] = ()

    @classmethod
    def of(cls, people: PeopleRegister) -> Seats:
        """Return what of a register is recorded."""
        return cls(
            held=tuple(
                HeldSeat(role=t.role, person=t.person, start=t.start, end=t.end, unit=t.unit) for t in people.tenures
            ),
            lent=tuple(
                LentSeat(role=lent.role, by=lent.by, to=lent.to, start=lent.start, end=lent.end)
                for lent in people.delegations
            ),
            staff=tuple(one.person for one in people.staff),
            organizations=tuple(one.id for one in people.organizations),
            apart=people.apart,
        )
