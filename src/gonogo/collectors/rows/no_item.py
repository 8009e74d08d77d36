"""Rows of a table that are no items: their kinds, and how a place names those that were left out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

LEFT_OUT: Final = ", left out: "
"""What stands in a place before the rows that were left out."""
_WORDS: Final = {
    "parent": "parent rows",
    "group_title": "group titles",
    "repeated_heading": "repeated headings",
    "total": "totals",
    "struck": "struck rows",
    "template": "template rows",
    "continued": "continued rows",
    "blank": "blank rows",
}


class NoItem(StrEnum):
    """Kinds of rows that are no items."""

    PARENT = "parent"
    GROUP_TITLE = "group_title"
    REPEATED_HEADING = "repeated_heading"
    TOTAL = "total"
    STRUCK = "struck"
    TEMPLATE = "template"
    """Instructions and examples that a template has under its headings; only its own words show them, once each."""
    CONTINUED = "continued"
    """Further lines of the item above, such as one for each milestone: they have text under certain headings alone."""


def left_out_words(left_out: Mapping[str, int]) -> str:
    """Return what was left out, as the end of a place: ``, left out: 2 parent rows``."""
    words = {kind: _WORDS.get(kind, kind) for kind in left_out}
    parts = [
        f"{count:,} {words[kind].removesuffix('s') if count == 1 else words[kind]}"
        for kind, count in left_out.items()
        if count
    ]
    return f"{LEFT_OUT}{' and '.join(parts)}" if parts else ""
