"""Which columns a sheet offers for an answer: those that a person may choose without being refused by what is known."""

from __future__ import annotations

from gonogo.first_week.drafts.asked_about import DIVIDED
from gonogo.first_week.drafts.draft_columns import largest_gives
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask, may_be_of_rows
from gonogo.first_week.drafts.filled_cells import may_be_empty, may_be_filled
from gonogo.first_week.drafts.row_outcomes import asked_outcomes, says_scope_only
from gonogo.first_week.drafts.table_draft import TableDraft
from gonogo.first_week.mapping import TableMapping
from gonogo.model.fact import FactDeclaration, FactType


def may_narrow(draft: TableDraft) -> list[str]:
    """Return the headings of the columns that may say which rows count: those that can be read."""
    names = {*draft.states, *draft.mapping.read}
    return [guess.heading for name, guess in draft.mapping.columns.items() if name in names]


def is_scope_alone(mapping: TableMapping, name: str) -> bool:
    """Whether a column says which rows are asked about, and nothing that was done."""
    return says_scope_only(mapping.columns[name].heading)


def may_answer(draft: TableDraft, fact: FactDeclaration, name: str) -> bool:
    """Whether a column is offered as the answer of a fact: one of scope says nothing that was done."""
    ask, guess = fact_ask(fact), draft.mapping.columns[name]
    if not may_be_of_rows(fact):
        return False
    if ask.measure is Measure.MAX:
        return largest_gives(fact, guess)
    if DIVIDED in fact.meaning and not asked_outcomes(fact):  # nothing was done to a row: two numbers are divided
        return guess.settings["type"] in ("integer", "decimal") and _numbers(draft) > 1
    if name not in draft.states and (ask.counts or ask.bad) and not _may_count(draft, fact, name):
        return False
    return ask.bad or not ask.counts or name not in draft.states or not is_scope_alone(draft.mapping, name)


def _may_count(draft: TableDraft, fact: FactDeclaration, name: str) -> bool:
    """Whether a column that has no words of a state can answer a fact, alone or beside another one."""
    if "without" in fact.name:
        return True  # what a row is without may stand in any column, blank
    kind = draft.mapping.columns[name].settings["type"]
    if kind in ("date", "instant"):
        return not fact_ask(fact).bad
    if kind in ("text", "id", "boolean"):
        key = name in draft.mapping.key.split(", ")  # it is never blank, so it says nothing by that
        return not key and (may_be_filled(fact) or may_be_empty(fact))
    return fact.type is FactType.RATIO and _numbers(draft) > 1  # a share of numbers needs the part and the whole


def _numbers(draft: TableDraft) -> int:
    return sum(guess.settings["type"] in ("integer", "decimal") for guess in draft.mapping.columns.values())
