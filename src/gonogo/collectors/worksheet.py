"""XLSX workbooks for collectors: :mod:`gonogo.documents.xlsx`, opened from a job's input."""

from __future__ import annotations

from gonogo.documents.xlsx.cell_places import column_number, read_reference
from gonogo.documents.xlsx.conditional import striking_ranges
from gonogo.documents.xlsx.nesting import nested_rows, parent_rows
from gonogo.documents.xlsx.styles import percent_cells, struck_rows
from gonogo.documents.xlsx.workbook import (
    HEADER_WITHIN,
    Cell,
    Header,
    MergedRange,
    Workbook,
    Worksheet,
    cell_name,
    column_letters,
    find_header,
    header_key,
    read_workbook,
)
from gonogo.plugin.spec import Input

__all__ = [
    "HEADER_WITHIN",
    "Cell",
    "Header",
    "MergedRange",
    "Workbook",
    "Worksheet",
    "cell_name",
    "column_letters",
    "column_number",
    "find_header",
    "header_key",
    "nested_rows",
    "open_workbook",
    "parent_rows",
    "percent_cells",
    "read_reference",
    "striking_ranges",
    "struck_rows",
]


def open_workbook(source: Input) -> Workbook:
    """Open an XLSX input after checking its archive.

    Raises:
        CollectorRefusal: It is empty, damaged, encrypted, not a workbook, or built to hurt.
    """
    return read_workbook(source.read(), source.file_name)
