"""A table as a draft: its columns, the words that they hold, the facts that it could answer, and what to ask of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Final

from gonogo.first_week.drafts.against_parts import against
from gonogo.first_week.drafts.asked_about import (
    asked_about,
    one_for_all,
    one_value,
    rows_are,
    side_column,
    side_part,
)
from gonogo.first_week.drafts.blank_cells import with_blank_words
from gonogo.first_week.drafts.date_parts import due_column, until
from gonogo.first_week.drafts.disposed_words import with_doubtful_words
from gonogo.first_week.drafts.draft_columns import (
    WordsOfColumn,
    number,
    quotient,
    states_of,
)
from gonogo.first_week.drafts.fact_asks import FactAsk, Measure, fact_ask, may_be_of_rows
from gonogo.first_week.drafts.gone_rows import without_gone
from gonogo.first_week.drafts.last_row import asks_of_last, orders_rows, rows_follow
from gonogo.first_week.drafts.outcome_columns import outcome_parts, unread_beside
from gonogo.first_week.drafts.row_outcomes import side_asked
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.rows_in_question import guessed_rows
from gonogo.first_week.drafts.sides_told import rival_side
from gonogo.first_week.drafts.standing_rows import meant_standing, stands_by
from gonogo.first_week.drafts.unread_states import doubt
from gonogo.first_week.mapping import TableMapping
from gonogo.model.fact import FactDeclaration, FactType, Vocabulary

BLANK: Final = "(blank)"
"""What stands for a blank cell where its meaning is asked."""
WHOSE: Final = "no name of its sheet or file, and no column, says whether it is the customer's or the provider's"


@dataclass(frozen=True, slots=True)
class FactDraft:
    """One fact that the table may answer.

    Attributes:
        fact: Its declaration.
        measure: How it is made.
        where: What a row must be to count; all rows where empty.
        among: Which rows are asked about, all where empty; of a quotient, whose part counts.
        of: Column of the value, for max and min; of the part, for a quotient.
        whole: Column of the whole, for a quotient.
        last_by: Columns by each of which one row is the last, for ``LAST``.
        required: Whether a criterion reads it.
        use: Whether the draft answers it.
        ask: What has to be said before it can; empty for nothing but a column.
    """

    fact: FactDeclaration
    measure: Measure
    where: tuple[RowPart, ...] = ()
    among: tuple[RowPart, ...] = ()
    of: str = ""
    whole: str = ""
    last_by: tuple[str, ...] = ()
    required: bool = False
    use: bool = True
    ask: str = ""


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
        parties: Side to the name of its organization, which headings name.
        every_row: Whether a person says that each row of the table is asked about.
        reads: The columns that each fact reads of itself, so that they say nothing of the others.
        rows: What becomes of rows that may be no items, as ``rows:`` writes it.
    """

    mapping: TableMapping
    group: str = ""
    states: dict[str, WordsOfColumn] = field(default_factory=dict)
    facts: list[FactDraft] = field(default_factory=list)
    rivals: tuple[str, ...] = ()
    counted: dict[str, tuple[str, ...] | None] = field(default_factory=dict)
    parties: Mapping[str, str] = field(default_factory=dict)
    every_row: bool = False
    reads: dict[str, set[str]] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)

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
    parties: Mapping[str, str] | None = None,
) -> TableDraft:
    """Return the draft of a table for the facts of a group.

    Facts of other groups that it may be about as well are drafted too, and left to a person.

    Args:
        mapping: Of the table.
        group: Of the facts; empty where nobody knows what the table is about.
        vocabulary: Facts of the ruleset.
        required: Those that its criteria read.
        rivals: Other groups that it may be about as well.
        parties: Side to the name of its organization.
    """
    mapping = with_blank_words(mapping)
    draft = TableDraft(mapping, group, rivals=tuple(rivals), parties=parties or {})
    if mapping.headless:
        return draft
    draft.rows = guessed_rows(mapping)
    draft.states = {
        name: words for name, guess in mapping.columns.items() if (words := states_of(mapping, name, guess))
    }
    known = [vocabulary[name] for name in vocabulary.names() if vocabulary.by_evidence(name)]
    mine = [fact for fact in known if group and fact.name.rpartition(".")[0] == group]
    draft.states = with_doubtful_words(draft.states, (fact for fact in mine if fact.name in required))
    for fact in sorted(mine, key=lambda each: each.name not in required):
        draft.facts.append(_drafted(draft, fact, required=fact.name in required))
    for fact in known:
        if fact.name in required and fact.name.rpartition(".")[0] in draft.rivals:
            found = _drafted(draft, fact, required=True)
            draft.facts.append(replace(found, use=found.use and _of_other_side(draft, fact)))
    if rival_side(group, draft.rivals, vocabulary) and not side_column(mapping, draft.parties):
        draft.facts = [replace(each, use=False, ask=WHOSE) for each in draft.facts]
    draft.facts = [_doubted(draft, each) for each in draft.facts]
    note_reads(draft)
    for each in draft.facts if required else ():
        parts = _standing(draft, each)
        draft.states |= {part.column: meant_standing(draft.states[part.column], each.fact) for part in parts}
    draft.facts = [without_gone(draft, with_standing(draft, each)) for each in draft.facts]
    return draft


