"""Which rows of a table count, left unsaid by a sheet that was signed: told at the signing, and named by status."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.first_week.adding.program_writing import load_lines
from gonogo.first_week.adding.row_choices import open_choices
from gonogo.first_week.adding.seen_file import asks_for_rows, seen_before
from gonogo.first_week.adding.subject_rows import TAG
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain

_ROW: Final = re.compile(r"(.*), row ([0-9]+)", re.ASCII | re.DOTALL)
_ASKS: Final = "Nobody has said which rows count by "
_QUESTION: Final = re.compile(rf"\s*# ask: {_ASKS}(?P<heading>.+?), so nothing of it counts\.")


def refuse_old_guess(rows: Sequence[AnsweredRow]) -> None:
    """Refuse a sheet of an earlier version of gonogo in which its guess stands as the answer which rows count.

    Raises:
        UsageError: It is such a sheet.
    """
    asked = [row for row in rows if row.tag == TAG and row.answer]
    if not asked or asks_for_rows(rows):
        return
    values = seen_before(rows).values
    for row in asked:
        guess = values.get(row.about, ())[-1:]
        if (not guess and row.answer not in values.get(row.about, ())) or (guess == (row.answer,) and not row.second):
            raise UsageError(
                f"{row.place}: an earlier version of gonogo wrote `{plain(row.answer, most=60)}` there as its guess of "
                "which rows count, and nobody can tell whether a person chose it; make the workbook again (gonogo bind "
                "NEW.xlsx --make), and answer this sheet there."
            )


def with_unsaid(
    program: OpenProgram, lines: ProgramLines, binding: str, rows: Sequence[AnsweredRow]
) -> tuple[ProgramLines, list[str]]:
    """Return the program file with the question which rows count above a binding that was signed without an answer.

    Args:
        program: The program.
        lines: Its file as it is by now.
        binding: Id of the binding.
        rows: The sheet that was taken.
    """
    asked = {row.about.strip(): row for row in rows if row.tag == TAG}
    if not asked:
        return lines, []
    now = replace(program, files=load_lines(program.root, lines))
    found = next(each for each in now.bindings if each.id == binding)
    if found.confirmed is not None:
        return lines, []
    left = [each.heading for each in open_choices(now, lines, found, figures=False)]
    lines, told = _without(lines, binding), []
    for heading in left:
        shown = f"`{plain(heading, most=60)}`"
        lines = lines.asking(lines.line_of(binding), f"{_ASKS}{shown}, so nothing of it counts.")
        row = asked.get(heading.strip())
        where = f" ({_cell(row.place)} is blank)" if row is not None and not row.answer else ""
        told.append(
            f"{binding}: signed, and nobody has said which rows count by {shown}{where}, so nothing of it counts. Say "
            f"it: {_again(binding)}"
        )
    return lines, told


def _cell(place: str) -> str:
    found = _ROW.fullmatch(place)
    return f"{found[1]}, cell D{found[2]}" if found is not None else place


def _again(binding: str) -> str:
    return f"gonogo bind NEW.xlsx --make --again {binding}"


def _without(lines: ProgramLines, binding: str) -> ProgramLines:
    start, end = lines.block(lines.line_of(binding))
    head = lines.line_of(binding) - 1
    kept: list[str] = []
    dropping = False
    for line in lines.lines[start:head]:
        dropping = line.strip().startswith(f"# ask: {_ASKS}") or (dropping and line.strip().startswith("#   "))
        if not dropping:
            kept.append(line)
    return lines.replaced(start, end, [*kept, *lines.lines[head:end]])


def unsaid_in(lines: ProgramLines) -> dict[str, str]:
    """Return for each binding that was signed without it what its file lacks, as `gonogo status` says it."""
    found: dict[str, str] = {}
    waiting: list[str] = []
    for line in lines.lines:
        if question := _QUESTION.match(line):
            waiting.append(question["heading"])
        elif waiting and (begins := re.match(r"\s*- id: *[\"']?([A-Za-z0-9_.-]+)", line)):
            name = begins[1]
            found[name] = f"nobody has said which rows count by {' and by '.join(waiting)}, so it gives nothing until "
            found[name] += f"somebody does: {_again(name)}"
            waiting = []
        elif not line.strip().startswith("#"):
            waiting = []
    return found


def left_unsaid(rows: Sequence[AnsweredRow], headings: Sequence[str]) -> Iterator[AnsweredRow]:
    """Yield the rows of a form that leave open which rows count by one of some headings."""
    names = {each.strip() for each in headings}
    yield from (row for row in rows if row.tag == TAG and not row.answer and row.about.strip() in names)
