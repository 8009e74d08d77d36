"""What a row must be to count, as parts of a condition: words of a column, or a day that is there, due, or in time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from gonogo.first_week.drafts.word_meanings import Meaning


class RowTest(StrEnum):
    """How a part looks at its column."""

    WORDS = "words"
    GIVEN = "is not blank"
    BLANK = "is blank"
    DUE = "<= now"
    DAY_OVER = "<= now - 1d"
    BY_GO_LIVE = "<= go_live"
    BY = "<="
    UNTIL = ">="


DUE_BY_NOW: Final = frozenset({RowTest.DUE, RowTest.DAY_OVER})
"""Tests of what is due by now: by a moment that has come, or by a day that is over. What is due today may come yet."""


@dataclass(frozen=True, slots=True)
class RowPart:
    """One part of a condition: a column whose words have one of these meanings.

    Attributes:
        column: Its name.
        counts: Meanings that count.
        unknown: Whether a word that nobody knows counts too.
        words: The words that count, where they are stated and not found by their meaning; those that say as little as
            a blank cell, for ``BLANK`` and ``GIVEN``.
        others: The words beside stated ones by which a row surely does not count, for ``unknown``.
        test: What is asked of the column; its words, where nothing else is said.
        other: Column of the day by which it should be, for ``BY``; by which it may end, for ``UNTIL``.
    """

    column: str
    counts: frozenset[Meaning] = frozenset()
    unknown: bool = False
    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    test: RowTest = RowTest.WORDS
    other: str = ""

    @property
    def surely(self) -> RowPart:
        """The same part, which a word that nobody knows does not satisfy."""
        return replace(self, unknown=False)

    def has(self, cell: str) -> bool:
        """Whether a cell is one of the stated words that count, or one that nobody knows where that counts too."""
        return cell in self.words or (self.unknown and bool(cell) and cell not in self.others)

    @property
    def by_meaning(self) -> bool:
        """Whether the words that count are found by what they mean."""
        return not self.words and self.test is RowTest.WORDS
