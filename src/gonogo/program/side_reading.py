"""Opening the files beside ``gonogo.yaml``: YAML, a filled-in workbook, or a RACI matrix; the content says which."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

from gonogo.documents.files import inside, path_mistake, read_file, real, shown
from gonogo.documents.shape import CheckedDocument, D, Document, read_sheet
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.refusal import SourceRefusal
from gonogo.model.spoken import Spoken
from gonogo.program.program_documents import ProgramDocument, RaciDocument


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook's, readable or not, rather than text."""
    return data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))


def beyond_a_matrix(problems: Iterable[Problem]) -> list[Problem]:
    """Return a register's mistakes; where its matrix has no place for the remedy, the hint says what has."""
    way = (
        "a RACI matrix has no place for `distinct_from`, staff or organizations: write the register with "
        "`gonogo raci MATRIX > people.yaml`, add it there, and name that file (people: people.yaml); "
        "or, if they are one person, use one id"
    )
    return [replace(one, hint=way) if "distinct_from" in one.hint else one for one in problems]


def side_file(
    sheet: CheckedDocument[ProgramDocument],
    root: Path,
    key: str,
    named: str | RaciDocument | None,
    model: type[D],
    problems: list[Problem],
    *,
    awaited: Path | None = None,
    spoken: Spoken | None = None,
    titles: Callable[[], Mapping[str, str]] = dict,
) -> CheckedDocument[D] | None:
    """Read one side file; its mistakes are added to ``problems``.

    Args:
        sheet: The program file.
        root: Its folder.
        key: ``people``, ``plans`` or ``waivers``.
        named: What the program file says there.
        model: The document.
        problems: Extended.
        awaited: A file that is about to be written, and need not be there yet.
        spoken: How the people of the register are called; None while the register itself is read.
        titles: Reads the titles of the criteria, by id.
    """
    if named is None:
        return None
    matrix = isinstance(named, RaciDocument)
    path = named.raci if isinstance(named, RaciDocument) else named
    if _is_awaited(root / path, awaited):
        return None
    data = _read(sheet, root, (key, "raci") if matrix else (key,), path, problems)
    if data is None or sheet.document is None:
        return None
    name = shown(root / path)
    identity = sheet.document.program
    side: Any
    try:
        if matrix:
            from gonogo.program.raci_people import people_of_matrix  # as below: most programs have neither

            sides = {identity.customer: "customer", identity.provider: "provider"}
            side = people_of_matrix(data, name, sides=sides)
        elif is_workbook(data):
            from gonogo.program.side_workbook import read_side_workbook

            side = read_side_workbook(data, name, key, model, program=identity.id, spoken=spoken, titles=titles)
        else:
            side = read_sheet(data, name, model)
    except ConfigurationError as error:
        problems += error.problems
        return None
    problems += [one for one in side.problems if one not in problems]
    return cast(CheckedDocument[D], side)


def asked_facts(
    sheet: CheckedDocument[Document],
    root: Path,
    path: str,
    problems: list[Problem],
    *,
    awaited: Path | None = None,
    spoken: Spoken | None = None,
) -> dict[str, str]:
    """Return what the workbook at ``attestations: path`` asks: fact to type and unit.

    The vocabulary stays authoritative: a fact of another type or unit is refused when the binding is checked.
    """
    data = None if _is_awaited(root / path, awaited) else _read(sheet, root, ("attestations",), path, problems)
    if data is None:
        return {}
    if not is_workbook(data):
        what = f"'{path}' is not a workbook that `gonogo workbook` wrote"
        hint = "a YAML file of attestations is bound under `evidence:` with `collector: attestation`"
        problems.append(sheet.problem(("attestations",), "G145", what, hint))
        return {}
    from gonogo.documents.xlsx.declaration import read_declaration
    from gonogo.documents.xlsx.typed_ids import known_in
    from gonogo.documents.xlsx.workbook import read_workbook
    from gonogo.program.side_workbook import other_name_problems

    try:
        workbook = read_workbook(data, shown(root / path))
        asked = read_declaration(workbook).asked
    except SourceRefusal as refusal:
        hint = "make it again with `gonogo workbook`"
        problems.append(Problem("G101", shown(root / path), str(refusal), hint=hint))
        return {}
    if spoken is not None:
        problems += [one for one in other_name_problems(workbook, known_in(spoken)) if one not in problems]
    return {one.fact: one.kind for one in asked}


def _is_awaited(path: Path, awaited: Path | None) -> bool:
    return awaited is not None and not path.exists() and real(path) == real(awaited)


def _read(
    sheet: CheckedDocument[Document], root: Path, place: tuple[str, ...], path: str, problems: list[Problem]
) -> bytes | None:
    mistake = path_mistake(path)
    found = None if mistake else inside(root, path)
    if found is None:
        mistake = mistake or "leads out of the program's folder through a symbolic link"
        problems.append(sheet.problem(place, "G142", f"'{path}' {mistake}"))
        return None
    try:
        return read_file(found, hint=f"it is named at {sheet.at(place).position}")
    except ConfigurationError as error:
        problems += error.problems
        return None
