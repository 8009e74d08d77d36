"""XLSX: one worksheet, read through the safe opener, written to a scratch CSV of the columns that are read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from gonogo.collectors.columns.typed import UnfitValue, from_workbook
from gonogo.collectors.document_moment import stated_moment
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.row_subject import NOTHING, BoundSubjects
from gonogo.collectors.table.believable import refuse_beside, refuse_concealed, refuse_percent_format, strikes
from gonogo.collectors.table.each_record import SAMPLE
from gonogo.collectors.table.filter_note import refuse_filter
from gonogo.collectors.table.headings_found import BELOW, header_row_of, settle
from gonogo.collectors.table.moments import dated_column
from gonogo.collectors.table.outside import ABOVE, FOOTER, Outside
from gonogo.collectors.table.prepared import Prepared, Writer, match_headings, refuse_control, scratch_file
from gonogo.collectors.table.set_in import rows_above
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.sheet_chosen import chosen_sheet
from gonogo.collectors.table.sheet_rows import cell_texts, write_rows
from gonogo.collectors.table.sieve import Sieve
from gonogo.collectors.table.twin_columns import after, beside
from gonogo.collectors.table.unnamed import unnamed
from gonogo.collectors.table.watch import watched_columns
from gonogo.collectors.worksheet import (
    Cell,
    Workbook,
    Worksheet,
    column_letters,
    nested_rows,
    open_workbook,
    struck_rows,
)
from gonogo.model.program import AsOfRule
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal, Input


def prepare_sheet(
    name: str,
    table: Table,
    source: Input,
    scratch: str,
    time_zone: str,
    bound: BoundSubjects = NOTHING,
    other_sheets: Collection[str] = (),
) -> Prepared:
    """Write the rows of data of one worksheet into a scratch file; ``other_sheets`` are those that other tables read.

    Raises:
        CollectorRefusal: The workbook cannot be opened, the sheet is not there or not the only one, something that is
            read is hidden, merged, an error or a formula without a result, a blank row stands between rows, a cell that
            is shown as a percentage is said to hold hundredths, or a cell is of another type than its column.
    """
    workbook = open_workbook(source)
    sheet = chosen_sheet(workbook, table, other_sheets)
    try:
        return _prepare(name, table, source, scratch, time_zone, bound, workbook, sheet)
    except CollectorRefusal as refusal:
        raise unnamed(refusal, table, str(sheet.where())) from refusal.__cause__


def _prepare(
    name: str,
    table: Table,
    source: Input,
    scratch: str,
    time_zone: str,
    bound: BoundSubjects,
    workbook: Workbook,
    sheet: Worksheet,
) -> Prepared:
    place = str(sheet.where())
    if table.header_within is not None:
        table = header_row_of(table, list(map(cell_texts, sheet.rows[: table.header_within])))
    if len(sheet.rows) < table.header_row:
        raise StructuralFault(f"{place} has no header row {table.header_row}")
    headings = _headings(sheet.rows[table.header_row - 1], place)
    below = sheet.rows[table.header_row : table.header_row + BELOW]
    settled = settle(table, headings, place, list(map(cell_texts, below)))
    fold = settled.fold
    if fold is not None and fold.groups:
        raise StructuralFault(f"{place} repeats a column that is read; export it as CSV, where that is read")
    table, width, headings = settled.table, len(headings), settled.headings
    positions = match_headings(table, headings, place)
    picked = dict(enumerate(fold.picked, width)) if fold is not None else {}
    last = _last_row(sheet)
    refuse_beside(sheet, table.header_row, last, width)
    footer = None
    for row in range(1, table.header_row):
        refuse_filter(table, place, f"row {row}", cell_texts(sheet.rows[row - 1]))
    outside = [Outside(row, ABOVE, _cells(sheet, row, table, positions)) for row in range(1, table.header_row)]
    if table.control.footer is not None:
        if last <= table.header_row:
            raise StructuralFault(f"{place} has no footer row below the header")
        footer = _footer(sheet, last)
        outside.append(Outside(0, FOOTER, _cells(sheet, last, table, positions)))
        last -= 1
    faulty = refuse_concealed(sheet, table, positions, last, dated_column(table, source))
    refuse_percent_format(workbook, sheet, table, positions, last)
    writer = Writer(scratch_file(scratch, name))
    watched = watched_columns(
        table, headings, list(map(cell_texts, sheet.rows[table.header_row : table.header_row + SAMPLE])), bound
    )
    twins = beside(settled.twins, headings, len(watched))
    kept = (*watched, *twins.columns)
    sieve = Sieve(table, headings, positions, above=rows_above(workbook, sheet, table), place=place)
    struck = struck_rows(*workbook.styled(sheet.name), place, texts=workbook.texts)
    nested = nested_rows(*workbook.styled(sheet.name), place, table.header_row + 1)
    mistakes = write_rows(sheet, sieve, kept, last, writer, struck, picked, faulty)
    writer.flush()
    refuse_control(writer.path, place)
    return Prepared(
        path=writer.path,
        delimiter=",",
        width=len(positions) + len(kept),
        positions={column: index for index, column in enumerate(positions)},
        rows=writer.rows,
        first_row=table.header_row + 1,
        row_word="row",
        place=place,
        footer=footer,
        outside=[*outside, *sieve.outside],
        as_of=_moment_of(workbook, source, time_zone),
        numbers=sieve.numbers,
        left_out=dict(sieve.left_out),
        watched=after(watched, len(positions)),
        beside=replace(twins, columns=after(twins.columns, len(positions) + len(watched))),
        nested=sorted(nested.intersection(sieve.numbers)),
        strikes=strikes(workbook, sheet, table.header_row + 1, last, width),
        settled=table,
        absent=settled.absent,
        letters={name: column_letters(index + 1) for name, index in positions.items() if index not in picked},
        mistakes=mistakes,
        struck=() if NoItem.STRUCK in table.rows else sorted(struck.intersection(sieve.numbers)),
    )


def _headings(cells: Sequence[Cell], place: str) -> list[str]:
    last = max((index for index, cell in enumerate(cells, 1) if cell != ""), default=0)
    if not all(isinstance(cell, str) for cell in cells[:last]):
        raise StructuralFault(f"{place}: the header row holds something that is not text")
    return [str(cell) for cell in cells[:last]]


def _last_row(sheet: Worksheet) -> int:
    """Return the last row that holds anything, an error or a formula without a result included."""
    for row in range(sheet.last_row, 0, -1):
        if row > len(sheet.rows) or any(cell != "" for cell in sheet.rows[row - 1]):
            return row
    return 0


def _footer(sheet: Worksheet, row: int) -> list[str]:
    found = []
    for column in range(1, len(sheet.rows[0]) + 1):
        value = sheet.value(row, column)
        if isinstance(value, float):
            found.append(format(value, ".15g"))
        else:
            found.append(str(value))
    return found


def _cells(sheet: Worksheet, row: int, table: Table, positions: dict[str, int]) -> dict[str, str]:
    """Return the cells of a row outside the data as a row of data would have them."""
    found = {}
    for name, index in positions.items():
        value = sheet.rows[row - 1][index] if index < len(sheet.rows[row - 1]) else ""
        try:
            found[name] = from_workbook(value, table.columns[name]).strip()
        except UnfitValue:
            found[name] = cell_texts([value])[0].strip()
    return found


def _moment_of(workbook: Workbook, source: Input, time_zone: str) -> datetime | None:
    if source.as_of is not None or source.rule.rule is not AsOfRule.CELL:
        return None
    value, where = workbook.cell(source.rule.cell)
    moment = stated_moment(value, time_zone)
    if moment is None:
        raise StructuralFault(f"{where} does not hold a date or a time, so nobody knows when the content held")
    return moment
