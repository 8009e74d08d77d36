"""The rows of a plan or a register, from CSV text or one worksheet: each with its place, none that nobody would see."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from datetime import date, datetime, time, timedelta

from gonogo.collectors.document_moment import cell_moment
from gonogo.collectors.rows.page_names import goes_on_by_name
from gonogo.collectors.worksheet import Cell, Workbook, Worksheet, header_key, open_workbook
from gonogo.model.evidence import GapReason
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal, Input

Row = tuple[str, list[str]]
"""Where a row stands, for messages, and its cells."""


def listed_rows(
    source: Input, sheet: str, *, final_line_break: bool, other_sheets: Collection[str] = ()
) -> Iterator[Row]:
    """Yield the header and then each row.

    Args:
        source: The file.
        sheet: Of a workbook, the sheet; empty for the only one.
        final_line_break: Of a text, whether the last line must end.
        other_sheets: Sheets whose rows are no rows of the list, as a person has said.

    Raises:
        CollectorRefusal: It cannot be read as what its name says, or holds something that nobody would see.
    """
    if source.file_name.casefold().endswith((".xlsx", ".xlsm")):
        yield from _sheet_rows(source, sheet, other_sheets)
        return
    if sheet:
        raise CollectorRefusal(f"{source.file_name} is not a workbook, but the settings name a sheet {sheet[:60]!r}")
    try:
        with source.text() as stream:
            reader = csv.reader(stream, strict=True)
            yield from _text_rows(reader, source.file_name)
    except UnicodeDecodeError as error:
        raise CollectorRefusal(f"{source.file_name} is not UTF-8 at byte {error.start}") from error
    except csv.Error as error:
        raise CollectorRefusal(f"{source.file_name}, line {reader.line_num}, is not strict CSV: {error}") from error
    if final_line_break and source.size:
        _check_end(source)


def listed_moment(source: Input, time_zone: str) -> datetime | None:
    """Return when the list held: what the host knows, or what a cell of the workbook says; None where neither does.

    Raises:
        CollectorRefusal: The cell does not hold a date or a time.
    """
    if source.as_of is not None or source.rule.rule is not AsOfRule.CELL:
        return source.as_of
    value, where = open_workbook(source).cell(source.rule.cell)
    moment = cell_moment(value, time_zone)
    if moment is None:
        raise CollectorRefusal(f"{where} does not hold a date or a time, so nobody knows when the list held")
    return moment


def _text_rows(reader: Iterator[list[str]], place: str) -> Iterator[Row]:
    header = next(reader, [])
    yield place, header
    for row in reader:
        where = f"{place}, line {reader.line_num}"  # type: ignore[attr-defined]  # csv's reader counts lines
        if len(row) != len(header):
            raise CollectorRefusal(f"{where}, has {len(row)} columns; the header has {len(header)}")
        if "\x00" in "".join(row):
            raise CollectorRefusal(f"{where}, holds a NUL character, so it is not text")
        if row == header:
            raise CollectorRefusal(f"{where}, repeats the header; two files were put together")
        yield where, row


def _check_end(source: Input) -> None:
    with source.open() as stream:
        stream.seek(source.size - 1)
        if stream.read() not in (b"\n", b"\r"):
            raise CollectorRefusal(
                f"{source.file_name} ends in the middle of a line, as a file that was cut off does; if its source "
                "always leaves out the last line end, say final_line_break: false"
            )


def _sheet_rows(source: Input, name: str, settled: Collection[str]) -> Iterator[Row]:
    workbook = open_workbook(source)
    if not name and len(workbook.sheet_names) != 1:
        raise CollectorRefusal(
            f"{source.file_name} has {len(workbook.sheet_names)} sheets; say which one: sheet: "
            + ", ".join(map(repr, workbook.sheet_names[:5]))
        )
    sheet = workbook.sheet(name or workbook.sheet_names[0])
    last = max((row for row in range(1, sheet.last_row + 1) if _used(sheet, row)), default=0)
    _refuse_unseen(sheet, last)
    width = max((column for column in range(1, sheet.last_column + 1) if sheet.value(1, column) != ""), default=0)
    header = [_text(sheet, 1, column) for column in range(1, width + 1)]
    _refuse_other_sheets(workbook, sheet, header, settled)
    yield str(sheet.where()), header
    for number in range(2, last + 1):
        where = str(sheet.where(number, 1))
        beyond = [column for column in range(width + 1, sheet.last_column + 1) if sheet.value(number, column) != ""]
        if beyond:
            raise CollectorRefusal(f"{sheet.where(number, beyond[0])} holds something to the right of the header")
        row = [_text(sheet, number, column) for column in range(1, width + 1)]
        if not any(row):
            raise CollectorRefusal(f"{sheet.where()}: row {number} is blank, and there are rows below it")
        if row == header:
            raise CollectorRefusal(f"{where}, repeats the header; two files were put together")
        yield where, row


def _refuse_other_sheets(workbook: Workbook, sheet: Worksheet, header: list[str], settled: Collection[str]) -> None:
    """Refuse a list that another sheet goes on with: by its headings, or by its name."""
    wanted = {header_key(heading) for heading in header}
    for name in workbook.sheet_names:
        other = workbook.sheet(name) if name != sheet.name and name not in settled else None
        if other is None:
            continue
        rows = sum(sum(cell != "" for cell in cells) > 1 for cells in other.rows)
        first = {header_key(str(cell)) for cell in other.rows[0]} if other.rows else set()
        if (wanted <= first and rows > 1) or (goes_on_by_name(name) and rows):
            raise CollectorRefusal(
                f"{other.where()} goes on with the list of the sheet {sheet.name!r}, and nobody reads it; put all rows "
                "on one sheet, or name it under other_sheets with the reason",
                GapReason.AMBIGUOUS_ROWS,
            )


def _used(sheet: Worksheet, row: int) -> bool:
    return any(sheet.fault(row, column) or sheet.value(row, column) != "" for column in range(1, sheet.last_column + 1))


def _refuse_unseen(sheet: Worksheet, last: int) -> None:
    if not sheet.visible:
        raise CollectorRefusal(f"{sheet.where()} is hidden; show it, so that everybody sees what is planned")
    hidden = sorted(row for row in sheet.scan.hidden_rows if row <= last)
    if hidden:
        raise CollectorRefusal(f"{sheet.where()}: row {hidden[0]} is hidden; show it or clear the filter")
    if any(first <= sheet.last_column for first, _ in sheet.scan.hidden_columns):
        raise CollectorRefusal(f"{sheet.where()}: a column is hidden; show it")
    merged = sheet.merged_in(1, last)
    if merged:
        raise CollectorRefusal(f"{sheet.where()}: the cells {merged[0]} are merged; unmerge them")


def _text(sheet: Worksheet, row: int, column: int) -> str:
    """Return a cell as text; a number keeps the form of an identifier only where it is whole."""
    value: Cell = sheet.value(row, column)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    if isinstance(value, (date, datetime, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return value
