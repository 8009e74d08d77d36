"""Whether a schedule still tells of all work, and of the promises, that both sides agreed on.

A late activity that is set inactive holds nothing back any more, and one whose baseline was set anew is not late any
more. Both may have been agreed; a file cannot show it. So where it matters, the settings say it, or nothing is said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Final

from gonogo.collectors.program.schedule import facts
from gonogo.collectors.program.schedule.activities import (
    MAX_NAMED,
    Activity,
    ActivityLink,
    LinkType,
    Withdrawn,
    named,
    unprovable,
)
from gonogo.collectors.program.schedule.dcma import point_facts
from gonogo.collectors.program.schedule.own_dates import DAY
from gonogo.collectors.program.schedule.schedule_view import ScheduleView

OF_ALL_WORK: Final = (
    facts.GOLIVE_TOTAL_FLOAT_DAYS,
    facts.NEGATIVE_FLOAT_TASKS,
    facts.GOLIVE_TASK_MAX_VARIANCE,
    facts.GOLIVE_TASKS_LATE,
    facts.FORECAST_SLIP_DAYS,
    facts.BEI,
    facts.CPLI,
    point_facts.CRITICAL_PATH_TEST,
    point_facts.GOLIVE_BASELINE_VARIANCE_DAYS,
    point_facts.MISSED_TASKS_RATIO,
)
"""Facts that withdrawn work could make worse."""


def check_withdrawn(reading: ScheduleView) -> None:
    """Check that work which was withdrawn on the way to go-live was agreed to be dropped.

    Raises:
        CollectorRefusal: The settings do not say so of some that was promised, was begun, or ties open work to go-live.
    """
    found = [each for each in _on_the_way(reading) if _matters(reading, each.activity)]
    found = [each for each in (*found, *_efforts_after(reading)) if not _dropped(reading, each)]
    if not found:
        return
    more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
    what = ", ".join(f"{each.activity.label} ({each.how})" for each in found[:MAX_NAMED])
    raise unprovable(
        f"nobody says in `dropped` of the binding that both sides agreed to drop {what}{more}, which was promised or "
        "begun and led to go-live: name it there, or make it count again in its tool and save again"
    )


def loose_work(reading: ScheduleView) -> list[Activity]:
    """Return the unfinished work that was promised for before go-live, belongs to it, and leads to nothing at all.

    A row without a successor, and what comes before such rows only. It belongs to go-live if other work of its branch
    of the WBS leads there, or if there are no branches. A link to what does wait for it says what it is for.
    """
    schedule, until = reading.schedule, _until(reading)
    tied = {link.pred for link in schedule.links if link.succ not in reading.efforts}
    ends = [
        row
        for row in reading.unfinished
        if row.key != reading.golive.key
        and _promised_by(row, until)
        and row.key not in tied
        and tied.isdisjoint(_above(reading, row))
    ]
    if not ends:
        return []
    branches = _branches(reading)
    leading = _leading(reading, branches)
    ends = [row for row in ends if row.key not in branches or branches[row.key] & leading]
    keys = reading.network.feeding_any([row.key for row in ends], but=reading.golive.key)
    return [row for row in reading.unfinished if row.key in keys and _promised_by(row, until)]


def _branches(reading: ScheduleView) -> dict[str, frozenset[str]]:
    """Return the elements of the WBS above each activity, without those that hold over half of all activities."""
    above = {row.key: _elements(reading, row) for row in reading.activities}
    held = Counter(key for keys in above.values() for key in keys)
    narrow = {key for key, number in held.items() if 2 * number <= len(above)}
    return {row: keys & narrow for row, keys in above.items() if keys & narrow}


def _elements(reading: ScheduleView, row: Activity) -> frozenset[str]:
    elements, found = reading.schedule.elements, set()
    key = row.parent or row.element
    while key is not None and key in elements and key not in found:
        found.add(key)
        key = elements[key]
    return frozenset(found)


def _leading(reading: ScheduleView, branches: dict[str, frozenset[str]]) -> frozenset[str]:
    """Return the elements in which work leads to go-live."""
    known = reading.network.feeding(reading.golive.key)
    return frozenset().union(*(keys for row, keys in branches.items() if row in known))


def not_leading(reading: ScheduleView) -> str:
    """Say which unfinished work was promised for before go-live and does not lead to it; empty for none."""
    until = _until(reading)
    known = reading.network.feeding(reading.golive.key)
    rows = [
        row
        for row in reading.unfinished
        if row.key != reading.golive.key and row.key not in known and _promised_by(row, until)
    ]
    if not rows:
        return ""
    return f"promised for before go-live and not leading to it: {len(rows)} unfinished, {named(rows)}"


def not_counted(reading: ScheduleView) -> str:
    """Say which withdrawn work on the way to go-live does not count; empty for none."""
    rows = [each.activity for each in _on_the_way(reading)]
    if not rows:
        return ""
    return f"not counted: {len(rows)} withdrawn on the way to go-live, {named(rows)}"


def held_on(reading: ScheduleView) -> str:
    """Say which work that has begun has a constraint for a later end than it is expected; empty for none.

    A tool honors no such date of work that goes on, so that the expected end counts. A planner may mean the date.
    """
    now = reading.schedule.data_date
    rows = [
        row
        for row in reading.path
        if not row.finished(now) and row.actual_start is not None and row.actual_start <= now
        for held in row.not_before
        if not held.on_start and held.at is not None and held.at > reading.expected(row)
    ]
    if not rows:
        return ""
    return f"begun, with a constraint not to end before a later date than is expected: {named(rows)}"


def check_promises(reading: ScheduleView, rows: Iterable[Activity]) -> None:
    """Check that no row is on time only by a baseline that promised it later than another one of the file.

    Raises:
        CollectorRefusal: One is, and the settings do not say which baseline was agreed.
    """
    if reading.schedule.agreed_baseline is not None:
        return
    found = [
        (row, row.baseline.finish, row.baseline.sooner)
        for row in rows
        if row.baseline is not None and row.baseline.sooner and row.baseline.sooner.finish < reading.expected(row)
    ]
    if not found:
        return
    row, finish, sooner = found[0]
    more = f" and {len(found) - 1} more" if len(found) > 1 else ""
    raise unprovable(
        f"nobody says in `baseline` of the binding which promise was agreed for {row.label}{more}: baseline 0 by "
        f"{finish:%Y-%m-%d}, baseline {sooner.number} by {sooner.finish:%Y-%m-%d}, and it is expected "
        f"{reading.expected(row):%Y-%m-%d}; write the number of the agreed one there"
    )


def check_due(reading: ScheduleView) -> None:
    """Check the promises that another baseline of the file has for up to the data date; see :func:`check_promises`.

    Raises:
        CollectorRefusal: The settings do not say which baseline was agreed.
    """
    due = reading.schedule.data_date
    promised = [(row, row.baseline.sooner) for row in reading.activities if row.baseline is not None]
    check_promises(reading, [row for row, sooner in promised if sooner is not None and sooner.finish <= due])


def _matters(reading: ScheduleView, row: Activity) -> bool:
    """Whether withdrawn work was promised, was begun, or is what ties open work to go-live."""
    return row.baseline is not None or row.actual_start is not None or _carries(reading, row)


def _carries(reading: ScheduleView, row: Activity) -> bool:
    counted = {each.key for each in reading.path}
    rows = reading.schedule.activities
    before = [
        rows[link.pred] for link in reading.schedule.withdrawn_links if link.succ == row.key and link.pred in rows
    ]
    return any(each.key not in counted and not each.finished(reading.schedule.data_date) for each in before)


def _efforts_after(reading: ScheduleView) -> list[Withdrawn]:
    """Return the levels of effort that end over a day after what a link of their finish holds on the way to go-live.

    A tool lasts them from what comes before to what comes after, so of itself none does.
    """
    if not reading.efforts:
        return []
    schedule, reached = reading.schedule, reading.network.driven_by(reading.golive.key)
    found: dict[str, Withdrawn] = {}
    for link in schedule.links:
        row, after = schedule.activities[link.pred], schedule.activities[link.succ]
        tied = {LinkType.FS: after.start or after.finish, LinkType.FF: after.finish}.get(link.type)
        if row.key not in reading.efforts or link.succ not in reached or row.finished(schedule.data_date):
            continue
        if row.finish is not None and tied is not None and row.finish - tied > DAY:
            how = f"a level of effort that ends on {row.finish:%Y-%m-%d}, after {after.label}, which its link holds"
            found[row.key] = Withdrawn(row, how)
    return list(found.values())


def _dropped(reading: ScheduleView, each: Withdrawn) -> bool:
    """Whether the settings name a withdrawn row, by what no other withdrawn row bears."""
    others = (_marks(other) for other in reading.schedule.withdrawn if other.activity is not each.activity)
    return bool(_marks(each) & {*reading.settings.dropped} - frozenset[str]().union(*others))


def _marks(each: Withdrawn) -> frozenset[str]:
    row = each.activity
    return frozenset({row.key, row.number, row.wbs, row.code, row.name}) - {""}


def _on_the_way(reading: ScheduleView) -> list[Withdrawn]:
    """Return the unfinished withdrawn work whose links lead to go-live, or that leads nowhere and was due before it."""
    schedule = reading.schedule
    open_work = {
        each.activity.key: each for each in schedule.withdrawn if not each.activity.finished(schedule.data_date)
    }
    if not open_work:
        return []
    until = _until(reading)
    reached = set(reading.network.driven_by(reading.golive.key))
    ends = {key for side, key in reading.network.behind(reading.golive.key) if side == "out"}
    after: dict[str, list[ActivityLink]] = {}
    for link in (*schedule.links, *schedule.withdrawn_links):
        after.setdefault(link.pred, []).append(link)
    found: dict[str, Withdrawn] = {}
    waiting = dict(open_work)
    while waiting:
        more = {
            key: each
            for key, each in waiting.items()
            if key in reached
            or _above(reading, each.activity) & ends
            or any(link.succ in reached for link in after.get(key, ()))
            or (key not in after and _promised_by(each.activity, until))
        }
        if not more:
            break
        found |= more
        reached |= more.keys()
        waiting = {key: each for key, each in waiting.items() if key not in more}
    return [each for key, each in open_work.items() if key in found]


def _above(reading: ScheduleView, row: Activity) -> set[str]:
    """Return the keys of the rows above a row."""
    found: set[str] = set()
    key = row.parent
    while key is not None and key not in found:
        found.add(key)
        above = reading.schedule.activities.get(key)
        key = None if above is None else above.parent
    return found


def _until(reading: ScheduleView) -> datetime | None:
    """Return until when work was promised for before go-live."""
    promised = reading.golive.baseline
    return promised.finish if promised is not None else reading.golive.finish


def _promised_by(row: Activity, until: datetime | None) -> bool:
    return row.baseline is not None and until is not None and row.baseline.finish <= until
