"""Rows inside a cell: a quote that a tool left open takes every row up to the next quote into one cell of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

LEAST: Final = 4
"""Columns from which the lines of a text are taken for rows; with fewer, a line of prose has as many commas."""


def has_swallowed(cells: Sequence[str], delimiter: str) -> bool:
    """Return whether the lines of a cell, read without its quotes, are rows with exactly as many cells as this one.

    Args:
        cells: A record.
        delimiter: What stands between cells.
    """
    width = len(cells)
    if width < LEAST:
        return False
    for before, cell in enumerate(cells):
        if "\n" not in cell:
            continue
        counts = [line.count(delimiter) + 1 for line in cell.split("\n")]
        counts[0] += before
        counts[-1] += width - before - 1
        if set(counts) == {width}:
            return True
    return False
