"""Measures of go-live itself: is there a path, how much float, how late, how do the tasks that feed it stand."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule import facts
from gonogo.collectors.program.schedule.activities import (
    Activity,
    absent,
    keys,
    named,
    unprovable,
    why_unread,
)
from gonogo.collectors.program.schedule.agreed_work import (
    check_due,
    check_promises,
    held_on,
    loose_work,
    not_counted,
    not_leading,
)
from gonogo.collectors.program.schedule.golive_hour import after_the_hour, on_the_day
from gonogo.collectors.program.schedule.promised_dates import Baseline
from gonogo.collectors.program.schedule.pushed_dates import holds_longer
from gonogo.collectors.program.schedule.schedule_view import ScheduleView, down, up
from gonogo.collectors.program.schedule.worktime import elapsed_minutes
from gonogo.plugin.spec import Answer, CollectorRefusal

ON_TIME: Final = Fraction(0)


def path_continuous(reading: ScheduleView) -> Answer:
    """Whether a chain of driving links runs from the data date to go-live.

    Never with links in a circle, and never where nothing feeds go-live: a date on its own is no path.
    """
    if reading.network.cycle:
        held, where = False, "links run in a circle"
    elif not reading.feeding:
        held, where = False, "nothing feeds go-live"
    else:
        held, where = reading.network.reaches_data_date(reading.golive.key), reading.label
    return facts.GOLIVE_PATH_CONTINUOUS.value(held, as_of=reading.as_of, where=where)


def total_float(reading: ScheduleView) -> Answer:
    """The smallest float of go-live: the tool's, and to each date that it is held to."""
    days, where = _float(reading)
    return facts.GOLIVE_TOTAL_FLOAT_DAYS.value(down(days), as_of=reading.as_of, where=where)


def _float(reading: ScheduleView) -> tuple[Fraction, str]:
    reading.sound()
    golive, schedule = reading.golive, reading.schedule
    calendar = schedule.calendar_of(golive)
    found = [
        (calendar.lowest(reading.forecast, reading.committed_end), f"to {reading.aim}"),
        *(
            (calendar.lowest(reading.forecast, reading.latest(held)), "to its constraint or deadline")
            for held in golive.limits
        ),
    ]
    if after_the_hour(reading):
        when = f"to go-live of {reading.release} at {reading.goes_live:%Y-%m-%d %H:%M}"
        found.append((calendar.lowest(reading.forecast, reading.goes_live), when))
    if not golive.finished(schedule.data_date):
        if golive.slack is None:
            raise absent(f"{golive.label} has no total float: schedule the project in its tool and save again")
        found.append((golive.slack, "as the tool computed it"))
    minutes, how = min(found, key=lambda pair: pair[0])
    return schedule.days(minutes, golive), f"{reading.label}, {how}"


def negative_float(reading: ScheduleView) -> Answer:
    """How many unfinished activities on the way to go-live are already behind what logic allows."""
    reading.sound()
    reading.closed()
    rows = [row for row in reading.path if not row.finished(reading.schedule.data_date)]
    silent = [row for row in rows if row.slack is None]
    if silent:
        raise absent(f"{len(silent)} unfinished activities feeding go-live have no total float: {named(silent)}")
    found = [row for row in rows if row.slack is not None and row.slack.numerator < 0]
    return facts.NEGATIVE_FLOAT_TASKS.value(len(found), as_of=reading.as_of, where=named(found)).naming(keys(found))


def feeding_tasks(reading: ScheduleView) -> Answer:
    """How many activities feed go-live."""
    where = "; ".join(filter(None, (reading.label, not_counted(reading), not_leading(reading))))
    return facts.GOLIVE_TASKS.value(len(reading.feeding), as_of=reading.as_of, where=where)


def max_variance(reading: ScheduleView) -> Answer:
    """The largest finish slip on the way to go-live, as a share of the baseline duration."""
    found = _late(reading)
    worst = max((variance for variance, _ in found), default=ON_TIME)
    rows = [row for variance, row in found if variance == worst > 0]
    where = "; ".join(
        filter(None, (named(rows), _days_off(reading, rows), _other_promises(reading), not_counted(reading)))
    )
    late = keys([row for _, row in found])
    return facts.GOLIVE_TASK_MAX_VARIANCE.value(up(worst), as_of=reading.as_of, where=where).naming(late)


