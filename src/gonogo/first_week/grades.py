"""Which column grades rows as a fact asks: severity, priority, impact, likelihood and rating are different things.

A defect of low severity may have the highest priority. So a column that grades by another scale is named and never
taken, and where two columns could be meant a person chooses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gonogo.first_week.good_words import height_of
from gonogo.first_week.prose import ascii_words, plain, word_set
from gonogo.first_week.table_columns import MAX_ALLOWED, Guess
from gonogo.model.fact import FactDeclaration

Ranked = Sequence[tuple[str, Guess]]


class GradeScale(StrEnum):
    """By what rows are graded."""

    SEVERITY = "severity"
    PRIORITY = "priority"
    IMPACT = "impact"
    LIKELIHOOD = "likelihood"
    RATING = "rating"


_OF_HEADING: Final = {
    GradeScale.SEVERITY: word_set("severity sev severities criticality schwere gravedad severite gravite"),
    GradeScale.PRIORITY: word_set("priority prio priorities urgency prioritat prioridad priorite dringlichkeit"),
    GradeScale.LIKELIHOOD: word_set("likelihood probability wahrscheinlichkeit probabilidad probabilite"),
    GradeScale.IMPACT: word_set("impact consequence auswirkung impacto"),
    GradeScale.RATING: word_set("rating score exposure"),
}
"""Words of headings. The order decides: a *severity rating* is a severity."""
_OF_FACT: Final = {
    GradeScale.SEVERITY: word_set("severity severe"),
    GradeScale.PRIORITY: word_set("priority"),
    GradeScale.RATING: word_set("rated rating score risks risk probability"),
}
"""Words of a fact's name and meaning."""
NO_SCALE: Final = "no column that can be read says how grave a row is"


@dataclass(frozen=True, slots=True)
class GradeChoice:
    """The column that grades rows as a fact asks.

    Attributes:
        column: Its name and what it holds; None where a person must choose.
        ask: What that person is asked; empty for nothing.
    """

    column: tuple[str, Guess] | None = None
    ask: str = ""


def scale_of(heading: str) -> GradeScale | None:
    """Return the scale that a heading names; None where it names none: ``Level``, ``Class``."""
    words = ascii_words(heading)
    found = next((scale for scale, known in _OF_HEADING.items() if known & set(words)), None)
    risk_level = "risk" in words and words[-1] in ("level", "grade", "class", "category")
    return GradeScale.RATING if found is None and risk_level else found


def graded_column(fact: FactDeclaration, ranked: Ranked) -> GradeChoice:
    """Return the one column that grades rows by the scale that a fact goes by.

    Args:
        fact: One that counts what is critical, severe, high or major.
        ranked: Every column, the nearest by its words first.
    """
    found = [(entry, scale_of(entry[1].heading)) for entry in ranked if _grades(entry[1])]
    words = set(ascii_words(fact.name.rpartition(".")[2])) | set(ascii_words(fact.meaning))
    asked = [scale for scale, known in _OF_FACT.items() if known & words]
    fitting = [entry for entry, scale in found if scale in asked] if asked else [entry for entry, _ in found]
    if not fitting and len(found) == 1 and found[0][1] is None:
        fitting = [found[0][0]]
    if len(fitting) == 1 and fitting[0][1].values:
        return GradeChoice(fitting[0])
    if len(fitting) == 1:
        name = plain(fitting[0][1].heading, most=60)
        return GradeChoice(
            None, f"{name} grades the rows, and only a person knows the order: which of its values count?"
        )
    if fitting:
        names = _listed([guess for _, guess in fitting])
        return GradeChoice(None, f"{names} grade the rows, each in its own way: which of them does the fact mean?")
    if not found:
        return GradeChoice(None, NO_SCALE)
    names = _listed([guess for (_, guess), _ in found])
    other = "is another thing" if len(found) == 1 else "are other things"
    sentence = f"the fact goes by {' or '.join(asked)}, and the rows have {names}, which {other}: which column says it?"
    return GradeChoice(None, sentence)


def _grades(guess: Guess) -> bool:
    """Whether a column grades its rows, by its heading or by most of its words."""
    if scale_of(guess.heading) is not None:
        return bool(guess.values) or 1 <= guess.distinct <= MAX_ALLOWED
    return bool(guess.values) and 2 * sum(height_of(value) is not None for value in guess.values) > len(guess.values)


def _listed(guesses: Sequence[Guess]) -> str:
    names = [plain(guess.heading, most=60) for guess in guesses]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
