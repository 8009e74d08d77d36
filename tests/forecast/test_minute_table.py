"""Working time by the minute agrees with the exact calendars that facts are measured by."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from gonogo.collectors.program.schedule.worktime import CalendarReading
from gonogo.forecast.minute_table import MinuteTable
from gonogo.model.activity_network import WorkingTime

HOUR = 3600
FIRST = date(2027, 1, 4)


def laid(week, special=()):
    return MinuteTable.of(WorkingTime(week=week, special=special), FIRST.toordinal(), 60)


def of(seconds):
    return np.array([seconds], dtype=np.int64)


@pytest.mark.parametrize("seed", range(6))
def test_every_moment_has_the_working_time_of_the_exact_calendar(seed):
    """The simulation and the facts must not disagree on how long a week is, holidays and night shifts included."""
    dice = random.Random(seed)

    def shifts():
        cuts = sorted(dice.sample(range(0, 1441, 15), 4))
        return ((cuts[0] * 60, cuts[1] * 60), (cuts[2] * 60, cuts[3] * 60))

    week = tuple(shifts() if dice.random() < 0.8 else () for _ in range(7))
    special = {FIRST + timedelta(days=dice.randrange(60)): dice.choice([(), shifts()]) for _ in range(8)}
    exact = CalendarReading(week, special)
    table = laid(week, tuple((day.toordinal(), found) for day, found in sorted(special.items())))
    origin = datetime.combine(FIRST, datetime.min.time())
    for _ in range(60):
        seconds = dice.randrange(50 * 86_400)
        moment = origin + timedelta(seconds=seconds)
        worked = exact.until(moment) - exact.until(origin)

        assert table.until(of(seconds)).tolist() == [worked]
        if worked < exact.until(origin + timedelta(days=55)) - exact.until(origin):
            assert origin + timedelta(seconds=int(table.starting(of(worked))[0])) == exact.after(origin, worked)
        if worked:
            end = int(table.ending(of(worked))[0])
            before = exact.until(origin + timedelta(seconds=end - 1)) - exact.until(origin)
            assert (before, table.until(of(end)).tolist()) == (worked - 1, [worked])


def test_the_end_of_a_day_is_not_the_beginning_of_the_next():
    """A milestone after Friday's work is reached on Friday: by Monday it may be late."""
    table = laid((((8 * HOUR, 16 * HOUR),),) * 5 + ((), ()))
    friday, monday = 4 * 86_400 + 16 * HOUR, 7 * 86_400 + 8 * HOUR

    assert table.ending(of(40 * HOUR)).tolist() == [friday]
    assert table.starting(of(40 * HOUR)).tolist() == [monday]


def test_hours_that_are_no_full_minutes_are_shortened():
    """A date may get later by that, never earlier."""
    table = laid((((8 * HOUR + 1, 16 * HOUR - 1),),) * 7)

    assert table.until(of(86_400)).tolist() == [8 * HOUR - 120]
