"""Whether an update tells anything that an earlier one did not: a later status date alone is no report of progress."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from gonogo.collectors.program.schedule.activities import Activity, Schedule


def told(schedule: Schedule) -> Hashable:
    """Return what a schedule tells about its work, in whatever order and under whatever ids and names.

    What tools compute of it (float), labels and the status date itself are left out.
    """
    rows = {key: _told(row) for key, row in schedule.activities.items() if row.counted}
    links = Counter(
        (rows[link.pred], rows[link.succ], link.type, link.lag, link.kind)
        for link in schedule.links
        if link.pred in rows and link.succ in rows
    )
    return frozenset(Counter(rows.values()).items()), frozenset(links.items())


def _told(row: Activity) -> Hashable:
    held = row.baseline
    return (
        row.kind,
        row.start,
        row.finish,
        row.actual_start,
        row.actual_finish,
        row.claims_done,
        row.minutes,
        row.left,
        row.resume,
        row.progress,
        row.pinned,
        None if held is None else (held.start, held.finish, held.minutes),
    )


def awaited(schedule: Schedule) -> list[Activity]:
    """Return the activities of which an update has something to tell: begun or due by its data date, and not done."""
    now = schedule.data_date
    return [
        row
        for row in schedule.activities.values()
        if row.counted and not row.finished(now) and row.start is not None and row.start < now
    ]
