"""Moments as documents write them: dates, local times and instants, read in the program's time zone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.documents.xlsx.dated_sentences import day_within
from gonogo.documents.xlsx.dates import named_date
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal, Input, Job

CLOCK_SLACK: Final = timedelta(seconds=30)
"""How far a source's clock may be ahead of ours."""

EARLIEST_YEAR: Final = 1950
"""Days of rows before it are slips: nothing that counts was done before."""

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:?[0-9]{2})?", re.ASCII
)


def day_start(day: date, time_zone: str) -> datetime:
    """Return the first moment of a local day, in UTC: what a date without a time means."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(time_zone)).astimezone(UTC)


def check_past(moment: datetime, now: datetime, place: str) -> None:
    """Refuse an input from the future: a fact made of several takes the oldest of their moments, which would hide it.

    Raises:
        CollectorRefusal: It is dated after the assessment.
    """
    if moment > now + CLOCK_SLACK:
        raise CollectorRefusal(
            f"{place} is dated {moment.astimezone(UTC):%Y-%m-%d %H:%M} UTC, after the assessment",
            GapReason.FUTURE,
        )


def held_by(source: Input, moments: Sequence[datetime], job: Job) -> datetime:
    """Return when a tool's document held: what the binding says, else the oldest of the moments in it.

    Raises:
        CollectorRefusal: Nobody says when, or it holds a moment after the assessment.
    """
    if moments:
        check_past(max(moments), job.now, source.file_name)
    return source.held(min(moments, default=None))


def local_day(moment: datetime, time_zone: str) -> date:
    """Return the local date of an instant."""
    return moment.astimezone(ZoneInfo(time_zone)).date()


def read_day(value: object) -> date | None:
    """Return the local date of a date, a date with time, or text such as ``2027-04-12``; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and _DATE.fullmatch(value.strip()):
        try:
            return date.fromisoformat(value.strip())
        except ValueError:
            return None
    return None


def cell_moment(value: object, time_zone: str) -> datetime | None:
    """Return the instant that a workbook's cell gives: a moment, or a day such as ``November 20, 2026``."""
    moment = read_moment(value, time_zone)
    if moment is None and isinstance(value, str) and (day := named_date(value)) is not None:
        return day_start(day, time_zone)
    return moment


def stated_moment(value: object, time_zone: str) -> datetime | None:
    """Return the instant that the cell gives by which content is dated, also in a sentence: ``as of 27 Nov 2026``."""
    moment = cell_moment(value, time_zone)
    if moment is None and isinstance(value, str) and (day := day_within(value)) is not None:
        return day_start(day, time_zone)
    return moment


def read_moment(value: object, time_zone: str) -> datetime | None:
    """Return the instant, in UTC, of a date (its first moment), a local time, or ISO 8601 text; None for anything else.

    A time without an offset is local; one that a clock change makes ambiguous is the earlier of the two.
    """
    moment: datetime | None = None
    if isinstance(value, datetime):
        moment = value
    elif isinstance(value, date):
        return day_start(value, time_zone)
    elif isinstance(value, str):
        text = value.strip()
        if _DATE.fullmatch(text):
            day = read_day(text)
            return None if day is None else day_start(day, time_zone)
        if _TIME.fullmatch(text):
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                return None
    if moment is None:
        return None
    try:
        return (moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(time_zone))).astimezone(UTC)
    except OverflowError:
        return None
