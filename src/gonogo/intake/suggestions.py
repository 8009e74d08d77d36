"""Facts of the vocabulary that the columns of a table could answer: by their words, as a hint for a person."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from gonogo.intake.columns import Guess
from gonogo.intake.mapping import Mapping
from gonogo.intake.words import FILL_IN, ascii_words, word_set
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary

MOST: Final = 6
_ENOUGH: Final = 0.34
_IDLE: Final = word_set(
    """
    a all and any are as at be been by each else every for from had has have if in into is it its least most no not
    of on one only or other out share than that the their them there these those to was what which who whole with
    number count ratio total id name open date
    """
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A fact that the table could answer.

    Attributes:
        fact: Its declaration.
        measure: How, as settings of the table collector in one line.
    """

    fact: FactDeclaration
    measure: str


def suggest(mapping: Mapping, vocabulary: Vocabulary) -> list[Suggestion]:
    """Return the facts whose names and meanings share the most telling words with the table, the closest first."""
    table = _stems([mapping.file_name.rpartition(".")[0]])
    for guess in mapping.columns.values():
        table |= _stems([guess.heading, *guess.values])
    known = {name: _fact_stems(vocabulary[name]) for name in vocabulary.names()}
    often = Counter(stem for name_stems, meaning in known.values() for stem in name_stems | meaning)
    scored = []
    for order, (name, (name_stems, meaning)) in enumerate(known.items()):
        weight = {
            stem: (3.0 if stem in name_stems else 1.0) / math.log2(1 + often[stem]) for stem in name_stems | meaning
        }
        whole = sum(weight.values())
        score = sum(weight[stem] for stem in weight.keys() & table) / whole if whole else 0.0
        measure = _measure(vocabulary[name], mapping.columns, name_stems | meaning)
        if score >= _ENOUGH and measure:
            scored.append((-score, order, Suggestion(vocabulary[name], measure)))
    return [entry for _, _, entry in sorted(scored, key=lambda found: found[:2])[:MOST]]


def _fact_stems(fact: FactDeclaration) -> tuple[set[str], set[str]]:
    return _stems([fact.name]), _stems([fact.meaning])


def _stems(texts: Iterable[str]) -> set[str]:
    return {_stem(word) for text in texts for word in ascii_words(text) if word not in _IDLE and not word.isdigit()}


def _stem(word: str) -> str:
    for end in ("ions", "ing", "ies", "ed", "es", "ion", "s", "e", "d"):
        if len(word) - len(end) >= 4 and word.endswith(end):
            return word[: -len(end)]
    return word


def _measure(fact: FactDeclaration, columns: dict[str, Guess], wanted: set[str]) -> str:
    """Return a measure of the fact's type over the column whose words come nearest; nothing where none could do."""
    named = _stems([fact.name.rpartition(".")[2]])
    ranked = sorted(columns.items(), key=lambda item: -_nearness(item[1], named, wanted))
    if fact.type in (FactType.RATIO, FactType.INTEGER, FactType.BOOLEAN):
        condition = next((text for name, guess in ranked if (text := _condition(name, guess, wanted))), "")
        word = {FactType.RATIO: "share", FactType.INTEGER: "count", FactType.BOOLEAN: "all"}[fact.type]
        unit = f", unit: {fact.unit}" if fact.unit else ""
        return f"{{{word}: {{where: '{condition}'}}{unit}}}" if condition else ""
    kinds = {
        FactType.DECIMAL: ("decimal", "integer", "percent"),
        FactType.MONEY: ("money",),
        FactType.INSTANT: ("date", "instant"),
    }
    for name, guess in ranked:
        if guess.settings["type"] in kinds.get(fact.type, ()):
            word = "sum" if fact.type is FactType.MONEY else "max"
            unit = f", unit: {fact.unit}" if fact.unit else ""
            return f"{{{word}: {{of: {name}}}{unit}}}"
    return ""


def _nearness(guess: Guess, named: set[str], wanted: set[str]) -> int:
    """A heading that the fact's name has counts most, a value that only its meaning has least."""
    heading, values = _stems([guess.heading]), _stems(guess.values)
    return 4 * len(heading & named) + 2 * len(heading & wanted) + 3 * len(values & named) + len(values & wanted)


def _condition(name: str, guess: Guess, wanted: set[str]) -> str:
    if guess.settings["type"] == "boolean":
        return f"{name} == true"
    if guess.values:
        value = max(guess.values, key=lambda text: len(_stems([text]) & wanted))
        if not _stems([value]) & wanted:
            value = FILL_IN  # none of today's values has a word of the fact; a wrong one would be a wrong number
        return f'{name} == "{value}"' if "'" not in value and '"' not in value and "\\" not in value else ""
    return ""
