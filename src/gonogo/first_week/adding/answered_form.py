"""What the binding workbook asks about one binding, asked and answered elsewhere: the same rows, the same answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gonogo.errors import UsageError
from gonogo.first_week.adding.adding_files import Adding
from gonogo.first_week.adding.asked_sheets import WHY, sheet_of
from gonogo.first_week.adding.binding_sheets import USE
from gonogo.first_week.adding.bound_answers import take_sheet
from gonogo.first_week.adding.one_binding import binding_named, choices_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.program_writing import new_mistakes, undo_words, write_lines
from gonogo.first_week.adding.seen_content import seen_of
from gonogo.first_week.adding.sheet_line import FIXED, SEEN, SheetLine
from gonogo.first_week.adding.unsaid_rows import left_unsaid
from gonogo.first_week.adding.whole_sheets import refusal_of
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.words_that_count import WrongAnswerInSheet
from gonogo.first_week.prose import plain


@dataclass(frozen=True, slots=True)
class BindingQuestions:
    """What is asked about one binding.

    Attributes:
        id: Its id.
        rows: As in its sheet of the workbook, without the one that says what was seen.
        file: That one.
        seen: Digest of the program file, of the files and of how they are read, as they are asked about.
        corrects: Whether it was confirmed before, and the answers correct it.
    """

    id: str
    rows: tuple[SheetLine, ...]
    file: SheetLine
    seen: str
    corrects: bool = False


def asked_about(program: Path, binding: str, now: datetime | None = None) -> BindingQuestions:
    """Return what is asked about one binding.

    Raises:
        UsageError: The program has no such binding, or a command cannot change it.
        ConfigurationError: The program has mistakes.
    """
    opened = open_program(program, now)
    found = binding_named(opened, binding)
    seen = seen_of(opened, found)
    _, rows = sheet_of(opened, found)
    [file] = (row for row in rows if row.tag == SEEN)
    return BindingQuestions(
        found.id, tuple(row for row in rows if row is not file), file, seen, any(row.tag == WHY for row in rows)
    )


def take_answers(
    program: Path, binding: str, answers: Mapping[int, tuple[str, str]], *, seen: str, now: datetime | None = None
) -> list[str]:
    """Take the answers about one binding into the program; return what a person hears.

    Args:
        program: The program.
        binding: Id of the binding.
        answers: Number of the row to its answer and its second one, for each row that is answered.
        seen: What :func:`asked_about` gave.
        now: What counts as now; the clock by default.

    Raises:
        UsageError: Something has changed since, nobody is named, or an answer cannot be used; nothing is changed then.
        ConfigurationError: The program has mistakes.
    """
    asked = asked_about(program, binding, now)
    if seen != asked.seen:
        raise UsageError(
            f"Nothing of {binding} is taken: its file, the program file or what reads it has changed since you looked.",
            hint="look at what is asked now, and answer again",
        )
    if set(answers) != {number for number, row in enumerate(asked.rows) if row.tag not in FIXED}:
        raise UsageError(f"Nothing of {binding} is taken: not every question is answered.", hint="answer on its page")
    rows = [
        AnsweredRow(row.tag, row.about, row.of, *answers.get(number, (row.answer, "")), f"question {number + 1}")
        for number, row in enumerate(asked.rows)
    ]
    file = asked.file
    rows.append(AnsweredRow(SEEN, file.about, file.of, file.answer, file.second or "", "its file"))
    if not asked.corrects and next(row.answer for row in rows if row.tag == "use") == USE[0]:
        left = left_unsaid(rows, [each.heading for each in choices_of(program, binding, now)])
        if row := next(left, None):
            raise UsageError(
                f"Nothing of {binding} is taken: nobody has said which rows count by `{plain(row.about, most=60)}`.",
                hint="choose it; its note says what each choice gives",
            )
    adding = Adding.begin(open_program(program, now))
    try:
        taken = take_sheet(adding, rows)
        if mistakes := new_mistakes(adding.program.root, adding.lines):
            raise refusal_of(rows, mistakes[0])
    except WrongAnswerInSheet as error:
        raise UsageError(
            f"Nothing of {binding} is taken: {error.args[0]}.", hint="choose one of what is offered"
        ) from error
    if not taken:
        raise UsageError(f"{binding} still waits.", hint="choose `read it`, and write your name")
    if adding.changed:
        adding.told.append(
            undo_words(write_lines(adding.program.root, adding.lines, adding.before), adding.program.root)
        )
    return adding.told
