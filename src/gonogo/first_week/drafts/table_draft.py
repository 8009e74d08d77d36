"""A table as a draft: its columns, the words that they hold, the facts that it could answer, and what to ask of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from gonogo.first_week import hints
from gonogo.first_week.drafts.fact_asks import FactAsk, Measure, fact_ask
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.drafts.word_meanings import Meaning, meaning_of
from gonogo.first_week.good_words import KINDS, plain_word
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.first_week.row_kinds import kind_column, kinds_asked
from gonogo.first_week.table_columns import Guess
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary

MOST_WORDS: Final = 24
"""More different words in a column are no states."""
BLANK: Final = "(blank)"
"""What stands for a blank cell where its meaning is asked."""


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

    def meaning(self, wanted: Collection[Meaning], *, unknown: bool = False) -> list[str]:
        """Return the words of these meanings, in the order of the file; ``unknown`` ones too where asked."""
        return [word for word, means in self.words.items() if means in wanted or (unknown and means is None)]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a condition: a column whose words have one of these meanings.

    Attributes:
        column: Its name.
        counts: Meanings that count.
        unknown: Whether a word that nobody knows counts too.
        words: The words that count, where they are stated and not found by their meaning.
    """

    column: str
    counts: frozenset[Meaning] = frozenset()
    unknown: bool = False
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FactDraft:
    """One fact that the table may answer.

    Attributes:
        fact: Its declaration.
        measure: How it is made.
        where: What a row must be to count; all rows where empty.
        among: Which rows are asked about; all where empty.
        of: Column of the value, for max and min; of the part, for a quotient.
        whole: Column of the whole, for a quotient.
        required: Whether a criterion reads it.
        use: Whether the draft answers it.
    """

    fact: FactDeclaration
    measure: Measure
    where: tuple[Part, ...] = ()
    among: tuple[Part, ...] = ()
    of: str = ""
    whole: str = ""
    required: bool = False
    use: bool = True


@dataclass(slots=True)
class TableDraft:
    """A binding of a table as it is drafted.

    Attributes:
        mapping: The table as it seems to be.
        group: What it is about: the facts' name without its last part; empty where nobody knows.
        states: Columns whose words say how a row stands, by name.
        facts: The facts of the group.
        rivals: Other groups that it may be about as well.
    """

    mapping: TableMapping
    group: str = ""
    states: dict[str, WordsOfColumn] = field(default_factory=dict)
    facts: list[FactDraft] = field(default_factory=list)
    rivals: tuple[str, ...] = ()

    @property
    def used(self) -> list[FactDraft]:
        """The facts that the draft answers."""
        return [each for each in self.facts if each.use]

    def leave_out(self, fact: FactDraft) -> None:
        """Leave a fact to another source."""
        self.facts[self.facts.index(fact)] = replace(fact, use=False)

    def unknown_words(self) -> list[tuple[WordsOfColumn, str]]:
        """Return the words that a used fact compares with and of which nobody knows what they mean."""
        named = {part.column for each in self.used for part in (*each.where, *each.among) if not part.words}
        return [
            (state, word)
            for name, state in self.states.items()
            if name in named
            for word, means in state.words.items()
            if means is None
        ]


def draft_table(
    mapping: TableMapping, group: str, vocabulary: Vocabulary, required: Collection[str] = ()
) -> TableDraft:
    """Return the draft of a table for the facts of a group.

    Args:
        mapping: Of the table.
        group: Of the facts; empty where nobody knows what the table is about.
        vocabulary: Facts of the ruleset.
        required: Those that its criteria read.
    """
    draft = TableDraft(mapping, group)
    if mapping.headless:
        return draft
    draft.states = {name: words for name, guess in mapping.columns.items() if (words := _states(mapping, name, guess))}
    known = [fact for name in vocabulary.names() if (fact := vocabulary.get(name)) is not None]
    mine = [fact for fact in known if group and fact.name.rpartition(".")[0] == group]
    for fact in sorted(mine, key=lambda each: each.name not in required):
        found = _drafted(draft, fact, required=fact.name in required)
        draft.facts.append(found)
    return draft


