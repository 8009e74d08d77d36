"""The first sheet of a binding workbook: your name and one day, said once, and what is left on each other sheet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.adding.sheet_line import NEEDED, SheetLine
from gonogo.first_week.adding.sheets_in_order import SheetsInOrder
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain
from gonogo.model.signed_name import is_name

START: Final = "Start here"
YES: Final = "yes"
"""What stands under ``confirmed by`` where the name on the first sheet is meant."""
NAME: Final = "Your name"
DAY: Final = "Day"
_ASKED: Final = (
    (
        NAME,
        "Write it here once. Then look at each sheet, and write yes under `confirmed by` where every row is right. A "
        "sheet without that is not read. A name on a sheet counts instead of this one.",
    ),
    (
        DAY,
        "Where a sheet says that it needs a day and has none, this one counts: the day on which those files held, "
        "such as 2027-04-15, if it is one day for all of them. A day on a sheet counts instead of this one.",
    ),
)
_HEADINGS: Final = ("Sheet", "File", "Criteria", "To answer", "To look at", "Minutes", "Gives today")
_WIDTHS: Final = (14, 44, 10, 10, 10, 10, 90)
_SUMMARY: Final = len(_ASKED) + 1
_LINE: Final = _SUMMARY + 2


def write_start(sheet: Any, order: SheetsInOrder, names: Sequence[str], looks: tuple[Any, Any, Any]) -> None:
    """Write the first sheet.

    Args:
        sheet: Of xlsxwriter.
        order: The other sheets, with what is left on each.
        names: What each of them is called.
        looks: Formats of headings, of cells that are read, and of those that are answered.
    """
    head, locked, ask = looks
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    for line, (tag, note) in enumerate(_ASKED):
        sheet.write_string(line, 0, tag, head)
        sheet.write_string(line, 1, "", ask)
        sheet.merge_range(line, 2, line, len(_WIDTHS) - 1, note, locked)
        sheet.set_row(line, 30)
    sheet.merge_range(_SUMMARY, 0, _SUMMARY, len(_WIDTHS) - 1, order.summary, locked)
    sheet.set_row(_SUMMARY, 30)
    for column, heading in enumerate(_HEADINGS):
        sheet.write_string(_LINE, column, heading, head)
    for line, (name, each) in enumerate(zip(names, order.to_do, strict=True), _LINE + 1):
        sheet.write_url(line, 0, f"internal:'{name}'!A1", string=name.partition(" ")[0])
        sheet.write_string(line, 1, plain(each.file, most=100), locked)
        for column, number in enumerate((each.criteria, each.answers, each.looks, each.minutes), 2):
            sheet.write_number(line, column, number, locked)
        sheet.write_string(line, 6, plain(each.today, most=300), locked)
    sheet.freeze_panes(_LINE + 1, 0)


def told_of_start(rows: Iterable[SheetLine]) -> Iterator[SheetLine]:
    """Yield the rows of a sheet; those that the first sheet can answer say how."""
    for row in rows:
        if row.tag == "confirmed by":
            row = replace(row, note=f"Write {YES} if your name is on the sheet {START}. {row.note}")
        elif row.tag == "held" and row.about == NEEDED:
            row = replace(row, note=f"{row.note} Blank: the day on the sheet {START}, if there is one.")
        yield row


def with_start(sheets: Iterable[list[AnsweredRow]], said: dict[str, str]) -> list[list[AnsweredRow]]:
    """Return the rows of each sheet with what the first sheet says for all of them, where a sheet says no other.

    A name counts where the sheet itself says yes to it, and a day where the sheet needs one and has none.

    Args:
        sheets: Rows of each sheet.
        said: What stands beside ``Your name`` and ``Day``.

    Raises:
        UsageError: A sheet says yes, and nobody's name is on the first one.
    """
    return [[_said(row, said) for row in rows] for rows in sheets]


def _said(row: AnsweredRow, said: dict[str, str]) -> AnsweredRow:
    if row.tag == "confirmed by" and row.answer.casefold() == YES:
        name = said.get(NAME, "")
        if not is_name(name):
            written = (
                f"`{plain(name, most=80)}`, which is nobody's name," if name and name.casefold() != YES else "no name"
            )
            raise UsageError(
                f"{row.place} says yes, and {written} is on the sheet {START}.",
                hint=f"write yours beside `{NAME}` there, or in the place of yes",
            )
        return replace(row, answer=name)
    if row.tag == "held" and row.about == NEEDED and not row.answer:
        return replace(row, answer=said.get(DAY, ""))
    return row
