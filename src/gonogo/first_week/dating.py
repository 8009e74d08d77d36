"""Which column could say when a table's content held, and which one never does, with the reason.

A due date says when something should be, a birthday when somebody was born: neither says when a record was true.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import word_set
from gonogo.first_week.table_columns import Guess
from gonogo.model.about_people import heading_words

AHEAD: Final = word_set(
    """
    due plan planned target targeted forecast forecasted expected estimated estimate expiry expire expires expiration
    expiring deadline scheduled schedule baseline baselined committed commitment proposed projected next until through
    valid effective golive owed needed required
    prevista previsto planificada planificado vencimiento limite prevue prevu echeance geplant geplante geplanter
    geplantes fallig faellig termin
    """
)
"""Words of what should be, or will be: no figure and no day of what is so."""
_ENDS: Final = word_set("start starts starting begin begins finish end ends ending")
_DONE: Final = word_set("actual actually started finished ended")
_LIFE: Final = word_set(
    "birth birthday birthdate dob born hire hired hiring joined join seniority retirement anniversary"
)
_BEGAN: Final = word_set(
    """
    created create creation entered raised opened open reported identified detected detection discovered discovery found
    logged submitted submission received introduced requested occurred occurrence registered added assigned
    """
)
"""Words of the day on which an item began to be: it stays the same, however the item stands since."""
_ACCEPTED: Final = word_set("accepted acceptance tried tested workaround signed")
"""Words of the days of an acceptance, in a table that has a column of workarounds."""
_WHOLE: Final = word_set("extract extracted export exported snapshot generated refreshed asof reporting")
_STAGE: Final = word_set("done complete completed finished ok load loaded")
"""Words beside *extract* by which it is a stage of a conversion, and not the export of the table."""
_PAIRS: Final = ({"as", "of"}, {"data", "date"}, {"report", "date"})
"""Words of a day that is that of the whole export."""
_LOOKED: Final = word_set("status updated update modified changed change last")
"""Words of the day on which somebody last changed or looked at a row."""
RESULT: Final = 2
"""Rank of a column that only says when the results of rows held."""
_MONTH: Final = timedelta(days=31)
_LONGEST: Final = 366 * 10
_OLDEST: Final = 2000


@dataclass(slots=True)
class Dating:
    """Columns of days and moments.

    Attributes:
        may: Names of those that could date the content: first those of the whole export, then those that say when a
            row was last changed or looked at, then those that say when its result held; else in the order of the file.
        never: Names of the others, with the reason.
        newest: Newest moment of each that could.
    """

    may: list[str] = field(default_factory=list)
    never: dict[str, str] = field(default_factory=dict)
    newest: dict[str, datetime] = field(default_factory=dict)

    def best(self, mapping: TableMapping, names: Collection[str] | None = None) -> str:
        """Return the column that dates a table best; of those that do alike, the one with the newest day.

        A table in which one thing follows another is as old as the last of them.

        Args:
            mapping: Of the table.
            names: Columns that count; None for all of them.
        """
        found = [name for name in self.may if names is None or name in names]
        order = {name: (rank_of_day(mapping.read[name].heading), -self.newest[name].timestamp()) for name in found}
        return min(found, key=order.__getitem__, default="")


def dating(mapping: TableMapping, now: datetime | None = None) -> Dating:
    """Return which columns could date the content.

    Args:
        mapping: Of the table.
        now: What is later is to come; the zone is that of cells without one. None where nobody knows.
    """
    found = Dating()
    accepting = any("workaround" in heading_words(guess.heading) for guess in mapping.columns.values())
    for name, guess in mapping.read.items():
        if guess.settings["type"] in ("date", "instant"):
            zone = UTC if guess.settings.get("zone") == "UTC" else (now.tzinfo if now else None) or UTC
            moments = _moments(guess, mapping.grid.rows, zone)
            why = why_never(guess.heading, guess.people) or (accepting and _accepted(guess.heading))
            why = why or _by_moments(moments, now)
            if why:
                found.never[name] = why
            else:
                found.may.append(name)
                found.newest[name] = max(moments)
    found.may.sort(key=lambda name: rank_of_day(mapping.read[name].heading))
    return found


def only_began(dates: Dating, name: str, heading: str, now: datetime) -> bool:
    """Whether the newest day of a column is only that of its last result, and no day on which the table held.

    A tracker of today whose last approval is seven months old is of today. A day of the whole export, or of the last
    change of a row, is older only if nobody has looked since.
    """
    return rank_of_day(heading) == RESULT and now - dates.newest[name] > _MONTH


def rank_of_day(heading: str) -> int:
    """Return how well a column dates an export: 0 by the export's own day, 1 by a row's last change, 2 by results."""
    words = set(heading_words(heading))
    if (words & _WHOLE and not words & _STAGE) or any(pair <= words for pair in _PAIRS):
        return 0
    return 1 if words & _LOOKED else 2


def why_never(heading: str, people: str = "") -> str:
    """Return why a column of that heading never dates anything; empty where nothing speaks against it."""
    words = frozenset(heading_words(heading))
    if words & _LIFE or (people and "by" not in words):
        return "it is about a person"
    if words & AHEAD or ("go" in words and "live" in words):
        return "it says when something should be, not when it was so"
    if words & _BEGAN and not words & _DONE and rank_of_day(heading) == RESULT:
        return "it says when each item began, not how it stood when the file was made"
    if (words & _ENDS and not words & _DONE) or ("review" in words and rank_of_day(heading) == RESULT):
        return "it may be a plan"
    return ""


def _accepted(heading: str) -> str:
    """Return why a day of an acceptance dates nothing: in a register with workarounds, people accept open items."""
    if _ACCEPTED & frozenset(heading_words(heading)):
        return "it says when somebody tried or accepted something, not how the item stood"
    return ""


def _moments(guess: Guess, rows: Sequence[Sequence[Cell]], zone: tzinfo) -> set[datetime]:
    """Return when each value of a column began, a day with its first moment."""
    form = guess.settings.get("format")
    found = (moment_of(cell, form) for cell in {row[guess.index] for row in rows})
    return {moment if moment.tzinfo else moment.replace(tzinfo=zone) for moment in found if moment is not None}


def moment_of(cell: Cell, form: str | None) -> datetime | None:
    """Return the moment, or the first one of the day, that a cell holds; None for none."""
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
