"""The condition that a fact could count by: proposed only for words of a stated list, else left to a person.

A wrong condition is worse than none: it is a number that looks right. So where a column holds a word that no list
knows, the place says FILL IN and the words that are there are shown.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from gonogo.first_week.good_words import BAD, domains_of, good_in, open_in, reaching
from gonogo.first_week.grades import NO_SCALE, GradeChoice, Ranked, graded_column
from gonogo.first_week.prose import FILL_IN, ascii_words, plain, word_set
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration

_HEIGHTS: Final = {"critical": 4, "severe": 4, "high": 3, "major": 3}
_LESSER: Final = word_set("moderate medium minor low")
_OF_STATE: Final = word_set("open risks issues defects demands deviations critical high severe major negative")
"""Words of a fact that a severity and a state answer; any other of the bad words needs a person."""
_STATE: Final = word_set("status state phase stage disposition")
_AGAINST: Final = BAD | word_set("blocked blocking withdrawn cancelled rejected exempt excluded out")
_OUTCOME: Final = word_set("result outcome verdict")
_DONE: Final = word_set("executed run ran tested passed pass done completed complete approved signed")
"""Words of a fact that says how something stands."""
_NARROW: Final = word_set("open unfinished due critical noncritical other both time without divided finished last")
"""Words of a meaning that one word of one column never answers: some of the rows only, or two things of each."""
_NO_STATE: Final = (
    "which of these rows are still open? No column of states that can be read says so; if one is ignored, fix its cells"
)


def condition_for(fact: FactDeclaration, ranked: Ranked, related: Ranked) -> tuple[str, str]:
    """Return the condition of a count or share, and what is to be asked; two empty texts where no column could do.

    Args:
        fact: A ratio, whole number or boolean.
        ranked: Every column, the nearest by its words first.
        related: Those of them that share a word with the fact.
    """
    words = set(ascii_words(fact.name.rpartition(".")[2]))
    if words & BAD:
        return _against(fact, words, ranked, related)
    return _for(fact, words, ranked, related)


def _for(fact: FactDeclaration, words: set[str], ranked: Ranked, related: Ranked) -> tuple[str, str]:
    condition, ask = _good(fact, words, ranked, related)
    narrow = words & _NARROW or _narrowed(fact.meaning)
    if not condition or FILL_IN in condition or not narrow:
        return condition, ask
    # What is open is never told by a word that closes it.
    part = FILL_IN if "open" in narrow else f"{condition} and {FILL_IN}"
    return part, f"by its meaning the fact asks more of a row than that: {', '.join(sorted(narrow))}"


def _narrowed(meaning: str) -> set[str]:
    """Return the words by which a meaning takes some of the rows only, or asks two things of each."""
    found = set(ascii_words(meaning)) & _NARROW
    _, note, rest = meaning.partition(",")[0].partition(" that ")
    return found | ({"and"} if note and "and" in ascii_words(rest) else set())


def _good(fact: FactDeclaration, words: set[str], ranked: Ranked, related: Ranked) -> tuple[str, str]:
    domains = domains_of(fact.name.rpartition(".")[2])
    for name, guess in ranked:
        heading = set(ascii_words(guess.heading))
        if guess.settings["type"] == "boolean":
            if heading & words and not heading & _AGAINST:
                return f"{name} == true", ""
            continue
        good = [value for domain in sorted(domains) for value in good_in(guess.values, domain)]
        if good and not heading & _AGAINST:
            return _among(name, good), ""
    return _asked(_states_first(ranked, related) if words & _DONE else related)


def _states_first(ranked: Ranked, related: Ranked) -> Ranked:
    """Return the columns with those first that say how something stands: the others say what it is."""
    states = [entry for entry in ranked if set(ascii_words(entry[1].heading)) & (_STATE | _OUTCOME)]
    return [*states, *related]


def _against(fact: FactDeclaration, words: set[str], ranked: Ranked, related: Ranked) -> tuple[str, str]:
    """Return a condition of what stands against going live: how grave it is and whether it is open.

    What the fact asks beside those is left to a person: it then ends with FILL IN.
    """
    height = next((_HEIGHTS[word] for word in _HEIGHTS if word in words), None)
    more = words & BAD - _OF_STATE
    if more and height is None:
        return _asked(related)
    parts: list[str] = []
    asks: list[str] = []
    taken: set[str] = set()
    graded = height is not None or _asks_grade(fact)
    choice = graded_column(fact, ranked) if graded else GradeChoice()
    if choice.column is not None:
        name, guess = choice.column
        high = reaching(guess.values, height) if height is not None else None
        condition, ask = (_among(name, high), "") if high else _asked([(name, guess)])
        parts.append(condition)
        asks += [ask] if ask else []
        taken.add(name)
    elif graded:
        parts.append(FILL_IN)
        asks.append(choice.ask)
    rest = [(name, guess) for name, guess in ranked if name not in taken and guess.values]
    state = next(((name, guess) for name, guess in rest if set(ascii_words(guess.heading)) & _STATE), None)
    if state is None and (choice.column is None or height is None or not reaching(choice.column[1].values, height)):
        condition, ask = _asked([choice.column] if choice.column else related)
        scale = choice.ask if choice.ask != NO_SCALE else ""
        return condition, "; ".join(each for each in (ask, scale) if each and condition)
    if state is None:
        parts += [FILL_IN] if FILL_IN not in parts else []
        asks.append(_unlisted_state(ranked) or _NO_STATE)
    else:
        condition, ask = _open(*state)
        parts.append(condition)
        asks += [ask] if ask else []
    if more:
        parts += [FILL_IN] if FILL_IN not in parts else []
        asks.append(f"by its meaning the fact asks more of a row than that: {', '.join(sorted(more))}")
    return " and ".join(parts), "; ".join(asks)


def _asks_grade(fact: FactDeclaration) -> bool:
    """Whether a fact counts rows of one grade that no list puts in order: ``moderate_open``, *of the top priority*."""
    words = set(ascii_words(fact.name.rpartition(".")[2]))
    return bool(words & _LESSER or {"priority", "severity"} & set(ascii_words(fact.meaning)))


def _unlisted_state(ranked: Ranked) -> str:
    """Return the question about a column of states whose few rows hold too many words to list; empty for none."""
    headed = (
        guess for _, guess in ranked if set(ascii_words(guess.heading)) & _STATE and guess.settings["type"] == "text"
    )
    guess = next((each for each in headed if not each.values), None)
    return f"{plain(guess.heading, most=60)} says how each row stands: which of its words are open?" if guess else ""


def _open(name: str, guess: Guess) -> tuple[str, str]:
    states = open_in(guess.values)
    if states is None:
        return _asked([(name, guess)])
    if not states:
        return f'{name} == "{FILL_IN}"', _with_question(guess, "none of today's is an open one")
    return _among(name, states), ""


def _asked(related: Collection[tuple[str, Guess]]) -> tuple[str, str]:
    for name, guess in related:
        if guess.values:
            return f'{name} == "{FILL_IN}"', _with_question(guess, "which of them count?")
    return "", ""


def _with_question(guess: Guess, question: str) -> str:
    values = ", ".join(plain(value, most=60) for value in guess.values)
    return f"{plain(guess.heading, most=60)} holds {values}: {question}"


def _among(name: str, values: Sequence[str]) -> str:
    if any(mark in value for value in values for mark in "'\"\\"):
        return f'{name} == "{FILL_IN}"'
    if len(values) == 1:
        return f'{name} == "{values[0]}"'
    listed = ", ".join(f'"{value}"' for value in values)
    return f"{name} in [{listed}]"
