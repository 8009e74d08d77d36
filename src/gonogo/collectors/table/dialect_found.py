"""How one CSV file is written, where the settings leave room: its encoding, its delimiter, the row of its headings."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator

from gonogo.collectors.table.headings_found import BELOW, as_named_now, header_row_of, names_of, plain_heading
from gonogo.collectors.table.settings import Encoding, Table
from gonogo.plugin.spec import Input

_CHUNK = 1 << 20
_TOP = 1 << 18
_SAYS = 32
_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?,*;*[ \t]*\r?\n', re.IGNORECASE)


def with_dialect(table: Table, source: Input) -> Table:
    """Return the settings with the encoding, delimiter and header row of a file; unchanged where they leave no room."""
    if table.also_encodings:
        table = table.model_copy(update={"encoding": _encoding(table, source), "also_encodings": ()})
    if table.others == "ignored" and (said := _said(source, table.encoding)):
        table = table.model_copy(update={"delimiter": said, "also_delimiters": ()})
        if table.header_row == 1 and table.header_within is None:
            table = table.model_copy(update={"header_row": 2})
    if not table.also_delimiters and table.header_within is None:
        return table
    with source.open() as stream:
        top = stream.read(_TOP)
    text = codecs.getincrementaldecoder(table.encoding.value)("replace").decode(top).removeprefix("\ufeff")
    top_rows = table.header_within or table.header_row
    lines = text.splitlines()[: top_rows + BELOW]
    ways = []
    for delimiter in (table.delimiter, *table.also_delimiters):
        rows = list(_rows(lines, delimiter))
        way = table.model_copy(update={"delimiter": delimiter, "also_delimiters": ()})
        way = way if way.header_within is None else header_row_of(way, rows[:top_rows])
        found = _headings_in(way, rows[way.header_row - 1 : way.header_row])
        lower = 0 if found else _headings_in(way, rows)
        ways.append((found, lower, 0 if found or lower else max(map(len, rows[:top_rows]), default=0), way))
    return max(ways, key=lambda each: each[:3])[3]  # the first of those that show as many; of none, the most cells


def _said(source: Input, encoding: Encoding) -> str:
    """Return the delimiter that a first line such as ``sep=;`` names, as for Excel; empty where there is none."""
    with source.open() as stream:
        top = stream.read(_SAYS)
    text = codecs.getincrementaldecoder(encoding.value)("replace").decode(top).removeprefix("\ufeff")
    found = _SEPARATOR.match(text)
    return found[1] if found else ""


def _encoding(table: Table, source: Input) -> Encoding:
    """Return the first encoding in which every byte of the file can be read; the first one where none can."""
    ways = list(dict.fromkeys((table.encoding, *table.also_encodings)))
    with source.open() as stream:
        mark = stream.read(3)
    if mark.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding.UTF_16 if Encoding.UTF_16 in ways else ways[0]
    for way in ways:
        if way is not Encoding.UTF_16 and _reads(way, source):
            return way
    return ways[0]


def _reads(encoding: Encoding, source: Input) -> bool:
    decoder = codecs.getincrementaldecoder(encoding.value)("strict")
    with source.open() as stream:
        try:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    for line in lines:
        try:
            yield next(csv.reader([line], delimiter=delimiter), [])
        except csv.Error:
            yield []


def _headings_in(table: Table, rows: list[list[str]]) -> int:
    """Return how many of the headings that must be there are in the row that has most of them."""
    most = 0
    for cells in rows:
        columns = as_named_now(table, cells).columns
        needed = [names_of(name, column) for name, column in columns.items() if not column.may_be_absent]
        found = {plain_heading(cell) for cell in cells}
        most = max(most, sum(any(plain_heading(each) in found for each in names) for names in needed))
    return most
