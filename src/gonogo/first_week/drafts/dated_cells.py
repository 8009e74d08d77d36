"""What says when a table held: a cell of a workbook above it or on its cover, or a line above a text's headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from gonogo.documents.xlsx.dated_sentences import readings_within, without_titles
from gonogo.documents.xlsx.dates import named_date
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
_PRINTED: Final = frozenset({"print", "printed", "rev", "revised", "revision"})
"""Words beside the day of a whole sheet. Of a column they would say it of one row."""


@dataclass(frozen=True, slots=True)
class DatedCell:
    """One cell that names a day.

    Attributes:
        reference: As the rule ``cell`` writes it: ``Cover!B5``, or ``A2`` of a text.
        days: The ways to read that day, the earliest first.
        dates: Whether it says that this is the day of the table. A day that only stands there is a person's to judge.
    """

    reference: str
    days: tuple[date, ...]
    dates: bool = True

    @property
    def day(self) -> date:
        """The day, where there is one way to read it."""
        return self.days[0]


def dated_cells(path: Path, sheet: str, header_row: int) -> list[DatedCell]:
    """Return the cells of a workbook that name a day of a table: above it, and on a cover.

    Args:
        path: Of a workbook.
        sheet: That holds the table.
        header_row: Row of its headings, from 1.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm") or path.stat().st_size > _LARGEST:
        return []
    try:
        workbook = read_workbook(path.read_bytes(), path.name)
        return [*_above(workbook, sheet, header_row - 1), *_on_cover(workbook, sheet)]
    except (SourceRefusal, OSError):
        return []


def dated_lines(grid: Grid) -> list[DatedCell]:
    """Return the cells above the headings of a text that name a day."""
    return [DatedCell(cell_name(line, column), days, sure) for line, column, days, sure in _labelled(grid.above)]


def only_day(cells: Sequence[DatedCell], now: datetime) -> DatedCell | None:
    """Return the cell that says when a table held; None where none does, or several give several days.

    Args:
        cells: That name days.
        now: What is later is no day on which anything held.
    """
    found = [each for each in cells if each.dates]
    days = {day for each in found for day in each.days}
    return found[0] if len(days) == 1 and found[0].day <= now.date() else None


def _above(workbook: Workbook, name: str, rows: int) -> Iterator[DatedCell]:
    """Yield the cells above a table that name a day."""
    for row, column, days, sure in _labelled(enumerate(workbook.sheet(name).rows[:rows], 1)):
        yield DatedCell(_reference(name, row, column), days, sure)


def _labelled(
    rows: Iterable[tuple[int, Sequence[Cell]]],
) -> Iterator[tuple[int, int, tuple[date, ...], bool]]:
    """Yield cells with a day: row, column, its readings, and whether it, or the label before it, dates the table."""
    for number, row in rows:
        label = ""
        for column, cell in enumerate(row, 1):
            said = label if not isinstance(cell, str) else f"{label} {cell}"
            found = _days(cell)
            for days in sorted(map(sorted, found)):
                yield number, column, tuple(days), _dates(said)
            label = cell if isinstance(cell, str) and cell else label


def _on_cover(workbook: Workbook, name: str) -> Iterator[DatedCell]:
    """Yield the cells of a cover sheet that hold a day and nothing else."""
    cover = next((each for each in workbook.sheet_names if each.strip().casefold() == _COVER and each != name), None)
    if cover is None:
        return
    for number, row in enumerate(workbook.sheet(cover).rows[:_FIRST], 1):
        for column, cell in enumerate(row, 1):
            alone = not isinstance(cell, str) or _NO_WORD.fullmatch(cell) or named_date(cell)
            for days in sorted(map(sorted, _days(cell))) if alone else ():
                yield DatedCell(_reference(cover, number, column), tuple(days))


def _dates(words: str) -> bool:
    words = without_titles(words)
    heads = heading_words(words)
    said = {word for word in heads if not word.isdigit()}
    titled = rank_of_day(words) < RESULT or said & _PRINTED or {"as", "at"} <= said
    return not why_never(words) and (bool(titled) or said in _ALONE)


def _days(cell: Cell) -> set[frozenset[date]]:
    if isinstance(cell, datetime):
        return {frozenset({cell.date()})}
    if isinstance(cell, date):
        return {frozenset({cell})}
    return readings_within(cell) if isinstance(cell, str) else set()


def _reference(sheet: str, row: int, column: int) -> str:
    name = sheet if sheet.isalnum() else f"'{sheet}'"
    return f"{name}!{cell_name(row, column)}"
