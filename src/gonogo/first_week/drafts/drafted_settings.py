"""The settings of a drafted table, as its collector reads them: only the columns that something needs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final

from gonogo.collectors.columns.cells import named
from gonogo.first_week.dating import dating
from gonogo.first_week.drafts.date_parts import is_ahead
from gonogo.first_week.drafts.draft_columns import WordsOfColumn
from gonogo.first_week.drafts.empty_lists import counts_none
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask
from gonogo.first_week.drafts.last_row import by_number
from gonogo.first_week.drafts.row_parts import DUE_BY_NOW, RowPart, RowTest
from gonogo.first_week.drafts.row_subjects import EVERY_ROW, subjects_of
from gonogo.first_week.drafts.rows_in_question import columns_of
from gonogo.first_week.drafts.table_draft import BLANK, FactDraft, TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.spellings import writable
from gonogo.model.fact import FactType

_TOTAL: Final = re.compile(r"\{([a-z][a-z0-9_]*)\}")
_NO: Final = ("No", "N", "no")
"""What says no in a column in which nothing does yet."""
_NOTHING: Final = "(no word yet)"
"""What no row holds, where each of the plain words means something else in a column."""
_GOOD: Final = frozenset({Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.YES})


def settings_of(draft: TableDraft, now: datetime | None = None, *, guessed: bool = False) -> dict[str, Any]:
    """Return the settings.

    Args:
        draft: Of the table.
        now: What is later is to come, and dates nothing.
        guessed: Whether rows count of which nobody has said that they do; only for figures that are shown, because
            what is written a person may sign without having seen the others.
    """
    mapping = draft.mapping
    key = [name for name in mapping.key.split(", ") if name]
    subject = dict(subjects_that_count(draft, guessed=guessed))
    parts = [part for fact in draft.used for part in (*fact.where, *fact.among)]
    compared = {part.column for part in parts}
    given = {part.column for part in parts if part.test is RowTest.GIVEN}
    blank = {part.column for part in parts if part.test in (RowTest.BLANK, RowTest.GIVEN)}
    blank |= {part.column for part in parts if part.test in DUE_BY_NOW and mapping.columns[part.column].blanks}
    due = {part.column for part in parts if part.test in DUE_BY_NOW}
    valued = {name for fact in draft.used for name in (fact.of, fact.whole, *fact.last_by)}
    valued |= {each.other for each in parts}
    dated = {} if mapping.grid.settings.get("format") else {dating(mapping, now).best(mapping)}
    totalled = {name for cell in mapping.footer for name in _TOTAL.findall(cell)} & mapping.read.keys()
    wanted = {*totalled, *key, *subject, *compared, *valued, *dated, *columns_of(draft.rows)} - {""}
    wanted = wanted or set(list(mapping.columns)[:1])
    names = [name for name in mapping.columns if name in wanted]
    table: dict[str, Any] = dict(mapping.grid.settings)
    if key:
        table["unique"] = key
    if subject:
        table["subject"] = subject
    every = [name for name, said in draft.counted.items() if said == ()]
    if every:
        table["not_subject"] = {mapping.columns[name].heading: EVERY_ROW for name in every}
    if draft.rows:
        table["rows"] = dict(draft.rows)
    if any("blank_rows: allowed" in note.sentence for note in mapping.notes):
        table["blank_rows"] = "allowed"
    if counts_none(draft):
        table["control"] = {"min_rows": 0}
    if mapping.footer:
        table["control"] = {"footer": list(mapping.footer)}
    read = {mapping.columns[name].index for name in names}
    ignored = [heading for index, heading in enumerate(mapping.grid.headings) if index not in read]
    if ignored:
        table["ignore"] = ignored
    table["columns"] = {
        name: _column(draft, name, compared, given)
        | ({"planned": True} if name in due and not is_ahead(mapping, name) else {})
        | ({"optional": True} if name in blank else {})
        for name in names
    }
    return {"tables": {mapping.table: table}, "facts": {each.fact.name: _fact(draft, each) for each in draft.used}}


def subjects_that_count(draft: TableDraft, *, guessed: bool = False) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the columns that say what a row is about, with the values that count.

    A column of which a person says that every row counts, or of which nobody knows, is none of them.

    Args:
        draft: Of the table.
        guessed: Whether the last value of a column counts until a person has said otherwise.
    """
    for each in subjects_of(draft.mapping):
        if each.name in draft.counted:
            said = draft.counted[each.name]
        else:
            said = each.values[-1:] if each.asks and guessed else None if each.asks else ("",)
        if said:
            yield each.name, {"kind": each.kind} | ({"counts": [*said]} if each.asks else {})


