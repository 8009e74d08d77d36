"""Whether a file holds every row of another one: a corrected export does, the second part of a list does not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from gonogo.errors import UsageError
from gonogo.first_week.mapping import TableMapping, map_file
from gonogo.model.program import Binding
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
    key = [[before.grid.headings[before.columns[name].index]] for name in before.key.split(", ")]
    return _holds(_keys(before, key), _keys(after, key))


def holds_all_of(binding: Binding, old: Path, new: Path) -> bool:
    """Return whether a file holds all rows of what a binding reads, by the columns that tell its rows apart there.

    A binding that names none is compared as :func:`holds_all_rows` does.

    Args:
        binding: A binding.
        old: The file that it reads.
        new: The other one.
    """
    tables = [each for each in binding.settings.get("tables", {}).values() if each.get("unique")]
    if binding.plugin != "table" or not tables:
        return holds_all_rows(old, new)
    return all(_holds_table(table, old, new) for table in tables)


def _holds_table(table: Mapping[str, Any], old: Path, new: Path) -> bool:
    headings = [
        [str(column.get("header", name)), *map(str, column.get("also", ()))]
        for name in table["unique"]
        for column in [table["columns"].get(name, {})]
    ]
    try:
        before, after = (
            map_file(path, sheet=table.get("sheet") if path.suffix.lower() in (".xlsx", ".xlsm") else None)
            for path in (old, new)
        )
    except UsageError:
        return False
    return _holds(_keys(before, headings), _keys(after, headings))


def _holds(before: set[tuple[str, ...]], after: set[tuple[str, ...]]) -> bool:
    return bool(before) and before <= after and not _numbers_rows({each[0] for each in before}, len(before))


def _column(mapping: TableMapping, heading: str) -> int | None:
    plain = [as_compared(each) for each in mapping.grid.headings]
    wanted = as_compared(heading)
    return plain.index(wanted) if plain.count(wanted) == 1 else None


def _keys(mapping: TableMapping, headings: Sequence[Sequence[str]]) -> set[tuple[str, ...]]:
    """Return what tells the rows apart, by the first of each of some headings; nothing where one column lacks."""
    found = [next((at for each in some if (at := _column(mapping, each)) is not None), None) for some in headings]
    places = [each for each in found if each is not None]
    if len(places) < len(headings):
        return set()
    rows = (tuple("" if row[at] is None else str(row[at]).strip() for at in places) for row in mapping.grid.rows)
    return {each for each in rows if any(each)}


def _numbers_rows(keys: set[str], rows: int) -> bool:
    """Whether the keys count the rows from 1."""
    numbers = {int(each) for each in keys if each.isdecimal()}
    return len(numbers) == len(keys) == rows and max(numbers) - min(numbers) == rows - 1 and min(numbers) <= 1
