"""How long a task of Microsoft Project XML lasts, where other tools write its duration in days.

``P5D`` is five working days in one tool and 120 hours in another, and ``P1DT16H`` is 40 hours or three working days.
The dates beside it tell which: a reading counts if it is the time between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.mspdi_values import read_duration
from gonogo.collectors.program.schedule.work_ahead import most_left
from gonogo.collectors.program.schedule.worktime import WorkCalendar, elapsed_minutes
from gonogo.collectors.program.schedule.xml_records import Record
from gonogo.plugin.spec import CollectorRefusal

DAY: Final = 1440


@dataclass(frozen=True)
class Spans:
    """What durations are measured by.

    Attributes:
        per_day: Working minutes of a day; None where nobody says.
        calendars: Calendars by key.
        calendar: Key of the project's calendar; None where it names none.
    """

    per_day: Fraction | None
    calendars: Mapping[str, WorkCalendar]
    calendar: str | None

    def minutes(
        self, record: Record, *, start: datetime | None, finish: datetime | None, calendar: str | None, elapsed: bool
    ) -> tuple[Fraction | None, str]:
        """Return the minutes of the field ``Duration``, or None and why; no reason where the field is blank."""
        try:
            length = read_duration(record, "Duration")
        except CollectorRefusal as refusal:
            return None, str(refusal)
        if length is None or not length.days:
            return None if length is None else length.minutes, ""
        readings = {length.days * day + length.minutes for day in (self.per_day, Fraction(DAY)) if day is not None}
        if self.per_day != DAY:
            readings &= self._between(start, finish, calendar, elapsed=elapsed)
        if len(readings) == 1:
            return readings.pop(), ""
        return None, f"UID {record.get('UID', '?')}: nobody can tell how many hours {record['Duration'][:60]} are"

    def left(
        self, record: Record, percent: Fraction | None, minutes: Fraction | None, *, begun: bool
    ) -> tuple[Fraction | None, str, bool]:
        """Return the minutes that remain, or why they cannot be read, and whether the file states a minute or more.

        Of what has not begun all remains: there only another statement than its duration is read.
        """
        if not begun and record.get("RemainingDuration", "") in ("", record.get("Duration", "")):
            return None, "", False
        stated, unread = self.remaining(record, minutes)
        if begun:
            found = most_left(stated, percent, minutes)
        else:
            found = stated if stated is None or minutes is None else max(stated, minutes)
        return found, unread, stated is not None and stated >= 1

    def remaining(self, record: Record, minutes: Fraction | None) -> tuple[Fraction | None, str]:
        """Return the minutes of the field ``RemainingDuration``, or None and why; no reason where it is blank.

        Days are as long as those of the whole duration, of so many minutes, else as a working day.
        """
        try:
            length = read_duration(record, "RemainingDuration")
        except CollectorRefusal as refusal:
            return None, str(refusal)
        if length is None or not length.days:
            return None if length is None else length.minutes, ""
        day = self.per_day
        if minutes is not None:
            whole = read_duration(record, "Duration")
            day = (minutes - whole.minutes) / whole.days if whole is not None and whole.days else day
        if day is None:
            return None, f"UID {record.get('UID', '?')}: nobody says how many hours a day of its remaining duration has"
        return length.days * day + length.minutes, ""

    def _between(
        self, start: datetime | None, finish: datetime | None, calendar: str | None, *, elapsed: bool
    ) -> set[Fraction]:
        """Return the minutes between two dates, in each reading of the calendar; none if nobody can tell."""
        if start is None or finish is None:
            return set()
        if elapsed:
            return {elapsed_minutes(start, finish)}
        found = self.calendars.get(calendar or self.calendar or "")
        if found is None or found.unreadable:
            return set()
        return {found.minutes(start, finish, most=most) for most in (True, False)}
