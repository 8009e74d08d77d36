"""DCMA's points 4, 6, 7, 10 and 11, and how far the baseline reaches.

DCMA leaves summary rows, level of effort and work of other projects out of every point, as the schedule room does. It
also leaves milestones out of most; here they count, because a milestone without logic or float hides as much as a task.
"""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    LinkType,
    absent,
    keys,
    named,
    unprovable,
    why_unread,
)
from gonogo.collectors.program.schedule.agreed_work import check_due, check_promises
from gonogo.collectors.program.schedule.dcma import point_facts
from gonogo.collectors.program.schedule.quality import link_keys, ties
from gonogo.collectors.program.schedule.schedule_view import ScheduleView, up
from gonogo.collectors.program.schedule.staffing import open_assignments
from gonogo.collectors.program.schedule.worktime import elapsed_minutes
from gonogo.plugin.spec import Answer

HIGH_FLOAT_DAYS: Final = 44
"""Two months of working days: more float than that says that a successor is missing."""


def finish_start(reading: ScheduleView) -> Answer:
    """Point 4. Links from finish to start / links into unfinished activities, from level of effort excepted."""
    links = reading.open_links
    others = [link for link in links if link.type is not LinkType.FS]
    return point_facts.FINISH_START_RATIO.counted(
        part=len(links) - len(others), whole=len(links), as_of=reading.as_of, where=ties(reading, others)
    ).naming(link_keys(reading, others))


def high_float(reading: ScheduleView) -> Answer:
    """Point 6. Unfinished activities with more than 44 working days of total float / unfinished activities."""
    schedule = reading.schedule
    found = [row for row, slack in _floats(reading) if schedule.days(slack, row) > HIGH_FLOAT_DAYS]
    return point_facts.HIGH_FLOAT_RATIO.counted(
        part=len(found), whole=len(reading.unfinished), as_of=reading.as_of, where=named(found)
    ).naming(keys(found))


def negative_float(reading: ScheduleView) -> Answer:
    """Point 7. Unfinished activities with total float below zero / unfinished activities."""
    found = [row for row, slack in _floats(reading) if slack.numerator < 0]
    return point_facts.NEGATIVE_FLOAT_RATIO.counted(
        part=len(found), whole=len(reading.unfinished), as_of=reading.as_of, where=named(found)
    ).naming(keys(found))


def _floats(reading: ScheduleView) -> list[tuple[Activity, Fraction]]:
    """Return the unfinished activities with their total float.

    Raises:
        CollectorRefusal: Links run in a circle, or one has no float: nobody knows on which side it is.
    """
    reading.sound()
    silent = [row for row in reading.unfinished if row.slack is None]
    if silent:
        raise absent(f"{len(silent)} unfinished activities have no total float: {named(silent)}")
    return [(row, row.slack) for row in reading.unfinished if row.slack is not None]


def unresourced(reading: ScheduleView) -> Answer:
    """Point 10. Unfinished tasks of at least a working day that nobody is assigned to / all such tasks.

    DCMA also takes a cost for a resource. Costs are not read here, so a task that has only a cost counts as without.
    """
    busy = {entry.activity for entry in open_assignments(reading)}
    tasks = [row for row in reading.unfinished if row.kind is ActivityKind.TASK]
    silent = [row for row in tasks if row.minutes is None]
    if silent:
        raise absent(
            f"{len(silent)} unfinished tasks have no duration that can be read: {named(silent)}{why_unread(silent)}"
        )
    long = [row for row in tasks if row.minutes is not None and _a_day(reading, row, row.minutes)]
    bare = [row for row in long if row.key not in busy]
    return point_facts.UNRESOURCED_RATIO.counted(
        part=len(bare), whole=len(long), as_of=reading.as_of, where=named(bare)
    ).naming(keys(bare))


def _a_day(reading: ScheduleView, row: Activity, minutes: Fraction) -> bool:
    return minutes / 1440 >= 1 if row.elapsed else reading.schedule.days(minutes, row) >= 1


def missed_tasks(reading: ScheduleView) -> Answer:
    """Point 11. Activities that finish after their baseline finish / activities baselined to finish by the data date.

    What is not finished at the data date is missed whatever its forecast says; an activity without a baseline is in
    neither number (``baselined_ratio`` counts it).
    """
    schedule = reading.schedule
    if schedule.unbaselined:
        raise unprovable(f"nothing can be late against a baseline that is not there: {schedule.unbaselined}")
    check_due(reading)
    due = [row for row in reading.activities if row.baseline and row.baseline.finish <= schedule.data_date]
    if not due:
        raise absent("no activity was baselined to finish by the data date")
    late = [row for row in due if row.baseline and reading.expected(row) > row.baseline.finish]
    return point_facts.MISSED_TASKS_RATIO.counted(
        part=len(late), whole=len(due), as_of=reading.as_of, where=named(late)
    ).naming(keys(late))


def baselined(reading: ScheduleView) -> Answer:
    """Activities with a baseline / all activities."""
    if reading.schedule.unbaselined:
        raise unprovable(f"nobody knows what was baselined: {reading.schedule.unbaselined}")
    bare = [row for row in reading.activities if row.baseline is None]
    return point_facts.BASELINED_RATIO.counted(
        part=len(reading.activities) - len(bare), whole=len(reading.activities), as_of=reading.as_of, where=named(bare)
    ).naming(keys(bare))


def golive_variance(reading: ScheduleView) -> Answer:
    """Forecast of go-live minus its baseline finish, in calendar days, early ones below zero."""
    reading.sound()
    if reading.schedule.unbaselined:
        raise unprovable(f"no variance without a baseline: {reading.schedule.unbaselined}")
    held = reading.golive.baseline
    if held is None:
        raise absent(f"{reading.golive.label} has no baseline")
    check_promises(reading, [reading.golive])
    days = elapsed_minutes(held.finish, reading.forecast) / 1440
    where = f"{reading.label}, baseline {_day(held.finish)}, forecast {_day(reading.forecast)}"
    return point_facts.GOLIVE_BASELINE_VARIANCE_DAYS.value(up(days), as_of=reading.as_of, where=where)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
