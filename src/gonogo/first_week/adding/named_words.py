"""Words of a column that look like a person's name: asked about by the start of their digest, and read back by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.hints import digest_of_word, sayable
from gonogo.first_week.mapping import TableMapping

_NOTE = "It looks like a person's name, so only the start of its digest stands here"


def concealed(rows: Sequence[SheetLine]) -> list[SheetLine]:
    """Return the rows as they leave this machine."""
    return [
        replace(row, about=sayable(row.about), note=f"{_NOTE}; {row.note}")
        if row.tag == "word" and sayable(row.about) != row.about
        else row
        for row in rows
    ]


def revealed(rows: Sequence[AnsweredRow], mapping: TableMapping | None) -> list[AnsweredRow]:
    """Return the answered rows with the words that their digests stand for."""
    words: dict[tuple[str, str], str] = {}
    for guess in mapping.columns.values() if mapping is not None else ():
        for cell in {str(row[guess.index]) for row in mapping.grid.rows} if mapping is not None else ():
            words[guess.heading.strip(), digest_of_word(cell)] = cell
    return [
        replace(row, about=words.get((row.of.strip(), row.about), row.about)) if row.tag == "word" else row
        for row in rows
    ]
