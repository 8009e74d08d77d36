"""A row for each criterion as CSV (RFC 4180), for Power BI and spreadsheets: no cell is a formula."""

from __future__ import annotations

import csv
import io
from datetime import datetime
from typing import Final

from gonogo.report.machine.criteria_table import COLUMNS, Cell, table_rows
from gonogo.report.machine.notation import moment
from gonogo.report.view import RunView

SUFFIX: Final = ".csv"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a spreadsheet takes for the beginning of a formula, also in full width."""


def render(view: RunView) -> bytes:
    """Return the table as UTF-8 with a header, every cell in quotes."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([_text(cell) for cell in row] for row in table_rows(view, "csv"))
    return stream.getvalue().encode()


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, datetime):
        return moment(cell)
    text = str(cell)  # a day is written as in ISO 8601
    return f"'{text}" if text.startswith(_FORMULA) else text
