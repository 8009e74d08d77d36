"""People and their assignments, as MPXJ has read them."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.program.schedule.activities import Activity
from gonogo.collectors.program.schedule.foreign.foreign_values import ForeignValues, number_of, text_of
from gonogo.collectors.program.schedule.resources import Assignment, Person
from gonogo.plugin.spec import CollectorRefusal

FULL: Final = 100


def read_people(resources: Iterable[Any]) -> dict[str, Person | None]:
    """Return the resources that do work, by unique id, and None for materials, equipment and costs.

    Raises:
        CollectorRefusal: A unique id is missing or doubled.
    """
    people: dict[str, Person | None] = {}
    for row in resources:
        key = str(row.getUniqueID())
        if key == "None" or key in people:
            raise CollectorRefusal(f"resource {key[:40]!r} is missing its id or written twice")
        kind, name, units = row.getType(), text_of(row.getName()), number_of(row.getMaxUnits())
        works = (kind is None or str(kind.name()) == "WORK") and key != "0" and not row.getNull()
        named = bool(name) and not row.getGeneric() and not row.getRole()
        capacity = Fraction(1) if units is None else units / FULL
        calendar = row.getCalendar()
        hours = None if calendar is None else str(calendar.getUniqueID())
        people[key] = Person(key, name, named, capacity, hours) if works else None
    return people


def read_assignments(
    rows: Iterable[Any],
    people: dict[str, Person | None],
    activities: dict[str, Activity],
    values: ForeignValues,
    *,
    oracle: bool = False,
) -> tuple[Assignment, ...] | None:
    """Return who works on what; None where the plan assigns nobody.

    Plans of Oracle's tools keep planned ends of assignments beside the forecast, so their ends hold nothing back.

    Raises:
        CollectorRefusal: An assignment names a resource that the plan does not hold.
    """
    found: list[Assignment] = []
    for row in rows:
        task, person = str(row.getTaskUniqueID()), str(row.getResourceUniqueID())
        if task not in activities or person in ("None", "0", "-65535"):
            continue
        if person not in people:
            raise CollectorRefusal(f"an assignment names resource {person[:40]!r}, which the plan does not hold")
        if people[person] is None:
            continue
        units = number_of(row.getUnits())
        start, finish = values.moment(row.getStart()), values.moment(row.getFinish())
        done = row.getActualFinish() is not None
        full = Fraction(1) if units is None else units / FULL
        found.append(Assignment(task, person, full, start, finish, done=done, until=None if oracle else finish))
    return tuple(found) or None
