"""When unfinished work begins and ends by all that its own row says, and not by its dates alone.

A row says in several ways how long it takes: by its dates, its duration, what remains of it, a constraint. A tool keeps
them together; a hand, a script or a half update does not. Where they differ by more than a working day, the later end
counts, and the reason is told. A day is what rounding, a status date in the morning or in the evening and a percentage
without decimals make in files that nothing is wrong with.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Final

from gonogo.collectors.program.schedule.activities import Activity, ActivityKind, Schedule, absent, why_unread
from gonogo.collectors.program.schedule.worktime import WorkCalendar, joined
from gonogo.plugin.spec import CollectorRefusal

DAY: Final = timedelta(days=1)
NONE: Final = Fraction(0)


@dataclass(slots=True)
class OwnDates:
    """From when to when an activity lasts by its own row. Nobody changes it; frozen ones are slow to make.

    Attributes:
        start: When it begins.
        finish: When it ends: never before the data date where it is not finished.
        why: Why that is later than its row shows it; empty where it is not.
    """

    start: datetime
    finish: datetime
    why: str = ""


class OwnReading:
    """Reads the rows of one schedule, each once."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule, self.now = schedule, schedule.data_date
        self._found: dict[str, OwnDates] = {}

    def of(self, row: Activity) -> OwnDates:
        """Return the dates of an activity that has a finish.

        Raises:
            CollectorRefusal: It was to be over, or says in no readable way how much of it remains; or its calendar is
                not defined.
        """
        found = self._found.get(row.key)
        if found is None:
            found = self._found[row.key] = self._read(row)
        return found

    def _read(self, row: Activity) -> OwnDates:
        shown = row.finish or self.now
        if row.finished(self.now):
            return OwnDates(row.start or shown, row.actual_finish or shown)
        if row.left_unread and row.actual_start is not None and row.kind is not ActivityKind.EXTERNAL:
            raise absent(
                f"{row.label} feeds go-live, and nobody knows how much of it remains ({row.left_unread}): update it in "
                "its tool and save again"
            )
        why = ""
        if row.actual_finish is not None and row.actual_finish > shown:
            shown, why = row.actual_finish, f"its actual finish is {row.actual_finish:%Y-%m-%d}"
        begun = row.actual_start is not None and row.actual_start <= self.now
        found = self._begun(row, shown) if begun else self._ahead(row, shown)
        if row.key in self._assigned_until:
            found = self._worked_on(row, found)
        return OwnDates(found.start, found.finish, why) if why and not found.why else found

    def _begun(self, row: Activity, shown: datetime) -> OwnDates:
        """Return the dates of work that goes on: what remains is still to come."""
        start, left = row.start or shown, row.left
        if shown > self.now and left is None:
            return self._lasting(row, start, start, row.minutes, shown)
        if left is None:
            left = row.minutes
        goes_on = self.now if row.resume is None else max(self.now, row.resume)
        if shown > self.now or left is None:
            if left is not None:
                return self._lasting(row, start, goes_on, left, shown)
            raise absent(
                f"{row.label} feeds go-live, was to end on {shown:%Y-%m-%d} and is not finished, and nobody knows how "
                f"much of it remains{why_unread([row])}: update it in its tool and save again"
            )
        why = f"it was to end on {shown:%Y-%m-%d}, and {hours(left)} of it {_remain(left)}"
        return OwnDates(start, self._after(row, goes_on, left), why)

    def _ahead(self, row: Activity, shown: datetime) -> OwnDates:
        """Return the dates of work that has not begun: not before the data date, its constraint and its start."""
        first = row.start or shown
        start, why = first, ""
        if row.actual_start is not None and row.actual_start > start:
            start, why = row.actual_start, f"its actual start is {row.actual_start:%Y-%m-%d}"
        for held in row.not_before:
            if held.on_start and held.at is not None and self._beyond(row, start, held.at):
                start, why = held.at, f"its constraint lets it begin on {held.at:%Y-%m-%d} at the earliest"
        if start < self.now:
            start, why = self.now, f"it was to begin on {first:%Y-%m-%d} and has not begun"
        takes = row.minutes if row.left is None else row.left
        if start == first:
            found = self._lasting(row, start, start, takes, max(shown, start))
        else:
            lasts = max(self._lasts(row, first, shown), takes or NONE, row.minutes or NONE)
            found = OwnDates(start, self._after(row, start, lasts), why)
        for held in row.not_before:
            if not held.on_start and held.at is not None and self._beyond(row, found.finish, held.at):
                why = f"its constraint lets it end on {held.at:%Y-%m-%d} at the earliest"
                found = OwnDates(found.start, held.at, why)
        return found

    def _worked_on(self, row: Activity, found: OwnDates) -> OwnDates:
        """Return the dates of an activity, not ended before the work of its people."""
        until = self._assigned_until[row.key]
        if row.kind is not ActivityKind.EXTERNAL and self._beyond(row, found.finish, until):
            return OwnDates(found.start, until, f"an assignment of it ends on {until:%Y-%m-%d}")
        return found

    def _lasting(
        self, row: Activity, start: datetime, begin: datetime, minutes: Fraction | None, shown: datetime
    ) -> OwnDates:
        """Return the finish that is shown, or where so much work from a moment ends, if that is over a day later."""
        if minutes is None or not minutes.numerator or row.kind is ActivityKind.EXTERNAL:  # hours of another project
            return OwnDates(start, shown)
        if row.elapsed:
            due = begin + timedelta(seconds=ceil(minutes * 60))
            if due - shown <= DAY:
                return OwnDates(start, shown)
        else:
            calendar = self.schedule.calendar_of(row)
            if self._room(row, calendar, begin, minutes, shown):
                return OwnDates(start, shown)
            if row.by_people:
                calendar = self._crew(row, calendar)
                if self._room(row, calendar, begin, minutes, shown):
                    return OwnDates(start, shown)
            due = self._after(row, begin, minutes, calendar)
        if begin == start:
            why = f"it takes {hours(minutes)}, more than from its start to its finish on {shown:%Y-%m-%d}"
        else:
            why = f"{hours(minutes)} of it {_remain(minutes)}, more than until its finish on {shown:%Y-%m-%d}"
        return OwnDates(start, max(due, shown), why)

    def _room(self, row: Activity, calendar: WorkCalendar, begin: datetime, minutes: Fraction, shown: datetime) -> bool:
        """Whether so much work ends by a moment, or not more than a working day later, if no doubtful day is off."""
        # in whole numbers: fractions are slow, and nearly all rows are kept by this
        short = minutes.numerator * 60 - calendar.seconds(begin, shown) * minutes.denominator
        return short <= 0 or short <= self._day(row, calendar) * 60 * minutes.denominator

    def _day(self, row: Activity, calendar: WorkCalendar) -> Fraction:
        try:
            return min(self.schedule.minutes_of_day(row), calendar.longest_day)
        except CollectorRefusal:  # nobody says how long a day is: then it is as long as the calendar's
            return calendar.longest_day

    def _beyond(self, row: Activity, shown: datetime, held: datetime) -> bool:
        """Whether a date is more than a working day later than one that a row shows."""
        if held <= shown:
            return False
        if row.elapsed:
            return held - shown > DAY
        calendar = self.schedule.calendar_of(row)
        return calendar.minutes(shown, held, most=True) > self._day(row, calendar)

    def _lasts(self, row: Activity, start: datetime, finish: datetime) -> Fraction:
        if finish <= start:
            return NONE
        if row.elapsed:
            return Fraction(int((finish - start).total_seconds()), 60)
        return self.schedule.calendar_of(row).minutes(start, finish, most=True)

    def _after(
        self, row: Activity, moment: datetime, minutes: Fraction, calendar: WorkCalendar | None = None
    ) -> datetime:
        """Return the moment so much later: the end of a day, and not the start of the next one."""
        if minutes <= 0:
            return moment
        if row.elapsed:
            return moment + timedelta(seconds=int(minutes * 60))
        calendar = calendar or self.schedule.calendar_of(row)
        return calendar.later(moment, minutes - Fraction(1, 60)) + timedelta(seconds=1)

    def _crew(self, row: Activity, own: WorkCalendar) -> WorkCalendar:
        """Return the hours in which the activity or any of its people works: by those a tool may have placed it."""
        keys = self._calendars_of.get(row.key, frozenset())
        found = own
        for key in sorted(keys):
            theirs = self.schedule.calendars.get(key)
            if theirs is not None and not theirs.unreadable:
                found = joined(found, theirs)
        return found

    @cached_property
    def _assigned_until(self) -> dict[str, datetime]:
        """When the last assignment of each activity ends that is not done; tools keep that within the activity."""
        found: dict[str, datetime] = {}
        for entry in self.schedule.assignments or ():
            if entry.until is not None and not entry.done:
                found[entry.activity] = max(entry.until, found.get(entry.activity, entry.until))
        return found

    @cached_property
    def _calendars_of(self) -> dict[str, frozenset[str]]:
        """The calendars of the people who are assigned to each activity."""
        people, found = self.schedule.people, defaultdict(set)
        for entry in self.schedule.assignments or ():
            person = people.get(entry.person)
            if person is not None and person.calendar is not None:
                found[entry.activity].add(person.calendar)
        return {key: frozenset(calendars) for key, calendars in found.items()}


def hours(minutes: Fraction) -> str:
    """Return minutes as hours, in words."""
    number = round(float(minutes / 60), 1)
    return "1 hour" if number == 1 else f"{number:g} hours"


def _remain(minutes: Fraction) -> str:
    return "remains" if hours(minutes) == "1 hour" else "remain"
