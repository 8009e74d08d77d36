"""CSV: bytes to a scratch file that holds data lines only, with everything refused that two readers could read apart.

Measured: the database's own reader folds rows into a cell, drops blank lines, and returns nothing, without an error,
for a file with an unclosed quote. So the lines are counted here, and must come out as so many rows.
"""

from __future__ import annotations

import codecs
import csv
import itertools
import os
from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Final

from gonogo.collectors.rows.row_subject import NOTHING, BoundSubjects
from gonogo.collectors.table.above_headings import loosely, moment_above
from gonogo.collectors.table.blank_words import has_blank_words
from gonogo.collectors.table.dialect_found import with_dialect
from gonogo.collectors.table.each_record import first_records, rewritten
from gonogo.collectors.table.filter_note import refuse_filter
from gonogo.collectors.table.headings_found import BELOW, settle
from gonogo.collectors.table.outside import ABOVE, FOOTER, Outside, cells_of
from gonogo.collectors.table.prepared import (
    MAX_COLUMNS,
    Prepared,
    check_control,
    match_headings,
    scratch_file,
)
from gonogo.collectors.table.settings import Encoding, Table
from gonogo.collectors.table.sieve import BLANK_ROWS, allows_blank_rows, sifts
from gonogo.collectors.table.twin_columns import beside
from gonogo.collectors.table.watch import watched_columns
from gonogo.collectors.worksheet import column_letters
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input

CHUNK: Final = 1 << 20
MAX_LINE: Final = 1 << 20
_MARKS: Final = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def prepare_csv(
    name: str, table: Table, source: Input, scratch: str, time_zone: str, bound: BoundSubjects = NOTHING
) -> Prepared:
    """Copy the lines of data into a scratch file.

    Raises:
        CollectorRefusal: Another encoding than declared, a control character, mixed or missing line ends, a header
            that differs, rows of another length, an unclosed quote, or a footer that is not there.
    """
    place = source.file_name
    table = with_dialect(table, source)
    path = scratch_file(scratch, name)
    with source.open() as stream, open(path, "w+b") as target:
        lines = _Lines(table, place)
        lines.copy(stream, target)
        if not lines.started:
            raise StructuralFault(f"{place} has no header row {table.header_row}")
        if table.final_line_break and not lines.ended:
            raise StructuralFault(
                f"{place} ends in the middle of a line, as a file that was cut off does; if its source always leaves "
                "out the last line end, say final_line_break: false"
            )
        if not lines.ended:
            target.write(b"\n")
            lines.rows += 1
        headings = _record(lines.header, table, place, "the header")
        if len(headings) > MAX_COLUMNS:
            raise StructuralFault(f"{place} has more than {MAX_COLUMNS} columns")
        footer = None
        if table.control.footer is not None:
            footer, cut = _take_footer(target, table, place)
            lines.rows -= 1
            lines.delimiters -= cut
        spanning = (
            table.line_breaks and lines.quotes
        )  # then a blank line may stand inside a cell; records are looked at
        if lines.blank and not spanning and not allows_blank_rows(table):
            raise StructuralFault(f"{place}: {_first_blank(target, table)}{BLANK_ROWS}")
        settled = settle(table, headings, place, _first_rows(target, table))
        table, written = settled.table, len(headings)
        headings = settled.headings
        each = sifts(table) or has_blank_words(table.columns) or lines.blank or spanning or settled.fold is not None
        # The database passes over a blank cell too many; where no quotes are used, delimiters can simply be counted.
        if not each and not lines.quotes and lines.delimiters != lines.rows * (written - 1):
            raise StructuralFault(f"{place}: not every line has {written} cells{_first_odd(target, table, headings)}")
    positions = match_headings(table, headings, place)
    if settled.fold is not None and footer is not None:
        footer = settled.fold.row(footer)
    outside = [Outside(0, FOOTER, cells_of(footer, positions))] if footer is not None else []
    for number, line in enumerate(lines.above, 1):
        for cells in loosely(line, table):
            refuse_filter(table, place, f"line {number}", cells)
            outside.append(Outside(number, ABOVE, cells_of(cells, positions)))
    prepared = Prepared(
        path=path,
        delimiter=table.delimiter,
        width=len(headings),
        positions=positions,
        rows=lines.rows,
        first_row=table.header_row + 1,
        row_word="line",
        place=place,
        suspicious=lines.quotes,
        footer=footer,
        outside=outside,
        settled=table,
        as_of=moment_above(lines.above, table, source, time_zone),
        absent=settled.absent,
        fold=settled.fold,
        letters={} if settled.fold else {name: column_letters(index + 1) for name, index in positions.items()},
    )
    watched = watched_columns(table, headings, first_records(prepared), bound)
    prepared = replace(prepared, watched=watched, beside=beside(settled.twins, headings, len(watched)))
    return rewritten(prepared, table, headings, scratch, name) if each else prepared


