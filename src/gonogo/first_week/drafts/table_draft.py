"""A table as a draft: its columns, the words that they hold, the facts that it could answer, and what to ask of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from gonogo.first_week.drafts.date_parts import asks_of_due, dated_parts, due_part, lacking
from gonogo.first_week.drafts.draft_columns import (
    WordsOfColumn,
    counts_in,
    grades_only,
    number,
    quotient,
    says_critical,
    says_open,
    says_whether,
    states_of,
)
from gonogo.first_week.drafts.fact_asks import FactAsk, Measure, fact_ask
from gonogo.first_week.drafts.fact_groups import stems
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.word_meanings import Meaning
from gonogo.first_week.good_words import KINDS, plain_word
from gonogo.first_week.mapping import TableMapping
from gonogo.first_week.prose import ascii_words, word_set
from gonogo.first_week.row_kinds import kind_column, kinds_asked
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary

BLANK: Final = "(blank)"
"""What stands for a blank cell where its meaning is asked."""


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
    where: tuple[RowPart, ...] = ()
    among: tuple[RowPart, ...] = ()
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
        counted: Column that says what a row is about to its values that count; to nothing where every row does, and to
            None where nobody knows. What is not there is guessed.
    """

    mapping: TableMapping
    group: str = ""
    states: dict[str, WordsOfColumn] = field(default_factory=dict)
    facts: list[FactDraft] = field(default_factory=list)
    rivals: tuple[str, ...] = ()
    counted: dict[str, tuple[str, ...] | None] = field(default_factory=dict)

    @property
    def used(self) -> list[FactDraft]:
        """The facts that the draft answers."""
        return [each for each in self.facts if each.use]

    def leave_out(self, fact: FactDraft) -> None:
        """Leave a fact to another source."""
        self.facts[self.facts.index(fact)] = replace(fact, use=False)

    def unknown_words(self) -> list[tuple[WordsOfColumn, str]]:
        """Return the words that a used fact compares with and of which nobody knows what they mean."""
        named = {part.column for each in self.used for part in (*each.where, *each.among) if part.by_meaning}
        return [
            (state, word)
            for name, state in self.states.items()
            if name in named
            for word, means in state.words.items()
            if means is None
        ]


def draft_table(
    mapping: TableMapping,
    group: str,
    vocabulary: Vocabulary,
    required: Collection[str] = (),
    rivals: Sequence[str] = (),
) -> TableDraft:
    """Return the draft of a table for the facts of a group.

    Facts of other groups that it may be about as well are drafted too, and left to a person.

    Args:
        mapping: Of the table.
        group: Of the facts; empty where nobody knows what the table is about.
        vocabulary: Facts of the ruleset.
        required: Those that its criteria read.
        rivals: Other groups that it may be about as well.
    """
    draft = TableDraft(mapping, group, rivals=tuple(rivals))
    if mapping.headless:
        return draft
    draft.states = {
        name: words for name, guess in mapping.columns.items() if (words := states_of(mapping, name, guess))
    }
    known = [fact for name in vocabulary.names() if (fact := vocabulary.get(name)) is not None]
    mine = [fact for fact in known if group and fact.name.rpartition(".")[0] == group]
    for fact in sorted(mine, key=lambda each: each.name not in required):
        found = _drafted(draft, fact, required=fact.name in required)
        draft.facts.append(found)
    for fact in known:
        if fact.name in required and fact.name.rpartition(".")[0] in draft.rivals:
            draft.facts.append(replace(_drafted(draft, fact, required=True), use=False))
    return draft


