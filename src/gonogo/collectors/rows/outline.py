"""Rows that are no items, as a table shows them: parents in an outline, rows that add up or close a table, odd keys.

Pure, over headings and texts, so that people who set up a binding see what collecting will see.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from gonogo.collectors.rows import row_words as words
from gonogo.collectors.rows.row_subject import folded, plain
from gonogo.model.empty_answers import is_taken_back
from gonogo.model.placeholder import has_content, plain_words
from gonogo.model.planned_answers import is_owed

_TOTAL: Final = re.compile(words.TOTAL_ROW)
_LAST: Final = re.compile(words.LAST_ROW.replace(r"\x{2013}", "\u2013"))
_NUMBERED: Final = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4})*")
YES: Final = frozenset({"yes", "y", "true", "1", "summary", "parent", "group", "header", "x"})
"""Cells that say that a row is a parent, folded."""
LONGEST_NOTHING: Final = 200
LONGEST_MARKED: Final = 4_000
"""No longer text is asked whether it says anything; the markup of a rich-text field may be longer than its words."""
MAY_SAY_NOTHING: Final = r"^\W*[tT]|[<&{=~#]"
"""What may say nothing with a digit in it: ``T0D0``, ``<h1>TBD</h1>``, ``&#160;`` and ``#DIV/0!``."""
_MAY_SAY_NOTHING: Final = re.compile(MAY_SAY_NOTHING, re.ASCII)
_NO_BLANK: Final = re.compile(r"^\S+$")
_DIGIT: Final = re.compile(r"[0-9]")
_MARKS: Final = frozenset({"x", "xx", "xxx", "y", "yes", "ok", "okay"})
"""Marks that a cell is filled with: they say that something is so."""
ODD_SHARE: Final = 20
"""Keys are odd while they are at most one in so many; more of them are another way to write keys."""


def outlined(heading: str, values: Sequence[str], keys: Collection[str] = ()) -> bool:
    """Return whether a column shows that some rows are parents of others.

    Args:
        heading: As the file has it.
        values: Its cells, in the order of the rows.
        keys: Keys of the rows, for a column that names each row's parent.
    """
    name = plain(heading)
    texts = [value.strip() for value in values]
    if name in words.OUTLINE:
        return _deepens(texts)
    if name in words.OUTLINE_NUMBERS:
        numbers = {value for value in texts if _NUMBERED.fullmatch(value)}
        return any(number.rpartition(".")[0] in numbers for number in numbers)
    if name in words.MAYBE_OUTLINE_NUMBERS:
        return _numbers_an_outline(texts)
    if name in words.SUMMARY_FLAGS:
        words_used = {folded(value) for value in texts}
        return len(words_used) > 1 and (
            bool(words_used & YES) or ({"0"} < words_used and all(map(str.isdigit, words_used - {""})))
        )
    if name in words.PARENTS:
        return bool(({folded(value) for value in texts} - {""}) & {folded(key) for key in keys})
    return False


def numbers_an_outline(heading: str, values: Iterable[str]) -> bool:
    """Whether a column holds numbers such as 1.2, and not depths: by its heading, also where no row is below any."""
    name = plain(heading)
    return name in words.OUTLINE_NUMBERS | words.MAYBE_OUTLINE_NUMBERS or any("." in value for value in values)


def parents_of_numbers(values: Iterable[str]) -> frozenset[str]:
    """Return the outline numbers below which others stand: 1 and 1.2 for 1.2.1, also where a level is missing."""
    numbers = (value.split(".") for value in values if _NUMBERED.fullmatch(value))
    return frozenset(".".join(parts[:depth]) for parts in numbers for depth in range(1, len(parts)))


def may_be_outline(heading: str) -> bool:
    """Return whether a heading is one that outlines have, so that its column is to be looked at."""
    numbers = words.OUTLINE_NUMBERS | words.MAYBE_OUTLINE_NUMBERS
    return plain(heading) in words.OUTLINE | numbers | words.SUMMARY_FLAGS | words.PARENTS


def may_be_steps(heading: str) -> bool:
    """Return whether a heading is that of test steps: rows are then steps of a case, not cases."""
    return plain(heading) in words.STEPS


def numbers_rows(heading: str) -> bool:
    """Return whether a heading is that of a number which tells rows apart and nothing else."""
    return plain(heading) in words.ROW_NUMBERS


def adds_up(text: str, *, last: bool = False) -> bool:
    """Return whether a text is that of a row that adds up others or, among the last rows, closes the table."""
    plain_text = " ".join(text.split())
    return bool(_TOTAL.fullmatch(plain_text)) or (last and bool(_LAST.fullmatch(plain_text)))


def odd_keys(keys: Sequence[str]) -> list[int]:
    """Return the indexes of keys of another shape than the rest: with blanks inside, or without a digit.

    Only where the others leave no doubt: at least two have the shape, and at most one in twenty (or one) has not.
    """
    for pattern in (_NO_BLANK, _DIGIT):
        odd = [index for index, key in enumerate(keys) if not pattern.search(key.strip())]
        if odd and is_odd(len(odd), len(keys)):
            return odd
    return []


def is_odd(odd: int, rows: int) -> bool:
    """Return whether so many rows of another shape are the exception among all."""
    return rows - odd >= 2 and odd <= max(1, rows // ODD_SHARE)


def holds_nothing(text: str) -> bool:
    """Return whether a cell says nothing; a key or a number with a digit, and a long text, say something unasked."""
    if len(text) > (LONGEST_MARKED if "<" in text else LONGEST_NOTHING):
        return False
    return (_MAY_SAY_NOTHING.search(text) is not None or not _DIGIT.search(text)) and is_nothing(text)


def is_nothing(text: str) -> bool:
    """Return whether a cell says nothing; a mark, a state, a number, a letter, a key set aside say something here."""
    if (has_content(text) and not is_owed(text)) or text.startswith("~~"):
        return False
    words = plain_words(text)
    return not (words in _MARKS or is_taken_back(words) or words.isdigit() or (len(words) == 1 and words.isalpha()))


def _numbers_an_outline(values: Sequence[str]) -> bool:
    """Whether cells are mostly numbers of an outline, and a parent stands right above a child: beyond doubt."""
    numbers = [value.removesuffix(".") for value in values if value]
    numbered = [number for number in numbers if _NUMBERED.fullmatch(number)]
    if 2 * len(numbered) <= len(numbers):
        return False
    return any(later.rpartition(".")[0] == earlier for earlier, later in itertools.pairwise(numbered))


def _deepens(values: Sequence[str]) -> bool:
    """Whether whole numbers rise by at most one from row to row, as the depth in an outline does, and do rise."""
    if not all(value.isascii() and value.isdigit() and len(value) < 3 for value in values) or not values:
        return False
    depths = [int(value) for value in values]
    rises = [later - earlier for earlier, later in itertools.pairwise(depths)]
    return min(depths) <= 1 and max(rises, default=0) == 1
