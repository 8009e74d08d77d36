"""Taking over the answers of an earlier workbook: only to the same question of the same program and release."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Final

from gonogo.core.wording import listing
from gonogo.documents.xlsx.answers import Row, read_form
from gonogo.documents.xlsx.declaration import read_declaration, seal_of
from gonogo.documents.xlsx.form import ACCEPTANCES, EVIDENCE, ORGANIZATIONS, STAFF, SheetForm
from gonogo.documents.xlsx.styles import percent_cells
from gonogo.documents.xlsx.workbook import Cell, Workbook, read_workbook
from gonogo.errors import UsageError
from gonogo.model.refusal import SourceRefusal
from gonogo.workbook.content import Content, KeptAnswer, kind_text
from gonogo.workbook.questions import Question
from gonogo.workbook.registers import register_rows

NAME: Final = "the earlier workbook"
_HINT: Final = "undo what was changed, or write to another file"
_NAMED: Final = 8
_ELSEWHERE: Final = "which gonogo.yaml does not read from this workbook"


@dataclass(frozen=True, slots=True)
class EarlierAnswers:
    """What is taken over from an earlier workbook.

    Attributes:
        workbook: The workbook.
        answers: Fact to its answer, for what is asked again in the same words, type and unit.
        dropped: Facts with an answer that are not asked again, in the order of the workbook.
    """

    workbook: Workbook
    answers: Mapping[str, KeptAnswer]
    dropped: tuple[str, ...]


def read_earlier(data: bytes, asked: Sequence[Question], *, program: str, release: str) -> EarlierAnswers:
    """Return what an earlier workbook answers.

    Args:
        data: Bytes of the earlier workbook.
        asked: What is asked now.
        program: Id of the program that it must be of.
        release: Id of the release that it must be of.

    Raises:
        UsageError: It cannot be read, is of another program or release, or its rows are not as they were written.
    """
    try:
        workbook = read_workbook(data, NAME)
        declaration = read_declaration(workbook)
        rows = {row.number: row for row in read_form(workbook, EVIDENCE)}
        shares = percent_cells(*workbook.styled(EVIDENCE.sheet), NAME)
    except SourceRefusal as refusal:
        raise _refused(str(refusal)) from refusal
    if (declaration.program, declaration.release) != (program, release):
        raise _refused(f"it is of the program {declaration.program!r}, release {declaration.release!r}")
    questions = {one.fact.name: (kind_text(one.fact), _words(one.fact.question)) for one in asked}
    found: dict[str, KeptAnswer] = {}
    dropped = []
    for one in declaration.asked:
        row = rows.pop(one.row, None)
        if row is None or row.cells["fact"] != one.fact or _seal(row) != one.seal:
            where = EVIDENCE.sheet if row is None else row.where("fact")
            raise _refused(f"{where}: the row for {one.fact} was changed")
        for key, fault in row.faults.items():
            raise _refused(f"{row.where(key)} {fault}")
        if row.blank:
            continue
        if questions.get(one.fact) != (one.kind, _words(str(row.cells["question"]))):
            dropped.append(one.fact)
            continue
        share = (row.number, EVIDENCE.number("value")) in shares
        found[one.fact] = KeptAnswer({column.key: row.cells[column.key] for column in EVIDENCE.open}, share)
    stray = next((row for row in rows.values() if not row.blank), None)
    if stray is not None:
        raise _refused(f"{stray.where('fact')}: this row is not part of the form")
    return EarlierAnswers(workbook, found, tuple(dropped))


def left_behind(earlier: EarlierAnswers, content: Content) -> list[str]:
    """Return what an earlier workbook holds and the new one does not, a sentence for each sheet."""
    found = []
    if earlier.dropped:
        facts = f"{len(earlier.dropped)} answer{'s' if len(earlier.dropped) != 1 else ''}"
        found.append(f"{facts} to questions that are no longer asked: {listing([*earlier.dropped], most=_NAMED)}")
    for form in content.forms:
        made_before = form in (STAFF, ORGANIZATIONS, ACCEPTANCES) and form.sheet not in earlier.workbook.sheet_names
        if form is not EVIDENCE and not made_before:
            found += _rows_left(earlier.workbook, form, content)
    return found


def _rows_left(workbook: Workbook, form: SheetForm, content: Content) -> Iterator[str]:
    known = {tuple(_shown(row.get(column.key, "")) for column in form.columns) for row in register_rows(form, content)}
    try:
        rows = [row for row in read_form(workbook, form) if not row.blank]
    except SourceRefusal as refusal:
        yield f"the sheet {form.sheet}, which cannot be read: {refusal}"
        return
    taken = content.taken.get(form.sheet, frozenset())
    rows = [row for row in rows if row.number not in taken]
    left = [str(row.number) for row in rows if tuple(_shown(row.cells[c.key]) for c in form.columns) not in known]
    if left:
        numbers = f"row{'s' if len(left) != 1 else ''} {listing(left, most=_NAMED)}"
        why = "which cannot be read" if form.sheet in content.taken else _ELSEWHERE
        yield f"{numbers} of the sheet {form.sheet}, {why}"


def _shown(cell: Cell) -> str:
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return str(cell).strip()


def _seal(row: Row) -> str:
    return seal_of(str(row.cells[column.key]) for column in EVIDENCE.fixed)


def _words(text: str) -> str:
    return " ".join(text.split())


def _refused(why: str) -> UsageError:
    return UsageError(f"Its answers cannot be taken over: {why}.", hint=_HINT)
