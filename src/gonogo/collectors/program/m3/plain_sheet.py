"""Sheets that can be read at their word: a hidden sheet, or a row that is struck through, may be of last month."""

from __future__ import annotations

from collections.abc import Iterable

from gonogo.collectors.worksheet import Workbook, Worksheet, struck_rows
from gonogo.plugin.spec import CollectorRefusal


def shown_sheet(workbook: Workbook, name: str) -> Worksheet:
    """Return a sheet that people see.

    Raises:
        CollectorRefusal: There is none of the name, or it is hidden.
    """
    sheet = workbook.sheet(name)
    if not sheet.visible:
        raise CollectorRefusal(f"{sheet.where()} is hidden; nobody can tell whether it still counts. Show it again")
    return sheet


def check_struck(workbook: Workbook, sheet: Worksheet, rows: Iterable[int]) -> None:
    """Refuse rows that are struck through.

    Raises:
        CollectorRefusal: One of them is.
    """
    struck = struck_rows(*workbook.styled(sheet.name), str(sheet.where()), texts=workbook.texts)
    for row in rows:
        if row in struck:
            raise CollectorRefusal(
                f"{sheet.where()}, row {row}, is struck through; nobody can tell whether it counts. Delete it, or take "
                "the line away"
            )
