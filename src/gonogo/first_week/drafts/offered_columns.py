"""Which columns a sheet offers for an answer: those that a person may choose without being refused by what is known."""

from __future__ import annotations

from gonogo.first_week.drafts.draft_columns import largest_gives
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask, may_be_of_rows
from gonogo.first_week.drafts.row_outcomes import says_scope_only
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.mapping import TableMapping
from gonogo.model.fact import FactDeclaration


def may_narrow(draft: TableDraft) -> list[str]:
    """Return the headings of the columns that may say which rows count: those that can be read."""
    names = {*draft.states, *draft.mapping.read}
    return [guess.heading for name, guess in draft.mapping.columns.items() if name in names]


def is_scope_alone(mapping: TableMapping, name: str) -> bool:
    """Whether a column says which rows are asked about, and nothing that was done."""
    return says_scope_only(mapping.columns[name].heading)


def may_answer(draft: TableDraft, fact: FactDeclaration, name: str) -> bool:
    """Whether a column is offered as the answer of a fact: one of scope says nothing that was done."""
    ask = fact_ask(fact)
    if not may_be_of_rows(fact):
        return False
    if ask.measure is Measure.MAX:
        return largest_gives(fact, draft.mapping.columns[name])
    return ask.bad or not ask.counts or name not in draft.states or not is_scope_alone(draft.mapping, name)
