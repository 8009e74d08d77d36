"""Working time: how much of it lies between two local moments, by a calendar's week and its special days.

A calendar that cannot be known exactly is kept in two readings: ``least`` leaves every doubtful day out, ``most``
counts it as the file's week does. Callers take the reading that is not better for the program.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Final

from gonogo.plugin.spec import CollectorRefusal

DAY_S: Final = 86_400
FARTHEST_DAYS: Final = 40_000
_LAST_DAY: Final = date.max.toordinal() - 1
_SECOND: Final = timedelta(seconds=1)
Shift = tuple[int, int]
"""Start and end in seconds of the day, end excluded."""
Shifts = tuple[Shift, ...]

OFFICE: Final[Shifts] = ((8 * 3600, 12 * 3600), (13 * 3600, 17 * 3600))
OFFICE_WEEK: Final[tuple[Shifts, ...]] = (OFFICE,) * 5 + ((), ())


def shifts_of(pairs: list[Shift]) -> Shifts:
    """Return the shifts of one day in order.

    Raises:
        ValueError: A shift is empty, leaves the day, or overlaps another.
    """
    ordered = tuple(sorted(pairs))
    end = 0
    for start, stop in ordered:
        if not end <= start < stop <= DAY_S:
            raise ValueError("working hours overlap or run backwards")
        end = stop
    return ordered


def together(first: Shifts, second: Shifts) -> Shifts:
    """Return the time that lies in either of two days' shifts: at least as much of it, anywhere, as in each."""
    merged: list[Shift] = []
    for start, stop in sorted((*first, *second)):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], stop))
        else:
            merged.append((start, stop))
    return tuple(merged)


def elapsed_minutes(start: datetime, end: datetime) -> Fraction:
    """Return the minutes from ``start`` to ``end``, nights and weekends included."""
    span = end - start
    return Fraction(span.days * 86_400 + span.seconds, 60)


@dataclass(frozen=True)
class CalendarReading:
    """One reading of a calendar: a week (Monday first) and special days."""

    week: tuple[Shifts, ...]
    special: Mapping[date, Shifts]

    @cached_property
    def _prefix(self) -> tuple[int, ...]:
        sums = [0]
        for shifts in self.week:
            sums.append(sums[-1] + _length(shifts))
        return tuple(sums)

    @cached_property
    def _corrections(self) -> tuple[list[int], list[int]]:
        ordinals = sorted(day.toordinal() for day in self.special)
        sums = [0]
        for ordinal in ordinals:
            day = date.fromordinal(ordinal)
            sums.append(sums[-1] + _length(self.special[day]) - _length(self.week[day.weekday()]))
        return ordinals, sums

    @cached_property
    def _known(self) -> dict[datetime, int]:
        return {}

    @cached_property
    def _days(self) -> dict[int, tuple[int, datetime, Shifts]]:
        return {}

    def shifts(self, day: date) -> Shifts:
        """Return the shifts of a day."""
        found = self.special.get(day)
        return self.week[day.weekday()] if found is None else found

    def before(self, ordinal: int) -> int:
        """Return the working seconds of all days before the day of that ordinal, from 0001-01-01."""
        weeks, day = divmod(ordinal - 1, 7)
        ordinals, sums = self._corrections
        return weeks * self._prefix[7] + self._prefix[day] + sums[bisect_left(ordinals, ordinal)]

    def until(self, moment: datetime) -> int:
        """Return the working seconds from 0001-01-01 to the moment; schedules repeat few moments many times."""
        known = self._known.get(moment)
        if known is None:
            clock = moment.hour * 3600 + moment.minute * 60 + moment.second
            known = self.before(moment.toordinal())
            for start, end in self.shifts(moment.date()):
                if clock <= start:
                    break
                known += (clock if clock < end else end) - start
            self._known[moment] = known
        return known

    def after(self, moment: datetime, seconds: int) -> datetime:
        """Return the latest moment that lies so many working seconds after ``moment``: the start of what follows.

        Raises:
            CollectorRefusal: The calendar has no working time there.
        """
        target = self.until(moment) + seconds
        first = moment.toordinal()
        last = min(first + FARTHEST_DAYS, _LAST_DAY)
        day = self._guessed(target, first)
        found = self._on(day, target) if first <= day <= last else None
        if found is None:
            found = self._on(self._searched(target, first, last), target)
        if found is None:  # less than no working time, of a row that ends before it begins: back from the morning
            morning = next((start for start, _ in self.shifts(moment.date())), 0)
            found = datetime.fromordinal(first) + timedelta(0, morning + target - self.before(first))
        return found

    def end(self, moment: datetime, seconds: int) -> datetime:
        """Return the earliest moment so many working seconds after ``moment``: the end of what went before.

        Raises:
            CollectorRefusal: The calendar has no working time there.
        """
        found = self.after(moment, seconds - 1) + _SECOND
        self._known[found] = self.until(moment) + seconds
        return found

    def _on(self, ordinal: int, target: int) -> datetime | None:
        """Return the moment of a day at which so much working time has passed; None if the day does not hold it."""
        day = self._days.get(ordinal)
        if day is None:
            midnight = datetime.fromordinal(ordinal)
            day = self._days[ordinal] = (self.before(ordinal), midnight, self.shifts(midnight.date()))
        before, midnight, shifts = day
        if target < before:
            return None
        rest = target - before
        for start, end in shifts:
            if rest < end - start:
                found = midnight + timedelta(0, start + rest)
                self._known[found] = target
                return found
            rest -= end - start
        return None

    def _guessed(self, target: int, first: int) -> int:
        """Return the day that holds the target, if no day between it and the first one is special; 0 without a week."""
        if not self._prefix[7]:
            return 0
        ordinals, sums = self._corrections
        weeks, rest = divmod(target - sums[bisect_left(ordinals, first)], self._prefix[7])
        return weeks * 7 + bisect_right(self._prefix, rest)

    def _searched(self, target: int, first: int, last: int) -> int:
        """Return the day that holds the target.

        Raises:
            CollectorRefusal: There is none up to the last one.
        """
        low, step = first, 8  # most moves are short
        high = min(low + step, last)
        while self.before(high + 1) <= target:
            if high == last:
                raise CollectorRefusal("a calendar has no working time where a date has to be moved to")
            step *= 4
            high = min(low + step, last)
        while low < high:
            middle = (low + high) // 2
            if self.before(middle + 1) > target:
                high = middle
            else:
                low = middle + 1
        return low


