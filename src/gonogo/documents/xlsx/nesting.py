"""Rows that a worksheet sets in below others: by the outline level of the row, or by the indent of its first texts."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Final

from gonogo.documents.xlsx.cell_places import read_reference
from gonogo.documents.xlsx.styles import local_name, parse_part

_FIRST: Final = 2
"""So many cells with content, from the left, may carry the indent of an outline."""


def nested_rows(sheet: bytes, styles: bytes, where: str, first: int = 1) -> frozenset[int]:
    """Return the rows, from 1, that stand deeper than others.

    A row's depth is its outline level (grouped rows), and the indent of its first two cells, each for itself.

    Args:
        sheet: XML of the worksheet.
        styles: XML of the workbook's styles; empty where there is none.
        where: File and sheet, for messages.
        first: First row that is looked at.

    Raises:
        SourceRefusal: Either is not well-formed.
    """
    rows = _depths(sheet, styles, where, first)
    least = _least(rows)
    return frozenset(n for n, at in rows.items() if any(depth > least[column] for column, depth in at.items()))


def parent_rows(sheet: bytes, styles: bytes, where: str, first: int = 1) -> frozenset[int] | None:
    """Return the rows, from 1, right below which a deeper one stands; None where nobody can tell.

    Nobody can where the outline levels name other parents than the indents, or where the first row is deeper than a
    later one, so that its parent is not above it.

    Args:
        sheet: XML of the worksheet.
        styles: XML of the workbook's styles; empty where there is none.
        where: File and sheet, for messages.
        first: First row that is looked at.

    Raises:
        SourceRefusal: Either is not well-formed.
    """
    rows = _depths(sheet, styles, where, first)
    least = _least(rows)
    order = sorted(rows)
    if order and any(depth > least[column] for column, depth in rows[order[0]].items()):
        return None
    found = set()
    for column in least:
        placed = [(number, rows[number].get(column, least[column])) for number in order]
        parents = frozenset(number for (number, depth), (_, below) in itertools.pairwise(placed) if below > depth)
        found |= {parents} if parents else set()
    return next(iter(found), frozenset()) if len(found) <= 1 else None


def _least(rows: Mapping[int, Mapping[int, int]]) -> dict[int, int]:
    """Return the smallest depth of each column."""
    least: dict[int, int] = {}
    for at in rows.values():
        for column, depth in at.items():
            least[column] = min(depth, least.get(column, depth))
    return least


def _depths(sheet: bytes, styles: bytes, where: str, first: int) -> dict[int, dict[int, int]]:
    """Return how deep each row with content stands: under 0 by outline level, under a column by its cell's indent."""
    indents = _indents(styles, where) if b"indent=" in styles else {}
    if not indents and b"outlineLevel=" not in sheet:
        return {}
    depths: dict[int, dict[int, int]] = {}
    row, level, place, style, seen = 0, 0, 0, "", 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal row, level, place, style, seen
        local = local_name(name)
        if local == "row":
            row, level, seen = int(attributes.get("r", row + 1)), int(attributes.get("outlineLevel", 0)), 0
        elif local == "c":
            style = attributes.get("s", "")
            place = read_reference(attributes["r"])[1] if "r" in attributes else 0
        elif local in ("v", "is") and seen < _FIRST:
            seen += 1
            at = depths.setdefault(row, {0: level})
            if place:
                at[place] = indents.get(style, 0)

    parse_part(sheet, start, where)
    return {number: at for number, at in depths.items() if number >= first}


def _indents(styles: bytes, where: str) -> dict[str, int]:
    """Return the indent of each cell style that has one, by its index as text."""
    found: dict[str, int] = {}
    count, inside = -1, False

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count, inside
        local = local_name(name)
        if local in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = local == "cellXfs"
        elif local == "xf" and inside:
            count += 1
        elif local == "alignment" and inside and attributes.get("indent", "0").isdigit():
            found[str(count)] = int(attributes.get("indent", "0"))

    parse_part(styles, start, where)
    return {style: indent for style, indent in found.items() if indent}
