"""The export profiles that a file may be read by: its headings on every sheet, in every row that could hold them."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

from gonogo.documents.files import open_regular
from gonogo.errors import UsageError
from gonogo.first_week.answer_pages import pages_of
from gonogo.first_week.csv_dialect import DELIMITERS, NotText, decoded
from gonogo.first_week.first_look import look_into
from gonogo.profiles.fitting import Confidence, Fit, Head, recognize
from gonogo.profiles.profile import Profile

_ROWS: Final = 12
"""First rows among which the headings are."""
_HEAD: Final = 1 << 17
_MOST: Final = 64 * 2**20
"""Bytes of a workbook or a JSON document that are looked at."""
_RECORDS: Final = 200


def fits_of(path: Path, profiles: Iterable[Profile], *, sheet: str = "") -> list[Fit]:
    """Return the profiles that a file may be read by, the surest first, each once.

    Args:
        path: A CSV, XLSX or JSON file; there are none for any other, or for one that cannot be read.
        profiles: The shelf.
        sheet: Of a workbook, the only one that is looked at; every visible one by default.
    """
    known = tuple(profiles)
    best: dict[str, Fit] = {}
    order = list(Confidence)
    for head in heads_of(path):
        if sheet and head.sheet != sheet:
            continue
        for found in recognize(head, known):
            before = best.get(found.profile.reference)
            if before is None or order.index(found.confidence) < order.index(before.confidence):
                best[found.profile.reference] = found
    return sorted(best.values(), key=lambda found: (order.index(found.confidence), found.profile.ships))


def sheet_of_tool(path: Path, profiles: Iterable[Profile]) -> str:
    """Return the first sheet of a workbook that is surely a tool's export and bears the name that the tool gives it."""
    known = tuple(profiles)
    for head in heads_of(path):
        if head.sheet:
            best = next(iter(recognize(head, known)), None)
            if best and best.fits and best.confidence is Confidence.SURE and head.sheet in best.profile.sheets:
                return head.sheet
    return ""


def heads_of(path: Path) -> list[Head]:
    """Return every row of a file that may hold its headings; for JSON the keys of its records."""
    try:
        size = path.stat().st_size
        with open_regular(path) as stream:
            start = stream.read(_HEAD)
            data = start if size <= len(start) else start + stream.read() if size <= _MOST else b""
    except OSError:
        return []
    name = path.name
    if start.startswith(b"PK\x03\x04"):
        return list(_sheets(data, name)) if data else []
    if start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return _json(data, name)
    return _text(start, name, whole=size <= len(start))


def _text(data: bytes, name: str, *, whole: bool) -> list[Head]:
    try:
        lines = decoded(data, whole=whole).text.splitlines(keepends=True)
    except NotText:
        return []
    found = []
    for number, line in enumerate(lines[:_ROWS], 1):
        delimiter = max(DELIMITERS, key=line.count)
        try:
            cells = next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            continue
        if sum(bool(cell.strip()) for cell in cells) > 1:
            below = cache(partial(_below, lines[number:], delimiter))
            found.append(Head(tuple(cells), name, "", "csv", below, whole))
    return found


def _below(lines: list[str], delimiter: str) -> list[list[str]]:
    """Return the rows of these lines, up to one that cannot be read."""
    rows: list[list[str]] = []
    with suppress(csv.Error):
        rows.extend(row for row in csv.reader(lines, delimiter=delimiter) if any(map(str.strip, row)))
    return rows


def _sheets(data: bytes, name: str) -> Iterator[Head]:
    try:
        workbook = look_into(data, name)
        for sheet in workbook.sheet_names:
            if not workbook.visible(sheet):
                continue
            rows = workbook.sheet(sheet).rows
            for number, row in enumerate(rows[:_ROWS], 1):
                cells = tuple(str(cell) for cell in row)
                if sum(bool(cell.strip()) for cell in cells) > 1:
                    yield Head(cells, name, sheet, "xlsx", partial(_filled, rows[number:]), whole=True)
    except UsageError:
        return


def _filled(rows: Sequence[Sequence[object]]) -> list[Sequence[object]]:
    return [row for row in rows if any(str(cell).strip() for cell in row)]


def _json(data: bytes, name: str) -> list[Head]:
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return []
    found = []
    for records in _lists(document):
        keys = dict.fromkeys(key for record in records[:_RECORDS] for key in _keys(record, ""))
        found.append(Head(tuple(keys), name, "", "json", partial(_values, records, tuple(keys)), whole=True))
    return found


def _values(records: list[Any], keys: tuple[str, ...]) -> list[list[object]]:
    return [[_value(record, key) for key in keys] for record in records if isinstance(record, dict)]


def _value(record: dict[str, Any], key: str) -> object:
    """Return what a record holds under a dotted key; a list of texts as one text, and nothing for what has parts."""
    first, _, rest = key.partition(".")
    value = record.get(first, "")
    if rest:
        return _value(value, rest) if isinstance(value, dict) else ""
    if isinstance(value, list):
        return ";".join(map(str, value))
    return "" if value is None or isinstance(value, dict) else value


def _lists(document: Any) -> Iterator[list[Any]]:
    """Yield each list of records of a document: itself, one at most two keys below it, those of an array of pages."""
    places = [document, *_inside(document)]
    places += [inner for place in _inside(document) for inner in _inside(place)]
    places += [records for _, records in pages_of(document)]
    for place in places:
        if isinstance(place, list) and place and all(isinstance(record, dict) for record in place[:_RECORDS]):
            yield place


def _inside(place: Any) -> list[Any]:
    return list(place.values()) if isinstance(place, dict) else []


def _keys(record: dict[str, Any], prefix: str) -> Iterator[str]:
    for key, value in record.items():
        yield prefix + key
        if isinstance(value, dict) and prefix.count(".") < 2:
            yield from _keys(value, f"{prefix}{key}.")
