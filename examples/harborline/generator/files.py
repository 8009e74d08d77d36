"""Files whose bytes depend on nothing but their content: no clock, no locale, no compression library."""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

EPOCH = (1980, 1, 1, 0, 0, 0)
_STORED_BLANK = re.compile(rb"(<f>[^<]*</f>)<v></v>")


def dice(name: str) -> random.Random:
    """Return the random numbers of one source; the same in every run, on every machine, for every scenario."""
    return random.Random(f"harborline/{name}")


def write_text(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a text with plain line ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with a header row."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    write_text(path, stream.getvalue())


def write_workbook(path: Path, created: datetime, fill: Callable[[Any], None]) -> None:
    """Write an XLSX file.

    Parts are stored, not compressed: two versions of a compression library may pack the same content differently.
    Formulas that were given no result keep none, as in a workbook that no spreadsheet program has calculated.
    """
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": "", "author": "", "created": created})
        fill(book)
    write_stored(path, packed)


def write_stored(path: Path, packed: io.BytesIO) -> None:
    """Write an archive anew with its parts stored, and without the times at which they were packed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(packed) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as target:
        for member in source.infolist():
            entry = zipfile.ZipInfo(member.filename, EPOCH)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            target.writestr(entry, _STORED_BLANK.sub(rb"\1", source.read(member)))


def write_sheet(book: Any, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Any:
    """Write a sheet with a header in row 1; dates are dates, texts stay texts. Return it."""
    sheet = book.add_worksheet(name)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, header)
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row):
            if isinstance(value, datetime):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, str):
                sheet.write_string(number, column, value) if value else None
            elif value is not None:
                sheet.write_number(number, column, value)
    return sheet
