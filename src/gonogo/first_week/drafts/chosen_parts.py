"""A fact as a person chose it: by the columns that say what was done, or that say what stands against go-live."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gonogo.first_week.drafts.fact_asks import Measure, fact_ask
from gonogo.first_week.drafts.last_row import asks_of_last, orders_rows, rows_follow
from gonogo.first_week.drafts.row_outcomes import asks_both_sides, last_stage, names_stage, sides_named
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.prose import plain
from gonogo.model.fact import FactDeclaration
from gonogo.model.people import Side

_BOTH: Final = frozenset({Side.CUSTOMER, Side.PROVIDER})


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


def refuse_stages(draft: TableDraft, fact: FactDeclaration, names: Sequence[str], place: str) -> None:
    """Refuse a column that says that a part of what a fact asks is over.

    Args:
        draft: Of the table.
        fact: What is counted.
        names: Columns that were chosen.
        place: Where they were chosen.

    Raises:
        WrongAnswerInSheet: There is one.
    """
    headings = (draft.mapping.columns[name].heading for name in names)
    stage = next((heading for heading in headings if names_stage(heading, fact)), "")
    if stage:
        end = last_stage(fact)
        raise WrongAnswerInSheet(
            f"{place}: `{plain(stage, most=60)}` says that a part is over, and {fact.name} asks for the whole"
            f"{f', through {end}' if end else ''}; choose the column that says how it ended, or `not here`"
        )


def refuse_one_side(draft: TableDraft, fact: FactDeclaration, names: Sequence[str], place: str) -> None:
    """Refuse columns that say what one side alone did, for a fact that asks it of both.

    Args:
        draft: Of the table.
        fact: What is counted.
        names: Columns that were chosen.
        place: Where they were chosen.

    Raises:
        WrongAnswerInSheet: They name one of the two sides.
    """
    headings = [draft.mapping.columns[name].heading for name in names]
    named = {side for heading in headings for side in sides_named(heading, draft.parties)}
    if asks_both_sides(fact) and len(named) == 1:
        other = next(side for side in Side if side in _BOTH - named)
        raise WrongAnswerInSheet(
            f"{place}: {fact.name} asks it of both sides, and `{plain(headings[0], most=60)}` says it of the "
            f"{named.pop()} alone; choose the column of the {other} beside it, or `not here`"
        )
