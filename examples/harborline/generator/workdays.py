"""Working time of the program: Monday to Friday, 8 to 12 and 13 to 17, without federal holidays."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, time, timedelta

HOLIDAYS = tuple(
    date.fromisoformat(day)
    for day in [
        "2026-06-19",
        "2026-07-03",
        "2026-09-07",
        "2026-10-12",
        "2026-11-11",
        "2026-11-26",
        "2026-12-25",
        "2027-01-01",
        "2027-01-18",
        "2027-02-15",
        "2027-05-31",
        "2027-06-18",
        "2027-07-05",
        "2027-09-06",
        "2027-10-11",
        "2027-11-11",
        "2027-11-25",
        "2027-12-24",
        "2027-12-31",
        "2028-01-17",
        "2028-02-21",
        "2028-05-29",
    ]
)
FIRST, LAST = date(2026, 6, 1), date(2028, 6, 30)
DAYS = tuple(
    day
    for day in (FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1))
    if day.weekday() < 5 and day not in HOLIDAYS
)
SHIFTS = ((8, 12), (13, 17))


def at(text: str) -> datetime:
    """Return a local moment from ``2027-04-15 17:00`` or a date, which means its first moment."""
    return datetime.fromisoformat(text)


def index(day: date) -> int:
    """Return the number of the last working day that is not after ``day``."""
    return bisect_right(DAYS, day) - 1


def morning(number: int) -> datetime:
    """Return when work begins on a working day."""
    return datetime.combine(DAYS[number], time(8))


def evening(number: int) -> datetime:
    """Return when work ends on a working day."""
    return datetime.combine(DAYS[number], time(17))


def later(moment: datetime, hours: int) -> datetime:
    """Return the end of so many working hours that begin at ``moment``."""
    number = index(moment.date()) if moment.date() in DAYS else index(moment.date()) + 1
    while True:
        for start, end in SHIFTS:
            opens, closes = (datetime.combine(DAYS[number], time(hour)) for hour in (start, end))
            begin = max(opens, moment)
            room = max(0, int((closes - begin).total_seconds()) // 3600)
            if hours <= room:
                return begin + timedelta(hours=hours)
            hours -= room
        number += 1


def hours_between(start: datetime, end: datetime) -> int:
    """Return the working hours from one moment to another; 0 where the second is not later."""
    hours = 0
    for number in range(max(0, index(start.date())), index(end.date()) + 1):
        for shift in SHIFTS:
            opens, closes = (datetime.combine(DAYS[number], time(hour)) for hour in shift)
            hours += max(0, int((min(closes, end) - max(opens, start)).total_seconds()) // 3600)
    return hours
