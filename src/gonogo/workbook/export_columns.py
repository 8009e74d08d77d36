"""What an export says of its open items beyond their keys: columns from which an acceptance is drafted.

A cell of an export is nobody's signature. So person, seat and day of an acceptance are never drafted: what an export
says of them is shown, for that person to sign.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import Any, Final

from gonogo.documents.xlsx.workbook import header_key, read_workbook
from gonogo.model.evidence import Evidence
from gonogo.model.program import Binding, Marking
from gonogo.model.refusal import SourceRefusal
from gonogo.workbook.export_days import declared_formats, export_day

HEADINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "person": ("accepted by", "acceptance by", "accepted by (id)"),
    "on": ("accepted on", "acceptance date", "date accepted"),
    "until": ("accepted until", "acceptance until", "until", "valid until"),
    "workaround": ("workaround", "work-around", "work around"),
    "tried_on": ("workaround tried on", "tried on", "workaround tested on"),
    "tried_by": ("workaround tried by", "tried by", "workaround tested by"),
    "users": ("users", "share of users", "users affected", "exposure users"),
    "volume": ("volume", "share of volume", "volume affected", "exposure volume"),
    "money": ("money", "share of money", "money affected", "exposure money"),
    "exposure": ("exposure", "share touched", "share affected"),
    "touches": ("touches", "function", "business function", "unit"),
}
"""What a draft takes, and how exports call it; compared without case and stray blanks."""

SHARES: Final = ("users", "volume", "money")
_READ: Final = ("until", "tried_on", *SHARES)
"""Parts whose cells must be read as a day or as a share."""
_MARKS: Final = frozenset({"person", "on", "exposure", "users", "volume", "money", "workaround"})
"""One of these makes a row of headings that of a register with acceptances."""
_WITHIN: Final = 20
_LARGEST: Final = 32 * 2**20


@dataclass(frozen=True, slots=True)
class ExportedItem:
    """What the row of one open item says.

    Attributes:
        drafted: Field of an acceptance to its value.
        person: Who accepted it, as the export writes it; empty where it does not say.
        on: When, likewise.
        file: The export's path.
        unread: Field of an acceptance to what its cell says, where the draft does not take it over.
    """

    drafted: Mapping[str, Any] = field(default_factory=dict)
    person: str = ""
    on: str = ""
    file: str = ""
    unread: Mapping[str, str] = field(default_factory=dict)


def exported_items(root: Path, binding: Binding | None, entry: Evidence) -> dict[str, ExportedItem]:
    """Return what an export says of each open item of a register; nothing where it cannot be told.

    Only the bytes that the recorded run read are looked at, and none of a source about people or with CUI.

    Args:
        root: The program's folder.
        binding: The source that answers for the register's fact.
        entry: The recorded answer, with the open items and the digests of what was read.
    """
    if binding is None or kept_closed(binding):
        return {}
    found: dict[str, ExportedItem] = {}
    for path in (path for each in binding.inputs for path in each.paths):
        data = _read(root / path, entry.source.sha256)
        rows = _rows(data, path, binding.settings) if data is not None else ()
        found |= _items(rows, frozenset(entry.open_items or ()), path, declared_formats(binding.settings))
    return found


def kept_closed(binding: Binding) -> bool:
    """Whether nothing is taken from the export of a source, because it is about people or holds CUI."""
    return binding.handling.marking in (Marking.PII, Marking.CUI)


def _read(path: Path, known: Collection[str]) -> bytes | None:
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size <= _LARGEST else b""
    except OSError:
        return None
    return data if hashlib.sha256(data).hexdigest() in known else None


def _rows(data: bytes, path: str, settings: Mapping[str, Any]) -> list[list[object]]:
    if PurePosixPath(path).suffix.lower() == ".xlsx":
        try:
            workbook = read_workbook(data, path)
            name = _setting(settings, "sheet", workbook.sheet_names[0])
            return [list(row) for row in workbook.sheet(name).rows]
        except (SourceRefusal, IndexError):
            return []
    try:
        named = _setting(settings, "encoding", "utf-8")
        text = data.decode("utf-8-sig" if named == "utf-8" else named)
        lines = csv.reader(text.splitlines(), delimiter=_setting(settings, "delimiter", ","), strict=True)
        return [list(row) for row in lines]
    except (UnicodeError, LookupError, csv.Error, TypeError):
        return []


def _setting(settings: Mapping[str, Any], name: str, otherwise: str) -> str:
    """Return what a binding says of its file, or of the first of its tables that says so."""
    tables = settings.get("tables")
    places = [settings, *(tables.values() if isinstance(tables, Mapping) else ())]
    return next((str(each[name]) for each in places if isinstance(each, Mapping) and name in each), otherwise)


def _items(
    rows: Sequence[Sequence[object]], keys: Collection[str], path: str, formats: Mapping[str, frozenset[str]]
) -> dict[str, ExportedItem]:
    """Return each open item whose row is found: in the one column that holds every key, each once."""
    for number, row in enumerate(rows[:_WITHIN]):
        places = _places(row)
        if places.keys() & _MARKS:
            below = rows[number + 1 :]
            column = _key_column(below, len(row), keys)
            written = {part: formats.get(header_key(str(row[place])), frozenset()) for part, place in places.items()}
            if column is None:
                return {}
            return {
                key: _item(each, places, path, written)
                for each in below
                if column < len(each) and (key := str(each[column]).strip()) in keys
            }
    return {}


def _places(row: Iterable[object]) -> dict[str, int]:
    """Return in which column each part stands; one that two columns could hold stands in none."""
    names = {name: part for part, spellings in HEADINGS.items() for name in spellings}
    found: dict[str, list[int]] = {}
    for number, cell in enumerate(row):
        if isinstance(cell, str) and (part := names.get(header_key(cell))):
            found.setdefault(part, []).append(number)
    return {part: numbers[0] for part, numbers in found.items() if len(numbers) == 1}


def _key_column(rows: Sequence[Sequence[object]], width: int, keys: Collection[str]) -> int | None:
    fitting = [
        column
        for column in range(width)
        if sorted(key for row in rows if column < len(row) and (key := str(row[column]).strip()) in keys)
        == sorted(keys)
    ]
    return fitting[0] if keys and len(fitting) == 1 else None


def _item(
    row: Sequence[object], places: Mapping[str, int], path: str, formats: Mapping[str, frozenset[str]]
) -> ExportedItem:
    cells = {part: row[number] for part, number in places.items() if number < len(row)}
    drafted: dict[str, Any] = {}
    for part in ("until", "tried_on"):
        if (day := export_day(cells.get(part), formats.get(part, ()))) is not None:
            drafted[part] = day
    for part in ("workaround", "tried_by", "touches"):
        if text := _text(cells.get(part)):
            drafted[part] = text
    every = _share(cells.get("exposure"))
    for part in SHARES:
        share = _share(cells.get(part)) if part in cells else every
        if share is not None:
            drafted[part] = share
    said = {part: _text(cells.get(part if part in cells or part not in SHARES else "exposure")) for part in _READ}
    unread = {part: text for part, text in said.items() if text and part not in drafted}
    return ExportedItem(drafted, _text(cells.get("person")), _text(cells.get("on")), path, unread)


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    text = cell.isoformat() if isinstance(cell, date) else "" if cell is None else str(cell)
    return " ".join(text.split())[:200]


def _share(cell: object) -> Decimal | None:
    """Return a share that is written as one: ``4%``, or a number up to 1 that a workbook shows as a percentage."""
    if isinstance(cell, float) and 0 < cell <= 1:
        return Decimal(repr(cell))
    found = re.fullmatch(r"([0-9]{1,3}(?:\.[0-9]{1,6})?) ?%", _text(cell), re.ASCII)
    if found is None:
        return None
    share = Decimal(found[1]) / 100
    return share.normalize() if 0 < share <= 1 else None
