"""Meanings that a person typed and by which no fact counts otherwise: told, so that nobody believes them to count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from gonogo.first_week.adding.confirmed_answers import KEPT
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow, with_answers
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.hints import sayable
from gonogo.text import listed

_SHOWN = 4
_AGAINST = frozenset({Meaning.NO, Meaning.OPEN, Meaning.FAILED, Meaning.ENDED})
"""What a row means that counts as the worse; in a column that a fact reads, a word without a meaning does too."""


def idle_meanings(
    draft: TableDraft, rows: Sequence[AnsweredRow], terms: DraftTerms, asked: Sequence[SheetLine] = ()
) -> str:
    """Return which typed meanings change nothing, as a sentence; empty where each of them does.

    Args:
        draft: As it was before anybody answered.
        rows: The sheet.
        terms: By what files are drafted.
        asked: The rows of a confirmed binding as they stood; what a sheet cannot say of a fact then stays as it is, and
            nobody can tell by what that counts. None for a draft.
    """
    if any(row.answer == KEPT for row in rows) or any(row.answer == KEPT for row in asked):
        return ""
    drafted: dict[tuple[str, str], str | None] = {
        (each.heading.strip(), word): means for each in draft.states.values() for word, means in each.words.items()
    }
    drafted |= {(row.of.strip(), row.about): row.answer for row in asked if row.tag == "word"}
    now: Any = None
    found = []
    for row in rows:
        before = drafted.get((row.of.strip(), row.about))
        if row.tag != "word" or row.answer in ("", Meaning.NONE) or row.answer == before:
            continue
        now = now if now is not None else _facts(draft, rows, terms)
        if _counts_so(draft, rows, terms, row):
            continue  # it counts so already, because a word that nobody knows does
        without = [replace(each, answer=str(before or "")) if each is row else each for each in rows]
        if _facts(draft, without, terms) == now:
            found.append(f"`{sayable(row.about)}` under {row.of} as {row.answer}")
    if not found:
        return ""
    return f"changes no figure: {listed(found, most=_SHOWN)}; no fact that is answered here counts by that"


def _counts_so(draft: TableDraft, rows: Sequence[AnsweredRow], terms: DraftTerms, row: AnsweredRow) -> bool:
    """Whether an answered fact counts rows by a word as it was explained, or against go-live where that is meant."""
    try:
        found = with_answers(draft, rows, terms)
    except WrongAnswerInSheet:
        return False
    named = [name for name, guess in found.mapping.columns.items() if guess.heading.strip() == row.of.strip()]
    parts = [part for fact in found.used for part in (*fact.where, *fact.among)]
    means = Meaning(row.answer)
    return any(
        part.column in named and (means in _AGAINST or (part.by_meaning and means in part.counts)) for part in parts
    )


def _facts(draft: TableDraft, rows: Sequence[AnsweredRow], terms: DraftTerms) -> Any:
    """Return the facts as the answers make them; None where they cannot be used."""
    try:
        return settings_of(with_answers(draft, rows, terms), terms.now)["facts"]
    except WrongAnswerInSheet:
        return None
