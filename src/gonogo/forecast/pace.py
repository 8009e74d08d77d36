"""A pace: how much a value moves in a day, and when it gets somewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

FEWEST: Final = 4
"""So many points a pace needs; below that nothing is said."""
FURTHEST: Final = 36_500
"""Days: what takes longer than a century does not happen."""


@dataclass(frozen=True, slots=True)
class DailyPace:
    """How much a value moves in a day.

    Attributes:
        middle: The best single figure.
        low: The lower end of its 95% interval.
        high: The upper end.
    """

    middle: Fraction
    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Arrival:
    """When a value gets to a level; each moment is None where it never does.

    Attributes:
        on: At the middle pace.
        earliest: At the end of the interval that gets there first.
        latest: At the other end.
    """

    on: datetime | None
    earliest: datetime | None
    latest: datetime | None


def arrival(pace: DailyPace, at: datetime, value: Fraction, level: Fraction) -> Arrival:
    """Return when a value that was ``value`` at ``at`` gets to ``level``; a value that is there has arrived."""
    fast, slow = (pace.high, pace.low) if level > value else (pace.low, pace.high)
    on, earliest, latest = (_after(at, level - value, each) for each in (pace.middle, fast, slow))
    return Arrival(on, earliest, latest)


def _after(at: datetime, way: Fraction, daily: Fraction) -> datetime | None:
    if way == 0:
        return at
    days = way / daily if daily else Fraction(-1)
    if not 0 <= days <= FURTHEST:
        return None
    try:
        return at + timedelta(seconds=float(days * 86400))
    except OverflowError:  # the calendar ends
        return None
