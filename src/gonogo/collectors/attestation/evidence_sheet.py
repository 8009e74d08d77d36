"""Attestations in the workbook that ``gonogo workbook`` writes: the sheet Evidence, one row for each fact.

A row becomes the same statement as a row of YAML, so that both are judged alike. What makes the layout doubtful
(hidden, merged, moved, inserted, doubled) refuses the workbook; a cell of the wrong type is a defect of its own fact;
a row that nobody filled in is missing. Every sentence names sheet and cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from gonogo.collectors.attestation.stated_value import StatedType, read_kind
from gonogo.collectors.attestation.statements import UnusableStatement
from gonogo.documents.xlsx import answers
from gonogo.documents.xlsx.answers import Mistake, read_form, refused
from gonogo.documents.xlsx.cell_tree import GridSource, grid_source, plain_node, row_node, text_node
from gonogo.documents.xlsx.cell_values import (
    SIGNIFICANT,
    UnfitCell,
    day_in,
    decimal_in,
    described,
    id_in,
    moment_in,
    share_in,
    text_in,
    whole_in,
)
from gonogo.documents.xlsx.declaration import AskedRow, WorkbookDeclaration, read_declaration, seal_of
from gonogo.documents.xlsx.form import EVIDENCE, NO, YES
from gonogo.documents.xlsx.form import ColumnKind as Holds
from gonogo.documents.xlsx.second_people_sheet import other_names
from gonogo.documents.xlsx.styles import percent_cells
from gonogo.documents.xlsx.typed_ids import (
    KnownNames,
    known_in,
    office_meant,
    one_of,
    person_meant,
    read_as,
    side_meant,
    yes_or_no,
)
from gonogo.documents.xlsx.workbook import Cell, Workbook, read_workbook
from gonogo.documents.yaml import MappingNode as Entry
from gonogo.documents.yaml import Node, ScalarNode
from gonogo.model.evidence import GapReason
from gonogo.model.fact import MAX_TEXT, FactType
from gonogo.model.people import Side
from gonogo.plugin.spec import CollectorRefusal, Job

_STARTS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""First bytes of an XLSX file, and of an encrypted or old one, which is refused by its name."""


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled-in form.

    Attributes:
        rows: Rows by the fact that they state: what they state, or why they state nothing.
        blanks: Facts that nobody answered, to the sentence that names the cell.
        matches: Facts to what was read as something else than it says: a name as an id.
    """

    rows: dict[str, list[Entry | UnusableStatement]] = field(default_factory=dict)
    blanks: dict[str, str] = field(default_factory=dict)
    matches: dict[str, list[str]] = field(default_factory=dict)


def is_workbook(data: bytes) -> bool:
    """Whether bytes are a workbook's rather than text."""
    return data.startswith(_STARTS)


def read_filled(data: bytes, name: str, kinds: Mapping[str, StatedType], job: Job) -> FilledForm:
    """Return what a filled-in workbook states.

    Args:
        data: Its bytes.
        name: File name, for messages.
        kinds: Fact to type and unit, as the binding's settings say them.
        job: Program, release and ruleset that it must have been made for.

    Raises:
        CollectorRefusal: It is damaged, of another program, release or ruleset, or its layout was changed.
    """
    workbook = read_workbook(data, name)
    declaration = read_declaration(workbook)
    _check_made_for(declaration, name, job)
    _check_kinds(declaration, name, kinds)
    rows = _placed(list(read_form(workbook, EVIDENCE)), declaration)
    _check_rows(rows, declaration, workbook)
    known = known_in(job.spoken)
    if others := other_names(workbook, known):
        raise refused([Mistake(one.where, one.what) for one in others])
    sheet = workbook.sheet(EVIDENCE.sheet)
    shares = percent_cells(*workbook.styled(EVIDENCE.sheet), str(sheet.where()))
    source = grid_source(name, EVIDENCE.sheet)
    found = FilledForm()
    by_number = dict(rows)
    for asked in declaration.asked:
        row = by_number[asked.row]
        if row.blank:
            found.blanks[asked.fact] = f"{row.where('value')} is empty: nobody has answered"
            continue
        percent = (row.number, EVIDENCE.number("value")) in shares
        found.rows[asked.fact] = [_row(row, asked, source, known, found, percent=percent)]
    return found


