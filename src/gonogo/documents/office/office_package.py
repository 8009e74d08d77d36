"""The package that a presentation or a Word document is: its parts, what they name, and when it was saved."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from gonogo.documents.strict_xml import ParseError, whole
from gonogo.documents.zip_archive import ZipForm, read_zip
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MOST_XML: Final = 16 * 2**20
"""Bytes of one part that is read as XML."""
_COMPOUND_FILE: Final = b"\xd0\xcf\x11\xe0"
_CORE: Final = "docProps/core.xml"
_MODIFIED: Final = "{http://purl.org/dc/terms/}modified"
RELATION_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part names.

    Attributes:
        kind: Last word of its type: ``slide``, ``hyperlink``, ``package``.
        target: Name of the part; of no use for what is external.
        external: Whether it is outside the package.
    """

    kind: str
    target: str
    external: bool


def read_package(
    data: bytes, file_name: str, form: ZipForm, main: str, wanted: Callable[[str], bool]
) -> dict[str, bytes]:
    """Return the wanted parts of a package by name.

    Args:
        data: The file.
        file_name: Its name, for sentences.
        form: What the archive may be.
        main: The part that the package has to name as its document.
        wanted: Which parts to unpack; the others are checked and left packed.

    Raises:
        SourceRefusal: Empty, truncated, damaged, encrypted, another kind of file, or built to hurt.
    """
    if not data:
        raise StructuralFault(f"{file_name} is empty")
    if data.startswith(_COMPOUND_FILE):
        raise StructuralFault(
            f"{file_name} is protected by a password or written in the format of 2003; save it as it is saved today, "
            "without a password"
        )
    always = {"_rels/.rels", _CORE, main}
    parts = read_zip(data, file_name, form, lambda name: name in always or wanted(name))
    named = [each for each in relations(parts, "", file_name).values() if each.kind == "officeDocument"]
    if main not in parts or [(each.target, each.external) for each in named] != [(main, False)]:
        raise StructuralFault(f"{file_name} is no {form.noun}: its document is not {main}")
    return parts


def root_of(parts: Mapping[str, bytes], part: str, file_name: str) -> Element:
    """Return the root element of a part.

    Raises:
        StructuralFault: It is not there, too large, not well-formed, or declares a document type.
    """
    data = parts.get(part)
    if data is None:
        raise StructuralFault(f"{file_name} lacks its part {part[:80]}; save it again")
    if len(data) > MOST_XML:
        raise StructuralFault(f"{file_name}: the part {part[:80]} has more than {MOST_XML >> 20} MB")
    try:
        return whole(data)
    except (ParseError, ValueError, LookupError) as error:
        raise StructuralFault(f"{file_name}: the part {part[:80]} cannot be read: {str(error)[:120]}") from error


def relations(parts: Mapping[str, bytes], part: str, file_name: str) -> dict[str, Relation]:
    """Return what a part names, by id; empty where it names nothing.

    Raises:
        StructuralFault: An id is given twice, or the list cannot be read.
    """
    folder, _, name = part.rpartition("/")
    listed = posixpath.join(folder, "_rels", f"{name}.rels")
    found: dict[str, Relation] = {}
    for entry in root_of(parts, listed, file_name) if listed in parts else ():
        key, target = entry.get("Id", ""), entry.get("Target", "")
        external = entry.get("TargetMode", "").casefold() == "external"
        if key in found:
            raise StructuralFault(f"{file_name}: {listed} gives the id {key[:40]!r} twice; save it again")
        inside = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[key] = Relation(entry.get("Type", "").rpartition("/")[2], inside, external)
    return found


def saved_at(parts: Mapping[str, bytes], file_name: str) -> datetime | None:
    """Return when the package says that it was saved; None where it does not."""
    if _CORE not in parts:
        return None
    texts = [(entry.text or "").strip() for entry in root_of(parts, _CORE, file_name).iter(_MODIFIED)]
    if len(texts) != 1:
        return None
    try:
        moment = datetime.fromisoformat(texts[0])
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo else None
