"""Cells whose stored value is worth nothing, because it may change by itself or comes from outside the workbook.

``=TODAY()`` in the cell that dates a workbook makes it young for ever; a cell that refers to it is no better. So a
cell is *restless* where its formula uses a function that is not known to be steady, another workbook or program, or
what is no worksheet, or reads a restless cell, directly, by a name, by a table, or through any number of other cells
and sheets. A workbook without any such word in a formula is not looked at twice. Where the workbook says that its
results may be old (:mod:`gonogo.documents.xlsx.suspicion`), every formula is restless.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from gonogo.documents.xlsx.cell_places import cell_name
from gonogo.documents.xlsx.formula import Formula
from gonogo.documents.xlsx.formula_reader import Area, Formulas, WrittenFormula, read_formulas
from gonogo.documents.xlsx.functions import VOLATILE
from gonogo.documents.xlsx.suspicion import STALE, may_be_stale, suspect
from gonogo.documents.xlsx.yearless import YEARLESS

_SHEET: Final = re.compile(rb"<(?:[A-Za-z0-9_]+:)?sheet\s")
MAX_STEPS: Final = 5_000_000
"""So many pairs of formulas and cells are compared; beyond them every formula is in doubt."""
_AREA_AS_CELLS: Final = 1000


def find_restless(file_name: str, parts: Mapping[str, bytes], sheets: Mapping[str, str]) -> Restless | None:
    """Return the restless cells of a workbook; None where no formula gives reason to look.

    Args:
        file_name: Base name, for messages.
        parts: Parts of the archive.
        sheets: Worksheet to its part.

    Raises:
        SourceRefusal: A part is damaged.
    """
    texts = [xml for xml in map(parts.get, sheets.values()) if xml and (b"<f" in xml or b":f" in xml)]
    book = parts["xl/workbook.xml"]
    others = len(_SHEET.findall(book)) > len(sheets)  # sheets of macros, dialogs and charts
    stale = may_be_stale(book)
    if not others and not stale and not any(suspect(xml) for xml in (book, *texts)):
        return None
    return Restless(read_formulas(file_name, parts, sheets), stale)


@dataclass(frozen=True, slots=True)
class _Cause:
    what: str
    sheet: str
    row: int
    column: int


@dataclass
class Restless:
    """The restless cells; found once, when the workbook's first formula is read."""

    formulas: Formulas
    stale: bool = False
    _cells: dict[tuple[str, int, int], _Cause] = field(default_factory=dict)
    _areas: dict[str, list[tuple[Area, _Cause]]] = field(default_factory=lambda: defaultdict(list))
    _doubt: bool = False

    def __post_init__(self) -> None:
        """Follow every formula from the restless ones on."""
        if self.stale:
            for written in self.formulas.written:
                self.mark(written.area, _Cause(STALE, *written.area[:3]))
            self._doubt = self.formulas.many
            return
        _Spread(self).run()

    def cause(self, sheet: str, row: int, column: int) -> _Cause | None:
        """Return what makes a cell restless, or None."""
        found = self._cells.get((sheet, row, column))
        if found is not None:
            return found
        cell = (sheet, row, column, row, column)
        return next((cause for area, cause in self._areas.get(sheet, ()) if _meet(area, cell)), None)

    def why(self, sheet: str, row: int, column: int) -> str:
        """Return what is wrong with the value of a cell, to follow its place; empty where nothing is."""
        cause = self.cause(sheet, row, column)
        if cause is None:
            if self._doubt and (self.formulas.many or self._is_formula(sheet, row, column)):
                return "is among more volatile formulas than can be followed; paste the values"
            return ""
        if cause.what == STALE:
            return (
                "holds a formula, and the workbook says that it is calculated by hand and was not when saved, so "
                "the stored result may be old; calculate and save it with calculation set to automatic"
            )
        here = (cause.sheet, cause.row, cause.column) == (sheet, row, column)
        place = f" in sheet {cause.sheet}, cell {cell_name(cause.row, cause.column)}"
        by = "" if here else f", by the formula{place}"
        if cause.what.startswith("["):
            return (
                f"takes its value from another workbook or program ({cause.what}){by}; nobody recorded its state: "
                "paste the value"
            )
        if cause.what.startswith("'"):
            return f"takes its value from {cause.what}{by}, which is not a worksheet of this workbook; paste the value"
        verb = f"is calculated by {cause.what}" if here else f"depends on {cause.what}{place}"
        own = cause.what.removesuffix("()") in VOLATILE or cause.what.endswith(YEARLESS)
        what = "changes by itself" if own else "is not known to depend on cells alone"
        return f"{verb}, which {what}; type the value in place of the formula"

    def within(self, sheet: str, rows: int, columns: int) -> set[tuple[int, int]]:
        """Return the cells, of so many rows and columns of a sheet, for which ``why`` has a sentence."""
        if self._doubt:
            places = ((row, column) for row in range(1, rows + 1) for column in range(1, columns + 1))
            return {place for place in places if self.why(sheet, *place)}
        found = {(row, column) for named, row, column in self._cells if named == sheet}
        for (_sheet, top, left, bottom, right), _cause in self._areas.get(sheet, ()):
            last, end = min(bottom, rows), min(right, columns)
            found |= {(row, column) for row in range(top, last + 1) for column in range(left, end + 1)}
        return found

    def _is_formula(self, sheet: str, row: int, column: int) -> bool:
        cell = (sheet, row, column, row, column)
        return any(_meet(written.area, cell) for written in self.formulas.written)

    def mark(self, area: Area, cause: _Cause) -> None:
        """Note that the cells of an area are restless."""
        sheet, top, left, bottom, right = area
        if (top, left) == (bottom, right):
            self._cells[sheet, top, left] = cause
        else:
            self._areas[sheet].append((area, cause))

    def doubt(self) -> None:
        """Note that not every formula was followed."""
        self._doubt = True


