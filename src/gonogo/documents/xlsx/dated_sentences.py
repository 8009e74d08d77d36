"""Days that a sentence above a table names: ``as of 11/30/26``, ``rev. 25-Nov-2026 by the team``.

People write a day there in more ways than in a column. One of two readings is no day; both are told.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from gonogo.documents.xlsx.dates import month_of

_LONGEST: Final = 200
_YEAR: Final = r"(20[0-9]{2}|[0-9]{2})"
_MONTH: Final = r"([a-z]{3,9})\.?"
_FORMS: Final = tuple(
    (re.compile(rf"(?<![0-9a-z/.-])(?:{form})(?![0-9a-z/-]|\.[0-9])", re.ASCII), places)
    for form, places in (
        (r"(20[0-9]{2})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:t[0-9:.]+z?)?", "y-md"),
        (r"([0-9]{1,2})([/-])([0-9]{1,2})\2(20[0-9]{2}|[0-9]{2})", "n-ny"),
        (r"([0-9]{1,2})(\.)([0-9]{1,2})\.(20[0-9]{2})", "n-ny"),
        (rf"([0-9]{{1,2}})(?:st|nd|rd|th)?[ .-]?{_MONTH},?[ -]?{_YEAR}", "dMy"),
        (rf"{_MONTH}[ -]?([0-9]{{1,2}})(?:st|nd|rd|th)?(?:, ?|[ -])(20[0-9]{{2}})", "Mdy"),
    )
)
_COMING: Final = re.compile(
    r"\b(?:next|due|plan|planned|target|scheduled|expected|expires?|valid|go-?live|go live|deadline|forecast)\b"
)
"""Words of what is to come: a sentence with one names no day on which anything held."""
_BEFORE: Final = re.compile(r"\b(?:until|before|by|after|since|from|through)\b")
"""Words that make the day after them a bound: *due by 27 November*, and not *27 November by the team*."""
_AS_OF: Final = re.compile(r"\bas (?:of|at)\b")
_TITLES: Final = re.compile(
    r"\b(?:plan|target|schedule|baseline|go[ -]?live (?=readiness|checklist|status|plan|criteria|dashboard))\b"
)
"""Words that a document is called by: *staffing plan, as of 27 November*."""
_CENTURY: Final = 2000


def without_titles(text: str) -> str:
    """Return a sentence without what its document is called, where it says of the document as of when it is."""
    plain = " ".join(text.split()).casefold()
    return _TITLES.sub("", plain) if _AS_OF.search(plain) else plain


def readings_within(text: str) -> set[frozenset[date]]:
    """Return each day that a sentence names, by all ways to read it; none of a sentence about what is to come."""
    plain = without_titles(text)
    if len(plain) > _LONGEST or _COMING.search(plain):
        return set()
    found = [(match.start(), _readings(match, places)) for form, places in _FORMS for match in form.finditer(plain)]
    days = [(start, readings) for start, readings in found if readings]
    if days and _BEFORE.search(plain[: max(start for start, _ in days)]):
        return set()
    return {readings for _, readings in days}


def day_within(text: str) -> date | None:
    """Return the one day that a sentence names: ``as of 11/30/26``; None for none, several, or one of two readings."""
    found = readings_within(text)
    days = next(iter(found)) if len(found) == 1 else frozenset[date]()
    return next(iter(days)) if len(days) == 1 else None


def _readings(match: re.Match[str], places: str) -> frozenset[date]:
    first, second, third = (match[1], match[3], match[4]) if "-" in places else match.groups()[:3]
    if places == "y-md":
        parts = [(first, second, third)]
    elif places == "n-ny":
        parts = [(third, first, second), (third, second, first)]
    elif places == "dMy":
        parts = [(third, str(month_of(second)), first)]
    else:
        parts = [(third, str(month_of(first)), second)]
    made = (_made(*(int(part) for part in each)) for each in parts)
    return frozenset(day for day in made if day is not None)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year >= _CENTURY else _CENTURY + year, month, day)
    except ValueError:
        return None
