"""Words of a column that look like a person's name: asked about by the start of their digest, and read back by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.hints import digest_of_word, sayable
from gonogo.first_week.mapping import TableMapping
from gonogo.text import listed

_NOTE = (
    "It looks like a person's name, so only the start of its digest stands here. Leave it blank if it is one: what you "
    "say of it writes the word itself into gonogo.yaml and the record of runs"
)


def concealed(rows: Sequence[SheetLine]) -> list[SheetLine]:
    """Return the rows as they leave this machine."""
    return [
        replace(row, about=sayable(row.about), note=f"{_NOTE}; {row.note}")
        if row.tag == "word" and sayable(row.about) != row.about
        else row
        for row in rows
    ]


def written_names(sent: Sequence[AnsweredRow], rows: Sequence[AnsweredRow]) -> str:
    """Return which words that look like names are written where everybody reads them, as a sentence; empty for none.

    Args:
        sent: The sheet as it came back, with digests.
        rows: The same rows with the words.
    """
    pairs = zip(sent, rows, strict=True)
    found = [f"{was.about} under {was.of}" for was, row in pairs if was.about != row.about and row.answer]
    if not found:
        return ""
    return (
        f"the word that {listed(found)} stands for looks like a person's name, and is written into gonogo.yaml with "
        "its meaning; each run records that. If it is a name, undo this, correct the export, and leave it blank."
    )


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
