"""What one formula reads: functions whose value may change by itself, other workbooks, cells, names and tables.

Formulas are never calculated. They are read only to learn where a value comes from: texts in quotes count
for nothing, and what cannot be placed, such as a name that nobody defined, reads nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from gonogo.documents.xlsx.cell_places import LAST_COLUMN, LAST_ROW, column_number
from gonogo.documents.xlsx.functions import FOREIGN, STEADY, VOLATILE
from gonogo.documents.xlsx.yearless import yearless

_SHEET: Final = r"(?:'(?:[^']|'')+'|(?:\[[0-9]+\])?[\w.]+(?::[\w.]+)?|\[[0-9]+\])!"
_CELL: Final = r"\$?[A-Z]{1,3}\$?[1-9][0-9]{0,6}"
_TOKEN: Final = re.compile(
    rf"""
    (?P<string>"(?:[^"]|"")*")
    |(?P<error>\#(?:REF!|N/A|NAME\?|NULL!|NUM!|VALUE!|DIV/0!))
    |(?P<sheet>{_SHEET})?(?:
        (?P<first>{_CELL})(?::(?P<last>{_CELL}))?(?![\w.(\[!])
        |(?P<columns>\$?[A-Z]{{1,3}}:\$?[A-Z]{{1,3}})(?![\w.(])
        |(?P<rows>\$?[0-9]{{1,7}}:\$?[0-9]{{1,7}})(?![\w.])
        |(?P<name>(?:[^\W\d]|\\)[\w.?\\]*)(?P<after>\s*\(|\[)?
    )
    |(?P<lone>{_SHEET})
    |(?P<number>[0-9][\w.]*)
    |(?P<link>\|)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_PREFIX: Final = re.compile(r"^(?:_+xl\w+\.)+", re.IGNORECASE)
_BOOK: Final = re.compile(r"\[([^\[\]]+)\]")
_PARAMETER: Final = "_XLPM."
"""What a parameter of LET or LAMBDA is called; its value stands elsewhere in the formula."""
_AS_VALUE: Final = "_XLETA."
"""A function that is handed over by its name, as in ``MAP(A1:A9,TODAY)``."""
_USERS: Final = re.compile(r"^_xludf\.(?!DUMMYFUNCTION)", re.IGNORECASE)
"""A function that a user defined, whatever its name."""
_QUERY_NOW: Final = re.compile(r"now\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """Cells that a formula reads, as written; what is relative moves with a shared formula.

    Attributes:
        sheet: Name of the sheet, or of the first and last of several; empty for the formula's own.
        rows: First and last row.
        columns: First and last column.
        fixed: Whether the first row, the last row, the first column and the last one stay where they are.
    """

    sheet: str
    rows: tuple[int, int]
    columns: tuple[int, int]
    fixed: tuple[bool, bool, bool, bool]

    def moved(self, down: int, right: int) -> tuple[int, int, int, int]:
        """Return top, left, bottom and right for a formula that stands so far from where it was written."""
        top, bottom = (row + (0 if fixed else down) for row, fixed in zip(self.rows, self.fixed[:2], strict=True))
        left, last = (col + (0 if fixed else right) for col, fixed in zip(self.columns, self.fixed[2:], strict=True))
        return min(top, bottom), min(left, last), max(top, bottom), max(left, last)


@dataclass(frozen=True, slots=True)
class Formula:
    """What a formula reads.

    Attributes:
        causes: Volatile functions as ``TODAY()``, and other workbooks or programs as ``[1]``.
        calls: Functions that are not known to be steady, as ``MARGIN()``; a name of the workbook may define one.
        references: Cells.
        names: Defined names, each with the sheet that qualifies it or an empty text.
        tables: Tables, each with what is in its brackets.
    """

    causes: tuple[str, ...] = ()
    calls: tuple[tuple[str, str], ...] = ()
    references: tuple[Reference, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    tables: tuple[tuple[str, str], ...] = ()


def read_formula(text: str) -> Formula:
    """Return what a formula reads."""
    causes: list[str] = list(yearless(text))
    calls: list[tuple[str, str]] = []
    references: list[Reference] = []
    names: list[tuple[str, str]] = []
    tables: list[tuple[str, str]] = []
    for token, inside in _tokens(text):
        sheet = (token["sheet"] or token["lone"] or "")[:-1].strip("'").replace("''", "'")
        book = _BOOK.search(sheet)
        if book is not None and book[1] != "0":
            causes.append(book[0])
            continue
        sheet = _BOOK.sub("", sheet)
        name = token["name"] or ""
        if token["link"]:
            causes.append("[DDE]")
        elif name.upper().startswith(_AS_VALUE) or (token["after"] or "").endswith("("):
            function = _function(name)
            if function in VOLATILE or (function == "QUERY" and _QUERY_NOW.search(text)):
                causes.append(f"{function}()")
            elif function and (function not in STEADY or _USERS.match(name)):
                calls.append((sheet, _PREFIX.sub("", name)))
        elif name and token["after"]:
            tables.append((name, inside))
        elif name:
            names.append((sheet, name))
        elif token["first"] or token["columns"] or token["rows"]:
            if token["first"] and _beyond(token):
                names += [(sheet, cell) for cell in (token["first"], token["last"]) if cell]
            else:
                references.append(_reference(token, sheet))
    return Formula(
        tuple(dict.fromkeys(causes)), tuple(dict.fromkeys(calls)), tuple(references), tuple(names), tuple(tables)
    )


def _function(name: str) -> str:
    """Return the plain name of a function, in capitals; nothing for a parameter that is called as one."""
    return "" if name.upper().startswith(_PARAMETER) else _PREFIX.sub("", name).upper()


def _beyond(token: re.Match[str]) -> bool:
    """Whether what looks like a cell is beyond the largest sheet, and so is a name such as ``YTD2027``."""
    for cell in (token["first"], token["last"] or token["first"]):
        letters, digits = re.findall(r"[A-Za-z]+|[0-9]+", cell)
        if _column(letters) > LAST_COLUMN or int(digits) > LAST_ROW:
            return True
    return False


def _tokens(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what counts of a formula, a table with what is in its brackets."""
    position = 0
    while (token := _TOKEN.search(text, position)) is not None:
        position = token.end()
        if token["string"]:
            if FOREIGN in text:  # the formula as the other program knows it
                yield from _tokens(token["string"][1:-1].replace('""', '"'))
        elif not token["error"]:
            inside = ""
            if token["after"] == "[":
                position = _closing(text, position)
                inside = text[token.end() : position - 1]
            yield token, inside


def _closing(text: str, position: int) -> int:
    """Return the position after the bracket that closes the one before ``position``."""
    depth = 1
    while depth and position < len(text):
        if text[position] == "'":  # the next character is part of a heading
            position += 1
        else:
            depth += {"[": 1, "]": -1}.get(text[position], 0)
        position += 1
    return position


def _reference(token: re.Match[str], sheet: str) -> Reference:
    if token["columns"]:
        first, last = token["columns"].split(":")
        return Reference(sheet, (1, LAST_ROW), (_column(first), _column(last)), (True, True, *_fixed(first, last)))
    if token["rows"]:
        first, last = token["rows"].split(":")
        rows = int(first.strip("$")), int(last.strip("$"))
        return Reference(sheet, rows, (1, LAST_COLUMN), (*_fixed(first, last), True, True))
    first, last = token["first"], token["last"] or token["first"]
    (one, top), (other, bottom) = (re.findall(r"\$?[A-Za-z]+|\$?[0-9]+", cell) for cell in (first, last))
    rows = int(top.strip("$")), int(bottom.strip("$"))
    return Reference(sheet, rows, (_column(one), _column(other)), (*_fixed(top, bottom), *_fixed(one, other)))


def _fixed(first: str, last: str) -> tuple[bool, bool]:
    return first.startswith("$"), last.startswith("$")


def _column(letters: str) -> int:
    return column_number(letters.strip("$").upper())
