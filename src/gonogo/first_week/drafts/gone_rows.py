"""Rows that are no longer on the list that a share is of: a retired interface needs no approved control document.

A plain word for it takes its rows out, and the draft says how many and by which word. A word such as *Cancelled* or
*n/a* may mean that, or that nothing was done: its rows stay, which makes no share better, until a person says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gonogo.first_week.drafts.draft_columns import WordsOfColumn
from gonogo.first_week.drafts.fact_asks import Measure
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.good_words import plain_word
from gonogo.first_week.prose import counted, plain
from gonogo.text import listed

if TYPE_CHECKING:
    from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft

_MAY_BE_GONE: Final = frozenset(
    {
        "cancelled", "canceled", "withdrawn", "superseded", "obsolete", "deleted", "removed", "rejected", "duplicate",
        "n/a", "na", "not applicable", "not needed", "not required",
    }
)  # fmt: skip
_STAYS: Final = frozenset(Meaning) - {Meaning.GONE}
_OF_PLANNED: Final = re.compile(r"(?i)\bplanned\b")
"""What is planned stays planned: a case that nobody ran any more did not pass."""


def without_gone(draft: TableDraft, each: FactDraft) -> FactDraft:
    """Return a share that leaves out what is no longer on its list, by the columns that it reads."""
    if not each.use or each.measure is not Measure.SHARE or not _leaves_out(each):
        return each
    there = {part.column for part in each.among if part.counts == _STAYS}
    gone = [
        RowPart(state.name, _STAYS, unknown=True)
        for state in _read_by(draft.states, each)
        if state.name not in there and Meaning.GONE in state.words.values()
    ]
    return replace(each, among=(*each.among, *gone)) if gone else each


def _read_by(states: Mapping[str, WordsOfColumn], each: FactDraft) -> Iterator[WordsOfColumn]:
    names = dict.fromkeys(part.column for part in (*each.where, *each.among) if part.by_meaning)
    yield from (states[name] for name in names if name in states and not states[name].names_trouble)


def _leaves_out(each: FactDraft) -> bool:
    """Whether a fact is another one without such rows: a share, or a count of what is over without being done too."""
    if each.measure is Measure.SHARE:
        return not _OF_PLANNED.search(each.fact.meaning)
    return any(Meaning.ENDED in part.counts for part in each.where)


def gone_questions(draft: TableDraft) -> Iterator[str]:
    """Yield which rows a draft leaves out as no longer on the list, and which it keeps that may not be on it."""
    left: dict[tuple[str, str], list[str]] = {}
    kept: dict[str, dict[str, None]] = {}
    for each in draft.used:
        for state in _read_by(draft.states, each) if _leaves_out(each) else ():
            for word, means in state.words.items():
                if means is Meaning.GONE:
                    left.setdefault((state.name, word), []).append(each.fact.name)
                elif means in (Meaning.ENDED, None) and plain_word(word) in _MAY_BE_GONE:
                    kept.setdefault(state.name, {})[word] = None
    for (name, word), facts in left.items():
        number = _rows(draft, name, {word})
        rows = f"{'Is' if number == 1 else 'Are'} {counted(number, 'row')}"
        heading, said = plain(draft.states[name].heading, most=60), plain(word, most=40)
        yield f"{rows} no longer on the list, where {heading} says {said}? Left out of {listed(facts, most=4)}."
    for name, words in kept.items():
        heading = plain(draft.states[name].heading, most=60)
        said = listed([plain(word, most=40) for word in words], most=4)
        rows = counted(_rows(draft, name, set(words)), "row")
        yield (
            f"Column {heading}: is what says {said} ({rows}) still on the list? It counts as not done until somebody "
            f"says `{Meaning.GONE}`."
        )


def _rows(draft: TableDraft, name: str, words: set[str]) -> int:
    index = draft.mapping.columns[name].index
    return sum(str(row[index]) in words for row in draft.mapping.grid.rows)
