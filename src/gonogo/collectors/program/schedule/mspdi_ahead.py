"""What is ahead, by Microsoft Project XML: remaining durations, constraints, and estimates in custom fields."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import Activity
from gonogo.collectors.program.schedule.mspdi_spans import Spans
from gonogo.collectors.program.schedule.mspdi_values import read_date, read_duration, read_flag, read_number, wrong
from gonogo.collectors.program.schedule.settings import EstimateFields
from gonogo.collectors.program.schedule.work_ahead import Estimate, Hold, HoldKind, WorkAhead
from gonogo.collectors.program.schedule.xml_records import Record
from gonogo.plugin.spec import CollectorRefusal

HOLDS: Final = {
    "1": HoldKind.LATE,
    "2": HoldKind.START_ON,
    "3": HoldKind.FINISH_ON,
    "4": HoldKind.START_NOT_BEFORE,
    "5": HoldKind.START_NOT_AFTER,
    "6": HoldKind.FINISH_NOT_BEFORE,
    "7": HoldKind.FINISH_NOT_AFTER,
}


def read_ahead(
    tasks: list[Record],
    activities: dict[str, Activity],
    fields: EstimateFields | None,
    ids: dict[str, str],
    per_day: Fraction | None,
) -> dict[str, WorkAhead]:
    """Return what is ahead of each live row, by its UID.

    Args:
        tasks: Task records.
        activities: The live rows.
        fields: Where estimates stand; None where nobody asks for them.
        ids: FieldID of each custom field, by name and by alias.
        per_day: Minutes that make one day; None where nobody says.

    Raises:
        CollectorRefusal: A field is malformed, or the file has no custom field of that name.
    """
    names = {} if fields is None else fields.by_point()
    for name in names.values():
        if name not in ids:
            raise CollectorRefusal(f"the file defines no custom field {name!r}, which the settings name for estimates")
    wanted = {point: ids[name] for point, name in names.items()}
    unit = None if fields is None else fields.unit
    return {
        task["UID"]: _ahead(task, activities[task["UID"]], wanted, unit, per_day)
        for task in tasks
        if task.get("UID") in activities
    }


def _ahead(
    task: Record, activity: Activity, wanted: dict[str, str], unit: str | None, per_day: Fraction | None
) -> WorkAhead:
    holds = []
    kind = HOLDS.get(task.get("ConstraintType") or "0")
    if kind is not None:
        holds.append(Hold(kind, read_date(task, "ConstraintDate")))
    if read_flag(task, "Manual"):
        holds.append(Hold(HoldKind.BY_HAND, read_date(task, "Start")))
    remaining, unread = activity.minutes, activity.unread
    if activity.actual_start is not None:
        remaining, unread = Spans(per_day, {}, None).remaining(task, activity.minutes)
    estimate = None
    if wanted:
        values = {entry.get("FieldID"): entry.get("Value", "") for entry in task.get("ExtendedAttribute", ())}
        found = {point: _minutes(task, values.get(field, ""), unit, per_day) for point, field in wanted.items()}
        estimate = Estimate(**found)
    return WorkAhead(
        remaining,
        read_date(task, "Resume"),
        tuple(holds),
        estimate=estimate,
        unread=unread,
        by_percent=_by_percent(task, activity),
    )


def _by_percent(task: Record, activity: Activity) -> Fraction | None:
    percent = read_number(task, "PercentComplete")
    if percent is None or activity.minutes is None or activity.actual_start is None:
        return None
    return activity.minutes * (100 - min(percent, Fraction(100))) / 100


def _minutes(task: Record, text: str, unit: str | None, per_day: Fraction | None) -> Fraction | None:
    """Return an estimate in minutes: a duration, or a number in the unit that the settings name."""
    if not text:
        return None
    entry = {"UID": task.get("UID", "?"), "Estimate": text}
    if text.startswith("P"):
        length = read_duration(entry, "Estimate")
        days, minutes = (Fraction(0), Fraction(0)) if length is None else (length.days, length.minutes)
    elif unit is None:
        raise wrong(entry, "Estimate", "a duration; state `unit` beside the fields where they hold numbers")
    else:
        number = read_number(entry, "Estimate") or Fraction(0)
        days, minutes = (number, Fraction(0)) if unit == "days" else (Fraction(0), number * 60)
    if days and per_day is None:
        raise wrong(entry, "Estimate", "usable: nobody says how many hours a day has; state hours_per_day")
    found = days * (per_day or 0) + minutes
    if found < 0:
        raise wrong(entry, "Estimate", "0 or more")
    return found