def _check_made_for(declaration: WorkbookDeclaration, name: str, job: Job) -> None:
    again = "make a new one with `gonogo workbook`"
    if declaration.program != job.program:
        raise CollectorRefusal(
            f"{name} is the workbook of the program {declaration.program!r}, not of {job.program!r}; {again}",
            GapReason.WRONG_SUBJECT,
        )
    if declaration.release != job.release:
        raise CollectorRefusal(
            f"{name} is the workbook of the release {declaration.release!r}, not of {job.release!r}; {again}",
            GapReason.WRONG_SUBJECT,
        )
    if job.ruleset and declaration.ruleset_sha256 != job.ruleset:
        raise CollectorRefusal(
            f"{name} was made for another ruleset ({declaration.ruleset}, sha256 {declaration.ruleset_sha256[:12]}…) "
            f"than the one that judges now (sha256 {job.ruleset[:12]}…); {again}, which can take the answers over",
            GapReason.WRONG_SUBJECT,
        )


def _check_kinds(declaration: WorkbookDeclaration, name: str, kinds: Mapping[str, StatedType]) -> None:
    for asked in declaration.asked:
        known = kinds.get(asked.fact)
        try:
            same = known is None or read_kind(asked.kind) == known
        except ValueError:
            same = False
        if not same:
            raise CollectorRefusal(
                f"{name} asks for {asked.fact} as {asked.kind!r}, but the binding's settings say otherwise; make the "
                "workbook again"
            )


def _placed(rows: list[answers.Row], declaration: WorkbookDeclaration) -> list[tuple[int, answers.Row]]:
    """Return the rows with the number that each has in the form: blank ones that somebody inserted are passed over."""
    filled = [row for row in rows if row.faults or any(cell != "" for cell in row.cells.values())]
    if [row.cells["fact"] for row in filled] == [asked.fact for asked in declaration.asked]:
        return [(asked.row, row) for asked, row in zip(declaration.asked, filled, strict=True)]
    return [(row.number, row) for row in rows]


def _check_rows(rows: list[tuple[int, answers.Row]], declaration: WorkbookDeclaration, workbook: Workbook) -> None:
    """Check that every row still asks what it asked, and that no row was added."""
    expected = {asked.row: asked for asked in declaration.asked}
    mistakes: list[Mistake] = []
    for number, row in rows:
        asked = expected.pop(number, None)
        fact = row.cells["fact"]
        if asked is None:
            filled = next((column.key for column in row.form.columns if row.cells[column.key] != ""), "")
            filled = filled or next(iter(row.faults), "")
            if filled:
                mistakes.append(Mistake(row.where(filled), "this row is not part of the form; delete it"))
        elif fact != asked.fact:
            moved = "rows were moved, sorted or deleted; undo that"
            what = f"{str(fact)[:80]!r} is where the form has {asked.fact!r}; {moved}"
            mistakes.append(Mistake(row.where("fact"), what))
        elif seal_of(str(row.cells[column.key]) for column in EVIDENCE.fixed) != asked.seal:
            what = f"the locked cells of the row for {asked.fact} were changed; undo that, or make the workbook again"
            mistakes.append(Mistake(row.where("question"), what))
    sheet = workbook.sheet(EVIDENCE.sheet)
    mistakes += [
        Mistake(sheet.where(number, 1), f"the row for {asked.fact} is gone; undo that, or make the workbook again")
        for number, asked in sorted(expected.items())
    ]
    if mistakes:
        raise refused(mistakes)


