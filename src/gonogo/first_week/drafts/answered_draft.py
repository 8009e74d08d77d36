"""A draft with what a person answered about it: its group, its key, what its words mean, and which column says what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gonogo.first_week.drafts.draft_columns import WordsOfColumn
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask
from gonogo.first_week.drafts.table_draft import FactDraft, RowPart, TableDraft, draft_table, kind_part
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.mapping import TableMapping

NOT_HERE: Final = "not here"
_GRADES: Final = frozenset({Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER})


class WrongAnswerInSheet(ValueError):
    """An answer of the workbook cannot be used; the sentence says where it is and what is expected."""


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """One row of a sheet as somebody has left it.

    Attributes:
        tag: What kind of row it is.
        about: What it asks about.
        of: The heading that a word stands under.
        answer: The answer as text; a day as year-month-day.
        second: The second one.
        place: Sheet and row, for messages.
    """

    tag: str
    about: str
    of: str
    answer: str
    second: str
    place: str


def with_answers(draft: TableDraft, rows: Sequence[AnsweredRow], terms: DraftTerms) -> TableDraft:
    """Return the draft as a person answered it.

    Raises:
        WrongAnswerInSheet: An answer names no column, no meaning or no group.
    """
    mapping = _keyed(draft.mapping, rows)
    group = next((row.answer for row in rows if row.tag == "group"), draft.group)
    if group and group not in {fact.rpartition(".")[0] for fact in terms.vocabulary.names()}:
        row = next(row for row in rows if row.tag == "group")
        raise WrongAnswerInSheet(f"{row.place}: the ruleset has no facts of `{group}`")
    found = draft_table(mapping, group, terms.vocabulary, terms.required)
    found.states = {name: _meant(state, rows) for name, state in found.states.items()}
    said = {row.about: row for row in rows if row.tag == "fact"}
    found.facts = [
        _answered(found, each, said[each.fact.name])
        if each.fact.name in said
        else replace(each, use=each.use and group != draft.group)
        for each in found.facts
    ]
    return found


def _keyed(mapping: TableMapping, rows: Iterable[AnsweredRow]) -> TableMapping:
    row = next((row for row in rows if row.tag == "key"), None)
    if row is None:
        return mapping
    names = [_column(mapping, heading, row) for heading in (row.answer, row.second) if heading]
    notes = tuple(note for note in mapping.notes if not (names and note.sentence.startswith("no key tells")))
    return replace(mapping, key=", ".join(names), notes=notes)


def _column(mapping: TableMapping, heading: str, row: AnsweredRow) -> str:
    found = next((name for name, guess in mapping.columns.items() if guess.heading.strip() == heading.strip()), None)
    if found is None:
        raise WrongAnswerInSheet(f"{row.place}: the file has no column `{heading}`")
    return found


def _meant(state: WordsOfColumn, rows: Iterable[AnsweredRow]) -> WordsOfColumn:
    words: dict[str, Meaning | None] = dict(state.words)
    for row in rows:
        if row.tag == "word" and row.of.strip() == state.heading.strip():
            if row.answer and row.answer not in set(Meaning):
                raise WrongAnswerInSheet(f"{row.place}: `{row.answer}` is no meaning; choose one of the list")
            words[row.about] = Meaning(row.answer) if row.answer else None
    return replace(state, words=words)


def _answered(draft: TableDraft, each: FactDraft, row: AnsweredRow) -> FactDraft:
    headings = [heading for heading in (row.answer, row.second) if heading and heading != NOT_HERE]
    if not headings:
        return replace(each, use=False)
    names = [_column(draft.mapping, heading, row) for heading in headings]
    ask = fact_ask(each.fact)
    states = [draft.states.get(name) for name in names]
    kinds = tuple(kind_part(draft.mapping, each.fact))
    if ask.measure is Measure.MAX:
        return replace(each, measure=Measure.MAX, of=names[0], use=True)
    if any(state is None for state in states):
        return _of_numbers(draft, each, names, row)
    parts = []
    for name, state in zip(names, states, strict=True):
        assert state is not None
        graded = bool(ask.grade) and bool(state.meaning(_GRADES))
        parts.append(RowPart(name, ask.grade if graded else ask.counts, unknown=ask.bad))
    among = each.among if ask.among else ()
    return replace(each, measure=ask.measure, where=(*kinds, *parts), among=among, of="", whole="", use=True)


def _of_numbers(draft: TableDraft, each: FactDraft, names: Sequence[str], row: AnsweredRow) -> FactDraft:
    types: Mapping[str, str] = {name: draft.mapping.columns[name].settings["type"] for name in names}
    if len(names) == 2 and {*types.values()} <= {"integer", "decimal"}:
        return replace(each, measure=Measure.QUOTIENT, of=names[0], whole=names[1], where=(), among=(), use=True)
    raise WrongAnswerInSheet(
        f"{row.place}: {each.fact.name} needs a column of few words, or two columns of numbers, the part and the whole"
    )
