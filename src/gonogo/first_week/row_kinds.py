"""A table of several kinds of things, such as risks, actions, issues and decisions: which of them a fact counts.

A condition that forgets the column counts decisions as issues, and the number looks right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.good_words import KINDS, plain_word
from gonogo.first_week.prose import FILL_IN, ascii_words, plain, word_set
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration

_OF_PREFIX: Final = {"sit": "case", "uat": "case", "regression": "case", "rtm": "requirement", "defects": "defect"}
"""What the facts of a prefix count where their names do not say it."""
_HEADING: Final = word_set("type kind category class tracker raid typ tipo art")
_LETTERS: Final = frozenset("raid")
_REST: Final = re.compile(r" (?:that|whose|without|with|of|out|where|which|to|in|for) |[,;:.]")


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


def kinds_asked(fact: FactDeclaration) -> frozenset[str]:
    """Return the kinds of things that a fact counts, by its name, else by the first words of its meaning."""
    prefix, _, local = fact.name.rpartition(".")
    for part in (local, prefix, _REST.split(fact.meaning)[0]):
        words = ascii_words(part)
        found = {KINDS[word] for word in words if word in KINDS} | {_OF_PREFIX[w] for w in words if w in _OF_PREFIX}
        if found:
            return frozenset(found)
    return frozenset()


def kind_condition(fact: FactDeclaration, columns: Mapping[str, Guess]) -> KindCondition:
    """Return the condition by which a fact takes its own kind of rows.

    Args:
        fact: A ratio, whole number or boolean.
        columns: Those that are read, by name.
    """
    found = next(((name, guess) for name, guess in columns.items() if _tells_kinds(guess)), None)
    if found is None:
        return KindCondition()
    name, guess = found
    asked = kinds_asked(fact)
    chosen = [value for value in guess.values if KINDS.get(plain_word(value)) in asked]
    if not chosen or any(mark in value for value in chosen for mark in "'\"\\"):
        listed = ", ".join(plain(value, most=60) for value in guess.values)
        question = f"{plain(guess.heading, most=60)} holds {listed}: which of these kinds does the fact count?"
        return KindCondition(name, f'{name} == "{FILL_IN}"', question)
    if len(chosen) == 1:
        return KindCondition(name, f'{name} == "{chosen[0]}"')
    words = ", ".join(f'"{value}"' for value in chosen)
    return KindCondition(name, f"{name} in [{words}]")


def _tells_kinds(guess: Guess) -> bool:
    """Whether a column says what kind of thing each row is; one that all rows share tells nothing apart."""
    if len(guess.values) < 2:
        return False
    headed = bool(_HEADING & set(ascii_words(guess.heading)))
    known = sum(plain_word(value) in KINDS for value in guess.values)
    if headed and _all_letters(guess.values):
        return True
    return known == len(guess.values) or (headed and 2 * known >= len(guess.values))


def _all_letters(values: Iterable[str]) -> bool:
    return {plain_word(value) for value in values} <= _LETTERS