class _Spread:
    """From the formulas that are restless by themselves to all that read them, wave by wave."""

    def __init__(self, restless: Restless) -> None:
        self.restless = restless
        self.formulas = restless.formulas
        self.singles: dict[tuple[str, int, int], list[int]] = defaultdict(list)
        self.ranges: dict[str, list[tuple[Area, int]]] = defaultdict(list)
        self.causes: dict[int, _Cause] = {}
        self.steps = 0

    def run(self) -> None:
        wave: list[int] = []
        for number, written in enumerate(self.formulas.written):
            what = self._index(number, written)
            if what:
                sheet, row, column = written.area[:3]
                self.causes[number] = _Cause(what, sheet, row, column)
                wave.append(number)
        while wave and self.steps <= MAX_STEPS:
            for number in wave:
                self.restless.mark(self.formulas.written[number].area, self.causes[number])
            wave = self._readers(wave)
        if wave or self.formulas.many:
            self.restless.doubt()

    def _index(self, number: int, written: WrittenFormula) -> str:
        """Note what a formula reads; return what makes it restless by itself."""
        what = ""
        for cause, area in self._reads(written.formula, written.area[0], written.moved, frozenset()):
            what = what or cause
            if area is None:
                continue
            if area[1:3] == area[3:]:
                self.singles[area[:3]].append(number)
            else:
                self.ranges[area[0]].append((area, number))
        return what

    def _reads(
        self, formula: Formula, sheet: str, moved: tuple[int, int], seen: frozenset[tuple[str, str]]
    ) -> Iterator[tuple[str, Area | None]]:
        yield from ((cause, None) for cause in formula.causes)
        for reference in formula.references:
            named = self._sheets(reference.sheet, sheet)
            if not named:
                yield f"'{reference.sheet}'", None
            for each in named:
                yield "", (each, *reference.moved(*moved))
        for qualifier, name in (*formula.names, *formula.calls):
            function = (qualifier, name) in formula.calls
            keys = ((qualifier or sheet).casefold(), name.casefold()), ("", name.casefold())
            key = next((key for key in keys if key in self.formulas.names), None)
            if key is not None:
                if key not in seen:
                    yield from self._reads(self.formulas.names[key], sheet, (0, 0), seen | {key})
            elif function or name.upper() in VOLATILE:
                yield f"{name.upper()}()", None
            elif name.casefold() in self.formulas.tables:
                yield "", self.formulas.tables[name.casefold()][0]
        for name, inside in formula.tables:
            if name.casefold() in self.formulas.tables:
                yield from (("", area) for area in _columns(*self.formulas.tables[name.casefold()], inside))

    def _sheets(self, written: str, own: str) -> tuple[str, ...]:
        if not written:
            return (own,)
        known = {name.casefold(): index for index, name in enumerate(self.formulas.sheets)}
        first, _, last = written.partition(":")
        ends = known.get(written.casefold()), known.get(written.casefold())
        if last and ends[0] is None:
            ends = known.get(first.casefold()), known.get(last.casefold())
        if ends[0] is None or ends[1] is None:
            return ()
        return self.formulas.sheets[min(ends[0], ends[1]) : max(ends[0], ends[1]) + 1]

    def _readers(self, wave: list[int]) -> list[int]:
        """Return the formulas that read any of these, and are not known yet."""
        found: dict[int, _Cause] = {}
        for number in wave:
            area = self.formulas.written[number].area
            for cell in self._cells(area):
                for reader in self.singles.get(cell, ()):
                    found.setdefault(reader, self.causes[number])
        for area, cause in _runs([(self.formulas.written[number].area, self.causes[number]) for number in wave]):
            left = [(read, reader) for read, reader in self.ranges[area[0]] if reader not in self.causes]
            self.steps += len(left)
            for read, reader in left:
                if _meet(read, area):
                    found.setdefault(reader, cause)
        fresh = {reader: cause for reader, cause in found.items() if reader not in self.causes}
        self.causes |= fresh
        return list(fresh)

    def _cells(self, area: Area) -> Iterator[tuple[str, int, int]]:
        sheet, top, left, bottom, right = area
        if (bottom - top + 1) * (right - left + 1) <= _AREA_AS_CELLS:
            yield from ((sheet, row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))
        else:
            yield from (cell for cell in self.singles if _meet(area, (*cell, *cell[1:])))


