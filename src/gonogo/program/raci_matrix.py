"""A RACI matrix in a workbook: activities down, seats across, the letters R, A, C and I where they meet.

    | Activity                 | Customer Program Manager | Provider Program Manager |
    | Name                     | Theo Brandvold           | Ines Calloway            |
    | From                     | 2026-06-01               |                          |
    | Approve the cutover plan | A                        | R                        |

The sides may also stand in a row above the offices, merged across them, and a name in brackets behind the office.
Rows named Name, Person id, From and To may follow the header; a row that is merged across the seats is a banner.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from gonogo.documents.xlsx.answers import layout_faults
from gonogo.documents.xlsx.cell_values import UnfitCell, day_in, described
from gonogo.documents.xlsx.workbook import HEADER_WITHIN, Cell, Workbook, Worksheet, cell_name, header_key
from gonogo.errors import Problem
from gonogo.model.people import Side
from gonogo.model.placeholder import has_content
from gonogo.model.refusal import SourceRefusal
from gonogo.program.raci_seats import SeatColumn, seat_of
from gonogo.text import listed

ACTIVITY: Final = frozenset({"activity", "activities", "task", "tasks", "deliverable", "decision", "responsibility"})
ASIDE: Final = frozenset(
    {
        "#",
        "no",
        "no.",
        "nr",
        "id",
        "ref",
        "phase",
        "tollgate",
        "workstream",
        "work stream",
        "notes",
        "comments",
        "remarks",
    }
)
_ABOUT: Final = {
    "name": "name",
    "person": "name",
    "held by": "name",
    "person id": "person",
    "from": "from",
    "to": "to",
    "until": "to",
}
UNREAD: Final = "?"
_NOTHING: Final = frozenset({"", "-", "–", "—"})
WRONG: Final = "G112"
UNKNOWN: Final = "G124"
DOUBLED: Final = "G123"


@dataclass(frozen=True, slots=True)
class RaciActivity:
    """One row of the matrix.

    Attributes:
        row: Its row.
        name: What is to be done.
        letters: Letters by the column of their seat.
        unplaced: Letters in columns whose seat is not known, and UNREAD where a cell cannot be read.
    """

    row: int
    name: str
    letters: Mapping[int, str]
    unplaced: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A RACI matrix as read.

    Attributes:
        sheet: The sheet.
        header: Row of the seats.
        column: Column of the activities.
        seats: Seats, in the order of the sheet.
        activities: Rows.
        problems: Cells that cannot be read.
    """

    sheet: Worksheet
    header: int
    column: int
    seats: tuple[SeatColumn, ...]
    activities: tuple[RaciActivity, ...]
    problems: tuple[Problem, ...]


def read_matrix(workbook: Workbook, *, sides: Mapping[str, str] | None = None) -> Matrix:
    """Read the matrix of a workbook: its sheet RACI, or its only one.

    Args:
        workbook: The workbook.
        sides: Other words for a side, such as the agencies' names, to ``customer``, ``provider`` or ``independent``.

    Raises:
        SourceRefusal: There is no such sheet or no header row.
    """
    sheet = _sheet(workbook)
    header, column = _header(sheet)
    problems = [_problem(sheet, row, col, WRONG, what) for row, col, what in layout_faults(workbook, sheet)]
    words = {side.value: side.value for side in Side} | {key.lower(): side for key, side in (sides or {}).items()}
    unknown: list[int] = []
    seats = list(_seats(sheet, header, column, words, problems, unknown))
    if not seats and not problems:
        raise SourceRefusal(f"{sheet.where(header, column)}: there is no seat to the right of the activities")
    first = _about(sheet, header, column, seats, problems)
    activities = list(_activities(sheet, first, column, seats, problems, unknown))
    if not activities and not problems:
        raise SourceRefusal(f"{sheet.where(header, column)}: there is no activity below")
    return Matrix(sheet, header, column, tuple(seats), tuple(activities), tuple(problems))


def _sheet(workbook: Workbook) -> Worksheet:
    named = [name for name in workbook.sheet_names if re.search(r"\braci\b", name, re.IGNORECASE)]
    chosen = named if named else list(workbook.sheet_names)
    if len(chosen) != 1:
        raise SourceRefusal(
            f"{workbook.file_name} has the sheets {listed(list(workbook.sheet_names))}; "
            "name the one that holds the matrix RACI"
        )
    return workbook.sheet(chosen[0])


def _header(sheet: Worksheet) -> tuple[int, int]:
    for row in range(1, min(HEADER_WITHIN, sheet.last_row) + 1):
        for column in range(1, sheet.last_column + 1):
            cell = _cell(sheet, row, column)
            if isinstance(cell, str) and header_key(cell) in ACTIVITY:
                return row, column
    raise SourceRefusal(
        f"{sheet.where()} has no header: one of its first {HEADER_WITHIN} rows begins with Activity, followed by seats "
        "such as Customer Program Manager"
    )


