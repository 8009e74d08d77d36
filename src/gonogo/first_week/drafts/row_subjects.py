"""Columns that say of each row which build, release, environment or test cycle it is about, and which rows count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.rows.row_subject import folded
from gonogo.first_week.mapping import TableMapping

_DIGITS: Final = re.compile(r"([0-9]+)")
EVERY_ROW: Final = "a person says that every row counts, whatever stands in this column"
_OWN: Final = re.compile(r", and the program is bound to (.+); say which rows count")
_SUBJECT: Final = re.compile(r"subject: \{([a-z][a-z0-9_]*): \{kind: (build|release|environment|cycle)(, counts)?")


@dataclass(frozen=True, slots=True)
class RowSubject:
    """One such column.

    Attributes:
        name: As expressions call it.
        heading: As the file writes it.
        kind: build, release, environment or cycle.
        asks: Whether somebody has to say which values count; else those count to which the program is bound.
        values: What stands in it, in the order in which people number it; nothing where it is about people.
        names_others: Whether it names another one than those of the program.
    """

    name: str
    heading: str
    kind: str
    asks: bool
    values: tuple[str, ...] = ()
    names_others: bool = True


def subjects_of(mapping: TableMapping, items: Sequence[Sequence[object]] | None = None) -> Iterator[RowSubject]:
    """Yield the columns of a table that name several subjects, as its notes say.

    Args:
        mapping: Of the table.
        items: Its rows without those of a template; None for all.
    """
    rows = mapping.grid.rows if items is None else items
    for note in mapping.notes:
        said = _OWN.search(note.sentence)
        own = {folded(each) for each in said[1].split(", ")} if said else set[str]()
        for name, kind, counts in _SUBJECT.findall(note.sentence):
            guess = mapping.columns.get(name)
            if guess is None:
                continue
            hidden = guess.people or guess.hidden
            named = {str(row[guess.index]) for row in rows} - {""}
            values = () if hidden else tuple(sorted(named, key=_counted))
            others = any(folded(each) not in own for each in named)
            yield RowSubject(name, guess.heading, kind, bool(counts), values, others)


def _counted(value: str) -> tuple[list[tuple[int, str]], str]:
    """Return by what a value is sorted: Cycle 10 comes after Cycle 9."""
    parts = _DIGITS.split(value.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts], value
