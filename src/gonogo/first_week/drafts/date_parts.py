"""Parts of a condition that days and blank cells answer: what was sent, what is due by now, and what is lacking."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from gonogo.first_week import hints
from gonogo.first_week.candidates import candidate
from gonogo.first_week.dating import AHEAD
from gonogo.first_week.drafts.fact_groups import called, stems
from gonogo.first_week.drafts.row_parts import RowPart, RowTest
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, plain, word_set
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration
from gonogo.text import any_of

_BY: Final = word_set("finish end due deadline by")
_BEGINS: Final = word_set("start begin from")
_ENDS: Final = word_set("end ends ending expires expiry expiration expire")
_NEEDED: Final = word_set("required needed need through until stabilization")
NAMES_NOTHING: Final = tuple(
    dict.fromkeys(
        spelled
        for word in ("none", "no", "n/a", "tbd", "unknown", "-")
        for spelled in (word.capitalize(), word.upper(), word)
    )
)
"""What stands in a cell that should name a thing and names none."""
_ACTUAL: Final = word_set("actual actually")
_OF_THE_PAST: Final = _ACTUAL | word_set(
    """
    done completed complete closed sent delivered ran run tested approved signed created updated modified changed
    started start begin began from since last
    """
)
"""Words of a heading whose day is not the one by which a thing should be."""


def is_day(mapping: TableMapping, name: str) -> bool:
    """Whether a column holds days or moments, each of them readable."""
    return name in mapping.read and mapping.columns[name].settings["type"] in ("date", "instant")


def is_ahead(mapping: TableMapping, name: str) -> bool:
    """Whether a column of days says when something should be."""
    words = set(ascii_words(mapping.columns[name].heading))
    return is_day(mapping, name) and bool(words & (AHEAD | {"due"})) and not words & _ACTUAL


def may_be_due(mapping: TableMapping, names: Sequence[str]) -> str:
    """Return the one column of days that a person chose, where it may say by when things should be; empty for none.

    A heading such as *Date* says neither what was nor what should be: who chooses it beside a state says it.
    """
    if len(names) != 1 or not is_day(mapping, names[0]):
        return ""
    return "" if set(ascii_words(mapping.columns[names[0]].heading)) & _OF_THE_PAST else names[0]


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


def undated(mapping: TableMapping) -> str:
    """Return the question by which day rows are due, with the columns of days of which a person may choose one."""
    may = [name for name in mapping.read if is_ahead(mapping, name) or may_be_due(mapping, [name])]
    if not may:
        return "no column says by which day each row is due"
    named = any_of([f"`{plain(mapping.columns[name].heading, most=60)}`" for name in may])
    return (
        f"no heading says for sure by which day each row is due: if {named} does, choose it in the row `fact` under "
        "`And`, beside the column that says what was done"
    )


def spoiled_due(mapping: TableMapping) -> str:
    """Return the question about a column of days due of which a cell is no day; empty where there is none."""
    for guess in mapping.columns.values():
        days = guess.settings["type"] in ("date", "instant") and guess.unreadable
        words = set(ascii_words(guess.heading))
        if days and words & (AHEAD | {"due"}) and not words & _ACTUAL and not words & _BEGINS:
            where = plain(guess.notes[0].where, most=80) if guess.notes else "a cell"
            word = plain(_odd_word(mapping, guess), most=40)
            heading = plain(guess.heading, most=60)
            return f"{where} of the column {heading} holds {word}, which is no day: is that row due, and when?"
    return ""


def _odd_word(mapping: TableMapping, guess: Guess) -> str:
    """Return the first cell of a column of days that is none; its text only where it has few different ones."""
    cells = [row[guess.index] for row in mapping.grid.rows]
    fits = candidate({key: value for key, value in guess.settings.items() if key != "optional"}).fits
    odd = [cell for cell in cells if isinstance(cell, str) and cell and not fits(cell)]
    return f"`{odd[0]}`" if odd and hints.may_show(guess.heading, odd[:1]) else "something"


def of_days(mapping: TableMapping, fact: FactDeclaration, names: Sequence[str]) -> Iterator[RowPart]:
    """Yield what columns of days say of a row that counts: that the day is there, and that it was no later than due."""
    due = next((name for name in names if is_ahead(mapping, name)), "")
    for name in names:
        if name != due:
            yield RowPart(name, test=RowTest.GIVEN)
            if due and asks_on_time(fact):
                yield RowPart(name, test=RowTest.BY, other=due)


def due_part(mapping: TableMapping, fact: FactDeclaration, chosen: str = "") -> tuple[RowPart, ...]:
    """Return that only what is due by now is asked about, where the fact says so and a column of days tells it.

    What is due on a day may come until that day is over.
    """
    if not asks_of_due(fact):
        return ()
    due = chosen or due_column(mapping)
    if not due:
        return ()
    day = mapping.columns[due].settings["type"] == "date"
    return (RowPart(due, test=RowTest.DAY_OVER if day else RowTest.DUE),)


def asks_until(fact: FactDeclaration) -> bool:
    """Whether a fact asks that something holds through a day that is required of it."""
    return {"through", "end"} <= set(ascii_words(fact.meaning))


def until(mapping: TableMapping, fact: FactDeclaration, names: Collection[str] = ()) -> tuple[RowPart, ...]:
    """Return that a thing ends no earlier than the day through which it is needed; nothing without these two columns.

    Where a column says when it starts, that is no later than go-live.

    Args:
        mapping: Of the table.
        fact: What is asked.
        names: Columns that count; all where nobody chose any.
    """
    if not asks_until(fact):
        return ()
    days = {
        name: set(ascii_words(guess.heading))
        for name, guess in mapping.read.items()
        if is_day(mapping, name) and (not names or name in names)
    }
    needed = [name for name, words in days.items() if words & _NEEDED]
    ends = [name for name, words in days.items() if words & _ENDS and name not in needed]
    if len(needed) != 1 or len(ends) != 1:
        return ()
    begins = [name for name, words in days.items() if words & _BEGINS and name not in (*needed, *ends)]
    started = (RowPart(begins[0], test=RowTest.BY_GO_LIVE),) if len(begins) == 1 else ()
    return (RowPart(ends[0], test=RowTest.UNTIL, other=needed[0]), *started)


def lacking(mapping: TableMapping, fact: FactDeclaration, taken: Collection[str]) -> tuple[RowPart, ...]:
    """Return that a cell is blank, for a fact that counts what is without something; none where no column is of it.

    Words that name nothing count as blank where the file has one: a list of words that no row has is refused.

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
    if not best[0]:
        return ()
    guess = mapping.columns[best[1]]
    said = {str(row[guess.index]) for row in mapping.grid.rows} & {*NAMES_NOTHING}
    words_too = NAMES_NOTHING if said and guess.settings["type"] == "text" else ()
    return (RowPart(best[1], words=words_too, test=RowTest.BLANK),)
