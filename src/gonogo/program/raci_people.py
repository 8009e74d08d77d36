"""The people of a RACI matrix as a register: for a program that names the matrix, and as a file to start from."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from gonogo.documents.shape import CheckedDocument, check_shape, sorted_problems
from gonogo.documents.xlsx.cell_tree import grid_source, list_node, plain_node, row_node, text_node
from gonogo.documents.xlsx.workbook import cell_name, read_workbook
from gonogo.documents.yaml import Node
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.refusal import SourceRefusal
from gonogo.program.raci_check import accountability
from gonogo.program.raci_matrix import Matrix, read_matrix
from gonogo.program.side_documents import PeopleDocument


def open_matrix(data: bytes, name: str, *, sides: Mapping[str, str] | None = None) -> Matrix:
    """Read a matrix from the bytes of a workbook.

    Raises:
        ConfigurationError: It is no workbook, or holds no matrix.
    """
    try:
        return read_matrix(read_workbook(data, name), sides=sides)
    except SourceRefusal as refusal:
        hint = "a matrix has a header row: Activity, then seats such as Customer Program Manager"
        where = "" if str(refusal).startswith(name) else name
        raise ConfigurationError([Problem("G101", where, str(refusal), hint=hint)]) from refusal


def people_of_matrix(
    data: bytes, name: str, *, sides: Mapping[str, str] | None = None
) -> CheckedDocument[PeopleDocument]:
    """Return the register that a matrix makes; a seat without a person is a seat that nobody holds.

    Its problems are the matrix's own: unreadable cells, and activities with nobody or several accountable.

    Raises:
        ConfigurationError: It is no workbook, or holds no matrix.
    """
    matrix = open_matrix(data, name, sides=sides)
    source = grid_source(name, matrix.sheet.name)
    people: list[Node] = []
    for seat in matrix.seats:
        if not seat.person:
            continue
        at = {key: seat.cells.get(key, (matrix.header, seat.column)) for key in ("name", "person", "from", "to")}
        at["person"] = seat.cells.get("person", at["name"])
        entries: dict[str, Node] = {"role": text_node(source, matrix.header, seat.column, seat.role)}
        for key, text in {**seat.texts, "person": seat.person, "name": seat.texts.get("name", seat.person)}.items():
            entries[key] = text_node(source, *at[key], text)
        people.append(row_node(source, matrix.header, seat.column, entries))
    root = row_node(source, 0, 0, {"schema": plain_node(source, 0, 0, "1"), "people": list_node(source, people)})
    sheet = check_shape(root, name, PeopleDocument, data)
    problems = sorted_problems([*matrix.problems, *accountability(matrix), *sheet.problems])
    return CheckedDocument(name, sheet.root, sheet.document, problems, data)


def register_text(matrix: Matrix) -> str:
    """Return a people.yaml to start from; seats without a person are comments that wait for one."""
    lines = [
        f"# Who holds which seat, as {json.dumps(matrix.sheet.file_name)} names them. Read it through before use.",
        "schema: 1",
        "people:" if any(seat.person for seat in matrix.seats) else "people: []",
    ]
    for seat in matrix.seats:
        if not seat.person:
            where = cell_name(matrix.header, seat.column)
            lines.append(f"  # - {{role: {seat.role}, person: ?, name: ?}}  # {where}: nobody is named")
            continue
        parts: dict[str, Any] = {"role": seat.role, "person": _scalar(seat.person)}
        parts["name"] = json.dumps(seat.texts.get("name", seat.person), ensure_ascii=False)
        parts |= {key: seat.texts[key] for key in ("from", "to") if key in seat.texts}
        lines.append("  - {" + ", ".join(f"{key}: {text}" for key, text in parts.items()) + "}")
    return "\n".join(lines) + "\n"


def _scalar(text: str) -> str:
    """Return an id as YAML; one that could be read as a number, or is not of an id's form, in quotes."""
    return text if re.fullmatch("[a-z]+([.-][a-z]+)+", text) else json.dumps(text)
