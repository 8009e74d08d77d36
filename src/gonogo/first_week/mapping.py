"""A starter mapping of one table: settings that the table collector accepts, and what a person should look at first.

It suggests; a person pastes. Every cell is looked at, and no value of a column that may be about a person is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

from gonogo.collectors.columns.column import NOT_NAMES
from gonogo.collectors.rows.row_subject import BoundSubjects
from gonogo.documents.xlsx.workbook import Cell
from gonogo.errors import UsageError
from gonogo.first_week.first_look import look_into
from gonogo.first_week.first_record import first_record
from gonogo.first_week.grid_csv import read_text_grid
from gonogo.first_week.grid_json import read_json_grid
from gonogo.first_week.grid_xlsx import read_sheet_grid
from gonogo.first_week.prose import SHOWN, ascii_words, counted, plain, positions, slug
from gonogo.first_week.row_doubts import key_of, row_doubts
from gonogo.first_week.sample_grid import Grid, GridNote
from gonogo.first_week.sample_rows import odd_rows, row_notes, without
from gonogo.first_week.schedule_tables import schedule_note
from gonogo.first_week.table_columns import Guess, guess_column
from gonogo.first_week.totals import closing_note, footer_of, left_out_too, total_notes
from gonogo.language.expression import ExpressionError, parse_requirement
from gonogo.profiles.profile import plain as as_compared

MAX_BYTES: Final = 256 * 2**20
MAX_COLUMNS: Final = 60
"""Most columns that the table collector reads of one table; the rest is ignored."""
MAX_HEADING: Final = 4000
"""Most characters of a heading that the table collector reads."""
_YAML_WORDS: Final = frozenset({"yes", "no", "on", "off", "true", "false", "null", "none"})
_BLANK: Final = b"\xef\xbb\xbf \t\r\n"
_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class TableMapping:
    """What a table seems to hold.

    Attributes:
        file_name: Base name of the file.
        grid: Its cells.
        table: Name of the table, made of the file's name.
        columns: Columns that are read, by the name that expressions call them.
        ignored: Headings that are not read, in the order of the file.
        key: Name of the column that tells the rows apart; empty for none.
        kinds: What becomes of rows of other kinds, as ``rows:`` says it.
        footer: Cells of the last row, if it is one of totals, as ``control: {footer: …}`` describes it.
        notes: What a person should look at, the table's first, then each column's.
        headless: Whether its headings read like data, so that none of them is shown.
    """

    file_name: str
    grid: Grid
    table: str
    columns: dict[str, Guess]
    ignored: tuple[str, ...] = ()
    key: str = ""
    footer: tuple[str, ...] = ()
    kinds: dict[str, Any] = field(default_factory=dict)
    notes: tuple[GridNote, ...] = field(default=())
    headless: bool = False

    @property
    def read(self) -> dict[str, Guess]:
        """The columns that the settings read: every cell is as expected, and the column is not hidden."""
        return {name: guess for name, guess in self.columns.items() if not guess.left_out}

    @property
    def passed_over(self) -> list[str]:
        """Headings that the settings ignore, in the order of the file."""
        read = {guess.index for guess in self.read.values()}
        return [heading for index, heading in enumerate(self.grid.headings) if index not in read]

    @property
    def several_sheets(self) -> bool:
        """Whether the workbook has other sheets, so that a binding has to name the one that it reads."""
        return self.grid.sheets > 1

    @property
    def stopped(self) -> bool:
        """Whether the table collector refuses the file as it stands, whatever the settings are."""
        return not self.read or any(note.stops for note in self.notes)

    @property
    def people(self) -> list[str]:
        """Why the file is about people: a sentence for each column that is."""
        return [f"column {guess.heading!r}: {guess.people}" for guess in self.columns.values() if guess.people]


def map_file(
    path: Path, *, sheet: str | None = None, header_row: int | None = None, bounds: Sequence[BoundSubjects] = ()
) -> TableMapping:
    """Return a starter mapping of a CSV, XLSX or JSON file.

    Args:
        path: The file.
        sheet: Sheet of a workbook; the largest visible one by default.
        header_row: Row of the headings, from 1, where a person says it; the one that reads most like it by default.
        bounds: What the evidence of the file may be bound to; nothing where no program is known.

    Raises:
        UsageError: There is no such file, it is neither, or it cannot be read at all.
    """
    data = _bytes_of(path)
    if data.startswith(_ZIP):
        grid = read_sheet_grid(look_into(data, path.name), sheet, header_row)
    elif data.startswith(_OLE):
        raise UsageError(f"{path.name} is an old .xls workbook or has a password.", hint="save it as .xlsx without one")
    elif sheet is not None:
        raise UsageError(f"{path.name} is not a workbook, so it has no sheet.", hint="leave out --sheet")
    elif data.lstrip(_BLANK)[:1] in (b"{", b"["):
        grid = read_json_grid(data, path.name)
    elif data.lstrip(_BLANK)[:1] == b"<":
        raise UsageError(f"{path.name} is XML, not a table of rows.", hint="`gonogo map` reads CSV, XLSX and JSON")
    else:
        grid = read_text_grid(data, path.name, header_row)
    return map_grid(grid, path.name, headed=header_row is not None, bounds=bounds)


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            what = "is a folder" if path.is_dir() else "is no file"
            raise UsageError(f"{path} {what}.", hint="give one CSV or XLSX file")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UsageError(
                f"{path.name} has {size:,} bytes; {MAX_BYTES:,} are read here.",
                hint="map a copy that holds its first thousand rows",
            )
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or 'the system refused'}.") from error
    if not data:
        raise UsageError(
            f"{path.name} is empty (0 bytes).", hint="an online-only file is empty until it is opened once"
        )
    if not data.strip(b"\x00"):
        raise UsageError(f"{path.name} holds only zero bytes.", hint="open it once, so that it is downloaded")
    return data


def map_grid(grid: Grid, file_name: str, *, headed: bool = False, bounds: Sequence[BoundSubjects] = ()) -> TableMapping:
    """Return a starter mapping of a table.

    Args:
        grid: Its cells.
        file_name: Base name of its file.
        headed: Whether a person has said which row holds the headings.
        bounds: What its evidence may be bound to.
    """
    by_column: list[Sequence[Cell]] = list(zip(*grid.rows, strict=True)) if grid.rows else [()] * len(grid.headings)
    distinct = [set(cells) for cells in by_column]
    odd = odd_rows(grid, by_column, distinct)
    schedule = schedule_note(grid.headings)
    notes = [*([GridNote("", schedule)] if schedule else []), *grid.notes, *_above(grid), *row_notes(grid, odd)]
    footer = (grid.rows[odd.footer], grid.row_number(odd.footer)) if odd.footer >= 0 else None
    closing = (grid.rows[odd.closing], grid.row_number(odd.closing)) if odd.closing >= 0 else None
    if left := odd.all:
        kept = [index for index in range(len(grid.rows)) if index not in left]
        grid = replace(
            grid, rows=[grid.rows[index] for index in kept], lines=[grid.row_number(index) for index in kept]
        )
        by_column = [without(cells, left) for cells in by_column]
        distinct = [set(cells) for cells in by_column]
        if not kept:
            notes.append(GridNote("", "no row that is an item; an empty table proves nothing", stops=True))
    data = None if headed else first_record(grid, by_column, distinct)
    if data is not None:
        return TableMapping(file_name, grid, _table_name(file_name), {}, notes=(data,), headless=True)
    doubled = {heading for heading in grid.headings if grid.headings.count(heading) > 1}
    columns: dict[str, Guess] = {}
    ignored: list[str] = []
    for index, heading in enumerate(grid.headings):
        if heading in doubled:
            if heading not in ignored:
                ignored.append(heading)
                notes.append(_doubled(grid, heading))
            continue
        if not heading or len(heading) > MAX_HEADING or len(columns) == MAX_COLUMNS:
            ignored.append(heading)
            notes += _unread(grid, index, by_column[index])
            continue
        guess = guess_column(grid, index, by_column[index], unique=len(distinct[index]) == len(by_column[index]))
        columns[_name(heading, columns)] = guess
        notes += [GridNote(f"{note.where} ({heading})", note.sentence) for note in guess.notes]
    if not columns:
        raise UsageError(f"{grid.place} has no column with a heading of its own.", hint="give each column one heading")
    if len(grid.headings) - len(ignored) == MAX_COLUMNS and len(ignored) > len(doubled):
        notes.append(GridNote("", f"more than {MAX_COLUMNS} columns; the rest is ignored"))
    read = {name: guess for name, guess in columns.items() if not guess.left_out}
    described: tuple[str, ...] = ()
    kinds: dict[str, Any] = {"repeated_heading": "left_out"} if odd.headings else {}
    kinds |= {"group_title": "above_headings" if odd.headings and odd.apart else "left_out"} if odd.groups else {}
    if footer is not None:
        described, footer_notes = footer_of(*footer, read, by_column)
        notes.append(footer_notes)
        if not described and not footer_notes.stops:
            kinds["total"] = "left_out"
            notes += left_out_too(grid)
    if closing is not None:
        total, note = closing_note(grid, *closing, columns)
        kinds |= total
        notes.append(note)
    if not read:
        notes.append(GridNote("", "no column in which every cell is as expected", stops=True))
    notes += _beside(grid, read)
    key = key_of(read, by_column, grid.headings, distinct)
    notes += total_notes(grid, read, by_column, key)
    hidden = [guess.index for guess in columns.values() if guess.hidden]
    notes += row_doubts(grid, by_column, distinct, read, hidden, key, bounds)
    return TableMapping(
        file_name, grid, _table_name(file_name), columns, tuple(ignored), key, described, kinds, tuple(notes)
    )


def _beside(grid: Grid, read: Mapping[str, Guess]) -> Iterator[GridNote]:
    """Yield each other sheet that has the headings too, and items that nobody would count."""
    wanted = {as_compared(guess.heading) for guess in read.values()}
    for each in grid.beside:
        if wanted <= each.headings:
            rows = counted(each.items, "row")
            what = f"has the same headings and {rows}, which would count nowhere; put all rows on one sheet, or say"
            yield GridNote(f"sheet {plain(each.name)}", f"{what} other_sheets: {{NAME: reason}}", stops=True)


def _table_name(file_name: str) -> str:
    """Return the words of a file's name without its numbers and dates."""
    words = [word for word in ascii_words(Path(file_name).stem) if not word.isdigit()]
    name = slug("_".join(words), joint="_", otherwise="table")
    return name if _is_name(name) else f"table_{name}"[:60]


