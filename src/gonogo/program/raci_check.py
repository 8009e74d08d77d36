"""What a RACI matrix says against itself, and against the people register."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations
from typing import Final

from gonogo.documents.xlsx.workbook import cell_name
from gonogo.errors import Problem
from gonogo.model.people import PeopleRegister
from gonogo.program.raci_matrix import UNREAD, Matrix
from gonogo.program.raci_seats import SeatColumn
from gonogo.text import listed

CONTRADICTION: Final = "G146"


def accountability(matrix: Matrix) -> Iterator[Problem]:
    """Yield the activities with nobody or more than one accountable.

    A letter under a heading that names no seat is still a letter: the heading is wrong, and that is reported once.
    Where a cell of the row cannot be read, nobody knows that nobody is accountable.
    """
    for activity in matrix.activities:
        cells = {**activity.letters, **activity.unplaced}
        accountable = sorted(column for column, letters in cells.items() if "A" in letters)
        if not accountable:
            if UNREAD in activity.unplaced.values():
                continue
            what = f"nobody is accountable for '{activity.name[:80]}'"
            yield _problem(matrix, activity.row, matrix.column, what, "write one A into the row")
        elif len(accountable) > 1:
            places = listed([cell_name(activity.row, column) for column in accountable])
            what = f"{len(accountable)} are accountable for '{activity.name[:80]}': {places}"
            yield _problem(matrix, activity.row, accountable[1], what, "keep one A; the others are R or C")


def both_sides(matrix: Matrix) -> Iterator[Problem]:
    """Yield the people who sit on two sides."""
    held = [seat for seat in matrix.seats if seat.person]
    for one, other in combinations(held, 2):
        if one.person == other.person and one.role.partition(".")[0] != other.role.partition(".")[0]:
            row, column = _cell(other, matrix)
            first = cell_name(*_cell(one, matrix))
            what = f"{_name(other)} sits on two sides: {one.role} ({first}) and {other.role}"
            yield _problem(matrix, row, column, what, "one person cannot answer for two sides")


def held_seats(matrix: Matrix, register: PeopleRegister | None, day: date) -> Iterator[Problem]:
    """Yield the offices with no person, and the people who are not in the office on ``day``.

    Args:
        matrix: The matrix.
        register: The people register; None where the matrix alone says who holds what.
        day: The day on which they must hold it, local date.
    """
    for seat in matrix.seats:
        yield from _own_dates(matrix, seat, day)
        if register is None:
            if not seat.person:
                what = f"nobody is named for {seat.role}"
                yield _problem(matrix, matrix.header, seat.column, what, "add a row Name below the header")
            continue
        yield from _registered(matrix, seat, register, day)


def _own_dates(matrix: Matrix, seat: SeatColumn, day: date) -> Iterator[Problem]:
    start, end = seat.texts.get("from", ""), seat.texts.get("to", "")
    if start and end and end < start:
        yield _at(matrix, seat, "to", f"{_name(seat) or seat.role} leaves {seat.role} on {end}, before {start}")
    elif start and start > day.isoformat():
        yield _at(matrix, seat, "from", f"{_name(seat) or seat.role} holds {seat.role} only from {start}, not on {day}")
    elif end and end < day.isoformat():
        yield _at(matrix, seat, "to", f"{_name(seat) or seat.role} held {seat.role} until {end}, not on {day}")


def _registered(matrix: Matrix, seat: SeatColumn, register: PeopleRegister, day: date) -> Iterator[Problem]:
    holders = register.holders(seat.role, day)
    known = {name: register.names[name] for name in sorted(holders)}
    row, column = _cell(seat, matrix)
    if not seat.person:
        if not holders:
            what = f"nobody holds {seat.role} on {day}"
            yield _problem(matrix, row, column, what, "add a person to the people register")
        return
    if seat.person in holders or seat.texts.get("name", "").casefold() in {name.casefold() for name in known.values()}:
        return
    ever = [
        tenure
        for tenure in register.tenures
        if tenure.role == seat.role and (tenure.person == seat.person or tenure.name == seat.texts.get("name"))
    ]
    if ever:
        dates = listed([f"{one.start or 'always'} to {one.end or 'open'}" for one in ever])
        what = f"{_name(seat)} is not in the office {seat.role} on {day}; the register says {dates}"
    elif holders:
        what = (
            f"{_name(seat)} is named here, but the register has {listed(list(known.values()))} as {seat.role} on {day}"
        )
    else:
        what = f"{_name(seat)} is named here, but the register has nobody as {seat.role} on {day}"
    yield _problem(matrix, row, column, what, "correct the matrix or the register")


def _name(seat: SeatColumn) -> str:
    return seat.texts.get("name", "") or seat.person


def _cell(seat: SeatColumn, matrix: Matrix) -> tuple[int, int]:
    """Return where the person of a seat stands."""
    return seat.cells.get("name") or seat.cells.get("person") or (matrix.header, seat.column)


def _at(matrix: Matrix, seat: SeatColumn, key: str, what: str) -> Problem:
    row, column = seat.cells[key]
    return _problem(matrix, row, column, what, "correct the date, or name who holds the office now")


def _problem(matrix: Matrix, row: int, column: int, what: str, hint: str) -> Problem:
    return Problem(CONTRADICTION, str(matrix.sheet.where(row, column)), what, hint=hint)
