"""The day at which a value gets to a level."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction as F

from gonogo.forecast.pace import FURTHEST, DailyPace, arrival

NOON = datetime(2027, 4, 1, 12, tzinfo=UTC)


def at(days):
    return NOON + timedelta(days=days)


def test_the_fast_end_of_the_interval_comes_first_in_both_directions():
    """Earliest before latest, for what must rise and for what must fall."""
    up = arrival(DailyPace(F(2), F(1), F(4)), NOON, F(0), F(8))
    down = arrival(DailyPace(F(-2), F(-4), F(-1)), NOON, F(8), F(0))

    assert (up.earliest, up.on, up.latest) == (at(2), at(4), at(8))
    assert down == up


def test_against_the_pace_and_without_one_it_never_arrives():
    """Slope below, at and above 0 on the way up."""
    found = arrival(DailyPace(F(0), F(-1), F(1)), NOON, F(0), F(2))

    assert (found.earliest, found.on, found.latest) == (at(2), None, None)


def test_what_is_there_has_arrived():
    """Whatever the pace."""
    assert arrival(DailyPace(F(0), F(0), F(0)), NOON, F(3), F(3)).on == NOON


def test_more_than_a_century_is_never():
    """A day less, the day, a day more; and no overflow at the end of the calendar."""
    one = DailyPace(F(1), F(1), F(1))
    assert arrival(one, NOON, F(0), F(FURTHEST - 1)).on is not None
    assert arrival(one, NOON, F(0), F(FURTHEST)).on is not None
    assert arrival(one, NOON, F(0), F(FURTHEST + 1)).on is None
    assert arrival(one, datetime(9999, 12, 30, tzinfo=UTC), F(0), F(9)).on is None
