"""The sheets of a binding workbook in the order in which they matter, and what is left to do on each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.sheet_line import NEEDED, NOT_HERE, TODAY, SheetLine
from gonogo.first_week.drafts.table_file import UNDATED
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.started_page import CriteriaAbout

_ANSWERED: Final = frozenset({"fact", "word", "group", "key", "reads", "which rows", "which counts", "of build"})
"""Tags of rows that are left blank where only a person knows."""
_MINUTES: Final = {"sheet": 4, "answer": 2, "look": 1}
"""Quarters of a minute: for a sheet, for a blank answer on it, and for a question to look at."""


@dataclass(frozen=True, slots=True)
class SheetToDo:
    """What is left to do on one sheet.

    Attributes:
        file: Its file.
        criteria: How many criteria it is about.
        answers: Cells that are blank and need an answer, beside the name.
        looks: Questions to look at.
        today: What it gives today.
    """

    file: str
    criteria: int
    answers: int
    looks: int
    today: str

    @property
    def quarters(self) -> int:
        """About how long it takes, in quarters of a minute."""
        return _MINUTES["sheet"] + self.answers * _MINUTES["answer"] + self.looks * _MINUTES["look"]

    @property
    def minutes(self) -> int:
        """The same in whole minutes, the last one begun."""
        return -(-self.quarters // 4)


@dataclass(frozen=True, slots=True)
class SheetsInOrder:
    """The sheets, first those that are about most criteria.

    Attributes:
        sheets: Name of each file, with its rows.
        to_do: What is left on each, in the same order.
        criteria: How many criteria they are about together.
        all: How many criteria there are.
    """

    sheets: tuple[tuple[str, list[SheetLine]], ...]
    to_do: tuple[SheetToDo, ...]
    criteria: int
    all: int

    @property
    def summary(self) -> str:
        """How much there is to do, as a sentence."""
        needed = [each for each in self.to_do if each.criteria]
        minutes = -(-sum(each.quarters for each in needed) // 4)
        rest = len(self.to_do) - len(needed)
        wait = f" The last {rest} are about none and can wait." if rest > 1 else ""
        wait = " The last one is about none and can wait." if rest == 1 else wait
        many = counted(len(needed), "sheet is", "sheets are")
        return (
            f"{many} about {self.criteria} of {self.all} criteria, those about most of them first: about "
            f"{counted(minutes, 'minute')}.{wait} Minutes are an estimate: one a sheet, half of one a blank answer, a "
            "quarter a question to look at."
        )


def in_order(opened: OpenProgram, sheets: Sequence[tuple[str, list[SheetLine]]]) -> SheetsInOrder:
    """Return the sheets of a program's bindings in the order in which they matter.

    Args:
        opened: The program.
        sheets: Name of each file, with its rows; the first row names the binding.
    """
    about = CriteriaAbout.of(opened.rules.ruleset)
    prefixes = {each.id: each.prefix or "" for each in opened.bindings}
    found = []
    for name, every in sheets:
        rows = without_repeated(every)
        sheet = (name, rows)
        groups = {prefixes.get(rows[0].answer, ""), *_groups(rows)} - {""}
        found.append((sheet, about.by_groups(groups)))
    found.sort(key=lambda entry: (-len(entry[1]), _to_do(entry[0], 0).quarters))
    return SheetsInOrder(
        tuple(sheet for sheet, _ in found),
        tuple(_to_do(sheet, len(criteria)) for sheet, criteria in found),
        len(frozenset[str]().union(*(criteria for _, criteria in found))),
        about.all,
    )


def without_repeated(rows: Sequence[SheetLine]) -> list[SheetLine]:
    """Return the rows without the questions that another row of the sheet asks, and where their answer goes."""
    facts = [row.about for row in rows if row.tag == "fact"]
    undated = any(row.tag == "held" and row.about == NEEDED for row in rows)
    worded = {plain(row.of, most=60) for row in rows if row.tag == "word"}
    asked = [
        *(f"Does it say {fact}, and by which column?" for fact in facts),
        *(f"Which column and which words answer {fact}" for fact in facts),
        *([UNDATED] if undated else []),
        *(f"Column {heading}: what does " for heading in worded if not any(row.tag == "answers" for row in rows)),
    ]
    return [row for row in rows if row.tag != "ask" or not row.note.startswith(tuple(asked))]


def _groups(rows: Sequence[SheetLine]) -> set[str]:
    found = {row.answer for row in rows if row.tag == "group"}
    facts = [row.about for row in rows if row.tag == "answers" or (row.tag == "fact" and row.answer != NOT_HERE)]
    return found | {fact.rpartition(".")[0] for fact in facts}


def _to_do(sheet: tuple[str, Sequence[SheetLine]], criteria: int) -> SheetToDo:
    name, rows = sheet
    blank = [row for row in rows if not row.answer and not row.folded]
    answers = sum(row.tag in _ANSWERED or (row.tag == "held" and row.about == NEEDED) for row in blank)
    today = next((row.note.partition(TODAY)[2] for row in rows if row.tag == "confirmed by"), "")
    return SheetToDo(name, criteria, answers, sum(row.tag == "ask" for row in rows), today)
