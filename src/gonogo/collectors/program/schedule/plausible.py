"""Whether the activity that the settings name can be the go-live of this release, by its dates alone.

A setting that names another row would make true sentences of false ones: a task that is done has no path left, cannot
slip, and everything that feeds it is done. A date that merely differs is reported: forecasts slip.
"""

from __future__ import annotations

from typing import Final

from gonogo.collectors.program.schedule import facts
from gonogo.collectors.program.schedule.activities import absent
from gonogo.collectors.program.schedule.dcma import point_facts
from gonogo.collectors.program.schedule.schedule_view import ScheduleView

OF_GOLIVE: Final = (
    facts.HAS_POST_GOLIVE_TASKS,
    facts.GOLIVE_PATH_CONTINUOUS,
    facts.GOLIVE_TOTAL_FLOAT_DAYS,
    facts.NEGATIVE_FLOAT_TASKS,
    facts.GOLIVE_TASKS,
    facts.GOLIVE_TASK_MAX_VARIANCE,
    facts.GOLIVE_TASKS_LATE,
    facts.FORECAST_SLIP_DAYS,
    facts.CPLI,
    point_facts.CRITICAL_PATH_TEST,
    point_facts.GOLIVE_BASELINE_VARIANCE_DAYS,
    point_facts.CONTRACT_AWARD_FLOAT_DAYS,
)
"""Facts that are about the go-live activity."""


def check_golive(reading: ScheduleView) -> None:
    """Check that the go-live activity can still be the go-live of this release.

    Raises:
        CollectorRefusal: It is marked as finished before the local day of the release's go-live; or it is not
            finished, go-live is on a later day than the status date, and it was to finish before the status date.
    """
    row, schedule = reading.golive, reading.schedule
    named = f"{row.label}, which the settings name as go-live,"
    if row.claims_done or row.actual_finish is not None:
        done = row.actual_finish or row.finish
        if done is None or done.date() < reading.planned:
            when = "is marked as finished" if done is None else f"is marked as finished on {done:%Y-%m-%d}"
            raise absent(
                f"{named} {when}, but go-live of {reading.release} is on {reading.planned}: name the activity of that "
                "go-live in `golive`, or correct `go_live` of the release"
            )
        return
    to_come = schedule.reported and schedule.data_date.date() < reading.planned
    if to_come and row.finish is not None and row.finish < schedule.data_date:
        raise absent(
            f"{named} was to finish on {row.finish:%Y-%m-%d}, before the status date {schedule.data_date:%Y-%m-%d}, "
            f"and is not finished, while go-live of {reading.release} is on {reading.planned}: name the activity of "
            "that go-live in `golive`, or reschedule it in its tool and save again"
        )
