"""A confirmed binding as answers of its sheet: what a person said is found again in the settings, and never guessed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.first_week.adding.kept_answers import KeptAnswers
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.adding.subject_rows import EVERY, counted_in
from gonogo.first_week.adding.subject_rows import TAG as WHICH_ROWS
from gonogo.first_week.adding.words_in_settings import QUOTED, lists_in
from gonogo.first_week.drafts.answered_draft import (
    NOT_HERE,
    AnsweredRow,
    named_columns,
    with_answers,
)
from gonogo.first_week.drafts.asked_about import EVERY_ROW
from gonogo.first_week.drafts.draft_columns import speaks_against
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.drafted_settings import settings_of
from gonogo.first_week.drafts.profiled import column_of
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.setting_lines import flow
from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.profiles.profile import Profile

KEPT: Final = "as confirmed"
"""The answer of a fact whose settings say more than a sheet can: it stays as it is."""
STAYS: Final = "stays as it is"
"""The answer of such a fact of which a person says that no correction of the sheet is meant for it."""
_MOST: Final = 10
_LONG: Final = 300
_Rows = list[SheetLine]


def facts_of_settings(binding: Binding) -> dict[str, Any]:
    """Return the settings of each fact of a binding, by its full name."""
    found = binding.settings.get("facts", {})
    return {f"{binding.prefix}.{name}" if binding.prefix else str(name): fact for name, fact in found.items()}


def profile_as_answered(profile: Profile, answers: Mapping[str, Sequence[str]]) -> Profile:
    """Return a profile whose word lists are those that a binding answers, so that they stand as its answers."""
    words = {name: replace(each, usual=tuple(answers.get(name, each.usual))) for name, each in profile.words.items()}
    return replace(profile, words=words)


def with_own_settings(rows: Sequence[SheetLine], own: Mapping[str, Any], profile: Profile | None) -> _Rows:
    """Return the rows of a table with the columns, the key and the subjects that its binding names.

    Args:
        rows: As they would be asked of a draft.
        own: The settings that stand in the binding.
        profile: By which it is read; None for none.
    """
    tables: list[Mapping[str, Any]] = list(own.get("tables", {}).values())
    named = {name: column for table in tables for name, column in table.get("columns", {}).items()}
    headings = {
        name: str(column.get("header", name))
        for name, column in named.items()
        if profile is None or "header" in column  # one that the profile knows keeps its heading
    }
    key = [headings.get(str(name), str(name)) for table in tables for name in table.get("unique", ())]
    subject = {
        headings.get(str(name), str(name)): list(map(str, each.get("counts", ())))
        for table in tables
        for name, each in table.get("subject", {}).items()
    }
    every = {str(heading) for table in tables for heading in table.get("not_subject", {})}
    found = []
    for row in rows:
        if row.tag == "reads" and row.about in headings:
            row = replace(row, answer=headings[row.about])
        elif row.tag == "key":
            row = replace(row, answer=next(iter(key), ""), second="".join(key[1:2]))
        elif row.tag == WHICH_ROWS and row.about in every:
            row = replace(row, answer=EVERY, second="")
        elif row.tag == WHICH_ROWS:
            known = column_of(profile, row.about) if profile is not None else ""
            counts = subject.get(known, subject.get(row.about))
            first = "" if counts is None else next(iter(counts), row.offered[0])
            row = replace(row, answer=first, second="; ".join((counts or [])[1:]))
        found.append(row)
    return found


def answered_rows(rows: Sequence[SheetLine]) -> list[AnsweredRow]:
    """Return rows as somebody leaves them who changes nothing; what is kept as confirmed is no answer of the sheet."""
    return [
        AnsweredRow(row.tag, row.about, row.of, NOT_HERE if row.answer == KEPT else row.answer, row.second or "", "")
        for row in rows
    ]


def with_confirmed(
    rows: Sequence[SheetLine],
    binding: Binding,
    draft: TableDraft,
    terms: DraftTerms,
    given: Mapping[str, str],
    kept: KeptAnswers | None = None,
) -> _Rows:
    """Return the rows of a drafted table with the answers that make the settings of its binding.

    Each answer is tried: where no column and no meaning of words gives a fact as it stands, it says ``as confirmed``.

    Args:
        rows: As they would be asked of a draft, with the columns of the binding.
        binding: A confirmed one.
        draft: Of its file.
        terms: By what it is drafted.
        given: What each fact comes to today.
        kept: What was answered when it was confirmed, where that is kept.
    """
    facts, kept = facts_of_settings(binding), kept or KeptAnswers()
    rows = [_as_kept(row, kept) for row in rows]
    best, most = _fitted(list(rows), draft, terms, facts, kept), -1
    everything = [replace(row, answer=EVERY_ROW) if row.tag == "only rows" else row for row in rows]
    narrowed = (
        [_narrowed(row, draft, *only) for row in rows] for only in itertools.islice(_conditions(draft, facts), 4)
    )
    ways = [list(rows)] if kept.only is not None else [list(rows), everything, *narrowed]
    for tried in ways:
        found = _fitted(tried, draft, terms, facts, kept)
        exact = sum(row.tag == "fact" and row.about in facts and row.answer != KEPT for row in found)
        if exact > most:
            best, most = found, exact
        if exact == sum(row.tag == "fact" and row.about in facts for row in rows):
            break
    return [_told(row, facts, given) for row in best]


def _as_kept(row: SheetLine, kept: KeptAnswers) -> SheetLine:
    said = kept.as_answered(row)
    return row if said is None else replace(row, answer=said[0], second=said[1] if row.second is not None else None)


def _told(row: SheetLine, facts: Mapping[str, Any], given: Mapping[str, str]) -> SheetLine:
    if row.tag != "fact" or row.about not in facts:
        return row
    today = f" Today: {given[row.about]}." if row.about in given else ""
    stays = f" `{KEPT}`: it stays so, whatever the words below mean." if row.answer == KEPT else ""
    note = (
        f"Confirmed as {plain(flow(facts[row.about]), most=_LONG)}.{today}{stays} By another column, or two? Choose it."
    )
    return replace(row, note=note, offered=(*((KEPT, STAYS) if row.answer == KEPT else ()), *row.offered))


def _fitted(rows: _Rows, draft: TableDraft, terms: DraftTerms, facts: Mapping[str, Any], kept: KeptAnswers) -> _Rows:
    """Return rows whose answers give as many facts as they stand as can be; the others are kept."""
    asked = [row.about for row in rows if row.tag == "fact" and row.about in facts]
    rows = [replace(row, answer=KEPT, second="") if row.tag == "fact" and row.about in facts else row for row in rows]
    for name in asked:
        if name in kept.facts:
            first, second = kept.facts[name]
            tried = [
                replace(row, answer=first, second=second) if (row.tag, row.about) == ("fact", name) else row
                for row in rows
            ]
            if _alike(_settings(draft, tried, terms).get(name), facts[name]):
                rows = tried
                continue
        for columns in _candidates(draft, name, facts[name]):
            tried = _with_columns(rows, draft, name, columns)
            drafted = _drafted(draft, tried, terms)
            fact = next((each for each in drafted.used if each.fact.name == name), None) if drafted else None
            if drafted is None or fact is None:
                continue
            tried = _with_meanings(tried, drafted, fact, facts[name])
            if _alike(_settings(draft, tried, terms).get(name), facts[name]):
                rows = tried
                break
    made = _settings(draft, rows, terms)
    return [
        replace(row, answer=KEPT, second="")
        if row.about in asked and row.tag == "fact" and not _alike(made.get(row.about), facts[row.about])
        else row
        for row in rows
    ]


def _alike(one: Any, other: Any) -> bool:
    """Whether two settings of a fact say the same; a condition that is said twice says no more than once."""
    return bool(_once(one) == _once(other))


def _once(setting: Any) -> Any:
    if isinstance(setting, Mapping):
        return {key: _once(each) for key, each in setting.items()}
    return " and ".join(dict.fromkeys(setting.split(" and "))) if isinstance(setting, str) else setting


def _drafted(draft: TableDraft, rows: _Rows, terms: DraftTerms) -> TableDraft | None:
    said = answered_rows(rows)
    try:
        found = with_answers(draft, said, terms)
        found.counted = counted_in(found.mapping, said)
    except WrongAnswerInSheet:
        return None
    return found


def _settings(draft: TableDraft, rows: _Rows, terms: DraftTerms) -> dict[str, Any]:
    found = _drafted(draft, rows, terms)
    facts: dict[str, Any] = settings_of(found, terms.now)["facts"] if found is not None else {}
    return facts


def _candidates(draft: TableDraft, name: str, setting: Any) -> Iterator[tuple[str, ...]]:
    """Yield the columns, one or two, by which a fact may have been answered, the likeliest first."""
    text = QUOTED.sub("", flow(setting))
    places = {each: re.search(rf"(?<![\w.]){re.escape(each)}(?!\w)", text) for each in draft.mapping.columns}
    named = sorted((found.start(), each) for each, found in places.items() if found is not None)
    inside = [each for _, each in named][:4]
    fact = next((each for each in draft.facts if each.fact.name == name), None)
    drafted = named_columns(draft, fact)[:2] if fact is not None else []
    found = [
        tuple(drafted),
        tuple(inside[:2]),
        *((each,) for each in reversed(inside)),
        *itertools.permutations(inside, 2),
    ]
    key = draft.mapping.key.split(", ")[0]
    yield from itertools.islice((each for each in dict.fromkeys([*found, (key,)]) if each and each[0]), _MOST)


def _with_columns(rows: _Rows, draft: TableDraft, name: str, columns: Sequence[str]) -> _Rows:
    headings = [draft.mapping.columns[each].heading for each in columns]
    second = headings[1] if len(headings) > 1 else ""
    return [
        replace(row, answer=headings[0], second=second) if (row.tag, row.about) == ("fact", name) else row
        for row in rows
    ]


def _with_meanings(rows: _Rows, draft: TableDraft, fact: FactDraft, setting: Any) -> _Rows:
    """Return rows whose words mean what the condition of a fact says of them."""
    for part in (each for each in (*fact.where, *fact.among) if each.by_meaning):
        heading = draft.mapping.columns[part.column].heading
        named = {word for words in lists_in(part.column, setting, against=part.unknown) for word in words}
        rows = [
            replace(row, answer=_meant(row.answer, part, named=row.about in named))
            if row.tag == "word" and row.of == heading
            else row
            for row in rows
        ]
    return rows


def _meant(answer: str, part: RowPart, *, named: bool) -> str:
    """Return what a word means that a condition names, or does not: as it was guessed, where that is the same."""
    means = Meaning(answer) if answer else None
    if part.unknown:  # the condition names what speaks against it
        against = speaks_against(part.counts)
        fits = (means in against) is named
        said = Meaning.NONE if Meaning.NONE in against else next(each for each in Meaning if each in against)
        other: Meaning | None = said if named else None
    else:
        fits = (means in part.counts) is named
        other = next((each for each in Meaning if each in part.counts), None) if named else None
    return answer if fits else str(other) if other is not None else ""


def _conditions(draft: TableDraft, facts: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield columns of words with those that some fact compares them with: only such rows may be asked about.

    A condition may name the words that count, or those that do not.
    """
    found = []
    for setting in facts.values():
        for name, state in draft.states.items():
            named = [words for words in lists_in(name, setting, against=False) if words]
            others = [words for words in lists_in(name, setting, against=True) if words]
            named += [tuple(word for word in state.words if word not in words) for words in others]
            found += [(name, words) for words in named if words and set(words) <= state.words.keys()]
    yield from dict.fromkeys(found)


def _narrowed(row: SheetLine, draft: TableDraft, name: str, words: Sequence[str]) -> SheetLine:
    if row.tag != "only rows":
        return row
    return replace(row, answer=draft.mapping.columns[name].heading, second="; ".join(words))
