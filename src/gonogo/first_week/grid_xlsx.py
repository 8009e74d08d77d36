"""A worksheet as a grid, with everything told that the table collector would refuse or a person would not see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, Final

from gonogo.documents.xlsx.cell_places import column_number
from gonogo.documents.xlsx.nesting import nested_rows, parent_rows
from gonogo.documents.xlsx.styles import struck_rows
from gonogo.documents.xlsx.workbook import Cell, Worksheet, cell_name, column_letters
from gonogo.errors import UsageError
from gonogo.first_week.csv_dialect import header_index
from gonogo.first_week.first_look import FirstLook
from gonogo.first_week.prose import SHOWN, ascii_words, counted, plain, positions, word_set
from gonogo.first_week.sample_grid import BLANK_ROW, Grid, GridNote, SheetBeside
from gonogo.model.refusal import SourceRefusal
from gonogo.profiles.profile import plain as as_compared

_PERCENT_FORMATS: Final = frozenset({"9", "10"})
_HEAD: Final = 1 << 18
_ANOTHER: Final = "`gonogo map FILE --sheet NAME` shows another one"
_FIRST: Final = 12
"""First rows of another sheet among which its headings are."""


def read_sheet_grid(workbook: FirstLook, wanted: str | None, header_row: int | None = None) -> Grid:
    """Return the table of one sheet: the one asked for, or else the largest that is visible.

    Args:
        workbook: It holds the sheet.
        wanted: Name of the sheet.
        header_row: Row of the headings, from 1; by default the one that reads most like it.

    Raises:
        UsageError: There is no such sheet, or nothing in it.
    """
    notes = _workbook_notes(workbook)
    sheet = workbook.sheet(_choose(workbook, wanted, notes))
    place = str(sheet.where())
    header = header_index(sheet.rows) if header_row is None else header_row - 1
    last = _last_row(sheet)
    if not last:
        raise UsageError(f"{place} is empty.", hint=_ANOTHER)
    if not 0 <= header < len(sheet.rows) or not any(cell != "" for cell in sheet.rows[header]):
        raise UsageError(f"{place} has no headings in row {header + 1}.", hint="give the row that holds them")
    headings, wide = _headings(sheet.rows[header])
    width = len(headings)
    notes += _concealed(sheet, header + 1, last)
    notes += _beside(sheet, header + 1, last, width)
    rows = sheet.rows[header + 1 : last]
    if rows and len(rows[0]) > width:
        rows = [row[:width] for row in rows]
    notes += _heading_notes(sheet, header + 1, wide)
    settings: dict[str, Any] = {"sheet": sheet.name}
    if header:
        settings["header_row"] = header + 1
    if sheet.merged_in(header + 1, last):
        settings["merged"] = True
    if last > len(sheet.rows):
        notes.append(
            GridNote(f"row {last}", "an error value or a formula without a result below the last row", stops=True)
        )
    unusable = {row for row, _ in sheet.unusable}
    blank = [n for n, row in enumerate(rows, header + 2) if row.count("") == width and n not in unusable]
    numbers: Sequence[int] = ()
    if blank:
        notes.append(GridNote("row " + positions([str(n) for n in blank[:SHOWN]], len(blank)), BLANK_ROW, stops=True))
        settings["blank_rows"] = "allowed"
        left = set(blank)
        numbers = [n for n in range(header + 2, header + 2 + len(rows)) if n not in left]
        rows = [rows[n - header - 2] for n in numbers]
    return Grid(
        place=place,
        headings=headings,
        rows=rows,
        first_row=header + 2,
        settings=settings,
        notes=tuple(notes),
        typed=True,
        lines=numbers,
        shares=_shares(workbook, sheet.name),
        struck=sorted(row for row in _struck(workbook, sheet.name, place) if header + 1 < row <= last),
        nested=sorted(row for row in nested_rows(*workbook.styled(sheet.name), place, header + 2) if row <= last),
        parents=sorted(parent_rows(*workbook.styled(sheet.name), place, header + 2) or ()),
        faults=frozenset(sheet.scan.errors | sheet.scan.unevaluated),
        concealed=frozenset(n for n in range(width) if any(a <= n + 1 <= b for a, b in sheet.scan.hidden_columns)),
        sheets=len(workbook.sheet_names),
        restless=frozenset(sheet.unusable - sheet.scan.errors - sheet.scan.unevaluated),
        beside=tuple(_alike(workbook, sheet.name, {as_compared(each) for each in headings} - {""})),
    )


def _alike(workbook: FirstLook, chosen: str, mine: set[str]) -> Iterator[SheetBeside]:
    """Yield the other sheets, shown or hidden, with the same headings or some of them, and with rows below."""
    for name in workbook.sheet_names:
        rows = workbook.sheet(name).rows if name != chosen else ()
        for number, cells in enumerate(rows[:_FIRST], 1):
            theirs = {as_compared(str(cell)) for cell in cells} - {""}
            if theirs and (theirs <= mine or mine <= theirs):
                items = sum(any(cell != "" for cell in row) for row in rows[number:])
                if items:
                    yield SheetBeside(name, frozenset(theirs), items)
                break


def _struck(workbook: FirstLook, sheet: str, place: str) -> frozenset[int]:
    try:
        return struck_rows(*workbook.styled(sheet), place, texts=workbook.texts)
    except SourceRefusal as refusal:
        raise UsageError(f"{refusal}.") from refusal


def _workbook_notes(workbook: FirstLook) -> list[GridNote]:
    notes = []
    hidden = [name for name in workbook.sheet_names if not workbook.visible(name)]
    if hidden:
        shown = ", ".join(plain(name) for name in hidden[:SHOWN])
        more = f" and {len(hidden) - SHOWN} more" if len(hidden) > SHOWN else ""
        notes.append(GridNote(f"sheet {shown}{more}", "hidden; it is read only if the settings say hidden: true"))
    if workbook.from_1904:
        sentence = (
            "this workbook counts its days from 1904, as Excel for Mac once did; compare one date below with what the "
            "workbook shows, and beware of dates that were copied from another workbook: they are four years off"
        )
        notes.append(GridNote("", sentence))
    return notes


_ABOUT: Final = word_set(
    """
    instruction instructions readme cover guide guidance legend lists lookup lookups glossary definitions dashboard help
    """
)
"""Words of sheets that say how a workbook is used, or sum it up: none of them holds its items."""


def sheets_with_items(workbook: FirstLook) -> list[str]:
    """Return the visible sheets that may hold items, in the order of the workbook."""
    names = [name for name in workbook.sheet_names if workbook.visible(name)]
    return [name for name in names if not _ABOUT.intersection([*ascii_words(name), "".join(ascii_words(name))])]


def _choose(workbook: FirstLook, wanted: str | None, notes: list[GridNote]) -> str:
    if wanted is not None:
        if wanted not in workbook.sheet_names:
            shown = ", ".join(repr(name) for name in workbook.sheet_names[:8])
            raise UsageError(f"{workbook.file_name} has no sheet {wanted!r}.", hint=f"it has {shown}")
        return wanted
    names = [name for name in workbook.sheet_names if workbook.visible(name)] or list(workbook.sheet_names)
    if not names:
        raise UsageError(f"{workbook.file_name} has no worksheet.")
    items = [name for name in names if not _ABOUT.intersection(ascii_words(name))] or names
    chosen = max(items, key=workbook.weight) if len(items) > 1 else items[0]
    others = [plain(name) for name in names if name != chosen]
    if others:
        shown = ", ".join(others[:8])
        notes.append(GridNote("", f"the sheet {plain(chosen)} is shown; {_ANOTHER}: {shown}"))
    return chosen


def _last_row(sheet: Worksheet) -> int:
    """Return the last row that holds anything, an error or a formula without a result included, as collectors do."""
    if sheet.scan.last_row > len(sheet.rows):
        return sheet.scan.last_row
    for row in range(len(sheet.rows), 0, -1):
        if any(cell != "" for cell in sheet.rows[row - 1]):
            return row
    return 0


def _headings(cells: Sequence[Cell]) -> tuple[tuple[str, ...], list[int]]:
    """Return the headings up to the last one, and the 0-based columns whose heading is no text."""
    last = max((index for index, cell in enumerate(cells, 1) if cell != ""), default=0)
    other = [index for index, cell in enumerate(cells[:last]) if not isinstance(cell, str)]
    return tuple(cell if isinstance(cell, str) else "" for cell in cells[:last]), other


def _heading_notes(sheet: Worksheet, row: int, other: Sequence[int]) -> list[GridNote]:
    if not other:
        return []
    where = positions([cell_name(row, index + 1) for index in other], len(other))
    what = (
        f"a heading that is not text (a number or a date); type it as text, or put a row of headings above row {row} "
        "if that is data already"
    )
    return [GridNote(where, what, stops=True)]


def _concealed(sheet: Worksheet, header: int, last: int) -> list[GridNote]:
    notes = []
    if not sheet.visible:
        notes.append(
            GridNote(
                f"sheet {plain(sheet.name)}",
                "hidden; show it, or say hidden: true if it is meant to be read",
                stops=True,
            )
        )
    rows = sorted(row for row in sheet.scan.hidden_rows if header < row <= last)
    if rows:
        where = "row " + positions([str(row) for row in rows[:SHOWN]], len(rows))
        notes.append(
            GridNote(
                where, "hidden, by hand or by a filter; counted here. Show all rows, or say hidden: true", stops=True
            )
        )
    if sheet.scan.hidden_columns:
        letters = [_stretch(a, b) for a, b in sheet.scan.hidden_columns]
        where = "column " + positions(letters[:SHOWN], len(letters))
        notes.append(GridNote(where, "hidden, so not read; show it, or say hidden: true"))
    for entry in sheet.merged_in(header, last)[:SHOWN]:
        notes.append(GridNote(str(entry), "merged cells: only the first one holds the value; unmerge and fill them in"))
    above = sheet.merged_in(1, header - 1) if header > 1 else ()
    if above:
        notes.append(
            GridNote(str(above[0]), f"merged cells above the header in row {header}; what is there is not read")
        )
    more = len(sheet.merged_in(header, last)) - SHOWN
    if more > 0:
        notes.append(GridNote("", f"{counted(more, 'more merged range')} below"))
    return notes


def _stretch(first: int, last: int) -> str:
    return column_letters(first) if first == last else f"{column_letters(first)} to {column_letters(min(last, 16384))}"


def _beside(sheet: Worksheet, header: int, last: int, width: int) -> list[GridNote]:
    for row in range(header, last + 1) if sheet.rows and len(sheet.rows[0]) > width else ():
        for column, cell in enumerate(sheet.rows[row - 1][width:], width + 1):
            if cell != "":
                return [
                    GridNote(
                        cell_name(row, column),
                        "content to the right of the header; delete it or give it a heading",
                        stops=True,
                    )
                ]
    return []


def _shares(workbook: FirstLook, sheet: str) -> frozenset[int]:
    """Return the 0-based columns whose first cells the workbook shows as percentages."""
    xml, raw = workbook.styled(sheet)
    styles = raw.decode("utf-8", "replace")
    formats = _PERCENT_FORMATS | set(re.findall(r'<numFmt numFmtId="([0-9]+)" formatCode="[^"]*%[^"]*"', styles))
    inside = re.search(r"<cellXfs.*?</cellXfs>", styles, re.DOTALL)
    used = (
        [re.search(r'numFmtId="([0-9]+)"', entry) for entry in re.findall(r"<xf [^>]*>", inside[0])] if inside else []
    )
    wanted = {str(index).encode() for index, found in enumerate(used) if found and found[1] in formats}
    if not wanted:
        return frozenset()
    found = re.findall(rb'<c r="([A-Z]{1,3})[0-9]+" s="([0-9]+)"', xml[:_HEAD])
    letters = {letter.decode() for letter, style in found if style in wanted}
    return frozenset(column_number(entry) - 1 for entry in letters)
