"""What the keys of a table's rows are about: people, things, or nobody knows; by the headings of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, Final

from gonogo.model.about_people import personal_word
from gonogo.model.program import Binding

MAIL: Final = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[A-Za-z]{2,}")
"""What looks like a mail address, anywhere in a key."""
TICKET: Final = re.compile(r"[A-Z][A-Z0-9]{0,9}[-_.][0-9]{1,8}", re.ASCII)
"""A key such as ``GRT-103``, which names a thing wherever its column is not about people."""


class KeysAbout(StrEnum):
    """What the key columns of a binding are about."""

    PEOPLE = "people"
    THINGS = "things"
    UNKNOWN = "unknown"
    """No table, or no key."""


def keys_about(binding: Binding) -> KeysAbout:
    """Return what the keys are about that a binding's answers name."""
    headings = list(_headings(binding.settings)) if binding.plugin == "table" else []
    if not headings:
        return KeysAbout.UNKNOWN
    return KeysAbout.PEOPLE if any(personal_word(heading) for heading in headings) else KeysAbout.THINGS


def _headings(settings: Mapping[str, Any]) -> Iterator[str]:
    tables = settings.get("tables")
    columns: dict[str, str] = {}
    for table in tables.values() if isinstance(tables, Mapping) else ():
        own = table.get("columns") if isinstance(table, Mapping) else None
        for name, column in own.items() if isinstance(own, Mapping) else ():
            header = column.get("header") if isinstance(column, Mapping) else None
            columns[str(name)] = header if isinstance(header, str) else str(name)
        unique = table.get("unique") if isinstance(table, Mapping) else None
        for name in unique if isinstance(unique, (list, tuple)) else ():
            yield columns.get(str(name), str(name))
    for name in _per(settings.get("facts")):
        yield columns.get(name, name)


def _per(part: Any) -> Iterator[str]:
    """Yield the columns of ``per: {column, need}`` anywhere in the facts."""
    if isinstance(part, Mapping):
        per = part.get("per")
        column = per.get("column") if isinstance(per, Mapping) else per
        if isinstance(column, str):
            yield column
        for inner in part.values():
            yield from _per(inner)
    elif isinstance(part, (list, tuple)):
        for inner in part:
            yield from _per(inner)
