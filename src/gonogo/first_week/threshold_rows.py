"""A spreadsheet of thresholds as rows, each cell with its place: CSV, or one sheet of a workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.documents.xlsx.styles import percent_cells, struck_rows
from gonogo.documents.xlsx.workbook import (
    HEADER_WITHIN,
    Cell,
    Workbook,
    Worksheet,
    find_header,
    header_key,
    read_workbook,
)
from gonogo.errors import ConfigurationError, Problem
from gonogo.first_week.csv_dialect import NotText, decoded, shape_of_text
from gonogo.model.position import Position
from gonogo.model.refusal import SourceRefusal
from gonogo.text import did_you_mean

COLUMNS: Final = ("criterion", "parameter", "milestone", "value", "reason")
_ALSO: Final[Mapping[str, tuple[str, ...]]] = {
    "criterion": ("criterion id", "criteria", "criteria id"),
    "parameter": ("parameter name",),
    "milestone": ("gate",),
    "value": ("threshold", "threshold value"),
    "reason": ("rationale", "justification"),
}
"""What offices call the columns; a *target* is no threshold."""
HINT: Final = f"the headings are {', '.join(COLUMNS)}; other columns are not read"


@dataclass(frozen=True, slots=True)
class SaidCell:
    """One cell.

    Attributes:
        value: What it holds; text without surrounding blanks.
        where: Its place.
        percent: Whether a number is shown as a percentage.
    """

    value: Cell
    where: Position
    percent: bool = False

    @property
    def text(self) -> str:
        """The text that it holds; empty for anything else."""
        return self.value if isinstance(self.value, str) else ""

    def problem(self, code: str, what: str, hint: str = "") -> Problem:
        """Return a mistake at this cell."""
        return Problem(code, str(self.where), what, hint=hint)


ThresholdRow = Mapping[str, SaidCell]
"""Column to cell; every column of :data:`COLUMNS` is there."""


def read_threshold_rows(data: bytes, name: str) -> list[ThresholdRow]:
    """Return the rows below the headings that are not blank.

    Raises:
        ConfigurationError: It is neither CSV nor a workbook with the headings, or has cells that nobody may trust.
    """
    try:
        rows = _of_workbook(read_workbook(data, name)) if data.startswith(b"PK\x03\x04") else _of_text(data, name)
    except (SourceRefusal, NotText) as refusal:
        raise _refused(name, str(refusal)) from refusal
    problems = [mistake for row in rows for cell in row.values() if (mistake := _formula(cell)) is not None]
    if problems:
        raise ConfigurationError(problems)
    if not rows:
        raise _refused(name, "there is no row below the headings")
    return rows


def _formula(cell: SaidCell) -> Problem | None:
    text = cell.text
    if text[:1] in ("=", "@", "+") or (text[:1] == "-" and not text[1:2].isdigit()):
        what = f"`{text[:40]}` begins as a formula does"
        return cell.problem("G115", what, "write the value itself, or words that begin with a letter")
    return None


def _of_text(data: bytes, name: str) -> list[ThresholdRow]:
    read = decoded(data)
    if read.foreign_line:
        raise NotText(f"line {read.foreign_line} is not UTF-8; export it again as CSV UTF-8")
    shape = shape_of_text(read.text)
    reader = csv.reader(io.StringIO(read.text, newline=""), delimiter=shape.delimiter if shape else ",", strict=True)
    rows: list[ThresholdRow] = []
    places: dict[str, int] | None = None
    before = 0
    width = 0
    try:
        for record in reader:
            line, before = before + 1, reader.line_num
            cells = [cell.strip() for cell in record]
            if not any(cells):
                continue
            if places is None:
                places, width = _places(cells), len(cells)
                continue
            if len(cells) != width:
                raise NotText(f"line {line} has {len(cells)} cells, and the headings have {width}")
            rows.append({column: SaidCell(cells[at], Position(name, line)) for column, at in places.items()})
    except csv.Error as error:
        raise NotText(f"line {before + 1} is not CSV: {error}") from error
    if places is None:
        raise NotText("it is empty")
    return rows


def _places(headings: list[str]) -> dict[str, int]:
    written = [header_key(heading) for heading in headings]
    names = {called: column for column, called in _called(written).items()}
    keys = [names.get(key, key) for key in written]
    for column in COLUMNS:
        if keys.count(column) > 1:
            raise NotText(f"the heading '{column}' is there twice")
        if column not in keys:
            raise NotText(f"there is no heading '{column}'; {did_you_mean(column, keys, otherwise=HINT)}")
    return {column: keys.index(column) for column in COLUMNS}


def _called(keys: Collection[str]) -> dict[str, str]:
    """Return how a row of headings calls each column: by its own name, else by the one other name that is there."""
    found: dict[str, str] = {}
    for column, others in _ALSO.items():
        there = [name for name in others if name in keys]
        if column in keys or len(there) != 1:
            found[column] = column
        else:
            found[column] = there[0]
    return found


def _headings_of(sheet: Worksheet) -> dict[str, str]:
    """Return how the first row that has every column calls them; their own names where no row has."""
    for row in sheet.rows[:HEADER_WITHIN]:
        keys = {header_key(cell) for cell in row if isinstance(cell, str)}
        called = _called(keys)
        if keys.issuperset(called.values()):
            return called
    return {column: column for column in COLUMNS}


def _of_workbook(workbook: Workbook) -> list[ThresholdRow]:
    found = None
    why: SourceRefusal | None = None
    for name in workbook.sheet_names:
        sheet = workbook.sheet(name)
        try:
            called = _headings_of(sheet)
            header = find_header(sheet, called.values())
        except SourceRefusal as refusal:
            why = why or refusal
            continue
        if not sheet.visible:
            raise SourceRefusal(f"{sheet.where()} is hidden and has thresholds; show it or delete it")
        if found is not None:
            raise SourceRefusal(f"{found[0].where()} and {sheet.where()} both have thresholds; keep one of them")
        found = (sheet, header, called)
    if found is None:
        raise why or SourceRefusal(f"{workbook.file_name} has no sheet")
    sheet, header, called = found
    shares = percent_cells(*workbook.styled(sheet.name), str(sheet.where()))
    struck = struck_rows(*workbook.styled(sheet.name), str(sheet.where()), texts=workbook.texts)
    places = {column: header.columns[called[column]] for column in COLUMNS}
    for column, at in places.items():
        if any(first <= at <= last for first, last in sheet.scan.hidden_columns):
            raise SourceRefusal(f"{sheet.where()}: the column '{column}' is hidden; show it")
    rows: list[ThresholdRow] = []
    for row in range(header.row + 1, sheet.last_row + 1):
        if all(sheet.empty(row, at) for at in places.values()):
            continue
        if row in sheet.scan.hidden_rows:
            raise SourceRefusal(f"{sheet.where()}, row {row}, is hidden; show it or delete it")
        if row in struck:
            raise SourceRefusal(f"{sheet.where()}, row {row}, is struck through; delete the row or take the line off")
        rows.append(
            {
                column: SaidCell(sheet.value(row, at), sheet.where(row, at), (row, at) in shares)
                for column, at in places.items()
            }
        )
    return rows


def _refused(name: str, what: str) -> ConfigurationError:
    return ConfigurationError([Problem("G101", name, what, hint=HINT)])
