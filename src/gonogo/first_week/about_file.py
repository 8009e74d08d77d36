"""Why a file is about people, told by its headings and first cells: CSV, workbooks and JSON alike."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.errors import UsageError
from gonogo.first_week.csv_dialect import header_index
from gonogo.first_week.file_heads import HEAD
from gonogo.first_week.file_kinds import FileKind, Recognized
from gonogo.first_week.first_look import look_into
from gonogo.first_week.first_record import why_data
from gonogo.first_week.prose import plain
from gonogo.model.about_people import why_about_people

_ROWS: Final = 200
_KEY: Final = re.compile(r'"((?:[^"\\]|\\.){1,200})"\s*:')
_HEADLESS: Final = "its first row reads like data, and nobody can tell what its columns are"
_SHUT: Final = "its sheets could not be looked into"


def why_people(root: Path, entry: Recognized) -> list[str]:
    """Return why a table is about people: a reason for each column that is; none where nothing says so.

    Args:
        root: The program's folder.
        entry: What was recognized.
    """
    try:
        if entry.header:
            columns = list(zip(*entry.rows, strict=True)) if entry.rows else [()] * len(entry.header)
            if why_data(entry.header, columns, columns):
                return [_HEADLESS]
            return list(_of_rows(entry.header, entry.rows))
        if entry.kind is FileKind.JSON:
            with (root / entry.path).open("rb") as stream:
                return _of_keys(stream.read(HEAD))
        return _of_workbook(root / entry.path)
    except (UsageError, OSError, ValueError):
        return [_SHUT]


def _of_workbook(path: Path) -> list[str]:
    workbook = look_into(path.read_bytes(), path.name)
    found: list[str] = []
    for name in workbook.sheet_names:
        if workbook.visible(name):
            rows = workbook.sheet(name).rows[: _ROWS + 30]
            if rows:
                header = header_index(rows)
                found += [f"sheet {plain(name, most=40)}, {why}" for why in _of_rows(rows[header], rows[header + 1 :])]
    return found


def _of_rows(header: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    for index, heading in enumerate(header):
        cells = {str(row[index]) for row in rows[:_ROWS] if index < len(row) and row[index] != ""}
        if isinstance(heading, str) and (why := why_about_people(heading, sorted(cells))):
            yield f"column {plain(heading, most=60)!r}: {why}"


def _of_keys(data: bytes) -> list[str]:
    written = dict.fromkeys(_KEY.findall(data.decode("utf-8", "replace")))
    keys = dict.fromkeys(json.loads(f'"{key}"') for key in written)
    return [f"key {plain(key, most=60)!r}: {why}" for key in keys if (why := why_about_people(key))]
