"""Awards and ends of contracts against the work that needs them, and against what go-live can wait for."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from fractions import Fraction

from gonogo.collectors.program.schedule.activities import Activity, absent, keys, named, unprovable
from gonogo.collectors.program.schedule.dcma import point_facts
from gonogo.collectors.program.schedule.schedule_view import ScheduleView, down
from gonogo.collectors.program.schedule.settings import ContractPeriod
from gonogo.plugin.spec import Answer


def outside_contract(reading: ScheduleView) -> Answer:
    """Unfinished activities that start before the award of their contract, or finish after its last day.

    Starting on the day of the award, and finishing on the last day, is inside.
    """
    found = []
    for row, period in _dated(reading):
        start, finish = _dates(row)
        early = row.actual_start is None and start.date() < period.award
        late = period.end is not None and finish.date() > period.end
        if early or late:
            found.append(row)
    return point_facts.TASKS_OUTSIDE_CONTRACT.value(len(found), as_of=reading.as_of, where=named(found)).naming(
        keys(found)
    )


def award_float(reading: ScheduleView) -> Answer:
    """Smallest working time from an award to the latest start of what needs it on the way to go-live.

    The latest start is the start plus the total float, by the activity's calendar. The award counts from the end of its
    day. Work that has begun needs no award any more.
    """
    reading.sound()
    reading.closed()
    on_path = {row.key for row in reading.path}
    rows = [(row, period) for row, period in _dated(reading) if row.key in on_path and row.actual_start is None]
    if not rows:
        raise absent("no activity feeding go-live that is still to begin names a contract with an award date")
    silent = [row for row, _ in rows if row.slack is None]
    if silent:
        raise absent(f"{len(silent)} activities that wait for a contract have no total float: {named(silent)}")
    found = [(_spare(reading, row, period), row) for row, period in rows]
    least = min(spare for spare, _ in found)
    worst = [row for spare, row in found if spare == least]
    late = [row for spare, row in found if spare < 0]
    return point_facts.CONTRACT_AWARD_FLOAT_DAYS.value(down(least), as_of=reading.as_of, where=named(worst)).naming(
        keys(late)
    )


def _spare(reading: ScheduleView, row: Activity, period: ContractPeriod) -> Fraction:
    schedule = reading.schedule
    start, _ = _dates(row)
    awarded = datetime.combine(period.award, time.min) + timedelta(days=1)
    minutes = schedule.calendar_of(row).lowest(awarded, start) + (row.slack or Fraction(0))
    return schedule.days(minutes, row)


def _dates(row: Activity) -> tuple[datetime, datetime]:
    if row.start is None or row.finish is None:
        raise absent(f"{row.label} names a contract and has no start or no finish date")
    return row.start, row.finish


def _dated(reading: ScheduleView) -> list[tuple[Activity, ContractPeriod]]:
    """Return the unfinished activities that name a contract, each with the dates of the contract.

    Raises:
        CollectorRefusal: The settings give no dates, the field is not there or is empty, or a contract has no dates.
    """
    contract, schedule = reading.settings.contract, reading.schedule
    if contract is None or not contract.periods:
        raise unprovable("the settings give no award dates of contracts (`contract`, with `field` and `periods`)")
    if schedule.uncontracted is not None:
        raise schedule.uncontracted
    if not schedule.contract_field:
        raise absent(f"the file defines no field named {contract.field!r}")
    if not any(row.contract for row in reading.activities):
        raise absent(f"no activity says anything in the field {contract.field!r}")
    periods = {period.contract: period for period in contract.periods}
    rows = [row for row in reading.unfinished if row.contract]
    unknown = [row for row in rows if row.contract not in periods]
    if unknown:
        names = ", ".join(sorted({row.contract[:60] for row in unknown})[:5])
        raise absent(f"the settings give no dates (`periods`) of contracts that activities name: {names}")
    return [(row, periods[row.contract]) for row in rows]
