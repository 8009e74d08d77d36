"""Formulas of a workbook: the cells that hold them, defined names and tables. One pass by expat over each sheet."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from gonogo.documents.xlsx.cell_places import cell_name, read_reference
from gonogo.documents.xlsx.formula import Formula, read_formula
from gonogo.model.refusal import SourceRefusal

MAX_FORMULAS: Final = 300_000
"""So many formulas are followed in a workbook; where it holds more, every one of them is in doubt."""

Area = tuple[str, int, int, int, int]
"""Sheet, top, left, bottom and right."""
_RELATIVE: Final = re.compile(r"(?<![\w$.])(\$?[A-Z]{1,3})([1-9][0-9]{0,6})(?![\w(.])")


@dataclass(frozen=True, slots=True)
class WrittenFormula:
    """One formula where it stands.

    Attributes:
        area: The cells that show its results: one, or those of an array formula.
        formula: What it reads.
        moved: How far down and to the right of where its text was written.
    """

    area: Area
    formula: Formula
    moved: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Formulas:
    """All formulas of a workbook.

    Attributes:
        written: Those of cells.
        names: Defined names and their sheet or an empty text, both in lower case, to what they stand for.
        tables: Tables in lower case, to the cells of each and its headings.
        sheets: Names of the worksheets in their order.
        many: Whether there are more than are followed.
    """

    written: list[WrittenFormula] = field(default_factory=list)
    names: dict[tuple[str, str], Formula] = field(default_factory=dict)
    tables: dict[str, tuple[Area, tuple[str, ...]]] = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    many: bool = False


def read_formulas(file_name: str, parts: Mapping[str, bytes], sheets: Mapping[str, str]) -> Formulas:
    """Return every formula.

    Args:
        file_name: Base name, for messages.
        parts: Parts of the archive.
        sheets: Worksheet to its part.

    Raises:
        SourceRefusal: A part is damaged.
    """
    found = Formulas(sheets=tuple(sheets))
    _pass(parts["xl/workbook.xml"], _Names(found), file_name)
    for sheet, part in sheets.items():
        xml = parts.get(part, b"")
        if b"<f" in xml or b":f" in xml:
            _pass(xml, _Cells(sheet, found), f"{file_name}, sheet {sheet}")
        folder, _, name = part.rpartition("/")
        tables: list[str] = []
        _pass(parts.get(f"{folder}/_rels/{name}.rels", b""), _Tables(tables), file_name)
        for target in tables:
            path = target[1:] if target[:1] == "/" else posixpath.normpath(f"{folder}/{target}")
            _pass(parts.get(path, b""), _TableReader(sheet, found), f"{file_name}, {path}")
    return found


class _Handler:
    """One pass; ``wanted`` elements hand over their text."""

    def start(self, local: str, attributes: dict[str, str]) -> bool:
        """Take the start of an element, and say whether its text is wanted."""
        raise NotImplementedError

    def text(self, text: str) -> None:
        """Take the whole text of an element that was wanted."""


class _Names(_Handler):
    def __init__(self, found: Formulas) -> None:
        self.found = found
        self.key = ("", "")
        self.macro = False

    def start(self, local: str, attributes: dict[str, str]) -> bool:
        if local != "definedName":
            return False
        number = attributes.get("localSheetId")
        sheets = self.found.sheets
        sheet = sheets[int(number)] if number is not None and int(number) < len(sheets) else ""
        self.key = (sheet.casefold(), attributes.get("name", "").casefold())
        self.macro = any(attributes.get(mark) in ("1", "true") for mark in ("function", "vbProcedure", "xlm"))
        return True

    def text(self, text: str) -> None:
        macro = (f"{self.key[1].upper()}()",)  # whatever is there, the value comes from code
        self.found.names[self.key] = Formula(causes=macro) if self.macro else read_formula(text)


class _Cells(_Handler):
    def __init__(self, sheet: str, found: Formulas) -> None:
        self.sheet = sheet
        self.found = found
        self.cell = (0, 0)
        self.row = 0
        self.attributes: dict[str, str] = {}
        self.shared: dict[str, tuple[int, int, Formula]] = {}
        self.alike: dict[tuple[int, str], tuple[int, Formula]] = {}
        self.open = False

    def start(self, local: str, attributes: dict[str, str]) -> bool:
        if local == "row":
            self.row, self.cell, self.open = int(attributes.get("r", self.row + 1)), (0, 0), False
        elif local == "c":
            reference = attributes.get("r")
            self.cell = read_reference(reference) if reference else (self.row, self.cell[1] + 1)
            self.open = True
        elif local == "f":
            self.attributes = attributes
            return self.open
        elif local not in ("v", "is", "t", "r", "rPr"):
            self.open = False
        return False

    def text(self, text: str) -> None:
        if len(self.found.written) >= MAX_FORMULAS:
            self.found.many = True
            return
        (row, column), kind = self.cell, self.attributes.get("t", "")
        formula, moved = self._read(text, row, column)
        area: Area = (self.sheet, row, column, row, column)
        if kind == "shared":
            key = self.attributes.get("si", "")
            if text or key not in self.shared:
                self.shared[key] = (row - moved[0], column, formula)
            else:
                top, left, formula = self.shared[key]
                moved = (row - top, column - left)
        elif kind in ("array", "dataTable"):
            first, _, last = self.attributes.get("ref", "").partition(":")
            if first:
                area = (self.sheet, *read_reference(first), *read_reference(last or first))
            if kind == "dataTable":  # a what-if table is calculated over the cells that it names
                formula = read_formula(
                    ",".join([*(self.attributes.get(key, "") for key in ("r1", "r2")), _beside(area)])
                )
                moved = (0, 0)
        self.found.written.append(WrittenFormula(area, formula, moved))

    def _read(self, text: str, row: int, column: int) -> tuple[Formula, tuple[int, int]]:
        """Read a formula, but only once what was filled down: the same text, seen from the row in which it stands."""
        key = (column, _RELATIVE.sub(lambda cell: f"{cell[1]}[{int(cell[2]) - row}]", text))
        if key not in self.alike:
            self.alike[key] = (row, read_formula(text))
        first, formula = self.alike[key]
        return formula, (row - first, 0)


def _beside(area: Area) -> str:
    """Return the row above and the column before a what-if table, where its formulas stand, as a formula reads them."""
    _sheet, top, left, bottom, right = area
    above, before = max(top - 1, 1), max(left - 1, 1)
    corner = cell_name(above, before)
    return f"{corner}:{cell_name(above, right)},{corner}:{cell_name(bottom, before)}"


class _Tables(_Handler):
    def __init__(self, targets: list[str]) -> None:
        self.targets = targets

    def start(self, local: str, attributes: dict[str, str]) -> bool:
        if local == "Relationship" and attributes.get("Type", "").endswith("/table"):
            self.targets.append(attributes.get("Target", ""))
        return False


class _TableReader(_Handler):
    def __init__(self, sheet: str, found: Formulas) -> None:
        self.sheet = sheet
        self.found = found
        self.names: list[str] = []

    def start(self, local: str, attributes: dict[str, str]) -> bool:
        if local == "table" and attributes.get("ref"):
            first, _, last = attributes["ref"].partition(":")
            area: Area = (self.sheet, *read_reference(first), *read_reference(last or first))
            names = (attributes.get(key, "").casefold() for key in ("name", "displayName"))
            self.names = [name for name in dict.fromkeys(names) if name]
            self.found.tables |= dict.fromkeys(self.names, (area, ()))
        elif local == "tableColumn":
            for name in self.names:
                area, columns = self.found.tables[name]
                self.found.tables[name] = (area, (*columns, attributes.get("name", "")))
        return False


def _pass(xml: bytes, handler: _Handler, where: str) -> None:
    if not xml:
        return
    parser = expat.ParserCreate()
    pieces: list[str] | None = None

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal pieces
        pieces = [] if handler.start(name.rpartition(":")[2], attributes) else None
        parser.CharacterDataHandler = None if pieces is None else pieces.append

    def end(_name: str) -> None:
        nonlocal pieces
        if pieces is not None:
            handler.text("".join(pieces))
            pieces = None
            parser.CharacterDataHandler = None

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise SourceRefusal(f"{where} cannot be read: {error}") from error


def _refuse_doctype(*_: object) -> None:
    raise ValueError("it has a document type declaration, which a workbook never has")
