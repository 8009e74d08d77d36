"""Which row is the last of several that follow each other, such as test cycles: by their days and their numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.dating import moment_of
from gonogo.first_week.drafts.date_parts import is_ahead, is_day
from gonogo.first_week.drafts.fact_groups import called, stems
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.fact import FactDeclaration, FactType

_IN_TURN: Final = word_set("cycle round run iteration trial")
_DIGITS: Final = re.compile(r"[0-9]+", re.ASCII)


def asks_of_last(fact: FactDeclaration) -> bool:
    """Whether a fact of yes or no asks about the last of several things that follow each other."""
    return fact.type is FactType.BOOLEAN and "last" in ascii_words(fact.name.rpartition(".")[2])


def rows_follow(mapping: TableMapping, fact: FactDeclaration) -> bool:
    """Whether one row is one of the things that follow each other, by the heading of what tells rows apart."""
    guess = mapping.columns.get(mapping.key)
    headed = stems(ascii_words(guess.heading)) if guess is not None else set()
    known = called(fact.name.rpartition(".")[0]) | _IN_TURN
    return bool(headed & known) and headed <= known | stems(ascii_words(fact.meaning))


def orders_rows(mapping: TableMapping) -> tuple[str, ...]:
    """Return the columns by which one row is the last: every column of days that are no plans, and a numbered key.

    Each of them must name the same row. Nothing where they do not, or where a cell of them says nothing.
    """
    days = [name for name in mapping.read if is_day(mapping, name) and not is_ahead(mapping, name)]
    key = mapping.key if mapping.key in mapping.read else ""
    names = [*days, *([key] if key and key not in days and _numbers(mapping, key) else [])]
    found = {name: last_of(mapping, name) for name in names if not mapping.columns[name].blanks}
    rows = set(found.values())
    return tuple(found) if len(rows) == 1 and None not in rows else ()


def last_of(mapping: TableMapping, name: str) -> int | None:
    """Return which row is the last by one column; None where two are, or where nothing tells."""
    days = (_moment(mapping, name, row) for row in mapping.grid.rows)
    values = _numbers(mapping, name) or [day for day in days if day is not None]
    if not values or len(values) < len(mapping.grid.rows):
        return None
    last = max(values)
    return values.index(last) if values.count(last) == 1 else None


def by_number(mapping: TableMapping, name: str) -> bool:
    """Whether a column tells rows apart by the number in a text: ``Mock 3``."""
    return mapping.columns[name].settings["type"] in ("text", "id") and bool(_numbers(mapping, name))


def _moment(mapping: TableMapping, name: str, row: Sequence[Cell]) -> float | None:
    guess = mapping.columns[name]
    moment = moment_of(row[guess.index], guess.settings.get("format"))
    return None if moment is None else moment.replace(tzinfo=None).toordinal() + moment.hour / 24 + moment.minute / 1440


def _numbers(mapping: TableMapping, name: str) -> list[float]:
    """Return the number of each row, where they are numbers, or texts that are alike but for one number."""
    guess = mapping.columns[name]
    cells = [row[guess.index] for row in mapping.grid.rows]
    if guess.settings["type"] == "integer":
        return [float(str(cell)) for cell in cells if cell != ""]
    if guess.settings["type"] not in ("text", "id") or len({_DIGITS.sub("", str(cell)) for cell in cells}) != 1:
        return []
    found = [_DIGITS.findall(str(cell)) for cell in cells]
    return [float(each[0]) for each in found] if all(len(each) == 1 for each in found) else []
