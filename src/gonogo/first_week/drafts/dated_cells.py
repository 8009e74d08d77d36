"""What says when a table held: a cell of a workbook above it or on its cover, or a line above a text's headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from gonogo.documents.xlsx.dates import day_within, named_date
from gonogo.documents.xlsx.workbook import Cell, Workbook, cell_name, read_workbook
from gonogo.first_week.dating import RESULT, rank_of_day, why_never
from gonogo.first_week.sample_grid import Grid
from gonogo.model.about_people import heading_words
from gonogo.model.refusal import SourceRefusal

_LARGEST: Final = 8 * 2**20
_FIRST: Final = 30
_NO_WORD: Final = re.compile(r"[\s0-9/.-]+", re.ASCII)
_COVER: Final = "cover"
_ALONE: Final = ({"date"}, {"stand"}, {"datum"})
"""Words that date a document where they are all that a label says."""


@dataclass(frozen=True, slots=True)
class DatedCell:
    """One cell.

    Attributes:
        reference: As the rule ``cell`` writes it: ``Cover!B5``.
        day: That it gives.
    """

    reference: str
    day: date


def dated_cell(path: Path, sheet: str, header_row: int, now: datetime) -> DatedCell | None:
    """Return the cell that says when a table held; None where none does, or several give several days.

    Args:
        path: Of a workbook.
        sheet: That holds the table.
        header_row: Row of its headings, from 1.
        now: What is later is no day on which anything held.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm") or path.stat().st_size > _LARGEST:
        return None
    try:
        workbook = read_workbook(path.read_bytes(), path.name)
        found = [*_above(workbook, sheet, header_row - 1), *_on_cover(workbook, sheet)]
    except (SourceRefusal, OSError):
        return None
    return _only(found, now)


def dated_line(grid: Grid, now: datetime) -> DatedCell | None:
    """Return the line above the headings of a text that says when the table held; None as for a cell.

    Args:
        grid: Of the text.
        now: What is later is no day on which anything held.
    """
    found = [DatedCell(f"line {line}", day) for line, _, day in _labelled(grid.above)]
    return _only(found, now)


def _only(found: Sequence[DatedCell], now: datetime) -> DatedCell | None:
    days = {each.day for each in found}
    return found[0] if len(days) == 1 and found[0].day <= now.date() else None


def _above(workbook: Workbook, name: str, rows: int) -> Iterator[DatedCell]:
    """Yield the cells above a table that date it."""
    above = enumerate(workbook.sheet(name).rows[:rows], 1)
    yield from (DatedCell(_reference(name, row, column), day) for row, column, day in _labelled(above))


def _labelled(rows: Iterable[tuple[int, Sequence[Cell]]]) -> Iterator[tuple[int, int, date]]:
    """Yield cells that are days under a label, or a sentence with one day and a word for it: row, column and day."""
    for number, row in rows:
        label = ""
        for column, cell in enumerate(row, 1):
            day = _day(cell)
            said = label if not isinstance(cell, str) else f"{label} {cell}"
            if day is not None and _dates(said):
                yield number, column, day
            label = cell if isinstance(cell, str) and cell else label


def _on_cover(workbook: Workbook, name: str) -> Iterator[DatedCell]:
    """Yield the cells of a cover sheet that hold a day and nothing else."""
    cover = next((each for each in workbook.sheet_names if each.strip().casefold() == _COVER and each != name), None)
    if cover is None:
        return
    for number, row in enumerate(workbook.sheet(cover).rows[:_FIRST], 1):
        for column, cell in enumerate(row, 1):
            day = _day(cell) if not isinstance(cell, str) or _NO_WORD.fullmatch(cell) or named_date(cell) else None
            if day is not None:
                yield DatedCell(_reference(cover, number, column), day)


def _dates(words: str) -> bool:
    said = {word for word in heading_words(words) if not word.isdigit()}
    return not why_never(words) and (rank_of_day(words) < RESULT or said in _ALONE)


def _day(cell: Cell) -> date | None:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return day_within(cell) if isinstance(cell, str) else None


def _reference(sheet: str, row: int, column: int) -> str:
    name = sheet if sheet.isalnum() else f"'{sheet}'"
    return f"{name}!{cell_name(row, column)}"
