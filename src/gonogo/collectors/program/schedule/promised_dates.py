"""Dates that an activity was promised for, and dates that it is held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class OtherPromise:
    """What another baseline of the file promised.

    Attributes:
        number: Number of that baseline.
        finish: When the activity was to finish by it.
    """

    number: int
    finish: datetime


@dataclass(slots=True)
class Baseline:
    """What was promised: the baseline that counts.

    Attributes:
        start, finish: Its dates; a row without a finish has no baseline.
        minutes: Baseline duration in minutes; None when the file does not say.
        elapsed: Whether the duration runs through nights and weekends.
        unread: Why the duration cannot be read; empty where it can, or is blank.
        sooner: The soonest finish of another baseline that the file holds, if it is before this one's.
    """

    start: datetime | None
    finish: datetime
    minutes: Fraction | None
    elapsed: bool = False
    unread: str = ""
    sooner: OtherPromise | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Limit:
    """A date that an activity is held to.

    Attributes:
        at: The date; None for a hard constraint whose date the file does not give.
        on_start: It binds the start; otherwise the finish.
        hard: A hard constraint, which logic cannot move; otherwise a deadline.
    """

    at: datetime | None
    on_start: bool
    hard: bool


def soonest(baseline: Baseline, others: dict[int, datetime]) -> Baseline:
    """Return the baseline with the soonest of the others, if that ends before it.

    Args:
        baseline: The baseline that counts.
        others: Finish of each other baseline, by its number.
    """
    number, finish = min(others.items(), key=lambda each: (each[1], each[0]), default=(0, baseline.finish))
    if finish < baseline.finish:
        baseline.sooner = OtherPromise(number, finish)
    return baseline