def _column(draft: TableDraft, name: str, compared: set[str], given: set[str]) -> dict[str, Any]:
    """Return the settings of a column. A day under ``given`` that lies after the evidence is a gap, and no answer."""
    guess = draft.mapping.columns[name]
    header = {} if guess.heading == name else {"header": guess.heading}
    state = draft.states.get(name)
    if name not in compared or state is None:
        settings = dict(guess.settings)
        settings.pop("allowed", None)
        largest = [each for each in draft.used if each.measure is Measure.MAX and each.of == name]
        if settings["type"] == "integer" and any(each.fact.type is FactType.DECIMAL for each in largest):
            settings["type"] = "decimal"
        parts = [part for each in draft.used for part in (*each.where, *each.among) if part.column == name]
        worded = settings["type"] == "id" and any(part.words for part in parts)
        if worded or (name in compared and settings["type"] == "text"):
            settings["allowed"] = "any"
        if name in given and settings["type"] in ("date", "instant"):
            settings["given"] = f"has_{name}"[:63]
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
        where = " and ".join(filter(None, (_condition(draft, part.surely) for part in each.where)))
        return {"max": {"of": each.of} | ({"where": where} if where else {})} | unit
    if each.measure is Measure.QUOTIENT:
        table = draft.mapping.table
        rows = " AND ".join(filter(None, (_in(draft, part) for part in each.where)))
        stands = " AND ".join(
            f"{part.column} IN ({_texts(_counted(draft.states[part.column], part))})" for part in each.among
        )
        part = f"CASE WHEN {stands} THEN {each.of} ELSE 0 END" if stands else each.of
        query = f"SELECT sum({part}) AS part, sum({each.whole}) AS whole FROM {table}"
        query += f" WHERE {rows}" if rows else ""
        return {"sql": query, "type": "ratio", "inputs": [table]}
    if each.measure is Measure.LAST:
        return {"sql": _last(draft, each), "type": "boolean", "inputs": [draft.mapping.table]}
    if each.measure is Measure.SETTLED:
        query = _settled(draft, each)
        return {"sql": query, "type": "integer", "inputs": [draft.mapping.table]} | unit
    parts = {"among": each.among, "where": each.where}
    if each.measure is Measure.COUNT:
        # A row about which nobody can tell counts against go-live, and never for it.
        about = each.among if fact_ask(each.fact).bad else tuple(part.surely for part in each.among)
        parts = {"where": (*about, *each.where)}
    texts = {key: " and ".join(filter(None, (_condition(draft, part) for part in own))) for key, own in parts.items()}
    if texts.get("among") and texts["where"]:
        asked = (_asked(draft, part, texts["where"]) for part in each.among)
        texts["among"] = " and ".join(filter(None, asked))
    return {str(each.measure): {key: text for key, text in texts.items() if text}} | unit


def condition_of(draft: TableDraft, part: RowPart, *, surely: bool) -> str:
    """Return a part of a draft as a condition.

    Args:
        draft: Of the table.
        part: Of one of its facts.
        surely: Whether a row of which nobody knows is none of those.
    """
    return _condition(draft, part.surely if surely else part)


def column_compared(draft: TableDraft, name: str) -> dict[str, Any]:
    """Return the settings of a column whose words a condition compares."""
    return _column(draft, name, {name}, set())


def _asked(draft: TableDraft, part: RowPart, done: str) -> str:
    """Return which rows are asked about; one without a day due is, unless it is done: that makes no share better."""
    if part.test in DUE_BY_NOW and draft.mapping.columns[part.column].blanks:
        name = part.column
        return f"(({name} is not blank and {name} {part.test}) or ({name} is blank and not ({done})))"
    return _condition(draft, part)


def _condition(draft: TableDraft, part: RowPart) -> str:
    """Return a condition that a word which comes later makes worse, never better.

    What stands against go-live is everything but the words that a person knows to mean something else.
    """
    if part.test in (RowTest.BY, RowTest.UNTIL):
        return f"{part.column} {part.test} {part.other}"
    if part.test is RowTest.BLANK and part.words:
        return f"({part.column} is blank or {_among(part.column, part.words)})"
    if part.test is RowTest.GIVEN and part.words:
        return f"({part.column} is not blank and not ({_among(part.column, part.words)}))"
    if part.test is not RowTest.WORDS:
        return f"{part.column} {part.test}"
    if part.words and part.unknown:
        blank = f"{part.column} is not blank" if _may_be_blank(draft, part.column) else ""
        return " and ".join(filter(None, (blank, f"not ({_among(part.column, part.others)})" if part.others else "")))
    if part.words:
        return _among(part.column, part.words)
    state = draft.states[part.column]
    if not part.unknown:
        return _among(part.column, _counted(state, part))
    others = state.others(part.counts)
    if not others and part.counts == {Meaning.YES} and not part.words:
        others = _unused(state, _NO)
    return f"not ({_among(part.column, others)})" if others else ""


