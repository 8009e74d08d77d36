"""The records of a JSON document as a grid: a column for each key, dotted for nested ones."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any, Final

from gonogo.documents.evidence_json import read_evidence
from gonogo.documents.xlsx.workbook import Cell
from gonogo.errors import UsageError
from gonogo.first_week.answer_pages import pages_of
from gonogo.first_week.prose import plain
from gonogo.first_week.sample_grid import Grid, GridNote
from gonogo.model.refusal import StructuralFault

_DEEP: Final = 3
_PLAIN: Final = frozenset((str, float, bool))
_PATHS: Final = 2
"""Records are the document itself, or stand at most so many keys below it."""
_MOST: Final = 500
"""Keys of a document; one that has more is keyed by what it is about."""


def read_json_grid(data: bytes, file_name: str) -> Grid:
    """Return the records that a JSON document holds: its longest list of objects.

    Args:
        data: Its bytes.
        file_name: Its base name.

    Raises:
        UsageError: It is no strict JSON document, or holds no list of records.
    """
    try:
        document = read_evidence(data, file_name, number=float)
    except StructuralFault as error:
        raise UsageError(f"{error}.", hint="export it again as one JSON document in UTF-8") from error
    pages = [(f"[].{key}", records) for key, records in pages_of(document) if records]
    lists = pages or sorted(_lists(document, "", _PATHS), key=lambda found: -len(found[1]))
    if not lists:
        raise UsageError(f"{file_name} is JSON without a list of records.", hint="export a list of objects")
    path, records = lists[0]
    flat = [
        record if _PLAIN.issuperset(map(type, record.values())) else dict(_flat(record, "", _DEEP))
        for record in records
    ]
    headings = tuple(dict.fromkeys(chain.from_iterable(flat)))
    if not headings or len(headings) > _MOST:
        why = "whose records have no plain value" if not headings else f"with more than {_MOST} keys"
        raise UsageError(f"{file_name} is JSON {why}.", hint="export a list of objects that have the same keys")
    settings: dict[str, Any] = {} if file_name.lower().endswith(".json") else {"format": "json"}
    settings |= {"records": path} if path else {}
    notes = [_others(path, lists[1:])] if len(lists) > 1 else []
    return Grid(
        place=file_name,
        headings=headings,
        rows=[_row(record, headings) for record in flat],
        first_row=1,
        settings=settings | {"others": "ignored"},
        notes=tuple(notes),
        typed=True,
        records=True,
    )


def _row(record: Mapping[str, Cell], headings: tuple[str, ...]) -> list[Cell]:
    if tuple(record) == headings:
        return list(record.values())
    return [record.get(heading, "") for heading in headings]


def _lists(place: Any, path: str, deep: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    if isinstance(place, list) and place and all(isinstance(record, dict) for record in place):
        yield path, place
    elif isinstance(place, dict) and deep:
        for key, value in place.items():
            if "." not in key:
                yield from _lists(value, f"{path}.{key}" if path else key, deep - 1)


def _flat(record: Mapping[str, Any], prefix: str, deep: int) -> Iterator[tuple[str, Cell]]:
    """Yield the plain values of a record; a list is none."""
    for key, value in record.items():
        if value is None:
            yield prefix + key, ""
        elif isinstance(value, (str, float, bool)):
            yield prefix + key, value
        elif isinstance(value, dict) and deep > 1:
            yield from _flat(value, f"{prefix}{key}.", deep - 1)


def _others(path: str, lists: list[tuple[str, list[dict[str, Any]]]]) -> GridNote:
    which = ", ".join(plain(other or "the document", most=40) for other, _ in lists[:3])
    return GridNote("", f"the records at {plain(path, most=40)} are read; lists of records stand at {which} too")
