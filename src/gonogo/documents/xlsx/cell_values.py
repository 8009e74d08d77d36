"""What a person typed into a cell, taken as what its column expects and never as anything near it."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from gonogo.documents.xlsx.dates import TwoReadings, date_of_text
from gonogo.documents.xlsx.workbook import Cell
from gonogo.errors import CanonicalError
from gonogo.model.canonical import MAX_INTEGER, decimal_text

SIGNIFICANT: Final = 15
"""Digits that a spreadsheet program shows and keeps; what a formula computed beyond them is dust."""
_WHOLE: Final = re.compile(r"-?[0-9]{1,16}", re.ASCII)
_DECIMAL: Final = re.compile(r"-?[0-9]{1,15}(?:\.[0-9]{1,15})?", re.ASCII)
_PERCENT: Final = re.compile(r"(-?[0-9]{1,15}(?:\.[0-9]{1,15})?)\s?%", re.ASCII)


class UnfitCell(ValueError):
    """A cell is of another type than its column; the sentence says what it holds and what to type."""


def text_in(cell: Cell) -> str:
    """Return text.

    Raises:
        Unfit: It is anything else.
    """
    if isinstance(cell, str):
        return cell
    raise UnfitCell(f"holds {described(cell)}, not text; format the cell as text and type it again")


def id_in(cell: Cell) -> str:
    """Return an id: text that a spreadsheet program has not turned into something else.

    Raises:
        Unfit: It is anything else.
    """
    if isinstance(cell, str):
        return cell
    raise UnfitCell(f"holds {described(cell)}, where an id belongs; format the cell as text and type the id again")


def day_in(cell: Cell) -> str:
    """Return a day as ``2027-04-12``.

    Raises:
        Unfit: It is no date, or has a time.
    """
    text = moment_in(cell)
    if "T" in text:
        raise UnfitCell(f"holds {described(cell)}; a day without a time belongs here")
    return text


def moment_in(cell: Cell) -> str:
    """Return a day as ``2027-04-12``, or with its time, to the second, as ``2027-04-12T17:00:00``.

    Raises:
        Unfit: It is no date.
    """
    if isinstance(cell, datetime):
        # Days are counted in binary fractions, so that 17:00 may come as one microsecond less.
        whole = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return whole.isoformat() if whole.time().isoformat() != "00:00:00" else whole.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return _dated(cell)
    raise UnfitCell(f"holds {described(cell)}, not a date; type a date such as 2027-04-12")


def _dated(cell: str) -> str:
    try:
        found = date_of_text(cell)
    except TwoReadings as error:
        raise UnfitCell(f"holds the text {error}; type the day as 2027-04-12") from error
    if not found:
        raise UnfitCell(f"holds {described(cell)}, text that is not a date; type a date such as 2027-04-12")
    return found


def whole_in(cell: Cell) -> str:
    """Return the digits of a whole number.

    Raises:
        Unfit: It is no number, or not whole.
    """
    if isinstance(cell, str) and _WHOLE.fullmatch(cell.strip()):
        return str(int(cell))
    number = _number(cell)
    if not number.is_integer() or abs(number) > MAX_INTEGER:
        raise UnfitCell(f"holds {described(cell)}; a whole number belongs here")
    return str(int(number))


def decimal_in(cell: Cell) -> str:
    """Return a number as it was typed, or the 15 digits that a spreadsheet program shows of what a formula computed.

    Raises:
        Unfit: It is no number, or too large or too fine.
    """
    if isinstance(cell, str) and _DECIMAL.fullmatch(cell.strip()):
        return decimal_text(Decimal(cell.strip()).normalize())
    return decimal_text(_exact(cell, _number(cell)))


def share_in(cell: Cell, *, percent: bool) -> str:
    """Return a share as ``93.2%``.

    Args:
        cell: The value.
        percent: Whether the cell is shown as a percentage: 0.932 is 93.2 % only there.

    Raises:
        Unfit: It is no number, or is not shown as a percentage.
    """
    if isinstance(cell, str) and (typed := _PERCENT.fullmatch(cell.strip())):
        return f"{decimal_text(Decimal(typed[1]).normalize())}%"
    number = _exact(cell, _number(cell, "a percentage such as 93.2%"))
    if not percent:
        raise UnfitCell(
            f"holds {described(cell)} without a percent sign, which could be {decimal_text(number)} % or "
            f"{decimal_text(number * 100)} %; format the cell as a percentage and type it with the sign, such as 93.2%"
        )
    return f"{decimal_text(number * 100)}%"


def described(cell: Cell) -> str:
    """Return what a cell holds, for a sentence."""
    if cell == "":
        return "nothing"
    if isinstance(cell, bool):
        return f"the truth value {str(cell).upper()}"
    if isinstance(cell, (int, float)):
        return f"the number {int(cell) if float(cell).is_integer() and abs(cell) < 1e15 else cell!r}"
    if isinstance(cell, (date, datetime)):
        return f"the date {cell.isoformat(' ') if isinstance(cell, datetime) else cell.isoformat()}"
    if isinstance(cell, str):
        return f"the text {cell[:40]!r}"
    return "a time or a duration"


def _number(cell: Cell, expected: str = "a number") -> float:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        number = cell + 0.0
        if math.isfinite(number):
            return number
    if isinstance(cell, str):
        raise UnfitCell(f"holds {described(cell)}, not a number; format the cell as a number and type {expected} again")
    raise UnfitCell(f"holds {described(cell)}, where {expected} belongs")


def _exact(cell: Cell, number: float) -> Decimal:
    """Return the shortest decimal that is this number, as a spreadsheet program shows it."""
    exact = Decimal(repr(number)).normalize()
    if len(exact.as_tuple().digits) > SIGNIFICANT:
        exact = Decimal(format(number, f".{SIGNIFICANT}g")).normalize()
    try:
        decimal_text(exact)
    except CanonicalError:
        raise UnfitCell(f"holds {described(cell)}, which is too large or too fine") from None
    return exact
