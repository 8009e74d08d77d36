"""Dates that people type as text: read where there is one reading, and refused with both where there are two."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

_ISO: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2})?))?", re.ASCII)
_NUMBERS: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", re.ASCII)
_WEEKDAY: Final = r"(?:(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_MONTH: Final = r"([a-z]{3,9})\.?"
_DAY: Final = r"([0-9]{1,2})(?:st|nd|rd|th)?"
_NAMED: Final = (
    re.compile(rf"{_WEEKDAY}{_MONTH}\s+{_DAY}(?:,\s*|\s+)([0-9]{{4}})", re.ASCII),
    re.compile(rf"{_WEEKDAY}{_DAY}(?:\s+|-){_MONTH},?(?:\s+|-)([0-9]{{4}})", re.ASCII),
)
_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class TwoReadings(ValueError):
    """A text is one of two dates, and nothing says which; the sentence names both."""


def date_of_text(text: str) -> str:
    """Return a day as ``2026-11-20``, or with its time as ``2026-11-20T17:00:00``; empty where the text is no date.

    ``2026-11-20``, ``11/20/2026`` (only where one of the two numbers cannot be a month) and English names of months
    are read: ``November 20, 2026``, ``20-Nov-2026``, ``Friday, 20 November 2026``.

    Raises:
        TwoReadings: It is written in numbers that could be month and day either way.
    """
    plain_text = " ".join(text.split())
    if match := _ISO.fullmatch(plain_text):
        return _iso(match)
    if match := _NUMBERS.fullmatch(plain_text):
        return _numbers(plain_text, int(match[1]), int(match[2]), int(match[3]))
    return _named(plain_text.casefold())


def named_date(text: str) -> date | None:
    """Return the day that a text names with the English name of its month; None for any other text."""
    found = _named(" ".join(text.split()).casefold())
    return date.fromisoformat(found) if found else None


def _iso(match: re.Match[str]) -> str:
    day = _made(int(match[1]), int(match[2]), int(match[3]))
    if not day or not match[4]:
        return day
    try:
        moment = datetime.fromisoformat(f"{day}T{match[4]}")
    except ValueError:
        return ""
    return moment.isoformat() if moment.time().isoformat() != "00:00:00" else day


def _numbers(plain_text: str, first: int, second: int, year: int) -> str:
    readings = {found for found in (_made(year, first, second), _made(year, second, first)) if found}
    if len(readings) == 2:
        one, other = sorted(readings)
        raise TwoReadings(f"{plain_text!r}, which could be {one} or {other}")
    return next(iter(readings), "")


def _named(plain_text: str) -> str:
    for pattern, month, day in zip(_NAMED, (2, 3), (3, 2), strict=True):
        if match := pattern.fullmatch(plain_text):
            found = _made(int(match[4]), month_of(match[month]), int(match[day]))
            wrong = found and match[1] and _DAYS[date.fromisoformat(found).weekday()] != match[1][:3]
            return "" if wrong else found
    return ""


def month_of(word: str) -> int:
    """Return the number of a month by its name, or by the beginning that calendars print; 0 for none."""
    for number, name in enumerate(_MONTHS, 1):
        if word in (name, name[:3]) or (word == "sept" and number == 9):
            return number
    return 0


def _made(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""
