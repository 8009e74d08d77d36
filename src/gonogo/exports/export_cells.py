"""Cells of an export that a draft of an acceptance takes over: read where there is one reading, else said how to write.

A cell is never guessed and never passed over in silence: what is not read is named with its place.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from gonogo.documents.written_percent import written_percent
from gonogo.exports.export_days import export_day
from gonogo.model.canonical import decimal_text
from gonogo.model.placeholder import has_content

DAYS: Final = ("until", "tried_on")
TEXTS: Final = ("workaround", "tried_by", "touches")
SHARES: Final = ("users", "volume", "money")
_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:\.[0-9]{1,12})?", re.ASCII)
_MONEY: Final = re.compile(r"[$€£]|\b(?:USD|EUR|dollars?)\b")
_LIMIT: Final = re.compile(
    r"[<>≤≥~±]|\b(?:up to|at most|at least|about|approx\w*|less than|more than|max\w*)\b|[0-9]\s*[-–]\s*[0-9]"
)
_NOTHING: Final = "it says nothing; say it in words, or leave the cell blank"


@dataclass(frozen=True, slots=True)
class ExportCell:
    """One cell of a row.

    Attributes:
        value: What it holds; None for no cell.
        where: Its place.
        percent: Whether a workbook shows the number as a percentage.
    """

    value: object = None
    where: str = ""
    percent: bool = False

    @property
    def text(self) -> str:
        """What it holds as one line of text."""
        if isinstance(self.value, datetime):
            return self.value.date().isoformat()
        if isinstance(self.value, date):
            return self.value.isoformat()
        return " ".join(("" if self.value is None else str(self.value)).split())[:200]


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell that a draft does not take over.

    Attributes:
        text: What it holds.
        where: Its place.
        how: Why not, and how to write it.
    """

    text: str
    where: str
    how: str


def value_in(part: str, cell: ExportCell, formats: Collection[str] = ()) -> date | Decimal | str | UnreadCell | None:
    """Return what a cell gives a part of an acceptance; None where it is blank.

    Args:
        part: One of :data:`DAYS`, :data:`TEXTS` and :data:`SHARES`.
        cell: The cell.
        formats: How the binding says that the column's dates are written.
    """
    text = cell.text
    if not text:
        return None
    if part in TEXTS:
        return text if has_content(text) else UnreadCell(text, cell.where, _NOTHING)
    found: date | Decimal | None
    if part in DAYS:
        found, how = export_day(cell.value, formats), "write the day as 2027-05-03"
    else:
        found, how = _share(cell), _how(cell)
    return UnreadCell(text, cell.where, how) if found is None else found


def _share(cell: ExportCell) -> Decimal | None:
    """Return a share that is written as one: ``4%``, or a number that a workbook shows as a percentage."""
    value = cell.value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        share = Decimal(repr(value)) if cell.percent else None
    else:
        percent = written_percent(cell.text)
        share = None if percent is None else percent / 100
    return share.normalize() if share is not None and 0 < share <= 1 else None


def _how(cell: ExportCell) -> str:
    """Return why a cell is no share, and how to write it."""
    text = cell.text
    if written_percent(text) is not None or cell.percent:
        return "a share is more than 0% and at most 100%"
    if _NUMBER.fullmatch(text):
        number = Decimal(text)
        if 0 < number <= 1:
            ways = f"{decimal_text(number * 100)}% or {decimal_text(number)}%"
        else:
            ways = f"{decimal_text(number)}%, if it is a percentage and no count"
        return f"a number without a percent sign could mean two things; write {ways}"
    if _MONEY.search(text):
        return "an amount is no share; write what percentage of all money it is, such as 4%"
    if _LIMIT.search(text):
        return "a limit or a range is no share; write the largest percentage that the item may touch, such as 5%"
    return "write a percentage, such as 4%"
