"""Rows that a file shows as parents of others without a column that says so: by columns, by leading blanks, by name.

Pure, over headings and texts, so that people who set up a binding see what collecting will see.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import Final

from gonogo.collectors.rows import key_words
from gonogo.collectors.rows import row_words as words
from gonogo.collectors.rows.row_subject import plain

_NUMBERED: Final = re.compile(r"(.*?[a-z]) ?([0-9]{1,2})")
BLANKS: Final = " \t\u00a0\u2003"
_SLIP: Final = " "
_FEWEST: Final = 3
_SHARE: Final = 20
"""So few cells, and fewer than one in so many, that begin with one blank are slips of the hand."""


def names_parents(heading: str) -> bool:
    """Return whether a heading is that of the parent of a row."""
    return plain(heading) in words.PARENTS


def names_rows(heading: str) -> bool:
    """Return whether a heading is that of something by which another row may name this one as its parent."""
    name = plain(heading)
    return name not in words.PARENTS and (name in key_words.NAMES_ROWS or name.endswith((" id", " key", " number")))


def level_of(heading: str) -> tuple[str, int] | None:
    """Return the word and the number of a heading such as ``Title 2``, one column for each depth of a tree."""
    found = _NUMBERED.fullmatch(plain(heading))
    return (found[1], int(found[2])) if found and found[1] in key_words.TREE_TITLES else None


def stepped(columns: Sequence[Sequence[str]]) -> bool:
    """Return whether each row fills exactly one of these columns, and some row a deeper one than the row above.

    Args:
        columns: Those of a tree, from its root on; cells in the order of the rows.
    """
    depths = []
    for cells in zip(*columns, strict=True):
        filled = [depth for depth, cell in enumerate(cells) if cell.strip()]
        if len(filled) != 1:
            return False
        depths += filled
    return any(later > earlier for earlier, later in itertools.pairwise(depths))


def trees(columns: Iterable[tuple[str, Sequence[str]]]) -> list[str]:
    """Return the headings of the columns that together hold a tree, one column for each depth.

    Args:
        columns: Heading and cells of each column.
    """
    stems: dict[str, list[tuple[int, str, Sequence[str]]]] = {}
    for heading, cells in columns:
        level = level_of(heading)
        if level is not None:
            stems.setdefault(level[0], []).append((level[1], heading, cells))
    for found in stems.values():
        found.sort(key=lambda entry: entry[0])
        if len(found) > 1 and stepped([cells for _, _, cells in found]):
            return [heading for _, heading, _ in found]
    return []


def indented(values: Iterable[str]) -> bool:
    """Return whether texts are set in by leading blanks, some of them deeper than the one above.

    A blank before one cell in a hundred is a slip of the hand and no outline.
    """
    filled = [value for value in values if value.strip()]
    depths = [len(value) - len(value.lstrip(BLANKS)) for value in filled]
    slips = [value for value, depth in zip(filled, depths, strict=True) if depth == 1 and value[0] == _SLIP]
    if len(slips) == sum(map(bool, depths)) < max(_FEWEST, len(filled) / _SHARE):
        return False
    return any(later > earlier for earlier, later in itertools.pairwise(depths))