def _drafted(draft: TableDraft, fact: FactDeclaration, *, required: bool) -> FactDraft:
    ask = fact_ask(fact)
    if ask.measure is Measure.MAX:
        column = number(draft.mapping, fact)
        return FactDraft(fact, ask.measure, of=column, required=required, use=required and bool(column))
    kinds = tuple(kind_part(draft.mapping, fact))
    if not ask.counts:
        return FactDraft(fact, ask.measure, kinds, required=required, use=required and not ask.bad)
    parts = tuple(_parts(draft, fact, ask))
    if not parts and fact.type is FactType.RATIO and (two := quotient(draft.mapping, fact)):
        return FactDraft(fact, Measure.QUOTIENT, of=two[0], whole=two[1], required=required, use=required)
    if not parts and ask.measure is Measure.SHARE and (days := dated_parts(draft.mapping, fact)):
        among = (*kinds, *due_part(draft.mapping, fact))
        return FactDraft(fact, ask.measure, days, among, required=required, use=required)
    found = len(parts) > bool(ask.grade) or any(says_open(draft.states[part.column]) for part in parts)
    if ask.bad and not any(draft.states[part.column].others(part.counts) for part in parts):
        found = False
    if ask.bad and not ask.grade and "without" in fact.name:
        blank = lacking(draft.mapping, fact, {part.column for part in parts})
        found, parts = found and bool(blank), (*parts, *blank)
    if found and ask.measure is Measure.SHARE and asks_of_due(fact) and (due := due_part(draft.mapping, fact)):
        return FactDraft(fact, ask.measure, parts, (*kinds, *due), required=required, use=required)
    if found and ask.settled:
        return FactDraft(fact, Measure.SETTLED, (*kinds, *parts), required=required, use=required)
    among = tuple(RowPart(name, ask.among) for name, state in draft.states.items() if says_critical(state))[:1]
    if not ask.among:
        return FactDraft(fact, ask.measure, (*kinds, *parts), required=required, use=required and found)
    return FactDraft(
        fact, ask.measure, parts, (*kinds, *among), required=required, use=required and found and bool(among)
    )


def kind_part(mapping: TableMapping, fact: FactDeclaration) -> Iterator[RowPart]:
    """Yield that a row must be of the kind that the fact counts, where a column tells kinds apart."""
    column = kind_column(mapping)
    if column is not None and column.shown:
        words = tuple(word for word in column.values if KINDS.get(plain_word(word)) in kinds_asked(fact))
        if words:
            yield RowPart(column.name, words=words)


def _parts(draft: TableDraft, fact: FactDeclaration, ask: FactAsk) -> Iterator[RowPart]:
    """Yield the parts of a fact's condition: the columns that its meaning names together, else the nearest one."""
    taken = ""
    if ask.grade:
        grades = {Meaning.CRITICAL, Meaning.HIGH, Meaning.LOWER}
        graded = [name for name, state in draft.states.items() if state.meaning(grades)]
        graded += [name for name, state in draft.states.items() if says_critical(state) and name not in graded]
        if not graded:
            return
        taken = graded[0]
        critical = draft.states[taken]
        yield RowPart(taken, frozenset({Meaning.YES}) if says_critical(critical) else ask.grade, unknown=ask.bad)
        if says_open(critical):
            return
    near = _nearest(draft, fact, ask, {taken})
    yield from (RowPart(name, counts_in(draft.states[name], fact, ask), unknown=ask.bad) for name in near)


def _nearest(draft: TableDraft, fact: FactDeclaration, ask: FactAsk, taken: Collection[str]) -> Sequence[str]:
    local = set(ascii_words(fact.name.rpartition(".")[2]))
    named, meant = stems(local), stems(ascii_words(fact.meaning))
    scored: list[tuple[float, int, str, WordsOfColumn]] = []
    strong = ask.counts - {Meaning.YES}
    told = {name for name, state in draft.states.items() if state.meaning(strong)} - {*taken}
    for order, (name, state) in enumerate(draft.states.items()):
        heading = stems(ascii_words(state.heading))
        fits, says = bool(state.meaning(ask.counts)), says_whether(state)
        stands = bool(_STANDING & set(ascii_words(state.heading)))
        fits = fits or (ask.bad and stands and any(means is not None for means in state.words.values()))
        about = bool(heading & (named | meant)) or (stands and bool(local & _OF_STATE)) or ask.bad
        if (
            name in taken
            or (told and name not in told and says and not heading & named)
            or (ask.among and says_critical(state))
            or not about
            or not (fits or (says and heading & named))
            or grades_only(state, ask)
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
        if says_whether(state) and stems(ascii_words(state.heading)) & (named | meant)
    ]
    asks_both = "and" in fact.meaning.partition(",")[0].split() or "both" in fact.meaning
    return both if len(both) > 1 and asks_both else (scored[0][2],)


_OF_STATE: Final = word_set(
    "approved passed pass success executed tested signed done completed complete documented delivered validated trained"
)
"""Words of a fact that a column of states answers, whatever its heading."""
_STANDING: Final = frozenset({"state", "status", "result", "outcome", "decision", "disposition", "stage"})
