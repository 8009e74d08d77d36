"""The people register, action plans and waivers in a workbook: the forms of ``gonogo workbook``, or a copy of them.

Each form becomes the same tree as the YAML file that it stands for, so that both are checked alike and every mistake
names sheet and cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from gonogo.documents.shape import CheckedDocument, D, check_shape, sorted_problems
from gonogo.documents.xlsx.answers import Row, missing_columns, read_form
from gonogo.documents.xlsx.cell_tree import grid_source, list_node, plain_node, row_node, text_node
from gonogo.documents.xlsx.cell_values import UnfitCell, day_in, id_in, share_in, text_in
from gonogo.documents.xlsx.declaration import is_gonogo_workbook, read_declaration
from gonogo.documents.xlsx.form import (
    ACCEPTANCES,
    APPROVALS,
    DELEGATIONS,
    ORGANIZATIONS,
    PEOPLE,
    STAFF,
    ColumnKind,
    SheetForm,
)
from gonogo.documents.xlsx.second_people_sheet import other_names
from gonogo.documents.xlsx.styles import percent_cells
from gonogo.documents.xlsx.typed_ids import (
    KnownNames,
    criterion_meant,
    known_in,
    known_of,
    office_meant,
    person_meant,
    read_as,
    seat_meant,
    side_meant,
)
from gonogo.documents.xlsx.workbook import Workbook, read_workbook
from gonogo.documents.yaml import Node, ScalarNode
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.refusal import SourceRefusal
from gonogo.model.spoken import Spoken
from gonogo.program.plan_and_waiver_rows import Entries, read_papers

Shares = frozenset[tuple[int, int]]
UNREADABLE: Final = "G101"
WRONG_TYPE: Final = "G112"
CONTRADICTED: Final = "G144"
BLANK: Final = "G117"
MATCHED: Final = "G196"
_FORMS: Final[dict[str, tuple[tuple[str, SheetForm], ...]]] = {
    "people": (("people", PEOPLE), ("delegations", DELEGATIONS), ("staff", STAFF), ("organizations", ORGANIZATIONS)),
}
_OPTIONAL: Final = (DELEGATIONS.sheet, STAFF.sheet, ORGANIZATIONS.sheet, APPROVALS.sheet)
_READ: Final = {ColumnKind.TEXT: text_in, ColumnKind.ID: id_in, ColumnKind.DAY: day_in}


def read_side_workbook(
    data: bytes,
    name: str,
    key: str,
    model: type[D],
    *,
    program: str = "",
    spoken: Spoken | None = None,
    titles: Callable[[], Mapping[str, str]] = dict,
) -> CheckedDocument[D]:
    """Read one side file from a workbook.

    Args:
        data: The workbook's bytes.
        name: File name as the person gave it.
        key: ``people``, ``plans``, ``waivers`` or ``acceptances``.
        model: Its document.
        program: Id of the program that a gonogo workbook must have been made for; empty for any.
        spoken: How the people of the program's register are called; None where the workbook is that register.
        titles: Reads the titles of the criteria, by id.

    Raises:
        ConfigurationError: It is no workbook, has no such sheet, or its layout was changed.
    """
    problems: list[Problem] = []
    matches: list[Problem] = []
    found: dict[str, list[Node]] = {}
    try:
        workbook = read_workbook(data, name)
        _check_program(workbook, program)
        known = known_of(workbook) if spoken is None else known_in(spoken, titles)
        problems += [] if spoken is None else other_name_problems(workbook, known)
        if key != "people":
            papers = read_papers(workbook, key, model, data, _reader(known, _shares(workbook, key)), matches)
            wrong = sorted_problems([*problems, *papers.problems])
            return replace(papers, problems=wrong, matches=tuple(matches))
        for part, form in _FORMS[key]:
            optional = form.sheet in _OPTIONAL and form.sheet not in workbook.sheet_names
            found[part] = [] if optional else _rows(workbook, form, known, problems, matches)
    except SourceRefusal as refusal:
        raise _unreadable(name, refusal) from refusal
    source = grid_source(name, _FORMS[key][0][1].sheet)
    parts: dict[str, Node] = {part: list_node(source, rows) for part, rows in found.items()}
    root = row_node(source, 0, 0, {"schema": plain_node(source, 0, 0, "1")} | parts)
    sheet = check_shape(root, name, model, data)
    wrong = sorted_problems([*problems, *sheet.problems])
    return CheckedDocument(sheet.name, sheet.root, sheet.document, wrong, data, tuple(matches))


def other_name_problems(workbook: Workbook, known: KnownNames) -> list[Problem]:
    """Return a mistake for each row of people that contradicts the register."""
    hint = "the register that gonogo.yaml names says who is who; change it there, and here"
    return [Problem(CONTRADICTED, str(one.where), one.what, hint=hint) for one in other_names(workbook, known)]


def _check_program(workbook: Workbook, program: str) -> None:
    if not program or not is_gonogo_workbook(workbook):
        return
    declared = read_declaration(workbook).program
    if declared != program:
        raise SourceRefusal(f"{workbook.file_name} is the workbook of the program {declared!r}, not of {program!r}")


def _unreadable(name: str, refusal: SourceRefusal) -> ConfigurationError:
    return ConfigurationError(
        [Problem(UNREADABLE, name, str(refusal), hint="`gonogo workbook` writes the forms that are read here")]
    )


def _rows(
    workbook: Workbook, form: SheetForm, known: KnownNames, problems: list[Problem], matches: list[Problem]
) -> list[Node]:
    found: list[Node] = []
    for row in read_form(workbook, form):
        if row.blank:
            continue
        wrong = [*_missing(row), *_faults(row)]
        entries = _entries(row, known, wrong, matches)
        problems += wrong
        if not wrong:
            source = grid_source(workbook.file_name, form.sheet)
            found.append(row_node(source, row.number, 1, entries))
    return found


def _shares(workbook: Workbook, key: str) -> Shares:
    """Return the cells of the sheet Acceptances that are shown as percentages: 0.04 is 4 % only there."""
    if key != "acceptances" or ACCEPTANCES.sheet not in workbook.sheet_names:
        return frozenset()
    sheet = workbook.sheet(ACCEPTANCES.sheet)
    return percent_cells(*workbook.styled(ACCEPTANCES.sheet), str(sheet.where()))


def _reader(known: KnownNames, shares: Shares) -> Entries:
    def entries(row: Row, problems: list[Problem], matches: list[Problem]) -> dict[str, Node]:
        problems += [*_missing(row), *_faults(row)]
        return _entries(row, known, problems, matches, shares)

    return entries


def _missing(row: Row) -> list[Problem]:
    return [
        Problem(BLANK, str(row.where(column.key)), f"this cell is blank: {column.heading}", hint=column.hint)
        for column in missing_columns(row)
    ]


def _faults(row: Row) -> list[Problem]:
    return [Problem(WRONG_TYPE, str(row.where(key)), f"the cell {fault}") for key, fault in row.faults.items()]


def _entries(
    row: Row, known: KnownNames, problems: list[Problem], matches: list[Problem], shares: Shares = frozenset()
) -> dict[str, Node]:
    source = grid_source(row.sheet.file_name, row.form.sheet)
    entries: dict[str, Node] = {}
    for number, column in enumerate(row.form.columns, 1):
        cell = row.cells[column.key]
        if cell == "":
            continue
        try:
            if column.kind is ColumnKind.SHARE:
                entries[column.key] = plain_node(
                    source, row.number, number, share_in(cell, percent=(row.number, number) in shares)
                )
                continue
            written = _READ[column.kind](cell)
            text = _meant(row.form, column.key, written, known)
        except UnfitCell as error:
            problems.append(Problem(WRONG_TYPE, str(row.where(column.key)), f"the cell {error}"))
            continue
        if match := read_as(written, text):
            matches.append(Problem(MATCHED, str(row.where(column.key)), match, level="warning"))
        entries[column.key] = text_node(source, row.number, number, text)
    if other := entries.pop("distinct_from", None):
        entries["distinct_from"] = list_node(source, [other])
    side, office = entries.pop("side", None), entries.pop("office", None)
    if isinstance(side, ScalarNode) and isinstance(office, ScalarNode):
        entries["role"] = text_node(source, office.line, office.column, f"{side.text}.{office.text}")
    return entries


def _meant(form: SheetForm, key: str, text: str, known: KnownNames) -> str:
    """Return what a person means by a text; the ids that the sheet People itself gives are taken as they are."""
    if key == "side":
        return side_meant(text, known)
    if key == "office":
        return office_meant(text, known)
    if key in ("person", "by", "requested_by") and form not in (PEOPLE, STAFF):
        return person_meant(text, known)
    if key == "owner":
        return seat_meant(text, known)
    return criterion_meant(text, known) if key == "criterion" else text
