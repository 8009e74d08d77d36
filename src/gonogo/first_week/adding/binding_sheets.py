"""What the binding workbook asks of each file, row by row: a guess stands in each answer but that of the name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week import hints
from gonogo.first_week.drafts.draft_columns import MOST_WORDS
from gonogo.first_week.drafts.table_draft import BLANK, FactDraft, TableDraft
from gonogo.first_week.drafts.table_file import NOBODY
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain
from gonogo.model.people import Side
from gonogo.model.program import Binding

USE: Final = ("read it", "no evidence", "later")
NOT_HERE: Final = "not here"
YES_NO: Final = ("yes", "no")
_EXAMPLES: Final = 3
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
    """

    tag: str
    about: str = ""
    of: str = ""
    answer: str = ""
    offered: tuple[str, ...] = ()
    second: str | None = None
    note: str = ""


def rows_of(binding: Binding, path: str, proposal: Proposal | None, groups: Sequence[str]) -> Iterator[SheetLine]:
    """Yield what is asked about one binding.

    Args:
        binding: As the program has it.
        path: The file.
        proposal: As it is drafted now; None where a collector reads the file as it is.
        groups: Groups of facts that the ruleset has.
    """
    yield SheetLine(
        "file", path, answer=binding.id, note="The file, and the id of its binding. Leave this row as it is."
    )
    yield SheetLine(
        "confirmed by", note="Your name, once every row below is right. While this is blank, nothing is read."
    )
    yield SheetLine("use", answer=USE[0], offered=USE, note="If it is no evidence, say why in the next row.")
    yield SheetLine("why not", note="Why it is no evidence; nobody is asked about it again.")
    yield SheetLine(
        "side", answer=str(binding.side), offered=tuple(each.value for each in Side), note="Whose evidence."
    )
    yield SheetLine("producer", answer=binding.producer, note="Who makes the file. They may not attest it.")
    draft = proposal.draft if proposal is not None else None
    dated = proposal is None or proposal.rule != NOBODY
    yield SheetLine(
        "held",
        note="Leave blank: the file says it."
        if dated
        else "The day on which it held, such as 2027-04-15; needed here.",
    )
    if draft is None:
        for key in ("golive", "committed"):
            if isinstance(value := binding.settings.get(key), str):
                yield SheetLine("setting", key, answer=value, note="As the schedule writes it, or a day.")
        return
    yield from _table(draft, groups)


def _table(draft: TableDraft, groups: Sequence[str]) -> Iterator[SheetLine]:
    mapping = draft.mapping
    headings = tuple(guess.heading for guess in mapping.columns.values())
    offered = (NOT_HERE, *headings)
    yield SheetLine(
        "group", answer=draft.group, offered=tuple(groups), note="What it is about: the facts that it shows."
    )
    key = [mapping.columns[name].heading for name in mapping.key.split(", ") if name in mapping.columns]
    yield SheetLine(
        "key",
        answer=key[0] if key else "",
        offered=headings,
        second=key[1] if len(key) > 1 else "",
        note="The column, or the two, that tell every row apart.",
    )
    for each in draft.facts:
        if each.required:
            yield _fact(draft, each, offered)
    for name, guess in mapping.columns.items():
        state = draft.states.get(name)
        examples = [str(row[guess.index]) for row in mapping.grid.rows if row[guess.index] != ""]
        shown = _shown(examples, hashed=bool(guess.people) or guess.hidden or hints.is_personal(guess.heading))
        if state is None:
            yield SheetLine("column", guess.heading, note=f"examples: {shown}")
            continue
        words = {**state.words} | ({BLANK: None} if state.blanks and BLANK not in state.words else {})
        yield SheetLine("column", guess.heading, note=f"{len(words)} different words; say below what each means")
        for word in list(words)[:MOST_WORDS]:
            means = words[word]
            count = state.blanks if word == BLANK else examples.count(word)
            yield SheetLine(
                "word",
                word,
                guess.heading,
                str(means) if means is not None else "",
                tuple(str(each) for each in Meaning),
                note=f"{count} rows" if count != 1 else "1 row",
            )


def _fact(draft: TableDraft, each: FactDraft, offered: tuple[str, ...]) -> SheetLine:
    columns = draft.mapping.columns
    graded = [part.column for part in each.where if not part.words]
    used = [each.of, each.whole] if each.of else graded
    named = [columns[name].heading for name in used if name in columns] if each.use else []
    return SheetLine(
        "fact",
        each.fact.name,
        answer=named[0] if named else NOT_HERE,
        offered=offered,
        second=named[1] if len(named) > 1 else "",
        note=f"{each.fact.question} By which column, or which two?",
    )


def _shown(cells: Sequence[str], *, hashed: bool) -> str:
    """Return a few different cells; those that may be about people only as the beginning of their digest."""
    found = list(dict.fromkeys(cells))[:_EXAMPLES]
    if hashed:
        found = [f"#{hashlib.sha256(cell.encode()).hexdigest()[:8]}" for cell in found]
    return ", ".join(plain(cell, most=_LONG) for cell in found) or "all blank"
