"""Calendars that MPXJ has read: weeks, days set apart, alternative weeks, and the base calendar that fills in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time, timedelta
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.program.schedule.foreign.foreign_values import number_of
from gonogo.collectors.program.schedule.worktime import (
    DAY_S,
    Shifts,
    WorkCalendar,
    calendar_of,
    shifts_of,
    together,
    unreadable,
)
from gonogo.plugin.spec import CollectorRefusal

DAYS: Final = ("MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY")
MAX_SPECIAL_DAYS: Final = 200_000


def read_calendars(calendars: Iterable[Any], holidays: Iterable[date], day_of_week: Any) -> dict[str, WorkCalendar]:
    """Return the calendars by unique id; one that cannot be read says so when somebody needs it.

    Days off of the program that the plan works on and days of alternative weeks are doubtful: they count in the reading
    that is not better.

    Raises:
        CollectorRefusal: A unique id is missing or doubled, or the calendars name absurdly many days.
    """
    off, found, budget = tuple(holidays), dict[str, WorkCalendar](), MAX_SPECIAL_DAYS
    for calendar in calendars:
        key = str(calendar.getUniqueID())
        if key in found or key == "None":
            raise CollectorRefusal(f"the calendar {key[:40]!r} is missing its id or written twice")
        per_day = number_of(calendar.getCalendarMinutesPerDay())
        try:
            week = tuple(_shifts(calendar.getHours(getattr(day_of_week, name))) for name in DAYS)
            special, doubtful, budget = _special(calendar, week, budget)
        except (ValueError, OverflowError) as error:
            found[key] = unreadable(str(error), minutes_per_day=per_day)
            continue
        for day in off:
            doubtful.setdefault(day, special.get(day, week[day.weekday()]))
        found[key] = calendar_of(week, special, doubtful, minutes_per_day=per_day)
    return found


def _shifts(hours: Any) -> Shifts:
    if hours is None:
        raise ValueError("it does not say the hours of every day of the week")
    pairs = [
        (_second(span.getStart()), _second(span.getEnd()) or DAY_S) for span in hours if span.getStart() is not None
    ]
    return shifts_of(pairs)


def _second(clock: Any) -> int:
    if clock is None:
        raise ValueError("working hours have no end")
    found = time.fromisoformat(str(clock))
    return found.hour * 3600 + found.minute * 60 + found.second


def _special(
    calendar: Any, week: tuple[Shifts, ...], budget: int
) -> tuple[dict[date, Shifts], dict[date, Shifts], int]:
    """Return the days set apart and the doubtful ones, the base calendar's first, and what is left of the budget."""
    special: dict[date, Shifts] = {}
    doubtful: dict[date, Shifts] = {}
    for entry in reversed(_lineage(calendar)):
        for exception in entry.getExpandedCalendarExceptions():
            shifts = _shifts(exception)
            for day in _between(exception.getFromDate(), exception.getToDate()):
                budget = _spent(budget)
                special[day] = shifts
                doubtful.pop(day, None)
        for other in entry.getWorkWeeks():
            span = other.getDateRange()
            for day in _between(span.getStart(), span.getEnd()):
                budget = _spent(budget)
                usual = special.get(day, week[day.weekday()])
                doubtful[day] = together(usual, _all_hours(other))
    return special, doubtful, budget


def _lineage(calendar: Any) -> list[Any]:
    found: list[Any] = []
    while calendar is not None:
        found.append(calendar)
        if len(found) > 20:
            raise ValueError("the calendars are based on each other")
        calendar = calendar.getParent()
    return found


def _all_hours(week: Any) -> Shifts:
    """Return the time that any day of an alternative week works."""
    found: Shifts = ()
    for hours in week.getCalendarHours():
        found = together(found, () if hours is None else _shifts(hours))
    return found


def _spent(budget: int) -> int:
    if budget <= 0:
        raise CollectorRefusal(f"the calendars set more than {MAX_SPECIAL_DAYS} days apart")
    return budget - 1


def _between(first: Any, last: Any) -> Iterable[date]:
    if first is None or last is None:
        raise ValueError("a period has no beginning or no end")
    day, end = date.fromisoformat(str(first)[:10]), date.fromisoformat(str(last)[:10])
    if end < day:
        raise ValueError("a period ends before it begins")
    while day <= end:
        yield day
        day += timedelta(days=1)


def minutes_of(value: Any) -> Fraction | None:
    """Return how many minutes a day has, where that can be true; else None."""
    minutes = number_of(value)
    return minutes if minutes is not None and 0 < minutes <= 1440 else None
