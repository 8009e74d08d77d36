"""What a person wrote into a binding workbook where nothing is read: a comment, a word beside an answer, a sheet more.

Nobody can tell `wait` from `checked with Ann`, so what carries a name and such a remark is not taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Final

from gonogo.documents.xlsx.cell_notes import CellNote
from gonogo.documents.xlsx.workbook import Worksheet, cell_name
from gonogo.first_week.adding.sheet_honesty import UNREAD
from gonogo.first_week.adding.sheet_line import FIXED, REFUSED, SEEN
from gonogo.first_week.adding.start_lines import StartLine
from gonogo.first_week.adding.workbook_texts import ANSWER, WorkbookTexts
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import plain
from gonogo.model.refusal import SourceRefusal

Remarks = Mapping[int, str]
"""Row of a sheet to what stands there and nothing reads."""
_TO_DO: Final = "say it as an answer, or delete it once it is settled"


def remarks_on(
    sheet: Worksheet, notes: Sequence[CellNote], texts: WorkbookTexts, read: Collection[tuple[int, int]]
) -> dict[int, str]:
    """Return what a person wrote on a sheet where nothing is read, the first thing of each row.

    Args:
        sheet: Of the workbook.
        notes: What lies on it beside its cells.
        texts: What gonogo wrote.
        read: Row and column of each cell that is read.
    """
    found: dict[int, str] = {}
    for note in notes:
        where = f"cell {note.cell}" if note.cell else f"row {note.row}"
        found.setdefault(note.row, f"sheet {sheet.name}, {where}: beside it is written {_shown(note.text)}, {UNREAD}")
    for row in range(1, sheet.last_row + 1):
        for column in range(1, sheet.last_column + 1):
            text = "" if (row, column) in read else _text(sheet, row, column)
            if text and not texts.wrote(column, text):
                where = f"cell {cell_name(row, column)}"
                found.setdefault(row, f"sheet {sheet.name}, {where}: there is written {_shown(text)}, {UNREAD}")
    return found


def _text(sheet: Worksheet, row: int, column: int) -> str:
    try:
        value = sheet.value(row, column)
    except SourceRefusal:
        return "a formula without a value"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _shown(text: str) -> str:
    return f"`{plain(text, most=80)}`"


def sheet_of_row(row: AnsweredRow) -> str:
    """Return the name of the sheet on which a row stands."""
    return row.place.rpartition(", row ")[0].removeprefix("sheet ")


def number_of(row: AnsweredRow) -> int:
    """Return the number of a row on its sheet."""
    return int(row.place.rpartition(", row ")[2])


def answer_cells(rows: Sequence[AnsweredRow], texts: WorkbookTexts) -> Iterator[tuple[int, int]]:
    """Yield the cells of the sheet of a file that are read as answers."""
    for row in rows:
        if row.tag == SEEN:  # hidden, and compared with the file
            yield from ((number_of(row), column) for column in range(1, ANSWER + 3))
        if row.tag not in FIXED:
            yield number_of(row), ANSWER
            if not texts.one_answer(row.tag, row.about, row.of):
                yield number_of(row), ANSWER + 1


def with_remarks(
    sheets: Sequence[list[AnsweredRow]], remarks: Mapping[str, Remarks], lines: Sequence[StartLine], start: str
) -> list[list[AnsweredRow]]:
    """Return the rows of each sheet; what carries a name and a remark, there or on its line, says why it is refused.

    Args:
        sheets: Rows of each sheet, with what the first one says of it.
        remarks: Name of each sheet to its remarks.
        lines: Of the first sheet.
        start: What that is called.
    """
    found = []
    of_start = remarks.get(start, {})
    for rows in sheets:
        name = sheet_of_row(rows[0])
        own = [line for line in lines if name.startswith(f"{line.number} ")]
        mine = [*remarks.get(name, {}).values(), *(of_start[each.row] for each in own if each.row in of_start)]
        if mine and any(row.tag == "confirmed by" and row.answer for row in rows):
            rows = [*rows, AnsweredRow(REFUSED, "", "", f"{mine[0]}; {_TO_DO}.", "", rows[0].place)]
        found.append(rows)
    return found


def left_with_remarks(rows: Sequence[AnsweredRow], remarks: Remarks) -> list[AnsweredRow]:
    """Return the rows of the files that nothing reads; those with a remark say that an answer of theirs is unseen."""
    return [replace(row, hidden=row.hidden or remarks.get(number_of(row), "")) for row in rows]


def remark_of_all(remarks: Mapping[str, Remarks], about: Mapping[str, Collection[int]]) -> str:
    """Return a remark that is about no file, so that it may be about each of them; empty for none.

    Args:
        remarks: Name of each sheet to its remarks.
        about: Name of each sheet to the rows that are about a file; a sheet that is about one is not there.
    """
    found = (words for sheet, rows in about.items() for row, words in remarks.get(sheet, {}).items() if row not in rows)
    words = next(found, "")
    return f"{words}; {_TO_DO}." if words else ""
