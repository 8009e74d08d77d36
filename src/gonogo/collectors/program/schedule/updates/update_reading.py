"""Reads one update, whichever of the three readers its file needs."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule import mspdi, xer
from gonogo.collectors.program.schedule.activities import Schedule, absent
from gonogo.collectors.program.schedule.foreign import java_machine
from gonogo.collectors.program.schedule.foreign.foreign_schedule import SET_STATUS, pick, schedule_of
from gonogo.collectors.program.schedule.settings import XerSettings
from gonogo.plugin.spec import CollectorRefusal, Input, Job

HEAD: Final = 4096


def read_update(source: Input, job: Job, settings: XerSettings) -> Schedule:
    """Return the schedule of one file.

    Raises:
        CollectorRefusal: It cannot be used, or has no status date; the sentence names the input and the file.
    """
    try:
        schedule, set_status = _read(source, job, settings)
        if not schedule.reported:
            raise absent(f"the schedule has no status date, so nobody can tell what it updates: {set_status}")
    except CollectorRefusal as refusal:
        raise CollectorRefusal(f"{source.name}, {source.file_name}: {refusal}", refusal.reason) from refusal
    return schedule


def _read(source: Input, job: Job, settings: XerSettings) -> tuple[Schedule, str]:
    with source.open() as stream:
        head = stream.read(HEAD)
    holidays = sorted(date.fromisoformat(day) for day in job.holidays)
    if head.lstrip(b"\xef\xbb\xbf").startswith(b"ERMHDR"):
        return xer.read_xer(source, settings, time_zone=job.time_zone, now=job.now, holidays=holidays), xer.SET_STATUS
    hours = None if settings.hours_per_day is None else Fraction(settings.hours_per_day) * 60
    if mspdi.NAMESPACE.encode() in head or mspdi.NAMESPACE.encode("utf-16-le") in head:
        schedule = mspdi.read_mspdi(
            source, time_zone=job.time_zone, now=job.now, holidays=holidays, minutes_per_day=hours
        )
        return schedule, mspdi.SET_STATUS
    project = pick(java_machine.read_projects(source, job.scratch), settings.project)
    schedule = schedule_of(
        project,
        source,
        java_machine.java_class,
        time_zone=job.time_zone,
        now=job.now,
        holidays=holidays,
        contract="",
    )
    return schedule, SET_STATUS
