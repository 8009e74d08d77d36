"""The first sheet of a binding workbook: who confirms, and a line a file on which a person says whether it is right."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from gonogo.first_week.adding.once_answered import QUESTION, QUESTION_ON, target_lines
from gonogo.first_week.adding.released_build import OF_BUILD, OTHER
from gonogo.first_week.adding.sheet_line import NEEDED, SheetLine
from gonogo.first_week.adding.sheet_to_do import SheetsInOrder, SheetToDo
from gonogo.first_week.adding.start_lines import HEADINGS, NO_EVIDENCE, RIGHT, YES
from gonogo.first_week.adding.start_questions import StartQuestion
from gonogo.first_week.adding.workbook_texts import WorkbookTexts
from gonogo.first_week.prose import counted, plain
from gonogo.model.people import Side

START: Final = "Start here"
NAME: Final = "Your name"
DAY: Final = "Day"
BUILD: Final = "Build"
_ASKED: Final = (
    (
        NAME,
        f"Write it here once. Each line below is about one file. Write {YES} under {RIGHT!r} where what the file says "
        "today is what you know of it. A line without that is not read.",
    ),
    (
        DAY,
        "Where a file says no day of its own, this one counts: the day on which those files held, such as 2027-04-15, "
        "if it is one day for all of them. A day under `Held`, or on the sheet of a file, counts instead.",
    ),
)
_OF_BUILD: Final = (
    "Some results of tests do not say which build was tested. Choose it if they are of this one. While this is blank, "
    "nobody knows, and no fact of one build counts. A build on a sheet counts instead."
)
_OF_RELEASE: Final = (
    "Nobody has said yet which build is released, and results of tests count for that one alone. Write it here as test "
    "reports name it, such as REL-4.2.118, if the results below are of it. Where some are of another, write that on "
    f"their sheet: {OTHER}. While this is blank, no fact of one build counts."
)
_WIDTHS: Final = (9, 40, 90, 18, 26, 13, 12, 14, 10, 10, 10, 10, 20, 20)
FIELDS: Final = tuple(heading for heading in HEADINGS if heading in ("Right?", "Why not", "Held", "Side", "Made by"))
OF_ALL: Final = frozenset({"side", "producer"})
"""Rows that only the first sheet asks, where there is one."""
_MOST: Final = 700

Offer = Callable[[Any, int, tuple[int, int], Sequence[str]], None]
"""Give the cells of a line from one column to another a drop-down: the sheet, the line, the columns, what it offers."""


@dataclass(frozen=True, slots=True)
class _Page:
    """The first sheet while it is written.

    Attributes:
        sheet: Of xlsxwriter.
        locked: Format of cells that are read.
        ask: Format of cells that are answered.
        offer: Gives cells of a line a drop-down.
        texts: Takes note of what is written.
    """

    sheet: Any
    locked: Any
    ask: Any
    offer: Offer
    texts: WorkbookTexts

    def put(self, line: int, column: int, text: str) -> None:
        """Write a text that is read and not answered."""
        self.sheet.write_string(line, column, text, self.locked)
        self.texts.add(column + 1, text)


def write_start(
    sheet: Any,
    order: SheetsInOrder,
    names: Sequence[str],
    looks: tuple[Any, Any, Any],
    offer: Offer,
    texts: WorkbookTexts,
) -> None:
    """Write the first sheet.

    Args:
        sheet: Of xlsxwriter.
        order: The other sheets, with what is left on each.
        names: What each of them is called.
        looks: Formats of headings, of cells that are read, and of those that are answered.
        offer: Gives cells of a line a drop-down.
        texts: Takes note of what is written.
    """
    head, locked, ask = looks
    page = _Page(sheet, locked, ask, offer, texts)
    last = len(HEADINGS) - 1
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    asked = [*_ASKED, *([(BUILD, _OF_BUILD if order.builds else _OF_RELEASE)] if order.asks_build else [])]
    for line, (tag, note) in enumerate(asked):
        sheet.write_string(line, 0, tag, head)
        sheet.write_string(line, 1, "", ask)
        sheet.merge_range(line, 2, line, last, note, locked)
        sheet.set_row(line, 30)
        texts.add(1, tag)
        texts.add(3, note)
        if tag == BUILD and order.builds:
            offer(sheet, line, (1, 1), order.builds)
    top = len(asked) + 1
    sheet.merge_range(top, 0, top, last, order.summary, locked)
    sheet.set_row(top, 45)
    texts.add(1, order.summary)
    top += 2
    for column, heading in enumerate((*HEADINGS, *QUESTION)):
        sheet.write_string(top, column, heading, head)
        texts.add(column + 1, heading)
    sheet.freeze_panes(top + 1, 2)
    line = top + 1
    for number, (name, each) in enumerate(zip(names, order.to_do, strict=True)):
        if number == order.first and order.later:
            page.put(line, 2, order.later)  # no merged cells: a list with them cannot be sorted
            line += 1
        _write_line(page, line, name, each)
        line += 1
        for question in each.asked:
            _write_question(page, line, question)
            line += 1


def _write_line(page: _Page, line: int, name: str, each: SheetToDo) -> None:
    sheet, number = page.sheet, name.partition(" ")[0]
    sheet.write_url(line, 0, f"internal:'{name}'!A1", string=number)
    page.texts.add(1, number)
    page.put(line, 1, each.path)
    page.put(line, 2, _says(each))
    for column, text in zip(map(HEADINGS.index, FIELDS), ("", "", each.day, each.side, each.maker), strict=True):
        sheet.write_string(line, column, text, page.ask)
    answers = each.answers or len(each.asked)
    for column, figure in enumerate((answers, each.minutes, each.criteria), len(HEADINGS) - 3):
        sheet.write_number(line, column, figure, page.locked)
        page.texts.add(column + 1, str(figure))
    for heading, source in ((RIGHT, (YES, NO_EVIDENCE, "later")), ("Side", tuple(each.value for each in Side))):
        column = HEADINGS.index(heading)
        page.offer(sheet, line, (column, column), source)


def _write_question(page: _Page, line: int, each: StartQuestion) -> None:
    """Write a question below the line of the first sheet that it goes for: the answer stands where that says yes."""
    numbers = ", ".join(dict.fromkeys(str(target.number) for target in each.targets))
    for column, text in enumerate((numbers, f"{QUESTION_ON}{numbers}", f"? {each.text}")):
        page.put(line, column, text)
    right = HEADINGS.index(RIGHT)
    page.sheet.write_string(line, right, "", page.ask)
    about, under = target_lines(each)
    if each.second:
        page.sheet.write_string(line, right + 1, "", page.ask)
    else:
        page.texts.add_one_answer(each.tag, about, under)
    for column, text in enumerate((each.tag, about, under), len(HEADINGS)):
        page.put(line, column, text)
    if each.offered:
        page.offer(page.sheet, line, (right, right if each.free or not each.second else right + 1), each.offered)


def _says(each: SheetToDo) -> str:
    """Return what one file says today, with what is to be looked at before somebody says that it is right."""
    lines = [f"Sheet {plain(each.part, most=60)}."] if each.part else []
    lines += [plain(each.today, most=_MOST), f"Held: {each.held}."]
    if each.unread_parts:
        lines.append(
            f"{each.unread_parts}: what is evidence there counts nowhere; save such a sheet as a file of its own."
        )
    if each.asked:
        many = "the question" if len(each.asked) == 1 else f"the {len(each.asked)} questions"
        lines.append(f"Answer {many} below it, or say here that it is no evidence.")
    elif each.unread and each.answers:
        lines.append(
            f"{counted(each.answers, 'cell')} of its sheet {'is' if each.answers == 1 else 'are'} blank: say "
            "there what it shows, or here that it is no evidence."
        )
    if each.blank and not (each.unread and each.answers):
        lines.append(each.blank)
    return "\n".join([*lines, *(f"? {question}" for question in each.questions)])


def told_of_start(rows: Iterable[SheetLine]) -> Iterator[SheetLine]:
    """Yield the rows of a sheet that the first one does not ask for all; those that it can answer say how."""
    for row in rows:
        if row.tag in OF_ALL:
            continue
        if row.tag == "confirmed by":
            row = replace(row, note=f"Write {YES} here, or on the sheet {START}, if your name is there. {row.note}")
        elif (row.tag == "held" and row.about == NEEDED) or row.tag == OF_BUILD:
            one = DAY if row.tag == "held" else BUILD
            row = replace(row, note=f"{row.note} Blank: the {one.casefold()} on the sheet {START}, if there is one.")
        yield row
