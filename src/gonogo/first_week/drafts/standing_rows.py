"""A column that says how each row stands, beside the one that answers a fact: what is over or not begun is no proof.

A contract that was terminated covers nothing, whatever its days say, and who has left is not in place. The column is
read even if every row stands well today: the word that says otherwise comes with the file of next month.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from itertools import pairwise
from typing import Final

from gonogo.first_week.drafts.date_parts import asks_until
from gonogo.first_week.drafts.draft_columns import WordsOfColumn
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask
from gonogo.first_week.drafts.fact_groups import called, stems
from gonogo.first_week.drafts.row_outcomes import STANDING, RowOutcome, asked_outcomes, outcomes_of_word
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.unread_states import STANDS, TAKEN_BACK
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.good_words import plain_word
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.fact import FactDeclaration

_IN_FORCE: Final = frozenset(
    {
        "in force", "in effect", "effective", "active", "current", "valid", "awarded", "executed", "exercised",
        "extended", "renewed", "ongoing", "on board", "onboard", "onboarded", "in place", "filled", "employed",
    }
)  # fmt: skip
"""What says of a row that it stands, and nothing of what was done with it."""
_FINISHED: Final = frozenset({Meaning.DONE, Meaning.PASSED})
"""What says of most things that they are done, and of a contract that it is over."""
_STANDS_WELL: Final = frozenset({Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.YES})
_STAGES: Final = frozenset(
    {Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.OPEN, Meaning.FAILED, Meaning.ENDED}
)
_TESTS: Final = word_set("test testing retest")
_MEASURES: Final = frozenset({Measure.SHARE, Measure.COUNT, Measure.ALL, Measure.QUOTIENT})


def stands_by(
    mapping: TableMapping,
    states: Mapping[str, WordsOfColumn],
    fact: FactDeclaration,
    measure: Measure,
    parts: Collection[RowPart],
    elsewhere: Collection[str],
) -> tuple[RowPart, ...]:
    """Return what a row must be so that it stands, by the columns that say it and that nothing else reads.

    Args:
        mapping: Of the table.
        states: Columns of words.
        fact: As it is drafted.
        measure: How it is made.
        parts: What a row must be to count, and to be asked about.
        elsewhere: Columns that other facts of the draft read, so that they say something of those.
    """
    if measure not in _MEASURES or fact_ask(fact).bad or not (parts or measure is Measure.QUOTIENT):
        return ()
    mine = {name for part in parts for name in (part.column, part.other) if name}
    group, _, local = fact.name.rpartition(".")
    meant = stems(ascii_words(f"{local} {fact.meaning}"))
    read = set[str]().union(*(_own(mapping.columns[name].heading) for name in mine))
    others = {name: state for name, state in states.items() if name not in elsewhere and name not in mine}
    made = _made(fact)
    found = [name for name, state in others.items() if _says_a_part(state, meant, made)]
    if not any(name in states and _is_headed(states[name]) for name in mine):
        known = meant | called(group) | read
        found += [
            name
            for name, state in others.items()
            if name not in found and _is_headed(state) and not _own(state.heading) - known and _may_be_of(state, fact)
        ]
    return tuple(RowPart(name, _STANDS_WELL) for name in states if name in found)


def _made(fact: FactDeclaration) -> set[str]:
    """Return what a fact asks to have been made: *materials*, of finished materials."""
    words = ascii_words(fact.meaning)
    return stems(word for before, word in pairwise(words) if outcomes_of_word(before))


def _says_a_part(state: WordsOfColumn, meant: Collection[str], made: Collection[str]) -> bool:
    """Whether a column says how far a thing is that the fact names.

    Of roles with an approved course and finished materials, *Course status* says one half and *Materials* the other.
    A column of yes and no may say which rows are asked about, unless it says whether there is what was to be made.
    """
    own, says = _own(state.heading), {*state.words.values()}
    told = bool(_STAGES & says) or (own <= set(made) and Meaning.YES in says)
    return bool(own) and own <= set(meant) and told


def _is_headed(state: WordsOfColumn) -> bool:
    return bool(STANDING & set(ascii_words(state.heading)))


def _may_be_of(state: WordsOfColumn, fact: FactDeclaration) -> bool:
    """Whether a state may be that of what a fact asks: that of a test says nothing of an approval."""
    asked = frozenset().union(*asked_outcomes(fact))
    return not _TESTS & {*ascii_words(state.heading)} or bool(asked & {RowOutcome.TESTED, RowOutcome.RAN})


def _own(heading: str) -> set[str]:
    """Return the telling words of a heading beside those for a state."""
    return stems(ascii_words(heading)) - STANDS


def meant_standing(state: WordsOfColumn, fact: FactDeclaration) -> WordsOfColumn:
    """Return a column with what its words mean for rows that stand or do not."""
    words: dict[str, Meaning | None] = {}
    asked = frozenset().union(*asked_outcomes(fact))
    for word, means in state.words.items():
        written = plain_word(word)
        over = written in TAKEN_BACK or (asks_until(fact) and means in _FINISHED)
        done = written in _IN_FORCE or (means is None and bool(outcomes_of_word(word) & asked))
        words[word] = Meaning.DONE if done else Meaning.ENDED if over else means
    return replace(state, words=words)
