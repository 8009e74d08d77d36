"""Which build is released, where nobody has said it: asked in the workbook, and written into the release."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.binding_lines import with_part
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.proposal import Proposal
from gonogo.first_week.prose import plain, quoted
from gonogo.model.fact import Bound
from gonogo.model.program import Binding, Release

OF_BUILD: Final = "of build"
"""Tag of the row that asks for the build of results."""
RELEASED: Final = "the one that is released"
"""What such a row asks about where nobody has said yet which build is released: its answer is that one."""
OTHER: Final = "another build"
UNSAID: Final = (
    "Nobody has said yet which build is released, and results of tests count for that one alone: write it above, "
    "beside `Build`, or on its sheet."
)
"""What the line of such a sheet says."""
OF_BUILD_NOTE: Final = (
    "The file does not say which build was tested. Choose it if these are its results. While this is blank, nobody "
    "knows, and no fact of one build counts."
)
_NOTE: Final = (
    "Nobody has said yet which build is released, and results of tests count for that one alone. If these are results "
    f"of it, write it as test reports name it, such as REL-4.2.118; else write `{OTHER}`. While this is blank, no fact "
    "of one build counts."
)
_LONGEST: Final = 200
_SUBJECTS: Final = re.compile(r'\s+subjects: \{artifact: ("(?:[^"\\]|\\.)*")\}')
_ASIDE: Final = ("# What exactly is released.", "# subjects:")
"""How the comments begin that stand where nobody has said it."""


def with_build_asked(
    program: OpenProgram, binding: Binding, proposal: Proposal | None, rows: Sequence[SheetLine]
) -> list[SheetLine]:
    """Return the rows of a sheet, with the one that asks for the build where only a person can say it.

    Args:
        program: The program.
        binding: One of its bindings.
        proposal: As it is drafted now; None where a collector reads the file as it is.
        rows: Its other rows.
    """
    if binding.build is not None or not _counts_for_a_build(program, binding, proposal):
        return [*rows]
    builds = tuple(sorted(program.release.builds))
    if builds and proposal is not None and proposal.answers and not proposal.of_build:
        return [*rows]  # a column of it says which build each row is about
    asked = (
        SheetLine(OF_BUILD, offered=builds, note=OF_BUILD_NOTE) if builds else SheetLine(OF_BUILD, RELEASED, note=_NOTE)
    )
    at = next((number for number, row in enumerate(rows, 1) if row.tag == "held"), len(rows))
    return [*rows[:at], asked, *rows[at:]]


def _counts_for_a_build(program: OpenProgram, binding: Binding, proposal: Proposal | None) -> bool:
    """Whether a binding answers, or may answer, a fact that criteria read of one build alone."""
    about = {binding.prefix, proposal.draft.group if proposal is not None and proposal.draft is not None else None}
    answered = {*proposal.answers} if proposal is not None else set()
    return any(
        program.rules.vocabulary[fact].bound is Bound.BUILD
        for fact in program.terms().required
        if fact in answered or (not answered and fact.rpartition(".")[0] in about)
    )


def take_build(adding: Adding, rows: Sequence[AnsweredRow], by: str, day: str) -> list[AnsweredRow]:
    """Write the build that a sheet says is released, and return its rows with that as the build of its results alone.

    Args:
        adding: The program file that is being changed.
        rows: Of the sheet.
        by: Who says it.
        day: Today.

    Raises:
        UsageError: It is no name of a build, or the program says another one.
    """
    row = next((row for row in rows if asks_release(row)), None)
    if row is None or not row.answer:
        return [*rows]
    build = "" if row.answer == OTHER else " ".join(row.answer.split())
    if build:
        _write(adding, row, build, f"said by {by} on {day}")
    return [replace(each, answer=build) if each is row else each for each in rows]


def asks_release(row: SheetLine | AnsweredRow) -> bool:
    """Whether a row asks which build is released."""
    return (row.tag, row.about) == (OF_BUILD, RELEASED)


def subject_lines(build: str | None) -> list[str]:
    """Return the line of a binding that says of which build its results are; none where nobody knows."""
    return [f"subject: {{build: {quoted(build)}}}"] if build else []


def _write(adding: Adding, row: AnsweredRow, build: str, note: str) -> None:
    release = adding.program.release
    if not build.isprintable() or len(build) > _LONGEST:
        raise UsageError(f"{row.place}: a build is at most {_LONGEST} characters that can be printed.")
    if known := {*map(quoted, release.builds), *_written(adding.lines, release)}:
        if quoted(build) not in known:
            raise UsageError(
                f"{row.place}: it says that {plain(build)} is released, and the program file says "
                f"{', '.join(sorted(known))}; write that one, or `{OTHER}` if these are results of another."
            )
        return
    value = f"subjects: {{artifact: {quoted(build)}}}   # {plain(note)}; test results of another build do not count"
    lines = with_part(adding.lines, release.id, "subjects", [value], after="go_live")
    start, end = lines.block(lines.line_of(release.id))
    kept = [line for line in lines.lines[start:end] if not line.strip().startswith(_ASIDE)]
    adding.lines, adding.changed = lines.replaced(start, end, kept), True
    adding.told.append(f"Released is the build {plain(build)}, {plain(note)}.")


def _written(lines: ProgramLines, release: Release) -> Iterator[str]:
    """Yield the build, as it is quoted, that another sheet of the same workbook has said."""
    start, end = lines.block(lines.line_of(release.id))
    for line in lines.lines[start:end]:
        if found := _SUBJECTS.match(line):
            yield found[1]
