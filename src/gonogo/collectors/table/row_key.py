"""Whether a column that is different in every row is the key of the items, or merely numbers rows of several an item.

Pure, over what is known of each column, so that whoever sets a binding up sees what collecting will see.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.table import row_words as words
from gonogo.collectors.table.about import plain
from gonogo.collectors.table.outline import may_be_steps

_KEY: Final = re.compile(words.KEY_VALUE)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is known of a column.

    Attributes:
        heading: As the file has it.
        distinct: Different values, blank ones aside.
        values: Its cells in the order of the rows, or the first of them.
    """

    heading: str
    distinct: int
    values: Sequence[str] = ()


def may_be_items(heading: str) -> bool:
    """Return whether a heading is that of the things that other rows may be parts or runs of."""
    return plain(heading) in words.ITEMS


def shaped_like_keys(values: Iterable[str]) -> bool:
    """Return whether all values, blank ones aside, look like keys: ``QA-12``, ``TC_0004``."""
    told = [value.strip() for value in values if value.strip()]
    return bool(told) and all(map(_KEY.fullmatch, told))


def repeating_keys(sample: Iterable[str]) -> bool:
    """Return whether cells look like keys of things that have several rows each, one below the other."""
    told = [value.strip() for value in sample if value.strip()]
    blocks = sum(1 for _ in itertools.groupby(told))
    return 1 < len(set(told)) == blocks < len(told) and shaped_like_keys(told)


def parts_of(key: Kept, others: Iterable[Kept], rows: int) -> str:
    """Return the heading that shows that rows are parts or runs of something, though a key tells them apart.

    A key that names items is believed beside a column that repeats (a defect beside its test case). A number of the
    rows, of their steps or of their runs names no item, and prose is no key.

    Args:
        key: A column that is different in every row.
        others: The other columns.
        rows: How many rows there are.
    """
    name = plain(key.heading)
    if name in words.TEST_STEPS:
        return key.heading
    others = list(others)
    repeating = [other for other in others if other.distinct < rows and may_be_items(other.heading)]
    if any(may_be_steps(each.heading) for each in (key, *others)) and repeating:
        return repeating[0].heading
    if name in words.RUNS or not shaped_like_keys(key.values):
        repeating += [other for other in others if other.distinct < rows and repeating_keys(other.values)]
        return repeating[0].heading if repeating else ""
    return ""
