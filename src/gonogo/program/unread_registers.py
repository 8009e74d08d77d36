"""Rows typed into the registers of a workbook that is read for its statements alone: they count for nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from gonogo.documents.files import shown
from gonogo.documents.xlsx.answers import read_form
from gonogo.documents.xlsx.declaration import is_gonogo_workbook
from gonogo.documents.xlsx.form import APPROVALS, DELEGATIONS, ORGANIZATIONS, PEOPLE, PLANS, STAFF, WAIVERS, Form
from gonogo.documents.xlsx.workbook import Cell, Workbook, read_workbook
from gonogo.errors import ConfigurationError, Problem
from gonogo.model.refusal import SourceRefusal
from gonogo.program.program_file import LoadedProgram

UNREAD: Final = "G195"
_KEYS: Final[dict[str, tuple[Form, ...]]] = {
    "people": (PEOPLE, DELEGATIONS, STAFF, ORGANIZATIONS),
    "plans": (PLANS,),
    "waivers": (WAIVERS, APPROVALS),
}


def unread_registers(loaded: LoadedProgram) -> list[Problem]:
    """Return a warning for each sheet whose rows are not in the register that the program reads."""
    document = loaded.sheets["program"].document
    return [problem for path in _workbooks(loaded) for problem in _of(loaded, document, path)]


def _workbooks(loaded: LoadedProgram) -> list[str]:
    paths = [
        path
        for binding in loaded.program.bindings
        if binding.plugin == "attestation"
        for entry in binding.inputs
        for path in entry.paths
    ]
    return [path for path in dict.fromkeys(paths) if path.lower().endswith(".xlsx")]


def _of(loaded: LoadedProgram, document: Any, path: str) -> list[Problem]:
    try:
        workbook = read_workbook((loaded.root / path).read_bytes(), path)
        if not is_gonogo_workbook(workbook):
            return []
        found = []
        for key, forms in _KEYS.items():
            named = getattr(document, key)
            if named != path:
                found += [
                    _told(loaded.root, path, form, key, named, count)
                    for form in forms
                    if (count := _strange(workbook, form, loaded))
                ]
        return found
    except (OSError, SourceRefusal, ConfigurationError):
        return []  # what cannot be read is told where it is read


def _strange(workbook: Workbook, form: Form, loaded: LoadedProgram) -> int:
    """Return how many filled rows say something that the register does not."""
    if form.sheet not in workbook.sheet_names:
        return 0
    known = _known(loaded)[form.sheet]
    rows = [row for row in read_form(workbook, form) if not row.blank]
    return sum(_key(form, row.cells) not in known for row in rows)


_BY: Final = {
    PEOPLE.sheet: ("person", "office", "side"),
    DELEGATIONS.sheet: ("by", "to", "office", "side"),
    STAFF.sheet: ("person", "name"),
    ORGANIZATIONS.sheet: ("id", "name"),
    PLANS.sheet: ("criterion", "owner", "action"),
    WAIVERS.sheet: ("id", "criterion", "reason", "residual_risk", "compensating_control"),
    APPROVALS.sheet: ("waiver", "person", "office", "side"),
}


def _key(form: Form, cells: dict[str, Cell]) -> tuple[str, ...]:
    return tuple(" ".join(str(cells[key]).split()) for key in _BY[form.sheet])


def _known(loaded: LoadedProgram) -> dict[str, set[tuple[str, ...]]]:
    people = {(one.person, *_seat(one.role)) for one in loaded.people.tenures}
    lent = {(one.by, one.to, *_seat(one.role)) for one in loaded.people.delegations}
    staff = {(person, name) for person, name in loaded.people.names.items()}
    organizations = {(one.id, one.name) for one in loaded.people.organizations}
    plans = {(one.criterion, one.owner, one.action) for one in loaded.plans}
    waivers = {
        (one.id, one.criterion, one.reason, one.residual_risk, one.compensating_control) for one in loaded.waivers
    }
    approvals = {(one.id, by.person, *_seat(by.role)) for one in loaded.waivers for by in one.approved_by}
    sheets = (PEOPLE, DELEGATIONS, STAFF, ORGANIZATIONS, PLANS, WAIVERS, APPROVALS)
    told: tuple[set[tuple[str, ...]], ...] = (
        {*people},
        {*lent},
        {*staff},
        {*organizations},
        {*plans},
        {*waivers},
        {*approvals},
    )
    return {
        form.sheet: {tuple(" ".join(word.split()) for word in entry) for entry in entries}
        for form, entries in zip(sheets, told, strict=True)
    }


def _seat(role: str) -> tuple[str, str]:
    side, _, office = role.partition(".")
    return office, side


def _told(root: Path, path: str, form: Form, key: str, named: object, count: int) -> Problem:
    rows = "1 row that is" if count == 1 else f"{count} rows that are"
    reads = f"gonogo.yaml reads {named} for {key}" if isinstance(named, str) else f"gonogo.yaml names no file for {key}"
    what = f"{path}, sheet {form.sheet}: {rows} typed there and {'counts' if count == 1 else 'count'} for nothing"
    return Problem(
        UNREAD,
        shown(root / "gonogo.yaml"),
        f"{what}, because {reads}; write {key}: {json.dumps(path)}.",
        level="warning",
    )
