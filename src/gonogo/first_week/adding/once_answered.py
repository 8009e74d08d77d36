"""Answers to the questions of the first sheet, taken into each sheet that they go for, where that says no other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.sheet_line import NOT_HERE
from gonogo.first_week.adding.start_questions import BESIDE, StartQuestion
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.drafts.filled_cells import EMPTY, FILLED
from gonogo.first_week.prose import plain
from gonogo.first_week.spellings import as_one

QUESTION: Final = ("Asked", "About", "Under")
"""Headings of the columns that say which rows of which sheets a question of the first sheet answers."""
QUESTION_ON: Final = "question on "
"""What stands, before the numbers of the sheets, where a line of the first sheet names its file."""
_UNDER: Final = re.compile(r"([0-9]+)(?: (.*))?", re.ASCII)
_JOINED: Final = tuple(f"{BESIDE}{how}" for how in (FILLED, EMPTY))


@dataclass(frozen=True, slots=True)
class OnceAnswered:
    """One question of the first sheet as a person left it.

    Attributes:
        tag: Kind of the rows that it answers.
        about: What they ask about, a line for each.
        under: The number of the sheet of each, and the heading that a word stands under, a line for each.
        answer: The answer.
        second: The second one.
        place: Where it stands, for messages.
        hidden: What hides it from who looks at the workbook; empty for nothing.
    """

    tag: str
    about: str
    under: str
    answer: str = ""
    second: str = ""
    place: str = ""
    hidden: str = ""

    @property
    def row(self) -> int:
        """Its row on the first sheet."""
        return int(self.place.rpartition(" ")[2])

    @property
    def numbers(self) -> list[str]:
        """Numbers of the sheets that it goes for."""
        return list(dict.fromkeys(line.split(" ")[0] for line in self.under.splitlines()))


def target_lines(question: StartQuestion) -> tuple[str, str]:
    """Return which rows a question goes for: what :class:`OnceAnswered` has as ``about`` and as ``under``."""
    about = [_one_line(each.about) for each in question.targets]
    under = [f"{each.number} {_one_line(each.of)}".strip() for each in question.targets]
    return "\n".join(about), "\n".join(under)


def with_once_answered(
    sheets: Sequence[tuple[str, list[AnsweredRow]]], questions: Iterable[OnceAnswered]
) -> list[list[AnsweredRow]]:
    """Return the rows of each sheet with what is answered once for several; an answer of the sheet itself counts first.

    Args:
        sheets: Number of each sheet, with its rows.
        questions: Of the first sheet.

    Raises:
        UsageError: A question is about no row of a sheet, or two of them answer one row otherwise.
    """
    found = {number: [*rows] for number, rows in sheets}
    said: dict[tuple[str, int], OnceAnswered] = {}
    for each in questions:
        about, under = each.about.splitlines(), each.under.splitlines()
        for what, where in zip_longest(about, under, fillvalue=""):
            number, at = _row_of(found, each, what, where)
            before = said.setdefault((number, at), each)
            if (before.answer, before.second) != (each.answer, each.second):
                raise UsageError(
                    f"{each.place}: it answers again, and otherwise, what {before.place} answers; delete one."
                )
            if each.answer or each.second:
                found[number][at] = _with(found[number][at], each)
    return list(found.values())


def _row_of(sheets: Mapping[str, Sequence[AnsweredRow]], each: OnceAnswered, about: str, where: str) -> tuple[str, int]:
    """Return the sheet of a row that a question goes for, and its position there.

    Raises:
        UsageError: There is none.
    """
    under = _UNDER.fullmatch(where.strip())
    number, heading = (under[1], under[2] or "") if under else ("", "")
    asked = (each.tag, as_one(about), as_one(heading))
    for at, row in enumerate(sheets.get(number, ())):
        if (row.tag, as_one(row.about), as_one(row.of)) == asked:
            return number, at
    raise UsageError(
        f"{each.place}: the workbook has no row `{plain(each.tag)} {plain(about, most=60)}` on the sheet "
        f"{plain(where, most=60)}.",
        hint="leave what stands under `Asked`, `About` and `Under` as it is",
    )


def _with(row: AnsweredRow, each: OnceAnswered) -> AnsweredRow:
    """Return a row with the answer of the first sheet, where it says nothing of its own: `not here` stands for that."""
    if row.second or row.answer not in ("", *([NOT_HERE] if row.tag == "reads" else [])):
        return row
    answer, second = each.answer, each.second
    joined = next((end for end in _JOINED if answer.endswith(end)), "") if row.tag == "fact" and not second else ""
    if joined:
        answer, second = answer.removesuffix(joined), joined.removeprefix(BESIDE)
    return replace(row, answer=answer, second=second, place=each.place, hidden=each.hidden or row.hidden)


def _one_line(text: str) -> str:
    return " ".join(text.split())
