"""The columns of a table for a draft: those whose words say how a row stands, and those of numbers."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week import hints
from gonogo.first_week.drafts.fact_asks import FactAsk
from gonogo.first_week.drafts.fact_groups import called, stems
from gonogo.first_week.drafts.row_outcomes import STANDING, asked_outcomes, outcomes_named
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of, says_nothing
from gonogo.first_week.grades import GradeScale, scale_of
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.first_week.spellings import as_one, writable
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration, FactType

MOST_WORDS: Final = 24
"""More different words in a column are no states."""


_GRADES: Final = frozenset({Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER})
_OVER: Final = frozenset({Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.ENDED, Meaning.GONE})
TROUBLES: Final = word_set("problem issue defect bug finding deviation blocker incident failure")
_SPEAKS_AGAINST: Final[dict[Meaning, frozenset[Meaning]]] = {
    Meaning.YES: frozenset({Meaning.NO}),
    Meaning.NO: frozenset({Meaning.YES}),
    Meaning.OPEN: _OVER,
    Meaning.FAILED: _OVER | {Meaning.OPEN},
    **dict.fromkeys(_GRADES, _GRADES | _OVER | {Meaning.NONE}),
}
"""Meaning that counts to those by which a row does not. A grade is one of a scale, in which *none* is no problem."""


def speaks_against(counts: Collection[Meaning]) -> frozenset[Meaning]:
    """Return the meanings by which a row is surely none of those that some meanings count."""
    return frozenset().union(*(_SPEAKS_AGAINST.get(each, ()) for each in counts)) - frozenset(counts)


@dataclass(frozen=True, slots=True)
class WordsOfColumn:
    """A column whose few words say how each row stands.

    Attributes:
        name: As expressions call it.
        heading: As the file writes it.
        words: Each word with what it means; None where nobody knows yet.
        blanks: Blank cells.
    """

    name: str
    heading: str
    words: Mapping[str, Meaning | None]
    blanks: int = 0

    @property
    def names_trouble(self) -> bool:
        """Whether the heading names what stands against go-live, so that each word that is no *None* is one."""
        return bool(TROUBLES & {word.removesuffix("s") for word in ascii_words(self.heading)})

    def meaning(self, wanted: Collection[Meaning], *, unknown: bool = False) -> list[str]:
        """Return the words of these meanings, in the order of the file; ``unknown`` ones too where asked."""
        return [word for word, means in self.words.items() if means in wanted or (unknown and means is None)]

    def others(self, counts: Collection[Meaning]) -> list[str]:
        """Return the words by which a row is surely none of those that these meanings count.

        Only a meaning that says so takes a row out: *none of these* and *failed* are no good news in a column of how
        things stand. Yes and no say it only where the other of them counts: what they mean elsewhere is in the
        heading, which a person reads. A plain *None* under a heading that names a trouble, such as ``Open problem``,
        says that there is no such trouble.
        """
        out = speaks_against(counts)
        nothing = {word for word in self.words if says_nothing(word)} if out and self.names_trouble else set()
        return [
            word for word, means in self.words.items() if means in out or (means is Meaning.NONE and word in nothing)
        ]


def states_of(mapping: TableMapping, name: str, guess: Guess) -> WordsOfColumn | None:
    """Return the words of a column that says how a row stands; None for any other, and where they may be people's.

    A heading of a state or of severity is enough: what its words mean is asked where no list says it.
    """
    if guess.concealed or guess.hidden or guess.people or hints.is_id(guess.heading):
        return None
    if guess.settings["type"] not in ("text", "boolean") or not 1 <= guess.distinct <= MOST_WORDS:
        return None
    cells = [row[guess.index] for row in mapping.grid.rows]
    # A number equals a truth value, and its word is another one.
    different = dict.fromkeys(map(_word, cells) if mapping.grid.typed else cells)
    words = {str(word): _meaning(str(word), guess.heading) for word in different if word != ""}
    blanks = cells.count("")
    apart = len(set(map(as_one, words)))
    known = len({as_one(word) for word, means in words.items() if means is not None})
    if any("\n" in word or len(word) > hints.LONGEST_SHOWN for word in words):
        return None
    told = known and (2 * known >= apart or apart <= 3)
    headed = bool(STANDING & set(ascii_words(guess.heading))) or scale_of(guess.heading) is GradeScale.SEVERITY
    if not (told or headed) or not hints.may_show(guess.heading, tuple(words)):
        return None
    return WordsOfColumn(name, guess.heading, words, blanks)


def _meaning(word: str, heading: str) -> Meaning | None:
    """Return what a word means; of one that no condition can name nobody knows it, so that it counts as the worse."""
    return meaning_of(word, heading) if writable(word) else None


def _word(cell: Cell) -> str:
    return ("true" if cell else "false") if isinstance(cell, bool) else str(cell)


def says_whether(state: WordsOfColumn) -> bool:
    """Whether a column says yes of some rows, and nothing better."""
    better = {Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.FAILED, Meaning.CRITICAL, Meaning.HIGH}
    means = {*state.words.values()}
    return bool(means & {Meaning.YES, Meaning.NO}) and not means & better


def counts_in(state: WordsOfColumn, fact: FactDeclaration, ask: FactAsk) -> frozenset[Meaning]:
    """Return the meanings that count in a column: yes too, where its heading says what stands against go-live.

    No, where the heading says in one word what is lacking.
    """
    named = fact.name.rpartition(".")[2].partition("without")[0]
    says = ask.bad and says_whether(state) and bool(stems(ascii_words(state.heading)) & stems(ascii_words(named)))
    if ask.bad and not says and says_done_of(state, fact):
        return ask.counts | {Meaning.NO}
    return ask.counts | {Meaning.YES} if says else ask.counts


def says_done_of(state: WordsOfColumn, fact: FactDeclaration) -> bool:
    """Whether a column of yes and no is headed by the one word for what a fact counts the lack of, by whomever.

    *Approved*, and *Approved by ISSO*, of what has no approval.
    """
    words = ascii_words(state.heading)
    one = len(words) == 1 or (len(words) > 2 and words[1] == "by")
    lack = re.search(r"\b(?:without|no|not)\b(.*)", fact.meaning)
    named = outcomes_named(words[0]) & outcomes_named(lack[1]) if words and lack else frozenset()
    return one and bool(named) and says_whether(state)


def names_the_thing(state: WordsOfColumn, fact: FactDeclaration) -> bool:
    """Whether a column of yes and no says only that a row is one of the things that a fact counts some of: ``PII``."""
    shared = stems(ascii_words(state.heading)) & stems(ascii_words(fact.name.rpartition(".")[2]))
    things = called(fact.name.rpartition(".")[0]) | stems(ascii_words(fact.unit))
    return says_whether(state) and bool(shared) and shared <= things


def says_open(state: WordsOfColumn) -> bool:
    """Whether a column says how grave what is open is: ``Open problem``, with Minor or Critical."""
    graded = state.meaning({Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER})
    return "open" in ascii_words(state.heading) and bool(graded)


def says_problem(state: WordsOfColumn) -> bool:
    """Whether a column of yes and no itself says that something bad is there: ``Open critical problem``."""
    return says_critical(state) and bool(_PROBLEM & set(ascii_words(state.heading)))


def says_alone(state: WordsOfColumn) -> bool:
    """Whether a column itself says that something bad is there, and how grave it is."""
    return says_open(state) or says_problem(state)


def of_severity(guess: Guess) -> bool:
    """Whether a column says how grave each row is, by its heading: a priority beside it says how soon it is mended."""
    return scale_of(guess.heading) is GradeScale.SEVERITY and guess.distinct > 0


def says_critical(state: WordsOfColumn) -> bool:
    """Whether a column of yes and no says whether a row is critical: ``Critical``, ``Open Sev 1 problem?``."""
    return names_worst(state.heading) and {*state.words.values()} <= {Meaning.YES, Meaning.NO, None}


def graded_by(state: WordsOfColumn, grade: frozenset[Meaning]) -> frozenset[Meaning]:
    """Return the meanings by which a row has a grade in a column; nothing where it cannot say that.

    A yes or no tells what is critical. Of what is not, it leaves open whether it is high, unless its heading names that
    as well: ``High or critical?``.
    """
    if not says_critical(state):
        return grade
    return frozenset({Meaning.YES}) if Meaning.HIGH not in grade or _names_high(state.heading) else frozenset()


def _names_high(heading: str) -> bool:
    return "high" in ascii_words(heading)


def names_worst(heading: str) -> bool:
    """Whether a heading names the highest grade, as a word or as the first of a scale: *critical*, *Sev 1*, *P1*."""
    words = ascii_words(heading)
    first = any(word in _SCALES and number in _FIRST for word, number in pairwise(words))
    return first or bool(_WORST & set(words))


def is_silent(state: WordsOfColumn, counts: Collection[Meaning]) -> bool:
    """Whether what is known of a column's words neither counts a row by some meanings nor leaves one out.

    As a condition such a column is none at all. Of one of which nothing is known the rows count as the worse.
    """
    told = {*state.words.values()} - {None}
    return bool(told) and not told & {*counts} and not state.others(counts)


def grades_only(state: WordsOfColumn, ask: FactAsk) -> bool:
    """Whether a column says how grave a row is and nothing of how it stands."""
    graded = {Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER}
    return not graded.isdisjoint({*state.words.values()} - {None}) and not state.meaning(ask.counts)


def number(mapping: TableMapping, fact: FactDeclaration) -> str:
    """Return the column of numbers whose heading shares most words with a fact's name; empty for none."""
    named = stems(ascii_words(fact.name.rpartition(".")[2]))
    measured = stems(ascii_words(fact.name.rpartition(".")[2].rpartition("_")[2]))
    kinds = ("decimal", "integer", "percent") if fact.type is FactType.DECIMAL else ("money",)
    scored = [
        (len(stems(ascii_words(guess.heading)) & named), name)
        for name, guess in mapping.read.items()
        if guess.settings["type"] in kinds
        and fact.type in (FactType.DECIMAL, FactType.MONEY)
        # A load is no load factor, and a forecast or a target is nothing that was reached.
        and measured <= stems(ascii_words(guess.heading))
        and not says_plan(guess.heading, fact)
    ]
    best = max(scored, default=(0, ""), key=lambda one: one[0])
    return best[1] if best[0] > 1 else ""


