"""The files that nothing reads, as one sheet of the binding workbook, and the questions of a binding as rows of its."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from shlex import quote
from typing import Final

from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.adding.adding_files import Adding, add_file
from gonogo.first_week.adding.answered_elsewhere import same_headings
from gonogo.first_week.adding.confirming import questions_above
from gonogo.first_week.adding.folder_status import program_status
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.read_by import FilesRead
from gonogo.first_week.adding.set_aside import settle_as_no_evidence
from gonogo.first_week.adding.sheet_honesty import hidden_answer
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.text import listed

REPLACES: Final = "takes the place of"
"""Tag of the row that asks whether a file that nothing reads is the newer one of a bound list."""


def left_files(program: OpenProgram) -> list[SheetLine]:
    """Return a row for each file that no binding reads and nobody has settled, and one for what it may replace."""
    rows: list[SheetLine] = []
    for each in (each for each in program_status(program.files) if each.standing.asks):
        rows.append(SheetLine("no evidence", each.path, note=plain(each.words, most=300)))
        if (found := may_replace(program, each.path)) is not None:
            binding, old = found
            note = f"It has the headings of {old}. Choose {binding} if it is read instead of that from now on."
            rows.append(SheetLine(REPLACES, each.path, offered=(binding,), note=note))
    return rows


def may_replace(program: OpenProgram, path: str) -> tuple[str, str] | None:
    """Return the binding in which a file may take the place of what it reads, and that in words.

    One that waits may have been drafted from the older of two files, and nothing but a person knows it.
    """
    twin = same_headings(program, path)
    if twin is None:
        return None
    return twin.id, listed([plain(each, most=120) for entry in twin.inputs for each in entry.paths])


def asked_rows(program: OpenProgram, binding: Binding) -> Iterator[SheetLine]:
    """Yield the questions of a binding, which a person answers by looking, before the name is written."""
    try:
        questions = questions_above(Adding.begin(program), binding.id)
    except UsageError:
        return
    yield from (SheetLine("ask", note=question) for question in questions)


def replaced_by(rows: Sequence[AnsweredRow]) -> set[str]:
    """Return the bindings of which a person says that a file nothing reads takes the place of their own."""
    return {row.answer for row in rows if row.tag == REPLACES and row.answer}


def take_left_files(adding: Adding, rows: Sequence[AnsweredRow]) -> None:
    """Settle as no evidence each file for which somebody wrote why; put others in the place of what they replace."""
    chosen = {row.about: row for row in rows if row.tag == REPLACES and row.answer}
    for row in chosen.values():
        _take_instead(adding, row)
    for row in rows:
        if row.tag != "no evidence" or not row.answer or row.about in (adding.program.files.program.not_evidence or {}):
            continue
        if row.about in chosen:
            adding.told.append(f"{plain(row.about)}: not settled: the row below says that it takes another's place.")
            continue
        reading = FilesRead(adding.program.files)
        named = [each for each in adding.program.readers(row.about) if each.confirmed is None]
        readers = [each.id for each in named if reading.how(each, row.about).reads]
        if readers:  # the workbook was made when nothing read it, and nobody says there that a binding is wrong
            adding.told.append(
                f"{plain(row.about)}: not settled: {listed(readers)} reads it by now. If it is no evidence all the "
                f"same: gonogo add PROGRAM {quote(row.about)} --not-evidence REASON"
            )
            continue
        try:
            if row.hidden:
                raise hidden_answer(row)
            settle_as_no_evidence(adding, row.about, row.answer)
        except UsageError as error:
            adding.told.append(f"{plain(row.about)}: not settled: {error}")


def _take_instead(adding: Adding, row: AnsweredRow) -> None:
    """Let a binding read a file in the place of its own; what cannot be taken is told."""
    lines, told, changed = adding.lines, list(adding.told), adding.changed
    try:
        if row.hidden:
            raise hidden_answer(row)
        add_file(adding, row.about, row.answer)
        adding.go_on()
    except (UsageError, ConfigurationError) as error:
        adding.lines, adding.told[:], adding.changed = lines, told, changed
        adding.told.append(f"{plain(row.about)}: not taken: {str(error.args[0]).partition(chr(10))[0]}")
