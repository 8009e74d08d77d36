"""The first rows of a table as texts, for a look by words alone: nothing of them is evidence."""

from __future__ import annotations

import csv
import html
import io
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_TABLES: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm")
_HEAD: Final = 2**18
_PARTS: Final = 12
_ROWS: Final = 2_000
_ROW_ENDS: Final = re.compile(rb"</(?:\w{1,20}:)?row>")
_CELL: Final = re.compile(rb"<(?:\w{1,20}:)?c\b([^<>]*)>")
_AT: Final = re.compile(rb"\br=\"([A-Z]{1,3})[0-9]+\"")
_VALUE: Final = re.compile(rb"<(?:\w{1,20}:)?v>([^<]*)</")
_TEXT_ENDS: Final = re.compile(rb"</(?:\w{1,20}:)?si>")
_RUN: Final = re.compile(rb"<(?:\w{1,20}:)?t(?: [^<>]*)?>([^<]*)</")
_WIDEST: Final = 200


def rows_of_file(path: Path) -> list[list[str]]:
    """Return the first rows of a text table or of the sheets of a workbook; nothing for any other file."""
    if not path.name.lower().endswith(_TABLES):
        return []
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
                return []
            if path.name.lower().endswith((".xlsx", ".xlsm")):
                with zipfile.ZipFile(stream) as archive:
                    return list(_of_workbook(archive))
            return _of_text(stream.read(_HEAD))
    except (
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        zipfile.BadZipFile,
        zlib.error,
        csv.Error,
    ):
        return []


def _of_text(data: bytes) -> list[list[str]]:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        text = data.decode("utf-8-sig", "replace")
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    rows = csv.reader(io.StringIO(text), delimiter=delimiter)
    return [[cell.strip() for cell in row] for _, row in zip(range(_ROWS), rows, strict=False)]


def _of_workbook(archive: zipfile.ZipFile) -> Iterator[list[str]]:
    names = archive.namelist()
    texts: list[str] = []
    if "xl/sharedStrings.xml" in names:
        texts = [_text(found) for found in _TEXT_ENDS.split(_read(archive, "xl/sharedStrings.xml"))]
    for name in [each for each in names if each.startswith("xl/worksheets/sheet")][:_PARTS]:
        for row in _ROW_ENDS.split(_read(archive, name), maxsplit=_ROWS)[:_ROWS]:
            cells: list[str] = []
            starts = list(_CELL.finditer(row))
            for cell, following in zip(starts, [*starts[1:], None], strict=False):
                at = _AT.search(cell[1])
                place = _column(at[1]) if at is not None else len(cells)
                if place >= _WIDEST:
                    break
                cells += [""] * (place + 1 - len(cells))
                content = row[cell.end() : following.start() if following is not None else len(row)]
                cells[place] = _shown(cell[1], content, texts)
            yield cells


def _shown(attributes: bytes, content: bytes, texts: list[str]) -> str:
    value = _VALUE.search(content)
    if value is None or b't="inlineStr"' in attributes:
        return _text(content)
    said = html.unescape(value[1].decode("utf-8", "replace")).strip()
    if b't="s"' in attributes:
        return texts[int(said)] if said.isdecimal() and int(said) < len(texts) else ""
    return said.removesuffix(".0")


def _text(content: bytes) -> str:
    return html.unescape(b"".join(_RUN.findall(content)).decode("utf-8", "replace")).strip()


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        return stream.read(8 * _HEAD)
