"""XLSX workbooks, opened safely: the only place where python-calamine is imported.

Nothing that a sheet holds is lost without a word: an error value, a formula that was never calculated, and one whose
value changes by itself or comes from another workbook, raise where they are read; hidden sheets, rows and columns and
merged ranges are reported, and every place has a name such as ``raid.xlsx, sheet Risk Log, cell N4``. Formulas are
never calculated here.

    workbook = read_workbook(data, "raid.xlsx")
    sheet = workbook.sheet("Risk Log")
    header = find_header(sheet, ["Title", "Status"])
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any, Final

from gonogo.documents.xlsx.archive import pack, read_parts, sheet_parts
from gonogo.documents.xlsx.cell_places import cell_name as cell_name
from gonogo.documents.xlsx.cell_places import column_letters as column_letters
from gonogo.documents.xlsx.cell_places import read_reference
from gonogo.documents.xlsx.scan import Scan, scan_sheet
from gonogo.documents.xlsx.volatile import Restless, find_restless
from gonogo.model.position import Position
from gonogo.model.refusal import SourceRefusal

Cell = str | float | bool | date | datetime | time | timedelta
"""What a cell can hold; every number is a float, and a blank cell is the empty text."""

_SHEET_CELL: Final = re.compile(r"(?:'([^']+)'|([^'!]+))!\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
HEADER_WITHIN: Final = 10


@dataclass(frozen=True, slots=True)
class MergedRange:
    """Cells that are merged into one; only the first one holds the value. Rows and columns count from 1."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    def __str__(self) -> str:
        return f"{cell_name(self.first_row, self.first_column)}:{cell_name(self.last_row, self.last_column)}"


@dataclass(frozen=True)
class Worksheet:
    """One worksheet. Rows and columns count from 1, from cell A1.

    Attributes:
        file_name: Base name of the workbook, for messages.
        name: Name of the sheet.
        visible: False for hidden and very hidden sheets.
        rows: Values of each row from A1 on, all of equal length; errors and formulas without a result look blank
            here: ask ``fault`` or read through ``value``.
        merged: Merged ranges.
        scan: What the sheet's XML says beside its values.
        restless: The cells of the workbook whose value changes by itself; None where there is none.
    """

    file_name: str
    name: str
    visible: bool
    rows: Sequence[Sequence[Cell]]
    merged: tuple[MergedRange, ...]
    scan: Scan
    restless: Restless | None = None

    @property
    def last_row(self) -> int:
        """Last row with content, a formula or an error; 0 for a blank sheet."""
        return max(len(self.rows), self.scan.last_row)

    @property
    def last_column(self) -> int:
        """Last column with content, a formula or an error; 0 for a blank sheet."""
        return max(len(self.rows[0]) if self.rows else 0, self.scan.last_column)

    def where(self, row: int = 0, column: int = 0) -> Position:
        """Return the place of a cell, or of the sheet, for messages."""
        return Position(self.file_name, sheet=self.name, cell=cell_name(row, column) if row and column else "")

    def fault(self, row: int, column: int) -> str:
        """Return why the cell has no usable value, as a sentence, or the empty text."""
        if (row, column) in self.scan.errors:
            return f"{self.where(row, column)} holds an error value"
        if (row, column) in self.scan.unevaluated:
            return (
                f"{self.where(row, column)} holds a formula without a stored result; open and save the workbook in a "
                "spreadsheet program, or type the value"
            )
        why = self.restless.why(self.name, row, column) if self.restless is not None else ""
        return f"{self.where(row, column)} {why}" if why else ""

    @property
    def unusable(self) -> set[tuple[int, int]]:
        """The cells that have a fault."""
        found = self.scan.errors | self.scan.unevaluated
        return found | self.restless.within(self.name, self.last_row, self.last_column) if self.restless else found

    def empty(self, row: int, column: int) -> bool:
        """Whether a cell shows nothing: no value, no error, no formula that was never calculated."""
        if (row, column) in self.scan.errors or (row, column) in self.scan.unevaluated:
            return False
        return self._raw(row, column) == ""

    def value(self, row: int, column: int) -> Cell:
        """Return the value of a cell; text without surrounding blanks, so that a cell of blanks is the empty text.

        Raises:
            SourceRefusal: It holds an error, a formula without a stored result, or one whose result changes by itself.
        """
        fault = self.fault(row, column)
        if fault:
            raise SourceRefusal(fault)
        return self._raw(row, column)

    def _raw(self, row: int, column: int) -> Cell:
        if not (1 <= row <= len(self.rows) and 1 <= column <= len(self.rows[row - 1])):
            return ""
        value = self.rows[row - 1][column - 1]
        return value.strip() if isinstance(value, str) else value

    def merged_in(self, first_row: int, last_row: int) -> tuple[MergedRange, ...]:
        """Return the merged ranges that touch these rows."""
        return tuple(entry for entry in self.merged if entry.first_row <= last_row and entry.last_row >= first_row)


