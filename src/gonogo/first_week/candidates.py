"""Ways in which a column of texts could be read, each judged by the table collector's own patterns."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, Final

from gonogo.collectors.columns.cells import shape_of
from gonogo.collectors.columns.column import Column, ColumnType
from gonogo.first_week import hints

_JIRA: Final = ("%d/%b/%y", "%d/%b/%Y")
_DATES: Final = (None, "%m/%d/%Y", "%d/%m/%Y", "%m/%d/%y", "%d/%m/%y", "%Y/%m/%d", "%d.%m.%Y")
_NAMED: Final = (
    *("%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%b %d, %Y", *_JIRA, "%d %B %Y", "%B %d, %Y"),
    *("%A, %d %B %Y", "%A, %B %d, %Y"),
)
"""Dates in which the month is a word."""
_TIMES: Final = ("%H:%M", "%H:%M:%S", "%I:%M %p", "%I:%M:%S %p")
_MONTH: Final = re.compile(r"\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)")
_GROUPED: Final = re.compile(r"[0-9],[0-9]{3}")
_WORDS: Final = ((), ("Y", "N"), ("y", "n"), ("T", "F"), ("Oui", "Non"), ("Sí", "No"))
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BEYOND_ALL: Final = "9.99"
"""The largest share of a column in which a cell already has more than 100%, such as a load of 103%."""
TEXT: Final[dict[str, Any]] = {"type": "text"}


@dataclass(frozen=True)
class Candidate:
    """One way to read a column.

    Attributes:
        settings: Of the column, without its header.
        expected: What a cell should be, in words.
        fits: Whether a cell's text is so.
    """

    settings: dict[str, Any]
    expected: str
    fits: Callable[[str], bool]


def candidate(settings: dict[str, Any]) -> Candidate:
    """Return the candidate of a column's settings, as the table collector would check its cells."""
    return _candidate(json.dumps(settings))


@cache
def _candidate(text: str) -> Candidate:
    settings: dict[str, Any] = json.loads(text)
    column = Column.model_validate_json(text)
    shape = shape_of(column)
    if column.type is ColumnType.TEXT:
        return Candidate(settings, shape.expected, _is_text)
    if not shape.pattern:
        words = frozenset(column.yes_words + column.no_words)
        return Candidate(settings, shape.expected, words.__contains__)
    matches = re.compile(shape.pattern, re.ASCII).fullmatch
    if column.type in (ColumnType.DATE, ColumnType.INSTANT):
        return Candidate(settings, shape.expected, lambda text: bool(matches(text)) and _in_calendar(text, column))
    if settings.get("written") == "hundred":
        return Candidate(settings, shape.expected, lambda text: bool(matches(text)) and not _may_be_ratio(text))
    return Candidate(settings, shape.expected, lambda text: bool(matches(text)))


def _is_text(text: str) -> bool:
    return text == text.strip().strip("\ufeff\u200b") and _CONTROL.search(text) is None


def _may_be_ratio(text: str) -> bool:
    return 0 < float(text) <= 1


def _in_calendar(text: str, column: Column) -> bool:
    try:
        if column.format is None:
            date.fromisoformat(text[:10])
        else:
            day = datetime.strptime(text, column.format)  # noqa: DTZ007  # only whether the calendar has such a day
            return "%A" not in column.format or day.strftime("%A") in text
    except ValueError:
        return False
    return True


def candidates_of(heading: str, sample: Collection[str], *, typed: bool) -> Iterator[Candidate]:
    """Yield the ways to read a column, the more telling of two that fit alike first.

    Args:
        heading: Of the column.
        sample: Some of its texts.
        typed: Whether numbers and dates have types of their own in this format, so that text is not one of them.
    """
    for words in _WORDS:
        yes_no = {"yes_words": [words[0]], "no_words": [words[1]]} if words else {}
        yield candidate({"type": "boolean"} | yes_no)
    if any("%" in text for text in sample):
        yield candidate({"type": "percent", "written": "sign"})
        yield candidate({"type": "percent", "written": "sign", "highest": _BEYOND_ALL})
    if not typed:
        yield from _plain_numbers(heading, sample)
    yield from _dressed_numbers(heading, sample)
    yield from _moments(heading, sample, typed=typed)


def _plain_numbers(heading: str, sample: Collection[str]) -> Iterator[Candidate]:
    if hints.is_percent(heading):
        yield candidate({"type": "percent", "written": "hundred"})
    if hints.is_percent(heading) or hints.is_ratio(heading):
        yield candidate({"type": "percent", "written": "ratio"})
    if hints.is_percent(heading):
        yield candidate({"type": "percent", "written": "hundred", "highest": _BEYOND_ALL})
    if hints.is_id(heading):
        return
    if hints.is_money(heading):
        yield candidate({"type": "money"})
    yield candidate({"type": "integer"})
    yield candidate({"type": "decimal"})


def _dressed_numbers(heading: str, sample: Collection[str]) -> Iterator[Candidate]:
    commas = any(map(_GROUPED.search, sample))
    grouped: dict[str, Any] = {"thousands": ","} if commas else {}
    begins = {text[:2] for text in sample}
    for symbol, unit in (("$", "USD"), ("€", "EUR"), ("£", "GBP")):
        if any(text.startswith((symbol, "-" + symbol)) for text in begins):
            yield candidate({"type": "money", "symbol": symbol, "unit": unit} | grouped)
    if commas and not hints.is_id(heading):
        yield candidate({"type": "money" if hints.is_money(heading) else "integer"} | grouped)
        yield candidate({"type": "decimal"} | grouped)


def _moments(heading: str, sample: Collection[str], *, typed: bool) -> Iterator[Candidate]:
    worded = any(map(_MONTH.search, sample))
    if not worded and not any(text[:1].isdigit() for text in sample):
        return
    days = (*_DATES, *(_NAMED if worded else ()))
    for day in days:
        yield candidate({"type": "date"} | ({"format": day} if day else {}))
    if hints.is_date(heading) and not typed:
        yield candidate({"type": "date", "format": "%Y%m%d"})
    if any(":" in text for text in sample):
        yield candidate({"type": "instant"})
        yield candidate({"type": "instant", "zone": "local"})
        joint = ", " if any(", " in text for text in sample) else " "
        for day in filter(None, days):
            for time in _TIMES:
                yield candidate({"type": "instant", "zone": "local", "format": f"{day}{joint}{time}"})
