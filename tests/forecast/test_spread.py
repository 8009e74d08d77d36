"""Drawn durations have the moments of their distribution, and correlated ones go together."""

from __future__ import annotations

import numpy as np
import pytest

from gonogo.forecast.spread import CELLS_A_SCORE, REACH, Spread, drawn, quantiles
from gonogo.model.activity_network import ThreePoints

MANY = 200_000


def scores(seed=1, size=MANY):
    """Places in the grid of normal scores."""
    return (np.random.Generator(np.random.PCG64(seed)).standard_normal(size) + REACH) * CELLS_A_SCORE


@pytest.mark.parametrize(("low", "likely", "high"), [(100_000, 100_000, 200_000), (1, 30_000, 90_000), (0, 7, 50_000)])
def test_triangular_durations_have_the_moments_of_the_textbook(low, likely, high):
    """Mean (a+m+b)/3, variance (a²+m²+b²-am-ab-mb)/18."""
    found = drawn(ThreePoints(low=low, likely=likely, high=high), "triangular", scores())

    variance = (low**2 + likely**2 + high**2 - low * likely - low * high - likely * high) / 18
    assert found.mean() == pytest.approx((low + likely + high) / 3, abs=4 * (variance / MANY) ** 0.5)
    assert found.var() == pytest.approx(variance, rel=0.02)
    assert low <= found.min() <= found.max() <= high


@pytest.mark.parametrize(
    ("low", "likely", "high"), [(100_000, 100_000, 200_000), (10, 30_000, 90_000), (0, 25_000, 50_000)]
)
def test_pert_durations_have_the_moments_of_the_textbook(low, likely, high):
    """Mean (a+4m+b)/6, variance (mean-a)(b-mean)/7: the beta distribution behind PERT, not its rule of thumb."""
    found = drawn(ThreePoints(low=low, likely=likely, high=high), "pert", scores())

    mean = (low + 4 * likely + high) / 6
    variance = (mean - low) * (high - mean) / 7
    assert found.mean() == pytest.approx(mean, abs=4 * (variance / MANY) ** 0.5)
    assert found.var() == pytest.approx(variance, rel=0.02)
    assert low <= found.min() <= found.max() <= high


def test_the_median_of_a_symmetric_spread_is_its_middle():
    """A quantile table that is shifted by one cell would shift every date."""
    for shape in ("triangular", "pert"):
        value, step = quantiles(shape, 0.5)

        assert value[len(value) // 2] == pytest.approx(0.5, abs=1e-6)
        assert (step >= 0).all()


def test_an_end_that_is_the_most_likely_one_is_no_division_by_zero():
    """--spread 1,1.5 says that nothing gets faster."""
    certain = drawn(ThreePoints(low=5, likely=5, high=5), "pert", scores(size=10))

    assert certain.tolist() == [5]
    for peak in (0.0, 1.0):
        for shape in ("triangular", "pert"):
            value, _ = quantiles(shape, peak)
            assert (value[0], value[-1]) == (pytest.approx(0, abs=2e-3), pytest.approx(1, abs=2e-3))


def test_an_estimate_of_the_file_goes_before_the_declared_spread(work):
    """Somebody thought about this one."""
    spread = Spread(0.5, 2.0, 0.0, "triangular")

    assert spread.points(work("A", 1)) == ThreePoints(low=1800, likely=3600, high=7200)
    assert spread.points(work("A", 1, points=(1, 2, 3))) == ThreePoints(low=1, likely=2, high=3)
    assert Spread(None, None, 0.0, "pert").points(work("A", 1)) is None


def test_a_score_beyond_the_grid_is_its_end():
    """It happens once in a billion million draws, and must not leave the estimate by more than a second then."""
    found = drawn(ThreePoints(low=100, likely=200, high=400), "triangular", np.array([-0.4, 9000.0]))

    assert found.tolist() == [100, 400]
