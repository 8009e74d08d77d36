"""The outside of an XLSX file: a zip archive that is checked before anything is unpacked, and then packed again.

What holds for any zip archive stands in `documents/zip_archive`. Only a plain archive made of exactly the parts that
were read is handed on.
"""

from __future__ import annotations

import codecs
import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from typing import Final
from xml.etree.ElementTree import Element

from gonogo.documents.strict_xml import ParseError, whole
from gonogo.documents.zip_archive import ZipForm, read_zip
from gonogo.model.refusal import SourceRefusal

MAX_MEMBERS: Final = 200
MAX_TOTAL: Final = 128 * 2**20
"""Bytes of all members together after unpacking."""
MAX_DIRECTORY: Final = 64 * 2**10
"""Bytes of the zip directory; 200 entries with names of 200 bytes fit."""

_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0"
_FORM: Final = ZipForm("XLSX file", MAX_MEMBERS, MAX_DIRECTORY, MAX_TOTAL)
_READ: Final = (".xml", ".rels")
_TEXTS_END: Final = re.compile(rb"</(?:[A-Za-z]+:)?sst\s*>")
_ENCODING: Final = re.compile(rb"encoding\s*=\s*[\"']([^\"']{1,40})[\"']")


def read_parts(data: bytes, file_name: str) -> dict[str, bytes]:
    """Return the XML parts of an XLSX file by name; pictures, macros and printer settings are left packed.

    Raises:
        SourceRefusal: Empty, truncated, damaged, encrypted, not a zip archive, or built to hurt.
    """
    if not data:
        raise SourceRefusal(f"{file_name} is empty")
    if data.startswith(_COMPOUND_FILE):
        raise SourceRefusal(
            f"{file_name} is a password-protected workbook or an old .xls file; save it as .xlsx without a password"
        )
    parts = read_zip(data, file_name, _FORM, lambda name: name.endswith(_READ))
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
            f"{file_name} names a workbook other than xl/workbook.xml, so two readers may see two workbooks"
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
            raise SourceRefusal(f"{file_name} names a part other than {_FIXED[kind]} for its {kind}; save it again")
        if kind == "worksheet":
            targets[identifier] = part
    return targets


def _elements(file_name: str, xml: bytes, local: str) -> list[Element]:
    try:
        root = whole(xml)
    except (ParseError, ValueError, LookupError) as error:
        raise SourceRefusal(f"{file_name} has a damaged table of contents: {error}") from error
    return [entry for entry in root.iter() if entry.tag.rpartition("}")[2] == local]
