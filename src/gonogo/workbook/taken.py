"""Which rows of an earlier workbook the registers hold already, however they are written there."""

from __future__ import annotations

from gonogo.documents.xlsx.cell_tree import GridSource
from gonogo.documents.xlsx.form import APPROVALS, DELEGATIONS, ORGANIZATIONS, PEOPLE, PLANS, STAFF, WAIVERS
from gonogo.documents.yaml import MappingNode, Node, SequenceNode
from gonogo.program.program_file import LoadedProgram


def taken_rows(loaded: LoadedProgram, data: bytes) -> dict[str, frozenset[int]]:
    """Return each sheet that gonogo.yaml reads from these bytes, with the rows that count as read.

    A row of a plan or waiver that cannot be read is not among them: it is lost where the workbook is made anew.
    """
    found: dict[str, set[int]] = {}
    forms = {"people": (PEOPLE, DELEGATIONS, STAFF, ORGANIZATIONS), "plans": (PLANS,), "waivers": (WAIVERS, APPROVALS)}
    lost = {
        "plans": {index for index, one in enumerate(loaded.plans) if one.unreadable},
        "waivers": {index for index, one in enumerate(loaded.waivers) if one.unreadable},
    }
    for key, own in forms.items():
        sheet = loaded.sheets.get(key)
        if sheet is None or sheet.data != data:
            continue
        found |= {form.sheet: found.get(form.sheet, set()) for form in own}
        parts = ("people", "delegations", "staff", "organizations") if key == "people" else (key,)
        for part in parts:
            rows = sheet.at((part,))
            for index, row in enumerate(rows.items if isinstance(rows, SequenceNode) else ()):
                if index not in lost.get(part, ()):
                    _add(row, found)
    return {name: frozenset(rows) for name, rows in found.items()}


def _add(row: Node, found: dict[str, set[int]]) -> None:
    if isinstance(row.source, GridSource):
        found.setdefault(row.source.sheet, set()).add(row.line)
    approvals = row.get("approved_by") if isinstance(row, MappingNode) else None
    for approval in approvals.items if isinstance(approvals, SequenceNode) else ():
        _add(approval, found)
