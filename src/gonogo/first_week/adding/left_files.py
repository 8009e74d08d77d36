"""The files that nothing reads, as one sheet of the binding workbook, and the questions of a binding as rows of its."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Final

from gonogo.errors import ConfigurationError, UsageError
from gonogo.first_week.adding.adding_files import Adding, add_file
from gonogo.first_week.adding.answered_elsewhere import same_headings
from gonogo.first_week.adding.bound_paths import read_now
from gonogo.first_week.adding.confirming import questions_above
from gonogo.first_week.adding.folder_status import program_status
from gonogo.first_week.adding.old_readers import OldReader, misfits_of, readers_of
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.read_by import FilesRead
from gonogo.first_week.adding.renamed_headings import RenamedHeading, renamed_headings
from gonogo.first_week.adding.said_renamed import old_binding, take_renamed
from gonogo.first_week.adding.set_aside import settle_as_no_evidence
from gonogo.first_week.adding.sheet_honesty import hidden_answer
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain
from gonogo.model.program import Binding
from gonogo.text import listed

REPLACES: Final = "takes the place of"
"""Tag of the row that asks whether a file that nothing reads is the newer one of a bound list."""
SAME_COLUMN: Final = "same column"
"""Tag of the row that asks which column of such a file is one that the older file calls otherwise."""
WHO: Final = "said by"
"""Tag of the row for the name of who says so."""


def left_files(program: OpenProgram) -> list[SheetLine]:
    """Return a row for each file that no binding reads and nobody has settled, and one for what it may replace."""
    rows: list[SheetLine] = []
    for each in (each for each in program_status(program.files) if each.standing.asks):
        rows.append(SheetLine("no evidence", each.path, note=plain(each.words, most=300)))
        if (found := may_replace(program, each.path)) is not None:
            rows += _asked_instead(each.path, found)
    return rows


def _asked_instead(path: str, found: MayReplace) -> Iterator[SheetLine]:
    """Yield the rows by which a person says that a file takes another's place, and by which headings it is read."""
    if found.why:
        yield SheetLine("ask", path, note=found.why)
        return
    says = "It has the headings of" if not found.renamed else "It may be a newer version of"
    note = f"{says} {found.old}. Choose {found.binding} if it is read instead of that from now on."
    yield SheetLine(REPLACES, path, offered=(found.binding,), note=note)
    lacking = tuple(dict.fromkeys(each.old for each in found.renamed))
    for each in found.renamed:
        guess = each.new
        note = f"{found.binding} reads `{plain(each.old)}`, which this file lacks. "
        note += f"Its `{plain(guess)}` may be that: {each.why}. " if guess else "Which of its columns is that? "
        note += "Blank, the file is not taken."
        yield SheetLine(SAME_COLUMN, path, each.old, offered=each.offered, note=note)
    if lacking:
        yield SheetLine(WHO, path, note="Your name, if you chose a column above. The figure before and after is told.")


@dataclass(frozen=True, slots=True)
class MayReplace:
    """The binding in which a file may take the place of what it reads.

    Attributes:
        binding: Its id.
        old: What it reads, in words.
        renamed: Headings that the file lacks, each with what may be it.
        why: Why the binding could not read the file even so; empty where it could.
    """

    binding: str
    old: str
    renamed: tuple[RenamedHeading, ...] = ()
    why: str = ""


def may_replace(program: OpenProgram, path: str) -> MayReplace | None:
    """Return the binding in which a file may take the place of what it reads; None where there is none.

    One that waits may have been drafted from the older of two files, and nothing but a person knows it. What is offered
    is what the command takes: a file that a binding could not read is offered with the headings to choose, or not.
    """
    twin = same_headings(program, path)
    name = twin.id if twin is not None else old_binding(program, path)
    found = next((each for each in program.bindings if each.id == name), None)
    if found is None or any(len(entry.paths) != 1 for entry in found.inputs) or len(found.inputs) != 1:
        return None
    words = found.inputs[0].paths[0]
    reader = OldReader(found, found.inputs[0], words)
    others = readers_of(program, read_now(program, words), path)
    readers = [reader, *(each for each in others if each.binding.id != name)]
    renamed = [one for each in readers for one in renamed_headings(program, each, path)]
    misfits = {} if renamed else misfits_of(program, readers, path)
    why = "; ".join(f"{each} does not read it: {plain(words, most=300)}" for each, words in misfits.items())
    return MayReplace(name, plain(words, most=120), tuple(dict.fromkeys(renamed)), why)


def asked_rows(program: OpenProgram, binding: Binding) -> Iterator[SheetLine]:
    """Yield the questions of a binding, which a person answers by looking, before the name is written."""
    try:
        questions = questions_above(Adding.begin(program), binding.id)
    except UsageError:
        return
    yield from (SheetLine("ask", note=question) for question in questions)


def _said_columns(rows: Sequence[AnsweredRow], path: str) -> dict[str, str]:
    """Return what a person said of the headings of a file: old to new."""
    return {row.of: row.answer for row in rows if row.tag == SAME_COLUMN and row.about == path and row.answer}


def replaced_by(rows: Sequence[AnsweredRow]) -> set[str]:
    """Return the bindings of which a person says that a file nothing reads takes the place of their own."""
    return {row.answer for row in rows if row.tag == REPLACES and row.answer}


def take_left_files(adding: Adding, rows: Sequence[AnsweredRow]) -> None:
    """Settle as no evidence each file for which somebody wrote why; put others in the place of what they replace."""
    chosen = {row.about: row for row in rows if row.tag == REPLACES and row.answer}
    for path in dict.fromkeys(row.about for row in rows if row.tag == SAME_COLUMN and row.answer):
        if path not in chosen:
            adding.told.append(
                f"{plain(path)}: not taken: choose beside `{REPLACES}` too in the place of which it comes."
            )
    for row in chosen.values():
        by = next((each.answer for each in rows if each.tag == WHO and each.about == row.about), "")
        _take_instead(adding, row, _said_columns(rows, row.about), by)
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


def _take_instead(adding: Adding, row: AnsweredRow, named: Mapping[str, str], by: str) -> None:
    """Let a binding read a file in the place of its own; what cannot be taken is told."""
    lines, told, changed = adding.lines, list(adding.told), adding.changed
    try:
        if row.hidden:
            raise hidden_answer(row)
        if named and not by:
            raise UsageError(f"write your name beside `{WHO}`, because you chose a column.")
        if named:
            day = f"{adding.program.now.astimezone(adding.program.zone):%Y-%m-%d}"
            take_renamed(adding, row.about, row.answer, named, by, day)
        add_file(adding, row.about, row.answer)
        adding.go_on()
    except (UsageError, ConfigurationError) as error:
        adding.lines, adding.told[:], adding.changed = lines, told, changed
        adding.told.append(f"{plain(row.about)}: not taken: {str(error.args[0]).partition(chr(10))[0]}")
