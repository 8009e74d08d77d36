"""File names that hold one date: what a newer version of a file is called, judged by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from gonogo.documents.xlsx.dates import month_of

_DAY: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![0-9])")
_YEAR_LAST: Final = re.compile(r"(?<![0-9])([0-3][0-9])([-._])([0-3][0-9])\2(20[0-9]{2})(?![0-9])")
_MONTH: Final = r"[A-Za-z]{3,9}"
_NAMED: Final = tuple(
    (re.compile(rf"(?<![A-Za-z0-9])(?:{form})(?![A-Za-z0-9])"), first)
    for form, first in (
        (rf"(?P<day>[0-3]?[0-9])(?P<mark>[-_. ]?)(?P<month>{_MONTH})(?P<then>[-_. ]?)(?P<year>20[0-9]{{2}})", "day"),
        (
            rf"(?P<month>{_MONTH})(?P<mark>[-_. ]?)(?P<day>[0-3]?[0-9])(?P<then>,? |[-_.])(?P<year>20[0-9]{{2}})",
            "month",
        ),
    )
)
"""A day with the English name of its month: `25-Nov-2026`, `26 Nov 2026`, `25NOV2026`, `Nov 25, 2026`."""
_TIME: Final = re.compile(
    r"(?:T|[ _.-]|[ _-]at[ _-])([01][0-9]|2[0-3])([-_.:h]?)([0-5][0-9])(?:\2([0-5][0-9]))?(?:[._,][0-9]{1,6})?"
    r"(?:Z|[+-][0-9]{2}[:_]?[0-9]{2})?(?![0-9])"
)
"""The time of day that a tool writes after a date."""
_NUMBER: Final = re.compile(r" ?\([0-9]{1,6}(?:-[0-9]{1,6})?\)$")
"""The counter that a browser or a form writes at the end."""
_LAST_MONTH: Final = 12


@dataclass(frozen=True, slots=True)
class DatedName:
    """A file name with one date in it.

    Attributes:
        pattern: Regular expression for ``as_of: {file_name: …}``: one group, or the groups year, month and day.
        wild: The name with a ``*`` where the date stands, with the time of day and the counter beside it.
        day: The date.
        time: The time of day beside it; empty for none.
    """

    pattern: str
    wild: str
    day: date
    time: tuple[int, ...] = ()


def dated(name: str) -> DatedName | None:
    """Return the one date in a file name; None for none, several, or a day that no calendar has.

    Of `12-03-2026` nobody knows the month, so it is none. `11-25-2026` can be one day only.
    """
    found = list(_DAY.finditer(name))
    if not found:
        return _year_last(name) or _named(name)
    if len(found) != 1:
        return None
    year, dash, month, day = found[0].groups()
    pattern = r"(20\d{2}-\d{2}-\d{2})" if dash else r"(20\d{6})"
    if len(re.findall(pattern, name)) != 1:
        return None
    return _made(name, found[0], pattern, (int(year), int(month), int(day)))


def _year_last(name: str) -> DatedName | None:
    found = list(_YEAR_LAST.finditer(name))
    if len(found) != 1:
        return None
    first, mark, second, year = found[0].groups()
    if (int(first) > _LAST_MONTH) is (int(second) > _LAST_MONTH):
        return None
    groups = (r"(?P<month>\d{2})", r"(?P<day>\d{2})")
    month, day = int(first), int(second)
    if month > _LAST_MONTH:
        groups, month, day = (groups[1], groups[0]), day, month
    pattern = re.escape(mark).join((*groups, r"(?P<year>20\d{2})"))
    return _made(name, found[0], pattern, (int(year), month, day))


def _named(name: str) -> DatedName | None:
    days = [
        (each, first) for form, first in _NAMED for each in form.finditer(name) if month_of(each["month"].casefold())
    ]
    if len(days) != 1:
        return None
    found, first = days[0]
    groups = [r"(?P<day>[0-3]?\d)", r"(?P<month>[A-Za-z]{3,9})"]
    if first == "month":
        groups.reverse()
    pattern = f"{groups[0]}{_one_of(found['mark'])}{groups[1]}{_one_of(found['then'])}(?P<year>20\\d{{2}})"
    if len(re.findall(pattern, name)) != 1:
        return None
    return _made(name, found, pattern, (int(found["year"]), month_of(found["month"].casefold()), int(found["day"])))


def _one_of(mark: str) -> str:
    """Return the expression of what stands between two parts of a day."""
    return mark.replace(".", "[.]") if mark in ("", " ", ", ", "-", "_", ".") else ""


def _made(name: str, found: re.Match[str], pattern: str, parts: tuple[int, int, int]) -> DatedName | None:
    try:
        moment = date(*parts)
    except ValueError:
        return None
    before, after = name[: found.start()], name[found.end() :]
    time: tuple[int, ...] = ()
    if clock := _TIME.match(after):
        after, time = after[clock.end() :], tuple(int(part) for part in clock.group(1, 3, 4) if part)
    stem, dot, suffix = after.rpartition(".")
    if dot:
        after = f"{_NUMBER.sub('', stem)}{dot}{suffix}"
    return DatedName(pattern, f"{before}*{after}", moment, time)
