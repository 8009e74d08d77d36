"""Calendars of Microsoft Project XML: weeks, exceptions, and the base calendar that fills in what they leave out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from gonogo.collectors.program.schedule.mspdi_values import read_clock, read_date, read_flag
from gonogo.collectors.program.schedule.worktime import (
    DAY_S,
    OFFICE_WEEK,
    Shifts,
    WorkCalendar,
    calendar_of,
    shifts_of,
    together,
    unreadable,
)
from gonogo.collectors.program.schedule.xml_records import Record, RecordShape
from gonogo.plugin.spec import CollectorRefusal

MAX_SPECIAL_DAYS: Final = 200_000
DAILY: Final = ("", "1")
"""Exception types that mean every day of their period; all others recur in ways that are treated as doubtful."""

_PERIOD: Final = RecordShape(frozenset({"FromDate", "ToDate"}))
_TIMES: Final = RecordShape(records={"WorkingTime": RecordShape(frozenset({"FromTime", "ToTime"}))})
_WEEK_DAY: Final = RecordShape(frozenset({"DayType", "DayWorking"}), {"TimePeriod": _PERIOD, "WorkingTimes": _TIMES})
_EXCEPTION: Final = RecordShape(
    frozenset({"Type", "Period", "DayWorking"}), {"TimePeriod": _PERIOD, "WorkingTimes": _TIMES}
)
CALENDAR: Final = RecordShape(
    frozenset({"UID", "Name", "BaseCalendarUID"}),
    {
        "WeekDays": RecordShape(records={"WeekDay": _WEEK_DAY}),
        "Exceptions": RecordShape(records={"Exception": _EXCEPTION}),
        "WorkWeeks": RecordShape(records={"WorkWeek": RecordShape(records={"TimePeriod": _PERIOD})}),
    },
)


def _children(record: Record, group: str, name: str) -> Iterator[Record]:
    for holder in record.get(group, ()):
        yield from holder.get(name, ())


def _shifts(record: Record) -> Shifts:
    if not read_flag(record, "DayWorking"):
        return ()
    pairs = []
    for time in _children(record, "WorkingTimes", "WorkingTime"):
        if not time.get("FromTime") and not time.get("ToTime"):
            continue
        start, end = read_clock(time.get("FromTime", "")), read_clock(time.get("ToTime", ""))
        pairs.append((start, end or DAY_S))
    if not pairs:
        raise ValueError("a working day has no working times")
    return shifts_of(pairs)


def _days(record: Record) -> Iterator[date]:
    for period in record.get("TimePeriod", ()):
        first, last = read_date(period, "FromDate"), read_date(period, "ToDate")
        if first is None or last is None or last < first:
            raise ValueError("a period has no beginning or no end")
        day = first.date()
        while day <= last.date():
            yield day
            day += timedelta(days=1)


class _Calendars:
    def __init__(self, records: Iterable[Record], holidays: Iterable[date]) -> None:
        self.records: dict[str, Record] = {}
        for record in records:
            key = record.get("UID", "")
            if not key or key in self.records:
                raise CollectorRefusal(f"calendar UID {key[:40]!r} is missing or written twice")
            self.records[key] = record
        self.holidays = tuple(holidays)
        self.budget = MAX_SPECIAL_DAYS

    def read(self, key: str) -> WorkCalendar:
        try:
            week, special, doubtful = self._parts(key, frozenset())
            for day in self.holidays:
                doubtful.setdefault(day, special.get(day, week[day.weekday()]))
            return calendar_of(week, special, doubtful)
        except (ValueError, OverflowError) as error:
            return unreadable(str(error))

    def _parts(
        self, key: str, above: frozenset[str]
    ) -> tuple[tuple[Shifts, ...], dict[date, Shifts], dict[date, Shifts]]:
        record = self.records.get(key)
        if record is None or key in above:
            raise ValueError(f"its base calendar {key[:40]} is not defined, or the calendars are based on each other")
        base = record.get("BaseCalendarUID", "")
        week: list[Shifts] = list(OFFICE_WEEK)
        special: dict[date, Shifts] = {}
        doubtful: dict[date, Shifts] = {}
        if base not in ("", "-1", "0"):
            inherited, special, doubtful = self._parts(base, above | {key})
            week = list(inherited)
        certain: list[tuple[date, Shifts]] = []
        maybe: list[tuple[date, Shifts]] = []
        written: dict[str, Shifts] = {}
        for entry in _children(record, "WeekDays", "WeekDay"):
            kind, shifts = entry.get("DayType", ""), _shifts(entry)
            if kind == "0":
                certain += self._each(entry, shifts)
            elif kind not in ("1", "2", "3", "4", "5", "6", "7"):
                raise ValueError(f"a day of the week has the type {kind[:20]!r}")
            elif written.setdefault(kind, shifts) != shifts:
                raise ValueError(f"the day {kind} of the week is written twice, with different hours")
            else:
                week[(int(kind) + 5) % 7] = shifts
        for entry in _children(record, "Exceptions", "Exception"):
            daily = entry.get("Type", "") in DAILY and entry.get("Period", "") in DAILY
            (certain if daily else maybe).extend(self._each(entry, _shifts(entry)))
        for entry in _children(record, "WorkWeeks", "WorkWeek"):
            maybe += self._each(entry, ())
        own = dict(certain)
        # what one calendar says in two ways is not known, whichever stands last
        maybe += [(day, shifts) for day, shifts in certain if shifts != own[day]]
        special.update(own)
        for day, shifts in maybe:
            usual = special.get(day, week[day.weekday()])
            doubtful[day] = together(doubtful.get(day, usual), together(shifts, usual))
        return tuple(week), special, doubtful

    def _each(self, record: Record, shifts: Shifts) -> Iterator[tuple[date, Shifts]]:
        """Yield each day of a period with its hours."""
        for day in _days(record):
            self.budget -= 1
            if self.budget < 0:
                raise CollectorRefusal(f"the calendars set more than {MAX_SPECIAL_DAYS} days apart")
            yield day, shifts


def read_calendars(records: Iterable[Record], holidays: Iterable[date]) -> dict[str, WorkCalendar]:
    """Return the calendars by UID; one that cannot be read says so when somebody needs it.

    Days off of the program (``holidays``) that the file works on, recurring exceptions, alternative work weeks and days
    that one calendar sets apart in two ways are doubtful: they count in the reading that is not better, and no order of
    the file decides.

    Raises:
        CollectorRefusal: A UID is missing or doubled, a date is malformed, or the calendars name absurdly many days.
    """
    calendars = _Calendars(records, holidays)
    return {key: calendars.read(key) for key in calendars.records}
