"""What only the looks of a worksheet tell: cells shown as percentages (0.932 is 93.2 % there), rows struck through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xml.parsers import expat

from gonogo.documents.xlsx.cell_places import read_reference
from gonogo.model.refusal import SourceRefusal

_OFF: Final = ("0", "false", "off")


class Runs:
    """Follows the elements of rich texts, in the shared texts of a workbook or in the cells themselves.

    Attributes:
        struck: Whether the text that ended last has content, and all of it is struck through.
    """

    def __init__(self) -> None:
        self.struck = False
        self._strike = self._any = self._reading = False
        self._all = True
        self._phonetic = 0

    def start(self, local: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if local in ("si", "is"):
            self.struck, self._any, self._all, self._strike = False, False, True, False
        elif local == "r":
            self._strike = False
        elif local == "strike":
            self._strike = attributes.get("val", "1") not in _OFF
        elif local == "rPh":
            self._phonetic += 1
        self._reading = local == "t" and not self._phonetic

    def text(self, data: str) -> None:
        """Take characters."""
        if self._reading and data.strip():
            self._any = True
            self._all = self._all and self._strike

    def end(self, local: str) -> None:
        """Take the end of an element."""
        self._reading = False
        if local == "rPh":
            self._phonetic -= 1
        elif local == "r":
            self._strike = False
        elif local in ("si", "is"):
            self.struck = self._any and self._all


_BUILT_IN: Final = frozenset({"9", "10"})
"""Number formats ``0%`` and ``0.00%`` of every workbook."""


def percent_cells(sheet: bytes, styles: bytes, where: str) -> frozenset[tuple[int, int]]:
    """Return (row, column), from 1, of the cells whose number format has a percent sign.

    Args:
        sheet: XML of the worksheet.
        styles: XML of the workbook's styles; empty where there is none.
        where: File and sheet, for messages.

    Raises:
        SourceRefusal: Either is not well-formed.
    """
    wanted = _percent_styles(styles, where)
    found: set[tuple[int, int]] = set()

    def start(name: str, attributes: dict[str, str]) -> None:
        if local_name(name) == "c" and attributes.get("s") in wanted and "r" in attributes:
            found.add(read_reference(attributes["r"]))

    if wanted:
        parse_part(sheet, start, where)
    return frozenset(found)


def struck_rows(
    sheet: bytes, styles: bytes, where: str, *, texts: bytes = b"", any_cell: bool = False
) -> frozenset[int]:
    """Return the rows, from 1, whose first cell with content is struck through: by its style, or every run of its text.

    Args:
        sheet: XML of the worksheet.
        styles: XML of the workbook's styles; empty where there is none.
        where: File and sheet, for messages.
        texts: XML of the texts that cells share; empty where there is none.
        any_cell: Whether a row counts by any of its cells, and not by its first one alone.

    Raises:
        SourceRefusal: One of them is not well-formed.
    """
    wanted = _struck_styles(styles, where) if b"strike" in styles else frozenset()
    rich = _struck_texts(texts, where) if b"strike" in texts else frozenset()
    found: set[int] = set()
    row, fresh, struck, shared, index = 0, True, False, False, ""
    runs = Runs()

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, fresh, struck, shared, index
        local = local_name(name)
        if local == "row":
            row, fresh, struck = int(attributes.get("r", row + 1)), True, False
        elif local == "c":
            struck, shared, index = attributes.get("s") in wanted, attributes.get("t") == "s", ""
        runs.start(local, attributes)

    def text(data: str) -> None:
        nonlocal index
        index += data if (fresh or any_cell) and shared else ""
        runs.text(data)

    def end(name: str) -> None:
        nonlocal fresh
        local = local_name(name)
        runs.end(local)
        if local in ("v", "is") and (fresh or any_cell):
            fresh = False
            if struck or (local == "is" and runs.struck) or (shared and index.strip() in rich):
                found.add(row)

    if wanted or rich or b"strike" in sheet:
        parse_part(sheet, start, where, text, end)
    return frozenset(found)


def _struck_texts(texts: bytes, where: str) -> frozenset[str]:
    """Return the indexes, as text, of the shared texts that are struck through."""
    runs, found, number = Runs(), set(), 0

    def end(name: str) -> None:
        nonlocal number
        local = local_name(name)
        runs.end(local)
        if local == "si":
            if runs.struck:
                found.add(f"{number}")
            number += 1

    parse_part(texts, lambda name, attributes: runs.start(local_name(name), attributes), where, runs.text, end)
    return frozenset(found)


def _struck_styles(styles: bytes, where: str) -> frozenset[str]:
    """Return the indexes, as text, of the cell styles whose font is struck through."""
    fonts: list[bool] = []
    indexes: list[str] = []
    inside = ""

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = local_name(name)
        if local in ("fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"):
            inside = local
        elif local == "font" and inside == "fonts":
            fonts.append(False)
        elif local == "strike" and inside == "fonts" and fonts:
            fonts[-1] = attributes.get("val", "1") not in ("0", "false")
        elif local == "xf" and inside == "cellXfs":
            indexes.append(attributes.get("fontId", "0"))

    parse_part(styles, start, where)
    struck = {str(index) for index, strike in enumerate(fonts) if strike}
    return frozenset(str(index) for index, font in enumerate(indexes) if font in struck)


def _percent_styles(styles: bytes, where: str) -> frozenset[str]:
    """Return the indexes, as text, of the cell styles with a percent format."""
    formats = set(_BUILT_IN)
    indexes: list[str] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = local_name(name)
        if local == "numFmt" and "%" in _shown(attributes.get("formatCode", "")):
            formats.add(attributes.get("numFmtId", ""))
        elif local in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = local == "cellXfs"
        elif local == "xf" and inside:
            indexes.append(attributes.get("numFmtId", "0"))

    if styles:
        parse_part(styles, start, where)
    return frozenset(str(index) for index, number in enumerate(indexes) if number in formats)


def _shown(code: str) -> str:
    """Return a format code without what it quotes: ``0" %"`` writes a sign and shows no percentage."""
    return "".join(part for number, part in enumerate(code.replace("\\%", "").split('"')) if number % 2 == 0)


def local_name(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]


def parse_part(
    xml: bytes,
    start: Callable[[str, dict[str, str]], Any],
    where: str,
    text: Callable[[str], Any] | None = None,
    end: Callable[[str], Any] | None = None,
) -> None:
    """Call ``start`` for each element of a part of a workbook, ``text`` for its characters, ``end`` where it ends.

    Raises:
        SourceRefusal: It is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SourceRefusal(f"{where} cannot be read: {error}") from error


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it has a document type declaration, which a workbook never has")