def _days_off(reading: ScheduleView, rows: list[Activity]) -> str:
    """Say that days off count as slip which only the calendars of the schedule have; empty where none do."""
    for row in rows:
        if row.baseline is None or (row.baseline.elapsed and row.baseline.minutes):
            continue
        finish, expected = row.baseline.finish, reading.expected(row)
        own = reading.schedule.calendar_of(row).minutes(finish, expected, most=True)
        if _ordinary_days(reading, finish, expected) * _day_length(reading, row) > own:
            return "days off that its calendar has and the program has not count as slip"
    return ""


def _other_promises(reading: ScheduleView) -> str:
    """Say how many activities on the way to go-live have another baseline in the file that ends sooner."""
    found = [row for row in reading.path if row.baseline is not None and row.baseline.sooner is not None]
    if not found:
        return ""
    have = f"{len(found)} activities have" if len(found) > 1 else f"{found[0].label} has"
    return f"{have} another baseline that ends before the one that counts"


def tasks_late(reading: ScheduleView) -> Answer:
    """How many activities on the way to go-live slip by the tolerance or more."""
    tolerance = Fraction(reading.settings.late_tolerance)
    late = [row for variance, row in _late(reading) if variance >= tolerance]
    return facts.GOLIVE_TASKS_LATE.value(len(late), as_of=reading.as_of, where=named(late)).naming(keys(late))


def _baselined(reading: ScheduleView) -> list[tuple[Activity, Baseline]]:
    reading.sound()
    if reading.schedule.unbaselined:
        raise unprovable(f"no variance without a baseline: {reading.schedule.unbaselined}")
    if not reading.feeding:
        raise absent(f"no activity feeds {reading.golive.label}: there is no path to judge")
    reading.closed()
    rows = [*reading.path, *_holding(reading), *loose_work(reading)]
    bare = [row for row in rows if row.baseline is None]
    if bare:
        raise absent(f"{len(bare)} activities feeding go-live have no baseline: {named(bare)}")
    check_promises(reading, rows)
    return [(row, row.baseline) for row in rows if row.baseline is not None]


def _holding(reading: ScheduleView) -> list[Activity]:
    """Return the summary rows on the way to go-live that hold what follows until their own finish; see pushed_dates."""
    rows = reading.schedule.activities
    below: dict[str | None, datetime | None] = {}
    for row in reversed(rows.values()):  # what is below a row stands after it
        ends = [each for each in (row.finish, below.get(row.key), below.get(row.parent)) if each is not None]
        below[row.parent] = max(ends, default=None)
    on_the_way = {key for side, key in reading.network.behind(reading.golive.key) if side == "out"}
    return [row for key, row in rows.items() if key in on_the_way and holds_longer(row, below.get(key))]


def _late(reading: ScheduleView) -> list[tuple[Fraction, Activity]]:
    """Return go-live and what feeds it, where it finishes later than its baseline, with the variance of each."""
    if reading.late is None:
        found = [(_variance(reading, row, baseline), row) for row, baseline in _baselined(reading)]
        reading.late = [(variance, row) for variance, row in found if variance]
    return reading.late


def _variance(reading: ScheduleView, row: Activity, baseline: Baseline) -> Fraction:
    """Return the finish slip divided by the baseline duration, 0 when it is not late.

    An elapsed baseline duration is compared with elapsed slip. The slip of a milestone, whose baseline lasts no time,
    is divided by one working day. Where the duration is over a day longer than the time between the dates of its
    baseline, that time counts. The slip is no shorter than the ordinary working days within it.
    """
    expected = reading.expected(row)
    if expected <= baseline.finish:
        return ON_TIME
    schedule = reading.schedule
    if baseline.elapsed and baseline.minutes:
        room = baseline.minutes if baseline.start is None else elapsed_minutes(baseline.start, baseline.finish)
        return elapsed_minutes(baseline.finish, expected) / _held(baseline.minutes, room, Fraction(1440))
    calendar = schedule.calendar_of(row)
    slip = max(
        calendar.minutes(baseline.finish, expected, most=True),
        _ordinary_days(reading, baseline.finish, expected) * _day_length(reading, row),
    )
    minutes = baseline.minutes
    if minutes is None:
        if baseline.unread:
            raise absent(f"the baseline duration of {row.label} cannot be read{why_unread([baseline])}")
        if baseline.start is None:
            raise absent(f"{row.label} has a baseline without duration and start")
        minutes = calendar.minutes(baseline.start, baseline.finish, most=False)
    elif baseline.start is not None:
        room = calendar.minutes(baseline.start, baseline.finish, most=True)
        minutes = _held(minutes, room, calendar.longest_day)
    return slip / (minutes if minutes > 0 else schedule.working_day(row))


