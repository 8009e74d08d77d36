"""Presentations (.pptx) as the tables on their slides, those in embedded Word documents among them.

Only slides that the presentation lists count, in its order. A slide that takes anything from another file is refused;
a link that a reader may click is none of that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from gonogo.documents.office.office_package import RELATION_ID, Relation, read_package, relations, root_of, saved_at
from gonogo.documents.office.office_table import OfficeCell, OfficeTable, cell_of, table_of
from gonogo.documents.office.word_tables import word_tables
from gonogo.documents.zip_archive import ZipForm
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_A: Final = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_P: Final = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_ALTERNATE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MAIN: Final = "ppt/presentation.xml"
_FORM: Final = ZipForm("PPTX file", 5_000, 2**20, 256 * 2**20)
MOST_SLIDES: Final = 500
_IN_TABLE: Final = frozenset(f"{_A}{name}" for name in ("tblPr", "tblGrid", "tr"))
_IN_ROW: Final = frozenset(f"{_A}{name}" for name in ("tc", "extLst"))
_STRUCK: Final = ("sngStrike", "dblStrike")


@dataclass(frozen=True, slots=True)
class SlideDeck:
    """A presentation.

    Attributes:
        tables: In the order of the slides.
        saved: When it says that it was saved; None where it does not.
        objects: Numbers of the slides with an embedded object that is not read.
    """

    tables: tuple[OfficeTable, ...]
    saved: datetime | None
    objects: tuple[int, ...] = ()


def read_slide_deck(data: bytes, file_name: str) -> SlideDeck:
    """Return the tables of a presentation.

    Raises:
        SourceRefusal: It is empty, damaged, no presentation, takes something from another file, or is built to hurt.
    """
    parts = read_package(data, file_name, _FORM, _MAIN, _wanted)
    listed = relations(parts, _MAIN, file_name)
    root = root_of(parts, _MAIN, file_name)
    found = [listed.get(entry.get(RELATION_ID, "")) for entry in root.iter(f"{_P}sldId")]
    slides = [each.target for each in found if each is not None and each.kind == "slide" and not each.external]
    if len(slides) != len(found) or len(set(slides)) != len(slides):
        raise StructuralFault(f"{file_name} lists a slide that is not in it, or one twice; save it again")
    if len(slides) > MOST_SLIDES:
        raise StructuralFault(f"{file_name} has {len(slides)} slides; the limit is {MOST_SLIDES}")
    size = next(root.iter(f"{_P}sldSz"), None)
    across = (_number(size, "cx"), _number(size, "cy")) if size is not None else (0, 0)
    tables: list[OfficeTable] = []
    objects: list[int] = []
    for number, part in enumerate(slides, 1):
        place = f"{file_name}, slide {number}"
        slide, named = root_of(parts, part, file_name), relations(parts, part, file_name)
        outside = next((each.kind for each in named.values() if each.external and each.kind != "hyperlink"), "")
        if outside:
            raise StructuralFault(f"{place} takes its {outside[:40]} from another file; embed it or delete it")
        hidden = "the slide is hidden" if slide.get("show", "1") in ("0", "false") else ""
        tables += _tables(slide, place, hidden, across)
        inside, others = _embedded(slide, named, parts)
        for document in inside:
            tables += (
                OfficeTable(each.place, each.rows, each.fault or hidden)
                for each in word_tables(document, f"{place}, the embedded Word document")
            )
        objects += [number] * bool(others)
    return SlideDeck(tuple(tables), saved_at(parts, file_name), tuple(objects))


def _wanted(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    if folder == "ppt/embeddings":
        return file.endswith(".docx")
    return folder in ("ppt/slides", "ppt/slides/_rels", "ppt/_rels") and file.endswith((".xml", ".rels"))


def _embedded(
    slide: Element, named: Mapping[str, Relation], parts: Mapping[str, bytes]
) -> tuple[list[bytes], list[str]]:
    """Return the Word documents in a slide, and the names of its other objects."""
    keys = dict.fromkeys(entry.get(RELATION_ID, "") for entry in slide.iter(f"{_P}oleObj"))
    targets = [named[key].target for key in keys if key in named]
    return [parts[each] for each in targets if each in parts], [each for each in targets if each not in parts]


def _tables(slide: Element, place: str, hidden: str, across: tuple[int, int]) -> Iterator[OfficeTable]:
    seen: dict[int, str] = {}
    for table, frame, twice in _framed(slide):
        if frame is None:
            raise StructuralFault(f"{place} holds a table outside of any frame; save it again")
        if id(frame) not in seen:
            seen[id(frame)] = _unseen(frame, across)
        fault = hidden or seen[id(frame)]
        if twice:
            fault = fault or "the table is there in two versions, of which programs show one or the other"
        yield table_of(place, list(_rows(table)), fault or _strange(table))


def _framed(slide: Element) -> Iterator[tuple[Element, Element | None, bool]]:
    """Yield each table with its frame, and whether it is one of two versions; one pass, however deep the slide is."""
    waiting: list[tuple[Element, Element | None, bool]] = [(slide, None, False)]
    while waiting:
        part, frame, twice = waiting.pop()
        if part.tag == f"{_A}tbl":
            yield part, frame, twice
            continue
        frame = part if part.tag == f"{_P}graphicFrame" else frame
        twice = twice or part.tag == _ALTERNATE
        waiting += ((child, frame, twice) for child in reversed(part))


def _unseen(frame: Element, across: tuple[int, int]) -> str:
    """Return why nobody sees a table; empty where people do."""
    about = frame.find(f"{_P}nvGraphicFramePr/{_P}cNvPr")
    if about is not None and about.get("hidden", "0") in ("1", "true"):
        return "the table is hidden"
    begins, extent = frame.find(f"{_P}xfrm/{_A}off"), frame.find(f"{_P}xfrm/{_A}ext")
    if begins is None or extent is None or not all(across):
        return ""
    for start, length, most in (("x", "cx", across[0]), ("y", "cy", across[1])):
        first = _number(begins, start)
        if first >= most or first + _number(extent, length) <= 0:
            return "the table is outside the slide"
    return ""


def _strange(table: Element) -> str:
    """Return that a table holds what no program shows as a row or a cell; empty where it does not."""
    rows = table.findall(f"{_A}tr")
    strange = any(part.tag not in _IN_TABLE for part in table)
    strange = strange or any(part.tag not in _IN_ROW for row in rows for part in row)
    return "the table holds something that is no row and no cell; save the deck again" if strange else ""


def _number(element: Element, key: str) -> int:
    text = element.get(key, "0")
    return int(text) if text.lstrip("-").isdecimal() and text.isascii() and len(text) < 19 else 0


def _rows(table: Element) -> Iterator[list[OfficeCell]]:
    for row in table.iterfind(f"{_A}tr"):
        yield [_cell(cell) for cell in row.iterfind(f"{_A}tc")]


def _cell(cell: Element) -> OfficeCell:
    merged = any(cell.get(key, "1") not in ("0", "1", "false") for key in ("gridSpan", "rowSpan"))
    merged = merged or any(cell.get(key, "0") in ("1", "true") for key in ("hMerge", "vMerge"))
    struck = any(
        (run.findtext(f"{_A}t") or "").strip() and properties.get("strike") in _STRUCK
        for kind in ("r", "fld")
        for run in cell.iter(f"{_A}{kind}")
        for properties in run.iterfind(f"{_A}rPr")
    )
    return cell_of(_paragraphs(cell), merged=merged, struck=struck)


def _paragraphs(cell: Element) -> list[str]:
    found: list[list[str]] = []
    for part in cell.iter():
        if part.tag == f"{_A}p":
            found.append([])
        elif found and part.tag == f"{_A}t":
            found[-1].append(part.text or "")
        elif found and part.tag == f"{_A}br":
            found[-1].append("\n")
    return ["".join(pieces) for pieces in found]
