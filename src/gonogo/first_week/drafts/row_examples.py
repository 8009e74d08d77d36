"""Rows that a drafted fact counts, and one that it does not, so that a person sees what the guess makes of a file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from gonogo.collectors.rows.outline import is_nothing
from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week.dating import moment_of
from gonogo.first_week.drafts.fact_asks import Measure
from gonogo.first_week.drafts.last_row import last_of
from gonogo.first_week.drafts.row_parts import DUE_BY_NOW, RowPart, RowTest
from gonogo.first_week.drafts.rows_in_question import left_out
from gonogo.first_week.drafts.table_draft import BLANK, FactDraft, TableDraft
from gonogo.first_week.row_doubts import text as cell_text

_COUNTED: Final = 2
_OTHERS: Final = 1
_BY_ROWS: Final = frozenset({Measure.SHARE, Measure.COUNT, Measure.ALL})


def examples_of(
    draft: TableDraft, each: FactDraft, now: datetime, *, numbered: bool = False
) -> tuple[list[str], list[str]] | None:
    """Return what names two rows that count and one that is asked about and does not; None where no rows are counted.

    Args:
        draft: Of the table.
        each: One of its facts.
        now: What is due by then is due.
        numbered: Whether rows are named by their place in the file, because what stands in them may name somebody.
    """
    mapping = draft.mapping
    if each.measure is Measure.LAST:
        return _of_last(draft, each, numbered=numbered)
    if each.measure not in _BY_ROWS:
        return None
    key = next((name for name in mapping.key.split(", ") if name in mapping.columns), next(iter(mapping.columns)))
    counts: list[str] = []
    others: list[str] = []
    left = left_out(mapping, draft.rows)
    for at, row in enumerate(mapping.grid.rows):
        if mapping.grid.row_number(at) not in left and all(holds(draft, part, row, now) for part in each.among):
            fits = all(holds(draft, part, row, now) for part in each.where)
            due = [mapping.columns[part.column].index for part in each.among if part.test in DUE_BY_NOW]
            if fits and any(row[index] == "" for index in due):
                continue  # done, and nobody knows whether it was due
            named = mapping.grid.place_of(at) if numbered else cell_text(row[mapping.columns[key].index])
            (counts if fits else others).append(named)
        if len(counts) >= _COUNTED and len(others) >= _OTHERS:
            break
    return counts[:_COUNTED], others[:_OTHERS]


def _of_last(draft: TableDraft, each: FactDraft, *, numbered: bool) -> tuple[list[str], list[str]] | None:
    """Return what names the row that decides, and one of those before it."""
    mapping = draft.mapping
    last = last_of(mapping, each.last_by[0])
    name = next((name for name in mapping.key.split(", ") if name in mapping.columns), each.last_by[0])
    index, grid = mapping.columns[name].index, mapping.grid
    cells = [grid.place_of(at) if numbered else cell_text(row[index]) for at, row in enumerate(grid.rows)]
    return None if last is None else ([cells[last]], [cell for at, cell in enumerate(cells) if at != last][:_OTHERS])


def holds(draft: TableDraft, part: RowPart, row: Sequence[Cell], now: datetime) -> bool:
    """Whether a row is as one part of a condition says."""
    guess = draft.mapping.columns[part.column]
    cell = row[guess.index]
    text = str(cell).lower() if isinstance(cell, bool) else str(cell)
    if part.test in (RowTest.GIVEN, RowTest.BLANK):
        return (bool(text) and not is_nothing(text)) is (part.test is RowTest.GIVEN)
    if part.test is not RowTest.WORDS:
        mine = moment_of(cell, guess.settings.get("format"))
        if part.test in DUE_BY_NOW:
            today = part.test is RowTest.DUE
            return mine is None or mine.date() < now.date() or (today and mine.date() == now.date())
        if part.test is RowTest.BY_GO_LIVE:
            return mine is not None  # the day of go-live is the program's
        beside = draft.mapping.columns[part.other]
        other = moment_of(row[beside.index], beside.settings.get("format"))
        if mine is None or other is None:
            return False
        return mine.date() <= other.date() if part.test is RowTest.BY else mine.date() >= other.date()
    if part.words:
        return part.has(text)
    state = draft.states[part.column]
    word = text or BLANK
    return word not in state.others(part.counts) if part.unknown else word in state.meaning(part.counts)
