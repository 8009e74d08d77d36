"""Which column could say when a table's content held, and which one never does, with the reason.

A due date says when something should be, a birthday when somebody was born: neither says when a record was true.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
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


def dating(mapping: TableMapping, now: datetime | None = None) -> Dating:
    """Return which columns could date the content.

    Args:
        mapping: Of the table.
        now: What is later is to come; the zone is that of cells without one. None where nobody knows.
    """
    found = Dating()
    for name, guess in mapping.read.items():
        if guess.settings["type"] in ("date", "instant"):
            zone = UTC if guess.settings.get("zone") == "UTC" else (now.tzinfo if now else None) or UTC
            why = why_never(guess.heading, guess.people) or _by_moments(_moments(guess, mapping.grid.rows, zone), now)
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


def _moments(guess: Guess, rows: Sequence[Sequence[Cell]], zone: tzinfo) -> set[datetime]:
    """Return when each value of a column began, a day with its first moment."""
    form = guess.settings.get("format")
    found = (_read(cell, form) for cell in {row[guess.index] for row in rows})
    return {moment if moment.tzinfo else moment.replace(tzinfo=zone) for moment in found if moment is not None}


def _read(cell: Cell, form: str | None) -> datetime | None:
    if isinstance(cell, datetime):
        return cell
    if isinstance(cell, date):
        return datetime.combine(cell, time.min)
    if isinstance(cell, str) and cell:
        return datetime.strptime(cell, form) if form else datetime.fromisoformat(cell)  # noqa: DTZ007
    return None


def _by_moments(moments: set[datetime], now: datetime | None) -> str:
    if not moments:
        return "it holds no day"
    first, last = min(moments), max(moments)
    if (last - first).days > _LONGEST or first.year < _OLDEST:
        return "its days are decades apart, or long before any program of today"
    return "it holds days that are still to come" if now is not None and last > now else ""