class Workbook:
    """An opened workbook; sheets are read when they are asked for.

    Attributes:
        file_name: Base name, for messages.
        sheet_names: Worksheets in their order, hidden ones included.
    """

    def __init__(self, file_name: str, parts: dict[str, bytes]) -> None:
        if "xl/workbook.xml" not in parts:
            raise SourceRefusal(f"{file_name} is a zip archive, but not an XLSX workbook")
        self.file_name = file_name
        self._parts = parts
        self._part_names = sheet_parts(file_name, parts)
        self._read: dict[str, Worksheet] = {}
        self.sheet_names: tuple[str, ...] = tuple(self._part_names)

    @cached_property
    def _calamine(self) -> Any:
        import python_calamine

        return _foreign(self.file_name, lambda: python_calamine.CalamineWorkbook.from_filelike(pack(self._parts)))

    @property
    def from_1904(self) -> bool:
        """Whether its days count from 1904, as Excel for Mac once did."""
        return re.search(rb'date1904="(?:1|true)"', self._parts["xl/workbook.xml"]) is not None

    def styled(self, name: str) -> tuple[bytes, bytes]:
        """Return the XML of a worksheet and of the workbook's styles; empty where there is none."""
        return self._parts.get(self._part_names[name], b""), self._parts.get("xl/styles.xml", b"")

    def parts(self) -> tuple[dict[str, bytes], dict[str, str]]:
        """Return the XML parts of the archive, and the part of each worksheet by its name."""
        return self._parts, self._part_names

    @property
    def texts(self) -> bytes:
        """The XML of the texts that cells share; empty where there is none."""
        return self._parts.get("xl/sharedStrings.xml", b"")

    def sheet(self, name: str) -> Worksheet:
        """Return a worksheet by its exact name.

        Raises:
            SourceRefusal: There is none (the sentence names the nearest), or it cannot be read.
        """
        if name not in self._part_names:
            raise SourceRefusal(
                f"{self.file_name} has no sheet {name!r}{_nearest(name, self.sheet_names)}; "
                f"it has {', '.join(map(repr, self.sheet_names)) or 'none'}"
            )
        if name not in self._read:
            self._read[name] = self._read_sheet(name)
        return self._read[name]

    def _read_sheet(self, name: str) -> Worksheet:
        where = f"{self.file_name}, sheet {name}"
        part = self._part_names[name]
        if part not in self._parts:
            raise SourceRefusal(f"{where} has no content in the archive")
        scan = scan_sheet(self._parts[part], where)
        visible = {entry.name: str(entry.visible).endswith(".Visible") for entry in self._calamine.sheets_metadata}

        def read() -> tuple[list[list[Cell]], list[Any]]:
            found = self._calamine.get_sheet_by_name(name)
            return found.to_python(skip_empty_area=False), found.merged_cell_ranges or []

        rows, merged = _foreign(where, read)
        ranges = tuple(MergedRange(a + 1, b + 1, c + 1, d + 1) for (a, b), (c, d) in merged)
        return Worksheet(self.file_name, name, visible.get(name, False), rows, ranges, scan, self.restless(scan))

    def restless(self, scan: Scan) -> Restless | None:
        """Return the restless cells of the workbook for a sheet with this scan; None for one without formulas.

        Raises:
            SourceRefusal: A sheet with formulas is damaged.
        """
        return self._restless if scan.formulas else None

    @cached_property
    def _restless(self) -> Restless | None:
        return find_restless(self.file_name, self._parts, self._part_names)

    def cell(self, reference: str) -> tuple[Cell, Position]:
        """Return the value and the place of a cell such as ``Cover!B5`` or ``'Risk Log'!B5``.

        Raises:
            SourceRefusal: Not a reference, no such sheet, or the cell has no usable value.
        """
        match = _SHEET_CELL.fullmatch(reference)
        if match is None:
            raise SourceRefusal(f"{reference!r} is not a cell reference such as Cover!B5")
        sheet = self.sheet(match[1] or match[2])
        try:
            row, column = read_reference(match[3].upper() + match[4])
        except ValueError as error:
            raise SourceRefusal(str(error)) from error
        return sheet.value(row, column), sheet.where(row, column)


