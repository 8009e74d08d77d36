"""What the people register says otherwise than on the day of the lock, and since when it is known to say so."""

from __future__ import annotations

from datetime import date

from gonogo.model.base import Frozen, Identifier, OneLine
from gonogo.model.people import RoleName


class SeatChange(Frozen):
    """One entry of the people register that is new, or gone, since the lock.

    Attributes:
        role: The seat.
        person: Id of who holds it, or to whom it is lent.
        by: Id of who lends it; absent for a seat that is held.
        start: First day that the entry gives; absent for always.
        end: Last day that it gives; absent for open.
        unit: The unit that its holder heads; absent for every other seat.
        gone: That the lock or a run since knew it and it is not there now; absent for one that is new.
        seen: Local day of the first run that found it so, and of no run after it that did not.
        counts_from: Of a new entry that claims days on which the record shows that the register did not have it: the
            first day on which it counts. Absent where it claims none.
        past: Of a new entry: that it claims days before the lock. Of one that is gone: that what took its place says
            otherwise of days on which the record has it, so that rules which ask for somebody else know it until
            ``seen``, and nobody signs by it. Absent where it is not so.
    """

    role: RoleName
    person: Identifier
    by: Identifier | None = None
    start: date | None = None
    end: date | None = None
    unit: OneLine | None = None
    gone: bool | None = None
    seen: date
    counts_from: date | None = None
    past: bool | None = None

    @property
    def who(self) -> str:
        """Person, seat and days: ``a.osei as customer.executive_sponsor from 2027-02-01``."""
        lent = f", lent by {self.by}" if self.by else f" ({self.unit})" if self.unit else ""
        days = "".join((f" from {self.start}" if self.start else "", f" until {self.end}" if self.end else ""))
        return f"{self.person} as {self.role}{lent}{days or ' without dates'}"

    @property
    def sentence(self) -> str:
        """What is different, since when it is known, and what that does; without a full stop."""
        if self.gone:
            does = "; until then, rules that ask for somebody else still know it" if self.past else ""
            return f"{self.who} is gone from the people register (known since {self.seen}){does}"
        claims = "days before the lock" if self.past else "days on which the register did not have it"
        does = f", and claims {claims}: what was signed by it before {self.counts_from} does not count"
        return f"{self.who} is new in the people register (known since {self.seen}){does if self.counts_from else ''}"

    @property
    def matters(self) -> bool:
        """Whether it says otherwise of the past than the record does."""
        return self.counts_from is not None or self.past is not None
