"""The sheets of the workbook: Read me, one for each form, and two hidden ones."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from gonogo.documents.xlsx.form import (
    DECLARATION_SHEET,
    EVIDENCE,
    LISTS_SHEET,
    README_SHEET,
    ColumnKind,
    FormColumn,
    SheetForm,
)
from gonogo.documents.xlsx.workbook import Cell
from gonogo.workbook.content import Content, KeptAnswer, fixed_texts
from gonogo.workbook.drop_downs import Lists, choices
from gonogo.workbook.looks import Looks, new_workbook
from gonogo.workbook.question_cells import format_of, format_of_kept, rule_of_column, rule_of_value, write_cell
from gonogo.workbook.questions import midnight
from gonogo.workbook.readme_sheet import readme_lines
from gonogo.workbook.registers import register_rows

SPARE_ROWS: Final = 200
"""Rows of a register below its last entry for which the drop-downs work."""
_LETTER: Final = 1
_PROTECT: Final = {"format_columns": True, "format_rows": True, "insert_rows": False, "delete_rows": False}


def write_workbook(content: Content) -> bytes:
    """Return the bytes of the workbook; equal content gives equal bytes.

    Raises:
        UsageError: xlsxwriter is not installed.
    """
    stream = io.BytesIO()
    book = new_workbook(stream)
    title = content.identity.title or content.identity.id
    book.set_properties(
        {
            "title": f"Evidence of {title}, release {content.release.id}",
            "subject": "What people state, who they are, plans and waivers",
            "author": "gonogo",
            "comments": content.identity.marking,
            "created": midnight(content.today),
        }
    )
    looks, lists = Looks.of(book), Lists()
    _readme(book.add_worksheet(README_SHEET), content, looks)
    for form in content.forms:
        sheet = book.add_worksheet(form.sheet)
        _frame(sheet, form, content, looks)
        if form is EVIDENCE:
            _evidence(sheet, content, looks, lists)
        else:
            _register(sheet, form, content, looks, lists)
    hidden = book.add_worksheet(LISTS_SHEET)
    lists.write(hidden)
    hidden.hide()
    _declaration(book.add_worksheet(DECLARATION_SHEET), content)
    book.close()
    return stream.getvalue()


def _readme(sheet: Any, content: Content, looks: Looks) -> None:
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 110)
    for row, (text, heading) in enumerate(readme_lines(content)):
        sheet.write_string(row, 0, text, looks.title if heading else looks.words)
    _print(sheet, content, wide=False)
    sheet.protect("", _PROTECT)
    sheet.activate()


def _frame(sheet: Any, form: SheetForm, content: Content, looks: Looks) -> None:
    """Set up what every form shares: header, widths, frozen header, print set-up, protection."""
    for number, column in enumerate(form.columns):
        fixed = column.kind is ColumnKind.FIXED
        open_format = None if form is EVIDENCE else looks.cells[format_of(column)]
        sheet.set_column(number, number, column.width, open_format)
        sheet.write_string(0, number, column.heading, looks.header if fixed else looks.ask)
    sheet.set_row(0, 32)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _print(sheet, content, wide=True)
    sheet.protect("", _PROTECT | ({} if form is EVIDENCE else {"insert_rows": True, "delete_rows": True}))


def _print(sheet: Any, content: Content, *, wide: bool) -> None:
    marking = _escaped(content.identity.marking)
    if wide:
        sheet.set_landscape()
    sheet.set_paper(_LETTER)
    sheet.set_margins(left=0.4, right=0.4)
    sheet.fit_to_pages(1, 0)
    name = _escaped(f"{content.identity.id} {content.release.id}")
    sheet.set_header(f"&L{marking}&C&A&R{name}")
    sheet.set_footer(f"&L{marking}&CPage &P of &N&R{content.today.isoformat()}")


def _escaped(text: str) -> str:
    return text.replace("&", "&&")[:80]


def _evidence(sheet: Any, content: Content, looks: Looks, lists: Lists) -> None:
    last = len(content.questions)
    for row, question in enumerate(content.questions, 1):
        texts = fixed_texts(question, content)
        kept = content.answers.get(question.fact.name, KeptAnswer({}))
        for number, column in enumerate(EVIDENCE.columns):
            if column.kind is ColumnKind.FIXED:
                sheet.write_string(row, number, texts[column.key], looks.locked)
                continue
            value = kept.cells.get(column.key, "")
            code = format_of_kept(value, format_of(column, question), share=kept.share)
            write_cell(sheet, row, number, value, looks.cells[code])
        number = EVIDENCE.number("value") - 1
        _validate(sheet, (row, number, row, number), rule_of_value(question.fact, texts["allowed"], lists))
    if last:
        _column_rules(sheet, EVIDENCE.columns, content, lists, last)
        sheet.print_area(0, 0, last, len(EVIDENCE.columns) - 1)


def _register(sheet: Any, form: SheetForm, content: Content, looks: Looks, lists: Lists) -> None:
    rows: Sequence[Mapping[str, Cell]] = register_rows(form, content)
    for row, cells in enumerate(rows, 1):
        for number, column in enumerate(form.columns):
            write_cell(sheet, row, number, cells.get(column.key, ""), looks.cells[format_of(column)])
    _column_rules(sheet, form.columns, content, lists, len(rows) + SPARE_ROWS)


def _column_rules(sheet: Any, columns: Iterable[FormColumn], content: Content, lists: Lists, last: int) -> None:
    for number, column in enumerate(columns):
        if column.kind in (ColumnKind.FIXED, ColumnKind.VALUE):
            continue
        # Only the register of people introduces new people; everywhere else they are chosen.
        introduces = sheet.get_name() == "People" and column.key == "person"
        offered = () if introduces else choices(content, column.key)
        _validate(sheet, (1, number, last, number), rule_of_column(column, offered, lists))


def _validate(sheet: Any, area: tuple[int, int, int, int], rule: dict[str, Any]) -> None:
    if rule:
        sheet.data_validation(*area, rule)


def _declaration(sheet: Any, content: Content) -> None:
    for row, texts in enumerate(content.declaration.rows()):
        for column, text in enumerate(texts):
            sheet.write_string(row, column, text)
    sheet.protect()
    sheet.very_hidden()