def _runs(areas: list[tuple[Area, _Cause]]) -> Iterator[tuple[Area, _Cause]]:
    """Yield areas, cells that stand below each other as one."""
    open_area: Area | None = None
    first: _Cause | None = None
    for area, cause in sorted(areas, key=lambda each: (each[0][0], each[0][2], each[0][4], each[0][1])):
        alike = open_area is not None and (area[0], *area[2::2]) == (open_area[0], *open_area[2::2])
        if open_area is not None and alike and area[1] <= open_area[3] + 1:
            open_area = (*open_area[:3], max(area[3], open_area[3]), open_area[4])
            continue
        if open_area is not None and first is not None:
            yield open_area, first
        open_area, first = area, cause
    if open_area is not None and first is not None:
        yield open_area, first


def _columns(area: Area, headings: tuple[str, ...], inside: str) -> Iterator[Area]:
    """Yield the columns of a table that stand in the brackets; all of it where none does."""
    sheet, top, left, bottom, _right = area
    named = [part.strip("[]@ ").casefold() for part in re.split(r"\]\s*[,:]\s*\[|,", inside)]
    found = [number for number, heading in enumerate(headings) if heading.casefold() in named]
    if not found:
        yield area
    elif ":" in inside:
        yield (sheet, top, left + min(found), bottom, left + max(found))
    else:
        yield from ((sheet, top, left + number, bottom, left + number) for number in found)


def _meet(one: Area, other: Area) -> bool:
    return one[0] == other[0] and (
        one[1] <= other[3] and other[1] <= one[3] and one[2] <= other[4] and other[2] <= one[4]
    )
