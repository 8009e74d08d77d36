"""The settings of a drafted table, as its collector reads them: only the columns that something needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from gonogo.first_week.dating import dating
from gonogo.first_week.drafts.draft_columns import WordsOfColumn
from gonogo.first_week.drafts.fact_asks import Measure
from gonogo.first_week.drafts.table_draft import BLANK, FactDraft, RowPart, TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.model.fact import FactType

_SUBJECT: Final = re.compile(r"subject: \{([a-z][a-z0-9_]*): \{kind: (build|release|environment|cycle)(, counts)?")
_ROWS: Final = re.compile(r"rows: \{(struck|group_title|repeated_heading|total): left_out\}")
_TOTAL: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_GOOD: Final = frozenset({Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.YES})


def settings_of(draft: TableDraft, now: datetime | None = None) -> dict[str, Any]:
    """Return the settings.

    Args:
        draft: Of the table.
        now: What is later is to come, and dates nothing.
    """
    mapping = draft.mapping
    key = [name for name in mapping.key.split(", ") if name]
    subject = dict(_subjects(draft))
    compared = {part.column for fact in draft.used for part in (*fact.where, *fact.among)}
    valued = {name for fact in draft.used for name in (fact.of, fact.whole) if name}
    dated = {} if mapping.grid.settings.get("format") else set(dating(mapping, now).may[:1])
    totalled = {name for cell in mapping.footer for name in _TOTAL.findall(cell)} & mapping.read.keys()
    wanted = {*totalled, *key, *subject, *compared, *valued, *dated} or set(list(mapping.columns)[:1])
    names = [name for name in mapping.columns if name in wanted]
    table: dict[str, Any] = dict(mapping.grid.settings)
    if key:
        table["unique"] = key
    if subject:
        table["subject"] = subject
    rows = mapping.kinds | {kind: "left_out" for note in mapping.notes for kind in _ROWS.findall(note.sentence)}
    if rows:
        table["rows"] = rows
    if any("blank_rows: allowed" in note.sentence for note in mapping.notes):
        table["blank_rows"] = "allowed"
    if mapping.footer:
        table["control"] = {"footer": list(mapping.footer)}
    read = {mapping.columns[name].index for name in names}
    ignored = [heading for index, heading in enumerate(mapping.grid.headings) if index not in read]
    if ignored:
        table["ignore"] = ignored
    table["columns"] = {name: _column(draft, name, compared) for name in names}
    return {"tables": {mapping.table: table}, "facts": {each.fact.name: _fact(draft, each) for each in draft.used}}


def _subjects(draft: TableDraft) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the columns that say what a row is about; of a test cycle the last one counts, which a person checks."""
    for note in draft.mapping.notes:
        for name, kind, counts in _SUBJECT.findall(note.sentence):
            guess = draft.mapping.columns.get(name)
            if guess is None:
                continue
            values = sorted({str(row[guess.index]) for row in draft.mapping.grid.rows} - {""})
            yield name, {"kind": kind} | ({"counts": values[-1:]} if counts and values else {})


def _column(draft: TableDraft, name: str, compared: set[str]) -> dict[str, Any]:
    guess = draft.mapping.columns[name]
    header = {} if guess.heading == name else {"header": guess.heading}
    state = draft.states.get(name)
    if name not in compared or state is None:
        settings = dict(guess.settings)
        settings.pop("allowed", None)
        if name in compared and settings["type"] == "text":
            settings["allowed"] = "any"
        return header | settings
    return header | _compared(state)


def _compared(state: WordsOfColumn) -> dict[str, Any]:
    """Return a column of words. Any word may come: the conditions count one that nobody knows as the worse."""
    means = state.words.get(BLANK)
    if not state.blanks:
        return {"type": "text", "allowed": "any"}
    if means is None:
        return {"type": "text", "optional": True, "allowed": "any"}
    reason = {"blank_reason": f"a blank cell means {means}"} if means in _GOOD else {}
    return {"type": "text", "blank": BLANK, **reason, "allowed": "any"}


def _fact(draft: TableDraft, each: FactDraft) -> dict[str, Any]:
    unit = {"unit": each.fact.unit} if each.fact.unit and each.fact.type is not FactType.RATIO else {}
    if each.measure is Measure.MAX:
        return {"max": {"of": each.of}} | unit
    if each.measure is Measure.QUOTIENT:
        table = draft.mapping.table
        query = f"SELECT sum({each.of}) AS part, sum({each.whole}) AS whole FROM {table}"
        return {"sql": query, "type": "ratio", "inputs": [table]}
    parts = {"among": each.among, "where": each.where}
    texts = {key: " and ".join(filter(None, (_condition(draft, part) for part in own))) for key, own in parts.items()}
    return {str(each.measure): {key: text for key, text in texts.items() if text}} | unit


def _condition(draft: TableDraft, part: RowPart) -> str:
    """Return a condition that a word which comes later makes worse, never better.

    What stands against go-live is everything but the words that a person knows to mean something else.
    """
    if part.words:
        return _among(part.column, part.words)
    state = draft.states[part.column]
    if not part.unknown:
        return _among(part.column, state.meaning(part.counts))
    others = [word for word, means in state.words.items() if means is not None and means not in part.counts]
    return f"not ({_among(part.column, others)})" if others else ""


def _among(column: str, words: Sequence[str]) -> str:
    if len(words) == 1:
        return f"{column} == {_text(words[0])}"
    return f"{column} in [{', '.join(map(_text, words))}]"


def _text(word: str) -> str:
    """Return a word as a condition writes it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
