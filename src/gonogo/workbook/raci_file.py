"""A RACI matrix, examined: what contradicts itself, and the people register that it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from gonogo.documents.files import read_file, shown
from gonogo.documents.shape import CheckedDocument, read_sheet, sorted_problems
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.people import PeopleRegister
from gonogo.program.raci_check import accountability, both_sides, held_seats
from gonogo.program.raci_people import open_matrix, register_text
from gonogo.program.side_documents import PeopleDocument
from gonogo.program.side_files import build_people
from gonogo.program.side_reading import is_workbook
from gonogo.program.side_workbook import read_side_workbook


@dataclass(frozen=True, slots=True)
class ExaminedMatrix:
    """What a matrix says.

    Attributes:
        register: A people.yaml to start from.
        problems: Contradictions and unreadable cells, in the order of the sheet.
        summary: One sentence.
    """

    register: str
    problems: tuple[Problem, ...]
    summary: str


def examine(
    path: Path, *, people: Path | None = None, sides: Mapping[str, str] | None = None, as_of: datetime | None = None
) -> ExaminedMatrix:
    """Read a matrix, check it against itself and a register, and make a register of it.

    Args:
        path: The workbook.
        people: A register to check it against; without one the matrix itself must name the people.
        sides: Other words for the sides in the headings, such as the agencies' names.
        as_of: Day on which the offices must be held; today unless given.

    Raises:
        ConfigurationError: The workbook holds no matrix, or the register has mistakes.
    """
    matrix = open_matrix(read_file(path), shown(path), sides=sides)
    register = _register(people) if people is not None else None
    day: date = (as_of or datetime.now(UTC)).date()
    problems = sorted_problems(
        [*matrix.problems, *accountability(matrix), *both_sides(matrix), *held_seats(matrix, register, day)]
    )
    named = sum(bool(seat.person) for seat in matrix.seats)
    summary = (
        f"{shown(path)}: {_count(len(matrix.activities), 'activity', 'activities')}, "
        f"{_count(len(matrix.seats), 'seat', 'seats')}, {named} with a person; "
        f"{len(problems) or 'no'} contradiction{'' if len(problems) == 1 else 's'}."
    )
    return ExaminedMatrix(register_text(matrix), problems, summary)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"


def _register(path: Path) -> PeopleRegister:
    data = read_file(path)
    sheet: CheckedDocument[PeopleDocument]
    if is_workbook(data):
        sheet = read_side_workbook(data, shown(path), "people", PeopleDocument)
    else:
        sheet = read_sheet(data, shown(path), PeopleDocument)
    register, wrong, _ = build_people(sheet)
    if sheet.problems or wrong:
        raise ConfigurationError(sorted_problems([*sheet.problems, *wrong]))
    return register
