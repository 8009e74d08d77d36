"""CSV record by record, where one reader has to decide where rows end or which of them are items."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from gonogo.collectors.table.blank_words import blanked, has_blank_words
from gonogo.collectors.table.prepared import Prepared, Writer, scratch_file
from gonogo.collectors.table.settings import Table
from gonogo.collectors.table.sieve import BLANK_ROWS, Row, Sieve
from gonogo.collectors.table.swallowed_rows import has_swallowed
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

SAMPLE: Final = 2000
"""Records from which is judged whether a column that nobody reads is worth a look."""


def first_records(prepared: Prepared) -> list[list[str]]:
    """Return the first records; none from where they cannot be read, which is reported later."""
    with open(prepared.path, encoding="utf-8", newline="\n") as stream:
        try:
            found = list(itertools.islice(csv.reader(stream, delimiter=prepared.delimiter), SAMPLE))
        except csv.Error:
            return []
    fold = prepared.fold
    return found if fold is None else [fold.row(cells) for cells in found if len(cells) == fold.width]


def rewritten(prepared: Prepared, table: Table, headings: Sequence[str], scratch: str, name: str) -> Prepared:
    """Write what the one reader read, without the rows that the settings leave out.

    Raises:
        CollectorRefusal: A record cannot be read, or has another number of cells than the header.
    """
    writer = Writer(scratch_file(scratch, f"{name}-records"))
    sieve = Sieve(table, headings, prepared.positions, place=prepared.place)
    worded = has_blank_words(table.columns)
    for number, cells in sieve.kept(lambda: _folded(prepared)):
        blank = not any(cell.strip() for cell in cells)
        if blank or len(cells) != prepared.width:
            what = f"is blank{BLANK_ROWS}" if blank else f"has {len(cells)} cells, not {prepared.width}"
            raise StructuralFault(f"{prepared.place}: the record that begins in line {number} {what}")
        writer.add(blanked(cells, table.columns, prepared.positions) if worded else cells)
    writer.flush()
    return replace(
        prepared,
        path=writer.path,
        delimiter=",",
        rows=writer.rows,
        suspicious=False,
        numbers=sieve.numbers,
        left_out=dict(sieve.left_out),
        outside=[*prepared.outside, *sieve.outside],
        fold=None,
    )


def _folded(prepared: Prepared) -> Iterator[Row]:
    """Yield the records with repeated columns as one; a record of another length is refused as it was written."""
    fold = prepared.fold
    for number, cells in _records(prepared):
        if fold is None or not any(cell.strip() for cell in cells):
            yield number, cells
        elif len(cells) != fold.width:
            what = f"has {len(cells)} cells, not {fold.width}"
            raise StructuralFault(f"{prepared.place}: the record that begins in line {number} {what}")
        else:
            yield number, fold.row(cells)


def _records(prepared: Prepared) -> Iterator[Row]:
    with open(prepared.path, encoding="utf-8", newline="\n") as stream:
        reader = csv.reader(stream, delimiter=prepared.delimiter, strict=True)
        first = 0
        while True:
            try:
                cells = next(reader, None)
            except csv.Error as error:
                at = prepared.first_row + first
                raise StructuralFault(f"{prepared.place}: the record that begins in line {at}: {error}") from error
            if cells is None:
                return
            if reader.line_num > first + 1 and has_swallowed(cells, prepared.delimiter):
                raise StructuralFault(
                    f"{prepared.place}: the record that begins in line {prepared.first_row + first} has a cell whose "
                    "lines are rows, as where a quote is open by mistake; correct the quotes, or export the file again",
                    GapReason.AMBIGUOUS_ROWS,
                )
            yield prepared.first_row + first, cells
            first = reader.line_num
