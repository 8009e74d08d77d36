"""Parts of a network that come straight from the file and the settings: estimates, hours, what is declared."""

from __future__ import annotations

from fractions import Fraction

from gonogo.collectors.program.schedule.activities import Activity
from gonogo.collectors.program.schedule.settings import Simulation
from gonogo.collectors.program.schedule.work_ahead import WorkAhead
from gonogo.collectors.program.schedule.worktime import CalendarReading
from gonogo.model.activity_network import SpreadDeclared, ThreePoints, WorkingTime
from gonogo.plugin.spec import CollectorRefusal


def whole_seconds(minutes: Fraction) -> int:
    """Return minutes as whole seconds."""
    return round(minutes * 60)


def three_points(row: Activity, ahead: WorkAhead, rest: int) -> ThreePoints | None:
    """Return the estimate of what remains, of begun work the same share of each point; None without an estimate.

    Args:
        row: The activity.
        ahead: What the file says about what is ahead of it.
        rest: Seconds that remain.

    Raises:
        CollectorRefusal: The estimate runs backwards.
    """
    given = ahead.estimate
    if given is None or given.low is None or given.high is None:
        return None
    likely = given.likely if given.likely is not None else row.minutes if row.actual_start else ahead.remaining
    if likely is None or not given.low <= likely <= given.high:
        raise CollectorRefusal(
            f"{row.label}: its estimate is {_hours(given.low)} at best, {_hours(likely)} most likely and "
            f"{_hours(given.high)} at worst; each must be at least the one before"
        )
    if row.actual_start is None:
        return ThreePoints(low=whole_seconds(given.low), likely=whole_seconds(likely), high=whole_seconds(given.high))
    if not likely:
        return None
    return ThreePoints(low=int(rest * given.low / likely), likely=rest, high=-(-rest * given.high // likely))


def working_time(reading: CalendarReading) -> WorkingTime:
    """Return one reading of a calendar as a network has it."""
    return WorkingTime(
        week=reading.week,
        special=tuple((day.toordinal(), shifts) for day, shifts in sorted(reading.special.items())),
    )


def declared(simulation: Simulation | None) -> SpreadDeclared:
    """Return what the settings declare about uncertainty."""
    if simulation is None:
        return SpreadDeclared()
    low, high = simulation.spread or (None, None)
    return SpreadDeclared(low=low, high=high, correlation=simulation.correlation, shape=simulation.shape)


def _hours(minutes: Fraction | None) -> str:
    return "nothing" if minutes is None else f"{float(minutes / 60):g} hours"
