"""One row of a binding workbook, and how examples of a column are shown in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.good_words import GOOD
from gonogo.first_week.hints import digest_of_word
from gonogo.first_week.prose import plain

NOT_HERE: Final = "not here"
SEEN: Final = "seen"
"""Tag of the row that says what the workbook was made from."""
NEEDED: Final = "needed"
"""What a row asks about whose blank answer keeps its sheet from being taken."""
TODAY: Final = "What it gives today, as the rows below stand: "
"""What stands before the figures of today, beside the name."""
MORE: Final = "more"
"""Tag of the row above those that are folded away."""
FIXED: Final = frozenset({"file", SEEN, "column", "answers", "ask", MORE})
"""Tags of rows that are read and not answered."""
FREE: Final = frozenset({"only rows", "which rows"})
"""Tags of rows whose second answer is written freely."""
_EXAMPLES: Final = 3
_ANSWERS: Final = frozenset({"yes", "no", "y", "n", "n/a", "not applicable", "true", "false", "open", "pending"})
"""Whole cells that say nothing of anybody, beside the words that close a thing."""
_LONG: Final = 60


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row of a sheet.

    Attributes:
        tag: What kind of row it is; by it the answer is read back.
        about: What it asks about: a heading, a word, a fact.
        of: The heading that a word stands under; empty for others.
        answer: What is guessed; empty where only a person knows.
        offered: What the drop-down offers; nothing where anything may be written.
        second: What is guessed for a second column; None where there is none.
        note: Examples, or what the answer means.
        folded: Whether nothing asks for it, so that a workbook folds it away.
    """

    tag: str
    about: str = ""
    of: str = ""
    answer: str = ""
    offered: tuple[str, ...] = ()
    second: str | None = None
    note: str = ""
    folded: bool = False


def shown(cells: Sequence[str], *, hashed: bool) -> str:
    """Return a few different cells; those that may be about people only as the beginning of their digest.

    Yes, no, n/a and the words that close a thing name nobody, so they are shown as they are.
    """
    found = list(dict.fromkeys(cells))[:_EXAMPLES]
    if hashed:
        found = [cell if _names_nobody(cell) else digest_of_word(cell) for cell in found]
    return ", ".join(plain(cell, most=_LONG) for cell in found) or "all blank"


def _names_nobody(cell: str) -> bool:
    word = cell.strip().casefold()
    return word in _ANSWERS or word in GOOD
