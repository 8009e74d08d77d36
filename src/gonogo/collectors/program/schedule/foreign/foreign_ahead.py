"""What is ahead, by a plan that MPXJ has read: remaining durations, constraints, and estimates in custom fields."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.program.schedule.activities import Activity
from gonogo.collectors.program.schedule.foreign.foreign_fields import task_fields
from gonogo.collectors.program.schedule.foreign.foreign_values import ForeignValues, number_of
from gonogo.collectors.program.schedule.settings import EstimateFields
from gonogo.collectors.program.schedule.work_ahead import Estimate, Hold, HoldKind, WorkAhead
from gonogo.plugin.spec import CollectorRefusal

HOLDS: Final = {
    "AS_LATE_AS_POSSIBLE": HoldKind.LATE,
    "MUST_START_ON": HoldKind.START_ON,
    "START_ON": HoldKind.START_ON,
    "MUST_FINISH_ON": HoldKind.FINISH_ON,
    "FINISH_ON": HoldKind.FINISH_ON,
    "START_NO_EARLIER_THAN": HoldKind.START_NOT_BEFORE,
    "START_NO_LATER_THAN": HoldKind.START_NOT_AFTER,
    "FINISH_NO_EARLIER_THAN": HoldKind.FINISH_NOT_BEFORE,
    "FINISH_NO_LATER_THAN": HoldKind.FINISH_NOT_AFTER,
}
LAGS_BY: Final = {
    "PREDECESSOR": "predecessor",
    "SUCCESSOR": "successor",
    "PROJECT_DEFAULT": "project",
    "TWENTY_FOUR_HOUR": "always",
}
AT_START: Final = ("START_MILESTONE", "START_FLAG")


def lags_by(properties: Any, fields: Any) -> str:
    """Return in whose calendar lags count in a plan of Primavera, by its options; P6's default where it has none.

    Args:
        properties: The project's properties.
        fields: Fields of projects (``org.mpxj.ProjectField``).
    """
    return LAGS_BY.get(_name(properties.getCachedValue(fields.RELATIONSHIP_LAG_CALENDAR)), "successor")


def read_ahead(
    project: Any,
    activities: dict[str, Activity],
    values: ForeignValues,
    fields: EstimateFields | None,
    *,
    oracle: bool,
    per_day: Fraction | None,
) -> dict[str, WorkAhead]:
    """Return what is ahead of each live row, by its unique id.

    Args:
        project: What MPXJ has read.
        activities: The live rows.
        values: Reads their values.
        fields: Where estimates stand; None where nobody asks for them.
        oracle: The plan is Primavera's, which says what remains of every activity.
        per_day: Minutes that make one day, for estimates that are numbers; None where nobody says.

    Raises:
        CollectorRefusal: A constraint is of a kind that is not known, an estimate is no duration, or the plan has not
            one field of that name.
    """
    members = {}
    for point, name in ({} if fields is None else fields.by_point()).items():
        found = list(task_fields(project, name).values())
        if len(found) != 1:
            raise CollectorRefusal(
                f"the plan defines {len(found)} custom fields {name!r} of activities, which the settings name for "
                "estimates"
            )
        members[point] = found[0]
    unit = None if fields is None else fields.unit
    ahead = {}
    for row in project.getTasks():
        activity = activities.get(str(row.getUniqueID()))
        if activity is None:
            continue
        estimate = {
            point: _estimate(row.getCachedValue(member), activity, values, unit, per_day)
            for point, member in members.items()
        }
        begun = activity.actual_start is not None
        remaining = activity.minutes
        if oracle or begun:
            remaining = values.minutes(values.raw(row, "REMAINING_DURATION"))
        ahead[activity.key] = WorkAhead(
            remaining,
            values.date(row, "RESUME"),
            tuple(_holds(row, activity, values)),
            at_start=oracle and _name(values.raw(row, "ACTIVITY_TYPE")) in AT_START,
            estimate=Estimate(**estimate) if members else None,
            by_percent=None if oracle or not begun else _by_percent(row, activity, values),
        )
    return ahead


def _name(value: Any) -> str:
    return "" if value is None else str(value.name())


def _holds(row: Any, activity: Activity, values: ForeignValues) -> Iterable[Hold]:
    for form, when in (
        ("CONSTRAINT_TYPE", "CONSTRAINT_DATE"),
        ("SECONDARY_CONSTRAINT_TYPE", "SECONDARY_CONSTRAINT_DATE"),
    ):
        kind = _name(values.raw(row, form))
        if kind in ("", "AS_SOON_AS_POSSIBLE"):
            continue
        if kind not in HOLDS:
            raise CollectorRefusal(f"{activity.label} has a constraint of the kind {kind[:40]!r}")
        yield Hold(HOLDS[kind], values.date(row, when))
    if _name(values.raw(row, "TASK_MODE")) == "MANUALLY_SCHEDULED":
        yield Hold(HoldKind.BY_HAND, values.date(row, "START"))


def _by_percent(row: Any, activity: Activity, values: ForeignValues) -> Fraction | None:
    percent = number_of(values.raw(row, "PERCENT_COMPLETE"))
    if percent is None or activity.minutes is None:
        return None
    return activity.minutes * (100 - min(percent, Fraction(100))) / 100


def _estimate(
    value: Any, activity: Activity, values: ForeignValues, unit: str | None, per_day: Fraction | None
) -> Fraction | None:
    """Return an estimate in minutes: a duration, or a number in the unit that the settings name."""
    if value is None or not str(value).strip():
        return None
    if hasattr(value, "convertUnits"):
        found = values.minutes(value) or Fraction(0)
    else:
        if unit is None:
            raise CollectorRefusal("state `unit` (hours or days) beside the fields that hold estimates")
        if unit == "days" and per_day is None:
            raise CollectorRefusal(
                f"{activity.label}: nobody says how many hours a day of its estimate has; state hours_per_day"
            )
        found = (number_of(value) or Fraction(0)) * (60 if unit == "hours" else per_day or 0)
    if found < 0:
        raise CollectorRefusal(f"{activity.label} has the negative estimate {str(value)[:40]}")
    return found
