"""Who locks criteria, who reviews a change that loosens them, and inside which days before go-live that is flagged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from gonogo.model.people import RoleName, Side
from gonogo.model.ruleset import Ruleset, days_before

DEFAULT_APPROVERS: Final[tuple[RoleName, ...]] = ("customer.executive_sponsor", "provider.executive_sponsor")
"""M3 3.5: leadership of both sides approves all criteria."""
DEFAULT_REVIEWERS: Final[tuple[RoleName, ...]] = ("customer.risk_manager",)
"""Where the rules have no seat of the independent side."""
DEFAULT_FREEZE_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class LockRules:
    """What a policy asks of a lock.

    Attributes:
        approve: Seats that approve, each by a person of its own.
        review: Seats; one of them reviews a change that loosens.
        freeze_days: Calendar days before go-live in which a change that loosens is flagged.
    """

    approve: tuple[RoleName, ...] = DEFAULT_APPROVERS
    review: tuple[RoleName, ...] = DEFAULT_REVIEWERS
    freeze_days: int = DEFAULT_FREEZE_DAYS

    @classmethod
    def of(cls, ruleset: Ruleset) -> LockRules:
        """Return what a ruleset asks; what it leaves out is M3's."""
        said = ruleset.policy.lock
        independent = tuple(seat for seat in ruleset.offices if seat.startswith(f"{Side.INDEPENDENT}."))
        freeze = said.freeze if said is not None else None
        return cls(
            approve=(said.approve if said is not None else None) or DEFAULT_APPROVERS,
            review=(said.review if said is not None else None) or independent or DEFAULT_REVIEWERS,
            freeze_days=days_before(freeze) if freeze is not None else DEFAULT_FREEZE_DAYS,
        )

    def joined(self, other: LockRules) -> LockRules:
        """Return the stricter of two: a change of the rules satisfies the old ones and the new ones."""
        both = tuple(seat for seat in self.review if seat in other.review)
        return LockRules(
            approve=tuple(dict.fromkeys((*self.approve, *other.approve))),
            review=both or self.review,
            freeze_days=max(self.freeze_days, other.freeze_days),
        )

    def frozen_on(self, day: date, go_lives: Iterable[date]) -> bool:
        """Whether a day is inside the freeze of any go-live: so many days before it, up to the day itself."""
        return any(timedelta(0) <= go_live - day <= timedelta(days=self.freeze_days) for go_live in go_lives)
