"""Which column could say when a table's content held, and which one never does, with the reason.

A due date says when something should be, a birthday when somebody was born: neither says when a record was true.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import word_set
from gonogo.first_week.table_columns import Guess
from gonogo.plugin.privacy.recognize import heading_words

AHEAD: Final = word_set(
    """
    due plan planned target targeted forecast forecasted expected estimated estimate expiry expire expires expiration
    expiring deadline scheduled schedule baseline baselined committed commitment proposed projected next until through
    valid effective golive
    """
)
"""Words of what should be, or will be: no figure and no day of what is so."""
_ENDS: Final = word_set("start starts starting begin begins finish end ends ending")
_DONE: Final = word_set("actual actually started finished ended")
_LIFE: Final = word_set(
    "birth birthday birthdate dob born hire hired hiring joined join seniority retirement anniversary"
)
_LONGEST: Final = 366 * 10
_OLDEST: Final = 2000


@dataclass(slots=True)
class Dating:
    """Columns of days and moments.

    Attributes:
        may: Names of those that could date the content, in the order of the file.
        never: Names of the others, with the reason.
    """

    may: list[str] = field(default_factory=list)
    never: dict[str, str] = field(default_factory=dict)


def dating(mapping: TableMapping, today: date | None = None) -> Dating:
    """Return which columns could date the content.

    Args:
        mapping: Of the table.
        today: Days after it are to come; None where nobody knows.
    """
    found = Dating()
    for name, guess in mapping.read.items():
        if guess.settings["type"] in ("date", "instant"):
            why = why_never(guess.heading, guess.people) or _by_days(_days(guess, mapping.grid.rows), today)
            if why:
                found.never[name] = why
            else:
                found.may.append(name)
    return found


def why_never(heading: str, people: str = "") -> str:
    """Return why a column of that heading never dates anything; empty where nothing speaks against it."""
    words = frozenset(heading_words(heading))
    if words & _LIFE or (people and "by" not in words):
        return "it is about a person"
    if words & AHEAD or ("go" in words and "live" in words):
        return "it says when something should be, not when it was so"
    if words & _ENDS and not words & _DONE:
        return "it may be a plan"
    return ""


def _days(guess: Guess, rows: Sequence[Sequence[Cell]]) -> set[date]:
    form = guess.settings.get("format")
    return set(_read({row[guess.index] for row in rows}, form))


def _read(cells: Iterable[Cell], form: str | None) -> Iterable[date]:
    for cell in cells:
        if isinstance(cell, datetime):
            yield cell.date()
        elif isinstance(cell, date):
            yield cell
        elif isinstance(cell, str) and cell:
            yield datetime.strptime(cell, form).date() if form else date.fromisoformat(cell[:10])  # noqa: DTZ007


def _by_days(days: set[date], today: date | None) -> str:
    if not days:
        return "it holds no day"
    first, last = min(days), max(days)
    if (last - first).days > _LONGEST or first.year < _OLDEST:
        return "its days are decades apart, or long before any program of today"
    return "it holds days that are still to come" if today is not None and last > today else ""
