"""A fact as a person chose it: by the columns that say what was done, or that say what stands against go-live."""

from __future__ import annotations

from dataclasses import replace

from gonogo.first_week.drafts.fact_asks import Measure, fact_ask
from gonogo.first_week.drafts.last_row import asks_of_last, orders_rows, rows_follow
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft


def of_done(
    draft: TableDraft, each: FactDraft, parts: tuple[RowPart, ...], among: tuple[RowPart, ...], *, days: bool
) -> FactDraft:
    """Return a fact of what was done, by the columns that a person chose."""
    ask = fact_ask(each.fact)
    follow = asks_of_last(each.fact) and rows_follow(draft.mapping, each.fact) and not days
    if follow and (order := orders_rows(draft.mapping)):
        return replace(each, measure=Measure.LAST, where=parts, among=among, last_by=order, use=True)
    return replace(each, measure=ask.measure, where=parts, among=among, of="", whole="", use=True)


def of_against(
    each: FactDraft, parts: list[RowPart], rows: tuple[RowPart, ...], more: tuple[RowPart, ...]
) -> FactDraft:
    """Return a fact of what stands against go-live, by the columns that a person chose."""
    ask = fact_ask(each.fact)
    if ask.settled:
        parts.sort(key=lambda part: part.counts == ask.counts)
        measure = Measure.SETTLED if len(parts) > 1 else ask.measure
        return replace(each, measure=measure, where=(*rows, *parts), among=(), of="", whole="", use=len(parts) > 1)
    return replace(each, measure=ask.measure, where=(*rows, *parts, *more), among=(), of="", whole="", use=True)
