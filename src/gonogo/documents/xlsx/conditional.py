"""Ranges of a worksheet that a conditional format strikes through where its rule holds; the rule is not computed."""

from __future__ import annotations

from typing import Final

from gonogo.documents.xlsx.styles import local_name, parse_part

_OFF: Final = ("0", "false")


def striking_ranges(sheet: bytes, styles: bytes, where: str) -> tuple[str, ...]:
    """Return the ranges, such as ``A2:D40``, of every conditional format with a rule that strikes through.

    Args:
        sheet: XML of the worksheet.
        styles: XML of the workbook's styles; empty where there is none.
        where: File and sheet, for messages.

    Raises:
        SourceRefusal: Either is not well-formed.
    """
    if b"conditionalFormatting" not in sheet:
        return ()
    wanted = _striking_formats(styles, where) if b"strike" in styles else frozenset()
    found: list[str] = []
    ranges, strikes, reading = "", False, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal ranges, strikes, reading
        local = local_name(name)
        if local == "conditionalFormatting":
            ranges, strikes = attributes.get("sqref", ""), False
        elif local == "cfRule":
            strikes = strikes or attributes.get("dxfId") in wanted
        elif local == "strike":  # rules of later versions carry their format with them
            strikes = strikes or attributes.get("val", "1") not in _OFF
        reading = local == "sqref"

    def text(data: str) -> None:
        nonlocal ranges
        ranges += data if reading else ""

    def end(name: str) -> None:
        nonlocal reading
        reading = False
        if local_name(name) == "conditionalFormatting" and strikes:
            found.extend(ranges.split())

    parse_part(sheet, start, where, text, end)
    return tuple(dict.fromkeys(found))


def _striking_formats(styles: bytes, where: str) -> frozenset[str]:
    """Return the indexes, as text, of the formats for rules whose font is struck through."""
    formats: list[bool] = []
    inside = False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal inside
        local = local_name(name)
        if local in ("cellXfs", "cellStyleXfs", "cellStyles", "fonts", "dxfs", "tableStyles"):
            inside = local == "dxfs"
        elif local == "dxf" and inside:
            formats.append(False)
        elif local == "strike" and inside and formats:
            formats[-1] = attributes.get("val", "1") not in _OFF

    parse_part(styles, start, where)
    return frozenset(str(index) for index, strikes in enumerate(formats) if strikes)
