"""Delimited text as a grid, with everything told that the table collector would refuse."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Final

from gonogo.errors import UsageError
from gonogo.intake.delimited import NotText, Text, decoded, header_index, shape_of_text
from gonogo.intake.grid import Grid, Note
from gonogo.intake.words import SHOWN, counted, positions

_HEAD: Final = 1 << 17


def read_text_grid(data: bytes, file_name: str) -> Grid:
    """Return the table that a delimited text holds.

    Raises:
        UsageError: It is no text, or holds no header.
    """
    try:
        text = decoded(data)
    except NotText as error:
        raise UsageError(f"{file_name} cannot be read as CSV: {error}.", hint="export it again as CSV UTF-8") from error
    notes = _text_notes(text)
    shape = shape_of_text(text.text[:_HEAD])
    delimiter = shape.delimiter if shape else ","
    records, lines, broken = _records(text.text, delimiter)
    if broken:
        notes.append(Note(f"line {broken}", "quotes that are opened and never closed, or text after a closing quote"))
    header = header_index(records)
    if not records or not any(records[header]):
        raise UsageError(f"{file_name} has no header row.")
    headings = tuple(records[header])
    width = len(headings)
    several = any(b > a + 1 for a, b in pairwise(lines)) or lines[-1] < text.text.rstrip("\r\n").count("\n") + 1
    settings = _settings(text, delimiter, lines[header], line_breaks=several and not broken)
    rows, kept = _even(records[header + 1 :], lines[header + 1 :], width, notes)
    return Grid(
        place=file_name,
        headings=headings,
        rows=rows,
        first_row=lines[header] + 1,
        settings=settings,
        notes=tuple(notes),
        lines=kept if several or len(kept) < len(records) - header - 1 else (),
    )


def _text_notes(text: Text) -> list[Note]:
    notes = []
    if text.foreign_line:
        sentence = "not UTF-8; read as Windows-1252. Check names with accents, or export it again as CSV UTF-8"
        notes.append(Note(f"line {text.foreign_line}", sentence))
    pairs, feeds, returns = text.text.count("\r\n"), text.text.count("\n"), text.text.count("\r")
    if returns != pairs:
        notes.append(Note("", "a carriage return that ends no line; save the file with one kind of line end"))
    elif pairs and feeds != pairs:
        notes.append(Note("", "some lines end in CR LF and some in LF; save the file with one kind of line end"))
    if text.text and not text.text.endswith(("\n", "\r")):
        number = text.text.count("\n") + 1
        sentence = "the last line does not end, as in a file that was cut off; final_line_break: false allows it"
        notes.append(Note(f"line {number}", sentence))
    return notes


def _records(text: str, delimiter: str) -> tuple[list[list[str]], list[int], int]:
    """Return the records, the line on which each begins, and the line at which strict reading fails; 0 for none."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
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


def _settings(text: Text, delimiter: str, header_row: int, *, line_breaks: bool) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    if delimiter != ",":
        settings["delimiter"] = delimiter
    if text.encoding != "utf-8":
        settings["encoding"] = text.encoding
    if header_row != 1:
        settings["header_row"] = header_row
    if line_breaks:
        settings["line_breaks"] = True
    if not text.text.endswith("\n"):
        settings["final_line_break"] = False
    return settings


def _even(
    records: Sequence[list[str]], lines: Sequence[int], width: int, notes: list[Note]
) -> tuple[list[list[str]], list[int]]:
    """Return the rows that are as wide as the header; every other one is told and left out of what is counted."""
    widths = Counter(map(len, records))
    if set(widths) <= {width}:
        return list(records), list(lines)
    blank = [line for record, line in zip(records, lines, strict=True) if not record]
    if blank:
        notes.append(Note(_lines(blank), "a blank line; delete it"))
    uneven = [line for record, line in zip(records, lines, strict=True) if record and len(record) != width]
    if uneven:
        notes.append(
            Note(
                _lines(uneven),
                f"{counted(len(uneven), 'row')} without {width} cells, as the header has; not counted below",
            )
        )
    kept = [(record, line) for record, line in zip(records, lines, strict=True) if len(record) == width]
    return [record for record, _ in kept], [line for _, line in kept]


def _lines(numbers: Sequence[int]) -> str:
    return "line " + positions([str(number) for number in numbers[:SHOWN]], len(numbers))