@dataclass(frozen=True, slots=True)
class Header:
    """Where a sheet's columns are.

    Attributes:
        row: Row of the header; data starts below it.
        columns: Column number by ``header_key`` of its heading; blank headings are left out.
        headings: Headings as the sheet writes them, by column number.
    """

    row: int
    columns: Mapping[str, int]
    headings: Mapping[int, str]


def read_workbook(data: bytes, file_name: str) -> Workbook:
    """Open the bytes of an XLSX file after checking its archive.

    Raises:
        SourceRefusal: It is empty, damaged, encrypted, not a workbook, or built to hurt.
    """
    return Workbook(file_name, read_parts(data, file_name))


def header_key(heading: str) -> str:
    """Return a heading without stray blanks and case: ``Risk  Type `` is ``risk type``."""
    return " ".join(heading.split()).casefold()


def find_header(sheet: Worksheet, required: Iterable[str], *, within: int = HEADER_WITHIN) -> Header:
    """Return the first row, of the first ``within``, that has every required heading exactly once.

    Raises:
        SourceRefusal: No row has; the sentence names the row that comes nearest, what it lacks and what is near.
    """
    wanted = {header_key(name): name for name in required}
    best: tuple[int, int, dict[int, str]] = (-1, 0, {})
    for row in range(1, min(within, len(sheet.rows)) + 1):
        found = {n: cell for n, cell in enumerate(sheet.rows[row - 1], 1) if isinstance(cell, str) and cell.strip()}
        keys = [header_key(heading) for heading in found.values()]
        if not wanted.keys() - set(keys):
            doubled = sorted(wanted[key] for key in wanted if keys.count(key) > 1)
            if doubled:
                raise SourceRefusal(f"{sheet.where()}, row {row}, has the heading {doubled[0]!r} twice")
            return Header(row, {header_key(text): n for n, text in reversed(found.items())}, found)
        score = len(wanted.keys() & set(keys))
        if score > best[0]:
            best = (score, row, found)
    keys = [header_key(text) for text in best[2].values()]
    lacking = [f"{name!r}{_nearest(key, keys)}" for key, name in wanted.items() if key not in keys]
    raise SourceRefusal(f"{sheet.where()} has no header row with {', '.join(lacking)}; row {best[1]} comes nearest")


def _nearest(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(names), n=1, cutoff=0.6)
    return f" (nearest: {close[0]!r})" if close else ""


def _foreign(where: str, read: Any) -> Any:
    try:
        return read()
    except BaseException as error:  # the Rust reader raises its own classes, and panics beside Exception
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        raise SourceRefusal(f"{where} cannot be read as a workbook: {str(error)[:200]}") from error
