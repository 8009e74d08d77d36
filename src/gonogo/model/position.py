"""Where in a file something stands, so that every complaint can point at it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text file, or in a workbook.

    Attributes:
        file: Name of the file as the person gave it; never a path of the host that a report would leak.
        line: 1-based line; 0 when unknown.
        column: 1-based column; 0 when unknown.
        sheet: Name of the worksheet, for workbooks.
        cell: Cell reference such as ``F12``, for workbooks.
    """

    file: str
    line: int = 0
    column: int = 0
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        if self.sheet:
            return f"{self.file}, sheet {self.sheet}" + (f", cell {self.cell}" if self.cell else "")
        if self.line and self.column:
            return f"{self.file}:{self.line}:{self.column}"
        return f"{self.file}:{self.line}" if self.line else self.file
