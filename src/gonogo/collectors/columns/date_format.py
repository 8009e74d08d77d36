"""How a column's dates are written: the directives of a format, and the regular expression that they make."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable
from typing import Final

from gonogo.collectors.rows.spoiled import MONTHS

_ELSEWHERE: Final = {
    "Jan": "ene|jan|sty",
    "Feb": "feb|fev|lut",
    "Mar": "mar",
    "Apr": "abr|kwi",
    "May": "may|mai|maj",
    "Jun": "jun|cze",
    "Jul": "jul|lip",
    "Aug": "ago|sie",
    "Sep": "sep|sept|set|wrz",
    "Oct": "oct|out|paź",
    "Nov": "nov|lis",
    "Dec": "dic|dez|gru",
}
"""Short months of exports in Spanish, Portuguese and Polish, which are in small letters: ``25/ago/26``."""
_NAMES: Final = {name: month for month, names in _ELSEWHERE.items() for name in names.split("|")}


def _month_word(names: Iterable[str]) -> str:
    """Return the pattern of one of these words; to the database a letter with an accent ends no word."""
    return "|".join(rf"\b{name}\b" if name.isascii() else rf"\b{name}" for name in names)


SMALL_MONTH: Final = _month_word(_NAMES)
_DIRECTIVES: Final = {
    "%Y": "(?:19|20|21)[0-9]{2}",
    "%y": "[0-9]{2}",
    "%m": "[0-9]{1,2}",
    "%d": "[0-9]{1,2}",
    "%H": "[0-9]{1,2}",
    "%I": "[0-9]{1,2}",
    "%M": "[0-9]{2}",
    "%S": "[0-9]{2}",
    "%p": "(?:AM|PM)",
    "%b": f"(?:{MONTHS}|{'|'.join(_NAMES)})",
    "%B": f"(?:{'|'.join(calendar.month_name[1:])})",
    "%A": f"(?:{'|'.join(calendar.day_name)})",
    "%a": f"(?:{'|'.join(calendar.day_abbr)})",
}


def has_hours(text: str) -> bool:
    """Return whether a date format has a time of day."""
    return re.search("%[HI]", text) is not None


def format_pattern(text: str, *, day_only: bool = False) -> str:
    """Return the regular expression of a date format.

    Raises:
        ValueError: It has a directive that is not read here, one twice, or no day, month and year.
    """
    found = re.findall("%.", text)
    unknown = sorted({mark for mark in found if mark not in _DIRECTIVES} | ({"%"} if text.endswith("%") else set()))
    if unknown:
        raise ValueError(f"{', '.join(unknown)} is not read here; use {' '.join(_DIRECTIVES)}")
    if len(set(found)) < len(found):
        raise ValueError("a part of the date is there twice")
    if not ({"%Y", "%y"} & set(found) and {"%m", "%b", "%B"} & set(found) and "%d" in found):
        raise ValueError("a date has a year, a month and a day")
    if day_only is has_hours(text):
        raise ValueError("a date has no time of day" if day_only else "an instant has hours: %H, or %I and %p")
    if ("%p" in found) != ("%I" in found):
        raise ValueError("%I (hours to 12) and %p (AM, PM) come together")
    parts = re.split("(%.)", text)
    return "".join(_DIRECTIVES.get(part) or re.escape(part) for part in parts)


def with_english_month(cell: str) -> str:
    """Return a date with a short month of another language in English."""
    return re.sub(SMALL_MONTH, lambda found: _NAMES[found[0]], cell)


def english_month_sql(value: str, quoted: Callable[[str], str]) -> str:
    """Return SQL of the same for the text that an expression gives."""
    made = value
    for month, names in _ELSEWHERE.items():
        made = f"regexp_replace({made}, {quoted(_month_word(names.split('|')))}, {quoted(month)})"
    return f"CASE WHEN regexp_matches({value}, {quoted(SMALL_MONTH)}) THEN {made} ELSE {value} END"


def human(text: str) -> str:
    """Return a date format in words for a person."""
    words = {"%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss"}
    words |= {"%p": "AM", "%b": "Mon", "%B": "Month", "%A": "Weekday", "%a": "Day"}
    return re.sub("%.", lambda mark: words.get(mark[0], mark[0]), text)
