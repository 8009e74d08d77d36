"""Ninety-three point two percent is ``93.2``, ``0.932`` or ``93.2 %``; a column that mixes them means nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from gonogo.documents.xlsx.workbook import Cell
from gonogo.first_week import hints
from gonogo.first_week.sample_grid import Grid, GridNote

_FORMS: Final = ("93.2", "0.932", "93.2 %")
_NUMBER: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?")
_SIGN: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?\s?%")


def percent_notes(
    grid: Grid, heading: str, index: int, values: Sequence[Cell], counts: Mapping[Cell, int]
) -> list[GridNote]:
    """Return one note that names the first cell of each form where a column of percentages mixes them."""
    hinted = index in grid.shares or hints.is_percent(heading)
    if not hinted and "%" not in "\n".join([value for value in counts if isinstance(value, str)]):
        return []
    forms = {_form(value) for value in counts} - {""}
    if len(forms) < 2:
        return []
    first = {form: next(n for n, value in enumerate(values) if _form(value) == form) for form in forms}
    shown = ", ".join(f"like {form} in {grid.at(first[form], index)}" for form in _FORMS if form in first)
    where = grid.at(min(first.values()), index)
    return [
        GridNote(where, f"percentages are written in {len(forms)} ways in one column: {shown}; use one way throughout")
    ]


def _form(value: Cell) -> str:
    """Return which form a cell has; the empty text for what could be any of them, or none."""
    if isinstance(value, str):
        text = value.strip()
        if _SIGN.fullmatch(text):
            return "93.2 %"
        if not _NUMBER.fullmatch(text):
            return ""
        value = float(text)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 < value <= 100:
        return ""
    # 1 is one percent or all of it, as the rest of the column has it.
    return "" if value == 1 else "0.932" if value < 1 else "93.2"
