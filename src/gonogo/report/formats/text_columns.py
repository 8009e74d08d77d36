"""Text in columns of a fixed width: wrapping, labelled pairs and tables. Widths count cells; 東 takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_WORD: Final = re.compile(r"\s*\S+\s*")
_GAP: Final = 3
"""Blanks between two columns of a table."""
_WORD_KEPT: Final = 11
"""A word of so many cells is not cut in a table: `CONDITIONAL`, `Operations`."""


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return len(text) if text.isascii() else sum(map(_cells, text))


def _cells(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """Return the lines of a text, at least one; a word that is wider than ``width`` is cut."""
    lines: list[str] = []
    line, used = "", 0
    for word in _WORD.findall(text):
        size = cells(word.rstrip())
        if used + size <= width:
            line, used = line + word, used + cells(word)
            continue
        if line:
            lines.append(line.rstrip())
        if size > width:
            *whole, word = _cut(word, width)
            lines += whole
        line, used = word, cells(word)
    return [*lines, line.rstrip()]


def _cut(word: str, width: int) -> list[str]:
    pieces, used = [""], 0
    for character in word:
        size = cells(character)
        if used + size > width and pieces[-1]:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += size
    return pieces


def padded(text: str, width: int) -> str:
    """Return ``text`` followed by blanks up to ``width``."""
    return text + " " * (width - cells(text))


def row_lines(row: Sequence[str], widths: Sequence[int], gap: int = _GAP) -> list[list[str]]:
    """Return the lines of one row, each a padded text for every column with the gap after it; the last has none."""
    columns = [wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    last = len(widths) - 1
    lines = []
    for number in range(max(map(len, columns))):
        texts = [column[number] if number < len(column) else "" for column in columns]
        lines.append(
            [text if index == last else padded(text, widths[index]) + " " * gap for index, text in enumerate(texts)]
        )
    return lines


def table_widths(rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Return the widths of a table's columns: as their widest cell, the widest ones narrowed until all fit.

    No column becomes narrower than its words of :data:`_WORD_KEPT` cells while another can be narrowed instead.
    """
    columns = list(zip(*rows, strict=True))
    room = max(len(columns), width - _GAP * (len(columns) - 1))
    widths = [min(room, max(map(cells, column))) for column in columns]
    least = [min(size, _WORD_KEPT) for size in map(_longest, columns)]
    while sum(widths) > room:
        spare = [index for index, each in enumerate(widths) if each > least[index]] or range(len(widths))
        widths[max(spare, key=lambda index: (widths[index], -index))] -= 1
    return widths


def legible(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether a table of this width would cut no word but long ones, such as paths and ids of criteria."""
    columns = list(zip(*rows, strict=True))
    return sum(min(size, _WORD_KEPT) for size in map(_longest, columns)) + _GAP * (len(columns) - 1) <= width


def _longest(column: Sequence[str]) -> int:
    return max(cells(word) for cell in column for word in cell.split() or [""])
