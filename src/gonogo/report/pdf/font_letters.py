"""Which letters the codes in a PDF are: each font has a table of them, for search and for screen readers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

_SECTION: Final = re.compile(r"beginbf(char|range)(.*?)endbf", re.DOTALL)
_PAIR: Final = re.compile(r"<(\w+)>\s*<(\w+)>")
_RANGE: Final = re.compile(r"<(\w+)>\s*<(\w+)>\s*(?:<(\w+)>|\[([^\]]*)\])")
_MOST: Final = 0x10000
"""Codes that a font can have; a longer range is a damaged table."""


@dataclass(frozen=True, slots=True)
class FontLetters:
    """The letters of one font.

    Attributes:
        width: How many bytes a code takes.
        letters: The text of each code.
    """

    width: int = 1
    letters: Mapping[int, str] = field(default_factory=dict)

    def text(self, shown: bytes) -> str:
        """Return what is read where these bytes are shown; a code without a letter is U+FFFD, which is not blank."""
        codes = (int.from_bytes(shown[at : at + self.width], "big") for at in range(0, len(shown), self.width))
        return "".join(self.letters.get(code, "\ufffd") for code in codes)


def letters_of(font: Any) -> FontLetters:
    """Return the letters of a font of an open document."""
    found: dict[int, str] = {}
    table = font["/ToUnicode"].read_bytes().decode("ascii", "replace") if "/ToUnicode" in font else ""
    for kind, rows in _SECTION.findall(table):
        if kind == "char":
            found |= {int(code, 16): _letter(text) for code, text in _PAIR.findall(rows)}
            continue
        for low, high, first, several in _RANGE.findall(rows):
            codes = range(int(low, 16), min(int(high, 16), int(low, 16) + _MOST) + 1)
            texts = re.findall(r"<(\w+)>", several) or [f"{int(first, 16) + step:04x}" for step in range(len(codes))]
            found |= {code: _letter(text) for code, text in zip(codes, texts, strict=False)}
    return FontLetters(2 if str(font.get("/Subtype")) == "/Type0" else 1, found)


def _letter(digits: str) -> str:
    return bytes.fromhex(digits).decode("utf-16-be", "replace")
