"""XLSX: one worksheet, read through the safe opener, written to a scratch CSV of the columns that are read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from gonogo.collectors.columns.column import PercentForm
from gonogo.collectors.columns.typed import SHOWN, UnfitValue, first_few, from_workbook
from gonogo.collectors.document_moment import cell_moment
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.row_subject import NOTHING, BoundSubjects
from gonogo.collectors.table.each_record import SAMPLE
from gonogo.collectors.table.headings_found import BELOW, header_row_of, settle
from gonogo.collectors.table.outside import ABOVE, FOOTER, Outside
from gonogo.collectors.table.prepared import Prepared, Writer, match_headings, refuse_control, scratch_file
from gonogo.collectors.table.set_in import rows_above
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.sheet_chosen import chosen_sheet
from gonogo.collectors.table.sheet_rows import cell_texts, write_rows
from gonogo.collectors.table.sieve import Sieve
from gonogo.collectors.table.unnamed import unnamed
from gonogo.collectors.table.watch import watched_columns
from gonogo.collectors.worksheet import (
    Cell,
    Workbook,
    Worksheet,
    nested_rows,
    open_workbook,
    percent_cells,
    read_reference,
    striking_ranges,
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
    beside: Collection[str] = (),
) -> Prepared:
    """Write the rows of data of one worksheet into a scratch file; ``beside`` are sheets that other tables read.

    Raises:
        CollectorRefusal: The workbook cannot be opened, the sheet is not there or not the only one, something that is
            read is hidden, merged, an error or a formula without a result, a blank row stands between rows, a cell that
            is shown as a percentage is said to hold hundredths, or a cell is of another type than its column.
    """
    workbook = open_workbook(source)
    sheet = chosen_sheet(workbook, table, beside)
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
    _refuse_beside(sheet, table.header_row, last, width)
    footer = None
    outside = [Outside(row, ABOVE, _cells(sheet, row, table, positions)) for row in range(1, table.header_row)]
    if table.control.footer is not None:
        if last <= table.header_row:
            raise StructuralFault(f"{place} has no footer row below the header")
        footer = _footer(sheet, last)
        outside.append(Outside(0, FOOTER, _cells(sheet, last, table, positions)))
        last -= 1
    _refuse_concealed(sheet, table, positions, last)
    _refuse_percent_format(workbook, sheet, table, positions, last)
    writer = Writer(scratch_file(scratch, name))
    watched = watched_columns(
        table, headings, list(map(cell_texts, sheet.rows[table.header_row : table.header_row + SAMPLE])), bound
    )
    sieve = Sieve(table, headings, positions, above=rows_above(workbook, sheet, table), place=place)
    struck = struck_rows(*workbook.styled(sheet.name), place, texts=workbook.texts)
    nested = nested_rows(*workbook.styled(sheet.name), place, table.header_row + 1)
    write_rows(sheet, sieve, watched, last, writer, struck, picked)
    writer.flush()
    refuse_control(writer.path, place)
    return Prepared(
        path=writer.path,
        delimiter=",",
        width=len(positions) + len(watched),
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
        watched=tuple((heading, len(positions) + index) for index, (heading, _) in enumerate(watched)),
        nested=sorted(nested.intersection(sieve.numbers)),
        strikes=_strikes(workbook, sheet, table.header_row + 1, last, width),
        settled=table,
        absent=settled.absent,
        struck=() if NoItem.STRUCK in table.rows else sorted(struck.intersection(sieve.numbers)),
    )


def _strikes(workbook: Workbook, sheet: Worksheet, first: int, last: int, width: int) -> list[str]:
    """Return the ranges that a conditional format may strike through and that meet the rows of data."""
    found = []
    for text in striking_ranges(*workbook.styled(sheet.name), str(sheet.where())):
        start, _, end = text.replace("$", "").partition(":")
        try:
            (top, left), (bottom, _) = read_reference(start), read_reference(end or start)
        except ValueError:  # whole rows or columns, or what nobody can read: it may meet them
            top, left, bottom = first, 1, last
        if top <= last and bottom >= first and left <= width:
            found.append(text)
    return found


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


def _refuse_beside(sheet: Worksheet, first: int, last: int, width: int) -> None:
    """Refuse content to the right of the header: nobody knows which column it belongs to."""
    for row in range(first, min(last, len(sheet.rows)) + 1):
        for column, cell in enumerate(sheet.rows[row - 1][width:], width + 1):
            if cell != "":
                raise StructuralFault(f"{sheet.where(row, column)} holds something to the right of the header")


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


def _refuse_concealed(sheet: Worksheet, table: Table, positions: dict[str, int], last: int) -> None:
    """Refuse hidden rows and columns, merged cells, and cells without a usable value among what is read."""
    first = table.header_row + 1
    columns = {index + 1 for index in positions.values()}
    place = sheet.where()
    hidden = sorted(row for row in sheet.scan.hidden_rows if first <= row <= last)
    if hidden and not table.hidden:
        sentence = first_few([str(row) for row in hidden[:SHOWN]], len(hidden))
        raise StructuralFault(f"{place}: row {sentence} hidden; show all rows, or say hidden: true")
    concealed = [n for n in sorted(columns) if any(a <= n <= b for a, b in sheet.scan.hidden_columns)]
    if concealed and not table.hidden:
        raise StructuralFault(f"{place}: a column that is read is hidden; show it, or say hidden: true")
    merged = [
        entry
        for entry in sheet.merged_in(table.header_row, last)
        if any(entry.first_column <= column <= entry.last_column for column in columns)
    ]
    if merged and not table.merged:
        raise StructuralFault(f"{place}: the cells {merged[0]} are merged; unmerge them, or say merged: true")
    for faulty in sorted(sheet.unusable):
        if faulty[1] in columns and first <= faulty[0] <= last:
            sentence = f"{sheet.where(*faulty)} holds an error, or a formula whose result nobody can rely on"
            raise CollectorRefusal(sheet.fault(*faulty), told=sentence)


def _refuse_percent_format(
    workbook: Workbook, sheet: Worksheet, table: Table, positions: dict[str, int], last: int
) -> None:
    """Refuse 103 % shown by a cell that holds 1.03, where the settings say that 1.03 means 1.03 %."""
    hundreds = {
        index + 1: name for name, index in positions.items() if table.columns[name].written is PercentForm.HUNDRED
    }
    shown = percent_cells(*workbook.styled(sheet.name), str(sheet.where())) if hundreds else ()
    for row, column in sorted(shown):
        if column in hundreds and table.header_row < row <= last and sheet.value(row, column):
            raise StructuralFault(
                f"{sheet.where(row, column)} is shown as a percentage, so it holds a ratio, and column "
                f"{hundreds[column]!r} has written: hundred in the settings; say written: ratio, or where it goes "
                "beyond 100% type: decimal"
            )


def _moment_of(workbook: Workbook, source: Input, time_zone: str) -> datetime | None:
    if source.as_of is not None or source.rule.rule is not AsOfRule.CELL:
        return None
    value, where = workbook.cell(source.rule.cell)
    moment = cell_moment(value, time_zone)
    if moment is None:
        raise StructuralFault(f"{where} does not hold a date or a time, so nobody knows when the content held")
    return moment
