"""A draft with what a person answered about it: its group, its key, what its words mean, and which column says what."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from gonogo.first_week.drafts.answered_numbers import of_numbers, of_rows
from gonogo.first_week.drafts.asked_about import EVERY_ROW, asked_about, kind_part, one_value
from gonogo.first_week.drafts.blank_cells import with_chosen_days
from gonogo.first_week.drafts.chosen_parts import of_against, of_done, refuse_one_side, refuse_stages
from gonogo.first_week.drafts.date_parts import (
    asks_of_due,
    asks_until,
    is_ahead,
    is_day,
    may_be_due,
    of_days,
    until,
)
from gonogo.first_week.drafts.draft_columns import MOST_WORDS, WordsOfColumn, largest_gives
from gonogo.first_week.drafts.draft_terms import DraftTerms
from gonogo.first_week.drafts.empty_lists import NONE_THERE, with_none
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask, may_be_of_rows
from gonogo.first_week.drafts.filled_cells import EMPTY, FILLED, empty_part, filled_part
from gonogo.first_week.drafts.gone_rows import without_gone
from gonogo.first_week.drafts.offered_columns import is_scope_alone, may_narrow
from gonogo.first_week.drafts.row_parts import RowPart, RowTest
from gonogo.first_week.drafts.rows_in_question import ROWS
from gonogo.first_week.drafts.rows_said import said_rows
from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft, draft_table, note_reads, with_standing
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet, parts_against, parts_of_done
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.spellings import as_one, unwritable, writable
from gonogo.model.fact import FactDeclaration

NOT_HERE: Final = "not here"


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
        hidden: What hides the row from who looks at the workbook; empty for nothing.
    """

    tag: str
    about: str
    of: str
    answer: str
    second: str
    place: str
    hidden: str = ""


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
    said = {row.about: _left_as_guessed(draft, row) for row in rows if row.tag == "fact"}
    mapping = with_chosen_days(mapping, [each for row in said.values() for each in (row.answer, row.second)])
    others = [*draft.rivals, draft.group, *(name.rpartition(".")[0] for name in said)]
    rivals = [each for each in dict.fromkeys(others) if each and each != group]
    found = draft_table(mapping, group, terms.vocabulary, terms.required, rivals, terms.makers)
    found.states = {name: _meant(state, rows) for name, state in found.states.items()}
    found.rows = said_rows(mapping, ((row.about, row.answer, row.place) for row in rows if row.tag == ROWS), found.rows)
    if moved_to(draft, rows):
        return found
    narrowing = [row for row in rows if row.tag == "only rows" and row.answer]
    found.every_row = any(row.answer == EVERY_ROW for row in narrowing)
    only = tuple(only_part(found, row) for row in narrowing if row.answer != EVERY_ROW)
    found.facts = [
        _checked(found, _answered(found, each, said[each.fact.name], only), said[each.fact.name])
        if each.fact.name in said
        else replace(each, use=False)
        for each in found.facts
    ]
    note_reads(found)
    found.facts = [without_gone(found, with_standing(found, each)) for each in found.facts]
    return found


def _checked(draft: TableDraft, each: FactDraft, row: AnsweredRow) -> FactDraft:
    """Return a fact as it was answered: the column that tells rows apart is never blank, so it says nothing by that."""
    for name in draft.mapping.key.split(", "):
        if each.use and any(part.column == name and part.test in (RowTest.BLANK, RowTest.GIVEN) for part in each.where):
            heading = draft.mapping.columns[name].heading
            raise WrongAnswerInSheet(
                f"{row.place}: `{heading}` tells the rows apart, so it is never blank; choose another column for "
                f"{each.fact.name}, or `{NOT_HERE}`"
            )
    return each


def _left_as_guessed(draft: TableDraft, row: AnsweredRow) -> AnsweredRow:
    """Return the answer about a fact without the second column, where that is a guess left beside `not here`.

    Raises:
        WrongAnswerInSheet: A person wrote a column beside `not here`.
    """
    if row.answer != NOT_HERE or row.second in ("", NOT_HERE):
        return row
    guess = next((each for each in draft.facts if each.fact.name == row.about and each.use), None)
    headings = [draft.mapping.columns[name].heading for name in named_columns(draft, guess)] if guess else []
    if row.second == FILLED or row.second in headings[1:]:
        return replace(row, second="")
    raise WrongAnswerInSheet(f"{row.place}: `{NOT_HERE}` stands beside `{row.second}`; leave one of the two")


