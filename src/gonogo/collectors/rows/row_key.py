"""Whether a column that is different in every row is the key of the items, or merely numbers rows of several an item.

Pure, over what is known of each column, so that people who set up a binding see what collecting will see.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.collectors.rows import key_words
from gonogo.collectors.rows import row_words as words
from gonogo.collectors.rows.outline import may_be_steps
from gonogo.collectors.rows.row_subject import plain
from gonogo.model.about_people import why_about_people

_KEY: Final = re.compile(words.KEY_VALUE)
_DATE: Final = re.compile(r"[0-9]{1,4}[-/.][0-9]{1,2}[-/.][0-9]{2,4}|[0-9]{1,2}[-/ ][A-Z][a-z]{2}[-/ ][0-9]{2,4}")
_WORDS: Final = 5
_HASH: Final = re.compile(r"[0-9a-f]{12,64}")
_LONGEST: Final = 60
"""A longer text is prose."""


@dataclass(frozen=True, slots=True)
class KeyCandidate:
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


def is_key_heading(heading: str) -> bool:
    """Return whether a heading is that of an identifier: ``Issue key``, ``Risk #``, ``Case No.``, ``Vendor number``."""
    name = plain(heading)
    words_of = name.split()
    if not words_of or key_words.NO_KEYS & set(words_of):
        return False
    return (
        name in words.ITEMS
        or words_of[-1] in key_words.KEYS
        or (words_of[-1] == "number" and words_of[0] != "line")
        or "#" in name
    )


def may_be_key(heading: str, values: Iterable[str]) -> bool:
    """Return whether a column may be taken for the key: its heading or its values are of that kind; no prose, no date.

    A column that merely happens to differ in every row (a title, a name, a day) tells no item apart.
    """
    filled = _filled(values)
    different = set(filled)
    if any(len(value) > _LONGEST or "\n" in value or _DATE.match(value) for value in different):
        return False
    if says_how_it_stands(heading, ()):
        return False
    if is_key_heading(heading) or (bool(filled) and all(map(_HASH.fullmatch, different))):
        return True
    return shaped_like_keys(different) and not why_about_people(heading, filled)


def may_be_names(heading: str, values: Iterable[str]) -> bool:
    """Return whether a column may hold the names of the items: short words, no prose, no day, number or person."""
    filled = _filled(values)
    numbered = plain(heading) in words.CYCLE | words.RELEASE
    short = all(len(value.split()) <= _WORDS and (numbered or any(map(str.isalpha, value))) for value in filled)
    return short and may_be_half(heading, filled)


def may_be_half(heading: str, values: Iterable[str]) -> bool:
    """Return whether a column may tell items apart together with another: no prose, no day, no person."""
    filled = _filled(values)
    different = set(filled)
    if any(len(value) > _LONGEST or "\n" in value or value[-1] in ".?!" or _DATE.match(value) for value in different):
        return False
    if says_how_it_stands(heading, different):
        return False
    return may_be_key(heading, filled) or not why_about_people(heading, filled)


def says_how_it_stands(heading: str, values: Iterable[str]) -> bool:
    """Return whether a column says how rows stand, or how grave they are, which tells no item apart."""
    if plain(heading).split()[-1:] and plain(heading).split()[-1] in key_words.STANDINGS:
        return True
    filled = {value for value in values if value.strip()}
    return bool(filled) and all(plain(value) in words.STATUS_WORDS for value in filled)


def _filled(values: Iterable[str]) -> list[str]:
    return list(filter(None, map(str.strip, values)))


def key_rank(heading: str) -> int:
    """Return how well a heading names the key; the lowest is taken first."""
    name = plain(heading)
    if name in key_words.FIRST_KEYS:
        return key_words.FIRST_KEYS.index(name)
    return len(key_words.FIRST_KEYS) + (not is_key_heading(heading))


def shaped_like_keys(values: Iterable[str]) -> bool:
    """Return whether all values, blank ones aside, look like keys: ``QA-12``, ``TC_0004``."""
    filled = _filled(values)
    return bool(filled) and all(map(_KEY.fullmatch, filled))


def repeating_keys(sample: Iterable[str]) -> bool:
    """Return whether cells look like keys of things that have several rows each, one below the other."""
    filled = _filled(sample)
    blocks = sum(1 for _ in itertools.groupby(filled))
    return 1 < len(set(filled)) == blocks < len(filled) and shaped_like_keys(filled)


def parts_of(key: KeyCandidate, others: Iterable[KeyCandidate], rows: int) -> str:
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
