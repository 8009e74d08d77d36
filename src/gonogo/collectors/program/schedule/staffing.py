"""Measures of people: is critical work assigned, and is anybody asked for more than there is of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule import facts
from gonogo.collectors.program.schedule.activities import MAX_NAMED, ActivityKind, absent, keys, named, unprovable
from gonogo.collectors.program.schedule.resources import Assignment
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.plugin.spec import Answer

WEEKS: Final = 6
WEEK: Final = timedelta(days=7)


def critical_resourced(reading: ScheduleView) -> Answer:
    """How many critical and near-critical tasks have a named person; milestones need none."""
    schedule = reading.schedule
    staffed = {entry.activity for entry in open_assignments(reading) if schedule.people[entry.person].named}
    work = [row for row in reading.unfinished if row.kind is ActivityKind.TASK]
    silent = [row for row in work if row.slack is None]
    if silent:
        raise absent(f"{len(silent)} unfinished tasks have no total float: {named(silent)}")
    limit = reading.settings.near_critical_days
    critical = [row for row in work if row.slack is not None and schedule.days(row.slack, row) <= limit]
    bare = [row for row in critical if row.key not in staffed]
    return facts.CRITICAL_TASKS_RESOURCED_RATIO.counted(
        part=len(critical) - len(bare), whole=len(critical), as_of=reading.as_of, where=named(bare)
    ).naming(keys(bare))


def overallocated(reading: ScheduleView) -> Answer:
    """How many people are asked for more working time than they have in one of the six weeks after the data date.

    Demand is the units of each assignment times the working time that it shares with the week; capacity is the
    person's units times the working time of the week, by the project's calendar. A generic role counts as one person.
    """
    people = reading.schedule.people
    found = [
        people[person]
        for person, entries in by_person(reading).items()
        if any(demand > capacity for demand, capacity in demand_and_capacity(reading, person, entries))
    ]
    names = ", ".join(sorted(person.name[:60] for person in found)[:MAX_NAMED])
    return facts.OVERALLOCATED_RESOURCES.value(len(found), as_of=reading.as_of, where=names).naming(
        person.name or f"resource {person.key}" for person in found
    )


def open_assignments(reading: ScheduleView) -> list[Assignment]:
    """Return the assignments to rows that are not finished.

    Raises:
        CollectorRefusal: The file carries none at all, or something is wrong with them.
    """
    if reading.schedule.unstaffed is not None:
        raise reading.schedule.unstaffed
    if reading.schedule.assignments is None:
        raise unprovable("the schedule has no resource assignments; staffing needs another source")
    now, rows = reading.schedule.data_date, reading.schedule.activities
    return [
        entry
        for entry in reading.schedule.assignments
        if entry.activity in rows and not rows[entry.activity].finished(now)
    ]


def by_person(reading: ScheduleView) -> dict[str, list[Assignment]]:
    """Return the assignments to rows that are not finished, by the person; see :func:`open_assignments`."""
    busy: dict[str, list[Assignment]] = defaultdict(list)
    for entry in open_assignments(reading):
        busy[entry.person].append(entry)
    return busy


def demand_and_capacity(
    reading: ScheduleView, person: str, entries: list[Assignment]
) -> Iterator[tuple[Fraction, Fraction]]:
    """Yield for each of the six weeks the minutes that are asked of a person, and those that there are."""
    schedule = reading.schedule
    calendar = schedule.project_calendar()
    capacity = schedule.people[person].units
    for week in range(WEEKS):
        start = schedule.data_date + week * WEEK
        demand = Fraction(0)
        for entry in entries:
            first, last = _span(reading, entry)
            lower, upper = max(start, first), min(start + WEEK, last)
            if lower < upper:
                demand += entry.units * calendar.minutes(lower, upper, most=True)
        yield demand, capacity * calendar.minutes(start, start + WEEK, most=True)


def _span(reading: ScheduleView, entry: Assignment) -> tuple[datetime, datetime]:
    """Return when an assignment asks for the person; by its activity's dates where it has none of its own.

    Raises:
        CollectorRefusal: It has no dates, or is not done although it ended by the data date: nobody knows when the rest
            of the work asks for the person.
    """
    row = reading.schedule.activities[entry.activity]
    first, last = entry.start or row.start, entry.finish or row.finish
    if first is None or last is None:
        raise absent(f"{row.label} has an assignment without dates")
    if last <= reading.schedule.data_date and not entry.done:
        raise absent(
            f"{row.label} is not finished, but somebody's work on it ends by the data date: reschedule the remaining "
            f"work in its tool and save again"
        )
    return first, last
