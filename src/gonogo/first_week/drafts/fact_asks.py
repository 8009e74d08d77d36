"""What a fact asks of the rows of a table, by the words of its name: which meanings count, and of what measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.model.fact import FactDeclaration, FactType


class Measure(StrEnum):
    """How a fact is made of rows: the settings' own words."""

    SHARE = "share"
    COUNT = "count"
    ALL = "all"
    MAX = "max"
    QUOTIENT = "sql"
    """The sum of one column out of the sum of another."""
    LAST = "last"
    """What the last row says, such as that of the last cycle."""
    SETTLED = "settled"
    """How many failed, which is known only when every one that is asked about has an outcome."""


@dataclass(frozen=True, slots=True)
class FactAsk:
    """What a fact asks.

    Attributes:
        measure: How it is made.
        counts: Meanings by which a row counts; empty where every row does.
        grade: Meanings that a grade must have beside that; empty where none is asked.
        among: Meanings in a column that says what is critical, by which a row is asked about; empty for every row.
        bad: Whether what it counts stands against go-live, so that an unknown word counts too.
        settled: Whether it is known only when all of them have an outcome.
    """

    measure: Measure
    counts: frozenset[Meaning] = frozenset()
    grade: frozenset[Meaning] = frozenset()
    among: frozenset[Meaning] = frozenset()
    bad: bool = False
    settled: bool = False


_GOOD: Final[tuple[tuple[frozenset[str], frozenset[Meaning]], ...]] = (
    (word_set("executed ran run"), frozenset({Meaning.PASSED, Meaning.FAILED})),
    (word_set("passed pass success tested met"), frozenset({Meaning.PASSED, Meaning.YES})),
    (word_set("approved signed icd"), frozenset({Meaning.APPROVED, Meaning.YES})),
)
_ELSE: Final = frozenset({Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.YES})
_STILL: Final = word_set(
    "open undecided unmapped unmitigated unplanned without unprotected overdue missing deviations demands"
)
_LACKS: Final = word_set("unmapped unprotected missing")
_UNDONE: Final = frozenset({Meaning.OPEN, Meaning.ENDED, Meaning.FAILED, Meaning.NONE})
"""What is over without being done, or failed, is lacking as well: a rejected map is no map."""
_ONE_GRADE: Final = re.compile(r"(?i)\b(?:priority|severity) high\b|\bhigh (?:priority|severity)\b")
"""What means one grade of a scale; *high risks* are those from a score on, the gravest among them."""
_TIMES: Final = word_set("day days week weeks month months year years hour hours minute minutes second seconds")


def counts_things(fact: FactDeclaration) -> bool:
    """Whether a whole number counts things, such as requests; days, and `of 2`, are no number of rows."""
    words = ascii_words(fact.unit)
    return fact.type is FactType.INTEGER and bool(words) and words[0] != "of" and not set(words) & _TIMES


def may_be_of_rows(fact: FactDeclaration) -> bool:
    """Whether any column of a table can give a fact: not days, a count of two, or a share of what failed."""
    words = set(ascii_words(fact.name.rpartition(".")[2]))
    if fact.type is FactType.BOOLEAN:
        return not words & {"required", "needed"}
    return counts_things(fact) if fact.type is FactType.INTEGER else not words & {"error", "failed"}


def fact_ask(fact: FactDeclaration) -> FactAsk:
    """Return what a fact asks of rows, by its type and the words of its local name."""
    words = set(ascii_words(fact.name.rpartition(".")[2]))
    if fact.type in (FactType.RATIO, FactType.BOOLEAN):
        found = next((means for named, means in _GOOD if named & words), _ELSE)
        among = {Meaning.YES} if "critical" in words else {Meaning.NO} if "noncritical" in words else set[Meaning]()
        measure = Measure.ALL if fact.type is FactType.BOOLEAN else Measure.SHARE
        return FactAsk(measure, found, among=frozenset(among))
    if fact.type is not FactType.INTEGER:
        return FactAsk(Measure.MAX)
    grade = frozenset({Meaning.CRITICAL}) if "critical" in words else frozenset[Meaning]()
    if "high" in words:
        grade = frozenset({Meaning.HIGH} if _ONE_GRADE.search(fact.meaning) else {Meaning.HIGH, Meaning.CRITICAL})
    if words & {"failed", "fail"}:
        settled = bool(grade) and "known only when" in fact.meaning
        return FactAsk(Measure.COUNT, frozenset({Meaning.FAILED}), grade, bad=True, settled=settled)
    if words & _LACKS and "open" not in ascii_words(fact.meaning):
        return FactAsk(Measure.COUNT, _UNDONE, grade, bad=True)
    if words & _STILL:
        return FactAsk(Measure.COUNT, frozenset({Meaning.OPEN, Meaning.FAILED}), grade, bad=True)
    if words & {"completed", "complete", "done"}:
        return FactAsk(Measure.COUNT, _ELSE)
    return FactAsk(Measure.COUNT)
