"""Words of a table of which nobody has said what they mean, by the facts that may change by them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime

from gonogo.first_week.drafts.row_examples import holds
from gonogo.first_week.drafts.table_draft import BLANK, FactDraft, TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning

Words = frozenset[tuple[str, str]]
"""Words, each with the heading that it stands under."""


def words_in_question(draft: TableDraft, now: datetime) -> dict[str, Words]:
    """Return for each fact that criteria read the words without a meaning by which it may change.

    What stands in rows alone that the fact does not ask about changes nothing. A fact of which nobody has said by which
    column it is known may change by each column of words.

    Args:
        draft: Of the table, as it stands.
        now: What is due by then is due.
    """
    unknown = {
        (name, word) for name, state in draft.states.items() for word, means in state.words.items() if means is None
    }
    return {
        each.fact.name: frozenset(_compared(draft, each, unknown, now))
        for each in draft.facts
        if each.required and unknown
    }


def meanings_that_count(draft: TableDraft) -> dict[str, frozenset[Meaning]]:
    """Return by heading the meanings by which a row counts for the facts that read it as the draft stands."""
    found: dict[str, frozenset[Meaning]] = {}
    for each in draft.used:
        for part in (*each.where, *each.among):
            if part.by_meaning and part.column in draft.states:
                heading = draft.states[part.column].heading
                found[heading] = found.get(heading, frozenset()) | part.counts
    return found


def _compared(
    draft: TableDraft, each: FactDraft, words: Collection[tuple[str, str]], now: datetime
) -> Iterator[tuple[str, str]]:
    parts = {part.column for part in (*each.where, *each.among) if part.by_meaning} if each.use else {*draft.states}
    for name, word in words:
        index = draft.mapping.columns[name].index
        others = [part for part in each.among if part.column != name]
        rows = (row for row in draft.mapping.grid.rows if name in parts and _text(row[index]) == word)
        if any(all(holds(draft, part, row, now) for part in others) for row in rows):
            yield draft.states[name].heading, word


def _text(cell: object) -> str:
    return (str(cell).lower() if isinstance(cell, bool) else str(cell)) or BLANK
