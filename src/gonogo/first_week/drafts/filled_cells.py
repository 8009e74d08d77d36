"""A column that names a thing in each row that has one, such as an article or a position: a filled cell says so.

Its cells are names and no words of a state, so nobody can say what each of them means. A cell that says nothing counts
as blank, and a column whose words say how a row stands is never read so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from gonogo.collectors.rows.outline import is_nothing
from gonogo.first_week.drafts.date_parts import NAMES_NOTHING, is_day
from gonogo.first_week.drafts.draft_columns import MOST_WORDS
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.drafts.row_outcomes import RowOutcome, asked_outcomes, outcomes_of_word, says_otherwise
from gonogo.first_week.drafts.row_parts import RowPart, RowTest
from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.hints import sayable
from gonogo.first_week.prose import ascii_words, counted, plain, word_set
from gonogo.model.fact import FactDeclaration, FactType

FILLED: Final = "is filled in"
"""What is chosen beside a column where a row counts if its cell says anything."""
EMPTY: Final = "is blank"
"""What is chosen beside a column where a row counts against go-live if its cell says nothing."""
_BY_NAME: Final = frozenset({RowOutcome.WRITTEN, RowOutcome.ASSIGNED})
"""What the name of a thing proves: the article that is written, the position that is assigned."""
_ASKED_ABOUT: Final = re.compile(r"(?i)(?:share|number) of (?:the |its |these )?(.+?) (?:is|are|was|were|has|have)\b")
"""What the rows of a share are, by its question: the process steps, the reasons for contact."""
_LABELS: Final = word_set(
    "a an and the of for id ids key no nr number num name title text description label code row line"
)
_BAD: Final = frozenset({Meaning.NO, Meaning.OPEN, Meaning.FAILED, Meaning.ENDED})


def may_be_filled(fact: FactDeclaration) -> bool:
    """Whether a filled cell can say of a row what a fact asks: that something is written for it or assigned to it.

    The name of a person proves no training, and the number of a case no test.
    """
    ask = fact_ask(fact)
    asked = asked_outcomes(fact)
    return ask.measure is Measure.SHARE and not ask.bad and bool(asked) and all(each <= _BY_NAME for each in asked)


def may_be_empty(fact: FactDeclaration) -> bool:
    """Whether an empty cell can say of a row that a thing is lacking: the new code of one that is not mapped."""
    ask = fact_ask(fact)
    lacking = [word[2:] for word in fact.name.rpartition(".")[2].split("_") if word.startswith("un")]
    counted_rows = ask.measure is Measure.COUNT and ask.bad and not (ask.settled or ask.grade)
    return counted_rows and any((found := outcomes_of_word(word)) and found <= _BY_NAME for word in lacking)


def empty_part(draft: TableDraft, fact: FactDeclaration, name: str, place: str) -> RowPart:
    """Return that a row counts where a cell names nothing.

    Raises:
        WrongAnswerInSheet: An empty cell of that column says nothing of the kind.
    """
    guess = draft.mapping.columns[name]
    why = ""
    if not may_be_empty(fact):
        why = f"{fact.name} does not count what names nothing"
    elif name in draft.states:
        why = "its words say how each row stands; say in its rows `word` what each means"
    elif name not in draft.mapping.read or guess.settings["type"] not in ("text", "id"):
        why = "it holds no names"
    if why:
        raise WrongAnswerInSheet(f"{place}: `{plain(guess.heading, most=60)}` cannot count by `{EMPTY}`: {why}")
    said = dict.fromkeys(str(row[guess.index]) for row in draft.mapping.grid.rows)
    empty = [cell for cell in said if cell and is_nothing(cell)]
    return RowPart(name, words=tuple(dict.fromkeys((*NAMES_NOTHING, *empty))) if empty else (), test=RowTest.BLANK)


def filled_part(draft: TableDraft, fact: FactDeclaration, name: str, place: str) -> RowPart:
    """Return that a row counts where a cell names something.

    Raises:
        WrongAnswerInSheet: A filled cell of that column says nothing of the kind.
    """
    guess = draft.mapping.columns[name]
    heading = plain(guess.heading, most=60)
    cells = [str(row[guess.index]) for row in draft.mapping.grid.rows]
    bad = [cell for cell in dict.fromkeys(cells) if cell and not is_nothing(cell) and meaning_of(cell, "") in _BAD]
    why = ""
    if not may_be_filled(fact):
        why = f"{fact.name} asks for more than that something is named"
    elif _names_rows(draft, fact, name):
        why = "it names the rows themselves, and says of none that something is written or assigned"
    elif name in draft.states:
        why = "its words say how each row stands; say in its rows `word` what each means"
    elif says_otherwise(guess.heading, names_who=any(RowOutcome.ASSIGNED in each for each in asked_outcomes(fact))):
        why = "its heading says which rows are asked about, or what is still to come"
    elif name not in draft.mapping.read or guess.settings["type"] not in ("text", "id"):
        why = "it holds no names"
    elif bad:
        why = f"a cell says `{plain(sayable(bad[0]), most=40)}`, which names nothing"
    if why:
        raise WrongAnswerInSheet(f"{place}: `{heading}` cannot count by `{FILLED}`: {why}")
    empty = [cell for cell in dict.fromkeys(cells) if cell and (is_nothing(cell) or not cell.strip("0 .,-"))]
    return RowPart(name, words=tuple(dict.fromkeys((*NAMES_NOTHING, *empty))) if empty else (), test=RowTest.GIVEN)


def _names_rows(draft: TableDraft, fact: FactDeclaration, name: str) -> bool:
    """Whether a column says what a row is: its key, or the thing by whose kind the fact calls its rows."""
    if name in draft.mapping.key.split(", "):
        return True
    asked = _ASKED_ABOUT.search(fact.question)
    called = set(ascii_words(draft.mapping.columns[name].heading)) - _LABELS
    return asked is not None and bool(called) and stems(called) <= stems(ascii_words(asked[1]))


def why_no_answer(draft: TableDraft, fact: FactDeclaration, names: Sequence[str]) -> str:
    """Return why columns that were chosen cannot answer a fact, with what can be chosen instead, as a sentence."""
    strange = (name for name in names if name not in draft.states and not is_day(draft.mapping, name))
    name = next(strange, names[0])
    guess = draft.mapping.columns[name]
    heading = plain(guess.heading, most=60)
    kind = guess.settings["type"]
    instead = "choose another column, or `not here`"
    by_names = may_be_filled(fact) and kind in ("text", "id") and name in draft.mapping.read
    if guess.concealed:
        return f"`{heading}` is hidden in the file, so it is not read; show it there, or {instead}"
    days = kind in ("date", "instant") and not guess.hidden
    if (guess.people or guess.hidden) and not (by_names or days):
        return f"`{heading}` may name people, so its words are not looked at; {instead}"
    if days and guess.unreadable:
        where = plain(guess.notes[0].where, most=80) if guess.notes else "a cell"
        return f"`{heading}` holds days, and {where} is none; correct it in the file, or {instead}"
    if days:
        return f"`{heading}` holds days, and {fact.name} is counted by no day; {instead}"
    if kind in ("integer", "decimal", "percent", "money"):
        two = "; a share needs two columns of numbers, the part and the whole" if fact.type is FactType.RATIO else ""
        return f"`{heading}` holds numbers, which do not say of a row whether it counts{two}; {instead}"
    words = counted(len({str(row[guess.index]) for row in draft.mapping.grid.rows} - {""}), "different text")
    few = guess.distinct <= MOST_WORDS
    what = f"`{heading}` holds {words}, " + ("of which no list knows a meaning" if few else "too many to explain")
    if may_be_empty(fact) and kind in ("text", "id"):
        return f"{what}; if a row counts wherever it says nothing, choose `{EMPTY}` beside it; else {instead}"
    if may_be_filled(fact) and kind in ("text", "id"):
        return f"{what}; if a row counts wherever it is filled in, choose `{FILLED}` beside it; else {instead}"
    return f"{what}; {instead}"


def by_filled_cells(each: FactDraft) -> bool:
    """Whether a fact counts by cells that name something."""
    return any(part.test is RowTest.GIVEN and part.words for part in each.where)
