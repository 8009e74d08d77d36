"""Rows typed into the registers of a workbook that is read for its statements alone: they count for nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from gonogo.documents.files import open_regular, shown
from gonogo.documents.xlsx.answers import read_form
from gonogo.documents.xlsx.dates import TwoReadings, date_of_text
from gonogo.documents.xlsx.declaration import is_gonogo_workbook
from gonogo.documents.xlsx.form import (
    ACCEPTANCES,
    APPROVALS,
    DELEGATIONS,
    ORGANIZATIONS,
    PEOPLE,
    PLANS,
    STAFF,
    WAIVERS,
    ColumnKind,
    SheetForm,
)
from gonogo.documents.xlsx.workbook import Cell, Workbook, read_workbook
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.program import STATEMENTS
from gonogo.model.refusal import SourceRefusal
from gonogo.program.program_file import ProgramFiles

UNREAD: Final = "G195"
_KEYS: Final[dict[str, tuple[SheetForm, ...]]] = {
    "people": (PEOPLE, DELEGATIONS, STAFF, ORGANIZATIONS),
    "plans": (PLANS,),
    "waivers": (WAIVERS, APPROVALS),
    "acceptances": (ACCEPTANCES,),
}


def unread_registers(loaded: ProgramFiles) -> list[Problem]:
    """Return a warning for each sheet whose rows are not in the register that the program reads."""
    document = loaded.sheets["program"].document
    return [problem for path in _workbooks(loaded) for problem in _of(loaded, document, path)]


def _workbooks(loaded: ProgramFiles) -> list[str]:
    paths = [
        path
        for binding in loaded.program.bindings
        if binding.plugin == STATEMENTS
        for entry in binding.inputs
        for path in entry.paths
    ]
    return [path for path in dict.fromkeys(paths) if path.lower().endswith(".xlsx")]


def _of(loaded: ProgramFiles, document: Any, path: str) -> list[Problem]:
    try:
        with open_regular(loaded.root / path) as stream:
            workbook = read_workbook(stream.read(), path)
        if not is_gonogo_workbook(workbook):
            return []
        found = []
        for key, forms in _KEYS.items():
            named = getattr(document, key)
            if named != path:
                found += [
                    _unread_problem(loaded.root, path, form, key, named, count)
                    for form in forms
                    if (count := _strange(workbook, form, loaded))
                ]
        return found
    except (OSError, SourceRefusal, ConfigurationError):
        return []  # what cannot be read is reported where it is read


def _strange(workbook: Workbook, form: SheetForm, loaded: ProgramFiles) -> int:
    """Return how many filled rows say something that the register does not."""
    if form.sheet not in workbook.sheet_names:
        return 0
    known = _known(loaded)[form.sheet]
    rows = [row for row in read_form(workbook, form) if not row.blank]
    return sum(_key(form, row.cells) not in known for row in rows)


_BY: Final = {
    PEOPLE.sheet: ("person", "office", "side", "name", "from", "to"),
    DELEGATIONS.sheet: ("by", "to", "office", "side", "for", "from", "until"),
    STAFF.sheet: ("person", "name"),
    ORGANIZATIONS.sheet: ("id", "name"),
    PLANS.sheet: ("criterion", "owner", "action", "due"),
    WAIVERS.sheet: (
        "id", "criterion", "reason", "residual_risk", "compensating_control", "owner", "requested_by", "expires_on",
        "release",
    ),
    APPROVALS.sheet: ("waiver", "person", "office", "side", "on"),
    ACCEPTANCES.sheet: ("id", "register", "item", "person", "on"),
}  # fmt: skip


def _key(form: SheetForm, cells: dict[str, Cell]) -> tuple[str, ...]:
    days = {column.key for column in form.columns if column.kind is ColumnKind.DAY}
    return _words(_day(cells[key]) if key in days else cells[key] for key in _BY[form.sheet])


def _words(parts: Iterable[object]) -> tuple[str, ...]:
    return tuple("" if part is None else " ".join(str(part).split()) for part in parts)


def _day(cell: Cell) -> object:
    """Return the day that a cell says, however it is written; a text that is no day stays what it is."""
    if isinstance(cell, datetime):
        return cell.date()
    try:
        return (date_of_text(cell)[:10] or cell) if isinstance(cell, str) else cell
    except TwoReadings:
        return cell


def _known(loaded: ProgramFiles) -> dict[str, set[tuple[str, ...]]]:
    register = loaded.people
    known: dict[str, Iterable[Iterable[object]]] = {
        PEOPLE.sheet: [(one.person, *_seat(one.role), one.name, one.start, one.end) for one in register.tenures],
        DELEGATIONS.sheet: [
            (one.by, one.to, *_seat(one.role), one.purpose, one.start, one.end) for one in register.delegations
        ],
        STAFF.sheet: register.names.items(),
        ORGANIZATIONS.sheet: [(one.id, one.name) for one in register.organizations],
        PLANS.sheet: [(one.criterion, one.owner, one.action, one.due) for one in loaded.plans],
        WAIVERS.sheet: [
            (one.id, one.criterion, one.reason, one.residual_risk, one.compensating_control, one.owner,
             one.requested_by, one.expires_on, one.release)
            for one in loaded.waivers
        ],
        APPROVALS.sheet: [
            (one.id, by.person, *_seat(by.role), by.on) for one in loaded.waivers for by in one.approved_by
        ],
        ACCEPTANCES.sheet: [
            (one.id, one.register_id, one.item, one.person, one.on) for one in loaded.acceptances
        ],
    }  # fmt: skip
    return {sheet: {_words(entry) for entry in entries} for sheet, entries in known.items()}


def _seat(role: str) -> tuple[str, str]:
    side, _, office = role.partition(".")
    return office, side


def _unread_problem(root: Path, path: str, form: SheetForm, key: str, named: object, count: int) -> Problem:
    rows = "1 row that is" if count == 1 else f"{count} rows that are"
    reads = f"gonogo.yaml reads {named} for {key}" if isinstance(named, str) else f"gonogo.yaml names no file for {key}"
    what = f"{path}, sheet {form.sheet}: {rows} typed there and {'counts' if count == 1 else 'count'} for nothing"
    return Problem(
        UNREAD,
        shown(root / "gonogo.yaml"),
        f"{what}, because {reads}; write {key}: {json.dumps(path)}.",
        level="warning",
    )
