"""Shares as counts: how many of those that could move did, with Wilson's interval for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from gonogo.forecast.pace import FEWEST, DailyPace

_Z: Final = 1.96
"""95%, two-sided."""


def wilson(part: int, whole: int) -> tuple[Fraction, Fraction]:
    """Return Wilson's 95% interval for ``part`` of ``whole``; from 0 to 1 where there is nothing to count."""
    if whole == 0:
        return Fraction(0), Fraction(1)
    share, square = part / whole, _Z * _Z / whole
    middle = share + square / 2
    spread = _Z * math.sqrt(share * (1 - share) / whole + square / (4 * whole))
    low, high = (Fraction((middle + each) / (1 + square)) for each in (-spread, spread))
    exact = Fraction(part, whole)  # rounding never puts the share itself outside
    return max(Fraction(0), min(low, exact)), min(Fraction(1), max(high, exact))


def share_pace(points: Sequence[tuple[Fraction, int]], whole: int) -> DailyPace | None:
    """Return the pace of counts (day, part) out of one ``whole``, in items a day; None for fewer than four.

    From the first point to the last some items moved, out of those that could: the open ones where the count grew, the
    counted ones where it shrank. Where it stood still, either may move yet.
    """
    if len(points) < FEWEST:
        return None
    (begin, first), (end, last) = points[0], points[-1]
    span, grew = end - begin, last >= first
    if last == first:
        gained, lost = wilson(0, whole - first)[1] * (whole - first), wilson(0, first)[1] * first
        return DailyPace(Fraction(0), -lost / span, gained / span)
    pool, moved = (whole - first, last - first) if grew else (first, first - last)
    low, high = (each * pool / span for each in wilson(moved, pool))
    middle = Fraction(moved) / span
    return DailyPace(middle, low, high) if grew else DailyPace(-middle, -high, -low)
