"""What the fast reader of worksheets does not tell: error values, formulas without a result, hidden rows, size.

It shows ``#REF!`` and a formula that was never calculated as a blank cell, and lays out the whole rectangle between
the first and the last cell. Both would let a count come out too good or memory run out, so each sheet's XML is
passed once by expat, without a document type, before a value is read. Rows in which nothing but values stands are
passed by a pattern, and the rest by expat.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from gonogo.documents.xlsx.cell_places import LAST_COLUMN, LAST_ROW, read_reference
from gonogo.documents.xlsx.plain_rows import TABLE, PlainRows, plain_rows
from gonogo.model.refusal import SourceRefusal

MAX_CELLS: Final = 5_000_000
"""Cells of the rectangle from A1 to the last cell with content."""
_CELLS: Final = frozenset({"sheetData", "row", "c"})
_OFTEN: Final = _CELLS | {"v", "f", "is"}
"""Elements of which a sheet has millions: what each is called without its prefix is kept."""
_FAULTS: Final = (expat.ExpatError, ValueError, LookupError)


@dataclass(slots=True)
class Scan:
    """What one sheet's XML says beside its values; rows and columns count from 1.

    Attributes:
        errors: Cells that hold an error such as ``#REF!``.
        unevaluated: Cells whose formula has no stored result.
        hidden_rows: Rows that are hidden, by hand, by a filter or by having no height.
        hidden_columns: First and last column of each hidden stretch; it may reach beyond the last used column.
        last_row: Last row with content; 0 for none.
        last_column: Last column with content; 0 for none.
        formulas: Whether any cell holds a formula.
    """

    errors: set[tuple[int, int]] = field(default_factory=set)
    unevaluated: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    last_row: int = 0
    last_column: int = 0
    formulas: bool = False


def scan_sheet(xml: bytes, where: str) -> Scan:
    """Pass the XML of one worksheet.

    Raises:
        SourceRefusal: Not well-formed, with a document type, cells that are there twice or out of order, or a
            rectangle beyond the cap.
    """
    rows = plain_rows(xml)
    scan = (scan_beside(xml, rows) if rows is not None else None) or scan_cells(xml, where)
    if scan.last_row * scan.last_column > MAX_CELLS:
        raise SourceRefusal(
            f"{where} spans {scan.last_row} rows by {scan.last_column} columns; delete the cells far out that are used"
        )
    return scan


def scan_cells(xml: bytes, where: str) -> Scan:
    """Pass everything, cell by cell, whatever its size.

    Raises:
        SourceRefusal: As ``scan_sheet``, but for the cap.
    """
    reader = _SheetReader()
    try:
        reader.parser.Parse(xml, True)
        reader.cell_done()
    except _FAULTS as error:
        raise SourceRefusal(f"{where} cannot be read: {error}") from error
    return reader.scan


def scan_beside(xml: bytes, rows: PlainRows) -> Scan | None:
    """Pass what stands beside plain rows, and their last one; None where only a pass of everything can tell."""
    reader = _SheetReader()
    parse, begin = reader.parser.Parse, rows.start - len(TABLE)
    try:
        parse(xml[:begin], False)
        if reader.blocks or reader.row or reader.column:
            return None
        parse(TABLE, False)
        if not reader.blocks or reader.flat:
            return None
        reader.scan.last_row, reader.scan.last_column = rows.last_row, rows.last_column
        parse(xml[rows.end :], True)
        reader.cell_done()
    except _FAULTS:
        return None
    return reader.scan


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it has a document type declaration, which a workbook never has")


def _no_size(attributes: dict[str, str], name: str) -> bool:
    """Whether a height or width is so small that nobody sees anything: another way to hide."""
    return float(attributes.get(name, "1")) < 1


class _SheetReader:
    """Handlers of one pass, with as little done for each cell as possible: sheets have millions of them.

    A cell is judged when the next one begins. Rows and cells must ascend, as every program writes them: a cell that
    is there twice cannot ascend, and nothing has to be remembered.
    """

    def __init__(self) -> None:
        self.scan = Scan()
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.StartDoctypeDeclHandler = _refuse_doctype
        self.row = 0
        self.row_text = ""
        self.column = 0
        self.kind = "n"
        self.open = self.formula = self.content = self.reading = False
        self.columns: dict[str, int] = {}
        self.prefix: str | None = None
        self.locals: dict[str, str] = {}
        self.blocks = 0
        self.alternate = False
        self.flat = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self.reading:
            self.parser.CharacterDataHandler = None
            self.reading = False
        local = self.locals.get(name, "")
        if not local:
            prefix, _, local = name.rpartition(":")
            if self.prefix is None:
                self.prefix = prefix
            elif prefix != self.prefix and local in _CELLS:
                if local != "row" or attributes:  # anchors of drawings have a row too, without attributes
                    raise ValueError(f"the element {name[:40]} is not one of a worksheet")
                return
            if local in _OFTEN:
                self.locals[name] = local
        if local == "c":
            self.cell_done()
            self._cell(attributes)
        elif local == "is":
            self.content = True
        elif local == "v":
            if self.formula:
                self.parser.CharacterDataHandler = self.text
                self.reading = True
            else:
                self.content = True
        elif local == "f":
            self.formula = True
        elif local == "row":
            self._row(attributes)
        else:
            # Whatever else begins, nothing that follows belongs to the cell: formulas also stand in formatting rules.
            self.cell_done()
            if local in ("sheetData", "AlternateContent"):
                self._block(local)
            elif local == "sheetFormatPr":
                self.flat = _no_size(attributes, "defaultRowHeight")
                if _no_size(attributes, "defaultColWidth"):
                    self.scan.hidden_columns.append((1, LAST_COLUMN))
            elif local == "col" and (attributes.get("hidden") in ("1", "true") or _no_size(attributes, "width")):
                self.scan.hidden_columns.append((int(attributes.get("min", "1")), int(attributes.get("max", "1"))))

    def _block(self, local: str) -> None:
        if local == "sheetData" and self.blocks:
            raise ValueError("it holds two tables of cells")
        self.blocks += local == "sheetData"
        self.alternate = self.alternate or local == "AlternateContent"

    def _row(self, attributes: dict[str, str]) -> None:
        self.cell_done()
        if self.alternate:
            raise ValueError("it holds cells that only some programs show (AlternateContent)")
        row = int(attributes.get("r", self.row + 1))
        if not self.row < row <= LAST_ROW:
            raise ValueError(f"the row {row} appears twice, out of order, or beyond the largest sheet")
        self.row, self.row_text, self.column = row, str(row), 0
        flat = _no_size(attributes, "ht") or (self.flat and "ht" not in attributes)
        if flat or attributes.get("hidden") in ("1", "true"):
            self.scan.hidden_rows.add(row)

    def _cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if reference is None:
            column = self.column + 1
        else:
            letters = reference.rstrip("0123456789")
            column = self.columns.get(letters, 0)
            if not column:
                column = self.columns[letters] = read_reference(f"{letters}1")[1]
            if reference[len(letters) :] != self.row_text:
                raise ValueError(f"the cell {reference[:20]} is in row {self.row}")
        if not self.column < column <= LAST_COLUMN:
            raise ValueError(f"the cell in row {self.row}, column {column} appears twice or out of order")
        self.column = column
        self.kind = attributes.get("t", "n")
        self.open = True
        self.formula = self.content = False

    def text(self, text: str) -> None:
        self.content = self.content or bool(text.strip())  # line breaks between elements are no result

    def cell_done(self) -> None:
        """Judge the cell that was open, if there was one."""
        if not self.open:
            return
        self.open = False
        scan = self.scan
        scan.formulas = scan.formulas or self.formula
        if self.kind == "e":
            scan.errors.add((self.row, self.column))
        elif self.formula and not self.content and self.kind != "str":
            # A formula whose result is the empty text says t="str"; without that nothing was ever calculated.
            scan.unevaluated.add((self.row, self.column))
        elif not (self.content or self.formula):
            return
        scan.last_row = self.row
        scan.last_column = max(scan.last_column, self.column)
