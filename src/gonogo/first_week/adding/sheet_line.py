"""One row of a binding workbook, and how examples of a column are shown in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from gonogo.first_week.drafts.rows_in_question import ROWS
from gonogo.first_week.good_words import GOOD
from gonogo.first_week.hints import digest_of_word
from gonogo.first_week.prose import plain

NOT_HERE: Final = "not here"
SEEN: Final = "seen"
"""Tag of the row that says what the workbook was made from."""
NEEDED: Final = "needed"
"""What a row asks about whose blank answer keeps its sheet from being taken."""
KNOWN: Final = "Leave blank where this is right: "
"""What stands before how it is known when a file held."""
ELSE: Final = ". Else the day on which it held."
TODAY: Final = "What it gives today, as the rows below stand: "
"""What stands before the figures of today, beside the name."""
REFUSED: Final = "refused"
"""Tag of a row that says why the first sheet keeps a sheet from being taken; no workbook asks it."""
DAYS: Final = "days"
"""Tag of the row that asks in which of two ways days are written."""
ITEMS: Final = "items"
"""Tag of the row that asks whether rows are items which may be a template's example."""
SAID_IN: Final = "The file itself says it in "
"""Before the line of a text that says when its content held, and the day: a person says it by that."""
LEFT_OUT: Final = "left out"
"""Tag of the row that asks who gives a fact which the file cannot show."""
ANSWERED: Final = frozenset(
    {"fact", "word", "words", "group", "key", "reads", "which rows", "which counts", LEFT_OUT, DAYS, ITEMS, ROWS}
)
"""Tags of rows that are left blank where only a person who looks at the file knows."""
BETWEEN: Final = " With ; between them."
"""How the note of a row ends that takes several words."""
ALSO: Final = " Also, though no criterion reads it: "
"""What stands between the figures that criteria read and the others."""
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


class AnsweredCell(Protocol):
    """One row of a sheet as it is asked, or as somebody has left it."""

    @property
    def tag(self) -> str:
        """What kind of row it is."""

    @property
    def answer(self) -> str:
        """What is answered."""


def awaits_rows(rows: Sequence[AnsweredCell]) -> bool:
    """Whether the figures of a draft are of rows that were guessed, and nobody has said which rows count."""
    return any(row.tag == "fact" for row in rows) and any(row.tag == "which rows" and not row.answer for row in rows)


def says_nothing(rows: Sequence[AnsweredCell]) -> bool:
    """Whether a sheet answers no fact: each of its facts is blank or elsewhere, or nobody knows what it is about."""
    facts = [row.answer for row in rows if row.tag == "fact"]
    groups = [row.answer for row in rows if row.tag == "group"]
    return (bool(facts) and not {*facts} - {"", NOT_HERE}) or groups == [""]
