"""A list without a row: by itself it proves nothing, and a person may say that there are none."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gonogo.first_week.drafts.fact_asks import Measure, fact_ask, may_be_of_rows
from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.model.fact import FactDeclaration

NONE_THERE: Final = "there are none"
"""What answers a count of what is open or lacking where its list is empty."""


def is_empty(draft: TableDraft) -> bool:
    """Whether a table has headings and no row at all."""
    return not draft.mapping.grid.rows


def may_be_none(draft: TableDraft, fact: FactDeclaration) -> bool:
    """Whether an empty list can answer a fact: a count of what stands against go-live.

    It is drafted as the number of all rows, so whatever the list holds later counts against go-live too.
    """
    ask = fact_ask(fact)
    return is_empty(draft) and ask.measure is Measure.COUNT and ask.bad and may_be_of_rows(fact)


def with_none(draft: TableDraft, each: FactDraft, place: str) -> FactDraft:
    """Return a fact of which a person says that there are none.

    Raises:
        WrongAnswerInSheet: The list has rows, or the fact does not count what stands against go-live.
    """
    if not is_empty(draft):
        raise WrongAnswerInSheet(f"{place}: the list has rows, so `{NONE_THERE}` says nothing; choose a column")
    if not may_be_none(draft, each.fact):
        raise WrongAnswerInSheet(f"{place}: an empty list says nothing of {each.fact.name}; leave it blank")
    return replace(each, measure=Measure.COUNT, where=(), among=(), use=True)


def counts_none(draft: TableDraft) -> bool:
    """Whether a person has said of an empty table that there are none."""
    return is_empty(draft) and any(
        each.measure is Measure.COUNT and not each.where and not each.among for each in draft.used
    )
