"""The binding workbook as a file: one sheet a file, drop-downs for what may be chosen, and read back row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final

from gonogo.documents.xlsx.cell_notes import notes_on
from gonogo.documents.xlsx.styles import struck_rows
from gonogo.documents.xlsx.workbook import Cell, Workbook, read_workbook
from gonogo.documents.xlsx.writer import new_workbook
from gonogo.errors import UsageError
from gonogo.first_week.adding.once_answered import QUESTION, QUESTION_ON, OnceAnswered
from gonogo.first_week.adding.sheet_honesty import why_unseen
from gonogo.first_week.adding.sheet_line import FIXED, FREE, MORE, SEEN, SheetLine
from gonogo.first_week.adding.sheet_to_do import SheetsInOrder
from gonogo.first_week.adding.start_lines import HEADINGS as OF_LINES
from gonogo.first_week.adding.start_lines import RIGHT, SaidForAll, StartLine, with_start
from gonogo.first_week.adding.start_sheet import BUILD, DAY, FIELDS, NAME, START, Offer, told_of_start, write_start
from gonogo.first_week.adding.workbook_remarks import (
    answer_cells,
    left_with_remarks,
    number_of,
    remark_of_all,
    remarks_on,
    sheet_of_row,
    with_remarks,
)
from gonogo.first_week.adding.workbook_texts import AS_WRITTEN, WorkbookTexts
from gonogo.first_week.drafts.answered_draft import AnsweredRow
from gonogo.first_week.prose import counted, plain
from gonogo.model.program import ProgramIdentity
from gonogo.model.refusal import SourceRefusal

HEADINGS: Final = ("Asked", "About", "Under", "Answer", "And", "Note")
_WIDTHS: Final = (14, 40, 24, 36, 24, 80)
_README: Final = "Read me"
_LISTS: Final = "Lists"
OTHERS: Final = "Other files"
_NO_FILES: Final = frozenset({START, _README, _LISTS, OTHERS, AS_WRITTEN})
"""Sheets that are about no file."""
_ANSWER: Final = 3
_SECOND: Final = 4
_LONGEST: Final = 31
_BAD: Final = re.compile(r"[\[\]:*?/\\']")
"""Rows whose second answer is no choice from the list of the first."""
_WORDS: Final = (
    "Each file that gonogo would read has a line on the sheet `Start here`, and a sheet of its own with the number of",
    "that line. Every answer is a guess until you have checked it. Write your name once on `Start here`, and yes",
    "beside each file whose line is right: there stands what it says today, and what to look at. A file without yes is",
    "not read. Where the line is wrong, or says nothing yet, correct the yellow cells of its sheet first: which column",
    "says what, and what each word means. A word without a meaning counts as the worse: never as done, always as open.",
    "Rows that nothing asks for are folded away: press + at the left of the row `more` to see them.",
    "The sheet `Other files` lists what nothing reads: write beside it why it is no evidence, choose below it what it",
    "takes the place of, or leave it blank.",
    "Examples that may be about people are shown as digests (#1a2b3c4d). Save, then run: gonogo bind THIS-FILE",
)


def workbook_of(
    sheets: Sequence[tuple[str, Sequence[SheetLine]]],
    left: Sequence[SheetLine] = (),
    order: SheetsInOrder | None = None,
    program: str = "",
) -> bytes:
    """Return the bytes of a workbook.

    Args:
        sheets: Name of each file, with what is asked of it.
        left: Files that nothing reads, a row each.
        order: What is left to do on each sheet, for the first one; None for a workbook without it.
        program: Of which program it is.

    Raises:
        UsageError: xlsxwriter is not installed.
    """
    stream = io.BytesIO()
    book = new_workbook(stream, default_format_properties={"font_name": "Arial", "font_size": 10})
    book.set_properties({"title": "How files are read", "author": "gonogo", "created": datetime(2000, 1, 1)})  # noqa: DTZ001
    head = book.add_format({"bold": True, "font_color": "#FFFFFF", "bg_color": "#1A3A5C", "border": 1})
    locked = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    ask = book.add_format({"text_wrap": True, "valign": "top", "border": 1, "bg_color": "#FFF8E1", "num_format": "@"})
    pages = [(f"{n} {_BAD.sub(' ', plain(name))}"[:_LONGEST].strip(), rows) for n, (name, rows) in enumerate(sheets, 1)]
    texts, lists = WorkbookTexts(program), dict[tuple[str, ...], str]()
    offer = _offering(lists)
    if order is not None:
        start = book.add_worksheet(START)
        write_start(start, order, [name for name, _ in pages], (head, locked, ask), offer, texts)
    first = book.add_worksheet(_README)
    first.set_column(0, 0, 110)
    for number, line in enumerate(_WORDS):
        first.write_string(number, 0, line)
        texts.add(1, line)
    if order is not None:
        pages = [(name, list(told_of_start(rows))) for name, rows in pages]
    for name, rows in [*pages, *([(OTHERS, left)] if left else [])]:
        sheet = book.add_worksheet(name)
        for column, (heading, width) in enumerate(zip(HEADINGS, _WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, heading, head)
            texts.add(column + 1, heading)
        sheet.freeze_panes(1, 1)
        sheet.outline_settings(symbols_below=False)
        for at, row in enumerate(_with_fold(rows), 1):
            _write(sheet, at, row, (locked, ask), offer)
            texts.add_line(row)
    hidden = book.add_worksheet(_LISTS)
    for column, values in enumerate(lists):
        for at, value in enumerate(values):
            hidden.write_string(at, column, value)
    hidden.hide()
    written = book.add_worksheet(AS_WRITTEN)
    texts.write(written)
    written.hide()
    book.close()
    return stream.getvalue()


def _with_fold(rows: Sequence[SheetLine]) -> Iterator[SheetLine]:
    """Yield the rows, those that are folded away last, below a row that says so."""
    folded = [row for row in rows if row.folded]
    yield from (row for row in rows if not row.folded)
    if folded:
        columns = sum(row.tag == "column" for row in folded)
        what = f"{counted(columns, 'column')} that nothing asks for. Press + at the left to see them."
        yield SheetLine(MORE, note=what)
    yield from folded


def _offering(lists: dict[tuple[str, ...], str]) -> Offer:
    """Return what gives a cell a drop-down; what it offers stands on a sheet of lists, each list once."""

    def offer(sheet: Any, line: int, columns: tuple[int, int], offered: Sequence[str]) -> None:
        if (values := tuple(offered)) not in lists:
            letters = _letters(len(lists))
            lists[values] = f"={_LISTS}!${letters}$1:${letters}${len(values)}"
        sheet.data_validation(line, columns[0], line, columns[1], {"validate": "list", "source": lists[values]})

    return offer


def _write(sheet: Any, line: int, row: SheetLine, looks: tuple[Any, Any], offer: Offer) -> None:
    locked, ask = looks
    if row.tag == SEEN:
        sheet.set_row(line, None, None, {"hidden": True})
    elif row.tag == MORE:
        sheet.set_row(line, None, None, {"collapsed": True})
    elif row.folded:
        sheet.set_row(line, None, None, {"level": 1, "hidden": True})
    for column, text in enumerate((row.tag, row.about, row.of)):
        sheet.write_string(line, column, text, locked)
    fixed = row.tag in FIXED
    sheet.write_string(line, _ANSWER, row.answer, locked if fixed else ask)
    sheet.write_string(line, _SECOND, row.second or "", locked if row.second is None else ask)
    sheet.write_string(line, _SECOND + 1, row.note, locked)
    if row.offered:
        last = _ANSWER if row.second is None or row.tag in FREE else _SECOND
        offer(sheet, line, (_ANSWER, last), row.offered)


def _letters(number: int) -> str:
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def read_answers(
    data: bytes, name: str, of: ProgramIdentity | None = None
) -> tuple[list[list[AnsweredRow]], list[AnsweredRow]]:
    """Return the rows of each sheet of a filled-in workbook, and those of the files that nothing reads.

    A sheet that carries a name, and something that a person wrote where nothing is read, says why it is refused.

    Args:
        data: The workbook.
        name: Of its file.
        of: The program whose workbook it must be; None for any.

    Raises:
        UsageError: It cannot be read, it is no binding workbook or another program's, a person wrote something on a
            sheet that is about no file, or a sheet says yes to a name that is not there.
    """
    try:
        book = read_workbook(data, name)
        found = [_rows(book, sheet) for sheet in book.sheet_names if sheet not in _NO_FILES]
        known = [rows for rows in found if rows and rows[0].tag == "file"]
        left = _rows(book, OTHERS) if OTHERS in book.sheet_names else []
        if not known and not left:
            raise UsageError(f"{name} is no binding workbook.", hint="`gonogo bind FILE.xlsx --make` writes one")
        texts = WorkbookTexts.read(book)
        if of is not None:
            texts.check_program(of)
        said, lines, asked = _start(book, START) if START in book.sheet_names else (SaidForAll(), [], [])
        remarks = _remarks(book, texts, [*known, left], lines, asked)
    except SourceRefusal as refusal:
        raise UsageError(f"{refusal}.", hint="save it as .xlsx, and leave its sheets as they are") from refusal
    files = {sheet_of_row(rows[0]) for rows in known}
    of_files = [*lines, *(StartLine(number, "", place=each.place) for each in asked for number in each.numbers)]
    about = {
        sheet: {line.row for line in of_files} if sheet == START else () for sheet in remarks if sheet not in files
    }
    if words := remark_of_all(remarks, {**about, OTHERS: {number_of(row) for row in left}}):
        raise UsageError(words, hint="it stands on no sheet of a file, so it may be about each of them")
    sheets = with_remarks(with_start(known, said, lines, asked), remarks, of_files, START)
    return sheets, left_with_remarks(left, remarks.get(OTHERS, {}))


def _remarks(
    book: Workbook,
    texts: WorkbookTexts,
    rows: Iterable[Sequence[AnsweredRow]],
    lines: Sequence[StartLine],
    asked: Sequence[OnceAnswered],
) -> dict[str, dict[int, str]]:
    """Return for each sheet what a person wrote there and nothing reads."""
    read = {sheet_of_row(each[0]): set(answer_cells(each, texts)) for each in rows if each}
    fields = [at for at, heading in enumerate(OF_LINES, 1) if heading in FIELDS]
    first = {
        (row, 2) for row in range(1, min([*(line.row for line in lines), *(each.row for each in asked)], default=1))
    }
    read[START] = first | {(line.row, at) for line in lines for at in fields}
    answer = OF_LINES.index(RIGHT) + 1
    for each in asked:
        second = () if texts.one_answer(each.tag, each.about, each.under) else (answer + 1,)
        read[START] |= {(each.row, at) for at in (answer, *second)}
    sheets = [name for name in book.sheet_names if name not in (_LISTS, AS_WRITTEN)]
    return {name: remarks_on(book.sheet(name), notes_on(book, name), texts, read.get(name, ())) for name in sheets}


def _start(book: Workbook, name: str) -> tuple[SaidForAll, list[StartLine], list[OnceAnswered]]:
    """Return what the first sheet says once, its lines, and its questions."""
    sheet, struck = book.sheet(name), _struck(book, name)
    once: dict[str, str] = {}
    lines: list[StartLine] = []
    asked: list[OnceAnswered] = []
    heads: dict[str, int] = {}
    width = len(OF_LINES) + len(QUESTION)
    for row in range(1, sheet.last_row + 1):
        cells = [_text(sheet.value(row, column)) for column in range(1, width + 1)]
        if heads and QUESTION[0] in heads and cells[heads["File"]].startswith(QUESTION_ON):
            tag = cells[heads[QUESTION[0]]]
            about, under = (cells[heads[each]] for each in QUESTION[1:])
            answer, second = cells[heads[RIGHT]], cells[heads[RIGHT] + 1]
            place, hidden = f"sheet {START}, row {row}", why_unseen(sheet, row, width, struck)
            asked.append(OnceAnswered(tag, about, under, answer, second, place, hidden))
        elif heads and cells[0]:
            path, right, why, held, side, maker = (
                cells[heads[each]] for each in ("File", "Right?", "Why not", "Held", "Side", "Made by")
            )
            hidden = why_unseen(sheet, row, len(OF_LINES), struck)
            place = f"sheet {START}, row {row}"
            lines.append(StartLine(cells[0], path, right, why, held, side, maker, place, hidden))
        elif not heads and set(cells) >= {*OF_LINES}:
            heads = {heading: at for at, heading in enumerate(cells)}
        elif not heads and row not in struck:
            once.setdefault(cells[0], cells[1])
    return SaidForAll(once.get(NAME, ""), once.get(DAY, ""), once.get(BUILD, ""), START), lines, asked


def _struck(book: Workbook, name: str) -> frozenset[int]:
    return struck_rows(*book.styled(name), f"sheet {name}", texts=book.texts, any_cell=True)


def _rows(book: Workbook, name: str) -> list[AnsweredRow]:
    rows = []
    sheet, struck = book.sheet(name), _struck(book, name)
    for number in range(2, sheet.last_row + 1):
        tag, about, of, answer, second = (_text(sheet.value(number, column)) for column in range(1, _SECOND + 2))
        if tag:
            place = f"sheet {sheet.name}, row {number}"
            rows.append(AnsweredRow(tag, about, of, answer, second, place, why_unseen(sheet, number, struck=struck)))
    return rows


def _text(cell: Cell) -> str:
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
