"""How Microsoft Project XML writes dates, durations, numbers and flags. Anything else is malformed, never guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from functools import lru_cache
from typing import Final

from gonogo.collectors.program.schedule.activities import LagKind
from gonogo.collectors.program.schedule.xml_records import Record
from gonogo.plugin.spec import CollectorRefusal

_PART: Final = r"([0-9]{1,9}(?:[.,][0-9]{1,9})?)"
_DURATION: Final = re.compile(
    f"P(?=.)(?:{_PART}Y)?(?:{_PART}M)?(?:{_PART}W)?(?:{_PART}D)?(?:T(?=.)(?:{_PART}H)?(?:{_PART}M)?(?:{_PART}S)?)?",
    re.ASCII,
)
_INTEGER: Final = re.compile(r"-?[0-9]{1,12}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,9})?", re.ASCII)
_CLOCK: Final = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9])", re.ASCII)

NO_LAG: Final = Fraction(0)

CACHED: Final = 4096
"""Schedules repeat few dates and durations many times."""

NO_DATES: Final = (date(1969, 12, 31), date(1970, 1, 1))
"""Where the clocks of computers begin, east and west of Greenwich."""

ELAPSED_FORMATS: Final = frozenset({"4", "6", "8", "10", "12", "36", "38", "40", "42", "44"})
WORKING_FORMATS: Final = frozenset({"", "3", "5", "7", "9", "11", "21", "35", "37", "39", "41", "43", "53"})
PERCENT_FORMATS: Final = frozenset({"19", "51"})
ELAPSED_PERCENT_FORMATS: Final = frozenset({"20", "52"})
"""Units of lags and durations (``LagFormat``, ``DurationFormat``); 21 and 53 say that there is none."""


def wrong(record: Record, name: str, what: str) -> CollectorRefusal:
    """Return the refusal of one field of one record."""
    return CollectorRefusal(f"UID {record.get('UID', '?')}: {name} is {record.get(name, '')[:60]!r}, not {what}")


@lru_cache(maxsize=CACHED)
def _date(text: str) -> datetime | None:
    if len(text) == 19 and text[4] == "-" and text[7] == "-" and text[10] == "T":
        moment = datetime.fromisoformat(text)
        return None if moment.date() in NO_DATES else moment
    raise ValueError(text)


def read_date(record: Record, name: str) -> datetime | None:
    """Return a local date and time ``2027-04-15T17:00:00``; None when it is absent or blank.

    The first hours of 1970, by any clock, are how ProjectLibre writes that there is no date.

    Raises:
        CollectorRefusal: It is written otherwise, with an offset, or is no date of the calendar.
    """
    text = record.get(name)
    if not text:
        return None
    try:
        return _date(text)
    except ValueError:
        raise wrong(record, name, "a local date and time such as 2027-04-15T17:00:00") from None


@dataclass(frozen=True, slots=True)
class Length:
    """A duration as it is written: ``PT16H0M0S`` has no days, ``P2D`` nothing else.

    Attributes:
        days: Days. Some tools write working days, others 24 hours; the text does not tell.
        minutes: The rest, in minutes.
    """

    days: Fraction
    minutes: Fraction


def read_saved(record: Record, name: str) -> datetime | None:
    """Return when a document says that it was saved: a local date and time, or an instant; None when it is blank.

    Raises:
        CollectorRefusal: It is neither.
    """
    text: str = record.get(name, "")
    if not text:
        return None
    try:
        if "T" in text:
            return datetime.fromisoformat(text)
    except ValueError:
        pass
    raise wrong(record, name, "a date and time such as 2027-04-15T17:00:00")


@lru_cache(maxsize=CACHED)
def _duration(text: str) -> Length | None:
    found = _DURATION.fullmatch(text)
    if found is None:
        return None
    parts = [part for part in found.groups() if part is not None]
    if any("." in part or "," in part for part in parts[:-1]):
        return None
    years, months, weeks, days, hours, minutes, seconds = (
        Fraction((part or "0").replace(",", ".")) for part in found.groups()
    )
    if years or months or weeks:
        return None
    return Length(days, hours * 60 + minutes + seconds / 60)


def read_duration(record: Record, name: str) -> Length | None:
    """Return an ISO 8601 duration such as ``PT16H0M0S``, ``PT40H`` or ``P5D``; None when it is absent or blank.

    Raises:
        CollectorRefusal: It is written otherwise, is negative, or has years, months or weeks, which nobody can convert.
    """
    text: str = record.get(name, "")
    if not text:
        return None
    length = _duration(text)
    if length is None:
        raise wrong(record, name, "a duration such as PT16H0M0S")
    return length


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
        CollectorRefusal: It is no whole number, or in a unit that is not known.
    """
    lag = read_tenths(record, "LinkLag") or NO_LAG
    form = record.get("LagFormat", "")
    if lag is NO_LAG and form in WORKING_FORMATS:
        return NO_LAG, LagKind.WORKING
    if form in PERCENT_FORMATS:
        return lag * 10, LagKind.PERCENT
    if form in ELAPSED_PERCENT_FORMATS:
        return lag * 10, LagKind.ELAPSED_PERCENT
    if form in ELAPSED_FORMATS:
        return lag, LagKind.ELAPSED
    if lag and form not in WORKING_FORMATS:
        raise wrong(record, "LagFormat", "a unit of Microsoft Project")
    return lag, LagKind.WORKING