def largest_gives(fact: FactDeclaration, guess: Guess) -> bool:
    """Whether the largest value of a column is one of a fact's type: hours are no day, and a share is no amount."""
    return guess.settings["type"] in _LARGEST_OF.get(fact.type, ())


_LARGEST_OF: Final = {
    FactType.DECIMAL: ("integer", "decimal"),
    FactType.MONEY: ("money",),
    FactType.INSTANT: ("date", "instant"),
}
_PROBLEM: Final = word_set("open unresolved outstanding problem problems issue issues defect defects finding findings")
_WORST: Final = word_set("critical critico critica kritisch kritische kritischer kritisches critique showstopper")
_SCALES: Final = word_set("sev severity p prio priority")
_FIRST: Final = frozenset({"1", "one"})
_NEEDED: Final = word_set("needed need needs required authorized")
_PLAN: Final = word_set(
    """
    planned plan plans target targets targeted forecast forecasted expected budget budgeted projected proposed estimated
    estimate capacity goal baseline requested anticipated intended total maximum max
    """
)
"""Words of a heading by which its numbers are what somebody plans or allows: neither the need nor what is there."""


def says_plan(heading: str, fact: FactDeclaration) -> bool:
    """Whether a heading says of its numbers that they are planned, expected or allowed, which a fact does not ask."""
    return bool(_PLAN & set(ascii_words(heading)) - set(ascii_words(fact.name)))


def quotient(mapping: TableMapping, fact: FactDeclaration) -> tuple[str, str] | None:
    """Return the columns of a part and of its whole: ``Trained`` and ``Needed``; None where there are not these two.

    What is planned is no part and no whole, and of two columns that may be the part only a person knows which it is.
    """
    named = stems(ascii_words(fact.name.rpartition(".")[2])) | {fact.name.rpartition(".")[2].removesuffix("_ratio")}
    asked = frozenset().union(*asked_outcomes(fact))
    counts = {
        name: set(ascii_words(guess.heading))
        for name, guess in mapping.read.items()
        if guess.settings["type"] in ("integer", "decimal")
        and not (guess.blanks or hints.is_percent(guess.heading) or says_plan(guess.heading, fact))
    }
    whole = [name for name, words in counts.items() if words & _NEEDED]
    part = [
        name
        for name, words in counts.items()
        if name not in whole and (words & named or outcomes_named(mapping.columns[name].heading) & asked)
    ]
    return (part[0], whole[0]) if len(part) == len(whole) == 1 else None
