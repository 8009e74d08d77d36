"""The first sheet of a binding workbook: who confirms, and a line a file on which a person says whether it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.first_week.adding.released_build import OF_BUILD, OTHER
from gonogo.first_week.adding.sheet_line import NEEDED, SheetLine
from gonogo.first_week.adding.sheets_in_order import SheetsInOrder, SheetToDo
from gonogo.first_week.adding.start_lines import HEADINGS, NO_EVIDENCE, RIGHT, YES
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
_WIDTHS: Final = (7, 40, 90, 13, 26, 13, 12, 14, 10, 10, 10)
FIELDS: Final = tuple(heading for heading in HEADINGS if heading in ("Right?", "Why not", "Held", "Side", "Made by"))
OF_ALL: Final = frozenset({"side", "producer"})
"""Rows that only the first sheet asks, where there is one."""
_MOST: Final = 700


def write_start(
    sheet: Any, order: SheetsInOrder, names: Sequence[str], looks: tuple[Any, Any, Any], texts: WorkbookTexts
) -> None:
    """Write the first sheet.

    Args:
        sheet: Of xlsxwriter.
        order: The other sheets, with what is left on each.
        names: What each of them is called.
        looks: Formats of headings, of cells that are read, and of those that are answered.
        texts: Takes note of what is written.
    """
    head, locked, ask = looks
    last = len(_WIDTHS) - 1
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
            sheet.data_validation(line, 1, line, 1, {"validate": "list", "source": list(order.builds)})
    top = len(asked) + 1
    sheet.merge_range(top, 0, top, last, order.summary, locked)
    sheet.set_row(top, 30)
    texts.add(1, order.summary)
    top += 2
    for column, heading in enumerate(HEADINGS):
        sheet.write_string(top, column, heading, head)
        texts.add(column + 1, heading)
    for line, (name, each) in enumerate(zip(names, order.to_do, strict=True), top + 1):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", string=name.partition(" ")[0])
        sheet.write_string(line, 1, each.path, locked)
        sheet.write_string(line, 2, _says(each), locked)
        for column, text in enumerate((name.partition(" ")[0], each.path, _says(each)), 1):
            texts.add(column, text)
        for column, text in zip(map(HEADINGS.index, FIELDS), ("", "", each.day, each.side, each.maker), strict=True):
            sheet.write_string(line, column, text, ask)
        for column, number in enumerate((each.answers, each.minutes, each.criteria), len(HEADINGS) - 3):
            sheet.write_number(line, column, number, locked)
            texts.add(column + 1, str(number))
        for heading, source in ((RIGHT, [YES, NO_EVIDENCE, "later"]), ("Side", [each.value for each in Side])):
            column = HEADINGS.index(heading)
            sheet.data_validation(line, column, line, column, {"validate": "list", "source": source})
    sheet.freeze_panes(top + 1, 2)


def _says(each: SheetToDo) -> str:
    """Return what one file says today, with what is to be looked at before somebody says that it is right."""
    lines = [f"Sheet {plain(each.part, most=60)}."] if each.part else []
    lines += [plain(each.today, most=_MOST), f"Held: {each.held}."]
    if each.unread:
        lines.append(
            f"{counted(each.answers, 'cell')} of its sheet {'is' if each.answers == 1 else 'are'} blank: say "
            "there what it shows, or here that it is no evidence."
        )
    elif each.blank:
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
