"""The column that tells rows apart where no heading names a key: proposed in the workbook, used once confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.table_draft import draft_table
from gonogo.first_week.drafts.table_file import settle
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.first_week.row_doubts import NO_KEY, telling_apart


def with_guessed_key(program: OpenProgram, proposal: Proposal | None) -> bool:
    """Draft a table that has no key by the first column that tells its rows apart; return whether there is one.

    Two rows about one item would count twice, and no column shows that there are none: so it is a question.
    """
    draft = proposal.draft if proposal is not None else None
    if proposal is None or draft is None or draft.mapping.key or draft.mapping.headless:
        return False
    name = telling_apart(draft.mapping.read, len(draft.mapping.grid.rows))
    if not name:
        return False
    terms, used = program.terms(), {each.fact.name for each in draft.used}
    notes = tuple(note for note in draft.mapping.notes if not note.sentence.startswith(NO_KEY))
    keyed = replace(draft.mapping, key=name, notes=notes)
    found = draft_table(keyed, draft.group, terms.vocabulary, terms.required, draft.rivals, terms.makers)
    found.facts = [replace(each, use=each.use and each.fact.name in used) for each in found.facts]
    proposal.draft = found
    settle(proposal, terms)
    return True


def asked_of_key(rows: Sequence[SheetLine]) -> list[SheetLine]:
    """Return the rows of a sheet whose key is guessed: the question is about that column."""
    key = next((row.answer for row in rows if row.tag == "key"), "")
    heading = plain(key, most=60)
    question = (
        f"Is each row one item of its own, named under {heading}? No heading says what tells rows apart, and that "
        "column does; an item of several rows would count several times."
    )
    return [replace(row, note=question) if row.tag == "ask" and row.note.startswith(NO_KEY) else row for row in rows]