class _Lines:
    """One pass over the bytes: decodes, checks, drops what stands above the data, counts lines."""

    def __init__(self, table: Table, place: str) -> None:
        self.table = table
        self.place = place
        self._delimiter = table.delimiter.encode("ascii")
        self.header = ""
        self.above: list[str] = []
        self.started = False
        self.rows = 0
        self.ended = True
        self.quotes = False
        self.delimiters = 0
        self.blank = False
        self._looking = allows_blank_rows(table) or not table.unique  # a key is never blank, so its check finds them
        self._blank_line = b""
        self._tail = b"\n"
        self._returns = 0
        self._feeds = 0
        self._pairs = 0

    def copy(self, stream: IO[bytes], target: IO[bytes]) -> None:
        """Read everything and write the lines below the header."""
        head = b""
        for chunk in self._decoded(stream):
            check_control(chunk, self.place)
            plain = self._line_ends(chunk)
            if self.started:
                self._data(plain, target)
                continue
            head += plain
            lines = head.split(b"\n", self.table.header_row)
            if len(lines) > self.table.header_row:
                self.header = lines[-2].decode("utf-8")
                self.above = [line.decode("utf-8") for line in lines[:-2]]
                first_line = lines[0].strip().strip(b'"').lower()
                if self.table.header_row > 1 and first_line.startswith(b"sep=") and first_line[4:5] != self._delimiter:
                    raise StructuralFault(
                        f"{self.place} says {first_line[:5].decode(errors='replace')} in its first line, and the "
                        f"settings delimiter: {self.table.delimiter!r}; correct one of them"
                    )
                self.started = True
                self._blank_line = b"\n" + self._delimiter * lines[-2].count(self._delimiter) + b"\n"
                self._data(lines[-1], target)
            elif len(head) > MAX_LINE * 4:
                raise StructuralFault(f"{self.place} has no line end where the header should be")
        if self._pairs and self._feeds != self._pairs and not self.table.line_breaks:
            raise StructuralFault(f"{self.place} ends some lines with CR LF and some with LF only")

    def _data(self, chunk: bytes, target: IO[bytes]) -> None:
        if chunk:
            target.write(chunk)
            self.rows += chunk.count(b"\n")
            self.delimiters += chunk.count(self._delimiter)
            self.quotes = self.quotes or b'"' in chunk
            self._look_for_blanks(chunk)
            self.ended = chunk.endswith(b"\n")

    def _look_for_blanks(self, chunk: bytes) -> None:
        """Remember whether a line is blank, or holds delimiters only."""
        if self.blank or not self._looking:
            return
        joint = self._tail + chunk[: len(self._blank_line)]
        self.blank = any(mark in part for mark in (b"\n\n", self._blank_line) for part in (joint, chunk))
        self._tail = (
            (self._tail + chunk)[-len(self._blank_line) :] if len(chunk) < 4096 else chunk[-len(self._blank_line) :]
        )

    def _line_ends(self, chunk: bytes) -> bytes:
        lines = self._feeds
        self._feeds += chunk.count(b"\n")
        returns = chunk.count(b"\r")
        if not returns:
            return chunk
        self._returns += returns
        self._pairs += chunk.count(b"\r\n")
        plain = chunk.replace(b"\r\n", b"\n")
        if self._pairs != self._returns and not self.table.line_breaks:
            line = lines + plain[: plain.find(b"\r")].count(b"\n") + 1
            raise StructuralFault(
                f"{self.place}: line {line} has a carriage return that does not end it; inside quotes it is text "
                "where the settings say line_breaks: true"
            )
        return plain

    def _decoded(self, stream: IO[bytes]) -> Iterator[bytes]:
        """Yield UTF-8 in chunks that never end between CR and LF, and never inside a character."""
        encoding = self.table.encoding
        first = stream.read(CHUNK)
        marked = next((name for mark, name in _MARKS.items() if first.startswith(mark)), None)
        if (marked or "") != encoding.value and (marked is not None or encoding is Encoding.UTF_16):
            raise StructuralFault(
                f"{self.place} is not {encoding.value}, as the settings say: "
                + (f"it starts with the byte order mark of {marked}" if marked else "it has no byte order mark")
            )
        decoder = codecs.getincrementaldecoder(encoding.value)("strict")
        chunk, held = first.removeprefix(codecs.BOM_UTF8) if encoding is Encoding.UTF_8 else first, b""
        done = 0
        while True:
            try:
                text = decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                raise StructuralFault(f"{self.place} is not {encoding.value} near byte {done + error.start}") from error
            data = held + text.encode("utf-8")
            held = b"\r" if data.endswith(b"\r") and chunk else b""
            if data:
                yield data[: len(data) - len(held)]
            if not chunk:
                return
            done += len(chunk)
            chunk = stream.read(CHUNK)