def _states(mapping: TableMapping, name: str, guess: Guess) -> WordsOfColumn | None:
    """Return the words of a column that says how a row stands; None for any other, and where they may be people's."""
    if guess.concealed or guess.hidden or guess.people or hints.is_id(guess.heading):
        return None
    if guess.settings["type"] not in ("text", "boolean") or not 1 <= guess.distinct <= MOST_WORDS:
        return None
    words: dict[str, Meaning | None] = {}
    blanks = 0
    for row in mapping.grid.rows:
        cell = row[guess.index]
        if cell == "":
            blanks += 1
        else:
            word = ("true" if cell else "false") if isinstance(cell, bool) else str(cell)
            if word not in words:
                words[word] = meaning_of(word, guess.heading)
    known = sum(means is not None for means in words.values())
    if any("\n" in word or len(word) > hints.LONGEST_SHOWN for word in words):
        return None
    if not known or (2 * known < len(words) and len(words) > 3) or not hints.may_show(guess.heading, tuple(words)):
        return None
    return WordsOfColumn(name, guess.heading, words, blanks)


def _drafted(draft: TableDraft, fact: FactDeclaration, *, required: bool) -> FactDraft:
    ask = fact_ask(fact)
    if ask.measure is Measure.MAX:
        column = _number(draft.mapping, fact)
        return FactDraft(fact, ask.measure, of=column, required=required, use=required and bool(column))
    kinds = tuple(_kind_part(draft.mapping, fact))
    if not ask.counts:
        return FactDraft(fact, ask.measure, kinds, required=required, use=required and not ask.bad)
    parts = tuple(_parts(draft, fact, ask))
    if not parts and fact.type is FactType.RATIO and (quotient := _quotient(draft.mapping, fact)):
        return FactDraft(fact, Measure.QUOTIENT, of=quotient[0], whole=quotient[1], required=required, use=required)
    found = len(parts) > bool(ask.grade) or any(_says_open(draft.states[part.column]) for part in parts)
    among = tuple(Part(name, ask.among) for name, state in draft.states.items() if _says_critical(state))[:1]
    if not ask.among:
        return FactDraft(fact, ask.measure, (*kinds, *parts), required=required, use=required and found)
    return FactDraft(
        fact, ask.measure, parts, (*kinds, *among), required=required, use=required and found and bool(among)
    )


def _kind_part(mapping: TableMapping, fact: FactDeclaration) -> Iterator[Part]:
    """Yield that a row must be of the kind that the fact counts, where a column tells kinds apart."""
    column = kind_column(mapping)
    if column is not None and column.shown:
        words = tuple(word for word in column.values if KINDS.get(plain_word(word)) in kinds_asked(fact))
        if words:
            yield Part(column.name, words=words)


def _parts(draft: TableDraft, fact: FactDeclaration, ask: FactAsk) -> Iterator[Part]:
    """Yield the parts of a fact's condition: the columns that its meaning names together, else the nearest one."""
    taken = ""
    if ask.grade:
        grades = {Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER}
        graded = [name for name, state in draft.states.items() if state.meaning(grades)]
        graded += [name for name, state in draft.states.items() if _says_critical(state) and name not in graded]
        if not graded:
            return
        taken = graded[0]
        critical = draft.states[taken]
        yield Part(taken, frozenset({Meaning.YES}) if _says_critical(critical) else ask.grade, unknown=ask.bad)
        if _says_open(critical):
            return
    near = _nearest(draft, fact, ask, {taken})
    yield from (Part(name, ask.counts, unknown=ask.bad) for name in near)


def _says_open(state: WordsOfColumn) -> bool:
    """Whether a column says how grave what is open is: ``Open problem``, with Minor or Critical."""
    graded = state.meaning({Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER})
    return "open" in ascii_words(state.heading) and bool(graded)


def _says_critical(state: WordsOfColumn) -> bool:
    """Whether a column of yes and no says whether a row is critical."""
    return "critical" in ascii_words(state.heading) and {*state.words.values()} <= {Meaning.YES, Meaning.NO, None}


