"""Counts out of a whole move item by item, and Wilson's interval says how sure that is."""

from fractions import Fraction as F

import pytest

from gonogo.forecast.binomial import share_pace, wilson


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [(0, 10, 0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1), (1, 1, 0.2065, 1)],
)
def test_known_intervals(part, whole, low, high):
    """As tables have them; at both ends the interval stays a share."""
    found = wilson(part, whole)

    assert [float(each) for each in found] == pytest.approx([low, high], abs=1e-4)
    assert 0 <= found[0] <= F(part, whole) <= found[1] <= 1


def test_of_nothing_everything_is_possible():
    """No division by zero."""
    assert wilson(0, 0) == (0, 1)


def counts(*parts):
    return [(F(day), part) for day, part in enumerate(parts)]


def test_four_points_are_needed_here_too():
    """As for numbers."""
    assert share_pace(counts(1, 2, 3), 10) is None
    assert share_pace(counts(1, 2, 3, 4), 10) is not None
    assert share_pace(counts(1, 2, 3, 4, 5), 10) is not None


def test_what_could_move_is_what_is_open():
    """Of 10 open items 5 closed in 3 days: 5/3 a day, between Wilson's ends of 5 in 10."""
    found = share_pace(counts(10, 12, 13, 15), 20)

    assert found.middle == F(5, 3)
    assert [float(each) for each in (found.low, found.high)] == pytest.approx([2.366 / 3, 7.634 / 3], abs=1e-3)


def test_a_share_that_shrinks_is_the_mirror():
    """5 of the 10 that counted are lost."""
    grown, shrunk = share_pace(counts(10, 12, 13, 15), 20), share_pace(counts(10, 8, 7, 5), 20)

    assert (shrunk.low, shrunk.middle, shrunk.high) == (-grown.high, -grown.middle, -grown.low)


def test_a_share_that_stands_still_has_no_pace_and_may_yet_move_either_way():
    """0 of 10 in three days, up or down: Wilson's upper end of it is 2.78 items."""
    found = share_pace(counts(10, 10, 10, 10), 20)

    assert found.middle == 0
    assert [float(each) for each in (found.low, found.high)] == pytest.approx([-0.925, 0.925], abs=1e-3)


def test_at_both_ends_a_share_moves_one_way():
    """Nothing can be lost of nothing, and nothing gained beyond all."""
    nothing, everything = share_pace(counts(0, 0, 0, 0), 20), share_pace(counts(20, 20, 20, 20), 20)

    assert (nothing.low, everything.high) == (0, 0)
    assert nothing.high == -everything.low > 0
