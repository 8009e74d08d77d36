"""Facts of the vocabulary that the columns of a table could answer: by their words, as a hint for a person."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from gonogo.first_week.conditions import condition_for
from gonogo.first_week.dating import AHEAD, dating
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.first_week.row_kinds import KindColumn, kind_column, kind_condition
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary

MOST: Final = 6
_SEVERAL: Final = 2
_QUOTIENT: Final = word_set("factor ratio rate share percent percentage pct times multiple index quotient")
"""Words of a figure that is one thing divided by another."""
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
        required: Whether a criterion of the ruleset reads it.
        ask: What only a person knows of it, with the values that are there; empty for nothing.
    """

    fact: FactDeclaration
    measure: str
    required: bool = False
    ask: str = ""


def suggest(
    mapping: TableMapping, vocabulary: Vocabulary, required: Collection[str] = (), *, now: datetime | None = None
) -> list[Suggestion]:
    """Return the facts whose names and meanings share the most telling words with the table, the closest first.

    Args:
        mapping: Of the table.
        vocabulary: Facts of the ruleset.
        required: Those that its criteria read; they come before all others.
        now: What is later is to come.
    """
    table = _stems([mapping.file_name.rpartition(".")[0]])
    for guess in mapping.read.values():
        table |= _stems([guess.heading, *guess.values])
    dates = dating(mapping, now).may
    known = {name: _fact_stems(vocabulary[name]) for name in vocabulary.names() if vocabulary.by_evidence(name)}
    often = Counter(stem for name_stems, meaning in known.values() for stem in name_stems | meaning)
    kinds = kind_column(mapping)
    scored = []
    for order, (name, (name_stems, meaning)) in enumerate(known.items()):
        weight = {
            stem: (3.0 if stem in name_stems else 1.0) / math.log2(1 + often[stem]) for stem in name_stems | meaning
        }
        whole = sum(weight.values())
        score = sum(weight[stem] for stem in weight.keys() & table) / whole if whole else 0.0
        if score < _ENOUGH:
            continue
        measure, ask = _measure(vocabulary[name], mapping.read, name_stems | meaning, dates, kinds)
        ask = "; ".join(each for each in (ask, _closing(name, vocabulary)) if each)
        if measure:
            found = Suggestion(vocabulary[name], measure, name in required, ask)
            scored.append((name not in required, -score, order, found))
    return [entry for *_, entry in sorted(scored, key=lambda found: found[:3])[:MOST]]


def _closing(name: str, vocabulary: Vocabulary) -> str:
    """Return which words close an item, where the fact counts a register: by others it is a gap."""
    register = next((one for one in vocabulary.registers or () if name in (one.fact, *(one.same_items or ()))), None)
    if register is None:
        return ""
    if register.closed is None:
        return f"it counts the register {register.id}, and the ruleset leaves to you which words close an item"
    words = " or ".join(f'"{word}"' for word in register.closed)
    return f"it counts the register {register.id}: only {words} closes an item, in any case of letters"


def _fact_stems(fact: FactDeclaration) -> tuple[set[str], set[str]]:
    return _stems([fact.name]), _stems([fact.meaning])


def _stems(texts: Iterable[str]) -> set[str]:
    return {_stem(word) for text in texts for word in ascii_words(text) if word not in _IDLE and not word.isdigit()}


def _stem(word: str) -> str:
    for end in ("ions", "ing", "ies", "ed", "es", "ion", "s", "e", "d"):
        if len(word) - len(end) >= 4 and word.endswith(end):
            return word[: -len(end)]
    return word


def _measure(
    fact: FactDeclaration,
    columns: dict[str, Guess],
    wanted: set[str],
    dates: Collection[str],
    kind_of_rows: KindColumn | None,
) -> tuple[str, str]:
    """Return a measure of the fact's type, and what is to be asked; nothing where no column could do."""
    named = _stems([fact.name.rpartition(".")[2]])
    ranked = sorted(columns.items(), key=lambda item: -_nearness(item[1], named, wanted))
    related = [(name, guess) for name, guess in ranked if _nearness(guess, named, wanted)]
    unit = f", unit: {fact.unit}" if fact.unit else ""
    kind = kind_condition(fact, kind_of_rows)
    if fact.type in (FactType.RATIO, FactType.INTEGER, FactType.BOOLEAN):
        others = [[entry for entry in each if entry[0] != kind.column] for each in (ranked, related)]
        condition, ask = condition_for(fact, *others)
        asks = "; ".join(each for each in (kind.ask, ask) if each)
        return (f"{_counting(fact.type, kind.condition, condition)[:-1]}{unit}}}" if condition else ""), asks
    asked_words = set(ascii_words(fact.name.rpartition(".")[2]))
    kinds = {FactType.DECIMAL: ("decimal", "integer", "percent"), FactType.MONEY: ("money",)}
    for name, guess in related:
        if _is_another_figure(guess.heading, asked_words):
            continue
        if guess.settings["type"] in kinds.get(fact.type, ()) or (fact.type is FactType.INSTANT and name in dates):
            word = "sum" if fact.type is FactType.MONEY else "max"
            where = f", where: '{kind.condition}'" if kind.condition else ""
            asks = "; ".join(each for each in (kind.ask, _of_all_rows(word, fact, rows=guess.rows)) if each)
            return f"{{{word}: {{of: {name}{where}}}{unit}}}", asks
    return "", ""


def _counting(kind: FactType, rows: str, condition: str) -> str:
    """Return the measure that takes the rows of one kind, all of them where nothing tells kinds apart."""
    if kind is FactType.INTEGER:
        return f"{{count: {{where: '{rows} and {condition}'}}}}" if rows else f"{{count: {{where: '{condition}'}}}}"
    among = f"among: '{rows}', " if rows else ""
    return f"{{{'share' if kind is FactType.RATIO else 'all'}: {{{among}where: '{condition}'}}}}"


def _is_another_figure(heading: str, asked_words: set[str]) -> bool:
    """Whether a column holds what is planned, where the fact says what is so, or no quotient, where the fact is one."""
    words = set(ascii_words(heading))
    return bool(words & AHEAD - asked_words) or (bool(asked_words & _QUOTIENT) and not words & _QUOTIENT)


def _of_all_rows(word: str, fact: FactDeclaration, *, rows: int) -> str:
    if word != "max" or fact.type is FactType.INSTANT or rows < _SEVERAL:
        return ""
    return "max is the largest of all rows, which may be the best or an old one: say where: {...}, or min, if it is"


def _nearness(guess: Guess, named: set[str], wanted: set[str]) -> int:
    """A heading that the fact's name has counts most, a value that only its meaning has least."""
    heading, values = _stems([guess.heading]), _stems(guess.values)
    return 4 * len(heading & named) + 2 * len(heading & wanted) + 3 * len(values & named) + len(values & wanted)