def _ordinary_days(reading: ScheduleView, begin: datetime, end: datetime) -> int:
    """Return how many days lie wholly between two moments that are no weekend and no day off of the program.

    Days off that only a calendar of the schedule has do not shorten a slip: they can be entered where the slip is.
    """
    first, last = begin.toordinal() + 1, end.toordinal()
    return reading.ordinary_days.before(last) - reading.ordinary_days.before(first) if first < last else 0


def _day_length(reading: ScheduleView, row: Activity) -> Fraction:
    """Return the minutes of a working day of an activity; where nobody says so, the longest of its calendar."""
    try:
        return reading.schedule.working_day(row)
    except CollectorRefusal:
        return reading.schedule.calendar_of(row).longest_day


def _held(minutes: Fraction, room: Fraction, day: Fraction) -> Fraction:
    """Return how long a baseline lasts by its duration, or by its dates if they have no room for that."""
    return room if 0 < room < minutes - day else minutes


def forecast_slip(reading: ScheduleView) -> Answer:
    """How many calendar days the forecast is later than what was committed; never negative."""
    reading.sound()
    committed = reading.committed
    if isinstance(committed, datetime):
        days = elapsed_minutes(committed, reading.forecast) / 1440
    else:
        days = Fraction((reading.forecast.date() - committed).days)
    words = (
        f"{reading.label}, forecast {reading.forecast:%Y-%m-%d %H:%M}{_behind(reading)}, {reading.aim}",
        f"{reading.release} goes live at {reading.goes_live:%Y-%m-%d %H:%M}" if on_the_day(reading) else "",
        held_on(reading),
        not_counted(reading),
    )
    return facts.FORECAST_SLIP_DAYS.value(
        up(max(days, after_the_hour(reading))), as_of=reading.as_of, where="; ".join(filter(None, words))
    )


def _behind(reading: ScheduleView) -> str:
    """Say behind which work go-live cannot be where the file shows it, and why; empty where nothing pushes it."""
    pushed = reading.pushed.get(reading.golive.key)
    if pushed is None or pushed.finish < reading.forecast:
        return ""
    if pushed.behind is reading.golive:
        return f" ({pushed.why})" if pushed.why else ""
    if pushed.why:
        return f" (it waits for {pushed.behind.label}: {pushed.why})"
    return f" (its links ask for that: it waits for {pushed.behind.label}, and is shown earlier)"


def execution_index(reading: ScheduleView) -> Answer:
    """Activities finished, for each one that was to be finished by the data date."""
    schedule = reading.schedule
    if schedule.unbaselined:
        raise unprovable(f"no baseline execution index without a baseline: {schedule.unbaselined}")
    due = [row for row in reading.activities if row.baseline is None or row.baseline.finish <= schedule.data_date]
    check_due(reading)
    if not due:
        raise absent("no activity was baselined to finish by the data date")
    done = len(reading.activities) - len(reading.unfinished)
    late = [row for row in due if not row.finished(schedule.data_date)]
    return facts.BEI.value(
        down(Fraction(done, len(due))), as_of=reading.as_of, where=f"{done} of {len(due)} activities"
    ).naming(keys(late))


def path_length_index(reading: ScheduleView) -> Answer:
    """The critical path length index: what the remaining path could take, for each day that it takes."""
    golive, schedule = reading.golive, reading.schedule
    if golive.finished(schedule.data_date):
        raise absent(f"{golive.label} is finished: no path remains")
    spare, _ = _float(reading)
    minutes = schedule.calendar_of(golive).minutes(schedule.data_date, reading.forecast, most=spare > 0)
    length = schedule.days(minutes, golive)
    if length <= 0:
        raise absent(f"{golive.label} is forecast at the data date: no path remains")
    return facts.CPLI.value(down((length + spare) / length), as_of=reading.as_of, where=reading.label)
