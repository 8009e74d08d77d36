"""Rows that the settings keep out of the data, as a footer, above the headings or as totals, and that are items.

A last row that is named cell by cell as the footer is not counted; so a failed item could be taken out of the count
with nobody told. What proves a footer is a word such as Total, the number of rows, or the total of a column.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named, quoted, shape_of
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.rows.no_item import NoItem
from gonogo.collectors.rows.outline import adds_up
from gonogo.collectors.table.database import row_of
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault

if TYPE_CHECKING:
    import duckdb

FOOTER: Final = "footer"
ABOVE: Final = "above"
WATCHED: Final = (NoItem.TOTAL, NoItem.GROUP_TITLE, NoItem.REPEATED_HEADING)
"""Kinds that no item is, whichever column tells them; a parent or a struck row is an item that is set aside."""
MOST: Final = 1000
"""So many rows of a table are looked at."""
_SUMS: Final = re.compile(r"(?i)total|totaux|totaal|gesamt|summ|som(?:m[ea]|a)\b|suma?\b|anzahl|average|count\b")


@dataclass(frozen=True, slots=True)
class Outside:
    """One row that is not counted.

    Attributes:
        number: In the source; 0 for the last row.
        kind: ``footer``, ``above``, or the kind of rows that are no items.
        cells: Column that is read to the text of its cell.
    """

    number: int
    kind: str
    cells: Mapping[str, str]


def cells_of(row: Sequence[str], positions: Mapping[str, int]) -> dict[str, str]:
    """Return the cells of a row by column; blank where the row is shorter."""
    return {name: row[at].strip() if at < len(row) else "" for name, at in positions.items()}


def refuse_items(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    table: Table,
    outside: Sequence[Outside],
    place: str,
    row_word: str,
    *,
    proved: bool,
) -> None:
    """Refuse a table with an item among the rows that are not counted.

    Args:
        connection: The database.
        name: Of the table there.
        table: Its settings.
        outside: The rows.
        place: Where the table is, for messages.
        row_word: What a row is called there.
        proved: Whether the footer states the number of rows, or a total that is not 0.

    Raises:
        StructuralFault: There is one; its place is reported, its content is not.
    """
    keys = _key(table)
    for row in outside:
        if row.kind == ABOVE and _is_heading(row, table):
            raise StructuralFault(
                f"{place}: the headings are already in {row_word} {row.number}, and what is below them would not be "
                f"counted with header_row: {table.header_row}; correct header_row, or split the file",
                GapReason.AMBIGUOUS_ROWS,
            )
        if _explained(row, keys):
            continue
        if (
            row.kind == NoItem.TOTAL
            and not any(row.cells[key] for key in keys)
            and _answers(connection, name, table, row)
        ):
            raise StructuralFault(
                f"{place}: {row_word} {row.number}, which rows: {{{row.kind}: ...}} leaves out, has no key and answers "
                "as the items do, so it may be an item without one; give it its key, or correct rows: in gonogo.yaml",
                GapReason.AMBIGUOUS_ROWS,
            )
        alike, lettered = _as_below(connection, name, [(key, row.cells[key]) for key in keys])
        whole = _fits(connection, table, row.cells)
        if row.kind == FOOTER and ((alike and lettered) or (whole and not proved)):
            raise StructuralFault(
                f"{place}: the last row, which control: {{footer: ...}} takes out of the count, looks like an item, "
                "and nothing in it says that it sums up or closes the table (a word such as Total, {rows} or "
                "{column}); take the footer out of gonogo.yaml if the row is an item",
                GapReason.AMBIGUOUS_ROWS,
            )
        if row.kind == ABOVE and alike and whole:
            raise StructuralFault(
                f"{place}: {row_word} {row.number} is above the headings and looks like an item, and it would not be "
                f"counted with header_row: {table.header_row}; correct header_row",
                GapReason.AMBIGUOUS_ROWS,
            )
        if row.kind not in (FOOTER, ABOVE) and alike and (lettered or whole):
            raise StructuralFault(
                f"{place}: {row_word} {row.number}, which rows: {{{row.kind}: ...}} leaves out, has a key as the items "
                "have, and nothing in it says that it is not one; correct rows: in gonogo.yaml",
                GapReason.AMBIGUOUS_ROWS,
            )


def _key(table: Table) -> tuple[str, ...]:
    if table.unique:
        return table.unique
    texts = [name for name, column in table.columns.items() if column.type in (ColumnType.TEXT, ColumnType.ID)]
    return tuple(texts[:1] or list(table.columns)[:1])


def _is_heading(row: Outside, table: Table) -> bool:
    return len(table.columns) > 1 and all(
        row.cells[name] == (column.header or name).strip() for name, column in table.columns.items()
    )


def _explained(row: Outside, keys: Sequence[str]) -> bool:
    """Return whether a word says that the row is no item: in the key, or where that is blank in the first cell."""
    shown = [row.cells[key] for key in keys if row.cells[key]] or [cell for cell in row.cells.values() if cell][:1]
    return not shown or any(adds_up(text, last=True) or _SUMS.search(text) or _is_mark(text) for text in shown)


def _answers(connection: duckdb.DuckDBPyConnection, name: str, table: Table, row: Outside) -> bool:
    """Return whether a word of the row stands in the same column of an item: a total has figures there, or nothing."""
    for heading, cell in row.cells.items():
        column = table.columns[heading]
        if not re.search(r"[^\W\d_]", cell):
            continue
        if column.type is ColumnType.BOOLEAN:
            return True
        if column.type in (ColumnType.TEXT, ColumnType.ID):
            same = f"CAST({named(heading)} AS VARCHAR) = {quoted(cell)}"
            (some,) = row_of(connection, f"SELECT coalesce(bool_or({same}), FALSE) FROM {named(name)}")
            if some:
                return True
    return False


def _is_mark(text: str) -> bool:
    return text.startswith("{") and text.endswith("}")


def _as_below(connection: duckdb.DuckDBPyConnection, name: str, cells: Sequence[tuple[str, str]]) -> tuple[bool, bool]:
    """Return whether the key has digits and is written as a key of the table is, and whether it has letters too."""
    text = " ".join(cell for _, cell in cells)
    if not re.search(r"[0-9]", text):
        return False, False
    same = " AND ".join(f"{_form(f'CAST({named(key)} AS VARCHAR)')} = {_form(quoted(cell))}" for key, cell in cells)
    (some,) = row_of(connection, f"SELECT coalesce(bool_or({same}), FALSE) FROM {named(name)}")
    return bool(some), re.search(r"[^\W\d_]", text) is not None


def _form(sql: str) -> str:
    return rf"regexp_replace({sql}, '[0-9]+', '9', 'g')"


def _fits(connection: duckdb.DuckDBPyConnection, table: Table, cells: Mapping[str, str]) -> bool:
    """Return whether every cell is as its column expects."""
    return all(_cell_fits(connection, table, name, cell) for name, cell in cells.items())


def _cell_fits(connection: duckdb.DuckDBPyConnection, table: Table, name: str, cell: str) -> bool:
    column = table.columns[name]
    if not cell:
        return column.may_be_blank
    text = f"CAST({quoted(cell)} AS VARCHAR)"
    (fits,) = row_of(connection, f"SELECT {shape_of(column).matches.replace('{v}', text)}")
    return bool(fits)


def proofs(footer: Sequence[str] | None, totals: Mapping[str, bool]) -> Iterator[bool]:
    """Yield whether each mark of a footer proves it: a number of rows does, and a total that is not 0."""
    for cell in footer or ():
        if _is_mark(cell):
            yield cell == "{rows}" or totals.get(cell[1:-1], False)