def _seats(
    sheet: Worksheet, header: int, activity: int, words: Mapping[str, str], problems: list[Problem], unknown: list[int]
) -> Iterator[SeatColumn]:
    """Yield the seats; columns that belong to none that is known are noted in ``unknown``."""
    above = _sides_above(sheet, header, words)
    taken: dict[str, int] = {}
    for column in range(1, sheet.last_column + 1):
        heading = _cell(sheet, header, column)
        if column == activity or (isinstance(heading, str) and header_key(heading) in ASIDE):
            continue
        if heading == "":
            filled = [row for row in range(header + 1, sheet.last_row + 1) if _cell(sheet, row, column) != ""]
            if filled:
                unknown.append(column)
                problems.append(
                    _problem(sheet, header, column, WRONG, "there is no seat above the letters in this column")
                )
            continue
        seat, words_used = seat_of(heading, above.get(column, ""), words)
        if words_used:
            unknown.append(column)
            problems.append(_problem(sheet, header, column, UNKNOWN, words_used))
            continue
        if seat.role in taken:
            unknown.append(column)
            other = cell_name(header, taken[seat.role])
            problems.append(
                _problem(sheet, header, column, DOUBLED, f"{seat.role} appears twice; the first is {other}")
            )
            continue
        taken[seat.role] = column
        seat.column = column
        seat.cells = dict.fromkeys(seat.texts, (header, column))
        yield seat


def _sides_above(sheet: Worksheet, header: int, words: Mapping[str, str]) -> dict[int, str]:
    """Return the side of each column from the row above the header, across merged cells."""
    found: dict[int, str] = {}
    for column in range(1, sheet.last_column + 1) if header > 1 else ():
        cell = _cell(sheet, header - 1, column)
        side = words.get(header_key(cell), "") if isinstance(cell, str) else ""
        if side:
            found[column] = side
    for merged in sheet.merged_in(header - 1, header - 1) if header > 1 else ():
        if merged.first_column in found:
            for column in range(merged.first_column, merged.last_column + 1):
                found[column] = found[merged.first_column]
    return found


def _about(sheet: Worksheet, header: int, activity: int, seats: list[SeatColumn], problems: list[Problem]) -> int:
    """Read the rows about the people below the header; return the first row of activities."""
    row = header + 1
    while row <= sheet.last_row:
        label = _cell(sheet, row, activity)
        key = _ABOUT.get(header_key(label), "") if isinstance(label, str) else ""
        if not key:
            return row
        for seat in seats:
            cell = _cell(sheet, row, seat.column)
            if cell == "":
                continue
            try:
                text = day_in(cell) if key in ("from", "to") else _word(cell)
            except UnfitCell as error:
                problems.append(_problem(sheet, row, seat.column, WRONG, f"the cell {error}"))
                continue
            if key in ("name", "person") and not has_content(text):
                continue  # TBD in the seat is nobody in the seat
            seat.texts[key], seat.cells[key] = text, (row, seat.column)
        row += 1
    return row


def _word(cell: Cell) -> str:
    if isinstance(cell, str):
        return " ".join(cell.split())
    raise UnfitCell(f"holds {described(cell)}, where a person belongs; format the cell as text and type it again")


def _activities(
    sheet: Worksheet,
    first: int,
    activity: int,
    seats: list[SeatColumn],
    problems: list[Problem],
    unknown: list[int],
) -> Iterator[RaciActivity]:
    taken: dict[str, int] = {}
    for row in range(first, sheet.last_row + 1):
        label = _cell(sheet, row, activity)
        read = {seat.column: _letters(sheet, row, seat.column, problems) for seat in seats}
        letters = {column: text for column, text in read.items() if text and text != UNREAD}
        unplaced = {column: text for column, text in read.items() if text == UNREAD}
        unplaced |= {column: _letters(sheet, row, column, []) for column in unknown}  # the heading is reported already
        if label == "" and not letters:
            continue
        banner = any(one.last_column > activity >= one.first_column for one in sheet.merged_in(row, row))
        if banner and not letters:
            continue
        if not isinstance(label, str) or not label:
            what = "there is no activity here" if label == "" else f"the cell holds {described(label)}, not an activity"
            problems.append(_problem(sheet, row, activity, WRONG, what))
            continue
        key = header_key(label)
        if key in ACTIVITY:
            problems.append(_problem(sheet, row, activity, WRONG, "this is a second header; delete the row"))
            continue
        if key in taken:
            what = f"this activity appears twice; the first is {cell_name(taken[key], activity)}"
            problems.append(_problem(sheet, row, activity, DOUBLED, what))
        taken.setdefault(key, row)
        yield RaciActivity(row, " ".join(label.split()), letters, unplaced)


def _letters(sheet: Worksheet, row: int, column: int, problems: list[Problem]) -> str:
    """Return the letters of a cell; UNREAD where it holds something else, which is noted."""
    fault = sheet.fault(row, column)
    if fault:
        what = "the cell " + fault.removeprefix(f"{sheet.where(row, column)} ")
        problems.append(_problem(sheet, row, column, WRONG, what))
        return UNREAD
    cell = _cell(sheet, row, column)
    if isinstance(cell, str) and cell in _NOTHING:
        return ""
    letters = re.sub(r"[\s,;/+&|]+", "", cell).upper() if isinstance(cell, str) else "?"
    if not letters or set(letters) - set("RACI") or len(set(letters)) < len(letters):
        what = f"the cell holds {described(cell)}; the matrix may hold only R, A, C and I"
        problems.append(_problem(sheet, row, column, WRONG, what))
        return UNREAD
    return letters


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    return "" if sheet.fault(row, column) else sheet.value(row, column)


def _problem(sheet: Worksheet, row: int, column: int, code: str, what: str) -> Problem:
    return Problem(code, str(sheet.where(row, column)), what)
