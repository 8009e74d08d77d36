"""What an export says of its open items beyond their keys: columns from which an acceptance is drafted.

A cell of an export is nobody's signature. So person, seat and day of an acceptance are never drafted: what an export
says of them is shown, for that person to sign.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

from gonogo.core.wording import listing
from gonogo.documents.xlsx.styles import percent_cells
from gonogo.documents.xlsx.workbook import header_key, read_workbook
from gonogo.exports.export_cells import DAYS, SHARES, TEXTS, ExportCell, UnreadCell, value_in
from gonogo.exports.export_days import declared_formats
from gonogo.model.evidence import Evidence
from gonogo.model.program import Binding, Marking
from gonogo.model.refusal import SourceRefusal

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
        unread: Field of an acceptance to its cell, where the draft does not take it over.
    """

    drafted: Mapping[str, Any] = field(default_factory=dict)
    person: str = ""
    on: str = ""
    file: str = ""
    unread: Mapping[str, UnreadCell] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exported:
    """What the exports of a register say of its open items.

    Attributes:
        items: By key.
        passed_over: A sentence for each file, or heading, from which nothing is taken though it may say something.
    """

    items: Mapping[str, ExportedItem] = field(default_factory=dict)
    passed_over: tuple[str, ...] = ()


def exported_items(root: Path, binding: Binding | None, entry: Evidence) -> Exported:
    """Return what an export says of each open item of a register; nothing where it cannot be told.

    Only the bytes that the recorded run read are looked at, and none of a source about people or with CUI.

    Args:
        root: The program's folder.
        binding: The source that answers for the register's fact.
        entry: The recorded answer, with the open items and the digests of what was read.
    """
    if binding is None or kept_closed(binding) or not entry.open_items:
        return Exported()
    found: dict[str, ExportedItem] = {}
    passed: list[str] = []
    keys = frozenset(entry.open_items)
    named = {path for each in binding.inputs for path in each.paths}
    for path in (path for each in binding.inputs for pattern in each.paths for path in _files(root, pattern)):
        data = _read(root / path, entry.source.sha256)
        if isinstance(data, str):
            passed += [f"{path} {data}"] if data and path in named else []
            continue
        try:
            grid = _grid(data, path, binding.settings)
        except _Shut as shut:
            passed.append(f"{path} {shut}, so nothing is taken from it.")
            continue
        items, why = _items(grid, keys, path, declared_formats(binding.settings))
        found |= items
        passed += why
    return Exported(found, tuple(passed))


def exported_in(data: bytes, path: str, keys: Collection[str], settings: Mapping[str, Any]) -> dict[str, ExportedItem]:
    """Return what the bytes of one file say of each open item; nothing where that cannot be told.

    Args:
        data: The file.
        path: Its path, for places and by its ending for its form.
        keys: All open items that the file names.
        settings: Of the binding that reads it.
    """
    try:
        grid = _grid(data, path, settings)
    except _Shut:
        return {}
    return _items(grid, keys, path, declared_formats(settings))[0]


def known_bytes(path: Path, sha256: str) -> bytes | None:
    """Return the bytes of a file if they are those of a digest; None where they are not, or cannot be had."""
    data = _read(path, (sha256,))
    return data if isinstance(data, bytes) else None


def _files(root: Path, pattern: str) -> list[str]:
    """Return the path, or the files that a pattern matches, of which the run read one."""
    if "*" not in pattern and "?" not in pattern and "[" not in pattern:
        return [pattern]
    try:
        return sorted(each.relative_to(root).as_posix() for each in root.glob(pattern) if each.is_file())
    except (ValueError, NotImplementedError, OSError):
        return []


def kept_closed(binding: Binding) -> bool:
    """Whether nothing is taken from the export of a source, because it is about people or holds CUI."""
    return binding.handling.marking in (Marking.PII, Marking.CUI)


class _Shut(Exception):
    """The export cannot be laid out as rows."""


@dataclass(frozen=True, slots=True)
class _Grid:
    """Rows of an export.

    Attributes:
        rows: Their cells.
        where: Returns the place of a cell, by the index of its row, that of its column and its heading.
        percent: (row, column) indexes of the cells that a workbook shows as percentages.
    """

    rows: Sequence[Sequence[object]]
    where: Callable[[int, int, str], str]
    percent: frozenset[tuple[int, int]] = frozenset()


def _read(path: Path, known: Collection[str]) -> bytes | str:
    """Return the bytes that the recorded run read; else why they are not looked at, empty for another file."""
    try:
        if not path.is_file():
            return ""  # a pattern, or gone: the run names what it read
        if path.stat().st_size > _LARGEST:
            return f"has more than {_LARGEST >> 20} MB, so nothing is taken from it."
        data = path.read_bytes()
    except OSError as error:
        return f"cannot be read: {error.strerror or 'the system refused'}."
    if hashlib.sha256(data).hexdigest() in known:
        return data
    return (
        "is not as the last recorded run read it, so nothing is taken from it; run `gonogo progress`, then draft again."
    )