def _may_be_blank(draft: TableDraft, name: str) -> bool:
    """Whether a cell of a column is blank, and nobody has said that this means something."""
    state = draft.states.get(name)
    return bool(draft.mapping.columns[name].blanks) and (state is None or state.words.get(BLANK) is None)


def _counted(state: WordsOfColumn, part: RowPart) -> list[str]:
    """Return the words that count; where none does yet, those that say it plainly, so that no row counts today."""
    return state.meaning(part.counts) or _unused(state, sorted(each.value.capitalize() for each in part.counts))


def _unused(state: WordsOfColumn, plainly: Sequence[str]) -> list[str]:
    """Return those of some plain words that no row holds and no person has given a meaning; else one that none holds.

    A person may say of the only `Passed` of a column that it is failed, or leave its meaning blank.
    """
    taken = {word.strip().casefold() for word in state.words}
    nothing = _NOTHING
    while nothing in taken:
        nothing = f"({nothing})"
    return [word for word in plainly if word.casefold() not in taken] or [nothing]


def _settled(draft: TableDraft, each: FactDraft) -> str:
    """Return the query of how many critical ones failed: no value where one has no outcome, or none is critical."""
    *graded, last = each.where
    state = draft.states[last.column]
    about = " AND ".join(filter(None, (_in(draft, part) for part in graded))) or "true"
    passed = state.meaning({Meaning.PASSED})
    unsettled = [word for word, means in state.words.items() if means not in (Meaning.PASSED, Meaning.FAILED, None)]
    open_ = f" AND {last.column} IN ({_texts(unsettled)})"
    failed = f" AND {last.column} NOT IN ({_texts([*passed, *unsettled])})" if passed or unsettled else ""
    none = f" AND count(*) FILTER (WHERE {about}{open_}) = 0" if unsettled else ""
    return (
        f"SELECT CASE WHEN count(*) FILTER (WHERE {about}) > 0{none} "
        f"THEN count(*) FILTER (WHERE {about}{failed}) END AS cases FROM {draft.mapping.table}"
    )


def _last(draft: TableDraft, each: FactDraft) -> str:
    """Return the query of what the last row says: no value where the columns name several rows, or none."""
    table = draft.mapping.table
    about = " AND ".join(filter(None, (_in(draft, part.surely) for part in each.among)))
    good = {part.column: _counted(draft.states[part.column], part) for part in each.where}
    told = " AND ".join(f"{named(column)} IN ({_texts(words)})" for column, words in good.items())
    numbered = [name for name in each.last_by if by_number(draft.mapping, name)]
    number = "CAST(regexp_extract({}, '[0-9]+') AS BIGINT)"
    orders = [number.format(named(name)) if name in numbered else named(name) for name in each.last_by]
    only = f" WHERE {about}" if about else ""
    last = [f"{order} = (SELECT max({order}) FROM {table}{only})" for order in orders]
    words = "(SELECT count(DISTINCT regexp_replace({}, '[0-9]+', '')) FROM {})"
    alike = "".join(f" AND {words.format(named(name), table)} = 1" for name in numbered)
    where = " AND ".join([*([about] if about else []), *last])
    return f"SELECT CASE WHEN count(*) = 1{alike} THEN bool_and({told}) END AS met FROM {table} WHERE {where}"


def _in(draft: TableDraft, part: RowPart) -> str:
    if part.words and part.unknown:
        return f"{part.column} NOT IN ({_texts(part.others)})" if part.others else ""
    if part.words:
        return f"{part.column} IN ({_texts(part.words)})"
    others = draft.states[part.column].others(part.counts)
    return f"{part.column} NOT IN ({_texts(others)})" if others else ""


def _texts(words: Sequence[str]) -> str:
    return ", ".join("'" + word.replace("'", "''") + "'" for word in words)


def _among(column: str, words: Sequence[str]) -> str:
    """Return that a row holds one of some words; without those that no condition can name, which count as the worse."""
    words = [word for word in words if writable(word)] or [_NOTHING]
    if len(words) == 1:
        return f"{column} == {_text(words[0])}"
    return f"{column} in [{', '.join(map(_text, words))}]"


def _text(word: str) -> str:
    """Return a word as a condition writes it."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