def _row(
    row: answers.Row, asked: AskedRow, source: GridSource, known: KnownNames, found: FilledForm, *, percent: bool
) -> Entry | UnusableStatement:
    """Return the statement of a row under the keys of a YAML attestation, or its first defect."""
    matches: list[str] = []
    for key, fault in row.faults.items():
        return UnusableStatement(GapReason.MALFORMED, f"{row.where(key)} {fault}")
    for column in answers.missing_columns(row):
        return UnusableStatement(
            GapReason.MISSING, f"{row.where(column.key)}: {column.heading} of {asked.fact} is empty"
        )
    entries: dict[str, Node] = {"fact": text_node(source, row.number, 1, asked.fact)}
    for column in EVIDENCE.open:
        cell, number = row.cells[column.key], EVIDENCE.number(column.key)
        if cell == "":
            continue
        try:
            if column.kind is Holds.VALUE:
                entries[column.key] = _value(cell, asked, source, row.number, number, matches, percent=percent)
            else:
                text = _READ[column.kind](cell)
                meant = _meant(column.key, text, known)
                matches += filter(None, [read_as(str(cell), meant) if isinstance(cell, str) else ""])
                entries[column.key] = text_node(source, row.number, number, meant)
        except UnfitCell as error:
            reason = GapReason.WRONG_TYPE if column.kind is Holds.VALUE else GapReason.MALFORMED
            return UnusableStatement(reason, f"{row.where(column.key)} {error}")
    side, office = entries.pop("side"), entries["office"]
    assert isinstance(side, ScalarNode)
    if side.text not in list(Side):
        what = f"holds {described(side.text)}; choose {', '.join(Side)} from the list"
        return UnusableStatement(GapReason.MALFORMED, f"{row.where('side')} {what}")
    assert isinstance(office, ScalarNode)
    del entries["office"]
    entries["role"] = text_node(source, office.line, office.column, f"{side.text}.{office.text}")
    if "on" not in entries:
        held = entries["held_on"]
        assert isinstance(held, ScalarNode)
        entries["on"] = text_node(source, held.line, held.column, held.text[:10])
    if matches:
        found.matches[asked.fact] = matches
    return row_node(source, row.number, EVIDENCE.number("value"), entries)


def _meant(key: str, text: str, known: KnownNames) -> str:
    """Return what a person means by a text in a column of ids."""
    if key in ("person", "prepared_by"):
        return person_meant(text, known)
    if key == "office":
        return office_meant(text, known)
    return side_meant(text, known) if key == "side" else text


_READ: Final = {Holds.TEXT: text_in, Holds.ID: id_in, Holds.DAY: day_in, Holds.MOMENT: moment_in}


def _value(
    cell: Cell, asked: AskedRow, source: GridSource, row: int, column: int, matches: list[str], *, percent: bool
) -> ScalarNode:
    kind = read_kind(asked.kind).type
    if kind is FactType.BOOLEAN:
        answer = yes_or_no(cell)
        if not answer:
            raise UnfitCell(f"holds {described(cell)}; choose {YES} or {NO} from the list")
        matches += filter(None, [read_as(str(cell), answer)])
        return plain_node(source, row, column, "true" if answer == YES else "false")
    if kind is FactType.TEXT:
        written = text_in(cell)
        text = one_of(written, asked.allowed)
        matches += filter(None, [read_as(written, text)])
        if asked.allowed and text not in asked.allowed:
            raise UnfitCell(f"holds {described(cell)}; choose from the list: {', '.join(asked.allowed)}")
        if len(text) > MAX_TEXT:
            raise UnfitCell(f"holds {len(text)} characters; the limit is {MAX_TEXT}")
        return text_node(source, row, column, text)
    if kind is FactType.INSTANT:
        text = moment_in(cell)
        matches += _typed(cell, text)
        return text_node(source, row, column, text)
    if kind is FactType.RATIO:
        text = share_in(cell, percent=percent)
        matches += _typed(cell, text)
        _check_range(Decimal(text.removesuffix("%")) / 100, text, asked, share=True)
        return plain_node(source, row, column, text)
    text = whole_in(cell) if kind is FactType.INTEGER else decimal_in(cell)
    matches += _typed(cell, text)
    _check_range(Decimal(text), text, asked)
    return plain_node(source, row, column, text)


def _typed(cell: Cell, text: str) -> list[str]:
    """Return the sentence that shows how a value was read that is not in its cell as it was read."""
    if isinstance(cell, str):
        return [f"{cell[:60]!r} is read as {text}"]
    long = isinstance(cell, float) and len(Decimal(repr(cell)).normalize().as_tuple().digits) > SIGNIFICANT
    return [f"{cell!r}, which a formula computed, is read to {SIGNIFICANT} digits"] if long else []


def _check_range(value: Decimal, text: str, asked: AskedRow, *, share: bool = False) -> None:
    def written(bound: Decimal) -> str:
        return f"{format((bound * 100).normalize(), 'f')}%" if share else format(bound, "f")

    if asked.lowest is not None and value < asked.lowest:
        raise UnfitCell(f"holds {text}, which cannot be true: it is at least {written(asked.lowest)}")
    if asked.highest is not None and value > asked.highest:
        hint = f"; for {format(value.normalize(), 'f')} % type {format(value.normalize(), 'f')}%" if share else ""
        raise UnfitCell(f"holds {text}, which cannot be true: it is at most {written(asked.highest)}{hint}")