def note_reads(draft: TableDraft) -> None:
    """Note which columns the used facts read."""
    for each in draft.used:
        draft.reads.setdefault(each.fact.name, set()).update(part.column for part in (*each.where, *each.among))


def _standing(draft: TableDraft, each: FactDraft) -> tuple[RowPart, ...]:
    others = set().union(*(names for fact, names in draft.reads.items() if fact != each.fact.name))
    return stands_by(draft.mapping, draft.states, each.fact, each.measure, (*each.where, *each.among), others)


def with_standing(draft: TableDraft, each: FactDraft) -> FactDraft:
    """Return a used fact that reads a column which says how its rows stand; of a quotient only the part takes it."""
    parts = _standing(draft, each) if each.use else ()
    if each.measure is Measure.QUOTIENT:
        return replace(each, among=(*each.among, *parts))
    return replace(each, where=(*each.where, *parts)) if each.where else each


def _doubted(draft: TableDraft, each: FactDraft) -> FactDraft:
    """Return a fact as a question where a column that it leaves unread would change what it counts."""
    if not each.use or not each.where or each.measure in (Measure.MAX, Measure.QUOTIENT):
        return each
    others = (part for one in draft.used if one is not each for part in (*one.where, *one.among))
    parts, bad = (*each.among, *each.where), fact_ask(each.fact).bad
    ask = doubt(draft.mapping, draft.states, each.fact, parts, {part.column for part in others}, bad=bad)
    return replace(each, use=False, ask=ask) if ask else each


def _of_other_side(draft: TableDraft, fact: FactDeclaration) -> bool:
    """Whether a table that tells the sides apart answers the facts of both."""
    sides = {side_asked(each.fact) for each in draft.used}
    return bool(side_column(draft.mapping, draft.parties)) and None not in {side_asked(fact), *sides}


def _drafted(draft: TableDraft, fact: FactDeclaration, *, required: bool) -> FactDraft:
    ask = fact_ask(fact)
    mapping, empty = draft.mapping, FactDraft(fact, ask.measure, required=required, use=False)
    if not may_be_of_rows(fact):
        return replace(empty, ask="no column of a table counts it: a person says it")
    if ask.measure is Measure.MAX:
        column = number(mapping, fact) if one_value(mapping, fact) else ""
        return replace(empty, of=column, use=required and bool(column))
    if fact.type is FactType.RATIO and (two := quotient(mapping, fact)):
        about = side_part(mapping, fact, draft.parties)
        use = required and not about.ask
        return FactDraft(fact, Measure.QUOTIENT, about.parts, of=two[0], whole=two[1], required=required, use=use)
    about = asked_about(mapping, draft.states, fact, ask, draft.parties)
    if ask.bad:
        return _against(draft, fact, ask, required=required)
    if ask.measure is Measure.COUNT and not rows_are(mapping, fact):
        return replace(empty, among=about.parts, ask="nothing says that one row is one of the things that it counts")
    if ask.measure is Measure.COUNT and not ask.counts:
        return replace(empty, among=about.parts, use=required and not about.ask, ask=about.ask)
    parts = until(mapping, fact) or outcome_parts(mapping, draft.states, fact, draft.parties, due_column(mapping))
    if asks_of_last(fact) and rows_follow(mapping, fact):
        return _of_last(mapping, FactDraft(fact, Measure.LAST, parts, about.parts, required=required, ask=about.ask))
    if ask.measure is Measure.ALL and not one_for_all(mapping, fact):
        parts = ()
    use = required and bool(parts) and not about.ask
    why = about.ask or ("" if parts else unread_beside(mapping, draft.states, fact, draft.parties))
    return FactDraft(fact, ask.measure, parts, about.parts, required=required, use=use, ask=why)


def _of_last(mapping: TableMapping, each: FactDraft) -> FactDraft:
    """Return the draft of a fact that the last row decides, where something says which one that is."""
    order = orders_rows(mapping)
    ask = each.ask or ("" if order else "no column of days, and no number, says which row is the last")
    use = each.required and bool(each.where and order) and not ask and all(part.by_meaning for part in each.where)
    return replace(each, last_by=order, use=use, ask=ask)


def _against(draft: TableDraft, fact: FactDeclaration, ask: FactAsk, *, required: bool) -> FactDraft:
    """Return the draft of a fact that counts what stands against go-live."""
    found = against(draft.mapping, draft.states, fact, ask)
    measure = Measure.SETTLED if found.known and ask.settled else ask.measure
    return FactDraft(fact, measure, found.parts, required=required, use=required and found.known, ask=found.ask)
