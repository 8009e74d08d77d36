"""The keys of one JSON export against settings that leave room, and lists inside of records as one text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.collectors.table.headings_found import Settled, leaves_room, names_of, plain_heading, settle
from gonogo.collectors.table.settings import Table
from gonogo.model.refusal import StructuralFault

_LIST: Final = "[]"
_JOINT: Final = "; "
ABSENT: Final = object()
_MOST: Final = 4000
"""Keys beside those that are read, of all records together."""


def settle_records(table: Table, records: Sequence[Mapping[str, Any]], place: str) -> tuple[Settled, list[Any]]:
    """Return settings that name exactly the keys of the records, and the records with lists as texts.

    Args:
        table: Settings of the table.
        records: Of the document.
        place: Where they are.

    Raises:
        CollectorRefusal: A key that must be there is in no record, or a list holds something other than texts.
    """
    paths = [path for name, column in table.columns.items() for path in names_of(name, column)]
    lists = [path for path in paths if _LIST in path]
    if not lists and not leaves_room(table):
        return Settled(table, paths), list(records)
    flat = []
    for number, record in enumerate(records, 1):
        texts = ((path, _listed(record, path, f"{place}: record {number}")) for path in lists)
        made = {path: text for path, text in texts if text is not ABSENT}
        whole = {path.partition(_LIST)[0] for path in made}  # the list itself is read, so it is no key beside it
        flat.append({**{key: value for key, value in record.items() if key not in whole}, **made})
    reached = [path for path in paths if any(value_at(record, path) is not ABSENT for record in flat)]
    there = _innermost(flat, reached)
    headings = list(dict.fromkeys([*there, *_beside(flat, there)]))
    twins = set(_twins(flat, there, headings)) if table.others == "ignored" else set()
    headings = [heading for heading in headings if heading not in twins]
    settled = settle(table, headings, place)
    if twins:
        ignored = settled.table.model_copy(update={"ignore": (*settled.table.ignore, *sorted(twins))})
        settled = replace(settled, table=ignored)
    if settled.fold is not None:
        heads = settled.headings[-len(settled.fold.picked) :]
        for record in flat:
            for heading, picked in zip(heads, settled.fold.picked, strict=True):
                record[heading] = replace(picked, positions=(0,)).cell([_text(record, headings[picked.positions[0]])])
    return settled, flat


def _twins(records: Sequence[Any], read: Sequence[str], headings: Sequence[str]) -> Iterator[str]:
    """Yield the keys that repeat one that is read in other capitals, with the same value in each record."""
    for path in read:
        for other in headings:
            if (
                other not in read
                and plain_heading(other) == plain_heading(path)
                and all(value_at(record, other) == value_at(record, path) for record in records)
            ):
                yield other


def _innermost(records: Sequence[Any], reached: Sequence[str]) -> list[str]:
    """Return the paths that are names of columns: where one reaches into an object, the object itself is none.

    Null on the way reaches anything. So a path is none either where it is reached by null alone, and what stands above
    it is a value.
    """
    inner = {path: [other for other in reached if other.startswith((f"{path}.", f"{path}["))] for path in reached}
    valued = {
        path
        for path in dict.fromkeys(each for above, below in inner.items() if below for each in (above, *below))
        if any(value_at(record, path) not in (ABSENT, None) for record in records)
    }
    by_null = {path for above, below in inner.items() if above in valued for path in below if path not in valued}
    return [path for path in reached if path not in by_null and by_null.issuperset(inner[path])]


def value_at(record: Any, path: str) -> Any:
    """Return what a record has at a dotted path, whose keys may hold dots themselves; :data:`ABSENT` for nothing.

    Null on the way there is a blank.
    """
    if not isinstance(record, Mapping):
        return ABSENT
    if path in record:
        return record[path]
    dots = (at for at, sign in enumerate(path) if sign == ".")
    for at in dots:
        inner = record.get(path[:at], ABSENT)
        if inner is None:
            return None
        found = value_at(inner, path[at + 1 :])
        if found is not ABSENT:
            return found
    return ABSENT


def _text(record: Mapping[str, Any], path: str) -> str:
    """Return the text at a path; empty where there is none."""
    found = value_at(record, path)
    return found if isinstance(found, str) else ""


def _beside(records: Sequence[Mapping[str, Any]], read: Sequence[str]) -> Iterator[str]:
    """Yield each key that no column reads, also those inside of objects that a column reaches into."""
    parents = {".".join(path.split(".")[:n]) for path in read for n in range(1, path.count(".") + 1)}
    seen = set(read)
    for record in records:
        parts: list[tuple[str, Mapping[str, Any]]] = [("", record)]
        while parts:
            prefix, part = parts.pop()
            for key, value in part.items():
                full = prefix + key
                if full in parents and isinstance(value, Mapping):
                    parts.append((full + ".", value))
                elif full not in seen and full not in parents and len(seen) < _MOST:
                    seen.add(full)
                    yield full


def _listed(record: Mapping[str, Any], path: str, where: str) -> Any:
    """Return the texts of a list in a record, joined: of its members, or of one key of each (``labels[].name``)."""
    outer, _, inner = path.partition(_LIST)
    found: Any = record
    for key in outer.split("."):
        if not isinstance(found, Mapping) or key not in found:
            return ABSENT if found is not None else None
        found = found[key]
    if found is None:
        return None
    if not isinstance(found, list):
        raise StructuralFault(f"{where}: {outer} is not a list")
    keys = inner.lstrip(".").split(".") if inner else []
    texts = []
    for member in found:
        for key in keys:
            member = member.get(key) if isinstance(member, Mapping) else None
        if not isinstance(member, str):
            raise StructuralFault(f"{where}: {path} holds something that is not a text")
        texts.append(member)
    return _JOINT.join(texts)
