"""Delimited text as a grid, with everything told that the table collector would refuse."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.first_week.csv_dialect import DecodedText, NotText, decoded, header_index, shape_of_text
from gonogo.first_week.prose import SHOWN, counted, positions
from gonogo.first_week.sample_grid import BLANK_ROW, Grid, GridNote

_HEAD: Final = 1 << 17
_SPACED: Final = re.compile(r"\S {2,}\S.* {2,}\S")
_QUOTED: Final = re.compile(r'"[^"]*"')


def read_text_grid(data: bytes, file_name: str, header_row: int | None = None) -> Grid:
    """Return the table that a delimited text holds.

    Args:
        data: Its bytes.
        file_name: Its base name.
        header_row: Line of the headings, from 1; by default the one that reads most like it.

    Raises:
        UsageError: It is no text, or holds no header.
    """
    try:
        text = decoded(data)
    except NotText as error:
        raise UsageError(f"{file_name} cannot be read as CSV: {error}.", hint="export it again as CSV UTF-8") from error
    ends = _line_ends(text.text)
    if ends.returns and not (ends.pairs or ends.feeds):
        raise UsageError(
            f"{file_name}: its lines end in carriage returns alone, as old Macs wrote them, so it is one line here.",
            hint="open it and save it again as CSV UTF-8",
        )
    body = text.text.replace("\r\n", "\n")
    shape = shape_of_text(body[:_HEAD])
    delimiter = shape.delimiter if shape else ","
    records, lines, broken = _records(body, delimiter)
    if header_row is not None and header_row not in lines:
        raise UsageError(f"{file_name} has no row that begins in line {header_row}.", hint="give the headings' line")
    header = header_index(records) if header_row is None else lines.index(header_row)
    if not records or not any(records[header]):
        raise UsageError(f"{file_name} has no header row.")
    headings = tuple(records[header])
    apart = not isinstance(lines, range) and any(b > a + 1 for a, b in pairwise(lines))
    several = apart or lines[-1] < body.rstrip("\n").count("\n") + 1
    notes = [
        *_text_notes(text, body),
        *_end_notes(ends, several=several),
        *_quote_notes(body, delimiter, several, broken),
    ]
    if any("\n" in heading for heading in headings):
        notes.append(
            GridNote(f"line {lines[header]}", "a heading with a line break inside; write it on one line", stops=True)
        )
    if len(headings) == 1 and _SPACED.search(headings[0]):
        sentence = (
            "one column, in which blanks seem to set columns apart; export it as CSV, with a comma between its cells"
        )
        notes.append(GridNote(f"line {lines[header]}", sentence, stops=True))
    several = several or ends.quoted_return
    settings = _settings(body, text.encoding, delimiter, lines[header], line_breaks=several and not broken)
    if not file_name.lower().endswith(".csv"):
        settings = {"format": "csv"} | settings
    below = len(notes)
    rows, kept = _even(records[header + 1 :], lines[header + 1 :], len(headings), notes)
    if any(BLANK_ROW in note.sentence for note in notes[below:]):
        settings["blank_rows"] = "allowed"
    return Grid(
        place=file_name,
        headings=headings,
        rows=rows,
        first_row=lines[header] + 1,
        settings=settings,
        notes=tuple(notes),
        lines=kept if several or len(kept) < len(records) - header - 1 else (),
        above=tuple((line, tuple(cells)) for line, cells in zip(lines[:header], records[:header], strict=True)),
    )


def _text_notes(text: DecodedText, body: str) -> list[GridNote]:
    notes = []
    if text.foreign_line:
        sentence = "not UTF-8; read as Windows-1252. Check names with accents, or export it again as CSV UTF-8"
        notes.append(GridNote(f"line {text.foreign_line}", sentence))
    if body and not body.endswith("\n"):
        number = body.count("\n") + 1
        sentence = "the last line does not end, as in a file that was cut off; final_line_break: false allows it"
        notes.append(GridNote(f"line {number}", sentence))
    return notes


@dataclass(frozen=True, slots=True)
class _Ends:
    """Which line ends there are outside of quotes, and whether a lone carriage return stands inside them."""

    pairs: bool
    feeds: bool
    returns: bool
    quoted_return: bool


def _line_ends(text: str) -> _Ends:
    pairs, feeds, returns = text.count("\r\n"), text.count("\n"), text.count("\r")
    if (not returns or pairs == returns == feeds) or '"' not in text:
        return _Ends(pairs > 0, feeds > pairs, returns > pairs, quoted_return=False)
    outside = _QUOTED.sub("", text)  # a line break inside quotes is text, whatever it is made of
    within = returns - pairs
    pairs, feeds, returns = outside.count("\r\n"), outside.count("\n"), outside.count("\r")
    return _Ends(pairs > 0, feeds > pairs, returns > pairs, quoted_return=within > returns - pairs)


def _end_notes(ends: _Ends, *, several: bool) -> list[GridNote]:
    if ends.returns:
        what = "a carriage return that ends no line; save the file with one kind of line end"
        return [GridNote("", what, stops=True)]
    if ends.pairs and ends.feeds:
        what = "some lines end in CR LF and some in LF; save the file with one kind of line end"
        return [GridNote("", what, stops=not several)]
    return []


def _quote_notes(body: str, delimiter: str, several: bool, broken: int) -> list[GridNote]:
    if broken:
        what = "quotes that are opened and never closed, or text after a closing quote"
        return [GridNote(f"line {broken}", what, stops=True)]
    if several or '"' not in body:
        return []
    cell = rf'(?:"(?:[^"]++|"")*+"|[^"{re.escape(delimiter)}]*+)'
    sound = re.compile(rf"{cell}(?:{re.escape(delimiter)}{cell})*+").fullmatch
    odd = [n for n, line in enumerate(body.split("\n"), 1) if '"' in line and not sound(line)]
    if not odd:
        return []
    return [GridNote(_lines(odd), "a quote inside a cell that has none around it; export it again", stops=True)]


def _records(text: str, delimiter: str) -> tuple[list[list[str]], Sequence[int], int]:
    """Return the records, the line on which each begins, and the line at which strict reading fails; 0 for none."""
    if '"' not in text and "\r" not in text:  # then each line is a record
        try:
            plain = list(csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True))
        except csv.Error:
            return _records_one_by_one(text, delimiter)
        return plain, range(1, len(plain) + 1), 0
    return _records_one_by_one(text, delimiter)


def _records_one_by_one(text: str, delimiter: str) -> tuple[list[list[str]], list[int], int]:
    reader = csv.reader(io.StringIO(text, newline="\n"), delimiter=delimiter, strict=True)
    records: list[list[str]] = []
    lines: list[int] = []
    before = 0
    try:
        for record in reader:
            records.append(record)
            lines.append(before + 1)
            before = reader.line_num
    except csv.Error:
        return records, lines, before + 1
    return records, lines, 0


def _settings(body: str, encoding: str, delimiter: str, header_row: int, *, line_breaks: bool) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if delimiter != ",":
        settings["delimiter"] = delimiter
    if encoding != "utf-8":
        settings["encoding"] = encoding
    if header_row != 1:
        settings["header_row"] = header_row
    if line_breaks:
        settings["line_breaks"] = True
    if not body.endswith("\n"):
        settings["final_line_break"] = False
    return settings


def _even(
    records: Sequence[list[str]], lines: Sequence[int], width: int, notes: list[GridNote]
) -> tuple[list[list[str]], list[int]]:
    """Return the rows that are as wide as the header; every other one is reported and left out of what is counted."""
    blank = {
        line
        for record, line in zip(records, lines, strict=True)
        if not (record and record[0].strip()) and _is_blank(record)
    }
    widths = Counter(map(len, records))
    if set(widths) <= {width} and not blank:
        return list(records), list(lines)
    if blank:
        notes.append(GridNote(_lines(sorted(blank)), BLANK_ROW, stops=True))
    uneven = [line for record, line in zip(records, lines, strict=True) if line not in blank and len(record) != width]
    if uneven:
        notes.append(
            GridNote(
                _lines(uneven),
                f"{counted(len(uneven), 'row')} without {width} cells, as the header has; not counted below",
                stops=True,
            )
        )
    both = zip(records, lines, strict=True)
    kept = [(record, line) for record, line in both if len(record) == width and line not in blank]
    return [record for record, _ in kept], [line for _, line in kept]


def _is_blank(record: Sequence[str]) -> bool:
    """Whether a record holds nothing, in however many cells."""
    return not record or (not record[0].strip() and not any(map(str.strip, record)))


def _lines(numbers: Sequence[int]) -> str:
    return "line " + positions([str(number) for number in numbers[:SHOWN]], len(numbers))
