"""The sheets of a binding workbook in the order in which they matter, and what is left to do on each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from gonogo.first_week.adding.open_program import OpenProgram
from gonogo.first_week.adding.released_build import OF_BUILD, UNSAID, asks_release
from gonogo.first_week.adding.sheet_line import (
    ALSO,
    ANSWERED,
    BETWEEN,
    ELSE,
    KNOWN,
    LEFT_OUT,
    NEEDED,
    NOT_HERE,
    SAID_IN,
    TODAY,
    SheetLine,
    awaits_rows,
    says_nothing,
)
from gonogo.first_week.drafts.blank_cells import WORSE
from gonogo.first_week.drafts.profiled import WHICH_BUILD
from gonogo.first_week.drafts.when_held import HELD_BY_CELL, UNDATED
from gonogo.first_week.prose import counted, plain
from gonogo.first_week.started_page import CriteriaAbout
from gonogo.text import listed

_MINUTES: Final = {"line": 2, "sheet": 2, "answer": 2, "look": 1}
"""Quarters of a minute: for a line, for opening its sheet, for a blank answer there, for a question to look at."""


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
        day: That stands under `Held` until a person writes another, because a line of the file says it; else empty.
        side: Whose evidence it is by the draft.
        maker: Who makes it by the draft.
        blank: What becomes of the blank cells, as sentences.
        waits: Whether its line is not taken before somebody has said on its sheet which rows count.
        part: The sheet of a workbook that holds several; empty for the only one.
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

    @property
    def quarters(self) -> int:
        """About how long it takes, in quarters of a minute."""
        of_sheet = _MINUTES["sheet"] + self.answers * _MINUTES["answer"] if self.unread or self.waits else 0
        return _MINUTES["line"] + len(self.questions) * _MINUTES["look"] + of_sheet

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
        builds: Of the release, where a file does not say which of them was tested.
        asks_build: Whether some file does not say it, or nobody has said which build is released.
    """

    sheets: tuple[tuple[str, list[SheetLine]], ...]
    to_do: tuple[SheetToDo, ...]
    criteria: int
    all: int
    builds: tuple[str, ...] = ()
    asks_build: bool = False

    @property
    def summary(self) -> str:
        """How much there is to do, as a sentence."""
        needed = [each for each in self.to_do if each.criteria]
        minutes = -(-sum(each.quarters for each in needed) // 4)
        rest = len(self.to_do) - len(needed)
        wait = f" The last {rest} are about none and can wait." if rest > 1 else ""
        wait = " The last one is about none and can wait." if rest == 1 else wait
        alone = sum(not (each.unread or each.waits) for each in needed)
        many = counted(len(needed), "line is", "lines are")
        return (
            f"{many} about {self.criteria} of {self.all} criteria, those about most of them first: about "
            f"{counted(minutes, 'minute')}. For {alone} of them this sheet is enough; the others wait for "
            f"the blank cells on the sheet of their number.{wait} Minutes are an estimate: half of one a "
            "line, half of one for opening a sheet and half of one for each blank cell there, a quarter a question."
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
        tuple(dict.fromkeys(each for _, rows in sheets for row in rows if row.tag == OF_BUILD for each in row.offered)),
        any(row.tag == OF_BUILD for _, rows in sheets for row in rows),
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
        *(f"Column {heading}: what does " for heading in worded),
        *(row.note.removesuffix(BETWEEN) for row in rows if row.tag == "words" and not row.answer),
        *([WHICH_BUILD] if any(row.tag == OF_BUILD for row in rows) else []),
    ]
    dated = any(row.tag == "held" and row.about != NEEDED for row in rows)
    asked += [HELD_BY_CELL] if dated else []  # the row `held` says the day and the cell
    return [row for row in rows if row.tag != "ask" or not row.note.startswith(tuple(asked))]


def _groups(rows: Sequence[SheetLine]) -> set[str]:
    found = {row.answer for row in rows if row.tag == "group"}
    facts = [row.about for row in rows if row.tag == "answers" or (row.tag == "fact" and row.answer != NOT_HERE)]
    return found | {fact.rpartition(".")[0] for fact in facts}


def _to_do(sheet: tuple[str, Sequence[SheetLine]], criteria: int) -> SheetToDo:
    name, rows = sheet
    either = any(row.tag == "reads" and row.answer == NOT_HERE for row in rows)  # one cell answers both questions
    blank = [
        row
        for row in rows
        if row.tag in ANSWERED and not row.answer and not row.folded and not (either and row.tag == LEFT_OUT)
    ]
    one = {row.tag: row for row in reversed(rows)}
    path = rows[0].about
    part = name.removeprefix(path.rpartition("/")[2]).strip()
    return SheetToDo(
        path,
        criteria,
        len(blank),
        tuple(row.note for row in rows if row.tag == "ask" and not row.note.endswith(WORSE)),
        one["confirmed by"].note.partition(TODAY)[2].partition(ALSO)[0].strip() if "confirmed by" in one else "",
        says_nothing(rows),
        " ".join([*_of_blanks(blank, waits=awaits_rows(rows)), *([UNSAID] if any(map(asks_release, rows)) else [])]),
        _held(one["held"]) if "held" in one else "",
        one["side"].answer if "side" in one else "",
        one["producer"].answer if "producer" in one else "",
        part,
        awaits_rows(rows),
        one["held"].note.partition(SAID_IN)[2].partition(": ")[2] if "held" in one else "",
    )


def _held(row: SheetLine) -> str:
    """Return how it is known when a file held, as its row says it."""
    if row.about == NEEDED and SAID_IN in row.note:
        place, _, day = row.note.partition(SAID_IN)[2].partition(": ")
        return f"{place} of the file says {day}, so it stands under `Held`; another day there counts instead"
    if row.about == NEEDED:
        return "nobody knows; the day above counts, or one under `Held`"
    return row.note.partition(KNOWN)[2].partition(ELSE)[0]


def _of_blanks(rows: Sequence[SheetLine], *, waits: bool) -> Iterator[str]:
    """Yield what becomes of cells that stay blank: always the worse."""
    facts = [row.about for row in rows if row.tag == "fact"]
    if facts:
        yield f"Not read from it while its cell is blank: {listed(facts)}."
    for heading in dict.fromkeys(row.of for row in rows if row.tag == "word"):
        words = listed(
            [f"`{plain(row.about, most=40)}`" for row in rows if (row.tag, row.of) == ("word", heading)], most=4
        )
        yield f"Nobody has said what {words} under {plain(heading, most=60)} means; it counts as the worse."
    if cannot := [row.about for row in rows if row.tag == LEFT_OUT]:
        yield f"It has no column that shows {listed(cannot)}: say on its sheet who gives it."
    others = [
        f"`{f'{row.tag} {plain(row.about, most=60)}'.strip()}`"
        for row in rows
        if row.tag not in ("fact", "word", LEFT_OUT)
    ]
    if others:
        until = " A yes here waits for that." if waits else ""
        yield f"Blank on its sheet: {listed(others)}.{until}"
