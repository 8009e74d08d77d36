"""What is ahead, by Primavera: remaining durations, constraints, and estimates in user-defined fields."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import Activity
from gonogo.collectors.program.schedule.settings import EstimateFields
from gonogo.collectors.program.schedule.work_ahead import Estimate, Hold, HoldKind, WorkAhead
from gonogo.collectors.program.schedule.worktime import WorkCalendar
from gonogo.collectors.program.schedule.xer_tables import Tables, read_date, read_number
from gonogo.collectors.program.schedule.xer_tasks import read_length
from gonogo.plugin.spec import CollectorRefusal

HOLDS: Final = {
    "CS_ALAP": HoldKind.LATE,
    "CS_MSO": HoldKind.START_ON,
    "CS_MANDSTART": HoldKind.START_ON,
    "CS_MEO": HoldKind.FINISH_ON,
    "CS_MANDFIN": HoldKind.FINISH_ON,
    "CS_MSOA": HoldKind.START_NOT_BEFORE,
    "CS_MSOB": HoldKind.START_NOT_AFTER,
    "CS_MEOA": HoldKind.FINISH_NOT_BEFORE,
    "CS_MEOB": HoldKind.FINISH_NOT_AFTER,
}

LAG_CALENDARS: Final = {
    "rcal_Predecessor": "predecessor",
    "rcal_Successor": "successor",
    "rcal_ProjDefault": "project",
    "rcal_24Hour": "always",
}


def read_ahead(
    tables: Tables,
    activities: dict[str, Activity],
    fields: EstimateFields | None,
    calendars: dict[str, WorkCalendar],
    per_day: Fraction | None,
) -> dict[str, WorkAhead]:
    """Return what is ahead of each activity, by its task_id.

    Args:
        tables: Rows of the file.
        activities: The activities of the project.
        fields: Where estimates stand; None where nobody asks for them.
        calendars: Calendars by id, which say how long their days are.
        per_day: Minutes that make one day where the settings say so.

    Raises:
        CollectorRefusal: A field is malformed, a constraint is of a kind that is not known, or the file has no
            user-defined field of that name.
    """
    estimates = {} if fields is None else _estimates(tables, fields, activities, calendars, per_day)
    found = {}
    for row in tables["TASK"]:
        key = row["task_id"]
        if key not in activities:
            continue
        remaining, unread = read_length(row, "remain_drtn_hr_cnt")
        holds = []
        for form, when in (("cstr_type", "cstr_date"), ("cstr_type2", "cstr_date2")):
            if kind := row.get(form, ""):
                if kind not in HOLDS:
                    raise CollectorRefusal(f"activity {row['task_code'][:40]!r}: {form} is {kind[:40]!r}")
                holds.append(Hold(HOLDS[kind], read_date(row, when)))
        found[key] = WorkAhead(
            remaining,
            read_date(row, "resume_date"),
            tuple(holds),
            at_start=row["task_type"] == "TT_Mile",
            estimate=None if fields is None else estimates.get(key, Estimate()),
            unread=unread,
        )
    return found


def lags_by(tables: Tables, project: str) -> str:
    """Return in whose calendar lags count, by the options with which the project is scheduled."""
    rows = [row for row in tables["SCHEDOPTIONS"] if row.get("proj_id") == project]
    kinds = {LAG_CALENDARS.get(row.get("sched_calendar_on_relationship_lag", ""), "successor") for row in rows}
    return kinds.pop() if len(kinds) == 1 else "successor"


def _estimates(
    tables: Tables,
    fields: EstimateFields,
    activities: dict[str, Activity],
    calendars: dict[str, WorkCalendar],
    per_day: Fraction | None,
) -> dict[str, Estimate]:
    tables.need("UDFTYPE", "UDFVALUE")
    points: dict[str, str] = {}
    for point, name in fields.by_point().items():
        ids = [
            row["udf_type_id"]
            for row in tables["UDFTYPE"]
            if row["udf_type_label"] == name and row["table_name"] == "TASK"
        ]
        if len(ids) != 1:
            raise CollectorRefusal(
                f"the file defines {len(ids)} user-defined fields {name!r} of activities, which the settings name for "
                "estimates"
            )
        points[ids[0]] = point
    values: dict[str, dict[str, Fraction]] = {}
    for row in tables["UDFVALUE"]:
        point, activity = points.get(row["udf_type_id"], ""), activities.get(row["fk_id"])
        if not point or activity is None:
            continue
        column = "udf_number" if row.get("udf_number") else "udf_text"
        number = read_number({**row, "task_code": activity.code}, column)
        if number is None:
            continue
        mine = values.setdefault(activity.key, {})
        if point in mine:
            raise CollectorRefusal(f"{activity.label} has the same estimate twice")
        if fields.unit is None:
            raise CollectorRefusal("state `unit` (hours or days) beside the fields that hold estimates")
        if number < 0:
            raise CollectorRefusal(f"{activity.label} has the negative estimate {row[column][:40]}")
        mine[point] = number * (60 if fields.unit == "hours" else _day(activity, calendars, per_day))
    return {key: Estimate(**mine) for key, mine in values.items()}


def _day(activity: Activity, calendars: dict[str, WorkCalendar], per_day: Fraction | None) -> Fraction:
    calendar = calendars.get(activity.calendar or "")
    minutes = per_day or (calendar.minutes_per_day if calendar is not None else None)
    if minutes is None:
        raise CollectorRefusal(
            f"{activity.label}: nobody says how many hours a day of its estimate has; state hours_per_day"
        )
    return minutes