def _nearest(draft: TableDraft, fact: FactDeclaration, ask: FactAsk, taken: Collection[str]) -> Sequence[str]:
    local = set(ascii_words(fact.name.rpartition(".")[2]))
    named, meant = stems(local), stems(ascii_words(fact.meaning))
    scored: list[tuple[float, int, str, WordsOfColumn]] = []
    for order, (name, state) in enumerate(draft.states.items()):
        heading = stems(ascii_words(state.heading))
        fits, says = bool(state.meaning(ask.counts)), _says_whether(state)
        stands = bool(_STANDING & set(ascii_words(state.heading)))
        fits = fits or (ask.bad and stands and any(means is not None for means in state.words.values()))
        about = bool(heading & (named | meant)) or (stands and bool(local & _OF_STATE)) or ask.bad
        if (
            name in taken
            or (ask.among and _says_critical(state))
            or not about
            or not (fits or (says and heading & named))
            or _grades_only(state, ask)
        ):
            continue
        score = 4.0 * len(heading & named) + 2.0 * len(heading & meant) + float(fits) + 1.5 * stands
        scored.append((-score, order, name, state))
    if not scored:
        return ()
    scored.sort(key=lambda one: one[:2])
    both = [
        name
        for _, _, name, state in scored
        if _says_whether(state) and stems(ascii_words(state.heading)) & (named | meant)
    ]
    asks_both = "and" in fact.meaning.partition(",")[0].split() or "both" in fact.meaning
    return both if len(both) > 1 and asks_both else (scored[0][2],)


def _says_whether(state: WordsOfColumn) -> bool:
    """Whether a column says yes of some rows, and nothing better."""
    better = {Meaning.DONE, Meaning.APPROVED, Meaning.PASSED, Meaning.FAILED, Meaning.CRITICAL, Meaning.HIGH}
    means = {*state.words.values()}
    return bool(means & {Meaning.YES, Meaning.NO}) and not means & better


_OF_STATE: Final = word_set(
    "approved passed pass success executed tested signed done completed complete documented delivered validated trained"
)
"""Words of a fact that a column of states answers, whatever its heading."""
_STANDING: Final = frozenset({"state", "status", "result", "outcome", "decision", "disposition", "stage"})


def _grades_only(state: WordsOfColumn, ask: FactAsk) -> bool:
    """Whether a column says how grave a row is and nothing of how it stands."""
    graded = {Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER}
    return not graded.isdisjoint({*state.words.values()} - {None}) and not state.meaning(ask.counts)


def _number(mapping: TableMapping, fact: FactDeclaration) -> str:
    """Return the column of numbers whose heading shares most words with a fact's name; empty for none."""
    named = stems(ascii_words(fact.name.rpartition(".")[2]))
    kinds = ("decimal", "integer", "percent") if fact.type is FactType.DECIMAL else ("money",)
    scored = [
        (len(stems(ascii_words(guess.heading)) & named), name)
        for name, guess in mapping.read.items()
        if guess.settings["type"] in kinds and fact.type in (FactType.DECIMAL, FactType.MONEY)
    ]
    best = max(scored, default=(0, ""), key=lambda one: one[0])
    return best[1] if best[0] > 1 else ""


_NEEDED: Final = word_set("needed need needs required planned plan total capacity target authorized")


def _quotient(mapping: TableMapping, fact: FactDeclaration) -> tuple[str, str] | None:
    """Return the columns of a part and of its whole: ``Trained`` and ``Needed``; None where there are not these two."""
    named = stems(ascii_words(fact.name.rpartition(".")[2])) | {fact.name.rpartition(".")[2].removesuffix("_ratio")}
    counts = {
        name: set(ascii_words(guess.heading))
        for name, guess in mapping.read.items()
        if guess.settings["type"] in ("integer", "decimal") and not guess.blanks and not hints.is_percent(guess.heading)
    }
    whole = next((name for name, words in counts.items() if words & _NEEDED), "")
    part = next(
        (
            name
            for name, words in counts.items()
            if name != whole and (words & named or ("".join(sorted(words)) and name.replace("_", "") in named))
        ),
        "",
    )
    return (part, whole) if part and whole else None