def moved_to(draft: TableDraft, rows: Sequence[AnsweredRow]) -> str:
    """Return the group to which a person moved a file without saying which columns answer its facts; empty for none.

    Such a file is drafted anew, and nobody has seen that draft.
    """
    group = next((row.answer for row in rows if row.tag == "group"), draft.group)
    answered = [row for row in rows if row.tag == "fact" and row.answer and row.answer != NOT_HERE]
    chosen = any(row.about.rpartition(".")[0] == group for row in answered)
    return group if group != draft.group and not chosen else ""


def only_part(draft: TableDraft, row: AnsweredRow) -> RowPart:
    """Return which rows alone count, as a person answered the row `only rows`; an answer that says none is refused."""
    name = _column(draft.mapping, row.answer, row)
    if row.answer.strip() not in map(str.strip, may_narrow(draft)):
        raise WrongAnswerInSheet(f"{row.place}: the column `{row.answer}` cannot be read")
    asked = {as_one(word) for word in row.second.split(";") if word.strip()}
    index = draft.mapping.columns[name].index
    cells = [cell for cell in dict.fromkeys(str(each[index]) for each in draft.mapping.grid.rows) if writable(cell)]
    words = tuple(cell for cell in cells if as_one(cell) in asked)
    if not asked or asked != set(map(as_one, words)):
        raise WrongAnswerInSheet(f"{row.place}: say beside it which words of `{row.answer}` count, with ; between them")
    others = tuple(sorted({*cells} - {*words, ""}))
    return RowPart(name, unknown=len(others) <= MOST_WORDS, words=words, others=others)


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
    mine = [row for row in rows if row.tag == "word" and row.of.strip() == state.heading.strip()]
    # A word that came into the file since the workbook was made is one of which nobody has said what it means.
    words: dict[str, Meaning | None] = dict.fromkeys(state.words) if mine else dict(state.words)
    for row in mine:
        if row.answer and row.answer not in set(Meaning):
            raise WrongAnswerInSheet(f"{row.place}: `{row.answer}` is no meaning; choose one of the list")
        spelt = [word for word in state.words if as_one(word) == as_one(row.about)]
        if row.answer and spelt and not any(map(writable, spelt)):
            raise WrongAnswerInSheet(f"{row.place}: {unwritable(row.about)}")
        for word in spelt or [row.about]:
            words[word] = Meaning(row.answer) if row.answer and writable(word) else None
    return replace(state, words=words)


