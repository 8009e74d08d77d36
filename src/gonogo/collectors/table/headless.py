"""A heading that is written as the cells below it are: the file has no headings, and its first row would be lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gonogo.collectors.columns.cells import shape_of
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.table.outside import ABOVE
from gonogo.collectors.table.shown import Doubt, Shown
from gonogo.model.evidence import GapReason

_DATED: Final = (ColumnType.DATE, ColumnType.INSTANT)
_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_SAMPLE: Final = 200
_DIGITS: Final = re.compile(r"[0-9]+")


def headless(loaded: Shown) -> Iterator[Doubt]:
    """Yield a doubt where a heading is itself a date above dates, or a key such as those below it.

    Settings that say which row holds the headings (``header_row``) settle it, unless a full row stands above that one.
    """
    table = loaded.table
    if loaded.source.row_word == "record":
        return
    given = "header_row" in table.model_fields_set
    full = [row.number for row in loaded.source.outside if row.kind == ABOVE and all(row.cells.values())]
    if given and not full:
        return
    for name, column in table.columns.items():
        heading = column.header or name
        if column.type in _DATED:
            fits = re.fullmatch(shape_of(column).pattern, heading, re.ASCII) is not None
        else:
            fits = column.type in _TEXTS and _numbered(loaded, name, heading)
        if fits:
            settle = f"say which row holds the headings by header_row: {table.header_row}"
            if full:
                settle = f"correct header_row: {loaded.source.row_word} {full[0]} above it has a text in every column"
            sentence = (
                f"{loaded.source.place}: the heading of column {name!r} is written as the cells below it are, so the "
                "file seems to have no row of headings, and its first row would be lost; add one to the file, or "
                f"{settle}"
            )
            yield Doubt(GapReason.MALFORMED, sentence, sentence)
            return


def _numbered(loaded: Shown, name: str, heading: str) -> bool:
    """Return whether a heading is a text with digits, and all first cells are that text with other digits."""
    form = _DIGITS.sub("0", heading)
    if not _DIGITS.search(heading) or form == "0":
        return False
    cells = loaded.some(name, _SAMPLE)
    return bool(cells) and all(_DIGITS.sub("0", cell) == form for cell in cells)
