"""Row counts, control totals and footers: what tells a whole file from one that was cut off between two rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named
from gonogo.collectors.table.database import row_of
from gonogo.collectors.table.outside import proofs, refuse_items
from gonogo.collectors.table.prepared import Prepared
from gonogo.collectors.table.quotable import may_quote, shortened
from gonogo.collectors.table.reads import heading_of
from gonogo.collectors.table.settings import Table
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import CollectorRefusal

if TYPE_CHECKING:
    import duckdb

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]*)?")


def check_size(connection: duckdb.DuckDBPyConnection, name: str, table: Table, source: Prepared, rows: int) -> None:
    """Compare the size of a table with everything that is known about it.

    Raises:
        CollectorRefusal: It has another number of rows, too few, or another total.
    """
    control = table.control
    if control.rows is not None and rows != control.rows:
        raise StructuralFault(f"{source.place} has {rows} rows of data, not {control.rows}")
    if rows < control.min_rows:
        raise StructuralFault(f"{source.place} has {rows} rows of data; fewer than {control.min_rows} prove nothing")
    if is_cut_off(table, source):
        raise StructuralFault(
            f"{source.place} has exactly {written(source)} rows, where its tool cuts an export off; export it in parts "
            "or with a higher limit, or say control: {rows: N} where it is whole"
        )
    if source.stated_rows is not None and rows != source.stated_rows:
        raise StructuralFault(f"{source.place} states {source.stated_rows} records and holds {rows}")
    for column, total in control.totals.items():
        _check_total(connection, name, table, column, total, source)
    if source.footer is not None and control.footer is not None:
        _check_footer(connection, name, control.footer, source, rows, table)
    if source.outside:
        totals = {column: _total(connection, name, column) != 0 for column in table.columns if _sums(table, column)}
        proved = any(proofs(control.footer, totals))
        refuse_items(connection, name, table, source.outside, source.place, source.row_word, proved=proved)


def written(source: Prepared) -> int:
    """Return how many rows a file has, those that are left out included."""
    return source.rows + sum(source.left_out.values())


def is_cut_off(table: Table, source: Prepared) -> bool:
    """Return whether a file has as many rows as its tool exports at most, and nobody says that this is all."""
    return table.control.rows is None and source.stated_rows is None and written(source) in table.control.cut_at


def _sums(table: Table, column: str) -> bool:
    return f"{{{column}}}" in (table.control.footer or ())


def _check_footer(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    declared: Sequence[str],
    source: Prepared,
    rows: int,
    table: Table,
) -> None:
    found = list(source.footer or ())
    while len(found) > len(declared) and found[-1] == "":
        found.pop()
    other = f"{source.place}: the last row is not the footer that the settings describe"
    if len(found) != len(declared):
        raise StructuralFault(f"{other}: it has {len(found)} cells, not {len(declared)}")
    for number, (wanted, cell) in enumerate(zip(declared, found, strict=True), 1):
        mark = wanted.removeprefix("{").removesuffix("}") if wanted.startswith("{") and wanted.endswith("}") else None
        if mark is None:
            if cell != wanted:
                hint = "if it is right, correct `control: {footer: ...}` in gonogo.yaml, or say rows: {total: left_out}"
                start, end = f"{other}: its cell {number} is", f"not {wanted!r}; {hint}"
                shown = f"{start} {shortened(cell)}, {end}" if may_quote(cell, table) else f"{start} {end}"
                raise CollectorRefusal(shown, told=f"{start} {end}")
        elif mark == "rows":
            if cell != str(rows):
                raise StructuralFault(f"{source.place}: the footer states a number of rows other than the {rows} above")
        else:
            settings = table.columns[mark]
            plain = cell.replace(settings.thousands, "") if settings.thousands else cell
            plain = plain.replace(",", ".") if settings.decimal else plain
            plain = plain.replace(settings.symbol, "", 1) if settings.symbol else plain
            _check_total(connection, name, table, mark, _number(plain, source), source)


def _number(text: str, source: Prepared) -> Decimal:
    if not _NUMBER.fullmatch(text):
        raise StructuralFault(f"{source.place}: the footer holds something that is not a number where a total belongs")
    return Decimal(text)


def _check_total(
    connection: duckdb.DuckDBPyConnection, name: str, table: Table, column: str, total: Decimal, source: Prepared
) -> None:
    found = _total(connection, name, column)
    if found != total:
        sentence = (
            f"{source.place}: the cells of column {heading_of(table, column)!r} do not add up to the control total"
        )
        raise CollectorRefusal(f"{sentence}: they come to {found}, not {total}", told=sentence)


def _total(connection: duckdb.DuckDBPyConnection, name: str, column: str) -> Decimal:
    (found,) = row_of(connection, f"SELECT sum({named(column)}) FROM {named(name)}")
    return Decimal(found or 0)
