"""XLSX workbooks for collectors: :mod:`gonogo.xlsxsource`, opened from a job's input."""

from __future__ import annotations

from gonogo.plugin.spec import Input
from gonogo.xlsxsource.conditional import striking_ranges
from gonogo.xlsxsource.nesting import nested_rows
from gonogo.xlsxsource.scan import column_number, read_reference
from gonogo.xlsxsource.styles import percent_cells, struck_rows
from gonogo.xlsxsource.workbook import (
    HEADER_WITHIN,
    Cell,
    Header,
    MergedRange,
    Sheet,
    Workbook,
    cell_name,
    column_letters,
    find_header,
    header_key,
    read_workbook,
)

__all__ = [
    "HEADER_WITHIN",
    "Cell",
    "Header",
    "MergedRange",
    "Sheet",
    "Workbook",
    "cell_name",
    "column_letters",
    "column_number",
    "find_header",
    "header_key",
    "nested_rows",
    "open_workbook",
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