def _name(heading: str, taken: dict[str, Guess]) -> str:
    name = slug(heading, joint="_", otherwise="column")
    if not _is_name(name):
        name = f"column_{name}"
    made, number = name, 2
    while made in taken:
        made = f"{name}_{number}"
        number += 1
    return made


def _is_name(word: str) -> bool:
    """Whether expressions, SQL and YAML all take a word for a name: ``no`` and ``and`` are none."""
    if word in NOT_NAMES or word in _YAML_WORDS:
        return False
    try:
        parse_requirement(f"{word} == 1")
    except ExpressionError:
        return False
    return True


def _doubled(grid: Grid, heading: str) -> GridNote:
    columns = [index + 1 for index, other in enumerate(grid.headings) if other == heading]
    what = f"the heading {heading!r} appears {len(columns)} times; to read one of them, give it a heading of its own"
    if not heading:
        what = "have no heading; to read one of them, give it one"
    return GridNote("columns " + positions([str(number) for number in columns], len(columns)), what)


def _unread(grid: Grid, index: int, cells: Sequence[Cell]) -> list[GridNote]:
    if grid.headings[index]:
        return []
    filled = [n for n, cell in enumerate(cells) if cell != ""]
    if not filled:
        return []
    where = grid.cells(filled[:SHOWN], index, len(filled))
    return [GridNote(where, "cells under no heading; give the column one, or delete it")]


def _above(grid: Grid) -> list[GridNote]:
    header = grid.settings.get("header_row", 1)
    if header == 1:
        return []
    where = "row 1" if header == 2 else f"rows 1 to {header - 1}"
    return [
        GridNote(where, f"above the header in row {header}; not read. If another row is the header, correct header_row")
    ]
