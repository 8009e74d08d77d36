"""The Theil-Sen slope: the median of the slopes between all pairs of points, which a few odd points do not move."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from statistics import median
from typing import Final

from gonogo.forecast.pace import FEWEST, DailyPace

_Z: Final = 1.96
"""95%, two-sided."""


def theil_sen(points: Sequence[tuple[Fraction, Fraction]]) -> DailyPace | None:
    """Return the pace of points (day, value), each of another day; None for fewer than four.

    The interval is Sen's, from the normal approximation to Kendall's score without its correction for ties: with ties
    it is wider than need be, never narrower. Of four points it is the whole range of slopes.
    """
    if len(points) < FEWEST:
        return None
    slopes = sorted(
        (later[1] - earlier[1]) / (later[0] - earlier[0])
        for number, earlier in enumerate(points)
        for later in points[number + 1 :]
    )
    number, pairs = len(points), len(slopes)
    half = _Z * math.sqrt(number * (number - 1) * (2 * number + 5) / 18)
    low = max(math.floor((pairs - half) / 2) - 1, 0)
    high = min(math.ceil((pairs + half) / 2), pairs - 1)
    return DailyPace(median(slopes), slopes[low], slopes[high])