def _answered(draft: TableDraft, each: FactDraft, row: AnsweredRow, only: tuple[RowPart, ...]) -> FactDraft:
    if row.answer == NONE_THERE:
        return with_none(draft, each, row.place)
    headings = [heading for heading in (row.answer, row.second) if heading and heading != NOT_HERE]
    if not headings:
        return replace(each, use=False)
    mapping, fact = draft.mapping, each.fact
    names = [_column(mapping, heading, row) for heading in headings if heading not in (FILLED, EMPTY)]
    by_cells = next((heading for heading in headings if heading in (FILLED, EMPTY)), "")
    if by_cells and len(names) != 1:
        raise WrongAnswerInSheet(f"{row.place}: `{by_cells}` stands beside one column; choose that column")
    if by_cells == EMPTY:
        blank_cells = [empty_part(draft, fact, names[0], row.place)]
        return of_against(each, blank_cells, (*only, *kind_part(mapping, fact)), ())
    filled = by_cells == FILLED and not is_day(mapping, names[0])
    if not filled and each.use and names == named_columns(draft, each)[:2]:
        return _as_drafted(each, only)
    ask = fact_ask(fact)
    if not may_be_of_rows(fact):
        raise WrongAnswerInSheet(f"{row.place}: no column of a table counts {fact.name}; choose `{NOT_HERE}`")
    if ask.measure is Measure.MAX:
        if not only and not one_value(mapping, fact):
            raise WrongAnswerInSheet(f"{row.place}: {fact.name} is one value; say under `only rows` which row has it")
        if not largest_gives(fact, mapping.columns[names[0]]):
            raise WrongAnswerInSheet(
                f"{row.place}: {fact.name} is {fact.type.named}, and `{row.answer}` holds no such values; choose "
                f"another column, or `{NOT_HERE}`"
            )
        return replace(each, measure=Measure.MAX, where=only, of=names[0], use=True)
    if ask.measure is Measure.COUNT and not ask.counts:
        return of_rows(draft, each, names, row.place, only)
    if filled:
        among = _among(draft, fact, row, only)
        return of_done(draft, each, (filled_part(draft, fact, names[0], row.place),), among, days=True)
    told = [name for name in names if name in draft.states]
    days = [name for name in names if name not in told and is_day(mapping, name)]
    left = [name for name in names if name not in told and name not in days]
    scope = next((name for name in told if ask.counts and not ask.bad and is_scope_alone(mapping, name)), "")
    if scope:
        raise WrongAnswerInSheet(
            f"{row.place}: `{mapping.columns[scope].heading}` says which rows are asked about, not what was done; say "
            "it under `only rows`, and here the column that says what was done"
        )
    if not ask.bad:
        refuse_stages(draft, fact, names, row.place)
        refuse_one_side(draft, fact, names, row.place)
    if ask.bad and told and left + days and "without" in fact.name:
        blank = tuple(RowPart(name, test=RowTest.BLANK) for name in (*left, *days))
        parts = parts_against(draft, fact, told, row.place, graded=not only)
        return of_against(each, parts, (*only, *kind_part(mapping, fact)), blank)
    ends = ask.measure is Measure.SHARE or (ask.measure is Measure.COUNT and not ask.bad)
    if left or (days and not ends):
        return of_numbers(draft, each, names, row.place, only)
    if ask.bad:
        parts = parts_against(draft, fact, told, row.place, graded=not only)
        return of_against(each, parts, (*only, *kind_part(mapping, fact)), ())
    due = next((name for name in days if is_ahead(mapping, name)), "")
    if not due and told and asks_of_due(fact):
        due = may_be_due(mapping, days)
    proofs = [name for name in days if name != due or is_ahead(mapping, name)]
    done = until(mapping, fact, days) if asks_until(fact) else tuple(of_days(mapping, fact, proofs))
    if days and not told and not done and asks_until(fact):
        raise WrongAnswerInSheet(
            f"{row.place}: {fact.name} compares an end with the day through which it is needed; choose the columns of "
            f"both, or `{NOT_HERE}`"
        )
    if not told and not done:
        raise WrongAnswerInSheet(f"{row.place}: {fact.name} needs a column that says what was done, beside the day due")
    among = _among(draft, fact, row, only, due)
    return of_done(draft, each, (*parts_of_done(draft, fact, told, row.place), *done), among, days=bool(done))


def _among(
    draft: TableDraft, fact: FactDeclaration, row: AnsweredRow, only: tuple[RowPart, ...], due: str = ""
) -> tuple[RowPart, ...]:
    """Return which rows a share asks about: those that a person says, else those that the columns say.

    Raises:
        WrongAnswerInSheet: Neither says it.
    """
    about = asked_about(draft.mapping, draft.states, fact, fact_ask(fact), draft.parties, due)
    if about.ask and not (only or (draft.every_row and about.settled_by_every_row)):
        raise WrongAnswerInSheet(f"{row.place}: {fact.name}: {about.ask}")
    return (*only, *about.parts)


def named_columns(draft: TableDraft, each: FactDraft) -> list[str]:
    """Return the columns that answer a fact as it is drafted; the first two stand in its row of the workbook."""
    if each.of:
        return [each.of, *([each.whole] if each.whole else [])]
    if each.measure is Measure.COUNT and not each.where:
        return draft.mapping.key.split(", ")[:1]
    among = {part.column for part in each.among if part.test is RowTest.WORDS} - {part.column for part in each.where}
    parts = [
        part
        for part in (*each.where, *each.among)
        if (not part.words or part.test in (RowTest.BLANK, RowTest.GIVEN)) and part.column not in among
    ]
    return list(dict.fromkeys(name for part in parts for name in (part.column, part.other) if name))


def _as_drafted(each: FactDraft, only: tuple[RowPart, ...]) -> FactDraft:
    """Return a fact whose columns a person left as they were drafted: what was shown is what is signed."""
    if each.measure in (Measure.SHARE, Measure.ALL, Measure.COUNT):
        return replace(each, among=(*only, *each.among))
    return replace(each, where=(*only, *each.where))
