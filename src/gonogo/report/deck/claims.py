"""The colors that an earlier deck claims: as words, as letters, or as the ground of a cell."""

from __future__ import annotations

import colorsys
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from gonogo.report.deck.phase_four import is_checklist, number_of
from gonogo.report.deck.rows import COLORS
from gonogo.report.deck.slides import Deck, DeckSlide
from gonogo.report.health import GREEN, RED, YELLOW

_WORDS: Final = {
    "green": GREEN,
    "g": GREEN,
    "yellow": YELLOW,
    "amber": YELLOW,
    "y": YELLOW,
    "a": YELLOW,
    "red": RED,
    "r": RED,
}
_HUES: Final = ((0, 14, RED), (34, 70, YELLOW), (75, 165, GREEN), (344, 360, RED))
"""Degrees of the color circle; what lies between them, such as orange, is not guessed."""
_GRAY: Final = 0.14
"""A ground with less color than this is white, gray or black."""
_DARK: Final = 0.25
_LETTERS: Final = 40


@dataclass(frozen=True, slots=True)
class Claims:
    """What an earlier deck says about its rows.

    Attributes:
        colors: The color of each row, by its number.
        remarks: Where a color could not be read, or word and fill differ, by number of row.
    """

    colors: Mapping[int, str]
    remarks: Mapping[int, str]

    @property
    def lines(self) -> tuple[str, ...]:
        """Return the remarks, a line each."""
        return tuple(f"row {number} of the earlier deck {what}" for number, what in sorted(self.remarks.items()))


def read_claims(deck: Deck) -> Claims:
    """Return the colors that a deck claims, and what could not be read."""
    colors: dict[int, str] = {}
    remarks: dict[int, str] = {}
    for slide in deck.slides:
        for table in filter(is_checklist, slide.tables):
            number, color = table.column("No"), table.column("Health Indicator")
            for row in range(1, len(table.table.rows)):
                which = number_of(table.text(row, number or 0))
                if which is None:
                    continue
                shown = _shown(slide, table.table.cell(row, color or 0))
                if shown == _shown(slide, table.table.cell(row, number or 0)):  # the whole row has it: a design
                    shown = ""
                claim, remark = _claim(table.text(row, color or 0), shown)
                if claim:
                    colors[which] = claim
                if remark:
                    remarks[which] = remark
    return Claims(colors, remarks)


def _claim(text: str, shown: str) -> tuple[str, str]:
    """Return the color of a cell, and what must be said about it. Where word and fill differ, the word counts."""
    found = {_WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in _WORDS and len(word) > 1}
    found |= {_WORDS[text.lower()]} if text.lower() in _WORDS else set()
    said = f"says `{text[:_LETTERS]}`"
    if len(found) > 1:
        return "", f"{said}: more than one color"
    if found:
        (word,) = found
        return word, f"{said} on {shown.lower()} ground; the word counts" if shown in COLORS and shown != word else ""
    if shown in COLORS:
        return shown, ""
    if shown:
        return "", f"has {shown}, which is not Green, Yellow or Red"
    return "", f"{said}, which is no color" if any(map(str.isalnum, text)) else ""


def _shown(slide: DeckSlide, cell: Any) -> str:
    """Return the color of a cell's ground; where it has none, of its signs; what it is if it is another color."""
    from pptx.enum.dml import MSO_FILL

    kind = cell.fill.type
    if kind == MSO_FILL.SOLID:
        found = [cell.fill.fore_color]
    elif kind == MSO_FILL.GRADIENT:
        found = [stop.color for stop in cell.fill.gradient_stops]
    else:
        found = []
    grounds = {_named(slide, color) for color in found} - {""}
    if not grounds and cell.text.strip() and not any(map(str.isalnum, cell.text)):
        runs = [run for paragraph in cell.text_frame.paragraphs for run in paragraph.runs if run.text.strip()]
        grounds = {_named(slide, run.font.color) for run in runs} - {""}
    return grounds.pop() if len(grounds) == 1 else "a fill of several colors" if grounds else ""


def _named(slide: DeckSlide, color: Any) -> str:
    """Return Green, Yellow or Red, `the color #…` for another one, or nothing for white, gray and black."""
    from pptx.enum.dml import MSO_COLOR_TYPE

    if color.type == MSO_COLOR_TYPE.RGB:
        digits = str(color.rgb)
    elif color.type == MSO_COLOR_TYPE.SCHEME:
        digits = slide.theme().get(color.theme_color.xml_value, "")
    else:
        digits = ""
    if not digits:
        return ""
    hue, saturation, value = colorsys.rgb_to_hsv(*(part / 255 for part in bytes.fromhex(digits)))
    if saturation < _GRAY or value < _DARK:
        return ""
    degrees = hue * 360
    return next((name for low, high, name in _HUES if low <= degrees <= high), f"the color #{digits}")
