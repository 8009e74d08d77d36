"""Workbooks for a first look: the same checks of the archive, without passing every cell where nothing is concealed.

A sheet that holds no formula, error or hidden row needs no pass by expat; one glance at its bytes shows that. Whatever
is less plain is scanned exactly as the collectors do.
"""

from __future__ import annotations

import re
from typing import Final

from gonogo.documents.xlsx.archive import read_parts
from gonogo.documents.xlsx.scan import MAX_CELLS, Scan, column_number, scan_sheet
from gonogo.documents.xlsx.workbook import MergedRange, Workbook, Worksheet
from gonogo.errors import UsageError
from gonogo.model.refusal import SourceRefusal

_ROWS: Final = re.compile(rb'<row[^>]*?\sr="([0-9]+)"')
_WIDE: Final = re.compile(rb' r="([A-Z]{2,})[0-9]')
_NARROW: Final = 26


def open_quickly(data: bytes, file_name: str) -> QuickWorkbook:
    """Open a workbook.

    Raises:
        UsageError: It is damaged, encrypted, no workbook, or built to hurt.
    """
    try:
        return QuickWorkbook(file_name, read_parts(data, file_name))
    except SourceRefusal as refusal:
        raise UsageError(f"{refusal}.") from refusal


class QuickWorkbook(Workbook):
    """A workbook whose plain sheets are read without a pass over each cell."""

    def weight(self, name: str) -> int:
        """Return how many cells of a sheet hold a value."""
        xml, _ = self.styled(name)
        return xml.count(b"<v>") + xml.count(b"<is>")

    def visible(self, name: str) -> bool:
        """Whether a sheet is neither hidden nor very hidden."""
        return name not in self._hidden

    @property
    def _hidden(self) -> set[str]:
        return {entry.name for entry in self._calamine.sheets_metadata if not str(entry.visible).endswith(".Visible")}

    def sheet(self, name: str) -> Worksheet:
        """Return a worksheet by its exact name.

        Raises:
            UsageError: It cannot be read.
        """
        try:
            return super().sheet(name)
        except SourceRefusal as refusal:
            raise UsageError(f"{refusal}.") from refusal

    def _read_sheet(self, name: str) -> Worksheet:
        xml, _ = self.styled(name)
        where = f"{self.file_name}, sheet {name}"
        scan = Scan() if _is_plain(xml) else scan_sheet(xml, where)
        try:
            found = self._calamine.get_sheet_by_name(name)
            rows = found.to_python(skip_empty_area=False)
            merged = found.merged_cell_ranges or []
        except BaseException as error:  # the Rust reader raises its own classes, and panics beside Exception
            if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
                raise
            raise SourceRefusal(f"{where} cannot be read as a workbook: {str(error)[:200]}") from error
        ranges = tuple(MergedRange(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in merged)
        return Worksheet(self.file_name, name, self.visible(name), rows, ranges, scan, self.restless(scan))


def _is_plain(xml: bytes) -> bool:
    """Whether a sheet holds nothing but values, in a rectangle that fits into memory.

    The reader lays out everything between the first and the last cell, so both are looked for before it starts.
    """
    start, end = xml.find(b"<sheetData>"), xml.rfind(b"</sheetData>")
    if start < 0 or end < start or b"<!" in xml[:start]:
        return False
    if b"hidden=" in xml or xml.find(b't="e"', start, end) >= 0 or xml.find(b"<f", start, end) >= 0:
        return False
    last_row = max(map(int, _ROWS.findall(xml)), default=0)
    letters = set(_WIDE.findall(xml))
    if any(len(entry) > 3 for entry in letters):
        return False
    last_column = max((column_number(entry.decode()) for entry in letters), default=_NARROW)
    return max(last_row, xml.count(b"<row", start, end)) * last_column <= MAX_CELLS
