"""SQLite: the rows of one table of a database file, as records. Only a table is read: a view would run what it says.

A database in WAL mode may keep its newest rows in a file beside it, which is not there, so it is refused. Nothing in
the file can call anything: its schema is not trusted, and it is opened read-only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from gonogo.collectors.columns.typed import TypedNumber
from gonogo.collectors.table.settings import Table
from gonogo.model.evidence import GapReason
from gonogo.model.refusal import StructuralFault
from gonogo.plugin.spec import Input

if TYPE_CHECKING:
    import sqlite3

_MAGIC: Final = b"SQLite format 3\0"
_WAL_AT: Final = slice(18, 20)
_STEPS: Final = 50_000_000
"""Steps of SQLite's machine after which a file that is made to be slow is given up."""


def read_sqlite(source: Input, table: Table, scratch: str) -> list[dict[str, Any]]:
    """Return the rows of the table that ``sheet`` names, or of the only one.

    Raises:
        StructuralFault: No database, one in WAL mode, damaged, without that table, or with binary cells.
    """
    import sqlite3

    place = source.file_name
    path = os.path.join(scratch, "database.sqlite")
    with source.open() as stream, open(path, "wb") as copy:
        head = stream.read(100)
        if not head.startswith(_MAGIC):
            raise StructuralFault(f"{place} is no SQLite database; one that is encrypted cannot be read")
        if head[_WAL_AT] != b"\1\1":
            raise StructuralFault(
                f"{place} is in WAL mode, so its newest rows may be in another file; close the program that writes it, "
                "and run PRAGMA journal_mode=DELETE"
            )
        page, pages = int.from_bytes(head[16:18]), int.from_bytes(head[28:32])
        if head[24:28] == head[92:96] and pages * (65536 if page == 1 else page) != source.size:
            raise StructuralFault(f"{place} is longer or shorter than its first page says; copy the database again")
        copy.write(head)
        while piece := stream.read(1 << 20):
            copy.write(piece)
    try:
        connection = sqlite3.connect(f"file:{quote(path)}?mode=ro&immutable=1", uri=True, isolation_level=None)
        try:
            return list(_rows(connection, table, place))
        finally:
            connection.close()
    except (sqlite3.Error, OverflowError, UnicodeDecodeError) as error:
        raise StructuralFault(f"{place} cannot be read as a database: it is damaged, or too slow to read") from error
    finally:
        os.remove(path)


def _rows(connection: sqlite3.Connection, table: Table, place: str) -> Iterator[dict[str, Any]]:
    steps = iter(range(_STEPS // 1000))
    connection.set_progress_handler(lambda: next(steps, None) is None, 1000)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise StructuralFault(f"{place} is damaged; copy the database again while nobody writes it")
    name = _table_name(connection, table, place)
    quoted = '"' + name.replace('"', '""') + '"'
    cursor = connection.execute(f"SELECT * FROM {quoted}")
    headings = [column[0] for column in cursor.description]
    if len(set(headings)) < len(headings):
        raise StructuralFault(f"{place}: two columns of {name} have one name")
    for number, values in enumerate(cursor, 1):
        yield {
            heading: _value(value, f"{place}: row {number}") for heading, value in zip(headings, values, strict=True)
        }


def _table_name(connection: sqlite3.Connection, table: Table, place: str) -> str:
    """Return the name of the table that is read."""
    found = connection.execute("SELECT name, type FROM sqlite_schema WHERE type IN ('table', 'view')").fetchall()
    tables = [name for name, kind in found if kind == "table" and not name.lower().startswith("sqlite_")]
    if table.sheet is None and len(tables) == 1:
        return str(tables[0])
    if table.sheet in tables:
        return str(table.sheet)
    listed = ", ".join(sorted(tables)[:10]) or "none"
    if table.sheet is None:
        raise StructuralFault(f"{place} has {len(tables)} tables; say which one by sheet: {listed}", GapReason.MISSING)
    if (table.sheet, "view") in found:
        raise StructuralFault(f"{place}: {table.sheet} is a view, which runs what it says; bind its tables")
    raise StructuralFault(f"{place} has no table {table.sheet!r}; it has {listed}", GapReason.MISSING)


def _value(value: object, where: str) -> Any:
    """Return a cell as JSON would hold it: a number as its text, so that nothing is rounded."""
    if isinstance(value, (int, float)):
        return TypedNumber(repr(value))
    if isinstance(value, bytes):
        raise StructuralFault(f"{where} has a cell of binary data")
    return value
