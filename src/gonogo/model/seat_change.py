"""What the people register says otherwise than on the day of the lock, and since when it is known to say so."""

from __future__ import annotations

from datetime import date

from gonogo.model.base import Frozen, Identifier
from gonogo.model.people import RoleName


class SeatChange(Frozen):
    """One entry of the people register that is new, or gone, since the lock.

    Attributes:
        role: The seat.
        person: Id of who holds it, or to whom it is lent.
        by: Id of who lends it; absent for a seat that is held.
        start: First day that the entry gives; absent for always.
        end: Last day that it gives; absent for open.
        gone: That it was there on the day of the lock and is not now; absent for one that is new.
        seen: Local day of the first run that found it so, and of no run after it that did not.
        past: That it is about days before the lock on which the register said otherwise then; absent where it is not.
    """

    role: RoleName
    person: Identifier
    by: Identifier | None = None
    start: date | None = None
    end: date | None = None
    gone: bool | None = None
    seen: date
    past: bool | None = None

    @property
    def who(self) -> str:
        """Person, seat and days: ``a.osei as customer.executive_sponsor from 2027-02-01``."""
        lent = f", lent by {self.by}" if self.by else ""
        days = "".join((f" from {self.start}" if self.start else "", f" until {self.end}" if self.end else ""))
        return f"{self.person} as {self.role}{lent}{days or ' without dates'}"

    @property
    def sentence(self) -> str:
        """What is different, since when it is known, and what that does; without a full stop."""
        if self.gone:
            does = "; until then it counts as it was on the day of the lock" if self.past else ""
            return f"{self.who} is gone from the people register (known since {self.seen}){does}"
        does = ", and claims days before the lock; what was signed by it before does not count" if self.past else ""
        return f"{self.who} is new in the people register (known since {self.seen}){does}"
