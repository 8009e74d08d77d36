"""Whether the words of a chosen column say anything about a fact of what stands against go-live; refused where not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from gonogo.first_week.drafts.draft_columns import (
    WordsOfColumn,
    counts_in,
    graded_by,
    is_silent,
    says_critical,
    speaks_against,
)
from gonogo.first_week.drafts.fact_asks import fact_ask
from gonogo.first_week.drafts.nearest_state import is_of_another
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.prose import plain
from gonogo.model.fact import FactDeclaration
from gonogo.text import listed

_GRADES: Final = frozenset({Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER})
_GOOD: Final = frozenset({Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.YES})


class WrongAnswerInSheet(ValueError):
    """An answer of the workbook cannot be used; the sentence says where it is and what is expected."""


def parts_against(
    draft: TableDraft, fact: FactDeclaration, names: Sequence[str], place: str, *, graded: bool
) -> list[RowPart]:
    """Return what a row holds in the chosen columns if it stands against go-live.

    Args:
        draft: Of the table.
        fact: What is counted.
        names: Columns of words.
        place: Where they were chosen.
        graded: Whether one of them has to say how grave a row is, where the fact asks for it.

    Raises:
        WrongAnswerInSheet: A column says nothing about the fact.
    """
    ask, parts = fact_ask(fact), []
    for name in names:
        state = draft.states[name]
        of_grades = bool(ask.grade) and bool(state.meaning(_GRADES))
        whether = bool(ask.grade) and says_critical(state)
        counts = ask.grade if of_grades else counts_in(state, fact, ask)
        counts = graded_by(state, ask.grade) if whether else counts
        if not counts:
            raise _ungraded(draft, fact, [name], place)
        _says_something(state, fact, counts, place)
        parts.append(RowPart(name, counts, unknown=ask.bad))
    other = next((draft.states[name].heading for name in names if is_of_another(draft.states[name].heading, fact)), "")
    if len(names) > 1 and other:
        raise WrongAnswerInSheet(
            f"{place}: {fact.name} counts by the problem alone, and `{plain(other, most=60)}` says how something else "
            "stands; choose only the column of the problem"
        )
    said = any(part.counts in (ask.grade, {Meaning.YES}) for part in parts)
    if graded and ask.grade and not said and not any(draft.states[name].names_trouble for name in names):
        raise _ungraded(draft, fact, names, place)
    return parts


def parts_of_done(draft: TableDraft, fact: FactDeclaration, names: Sequence[str], place: str) -> list[RowPart]:
    """Return what a row holds in the chosen columns if what the fact asks for was done.

    Args:
        draft: Of the table.
        fact: What is counted.
        names: Columns of words.
        place: Where they were chosen.

    Raises:
        WrongAnswerInSheet: The words of a column say another good thing: approvals do not say that a test was passed.
    """
    ask, parts = fact_ask(fact), []
    for name in names:
        state = draft.states[name]
        counts = counts_in(state, fact, ask)
        if not state.meaning(counts) and state.meaning(_GOOD - counts):
            raise WrongAnswerInSheet(
                f"{place}: no word of `{plain(state.heading, most=60)}` means what {fact.name} asks; say in its rows "
                "`word` what each means, choose another column, or `not here`"
            )
        parts.append(RowPart(name, counts))
    return parts


def words_to_say_first(draft: TableDraft, fact: FactDeclaration, names: Sequence[str]) -> str:
    """Return which columns would be refused for a fact, as their words stand, and what is to be said of these first.

    Args:
        draft: Of the table.
        fact: What is counted.
        names: Columns that are offered for it.
    """
    ask, found = fact_ask(fact), []
    for name in names if ask.bad else ():
        try:
            _says_something(draft.states[name], fact, counts_in(draft.states[name], fact, ask), "")
        except WrongAnswerInSheet:
            found.append(f"`{plain(draft.states[name].heading, most=60)}`")
    if not found:
        return ""
    counts = " or ".join(f"`{each}`" for each in Meaning if each in ask.counts)
    leaving = " or ".join(f"`{each}`" for each in Meaning if each in speaks_against(ask.counts))
    return f" For {listed(found)} say first, in the rows `word`, which words mean {counts} and which {leaving}."


def _says_something(state: WordsOfColumn, fact: FactDeclaration, counts: Collection[Meaning], place: str) -> None:
    """Refuse a column in which what the words mean neither counts a row nor leaves one out.

    A column of which nobody has said what any word means is asked about, and its rows count as the worse until then.

    Raises:
        WrongAnswerInSheet: Every row would count, whatever the column says of it.
    """
    against = speaks_against(counts)
    if not is_silent(state, counts):
        return
    told = {word: means for word, means in state.words.items() if means is not None}
    heading = plain(state.heading, most=60)
    what = listed([f"`{plain(word, most=40)}` ({said})" for word, said in told.items()], most=4)
    counting = " or ".join(f"`{each}`" for each in Meaning if each in counts)
    leaving = " or ".join(f"`{each}`" for each in Meaning if each in against)
    raise WrongAnswerInSheet(
        f"{place}: what is said of the words of `{heading}`, {what}, changes nothing of {fact.name}: a row "
        f"counts by a word that means {counting}, and is left out by one that means {leaving}; say that of its "
        f"words, or choose another column{_of_scope(heading, told.values())}"
    )


def _of_scope(heading: str, meanings: Collection[Meaning]) -> str:
    """Return what to do with a column of yes and no that says which rows are asked about, not how they stand."""
    if not {*meanings} <= {Meaning.YES, Meaning.NO}:
        return ""
    return (
        f"; if `{heading}` says only which rows are asked about, choose it in the row `only rows` with the words that "
        "count, and here the column that says how each row stands"
    )


def _ungraded(draft: TableDraft, fact: FactDeclaration, names: Sequence[str], place: str) -> WrongAnswerInSheet:
    """Return the refusal of columns of which none says how grave a row is, for a fact that asks for it."""
    headings = listed([f"`{plain(draft.mapping.columns[name].heading, most=60)}`" for name in names])
    return WrongAnswerInSheet(
        f"{place}: {fact.name} asks how grave each row is, and no word of {headings} says it; choose the column of "
        "severity, or say under `only rows` which rows it asks about"
    )
