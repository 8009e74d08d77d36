"""What only the looks of a worksheet tell: cells shown as percentages (0.932 is 93.2 % there), rows struck through."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final
from xml.parsers import expat

from gonogo.model.refusal import SourceRefusal
from gonogo.xlsxsource.scan import read_reference

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


def struck_rows(sheet: bytes, styles: bytes, where: str) -> frozenset[int]:
    """Return the rows, from 1, whose first cell with content is struck through.

    Args:
        sheet: XML of the worksheet.
        styles: XML of the workbook's styles; empty where there is none.
        where: File and sheet, for messages.

    Raises:
        SourceRefusal: Either is not well-formed.
    """
    wanted = _struck_styles(styles, where) if b"strike" in styles else frozenset()
    found: set[int] = set()
    row, fresh, struck = 0, True, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, fresh, struck
        local = local_name(name)
        if local == "row":
            row, fresh, struck = int(attributes.get("r", row + 1)), True, False
        elif local == "c":
            struck = attributes.get("s") in wanted
        elif local in ("v", "is") and fresh:
            fresh = False
            if struck:
                found.add(row)

    if wanted:
        parse_part(sheet, start, where)
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


def parse_part(xml: bytes, start: Callable[[str, dict[str, str]], Any], where: str) -> None:
    """Call ``start`` for each element of a part of a workbook.

    Raises:
        SourceRefusal: It is not well-formed.
    """
    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SourceRefusal(f"{where} cannot be read: {error}") from error


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it has a document type declaration, which a workbook never has")
