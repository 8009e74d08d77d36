"""What differs between two updates of one schedule, each measure with the activities or links that it counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from fractions import Fraction

from gonogo.collectors.program.schedule.activities import Activity, ActivityLink, absent, unprovable
from gonogo.collectors.program.schedule.schedule_view import up
from gonogo.collectors.program.schedule.updates import update_facts
from gonogo.collectors.program.schedule.updates.two_updates import TwoUpdates
from gonogo.collectors.program.schedule.updates.unchanged import told
from gonogo.collectors.program.schedule.worktime import elapsed_minutes
from gonogo.plugin.spec import Answer, LocalFact

SHOWN = 5


def _counted(fact: LocalFact, updates: TwoUpdates, names: Iterable[str], where: str = "") -> Answer:
    found = list(names)
    where = "; ".join(part for part in (_shown(found), where) if part)
    return fact.value(len(found), as_of=updates.after.as_of, where=where).naming(found)


def _shown(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _anew(updates: TwoUpdates) -> str:
    """Say which activities have another id than before; empty for none."""
    found = [f"{now} (was {was})" for now, was in updates.matched.anew.items()]
    return f"matched by place and name, because ids changed: {_shown(found)}" if found else ""


def golive_moved(updates: TwoUpdates) -> Answer:
    """Forecast go-live now minus forecast go-live then, and the activities of the driving chain that finish later.

    The chain is that of ``golive_path_continuous`` in the later update; activities that are new in it are named too.
    Without a chain, all activities feeding go-live that finish later are named.
    """
    updates.before.sound()
    updates.after.sound()
    was, now = updates.before.forecast, updates.after.forecast
    days = elapsed_minutes(was, now) / 1440
    late = _later_on_the_way(updates) if days > 0 else []
    first = f", first by {late[0]}" if late else ""
    where = f"{updates.after.golive.label}: {_day(was)} to {_day(now)}{first}"
    return update_facts.GOLIVE_MOVED_DAYS.value(up(days), as_of=updates.after.as_of, where=where).naming(late)


def _later_on_the_way(updates: TwoUpdates) -> list[str]:
    after = updates.after
    chain = after.network.driving_chain(after.golive.key) if after.feeding else None
    rows = after.path if chain is None else [after.schedule.activities[key] for key in chain]
    return [updates.name(row) for row in rows if _later(updates, updates.old.get(updates.name(row)), row)]


def _later(updates: TwoUpdates, was: Activity | None, row: Activity) -> bool:
    """Whether an activity is new, or is expected later than it was by its own row or by its links."""
    if was is None:
        return True
    if was.finish is None or row.finish is None:
        return False
    return row.finish > was.finish or updates.after.allowed(row) > updates.before.allowed(was)


def rebaselined(updates: TwoUpdates) -> Answer:
    """How many activities of both updates have another baseline."""
    return _counted(update_facts.REBASELINED_ACTIVITIES, updates, _rebaselined(updates), _anew(updates))


def baseline_changed(updates: TwoUpdates) -> Answer:
    """Whether any activity of both updates has another baseline."""
    found = _rebaselined(updates)
    where = "; ".join(part for part in (_shown(found), _anew(updates)) if part)
    return update_facts.BASELINE_CHANGED.value(bool(found), as_of=updates.after.as_of, where=where).naming(found)


def _rebaselined(updates: TwoUpdates) -> list[str]:
    _baselines(updates)
    return [name for name, was, row in updates.both() if was.baseline != row.baseline]


def _baselines(updates: TwoUpdates) -> None:
    """Refuse where an update holds no baseline at all: it may just not have been exported.

    Raises:
        CollectorRefusal: One holds none.
    """
    for name, view in (("before", updates.before), ("after", updates.after)):
        if view.schedule.unbaselined:
            raise unprovable(f"nobody knows whether the baseline changed: in `{name}` {view.schedule.unbaselined}")


def golive_baseline_moved(updates: TwoUpdates) -> Answer:
    """Baseline finish of go-live now minus then."""
    _baselines(updates)
    was, now = updates.before.golive.baseline, updates.after.golive.baseline
    if was is None or now is None:
        raise absent(
            f"{updates.after.golive.label} has a baseline in {'neither' if was is now else 'one'} of the updates"
        )
    days = elapsed_minutes(was.finish, now.finish) / 1440
    where = f"{updates.after.golive.label}, baseline {_day(was.finish)} to {_day(now.finish)}"
    return update_facts.GOLIVE_BASELINE_MOVED_DAYS.value(up(days), as_of=updates.after.as_of, where=where)


def logic_removed(updates: TwoUpdates) -> Answer:
    """How many pairs of activities are no longer tied although both are still there; finished successors excepted."""
    now = updates.ties(updates.after)
    gone = [tie for tie in _open_ties(updates) if tie not in now and tie[0] in updates.new and tie[1] in updates.new]
    return _counted(update_facts.LOGIC_REMOVED, updates, map(" > ".join, gone))


def logic_changed(updates: TwoUpdates) -> Answer:
    """How many pairs of activities are tied in another way; finished successors excepted."""
    now = updates.ties(updates.after)
    changed = [tie for tie, links in _open_ties(updates).items() if tie in now and _forms(links) != _forms(now[tie])]
    return _counted(update_facts.LOGIC_CHANGED, updates, map(" > ".join, changed))


def _open_ties(updates: TwoUpdates) -> dict[tuple[str, str], list[ActivityLink]]:
    ties = updates.ties(updates.before)
    return {tie: links for tie, links in ties.items() if updates.open_before(updates.old[tie[1]])}


def _forms(links: list[ActivityLink]) -> set[tuple[str, Fraction, str]]:
    return {(link.type.value, link.lag, link.kind.value if link.lag else "") for link in links}


def activities_removed(updates: TwoUpdates) -> Answer:
    """How many activities that were not finished are no longer there."""
    gone = [name for name, row in updates.old.items() if name not in updates.new and updates.open_before(row)]
    return _counted(update_facts.ACTIVITIES_REMOVED, updates, gone, _anew(updates))


def activities_added(updates: TwoUpdates) -> Answer:
    """How many activities are new."""
    added = [name for name in updates.new if name not in updates.old]
    return _counted(update_facts.ACTIVITIES_ADDED, updates, added, _anew(updates))


def durations_cut(updates: TwoUpdates) -> Answer:
    """How many activities that are finished in neither update became shorter.

    A duration by the clock and one in working time cannot be compared: where it changed from one to the other, its
    dates tell.
    """
    found = []
    for name, was, row in updates.both():
        if not (updates.open_before(was) and updates.open_after(row)):
            continue
        if was.elapsed != row.elapsed and None not in (was.start, was.finish, row.start, row.finish):
            lasted, lasts = _span(was), _span(row)
        elif was.minutes is None or row.minutes is None or was.elapsed != row.elapsed:
            raise absent(
                f"the duration of {row.label} cannot be read in {'after' if row.minutes is None else 'before'}"
            )
        else:
            lasted, lasts = was.minutes, row.minutes
        if lasts < lasted:
            found.append(name)
    return _counted(update_facts.DURATIONS_CUT, updates, found)


def _span(row: Activity) -> Fraction:
    assert row.start is not None
    assert row.finish is not None
    return elapsed_minutes(row.start, row.finish)


def constraints_added(updates: TwoUpdates) -> Answer:
    """How many unfinished activities of both updates are held against logic only now."""
    found = [name for name, was, row in updates.both() if row.pinned and not was.pinned and updates.open_after(row)]
    return _counted(update_facts.CONSTRAINTS_ADDED, updates, found)


def actuals_changed(updates: TwoUpdates) -> Answer:
    """How many activities that were finished have another history now."""
    found = []
    for name, was in updates.old.items():
        if updates.open_before(was):
            continue
        row = updates.new.get(name)
        same = row is not None and (row.actual_start, row.actual_finish) == (was.actual_start, was.actual_finish)
        if not same or row is None or updates.open_after(row):
            found.append(name)
    return _counted(update_facts.ACTUALS_CHANGED, updates, found)


def data_date_advanced(updates: TwoUpdates) -> Answer:
    """How many local days lie between the data dates."""
    was, now = updates.before.schedule.data_date, updates.after.schedule.data_date
    where = f"data date {_day(was)} to {_day(now)}"
    if told(updates.before.schedule) == told(updates.after.schedule):
        where += "; nothing else that the updates tell about the work differs"
    days = (now.date() - was.date()).days
    return update_facts.DATA_DATE_ADVANCED_DAYS.value(days, as_of=updates.after.as_of, where=where)


def _day(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M}"
