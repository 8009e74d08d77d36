"""Parts of a condition that days and blank cells answer: what was sent, what is due by now, and what is lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from gonogo.first_week.dating import AHEAD
from gonogo.first_week.drafts.fact_groups import called, stems
from gonogo.first_week.drafts.row_parts import RowPart, RowTest
from gonogo.first_week.good_words import ASKED, GOOD
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.fact import FactDeclaration

_BY: Final = word_set("finish end due deadline by")
_BEGINS: Final = word_set("start begin from")
_ACTUAL: Final = word_set("actual actually")


def is_day(mapping: TableMapping, name: str) -> bool:
    """Whether a column holds days or moments, each of them readable."""
    return name in mapping.read and mapping.columns[name].settings["type"] in ("date", "instant")


def is_ahead(mapping: TableMapping, name: str) -> bool:
    """Whether a column of days says when something should be."""
    words = set(ascii_words(mapping.columns[name].heading))
    return is_day(mapping, name) and bool(words & (AHEAD | {"due"})) and not words & _ACTUAL


def asks_of_due(fact: FactDeclaration) -> bool:
    """Whether a fact asks only about what is due by now."""
    return "due" in ascii_words(f"{fact.name} {fact.meaning}")


def asks_on_time(fact: FactDeclaration) -> bool:
    """Whether a fact asks that something was done by its day."""
    return "on time" in fact.meaning


def due_column(mapping: TableMapping) -> str:
    """Return the column of the days by which things should be; empty where there is none, or several alike."""
    ahead = [name for name in mapping.columns if is_ahead(mapping, name)]
    ends = [name for name in ahead if set(ascii_words(mapping.columns[name].heading)) & _BY]
    found = ends or [name for name in ahead if not set(ascii_words(mapping.columns[name].heading)) & _BEGINS]
    return found[0] if len(found) == 1 else ""


def done_columns(mapping: TableMapping, fact: FactDeclaration) -> list[str]:
    """Return the columns of days on which was done what a fact asks, by the words of their headings."""
    asked = [word for word in ascii_words(f"{fact.name} {fact.meaning}") if word in ASKED]
    about = {ASKED[word] for word in asked}
    meant = stems(ascii_words(fact.meaning))
    found = []
    for name, guess in mapping.columns.items():
        words = ascii_words(guess.heading)
        good = any(GOOD.get(word, frozenset()) & about for word in words)
        if is_day(mapping, name) and not is_ahead(mapping, name) and (good or stems(words) & meant):
            found.append(name)
    return found


def dated_parts(mapping: TableMapping, fact: FactDeclaration) -> tuple[RowPart, ...]:
    """Return the parts of a condition that says that something was done; none where no column of days does."""
    done, due = done_columns(mapping, fact), due_column(mapping)
    if not done or (asks_on_time(fact) and not due):
        return ()
    both = done if "and" in ascii_words(fact.meaning) else done[:1]
    return tuple(of_days(mapping, fact, [*both, due] if asks_on_time(fact) else both))


def of_days(mapping: TableMapping, fact: FactDeclaration, names: Sequence[str]) -> Iterator[RowPart]:
    """Yield what columns of days say of a row that counts: that the day is there, and that it was no later than due."""
    due = next((name for name in names if is_ahead(mapping, name)), "")
    for name in names:
        if name != due:
            yield RowPart(name, test=RowTest.GIVEN)
            if due and asks_on_time(fact):
                yield RowPart(name, test=RowTest.BY, other=due)


def due_part(mapping: TableMapping, fact: FactDeclaration, names: Sequence[str] = ()) -> tuple[RowPart, ...]:
    """Return that only what is due by now is asked about, where the fact says so and a column of days tells it."""
    if not asks_of_due(fact):
        return ()
    due = next((name for name in names if is_ahead(mapping, name)), "") if names else due_column(mapping)
    return (RowPart(due, test=RowTest.DUE),) if due else ()


def lacking(mapping: TableMapping, fact: FactDeclaration, taken: Collection[str]) -> tuple[RowPart, ...]:
    """Return that a cell is blank, for a fact that counts what is without something; none where no column is of it.

    Args:
        mapping: Of the table.
        fact: Such as ``rtm.changed_without_cr``.
        taken: Columns that say something else.
    """
    words = ascii_words(fact.name.rpartition("without")[2])
    wanted = stems(words).union(*(called(word) for word in words))
    scored = [
        (len(stems(ascii_words(guess.heading)) & wanted), name)
        for name, guess in mapping.read.items()
        if name not in taken
    ]
    best = max(scored, default=(0, ""), key=lambda one: one[0])
    return (RowPart(best[1], test=RowTest.BLANK),) if best[0] else ()
