"""What a row of a table must be to count against go-live: how grave it is, that it is open, and what it lacks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.drafts.asked_about import kind_part, other_kind, speaks_of
from gonogo.first_week.drafts.date_parts import lacking
from gonogo.first_week.drafts.draft_columns import (
    WordsOfColumn,
    counts_in,
    graded_by,
    is_silent,
    names_the_thing,
    of_severity,
    says_alone,
    says_critical,
    says_done_of,
    says_whether,
)
from gonogo.first_week.drafts.fact_asks import FactAsk
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.drafts.nearest_state import nearest_state
from gonogo.first_week.drafts.row_outcomes import explained_by, outcomes_named, says_otherwise
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, plain, with_article
from gonogo.model.fact import FactDeclaration

_LACKED: Final = re.compile(r"\bwithout an? (.*)")
"""What a fact counts the lack of: a workaround that the business has approved."""


@dataclass(frozen=True, slots=True)
class AgainstParts:
    """What makes a row count.

    Attributes:
        parts: What it must be.
        known: Whether that is enough to count by.
        ask: What has to be said before it is; empty for nothing but a column.
    """

    parts: tuple[RowPart, ...] = ()
    known: bool = False
    ask: str = ""


def against(
    mapping: TableMapping, states: Mapping[str, WordsOfColumn], fact: FactDeclaration, ask: FactAsk
) -> AgainstParts:
    """Return what makes a row count against go-live.

    Args:
        mapping: Of the table.
        states: Columns of words.
        fact: That counts such rows.
        ask: What it asks.
    """
    kinds = tuple(kind_part(mapping, fact))
    if other := "" if kinds else other_kind(mapping, fact):
        why = f"each row is {with_article(other)} by what the table calls it, and the fact counts something else"
        return AgainstParts(ask=why)
    if not speaks_of(mapping, fact):
        return AgainstParts(ask="no heading of it, nor its name, says that it is about what the fact counts")
    parts = tuple(_parts(mapping, states, fact, ask))
    if two := _graded_twice(states, ask, parts):
        return AgainstParts(parts, ask=two)
    found = len(parts) > bool(ask.grade) or any(says_alone(states[part.column]) for part in parts)
    if not any(states[part.column].others(part.counts) for part in parts):
        found = False
    if len(parts) == 1 and names_the_thing(states[parts[0].column], fact):
        lack = [name for name, state in states.items() if says_done_of(state, fact)]
        parts += tuple(RowPart(name, counts_in(states[name], fact, ask), unknown=True) for name in lack)
        found = found and len(lack) == 1  # of a thing alone nobody knows whether it lacks anything
    if "without" in fact.name and ask.grade:
        parts += _unapproved(states, fact)
    elif "without" in fact.name:
        blank = lacking(mapping, fact, {*(part.column for part in parts), *mapping.key.split(", ")})
        found, parts = found and bool(blank), (*parts, *blank)
    return AgainstParts((*kinds, *parts), found)


def _graded_twice(states: Mapping[str, WordsOfColumn], ask: FactAsk, parts: tuple[RowPart, ...]) -> str:
    """Return what is asked where two columns say of a row how grave it is: *Severity*, and *Critical?* beside it."""
    if not ask.grade or not parts or says_critical(states[parts[0].column]):
        return ""
    beside = [state for name, state in states.items() if name != parts[0].column and says_critical(state)]
    if not beside:
        return ""
    both = f"{plain(states[parts[0].column].heading, most=60)} and {plain(beside[0].heading, most=60)}"
    return f"{both} both say how grave a row is, and only a person knows which of them counts"


def _unapproved(states: Mapping[str, WordsOfColumn], fact: FactDeclaration) -> tuple[RowPart, ...]:
    """Return that what a row should have is not approved, by the one column of yes and no that says so.

    *Workaround approved by business*, and not *by vendor*: each word of the heading is one of the fact's.
    """
    lacked = _LACKED.search(fact.meaning)
    if lacked is None:
        return ()
    thing, asked = stems(ascii_words(fact.name.rpartition("without")[2])), outcomes_named(lacked[1])
    found = [
        name
        for name, state in states.items()
        if says_whether(state)
        and Meaning.YES in state.words.values()
        and outcomes_named(state.heading) & asked
        and thing <= stems(ascii_words(state.heading)) <= explained_by(fact)
        and not says_otherwise(state.heading)
    ]
    return (RowPart(found[0], frozenset({Meaning.NO}), unknown=True),) if len(found) == 1 else ()


def _parts(
    mapping: TableMapping, states: Mapping[str, WordsOfColumn], fact: FactDeclaration, ask: FactAsk
) -> Iterator[RowPart]:
    """Yield the parts of a fact's condition: the columns that its meaning names together, else the nearest one."""
    taken = ""
    if ask.grade:
        grades = {Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER}
        severe = [name for name, guess in mapping.columns.items() if of_severity(guess)]
        graded = severe or [name for name, state in states.items() if state.meaning(grades)]
        if len(severe) > 1 or not set(severe) <= states.keys():
            return  # how grave a row is stands in a column that only a person can choose or explain
        graded += [name for name, state in states.items() if says_critical(state) and name not in graded]
        if not graded:
            return
        taken = graded[0]
        critical = states[taken]
        counts = graded_by(critical, ask.grade)
        if not counts or is_silent(critical, counts):
            return  # no condition would come of it, so the rows would count by the state alone
        yield RowPart(taken, counts, unknown=ask.bad)
        if says_alone(critical):
            return  # what it says itself is never weakened by the state of something else
    near = nearest_state(states, fact, ask, {taken})
    yield from (RowPart(name, counts_in(states[name], fact, ask), unknown=ask.bad) for name in near)
