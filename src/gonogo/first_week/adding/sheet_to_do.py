"""What is left to do on each sheet of a binding workbook, and about how long that takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.adding.first_part import FirstPart
from gonogo.first_week.adding.released_build import OF_BUILD
from gonogo.first_week.adding.sheet_line import SheetLine
from gonogo.first_week.adding.start_questions import StartQuestion
from gonogo.first_week.prose import counted

LINE: Final = 2
"""Quarters of a minute for a line: to read what a file says today, and to answer."""
_LOOK: Final = 1
_OPEN: Final = 2
_CELL: Final = 2
_HEAD: Final = 2
"""The same for a question to look at, for opening a sheet, for a blank cell there, and for the name and the day."""


@dataclass(frozen=True, slots=True)
class SheetToDo:
    """What is left to do about one file.

    Attributes:
        path: Of the file.
        criteria: How many criteria it is about.
        answers: Cells of its sheet that are blank and that only a person can fill.
        unread: Whether nothing can be read before some of them are filled.
        questions: What to look at before somebody says that it is right.
        today: What it gives today.
        held: When it held, and how that is known.
        day: That stands under `Held` until a person writes another, because the file names it; else empty.
        side: Whose evidence it is by the draft.
        maker: Who makes it by the draft.
        blank: What becomes of the blank cells, as sentences.
        waits: Whether its line is not taken before somebody has said on its sheet which rows count.
        part: The sheet of a workbook that holds several; empty for the only one.
        unread_parts: Which other sheets of it no line reads, in words; empty for none.
        asked: What the first sheet asks below its line, in the place of its own sheet.
    """

    path: str
    criteria: int
    answers: int
    questions: tuple[str, ...]
    today: str
    unread: bool = False
    blank: str = ""
    held: str = ""
    side: str = ""
    maker: str = ""
    part: str = ""
    waits: bool = False
    day: str = ""
    asked: tuple[StartQuestion, ...] = ()
    unread_parts: str = ""

    @property
    def of_line(self) -> int:
        """About how long its line takes alone, in quarters of a minute."""
        return LINE + len(self.questions) * _LOOK

    @property
    def quarters(self) -> int:
        """About how long it takes, in quarters of a minute."""
        of_sheet = _OPEN + self.answers * _CELL if self.answers and (self.unread or self.waits) else 0
        here = sum(each.quarters for each in self.asked)
        return self.of_line + here + of_sheet

    @property
    def minutes(self) -> int:
        """The same in whole minutes, the last one begun."""
        return -(-self.quarters // 4)


@dataclass(frozen=True, slots=True)
class SheetsInOrder:
    """The sheets, first those that a first verdict needs.

    Attributes:
        sheets: Name of each file, with its rows.
        to_do: What is left on each, in the same order.
        first: How many of them a first verdict needs.
        part: What it is known by.
        criteria: How many criteria all of them are about.
        all: How many criteria there are.
        builds: Of the release, where a file does not say which of them was tested.
        asks_build: Whether some file does not say it, or nobody has said which build is released.
    """

    sheets: tuple[tuple[str, list[SheetLine]], ...]
    to_do: tuple[SheetToDo, ...]
    first: int
    part: FirstPart
    criteria: int
    all: int
    builds: tuple[str, ...] = ()
    asks_build: bool = False

    @property
    def quarters(self) -> int:
        """About how long the first part takes, in quarters of a minute."""
        return quarters_of_head(rows for _, rows in self.sheets[: self.first]) + sum(
            each.quarters for each in self.to_do[: self.first]
        )

    @property
    def summary(self) -> str:
        """What a first verdict needs, and how long that takes, as sentences."""
        lines = counted(self.first, "line", "lines")
        asked = sum(len(each.asked) for each in self.to_do[: self.first])
        questions = f" and {counted(asked, 'question')} below them" if asked else ""
        part = self.part
        answered = "By these alone no criterion has an answer yet."
        if part.answered:
            answered = (
                f"With these alone, {part.answered} of {self.all} criteria have an answer by what the files say today, "
                f"{part.due} of the {part.all_due} that are due now among them."
            )
        return (
            f"A first verdict needs {lines}{questions}: about {counted(-(-self.quarters // 4), 'minute')}. {answered} "
            "Minutes are an estimate: half of one for your name and the day, half of one a line, a quarter for each "
            "question to look at and each choice on this sheet, half of one for what is typed."
        )

    @property
    def later(self) -> str:
        """What the lines of the second part are, as sentences; empty where there are none."""
        rest = self.to_do[self.first :]
        if not rest:
            return ""
        none = sum(not each.criteria for each in rest)
        minutes = -(-sum(each.quarters for each in rest) // 4)
        which = "It is" if len(rest) == 1 else f"{none} of them {'is' if none == 1 else 'are'}"
        idle = f" {which} about no criterion." if none else ""
        order = ", those about most criteria first" if len(rest) > 1 else ""
        return (
            f"Later: {counted(len(rest), 'line')}, about {counted(minutes, 'minute')}{order}.{idle} "
            f"{'They' if len(rest) > 1 else 'It'} can wait: no file here is read before its line says yes, and what "
            "nobody has answered "
            "stays unknown, which never counts as met. Blank cells are on the sheet of the number."
        )


def quarters_of_head(sheets: Iterable[Sequence[SheetLine]]) -> int:
    """Return about how long it takes to answer what is asked once for all, in quarters of a minute."""
    return _HEAD + (_CELL if any(row.tag == OF_BUILD for rows in sheets for row in rows) else 0)
