"""The outside of an XLSX file: a zip archive that is checked before anything is unpacked, and then packed anew.

Three readers may each see another archive in the same bytes (doubled names, lying sizes, data before or after).
So the directory is checked first, every part is unpacked once under a cap with its checksum, and only a plain
archive made of exactly these parts is handed on.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from gonogo.documents.strict_xml import ParseError, whole
from gonogo.documents.xlsx.zip_layout import check_end_record, check_layout, plain_name
from gonogo.model.refusal import SourceRefusal

MAX_MEMBERS: Final = 200
MAX_TOTAL: Final = 128 * 2**20
"""Bytes of all members together after unpacking."""
MAX_RATIO: Final = 100
"""Unpacked over packed bytes, for members and archives whose size could hurt."""
RATIO_MATTERS_FROM: Final = 2**20
MAX_DIRECTORY: Final = 64 * 2**10
"""Bytes of the zip directory; 200 entries with names of 200 bytes fit."""

_END: Final = b"PK\x05\x06"
_END_64: Final = b"PK\x06\x07"
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = 0x1
_READ: Final = (".xml", ".rels")
_TEXTS_END: Final = re.compile(rb"</(?:[A-Za-z]+:)?sst\s*>")
_ENCODING: Final = re.compile(rb"encoding\s*=\s*[\"']([^\"']{1,40})[\"']")


def read_parts(data: bytes, file_name: str) -> dict[str, bytes]:
    """Return the XML parts of an XLSX file by name; pictures, macros and printer settings are left packed.

    Raises:
        SourceRefusal: Empty, truncated, damaged, encrypted, not a zip archive, or built to hurt.
    """
    _check_end(data, file_name)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
            _check_directory(members, file_name)
            check_layout(data, members, file_name)
            parts = {member.filename: archive.read(member) for member in members if member.filename.endswith(_READ)}
    except (
        zipfile.BadZipFile,
        zlib.error,
        struct.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
        OSError,
    ) as error:
        raise SourceRefusal(f"{file_name} is a damaged or truncated XLSX file: {error}") from error
    _check_parts(parts, file_name)
    return parts


def pack(parts: dict[str, bytes]) -> io.BytesIO:
    """Return a plain archive, uncompressed, of exactly these parts."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name), part)
    packed.seek(0)
    return packed


def _check_end(data: bytes, file_name: str) -> None:
    """Check the end record, so that a directory of a million entries is never read."""
    if not data:
        raise SourceRefusal(f"{file_name} is empty")
    if data.startswith(_COMPOUND_FILE):
        raise SourceRefusal(
            f"{file_name} is a password-protected workbook or an old .xls file; save it as .xlsx without a password"
        )
    if not data.startswith(b"PK\x03\x04"):
        raise SourceRefusal(f"{file_name} is not an XLSX file")
    end = data.rfind(_END, max(0, len(data) - 22 - 65535))
    if end < 0 or len(data) - end < 22:
        raise SourceRefusal(f"{file_name} is truncated: its zip directory is missing")
    entries, size = struct.unpack_from("<HI", data, end + 10)
    if data.rfind(_END_64, max(0, end - 20), end) >= 0:
        raise SourceRefusal(f"{file_name} uses the zip64 form, which no workbook of a sane size needs")
    if entries > MAX_MEMBERS or size > MAX_DIRECTORY:
        raise SourceRefusal(f"{file_name} has {entries} members in its zip directory; the limit is {MAX_MEMBERS}")
    check_end_record(data, end, file_name)


def _check_directory(members: list[zipfile.ZipInfo], file_name: str) -> None:
    if len(members) > MAX_MEMBERS:
        raise SourceRefusal(f"{file_name} has {len(members)} members; the limit is {MAX_MEMBERS}")
    seen: set[str] = set()
    for member in members:
        name = member.filename
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in name.split("/"):
            raise SourceRefusal(f"{file_name} has a member that points outside the archive: {name[:80]!r}")
        if plain_name(name) in seen:
            raise SourceRefusal(f"{file_name} has the member {name[:80]!r} twice")
        seen.add(plain_name(name))
        if member.flag_bits & _ENCRYPTED:
            raise SourceRefusal(f"{file_name} is encrypted; save it without a password")
        if stat.S_ISLNK(member.external_attr >> 16):
            raise SourceRefusal(f"{file_name} has a symbolic link inside: {name[:80]!r}")
        if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise SourceRefusal(f"{file_name} is compressed in a way that workbooks never are")
        _check_size(f"the member {name[:80]!r} of {file_name}", member.file_size, member.compress_size)
    _check_size(file_name, sum(m.file_size for m in members), sum(m.compress_size for m in members))


