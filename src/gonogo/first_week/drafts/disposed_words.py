"""Words by which a trouble is over for its office and not in itself: *accepted*, *rejected*, *duplicate*.

A fact of what is still open leaves out what was done. That somebody accepts a defect does not mend it, and a rejected
or a double one may be there all the same: such a row counts as open until a person has said otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from gonogo.first_week.drafts.draft_columns import TROUBLES, WordsOfColumn
from gonogo.first_week.drafts.fact_asks import FactAsk, fact_ask
from gonogo.first_week.drafts.row_outcomes import STANDING, RowOutcome, asked_outcomes
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.good_words import plain_word
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.fact import FactDeclaration

_DISPOSED: Final = frozenset(
    {
        "accepted",
        "approved",
        "authorized",
        "signed",
        "signed off",
        "rejected",
        "duplicate",
        "descoped",
        "de scoped",
        "out of scope",
    }
)
_OF_ITEM: Final = TROUBLES | word_set("risk item current resolution disposition of the")
_STATES: Final = (STANDING - {"decision"}) | word_set("resolution disposition")


def closes_by_word(word: str) -> bool:
    """Whether a word says of a trouble what somebody decided about it, and not that it is gone."""
    return plain_word(word) in _DISPOSED


def with_doubtful_words(
    states: Mapping[str, WordsOfColumn], facts: Iterable[FactDeclaration]
) -> dict[str, WordsOfColumn]:
    """Return the columns of a table with such words as unknown, where they say how a trouble stands.

    Args:
        states: Columns of words, by name.
        facts: Of the group that the table is about, those that criteria read.
    """
    known = [(fact, fact_ask(fact)) for fact in facts]
    still = any(_still_open(fact, ask) for fact, ask in known)
    approvals = any(
        outcomes & {RowOutcome.APPROVED, RowOutcome.SIGNED}
        for fact, ask in known
        if not ask.bad
        for outcomes in asked_outcomes(fact)
    )
    return {
        name: _doubted(state) if still and _of_trouble(state, approvals) else state for name, state in states.items()
    }


def _still_open(fact: FactDeclaration, ask: FactAsk) -> bool:
    """Whether a fact counts troubles that are still there; what nobody has decided is settled by any decision."""
    named = set(ascii_words(fact.name.rpartition(".")[2]))
    return ask.bad and Meaning.OPEN in ask.counts and Meaning.ENDED not in ask.counts and "undecided" not in named


def _of_trouble(state: WordsOfColumn, approvals: bool) -> bool:
    """Whether a column says how a trouble stands: by its heading, or as the state of a list of nothing else."""
    words = {word if word in STANDING else word.removesuffix("s") for word in ascii_words(state.heading)}
    if state.names_trouble:
        return not words - _STATES - _OF_ITEM - {"open", "critical"}
    return bool(words & _STATES) and not words - _STATES - _OF_ITEM and not approvals


def _doubted(state: WordsOfColumn) -> WordsOfColumn:
    return replace(state, words={word: None if closes_by_word(word) else means for word, means in state.words.items()})
