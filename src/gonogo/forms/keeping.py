"""Taking over the answers of an earlier workbook: only to the same question of the same program and release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gonogo.errors import UsageError
from gonogo.forms.content import kind_text
from gonogo.forms.questions import Question
from gonogo.model.refusal import SourceRefusal
from gonogo.xlsxsource.answers import Row, read_form
from gonogo.xlsxsource.declaration import read_declaration, seal_of
from gonogo.xlsxsource.form import EVIDENCE
from gonogo.xlsxsource.workbook import Cell, read_workbook

_HINT = "undo what was changed, or write to another file"


def kept_answers(
    data: bytes, asked: Sequence[Question], *, program: str, release: str
) -> dict[str, Mapping[str, Cell]]:
    """Return the answers of an earlier workbook to what is asked again in the same words, type and unit.

    Args:
        data: Bytes of the earlier workbook.
        asked: What is asked now.
        program: Id of the program that it must be of.
        release: Id of the release that it must be of.

    Raises:
        UsageError: It cannot be read, is of another program or release, or its rows are not as they were written.
    """
    try:
        workbook = read_workbook(data, "the earlier workbook")
        declaration = read_declaration(workbook)
        rows = {row.number: row for row in read_form(workbook, EVIDENCE)}
    except SourceRefusal as refusal:
        raise _refused(str(refusal)) from refusal
    if (declaration.program, declaration.release) != (program, release):
        raise _refused(f"it is of the program {declaration.program!r}, release {declaration.release!r}")
    questions = {one.fact.name: (kind_text(one.fact), _words(one.fact.question)) for one in asked}
    found: dict[str, Mapping[str, Cell]] = {}
    for one in declaration.asked:
        row = rows.pop(one.row, None)
        if row is None or row.cells["fact"] != one.fact or _seal(row) != one.seal or row.faults:
            where = EVIDENCE.sheet if row is None else row.where("fact")
            raise _refused(f"{where}: the row for {one.fact} is not as it was written")
        if not row.blank and questions.get(one.fact) == (one.kind, _words(str(row.cells["question"]))):
            found[one.fact] = {column.key: row.cells[column.key] for column in EVIDENCE.open}
    stray = next((row for row in rows.values() if not row.blank), None)
    if stray is not None:
        raise _refused(f"{stray.where('fact')}: this row is not part of the form")
    return found


def _seal(row: Row) -> str:
    return seal_of(str(row.cells[column.key]) for column in EVIDENCE.fixed)


def _words(text: str) -> str:
    return " ".join(text.split())


def _refused(why: str) -> UsageError:
    return UsageError(f"Its answers cannot be taken over: {why}.", hint=_HINT)
