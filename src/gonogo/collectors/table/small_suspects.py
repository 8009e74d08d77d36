"""Whether a small table holds nothing that could be suspicious, seen without the database.

It may be wrong in one direction only: where it says that nothing is, the database finds nothing either (a second
header, totals, odd or spoiled keys, a key that comes twice). Where it does not say so, the database decides and words
what is wrong. All cells are ASCII without line ends.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.outline import holds_nothing, is_odd
from gonogo.collectors.rows.row_words import CLOSING_ROWS, LAST_ROW, TOTAL_ROW
from gonogo.collectors.rows.spoiled import SEVERAL_KEYS, SPOILED
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.small_table import SmallTable

_TEXTS: Final = (ColumnType.TEXT, ColumnType.ID)
_TOTAL: Final = re.compile(TOTAL_ROW)
_LAST: Final = re.compile(LAST_ROW.replace(r"\x{2013}", "\u2013"))
_SPOILED: Final = re.compile(SPOILED)
_SEVERAL: Final = re.compile(SEVERAL_KEYS)
TOTAL_WORDS: Final = re.compile(r"(?i)tota|sum|somm|soma|gesamt|count|average|mean|avg|overall|percent|%| of ")
"""One of them is in every text of a row that adds up others."""
_DIGIT: Final = re.compile("[0-9]")
_DIGITS: Final = re.compile("[0-9]+")
_LETTERS: Final = re.compile("[A-Za-z]+")
_LONG: Final = 1000
"""No longer text is looked at here."""


def nothings(table: Table, small: SmallTable) -> frozenset[str]:
    """Return the texts that say nothing, of columns whose presence counts and of keys."""
    found: set[str] = set()
    for name, column in table.columns.items():
        if column.type in _TEXTS and (column.given is not None or name in table.unique):
            texts = {text for text in small.columns[name] if text is not None}
            found |= {text for text in texts if holds_nothing(text)}
    return frozenset(found)


def no_suspects(table: Table, source: Prepared, small: SmallTable, nothing: frozenset[str]) -> bool:
    """Return whether no row can be a second header, a sum, an odd or spoiled key, and no key comes twice."""
    texts = [name for name, column in table.columns.items() if column.type in _TEXTS]
    free = [name for name in texts if table.columns[name].allowed in ((), "any")]
    cells = {name: [text for text in small.columns[name] if text is not None] for name in free}
    if len(texts) == len(table.columns) and NoItem.REPEATED_HEADING not in table.rows and _heading_again(table, small):
        return False
    if any(text.startswith("{") or len(text) > _LONG for each in cells.values() for text in each):
        return False
    if free and NoItem.TOTAL not in table.rows:
        first = min(free, key=lambda name: source.positions[name])
        parts = [name for name in table.unique if name in free]
        if any(_adds_up(small.columns[name]) for name in dict.fromkeys([first, *parts])):
            return False
        if any(_odd_keys(cells[name], nothing, source.rows) for name in parts):
            return False
    spoiled = (name for name in free if table.columns[name].type is ColumnType.ID)
    if any(_SPOILED.fullmatch(text) for name in spoiled for text in cells[name]):
        return False
    return (
        not table.unique or len(set(zip(*(small.columns[name] for name in table.unique), strict=True))) == source.rows
    )


def _heading_again(table: Table, small: SmallTable) -> bool:
    heading = tuple(column.header or name for name, column in table.columns.items())
    return heading in zip(*(small.columns[name] for name in table.columns), strict=True)


def _adds_up(cells: Sequence[str | None]) -> bool:
    """Return whether a cell says that its row adds up others or, among the last, closes the table."""
    if any(text is not None and _LAST.fullmatch(text) for text in cells[-CLOSING_ROWS:]):
        return True
    if not TOTAL_WORDS.search("\n".join(filter(None, cells))):
        return False
    return any(text is not None and _TOTAL.fullmatch(text) for text in cells)


def _odd_keys(keys: Sequence[str], nothing: frozenset[str], rows: int) -> bool:
    """Return whether a key says nothing, holds several keys, or has another shape than all others."""
    if not nothing.isdisjoint(keys):
        return True
    if any(_SEVERAL.fullmatch(key) for key in keys if not key.isalnum()):
        return True
    blank, no_digit = (sum(" " in key for key in keys), sum(not _DIGIT.search(key) for key in keys))
    if not any(count and is_odd(count, rows) for count in (blank, no_digit)):
        return False
    shapes = Counter(_LETTERS.sub("a", _DIGITS.sub("9", key)) for key in keys)
    return 10 * max(shapes.values()) >= 9 * rows
