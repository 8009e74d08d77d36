"""What a zip archive is, told by its directory and two small parts; nothing else is unpacked."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from typing import IO, Final

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
            return _by_parts(archive, name, declared)
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


def _by_parts(archive: zipfile.ZipFile, name: str, declared: Declared) -> FileHead:
    names = set(archive.namelist())
    if _WORKBOOK in names:
        return _workbook(archive, name, declared)
    if "xl/workbook.bin" in names:
        raise Foreign(Why.UNKNOWN, "It is a binary workbook (.xlsb); save it as .xlsx.")
    if "ppt/presentation.xml" in names:
        if "docProps/core.xml" in names and _REVIEW.search(_part(archive, "docProps/core.xml")):
            return FileHead(FileKind.M3_REVIEW)
        raise Foreign(Why.UNKNOWN, "It is a presentation; slides are not evidence.")
    if "word/document.xml" in names:
        raise Foreign(
            Why.UNKNOWN,
            "It is a text for people; have somebody state what it proves in the workbook (gonogo workbook), with this "
            "file as its source.",
        )
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
    with archive.open(name) as part:
        return part.read(_MAX_PART)
