"""The columns that say that what a fact asks was done: by a day under such a heading, by yes, or by a word for it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.drafts.date_parts import asks_on_time, is_ahead, is_day
from gonogo.first_week.drafts.draft_columns import MOST_WORDS, WordsOfColumn
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.drafts.row_outcomes import (
    HeadingFit,
    RowOutcome,
    asked_outcomes,
    asks_both_sides,
    heading_fit,
    is_scope,
    last_stage,
    names_stage,
    outcomes_named,
    outcomes_of_word,
    says_otherwise,
)
from gonogo.first_week.drafts.row_parts import RowPart, RowTest
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, plain
from gonogo.model.fact import FactDeclaration
from gonogo.model.people import Side

_STRONG: Final[dict[RowOutcome, frozenset[Meaning]]] = {
    RowOutcome.TESTED: frozenset({Meaning.PASSED}),
    RowOutcome.RAN: frozenset({Meaning.PASSED, Meaning.FAILED}),
    RowOutcome.APPROVED: frozenset({Meaning.APPROVED}),
    RowOutcome.SIGNED: frozenset({Meaning.APPROVED}),
}
_ELSE: Final = frozenset({Meaning.DONE})
_BOTH: Final = frozenset({Side.CUSTOMER, Side.PROVIDER})
_YES: Final = ("Yes", "Y", "yes", "true")
"""What says yes in a column in which nothing does yet."""


@dataclass(frozen=True, slots=True)
class OutcomeColumn:
    """One column that says of each row whether something was done.

    Attributes:
        part: What a row must hold there.
        outcomes: What was done then.
        plainly: Whether its heading says so.
        sides: Whose doing it is.
    """

    part: RowPart
    outcomes: frozenset[RowOutcome]
    plainly: bool
    sides: frozenset[Side] = frozenset()

    @property
    def proved(self) -> frozenset[RowOutcome]:
        """What a row that counts proves: the day on which a thing ran is there before it has an outcome."""
        return self.outcomes - {RowOutcome.RAN} if self.part.test is RowTest.GIVEN else self.outcomes


def outcome_parts(
    mapping: TableMapping,
    states: Mapping[str, WordsOfColumn],
    fact: FactDeclaration,
    parties: Mapping[str, str],
    due: str = "",
) -> tuple[RowPart, ...]:
    """Return what a row must be so that all was done that a fact asks; nothing where the columns do not say all of it.

    Every column that says it has to agree, so that a doubtful one makes the fact worse and never better.

    Args:
        mapping: Of the table.
        states: Columns of words.
        fact: A ratio, or a boolean, of what was done.
        parties: Side to the name of its organization.
        due: Column of the day by which it should be done; empty for none.
    """
    columns = list(_columns(mapping, states, fact, parties))
    parts: list[RowPart] = []
    for wanted in asked_outcomes(fact):
        mine = [each for each in columns if each.outcomes & wanted]
        plain = [each for each in mine if each.plainly]
        used = plain + [each for each in mine if not each.plainly]
        if not wanted <= frozenset().union(*(each.proved for each in used)):
            continue
        if asks_both_sides(fact) and not frozenset().union(*(each.sides for each in used)) >= _BOTH:
            continue
        parts += [each.part for each in used if each.part not in parts]
    if may_say_as_well(mapping, states, fact, parties, {each.part.column for each in columns}):
        return ()
    if not asks_on_time(fact):
        return tuple(parts)
    days = [part for part in parts if part.test is RowTest.GIVEN]
    timely = [RowPart(part.column, test=RowTest.BY, other=due) for part in days]
    return (*parts, *timely) if due and days else ()


def unread_beside(
    mapping: TableMapping, states: Mapping[str, WordsOfColumn], fact: FactDeclaration, parties: Mapping[str, str]
) -> str:
    """Return what is asked of an unread column that may say what a fact asks; empty where there is none."""
    used = {each.part.column for each in _columns(mapping, states, fact, parties)}
    heading = may_say_as_well(mapping, states, fact, parties, used)
    return f"{plain(heading, most=60)} may say it too, and only a person knows whether it does" if heading else ""


def may_say_as_well(
    mapping: TableMapping,
    states: Mapping[str, WordsOfColumn],
    fact: FactDeclaration,
    parties: Mapping[str, str],
    used: Collection[str],
) -> str:
    """Return the heading of an unread column that may say of each row what a fact asks; empty for none.

    ``E2E passed with partner`` names what was done, and something more that nobody has explained; an ``ICD status`` of
    nothing but drafts has no word that counts. Neither gives way to a ``Status`` that says something better.
    """
    asked = frozenset().union(*asked_outcomes(fact))
    named = stems(ascii_words(fact.name.rpartition(".")[2]))
    for name, guess in mapping.columns.items():
        heading = guess.heading
        if name in used or names_stage(heading, fact) or is_scope(heading, fact, parties):
            continue
        if last_stage(fact) and outcomes_named(heading) == {RowOutcome.DONE} and is_day(mapping, name):
            continue  # the day of another stage, such as ``Load done``
        fit = heading_fit(heading, fact, parties)
        says = bool(outcomes_named(heading) & asked or fit.outcomes)
        if (says or (fit.standing and named & stems(ascii_words(heading)))) and _tells(mapping, states, name):
            return heading
        day = says and is_day(mapping, name) and not is_ahead(mapping, name)
        if day and not says_otherwise(heading) and "by" not in ascii_words(heading):
            return heading
    return ""


def _tells(mapping: TableMapping, states: Mapping[str, WordsOfColumn], name: str) -> bool:
    """Whether the cells of a column are words of how a row stands, even where its heading may name people."""
    if name in states:
        return any(means is not None for means in states[name].words.values())
    guess = mapping.columns[name]
    if not 1 <= guess.distinct <= MOST_WORDS:
        return False
    words = {str(row[guess.index]) for row in mapping.grid.rows} - {""}
    return bool(words) and all(meaning_of(word, guess.heading) is not None for word in words)


def _columns(
    mapping: TableMapping, states: Mapping[str, WordsOfColumn], fact: FactDeclaration, parties: Mapping[str, str]
) -> Iterator[OutcomeColumn]:
    for name, guess in mapping.columns.items():
        fit = heading_fit(guess.heading, fact, parties)
        if not fit.outcomes and not fit.standing:
            continue
        if name in states:
            yield from _of_words(states[name], fit, fact)
        elif fit.plainly and fit.outcomes and is_day(mapping, name) and not is_ahead(mapping, name):
            yield OutcomeColumn(RowPart(name, test=RowTest.GIVEN), fit.outcomes, plainly=True, sides=fit.sides)


def _of_words(state: WordsOfColumn, fit: HeadingFit, fact: FactDeclaration) -> Iterator[OutcomeColumn]:
    asked = fit.outcomes or frozenset().union(*asked_outcomes(fact))
    counts = counts_of(asked, plainly=fit.plainly)
    counted = state.meaning(counts)
    said = {word: _said(word, state.words[word], fit) for word in counted}
    if not counted:
        if fit.plainly and set(state.words.values()) <= {Meaning.NO, None} and Meaning.NO in state.words.values():
            yield OutcomeColumn(RowPart(state.name, words=_YES), fit.outcomes, plainly=True, sides=fit.sides)
        return
    outcomes = frozenset.intersection(*said.values()) & asked
    if outcomes:
        yield OutcomeColumn(RowPart(state.name, counts), outcomes, fit.plainly, fit.sides)


def counts_of(outcomes: frozenset[RowOutcome], *, plainly: bool) -> frozenset[Meaning]:
    """Return the meanings by which a row counts in a column about some outcomes; yes only where its heading says it."""
    strong = frozenset().union(*(_STRONG.get(each, _ELSE) for each in outcomes))
    if RowOutcome.RAN not in outcomes:
        strong -= {Meaning.FAILED}
    return strong | ({Meaning.YES} if plainly else frozenset())


def _said(word: str, means: Meaning | None, fit: HeadingFit) -> frozenset[RowOutcome]:
    """Return what one word says that was done, under a heading that may say it already."""
    own = outcomes_of_word(word)
    if means in (Meaning.PASSED, Meaning.FAILED):
        own |= {RowOutcome.RAN} | ({RowOutcome.TESTED, RowOutcome.BUILT} if means is Meaning.PASSED else frozenset())
    if not fit.outcomes:
        return own
    if means is not Meaning.YES and own and not own & (fit.outcomes | {RowOutcome.DONE}):
        return frozenset()
    return fit.outcomes if means is Meaning.YES else fit.outcomes | own
