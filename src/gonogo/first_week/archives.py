"""What a zip archive is, told by its directory and two small parts; nothing else is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import IO, Final

from gonogo.documents.office.slide_deck import read_slide_deck
from gonogo.documents.office.word_tables import word_tables
from gonogo.documents.xlsx.archive import MAX_DIRECTORY, MAX_MEMBERS, sheet_parts
from gonogo.first_week.declared_kinds import Declared
from gonogo.first_week.file_heads import FileHead, Foreign
from gonogo.first_week.file_kinds import SHEETS, FileKind, Why
from gonogo.first_week.prose import plain
from gonogo.model.refusal import SourceRefusal

_END: Final = b"PK\x05\x06"
_TAIL: Final = 22 + 65535
_MAX_PART: Final = 2**20
_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_MAX_DECK: Final = 64 * 2**20
HEADINGS_WITHIN: Final = 4
"""First rows of a table on a slide, among which its headings are."""
_SLIDES: Final = "It is a presentation; slides are not evidence."
_TEXT: Final = (
    "It is a text for people; have somebody state what it proves in the workbook (gonogo workbook), with this "
    "file as its source."
)
_REVIEW: Final = re.compile(rb"<dc:title>[^<]*Phase 4 [^<]*Review", re.IGNORECASE)


def read_archive(stream: IO[bytes], size: int, name: str, declared: Declared) -> FileHead:
    """Return what a zip archive is.

    Args:
        stream: The archive.
        size: Its bytes.
        name: Its file name, for sentences.
        declared: What collectors recognize.

    Raises:
        Foreign: It is no workbook, is damaged, or has a directory that no workbook has.
    """
    _check_directory(stream, size)
    try:
        with zipfile.ZipFile(stream) as archive:
            found = _by_parts(archive, name, declared)
        return found or _by_tables(stream, size, name, declared)
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        raise Foreign(Why.UNREADABLE, f"It is a damaged or truncated archive: {plain(str(error), most=80)}.") from error


def _check_directory(stream: IO[bytes], size: int) -> None:
    """Look at the end record first, so that a directory of a million entries is never read."""
    stream.seek(max(0, size - _TAIL))
    tail = stream.read(_TAIL)
    end = tail.rfind(_END)
    if end < 0 or len(tail) - end < 22:
        raise Foreign(
            Why.UNREADABLE, "It is truncated: the directory at its end is missing. Copy or download it again."
        )
    entries, directory = struct.unpack_from("<HI", tail, end + 10)
    if entries > MAX_MEMBERS or directory > MAX_DIRECTORY:
        raise Foreign(Why.UNKNOWN, f"It is an archive with {entries:,} entries; unpack it here if it holds evidence.")
    stream.seek(0)


def _by_tables(stream: IO[bytes], size: int, name: str, declared: Declared) -> FileHead:
    """Return what a presentation or a Word document is by the headings of its tables.

    Raises:
        Foreign: No collector reads such a table, or it cannot be read.
    """
    if size > _MAX_DECK:
        raise Foreign(Why.LARGE, "It is a presentation or a text of more than 64 MB, which nobody looks into here.")
    stream.seek(0)
    data = stream.read()
    try:
        if name.casefold().endswith(".docx"):
            tables = tuple(word_tables(data, name))
        else:
            tables = read_slide_deck(data, name).tables
    except SourceRefusal as refusal:
        raise Foreign(Why.UNREADABLE, f"{plain(str(refusal), most=160)}.") from refusal
    for table in tables:
        for row in table.rows[:HEADINGS_WITHIN]:
            if claimed := declared.by_table_row([cell.key for cell in row]):
                return FileHead(claimed, plain(table.place.removeprefix(f"{name}, "), most=60))
    raise Foreign(Why.UNKNOWN, _SLIDES if not name.casefold().endswith(".docx") else _TEXT)


def _by_parts(archive: zipfile.ZipFile, name: str, declared: Declared) -> FileHead | None:
    """Return what an archive is by its parts; None for a presentation or a text, which is known by its tables."""
    names = set(archive.namelist())
    if _WORKBOOK in names:
        return _workbook(archive, name, declared)
    if "xl/workbook.bin" in names:
        raise Foreign(Why.UNKNOWN, "It is a binary workbook (.xlsb); save it as .xlsx.")
    if "ppt/presentation.xml" in names:
        if "docProps/core.xml" in names and _REVIEW.search(_part(archive, "docProps/core.xml")):
            return FileHead(FileKind.M3_REVIEW)
        if not name.casefold().endswith(".pptx"):
            raise Foreign(Why.UNKNOWN, _SLIDES)
        return None
    if "word/document.xml" in names:
        if not name.casefold().endswith(".docx"):
            raise Foreign(Why.UNKNOWN, _TEXT)
        return None
    if "content.xml" in names and "mimetype" in names:
        raise Foreign(Why.UNKNOWN, "It is an OpenDocument file; save a spreadsheet as .xlsx.")
    raise Foreign(Why.UNKNOWN, "It is an archive; unpack it here if it holds evidence.")


def _workbook(archive: zipfile.ZipFile, name: str, declared: Declared) -> FileHead:
    parts = {part: _part(archive, part) for part in (_WORKBOOK, _RELATIONS)}
    try:
        sheets = tuple(sheet_parts(name, parts))
    except SourceRefusal as refusal:
        raise Foreign(Why.UNREADABLE, f"{plain(str(refusal), most=160)}.") from refusal
    listed_sheets = (
        f"{'sheets' if len(sheets) > 1 else 'sheet'} {', '.join(plain(sheet, most=40) for sheet in sheets[:6])}"
    )
    detail = listed_sheets + (f" and {len(sheets) - 6} more" if len(sheets) > 6 else "")
    if claimed := declared.by_sheets(sheets):
        return FileHead(claimed, detail)
    kind = next((kind for wanted, kind in SHEETS if wanted <= set(sheets)), FileKind.XLSX)
    return FileHead(kind, detail)


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist():
        return b""
    if archive.getinfo(name).flag_bits & 1:
        raise Foreign(Why.UNREADABLE, "It is encrypted; save it without a password.")
    size = archive.getinfo(name).file_size
    if size > _MAX_PART:
        raise Foreign(
            Why.LARGE, f"Its part {plain(name, most=60)} would unpack to {size:,} bytes; the limit is {_MAX_PART:,}."
        )
    with archive.open(name) as part:
        return part.read(_MAX_PART)
