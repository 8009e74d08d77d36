"""Where a cell stands: the names of columns and cells, and the numbers behind them, which count from 1."""

from __future__ import annotations

import re
from typing import Final

LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})", re.ASCII)


def column_letters(column: int) -> str:
    """Return the letters of a column that counts from 1: 27 is ``AA``."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """Return a cell's name: row 5, column 2 is ``B5``."""
    return f"{column_letters(column)}{row}"


def column_number(letters: str) -> int:
    """Return the 1-based number of a column: ``A`` is 1, ``AA`` is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def read_reference(text: str) -> tuple[int, int]:
    """Return (row, column), from 1, of a cell reference such as ``B5``.

    Raises:
        ValueError: It is not one, or is beyond the largest sheet.
    """
    match = _REFERENCE.fullmatch(text)
    if match is None:
        raise ValueError(f"{text[:40]!r} is not a cell reference such as B5")
    row, column = int(match[2]), column_number(match[1])
    if row > LAST_ROW or column > LAST_COLUMN:
        raise ValueError(f"the cell {text} is beyond the largest sheet")
    return row, column