def _length(shifts: Shifts) -> int:
    return sum(end - start for start, end in shifts)


@dataclass(frozen=True)
class WorkCalendar:
    """A calendar in its two readings.

    Attributes:
        least: Every doubtful day is off.
        most: Every doubtful day is as the file's week says.
        minutes_per_day: Working minutes that make one day; None for the project's.
        unreadable: Why its hours cannot be read; empty when they can.
    """

    least: CalendarReading
    most: CalendarReading
    minutes_per_day: Fraction | None = None
    unreadable: str = ""
    name: str = field(default="", compare=False)

    @property
    def longest_day(self) -> Fraction:
        """Working minutes of the longest day of the week."""
        return Fraction(max(_length(shifts) for shifts in self.most.week), 60)

    def minutes(self, start: datetime, end: datetime, *, most: bool) -> Fraction:
        """Return the working minutes from ``start`` to ``end``; negative when ``end`` comes first."""
        pattern = self.most if most else self.least
        return Fraction(pattern.until(end) - pattern.until(start), 60)

    def lowest(self, start: datetime, end: datetime) -> Fraction:
        """Return the signed working minutes from ``start`` to ``end`` in the reading that gives less."""
        return self.minutes(start, end, most=end < start)

    def later(self, moment: datetime, minutes: Fraction) -> datetime:
        """Return the moment that lies so many working minutes later, in the reading that gives the later one."""
        return self.least.after(moment, ceil(minutes * 60))

    def seconds(self, start: datetime, end: datetime) -> int:
        """Return the working seconds from ``start`` to ``end``, in the reading that counts each doubtful day."""
        return self.most.until(end) - self.most.until(start)


def calendar_of(
    week: tuple[Shifts, ...],
    special: Mapping[date, Shifts],
    doubtful: Mapping[date, Shifts],
    *,
    minutes_per_day: Fraction | None = None,
) -> WorkCalendar:
    """Return the calendar of a week, its special days and its doubtful days.

    Args:
        week: Shifts of Monday to Sunday.
        special: Days that the file sets apart, with their shifts.
        doubtful: Days that may be off, with the shifts that they have if they are not.
        minutes_per_day: Working minutes that make one day; None for the project's.
    """
    most = CalendarReading(week, {**special, **doubtful})
    least = CalendarReading(week, {**special, **dict.fromkeys(doubtful, ())}) if doubtful else most
    return WorkCalendar(least, most, minutes_per_day)


def joined(first: WorkCalendar, second: WorkCalendar) -> WorkCalendar:
    """Return the hours in which either of two calendars works; a day is as long as the first one says."""
    return replace(first, least=_either(first.least, second.least), most=_either(first.most, second.most))


def _either(first: CalendarReading, second: CalendarReading) -> CalendarReading:
    return CalendarReading(
        tuple(together(mine, theirs) for mine, theirs in zip(first.week, second.week, strict=True)),
        {day: together(first.shifts(day), second.shifts(day)) for day in first.special.keys() | second.special.keys()},
    )


def unreadable(reason: str, *, minutes_per_day: Fraction | None = None) -> WorkCalendar:
    """Return a calendar whose hours are not known; using them raises the reason."""
    empty = CalendarReading(((),) * 7, {})
    return WorkCalendar(empty, empty, minutes_per_day=minutes_per_day, unreadable=reason)
