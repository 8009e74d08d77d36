"""What a file says about work that is not finished, and what no fact needs: what remains, its dates, its estimates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final


class HoldKind(StrEnum):
    """How a date holds an activity."""

    START_NOT_BEFORE = "start no earlier than"
    FINISH_NOT_BEFORE = "finish no earlier than"
    START_ON = "must start on"
    FINISH_ON = "must finish on"
    START_NOT_AFTER = "start no later than"
    FINISH_NOT_AFTER = "finish no later than"
    LATE = "as late as possible"
    BY_HAND = "scheduled by hand"


AT_START: Final = (HoldKind.START_NOT_BEFORE, HoldKind.START_ON, HoldKind.BY_HAND)
"""What is kept as a date before which it does not start."""
AT_FINISH: Final = (HoldKind.FINISH_NOT_BEFORE, HoldKind.FINISH_ON)
"""What is kept as a date before which it does not finish."""


def most_left(stated: Fraction | None, percent: Fraction | None, minutes: Fraction | None) -> Fraction | None:
    """Return what remains of begun work: as it is stated, or by its percentage if that leaves more.

    Percentages have no decimals, so that one of them is doubtful beside a statement in hours.

    Args:
        stated: What the file states; None where it does not.
        percent: Percent complete; None where the file does not say.
        minutes: Whole duration; None where the file does not say.
    """
    if minutes is None or percent is None:
        return stated
    open_percent = 100 - min(max(percent, Fraction(0)), Fraction(100))
    if stated is None:
        return minutes * open_percent / 100
    return max(stated, minutes * (open_percent - 1) / 100)


@dataclass(frozen=True, slots=True)
class Hold:
    """One date that holds an activity; None where the file names none."""

    kind: HoldKind
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Estimate:
    """How long an activity takes in all, in minutes, as three fields of the file say; None for a blank one."""

    low: Fraction | None = None
    likely: Fraction | None = None
    high: Fraction | None = None


@dataclass(frozen=True, slots=True)
class WorkAhead:
    """What is ahead of one activity.

    Attributes:
        remaining: Minutes that remain; None where the file does not say.
        by_percent: Minutes that are not complete by the percentage of begun work, where the file says no more.
        resume: When the rest of begun work goes on; None where the file does not say.
        holds: Dates that hold it.
        at_start: A milestone that its tool places at the beginning of working time.
        estimate: Its three-point estimate; None where none is asked for.
        unread: Why what remains, or the estimate, cannot be read; empty where it can, or is blank.
    """

    remaining: Fraction | None
    resume: datetime | None = None
    holds: tuple[Hold, ...] = ()
    at_start: bool = False
    estimate: Estimate | None = None
    unread: str = ""
    by_percent: Fraction | None = None
