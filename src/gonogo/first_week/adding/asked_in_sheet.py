"""Questions as a sheet of the binding workbook asks them: they name the row that answers them, and no settings."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from gonogo.first_week.adding.subject_rows import TAG as WHICH_ROWS
from gonogo.first_week.drafts.empty_lists import NONE_THERE
from gonogo.first_week.drafts.rows_in_question import ROWS

_ANSWERS: Final = re.compile(r" Say it under answers(?:: [a-z_]+)?\.")
_BUILD: Final = re.compile(r"; say it under subject\b")
_WHICH: Final = re.compile(r"(?<=until )subject(?= says which)")
_COUNT: Final = re.compile(
    r"say which rows count, subject: \{.*?\}\}, or why it does not matter, not_subject: \{.*\}(?=\.?$)", re.DOTALL
)
_SETTING: Final = re.compile(
    r"\b[a-z_]+: (?:\{|\[|left_out|allowed)|`[a-z_]+:`|\bunder [a-z_]+:|\bsay (?:rows|other_sheets):"
)
_KEY: Final = re.compile(
    r"name the columns that do \(unique: \[\.{3}\]\), or say in words what one row is \(one_row: \.{3}\)"
)
_BY_KEY: Final = re.compile(r"tells every row apart: unique: \[\w+\](?=, if it names what a row is)")
_OTHER_KEY: Final = re.compile(r"say another one under unique: (?=if it names what one row is)")
_PLAN: Final = re.compile(
    r"(?:path: )?add `plan:` with the CSV of planned cases; without it nobody knows what was not run"
)
_NO_PLAN: Final = (
    "It says what ran, and no list of the planned cases is bound with it, so nobody knows what was not run. It answers "
    "nothing until the person who keeps gonogo.yaml binds such a list."
)
_REPLACED: Final = re.compile(r"`gonogo add PROGRAM FILE --replaces` this binding, and settle the rest as no evidence")
_CHANGED: Final = re.compile(r"; export it again with these columns, or bind it as any table(?=\.?$)")
_OF_ROWS: Final = (" do not: right?", "out of every count: right?", "only what is below?")
NO_ROWS: Final = "no row below the header"
"""How the note of an empty table begins."""
NO_ROW: Final = "No row of this sheet settles that: correct the file, or ask who keeps gonogo.yaml."


def in_sheet(question: str, tags: Collection[str]) -> str:
    """Return a question with the row that answers it in place of a setting; with a sentence where no row does.

    Args:
        question: As it stands in the program file, for those who write settings.
        tags: Kinds of rows that the sheet has.
    """
    if question.startswith(NO_ROWS) and "fact" in tags:
        return (
            f"It has no row. If there really are none, choose `{NONE_THERE}` in the row `fact`; else export it again."
        )
    words = [f"`{tag}`" for tag in ("word", "words") if tag in tags]
    if words:
        question = _ANSWERS.sub(f" The rows {' and '.join(words)} say it.", question)
    question = _REPLACED.sub("choose on the sheet `Other files` that it takes the place of this one", question)
    if _PLAN.fullmatch(question.strip(" .")):
        return _NO_PLAN
    if "of build" in tags:
        question = _BUILD.sub("; the row `of build` says it", question)
    if "key" in tags:
        question = _KEY.sub("choose in the row `key` the column, or the two, that do", question)
        question = _BY_KEY.sub("tells every row apart: choose it in the row `key`", question)
        question = _OTHER_KEY.sub("choose another one in the row `key` ", question)
    if "reads" in tags:
        column = "; choose in the row `reads` which column says the same, or export it again with these columns"
        question = _CHANGED.sub(column, question)
    if WHICH_ROWS in tags:
        question = _WHICH.sub(f"the row `{WHICH_ROWS}`", question)
        question = _COUNT.sub(f"say in the row `{WHICH_ROWS}` which rows count, or that every row does", question)
    if ROWS in tags and question.endswith(_OF_ROWS):
        return f"{question} The row `{ROWS}` says it."
    if any(each.search(question) for each in (_ANSWERS, _BUILD, _WHICH, _SETTING)):
        return f"{question}{'' if question.endswith(('.', '?')) else '.'} {NO_ROW}"
    return question
