"""Whether a file holds every row of another one: a corrected export does, the second part of a list does not."""

from __future__ import annotations

from pathlib import Path

from gonogo.errors import UsageError
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.profiles.profile import plain as as_compared


def holds_all_rows(old: Path, new: Path) -> bool:
    """Return whether all keys of a file are in another one; False where nothing tells its rows apart.

    A column that numbers the rows from 1 is no key: each part of a list begins with 1 again.
    """
    try:
        before, after = map_file(old), map_file(new)
    except UsageError:
        return False
    if not before.key:
        return False
    keys = _keys(before, before.columns[before.key].index)
    place = _column(after, before.grid.headings[before.columns[before.key].index])
    if not keys or place is None or _numbers_rows(keys, len(before.grid.rows)):
        return False
    return keys <= _keys(after, place)


def _column(mapping: TableMapping, heading: str) -> int | None:
    plain = [as_compared(each) for each in mapping.grid.headings]
    wanted = as_compared(heading)
    return plain.index(wanted) if plain.count(wanted) == 1 else None


def _keys(mapping: TableMapping, column: int) -> set[str]:
    found = (str(row[column]).strip() for row in mapping.grid.rows if row[column] is not None)
    return {each for each in found if each}


def _numbers_rows(keys: set[str], rows: int) -> bool:
    numbers = {int(each) for each in keys if each.isdecimal()}
    return len(numbers) == len(keys) == rows and max(numbers) - min(numbers) == rows - 1 and min(numbers) <= 1