def _record(line: str, table: Table, place: str, what: str) -> list[str]:
    try:
        records = list(csv.reader([line], delimiter=table.delimiter, strict=True))
    except csv.Error as error:
        raise StructuralFault(f"{place}: {what} cannot be read as CSV: {error}") from error
    return records[0] if records else []


def _take_footer(target: IO[bytes], table: Table, place: str) -> tuple[list[str], int]:
    """Cut the last line off the scratch file; return its cells and how many delimiters it had."""
    size = target.seek(0, os.SEEK_END)
    start = max(0, size - MAX_LINE)
    target.seek(start)
    tail = target.read()
    if not tail:
        raise StructuralFault(f"{place} has no footer row below the header")
    last = tail[:-1].rfind(b"\n") + 1
    if start and not last:
        raise StructuralFault(f"{place}: the last line is longer than {MAX_LINE} bytes")
    target.truncate(start + last)
    line = tail[last:].decode("utf-8").rstrip("\n")
    return _record(line, table, place, "the footer row"), line.count(table.delimiter)


def _first_rows(target: IO[bytes], table: Table) -> Iterator[list[str]]:
    target.seek(0)
    for line in itertools.islice(target, BELOW):
        try:
            yield next(csv.reader([line.decode("utf-8", "replace")], delimiter=table.delimiter), [])
        except csv.Error:
            yield []


def _first_blank(target: IO[bytes], table: Table) -> str:
    target.seek(0)
    mark = table.delimiter.encode("ascii")
    for number, line in enumerate(target, table.header_row + 1):
        if not line.strip(mark + b"\n"):
            return f"line {number} is blank"
    return "a line is blank"


def _first_odd(target: IO[bytes], table: Table, headings: list[str]) -> str:
    """Return where the first line with another number of cells is, in words."""
    target.seek(0)
    mark = table.delimiter.encode("ascii")
    for number, line in enumerate(target, table.header_row + 1):
        if line.count(mark) != len(headings) - 1:
            return f"; the first that has not is line {number}"
    return ""
