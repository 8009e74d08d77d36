"""A table of several kinds of things, such as risks, actions, issues and decisions: which of them a fact counts.

A condition that forgets the column counts decisions as issues, and the number looks right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week import hints
from gonogo.first_week.good_words import KINDS, plain_word
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import FILL_IN, ascii_words, plain, word_set
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration

_OF_PREFIX: Final = {"sit": "case", "uat": "case", "regression": "case", "rtm": "requirement", "defects": "defect"}
"""What the facts of a prefix count where their names do not say it."""
_HEADING: Final = word_set("type kind category class tracker raid typ tipo art")
_LETTERS: Final = frozenset("raid")
_LISTED: Final = 12
_MOST: Final = 60
"""More different words are no kinds."""
_REST: Final = re.compile(r" (?:that|whose|without|with|of|out|where|which|to|in|for) |[,;:.]")


@dataclass(frozen=True, slots=True)
class KindColumn:
    """The column that says what kind of thing each row is.

    Attributes:
        name: As expressions call it.
        heading: As the file writes it.
        values: Its different words.
        read: Whether the settings read it; else a person must mend its cells first.
        shown: Whether its words may be printed.
    """

    name: str
    heading: str
    values: tuple[str, ...]
    read: bool = True
    shown: bool = True


@dataclass(frozen=True, slots=True)
class KindCondition:
    """Which rows of a table a fact is about.

    Attributes:
        column: Name of the column of kinds; empty where the table has none.
        condition: Over it; empty where there is none.
        ask: What a person is asked; empty for nothing.
    """

    column: str = ""
    condition: str = ""
    ask: str = ""


def kind_column(mapping: TableMapping) -> KindColumn | None:
    """Return the column that tells kinds of rows apart, also where its cells cannot be read yet; None for none."""
    for name, guess in mapping.columns.items():
        cells = {str(row[guess.index]).strip() for row in mapping.grid.rows} - {""} if _may_tell(guess) else set()
        values = tuple(sorted(cells))
        if _tells_kinds(guess.heading, values):
            shown = hints.may_show(guess.heading, values)
            return KindColumn(name, guess.heading, values, not guess.left_out, shown)
    return None


def kinds_asked(fact: FactDeclaration) -> frozenset[str]:
    """Return the kinds of things that a fact counts, by its name, else by the first words of its meaning."""
    prefix, _, local = fact.name.rpartition(".")
    for part in (local, prefix, _REST.split(fact.meaning)[0]):
        words = ascii_words(part)
        found = {KINDS[word] for word in words if word in KINDS} | {_OF_PREFIX[w] for w in words if w in _OF_PREFIX}
        if found:
            return frozenset(found)
    return frozenset()


def kind_condition(fact: FactDeclaration, column: KindColumn | None) -> KindCondition:
    """Return the condition by which a fact takes its own kind of rows.

    Args:
        fact: A ratio, whole number or boolean.
        column: That tells kinds apart; None where none does.
    """
    if column is None:
        return KindCondition()
    asked = kinds_asked(fact)
    chosen = [value for value in column.values if KINDS.get(plain_word(value)) in asked]
    heading = plain(column.heading, most=60)
    if not column.read:
        question = f"{heading} says what kind of thing each row is, and is ignored until its cells are fixed"
        return KindCondition(column.name, FILL_IN, question)
    if not chosen or any(mark in value for value in chosen for mark in "'\"\\"):
        known = [value for value in column.values if column.shown or plain_word(value) in KINDS]
        more = f" and {len(column.values) - _LISTED} more" if len(known) > _LISTED else ""
        listed = ", ".join(plain(value, most=60) for value in known[:_LISTED]) + more
        question = f"{heading} holds {listed}: which of these kinds does the fact count?"
        return KindCondition(column.name, f'{column.name} == "{FILL_IN}"', question)
    if len(chosen) == 1:
        return KindCondition(column.name, f'{column.name} == "{chosen[0]}"')
    words = ", ".join(f'"{value}"' for value in chosen)
    return KindCondition(column.name, f"{column.name} in [{words}]")


def _may_tell(guess: Guess) -> bool:
    return guess.settings["type"] == "text" and 2 <= guess.distinct <= _MOST


def _tells_kinds(heading: str, values: Sequence[str]) -> bool:
    """Whether a column says what kind of thing each row is; one that all rows share tells nothing apart."""
    if len(values) < 2:
        return False
    headed = bool(_HEADING & set(ascii_words(heading)))
    known = sum(plain_word(value) in KINDS for value in values)
    if headed and {plain_word(value) for value in values} <= _LETTERS:
        return True
    return known == len(values) or (headed and 2 * known >= len(values))