def _grid(data: bytes, path: str, settings: Mapping[str, Any]) -> _Grid:
    if PurePosixPath(path).suffix.lower() == ".xlsx":
        try:
            workbook = read_workbook(data, path)
            sheet = workbook.sheet(_setting(settings, "sheet", workbook.sheet_names[0]))
            shares = percent_cells(*workbook.styled(sheet.name), str(sheet.where()))
        except (SourceRefusal, IndexError) as error:
            raise _Shut("is no workbook that can be read") from error
        percent = frozenset((row - 1, column - 1) for row, column in shares)
        return _Grid(sheet.rows, lambda row, column, _: str(sheet.where(row + 1, column + 1)), percent)
    try:
        named = _setting(settings, "encoding", "utf-8")
        text = data.decode("utf-8-sig" if named == "utf-8" else named)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_setting(settings, "delimiter", ","), strict=True)
        rows: list[list[object]] = []
        lines: list[int] = []
        before = 0
        for row in reader:
            rows.append([*row])
            lines.append(before + 1)
            before = reader.line_num
    except (UnicodeError, LookupError, csv.Error, TypeError) as error:
        raise _Shut("is no CSV file as the binding says") from error
    return _Grid(rows, lambda row, _, heading: f"{path} line {lines[row]}, {heading}")


def _setting(settings: Mapping[str, Any], name: str, otherwise: str) -> str:
    """Return what a binding says of its file, or of the first of its tables that says so."""
    tables = settings.get("tables")
    places = [settings, *(tables.values() if isinstance(tables, Mapping) else ())]
    return next((str(each[name]) for each in places if isinstance(each, Mapping) and name in each), otherwise)


def _items(
    grid: _Grid, keys: Collection[str], path: str, formats: Mapping[str, frozenset[str]]
) -> tuple[dict[str, ExportedItem], list[str]]:
    """Return each open item whose row is found, in the one column that holds every key, and what is passed over."""
    for number, row in enumerate(grid.rows[:_WITHIN]):
        places, doubled = _places(row)
        if not places.keys() & _MARKS and not doubled:
            continue
        why = [
            f"{path}: {listing([*map(repr, sorted(headings))])} could all be {part.replace('_', ' ')}, so none is read."
            for part, headings in doubled.items()
        ]
        column = _key_column(grid.rows[number + 1 :], len(row), keys)
        if column is None and not _names_any(grid.rows[number + 1 :], keys):
            return {}, []  # a file of something else: a source may read several
        if column is None:
            why.append(
                f"{path}: no one column holds each open item exactly once, so nothing is taken from "
                f"{listing([str(row[place]) for place in places.values()])}."
            )
            return {}, why
        found: dict[str, ExportedItem] = {}
        for index in range(number + 1, len(grid.rows)):
            each = grid.rows[index]
            if column < len(each) and (key := str(each[column]).strip()) in keys:
                cells = {
                    part: ExportCell(
                        each[place], grid.where(index, place, str(row[place])), (index, place) in grid.percent
                    )
                    for part, place in places.items()
                    if place < len(each)
                }
                written = {part: formats.get(header_key(str(row[at])), frozenset()) for part, at in places.items()}
                found[key] = _item(cells, path, written)
        return found, why
    return {}, []


def _places(row: Iterable[object]) -> tuple[dict[str, int], dict[str, list[str]]]:
    """Return in which column each part stands, and the headings of a part that two columns could hold."""
    names = {name: part for part, spellings in HEADINGS.items() for name in spellings}
    found: dict[str, list[tuple[int, str]]] = {}
    for number, cell in enumerate(row):
        if isinstance(cell, str) and (part := names.get(header_key(cell))):
            found.setdefault(part, []).append((number, cell))
    alone = {part: there[0][0] for part, there in found.items() if len(there) == 1}
    return alone, {part: [cell for _, cell in there] for part, there in found.items() if len(there) > 1}


def _names_any(rows: Sequence[Sequence[object]], keys: Collection[str]) -> bool:
    return any(str(cell).strip() in keys for row in rows for cell in row)


def _key_column(rows: Sequence[Sequence[object]], width: int, keys: Collection[str]) -> int | None:
    fitting = [
        column
        for column in range(width)
        if sorted(key for row in rows if column < len(row) and (key := str(row[column]).strip()) in keys)
        == sorted(keys)
    ]
    return fitting[0] if keys and len(fitting) == 1 else None


def _item(cells: Mapping[str, ExportCell], path: str, formats: Mapping[str, frozenset[str]]) -> ExportedItem:
    drafted: dict[str, Any] = {}
    unread: dict[str, UnreadCell] = {}
    for part in (*DAYS, *TEXTS, *SHARES):
        cell = cells.get(part, cells.get("exposure") if part in SHARES else None)
        value = value_in(part, cell, formats.get(part, frozenset())) if cell is not None else None
        if isinstance(value, UnreadCell):
            unread[part] = value
        elif value is not None:
            drafted[part] = value
    said = {part: cells[part].text if part in cells else "" for part in ("person", "on")}
    return ExportedItem(drafted, said["person"], said["on"], path, unread)
