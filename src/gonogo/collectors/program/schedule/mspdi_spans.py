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
from gonogo.collectors.program.schedule.records import Record
from gonogo.collectors.program.schedule.worktime import WorkCalendar, elapsed_minutes

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
    ) -> Fraction | None:
        """Return the minutes of the field ``Duration``; None where it is absent, or its days can be read in two ways.

        Raises:
            CollectorRefusal: It is no duration.
        """
        length = read_duration(record, "Duration")
        if length is None or not length.days:
            return None if length is None else length.minutes
        readings = {length.days * day + length.minutes for day in (self.per_day, Fraction(DAY)) if day is not None}
        if self.per_day != DAY:
            readings &= self._between(start, finish, calendar, elapsed=elapsed)
        return readings.pop() if len(readings) == 1 else None

    def _between(
        self, start: datetime | None, finish: datetime | None, calendar: str | None, *, elapsed: bool
    ) -> set[Fraction]:
        """Return the minutes between two dates, in each reading of the calendar; none where they cannot be told."""
        if start is None or finish is None:
            return set()
        if elapsed:
            return {elapsed_minutes(start, finish)}
        found = self.calendars.get(calendar or self.calendar or "")
        if found is None or found.unreadable:
            return set()
        return {found.minutes(start, finish, most=most) for most in (True, False)}
