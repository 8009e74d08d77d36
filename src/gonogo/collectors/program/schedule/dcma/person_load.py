"""How much is asked of each person, by week: the heaviest load, and who bears it."""

from __future__ import annotations

from fractions import Fraction

from gonogo.collectors.program.schedule.activities import absent
from gonogo.collectors.program.schedule.dcma import point_facts
from gonogo.collectors.program.schedule.schedule_view import ScheduleView, up
from gonogo.collectors.program.schedule.staffing import WEEK, by_person, demand_and_capacity
from gonogo.plugin.spec import Answer


def peak_load(reading: ScheduleView) -> Answer:
    """Largest demand / capacity of one person in one of the six weeks after the data date.

    Demand and capacity are those of ``overallocated_resources``. People of whom nothing is asked count with none. In a
    week without working time nothing can be asked. Named are the people above their capacity, the heaviest first.
    """
    people = reading.schedule.people
    loads: list[tuple[Fraction, str, int]] = []
    for person, entries in by_person(reading).items():
        for week, (demand, capacity) in enumerate(demand_and_capacity(reading, person, entries)):
            if demand and not capacity:
                raise absent(f"{people[person].name or 'resource ' + person} has work to do and no capacity")
            if capacity:
                loads.append((demand / capacity, people[person].name or f"resource {person}", week))
    worst = max(loads, default=(Fraction(0), "", 0))
    over = sorted((entry for entry in loads if entry[0] > 1), reverse=True)
    begin = reading.schedule.data_date + worst[2] * WEEK
    where = f"{worst[1][:60]} in the week from {begin:%Y-%m-%d}" if worst[1] else ""
    return point_facts.PEAK_RESOURCE_LOAD.value(up(worst[0]), as_of=reading.as_of, where=where).naming(
        dict.fromkeys(name for _, name, _ in over)
    )
