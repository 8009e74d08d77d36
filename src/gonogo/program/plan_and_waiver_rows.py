"""Plans and waivers typed into a workbook: a cell that cannot be read takes its own row out, and nothing else.

The row stays as a plan or waiver that says why it counts for nothing, so that every report can name it. The layout of
the sheet is another matter: where headings are missing or moved, nobody can tell what any row means.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Final

from gonogo.documents.shape import CheckedDocument, D, check_shape
from gonogo.documents.xlsx.answers import Row, read_form
from gonogo.documents.xlsx.cell_tree import grid_source, list_node, plain_node, row_node, text_node
from gonogo.documents.xlsx.form import ACCEPTANCES, APPROVALS, PLANS, WAIVERS, SheetForm
from gonogo.documents.xlsx.workbook import Workbook
from gonogo.documents.yaml import Node
from gonogo.errors import Problem
from gonogo.program.side_documents import NOT_READ, UNNAMED

NO_WAIVER: Final = "G143"
_FORM: Final = {"plans": PLANS, "waivers": WAIVERS, "acceptances": ACCEPTANCES}
_ONE: Final = {"waivers": "waiver", "acceptances": "acceptance"}
Entries = Callable[[Row, list[Problem], list[Problem]], dict[str, Node]]
"""Reads a row: mistakes and matches are added to the two lists."""


@dataclass(slots=True)
class _Read:
    """One row: what could be read of it, and what could not."""

    row: Row
    entries: dict[str, Node]
    wrong: list[Problem] = field(default_factory=list)
    approvals: list[Node] = field(default_factory=list)


def read_papers(
    workbook: Workbook, key: str, model: type[D], data: bytes, entries: Entries, matches: list[Problem]
) -> CheckedDocument[D]:
    """Return the plans or waivers of a workbook, with a fault for each that cannot be read.

    Args:
        workbook: The workbook.
        key: ``plans``, ``waivers`` or ``acceptances``.
        model: Its document.
        data: The workbook's bytes.
        entries: Reads one row.
        matches: Warnings; extended by one for each cell that cannot be read.

    Raises:
        SourceRefusal: A sheet is not laid out as it was written.
    """
    form = _FORM[key]
    name = workbook.file_name
    found = [_one(row, form, key, model, entries, matches) for row in read_form(workbook, form) if not row.blank]
    if key != "plans":
        _doubles(found, _ONE[key])
    if key == "waivers" and APPROVALS.sheet in workbook.sheet_names:
        for row in read_form(workbook, APPROVALS):
            if not row.blank:
                _approve(row, found, model, entries, matches)
    faults = {}
    for index, one in enumerate(found):
        if one.approvals:
            one.entries["approved_by"] = list_node(one.approvals[0].source, one.approvals)
        if one.wrong:
            faults[index] = "; ".join(_sentence(each) for each in one.wrong)
            matches += [replace(each, code=NOT_READ, level="warning") for each in one.wrong]
    sheet = check_shape(_document(name, form, key, found), name, model, data)
    return replace(sheet, faults=faults)


def _document(name: str, form: SheetForm, key: str, found: Iterable[_Read]) -> Node:
    source = grid_source(name, form.sheet)
    rows: list[Node] = [row_node(source, one.row.number, 1, one.entries) for one in found]
    return row_node(source, 0, 0, {"schema": plain_node(source, 0, 0, "1"), key: list_node(source, rows)})


def _one(row: Row, form: SheetForm, key: str, model: type[D], entries: Entries, matches: list[Problem]) -> _Read:
    wrong: list[Problem] = []
    one = _Read(row, entries(row, wrong, matches), wrong)
    _name(one, key)
    for problem in check_shape(_document(row.sheet.file_name, form, key, [one]), "", model, b"").problems:
        one.wrong.append(problem)
        for part in [part for part, node in one.entries.items() if str(node.position) == problem.where]:
            del one.entries[part]
    _name(one, key)
    return one


def _name(one: _Read, key: str) -> None:
    """Let a row that gives no id be told apart; what stands for it names no criterion, no waiver and nobody."""
    source, number = grid_source(one.row.sheet.file_name, one.row.form.sheet), one.row.number
    stand_in = {"criterion": f"{UNNAMED}.row_{number}"}
    if key == "waivers":
        stand_in |= {"id": f"{UNNAMED}-row-{number}", "requested_by": UNNAMED}
    if key == "acceptances":
        stand_in = {"id": f"{UNNAMED}-row-{number}", "register": UNNAMED, "item": f"{UNNAMED} row {number}"}
    for part, text in stand_in.items():
        one.entries.setdefault(part, text_node(source, number, one.row.form.number(part), text))


def _doubles(found: list[_Read], what: str) -> None:
    seen: set[str] = set()
    for one in found:
        text = _text(one.entries["id"])
        if text in seen:
            where = str(one.row.where("id"))
            one.wrong.append(Problem("G123", where, f"the {what} {text!r} appears twice", hint="give each its own id"))
        seen.add(text)


def _approve(row: Row, found: list[_Read], model: type[D], entries: Entries, matches: list[Problem]) -> None:
    wrong: list[Problem] = []
    read = entries(row, wrong, matches)
    named = _text(read.pop("waiver", None))
    mine = [one for one in found if _text(one.entries["id"]) == named]
    mine = mine or [one for one in found if _text(one.entries["id"]).casefold() == named.casefold()]
    source = grid_source(row.sheet.file_name, APPROVALS.sheet)
    approval = row_node(source, row.number, 1, dict(read))
    if len(mine) != 1 and not (mine and len({_text(one.entries["id"]) for one in mine}) == 1):
        what = f"there is no waiver {named!r}" if named else "no waiver is named"
        problem = Problem(NO_WAIVER, str(row.where("waiver")), what, hint="name a row of the sheet Waivers")
        matches.append(replace(problem, code=NOT_READ, level="warning"))
        return
    waiver = mine[0]
    if not wrong:
        trial = _Read(waiver.row, {**waiver.entries, "approved_by": list_node(source, [approval])})
        wrong += check_shape(_document(row.sheet.file_name, WAIVERS, "waivers", [trial]), "", model, b"").problems
    if wrong:
        waiver.wrong += wrong
    else:
        waiver.approvals.append(approval)


def _text(node: Node | None) -> str:
    return getattr(node, "text", "")


def _sentence(problem: Problem) -> str:
    """Return a mistake with its sheet and cell; the name of the file is reported elsewhere."""
    place = problem.where.partition(", ")[2] or problem.where
    return f"{place}: {problem.what}"
