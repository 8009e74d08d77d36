"""The hour of go-live: a forecast for its evening is late where the release goes live in the morning."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from fractions import Fraction

from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.collectors.program.schedule.worktime import elapsed_minutes


def on_the_day(reading: ScheduleView) -> bool:
    """Whether the forecast is later than go-live of the release, on its own day."""
    return reading.forecast.date() == reading.planned and reading.forecast > reading.goes_live


def after_the_hour(reading: ScheduleView) -> Fraction:
    """Return how many days the forecast is later than go-live of the release on the day of both; 0 if it is on time.

    Nobody is on time who is later than the hour of the release, whatever was committed. A tool dates what is due with
    the start of a working day, and a baseline of that day may name an hour: up to these it is no slip.
    """
    golive = reading.golive
    if not on_the_day(reading) or golive.finished(reading.schedule.data_date):
        return Fraction(0)
    baseline = golive.baseline.finish if golive.baseline is not None else reading.goes_live
    if baseline.date() == reading.planned and reading.forecast <= baseline:
        return Fraction(0)
    calendar = reading.schedule.calendar_of(golive).least
    mornings = [shifts[0][0] for shifts in (calendar.shifts(reading.planned), *calendar.week) if shifts]
    if mornings and reading.forecast <= datetime.combine(reading.planned, time.min) + timedelta(seconds=mornings[0]):
        return Fraction(0)
    return elapsed_minutes(reading.goes_live, reading.forecast) / 1440
