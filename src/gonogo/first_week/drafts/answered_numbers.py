"""A fact that counts rows, or divides two columns of numbers, by the columns that a person chose."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from gonogo.first_week.drafts.asked_about import asked_about, side_part
from gonogo.first_week.drafts.fact_asks import Measure, fact_ask
from gonogo.first_week.drafts.filled_cells import why_no_answer
from gonogo.first_week.drafts.row_parts import RowPart
from gonogo.first_week.drafts.table_draft import FactDraft, TableDraft
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.model.fact import FactType


def of_rows(
    draft: TableDraft, each: FactDraft, names: Sequence[str], place: str, only: tuple[RowPart, ...]
) -> FactDraft:
    """Return a fact that counts rows, by the column that names one of the things that it counts in each of them."""
    for name in names:
        guess = draft.mapping.columns[name]
        if guess.blanks or guess.distinct < guess.rows:
            raise WrongAnswerInSheet(
                f"{place}: {each.fact.name} counts rows, and `{guess.heading}` is blank or the same in several of "
                f"them; choose the column that names one thing in each row, or `not here`"
            )
    about = asked_about(draft.mapping, draft.states, each.fact, fact_ask(each.fact), draft.parties)
    if about.ask and not (only or (draft.every_row and about.settled_by_every_row)):
        raise WrongAnswerInSheet(f"{place}: {each.fact.name}: {about.ask}")
    among = (*only, *about.parts)
    return replace(each, measure=Measure.COUNT, where=(), among=among, of="", whole="", use=True)


def of_numbers(
    draft: TableDraft, each: FactDraft, names: Sequence[str], place: str, only: tuple[RowPart, ...]
) -> FactDraft:
    """Return a share of two columns of numbers, the part and the whole.

    Raises:
        WrongAnswerInSheet: The columns are no such two, or nobody can tell whose they are.
    """
    types: Mapping[str, str] = {name: draft.mapping.columns[name].settings["type"] for name in names}
    if each.fact.type is FactType.RATIO and len(names) == 2 and {*types.values()} <= {"integer", "decimal"}:
        own = side_part(draft.mapping, each.fact, draft.parties)
        if own.ask:
            raise WrongAnswerInSheet(f"{place}: {each.fact.name}: {own.ask}")
        where = (*only, *own.parts)
        return replace(each, measure=Measure.QUOTIENT, of=names[0], whole=names[1], where=where, among=(), use=True)
    raise WrongAnswerInSheet(f"{place}: {each.fact.name}: {why_no_answer(draft, each.fact, names)}")
