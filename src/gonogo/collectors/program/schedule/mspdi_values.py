"""How Microsoft Project XML writes dates, durations, numbers and flags. Anything else is malformed, never guessed."""

from __future__ import annotations

import re
from datetime import datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final

from gonogo.collectors.program.schedule.plan import LagKind
from gonogo.collectors.program.schedule.records import Record
from gonogo.plugin.spec import CollectorRefusal

_DURATION: Final = re.compile(r"PT([0-9]{1,9})H([0-9]{1,9})M([0-9]{1,9})(?:\.[0-9]{1,6})?S", re.ASCII)
_INTEGER: Final = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?", re.ASCII)
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])", re.ASCII)

CACHED: Final = 4096
"""Schedules repeat few dates and durations many times."""

ELAPSED_FORMATS: Final = frozenset({"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"})
PERCENT_FORMATS: Final = frozenset({"19", "51"})
ELAPSED_PERCENT_FORMATS: Final = frozenset({"20", "52"})


def wrong(record: Record, name: str, what: str) -> CollectorRefusal:
    """Return the refusal of one field of one record."""
    return CollectorRefusal(f"UID {record.get('UID', '?')}: {name} is {record.get(name, '')[:60]!r}, not {what}")


@lru_cache(maxsize=CACHED)
def _date(text: str) -> datetime | None:
    if len(text) == 19 and text[4] == "-" and text[7] == "-" and text[10] == "T":
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            return None
    return None


def read_date(record: Record, name: str) -> datetime | None:
    """Return a local date and time ``2027-04-15T17:00:00``; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is written otherwise, with an offset, or is no date of the calendar.
    """
    text: str = record.get(name, "")
    if not text:
        return None
    moment = _date(text)
    if moment is None:
        raise wrong(record, name, "a local date and time such as 2027-04-15T17:00:00")
    return moment


@lru_cache(maxsize=CACHED)
def _duration(text: str) -> Fraction | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    hours, minutes, seconds = (int(group) for group in found.groups())
    return Fraction((hours * 60 + minutes) * 60 + seconds, 60)


def read_duration(record: Record, name: str) -> Fraction | None:
    """Return minutes from ``PT16H0M0S``; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is written otherwise, or is negative.
    """
    text: str = record.get(name, "")
    if not text:
        return None
    minutes = _duration(text)
    if minutes is None:
        raise wrong(record, name, "a duration such as PT16H0M0S")
    return minutes


@lru_cache(maxsize=CACHED)
def _tenths(text: str) -> Fraction | None:
    return Fraction(int(text), 10) if _INTEGER.fullmatch(text) else None


def read_tenths(record: Record, name: str) -> Fraction | None:
    """Return minutes from a count of tenths of a minute; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is no whole number.
    """
    text: str = record.get(name, "")
    if not text:
        return None
    minutes = _tenths(text)
    if minutes is None:
        raise wrong(record, name, "a whole number of tenths of a minute")
    return minutes


@lru_cache(maxsize=CACHED)
def _number(text: str) -> Fraction | None:
    return Fraction(text) if _DECIMAL.fullmatch(text) else None


def read_number(record: Record, name: str) -> Fraction | None:
    """Return a plain decimal number; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is written otherwise.
    """
    text: str = record.get(name, "")
    if not text:
        return None
    number = _number(text)
    if number is None:
        raise wrong(record, name, "a number")
    return number


def read_flag(record: Record, name: str, *, default: bool = False) -> bool:
    """Return a flag ``0``/``1`` (``true``/``false``); ``default`` when it is absent or blank.

    Raises:
        CollectorRefusal: It is written otherwise.
    """
    text: str = record.get(name, "")
    if not text:
        return default
    if text in ("1", "true"):
        return True
    if text in ("0", "false"):
        return False
    raise wrong(record, name, "0 or 1")


def read_clock(text: str) -> int:
    """Return seconds of the day from ``08:00:00``.

    Raises:
        ValueError: It is no time of day.
    """
    found = _CLOCK.fullmatch(text)
    if found is None:
        raise ValueError(f"{text[:40]!r} is not a time of day")
    hours, minutes, seconds = (int(group) for group in found.groups())
    return hours * 3600 + minutes * 60 + seconds


def lag_of(record: Record) -> tuple[Fraction, LagKind]:
    """Return the lag of a predecessor link and how it is measured.

    ``LinkLag`` holds tenths of a minute, working or elapsed by ``LagFormat``; with a percent format it holds percent.

    Raises:
        CollectorRefusal: It is no whole number.
    """
    lag = read_tenths(record, "LinkLag") or Fraction(0)
    form = record.get("LagFormat", "")
    if form in PERCENT_FORMATS or form in ELAPSED_PERCENT_FORMATS:
        return lag * 10, LagKind.PERCENT
    return lag, LagKind.ELAPSED if form in ELAPSED_FORMATS else LagKind.WORKING
