"""The slope of a few points is the median of all pairs, and says how sure it is."""

from fractions import Fraction as F

import pytest

from gonogo.forecast.theil_sen import theil_sen


def points(*values):
    return [(F(day), F(value)) for day, value in enumerate(values)]


def test_four_points_are_needed():
    """Of three points anything can be read; the fourth makes a pace, the fifth a better one."""
    assert theil_sen(points(1, 2, 3)) is None
    assert theil_sen(points(1, 2, 3, 4)).middle == 1
    assert theil_sen(points(1, 2, 3, 4, 5)).middle == 1


def test_known_slopes_by_hand():
    """Pairs of 0, 1, 4, 9: slopes 1, 2, 3, 3, 4, 5; their median is 3, and of four points the interval is all of it."""
    found = theil_sen(points(0, 1, 4, 9))

    assert (found.low, found.middle, found.high) == (1, 3, 5)


def test_one_odd_point_does_not_move_it():
    """A typing error of one week must not move go-live."""
    assert theil_sen(points(0, 1, 2, 300, 4, 5, 6, 7)).middle == 1


@pytest.mark.parametrize(("step", "sign"), [(-1, -1), (0, 0), (1, 1)])
def test_falling_standing_and_rising_keep_their_sign(step, sign):
    """What stands still has pace 0, not a little in the good direction."""
    found = theil_sen(points(*(step * day for day in range(6))))

    assert (found.low, found.middle, found.high) == (sign, sign, sign)


def test_more_points_leave_out_the_extremes():
    """Of ten points 45 slopes: z times the spread of the score is 21.9, so the 11th and the 35th smallest, at least."""
    values = [day + (F(1, 2) if day % 2 else 0) for day in range(10)]
    found = theil_sen(points(*values))
    slopes = sorted((values[b] - values[a]) / (b - a) for a in range(10) for b in range(a + 1, 10))

    assert (found.low, found.high) == (slopes[10], slopes[34])
    assert slopes[0] < found.low < found.high < slopes[-1]


def test_days_need_not_be_even():
    """Runs skip weekends."""
    uneven = [(F(0), F(0)), (F(1), F(2)), (F(5), F(10)), (F(12), F(24))]

    assert theil_sen(uneven).middle == 2
