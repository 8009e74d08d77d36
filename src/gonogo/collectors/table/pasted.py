"""One export pasted below itself: every number is doubled, and without a key nothing else shows it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from gonogo.collectors.table.shown import Doubt, Shown
from gonogo.model.evidence import GapReason

_MOST: Final = 100_000
"""Tables of more rows are no work of hands."""


def pasted(loaded: Shown) -> Iterator[Doubt]:
    """Yield a doubt where the rows of a table without a key are a block of rows that comes again and again.

    Every cell of a row is compared, also of columns that nobody reads. Rows that are all the same are no copy of
    others: a log may hold the same line twice.
    """
    if loaded.table.unique or not 4 <= loaded.rows <= _MOST:
        return
    with open(loaded.source.path, encoding="utf-8", newline="") as stream:
        lines = stream.read().splitlines()
    size = _block(lines)
    if size:
        rows = loaded.rows * size // len(lines)
        first, again = loaded.source.number(0), loaded.source.number(rows)
        sentence = (
            f"{loaded.source.place}: from {loaded.source.row_word} {again} on the rows are those from "
            f"{loaded.source.row_word} {first} on once more, cell by cell, as where an export was pasted below itself; "
            "take the copy out, or say what tells the rows apart by unique: [...]"
        )
        yield Doubt(GapReason.AMBIGUOUS_ROWS, sentence, sentence)


def _block(lines: list[str]) -> int:
    """Return how many lines are repeated until the end; 0 where the lines are no such repetition."""
    if len(set(lines)) * 2 > len(lines):
        return 0
    for size in range(2, len(lines) // 2 + 1):
        again = len(lines) % size == 0 and lines[size] == lines[0] and lines[size:] == lines[:-size]
        if again and len(set(lines[:size])) > 1:
            return size
    return 0