def _check_size(what: str, unpacked: int, packed: int) -> None:
    if unpacked > MAX_TOTAL:
        raise SourceRefusal(f"{what} would unpack to {unpacked} bytes; the limit is {MAX_TOTAL}")
    if unpacked > RATIO_MATTERS_FROM and unpacked > MAX_RATIO * packed:
        raise SourceRefusal(f"{what} would unpack to more than {MAX_RATIO} times its size, as a zip bomb does")


def _check_parts(parts: Mapping[str, bytes], file_name: str) -> None:
    """Refuse parts that XML readers read apart, and a workbook that is not the one that the package names."""
    for name, part in parts.items():
        head = part[:200]
        declared = _ENCODING.search(head)
        other = declared is not None and declared[1].lower() not in (b"utf-8", b"us-ascii")
        if other or b"\x00" in head or head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise SourceRefusal(f"{file_name}: the part {name} is not written in UTF-8, as every workbook is")
        if b"<!DOCTYPE" in part:
            raise SourceRefusal(
                f"{file_name}: the part {name} has a document type declaration, which a workbook never has"
            )
        if name.endswith("/sharedStrings.xml") and len(_TEXTS_END.findall(part)) > 1:
            raise SourceRefusal(f"{file_name}: the part {name} holds two tables of texts")
    main = [
        posixpath.normpath(entry.get("Target", "").lstrip("/"))
        for entry in _elements(file_name, parts.get("_rels/.rels", b"<none/>"), "Relationship")
        if entry.get("Type", "").endswith("/officeDocument")
    ]
    if len(main) > 1 or main not in ([], ["xl/workbook.xml"]):
        raise SourceRefusal(
            f"{file_name} names another workbook than xl/workbook.xml, so two readers may see two workbooks"
        )


_FIXED: Final = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
"""Parts that readers look for under one name, whatever the relationships say."""


def sheet_parts(file_name: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the archive part of each worksheet by the sheet's name; chart sheets are left out."""
    targets = _targets(file_name, parts)
    found: dict[str, str] = {}
    for entry in _elements(file_name, parts["xl/workbook.xml"], "sheet"):
        name = entry.get("name", "")
        identifier = next((value for key, value in entry.attrib.items() if key.endswith("}id")), "")
        if name.casefold() in {other.casefold() for other in found}:
            raise SourceRefusal(f"{file_name} has two sheets named {name!r}")
        if identifier in targets:
            if targets[identifier] in found.values():
                raise SourceRefusal(f"{file_name}: the sheet {name!r} has the same content as another; save it again")
            found[name] = targets[identifier]
    return found


def _targets(file_name: str, parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part of each worksheet by the id of its relationship."""
    targets: dict[str, str] = {}
    seen: set[str] = set()
    for entry in _elements(file_name, parts.get("xl/_rels/workbook.xml.rels", b""), "Relationship"):
        identifier, target = entry.get("Id", ""), entry.get("Target", "")
        kind = entry.get("Type", "").rpartition("/")[2]
        if identifier in seen:
            raise SourceRefusal(f"{file_name} has the relationship {identifier[:40]!r} twice; save it again")
        seen.add(identifier)
        if kind not in ("worksheet", *_FIXED):
            continue
        part = target[1:] if target[:1] == "/" else posixpath.normpath(f"xl/{target}")
        if entry.get("TargetMode", "").lower() == "external":
            raise SourceRefusal(f"{file_name} takes a {kind} from another file; save it with its own content")
        if kind in _FIXED and part != _FIXED[kind] and (_FIXED[kind] in parts or part in parts):
            raise SourceRefusal(f"{file_name} names another part than {_FIXED[kind]} for its {kind}; save it again")
        if kind == "worksheet":
            targets[identifier] = part
    return targets


def _elements(file_name: str, xml: bytes, local: str) -> list[Element]:
    try:
        root = whole(xml)
    except (ParseError, ValueError, LookupError) as error:
        raise SourceRefusal(f"{file_name} has a damaged table of contents: {error}") from error
    return [entry for entry in root.iter() if entry.tag.rpartition("}")[2] == local]
