"""What lies on a sheet beside its cells, where no reader of cells sees it: comments, text boxes, pictures."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from gonogo.documents.strict_xml import ParseError, whole
from gonogo.documents.xlsx.cell_places import column_number
from gonogo.documents.xlsx.workbook import Workbook
from gonogo.model.refusal import SourceRefusal

_COMMENTS: Final = frozenset({"comments", "threadedComment"})
_CELL: Final = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})", re.ASCII)
_PICTURE: Final = "a picture or a shape without words"


@dataclass(frozen=True, slots=True)
class CellNote:
    """One thing that lies on a sheet.

    Attributes:
        row: Of the cell that it is beside, from 1.
        cell: That cell; empty where only the row is known.
        text: What it says.
    """

    row: int
    cell: str
    text: str

    @property
    def column(self) -> int:
        """Of the cell, from 1; 0 where only the row is known."""
        found = _CELL.match(self.cell)
        return column_number(found[1]) if found is not None else 0


def notes_on(workbook: Workbook, name: str) -> list[CellNote]:
    """Return what lies on a sheet of a workbook.

    Raises:
        SourceRefusal: A part of it cannot be read.
    """
    parts, names = workbook.parts()
    return list(_notes(parts, names[name], workbook.file_name))


def _notes(parts: Mapping[str, bytes], sheet: str, file_name: str) -> Iterator[CellNote]:
    folder, _, base = sheet.rpartition("/")
    links = parts.get(f"{folder}/_rels/{base}.rels")
    for link in _root(links, file_name) if links is not None else ():
        kind, target = link.get("Type", "").rpartition("/")[2], link.get("Target", "")
        part = target[1:] if target[:1] == "/" else posixpath.normpath(f"{folder}/{target}")
        if kind in _COMMENTS and part in parts:
            yield from _comments(_root(parts[part], file_name))
        elif kind == "drawing" and part in parts:
            yield from _drawn(_root(parts[part], file_name))


def _comments(root: Element) -> Iterator[CellNote]:
    """Yield comments of both kinds: each names its cell, and its words may stand in several pieces."""
    for each in root.iter():
        if _local(each) in ("comment", "threadedComment"):
            cell = each.get("ref", "").upper()
            found = _CELL.match(cell)
            yield CellNote(int(found[2]) if found is not None else 0, cell, _words(each) or "a comment without words")


def _drawn(root: Element) -> Iterator[CellNote]:
    for each in root:
        row = next((one.text for one in each.iter() if _local(one) == "row"), None)
        number = int(row) + 1 if row is not None and row.strip().isdecimal() else 0
        yield CellNote(number, "", _words(each, only="t") or _PICTURE)


def _words(element: Element, only: str = "") -> str:
    texts = [each.text or "" for each in element.iter() if not only or _local(each) == only]
    return " ".join(" ".join(texts).split())


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _root(xml: bytes, file_name: str) -> Element:
    try:
        return whole(xml)
    except (ParseError, ValueError, LookupError) as error:
        raise SourceRefusal(f"{file_name} has a part that cannot be read: {error}") from error
