"""Tables of a Word document (.docx). Changes that nobody accepted, and text that nobody sees, are faults of a table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from gonogo.documents.office.office_package import read_package, root_of, saved_at
from gonogo.documents.office.office_table import OfficeCell, OfficeTable, cell_of, table_of
from gonogo.documents.zip_archive import ZipForm

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MAIN: Final = "word/document.xml"
_FORM: Final = ZipForm("DOCX file", 2_000, 2**19, 128 * 2**20)
_AROUND: Final = frozenset(f"{_W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag"))
_CHANGES: Final = frozenset(
    f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge")
)
_BREAKS: Final = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def word_tables(data: bytes, place: str) -> list[OfficeTable]:
    """Return the tables of a Word document.

    Args:
        data: The document.
        place: What it is called in sentences.

    Raises:
        SourceRefusal: It is empty, damaged, no Word document, or built to hurt.
    """
    return read_word(data, place)[0]


def read_word(data: bytes, place: str) -> tuple[list[OfficeTable], datetime | None]:
    """Return the tables of a Word document, and when it says that it was saved.

    Raises:
        SourceRefusal: It is empty, damaged, no Word document, or built to hurt.
    """
    parts = read_package(data, place, _FORM, _MAIN, lambda _: False)
    root = root_of(parts, _MAIN, place)
    found = [table_of(place, list(_rows(table)), _fault(table)) for table in _outermost(root)]
    return found, saved_at(parts, place)


def _outermost(root: Element) -> Iterator[Element]:
    """Yield each table that is in no other one."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        if part.tag == f"{_W}tbl":
            yield part
        else:
            waiting += reversed(part)


def _fault(table: Element) -> str:
    """Return why two people may see two tables in it; empty where they do not."""
    for part in table.iter():
        if part is not table and part.tag == f"{_W}tbl":
            return "the table holds another table"
        if part.tag in _CHANGES:
            return "the table has tracked changes; accept or reject them"
        if part.tag == _ALTERNATE:
            return "the table holds a shape; keep to plain text"
        if part.tag in (f"{_W}gridBefore", f"{_W}gridAfter"):
            return "a row of the table begins or ends elsewhere than the others"
        if part.tag in (f"{_W}vanish", f"{_W}hidden") and _on(part):
            return "the table holds hidden text; show it or delete it"
    return ""


def _on(part: Element) -> bool:
    return part.get(f"{_W}val", "1") not in ("0", "false", "off", "none")


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Yield the children of a name, those in content controls among them."""
    waiting = list(reversed(element))
    while waiting:
        part = waiting.pop()
        if part.tag == f"{_W}{name}":
            yield part
        elif part.tag in _AROUND:
            waiting += reversed(part)


def _rows(table: Element) -> Iterator[list[OfficeCell]]:
    for row in _inside(table, "tr"):
        cells: list[OfficeCell] = []
        for cell in _inside(row, "tc"):
            span = next((part.get(f"{_W}val", "1") for part in cell.iterfind(f"{_W}tcPr/{_W}gridSpan")), "1")
            width = int(span) if span.isdecimal() and span.isascii() and len(span) < 4 else 1
            merged = width != 1 or cell.find(f"{_W}tcPr/{_W}vMerge") is not None
            cells.append(_cell(cell, merged))
            cells += [OfficeCell(merged=True)] * (width - 1)
        yield cells


def _cell(cell: Element, merged: bool) -> OfficeCell:
    struck = any(
        _on(mark) and "".join(text.text or "" for text in run.iterfind(f"{_W}t")).strip()
        for run in cell.iter(f"{_W}r")
        for kind in ("strike", "dstrike")
        for mark in run.iterfind(f"{_W}rPr/{_W}{kind}")
    )
    return cell_of(_paragraphs(cell), merged=merged, struck=struck)


def _paragraphs(cell: Element) -> list[str]:
    """Return the texts of the paragraphs, without those in content controls that nobody filled in."""
    found: list[list[str]] = []
    waiting = [cell]
    while waiting:
        part = waiting.pop()
        if part.tag == f"{_W}sdt" and part.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None:
            continue
        if part.tag == f"{_W}p":
            found.append([])
        elif found:
            found[-1].append((part.text or "") if part.tag == f"{_W}t" else _BREAKS.get(part.tag, ""))
        waiting += reversed(part)
    return ["".join(pieces) for pieces in found]
