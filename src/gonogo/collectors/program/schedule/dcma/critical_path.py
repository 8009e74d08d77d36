"""DCMA's point 12: does a long delay of the critical path reach go-live, or does something on the way swallow it?"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import absent
from gonogo.collectors.program.schedule.dcma import point_facts
from gonogo.collectors.program.schedule.dcma.delay import Delayed
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.plugin.spec import Answer

ADDED_DAYS: Final = 600
ENOUGH: Final = Fraction(95, 100)
"""DCMA asks for a slip *in direct proportion*; what weekends and idle hours between calendars take stays below this."""


def critical_path_test(reading: ScheduleView) -> Answer:
    """Point 12. Add 600 working days to the first unfinished activity of the driving chain, and see what go-live does.

    The chain is the one of ``golive_path_continuous``. Both moves are compared by the clock, because calendars differ.
    False if no chain drives go-live.
    """
    fact, golive, schedule = point_facts.CRITICAL_PATH_TEST, reading.golive, reading.schedule
    if golive.finished(schedule.data_date):
        raise absent(f"{golive.label} is finished: nothing can delay it")
    if reading.network.cycle:
        return fact.value(False, as_of=reading.as_of, where="links run in a circle")
    chain = reading.network.driving_chain(golive.key) if reading.feeding else None
    if chain is None:
        return fact.value(False, as_of=reading.as_of, where="no chain drives go-live")
    first = next(key for key in chain if not schedule.activities[key].finished(schedule.data_date))
    delayed = Delayed.by_days(reading.network, first, ADDED_DAYS)
    moved, expected = delayed.moved(golive.key), delayed.moved(first)
    held = in_proportion(moved, expected)
    row = schedule.activities[first]
    where = (
        f"{ADDED_DAYS} working days on {row.label} move go-live by {_days(moved)} calendar days of {_days(expected)}"
    )
    stuck = [schedule.activities[key] for key in chain if not in_proportion(delayed.moved(key), expected)]
    labels = [each.code or f"UID {each.key}" for each in stuck]
    return fact.value(held, as_of=reading.as_of, where=where).naming(labels)


def in_proportion(moved: Fraction, expected: Fraction) -> bool:
    """Return whether what moved is enough of what was expected to move."""
    return moved >= expected * ENOUGH


def _days(minutes: Fraction) -> int:
    return round(minutes / 1440)
