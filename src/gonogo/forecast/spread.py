"""How long work may take: quantiles of a triangular or PERT distribution, read at correlated normal scores."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from gonogo.model.activity_network import NetworkPoint, ThreePoints

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    from gonogo.forecast.minute_table import Whole

    Real = NDArray[numpy.float64]

REACH: Final = 8.0
"""Normal scores beyond this do not happen in any number of draws."""
CELLS: Final = 8192
CELLS_A_SCORE: Final = CELLS / (2 * REACH)
"""The grid has one more point than cells; the normal score 0 lies in its middle."""
_BETA_CELLS: Final = 16_384


@dataclass(frozen=True, slots=True)
class Spread:
    """What is assumed about durations.

    Attributes:
        low: At best, as a share of what remains; None where only the file's own estimates count.
        high: At worst.
        correlation: Of any two activities, between their normal scores.
        shape: ``triangular`` or ``pert``.
    """

    low: float | None
    high: float | None
    correlation: float
    shape: str

    def points(self, activity: NetworkPoint) -> ThreePoints | None:
        """Return how long the rest of an activity may take: the file's estimate, else the declared shares of it."""
        if activity.points is not None or self.low is None or self.high is None:
            return activity.points
        rest = activity.seconds
        return ThreePoints(low=round(rest * self.low), likely=rest, high=round(rest * self.high))


@lru_cache(maxsize=1)
def _chances() -> Real:
    """The chance of staying below each normal score of the grid."""
    import numpy as np

    grid = np.linspace(-REACH, REACH, CELLS + 1)
    return np.array([math.erfc(-score / math.sqrt(2)) / 2 for score in grid.tolist()])


@lru_cache(maxsize=4096)
def quantiles(shape: str, peak: float) -> tuple[Real, Real]:
    """Return the quantile from 0 to 1 at each normal score of the grid, and the step to the next one.

    Args:
        shape: ``triangular`` or ``pert``.
        peak: Where between best and worst the most likely duration lies, from 0 to 1.
    """
    import numpy as np

    chance = _chances()
    if shape == "triangular":
        found = np.where(chance <= peak, np.sqrt(chance * peak), 1 - np.sqrt(np.maximum(1 - chance, 0) * (1 - peak)))
    else:
        share = np.linspace(0, 1, _BETA_CELLS + 1)
        height = share ** (4 * peak) * (1 - share) ** (4 - 4 * peak)
        below = np.concatenate([[0.0], np.cumsum((height[1:] + height[:-1]) / 2)])
        found = np.interp(chance, below / below[-1], share)
    return found, np.append(np.diff(found), 0.0)


def drawn(points: ThreePoints, shape: str, cells: Real) -> Whole:
    """Return one duration in whole seconds for each place in the grid of normal scores; the places are used up."""
    import numpy as np

    width = points.high - points.low
    if width == 0:
        return np.array([points.likely], dtype=np.int64)
    value, step = quantiles(shape, (points.likely - points.low) / width)
    cell = cells.astype(np.int64)
    cells -= cell
    cells *= step.take(cell, mode="clip")
    cells += value.take(cell, mode="clip")
    cells *= width
    cells += points.low + 0.5
    return cells.astype(np.int64)
