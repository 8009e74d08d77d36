"""What a cell of a deck says: a figure, or words around none; and the day that it names."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from gonogo.documents.xlsx.dates import TwoReadings, date_of_text
from gonogo.model.placeholder import has_content

_LABEL: Final = re.compile(r"(?:fy|cy)\s?'?[0-9]{2,4}\s*[:\u2013-]\s*", re.IGNORECASE)
_FIGURE: Final = re.compile(
    r"(?:(?:at least|at most|no more than|no less than|not more than|not less than|up to|under|below|above"
    r"|over|less than|more than|within|(?:reduce|increase|reduction|decrease)d?(?: to| of| by)?)\s+)?"
    r"[<>\u2264\u2265=]{0,2}\s?(?:[A-Z]{3}\s)?[$\u20ac\u00a3]?\s?[-+\u2212]?[0-9][0-9,]*(?:\.[0-9]+)?",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)[0-9]{2}")
_NOT_SO: Final = re.compile(
    r"\b(?:not?|never|none|unknown|pending|tb[acds]|to be|draft|proposed|provisional|preliminary|placeholder|example"
    r"|sample|unverified|unconfirmed|n/?a)\b|\?|<<|>>|\[|\]",
    re.IGNORECASE,
)
_NOT_MEASURED: Final = re.compile(
    r"\b(?:estimat\w*|est|assum\w*|approx\w*|about|roughly|guess\w*|around|circa|ca|target|goal|forecast\w*|project(?:ed|ion)"
    r"|expected|planned|benchmark|median|industry)\b|~",
    re.IGNORECASE,
)
_ISO: Final = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = rf"(?:{'|'.join(_MONTHS)})[a-z]{{0,6}}\.?"
_DATES: Final = re.compile(
    rf"(?P<day>{_ISO}|[0-9]{{1,2}}/[0-9]{{1,2}}/[0-9]{{4}}|{_MONTH}\s+[0-9]{{1,2}}(?:st|nd|rd|th)?,?\s+[0-9]{{4}}"
    rf"|[0-9]{{1,2}}(?:\s|-){_MONTH}(?:\s|-)[0-9]{{4}})"
    rf"|(?P<month>{_MONTH})\s+(?P<of>[0-9]{{4}})"
    r"|(?:Q(?P<quarter>[1-4])\s?(?:of\s)?)?FY\s?'?(?P<year>[0-9]{4}|[0-9]{2})(?![0-9])",
    re.IGNORECASE,
)


def is_figure(text: str) -> bool:
    """Whether a text is a figure with its unit: ``$12.40``, ``at most 3 days``. A year or a day alone is none."""
    said = text[match.end() :] if (match := _LABEL.match(text)) else text
    found = _FIGURE.match(said)
    if found is None or _NOT_SO.search(said) or not has_content(said + " #"):
        return False
    return not _YEAR.fullmatch(said.strip()) and not _DATES.match(said)


def is_measured(text: str) -> bool:
    """Whether a text is a figure, and no word says that nobody measured it."""
    return is_figure(text) and _NOT_MEASURED.search(text) is None


def first_day(text: str, *, past: bool = False) -> date | None:
    """Return the earliest day that a text names, a month or a fiscal year by its last one; None where it names none.

    Args:
        text: The text.
        past: Whether the day has to be past: one that can be read in two ways then is the later one, else the earlier.
    """
    days = (_day(found, past=past) for found in _DATES.finditer(text))
    return min(filter(None, days), default=None)


def _day(found: re.Match[str], *, past: bool) -> date | None:
    try:
        if found["day"]:
            text = date_of_text(found["day"])
            return date.fromisoformat(text) if text else None
        if found["month"]:
            year, month = int(found["of"]), _MONTHS.index(found["month"][:3].lower()) + 1
        else:
            year, month = int(found["year"]), 3 * int(found["quarter"] or 4)
            year += 2000 if year < 100 else 0
            year, month = (year - 1, 12) if month == 3 else (year, month - 3)
        return date(year, month, monthrange(year, month)[1])
    except TwoReadings:
        one, other, year = map(int, found["day"].split("/"))
        return (max if past else min)(date(year, one, other), date(year, other, one))
    except ValueError:
        return None
