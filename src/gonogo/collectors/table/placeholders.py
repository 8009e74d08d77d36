"""Cells that hold something and say nothing, such as ``TBD``, ``—`` or ``N/A``: they are not given, and no key.

Which they are is one judgement for every room (:mod:`gonogo.model.placeholder`); the database knows the cells by text.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import named
from gonogo.collectors.columns.column import ColumnType
from gonogo.collectors.rows.outline import LONGEST_MARKED, LONGEST_NOTHING, MAY_SAY_NOTHING, is_nothing
from gonogo.collectors.table.database import rows_of
from gonogo.collectors.table.settings import Table

if TYPE_CHECKING:
    import duckdb

_NOTHING: Final = named("gonogo says nothing")
NOTHING: Final = f"(SELECT v FROM {_NOTHING})"
"""SQL of the texts that say nothing."""
_WORTH_ASKING: Final = (
    f"(length({{c}}) <= {LONGEST_NOTHING} OR (length({{c}}) <= {LONGEST_MARKED} AND contains({{c}}, '<'))) "
    f"AND (NOT regexp_matches({{c}}, '[0-9]') OR regexp_matches({{c}}, '{MAY_SAY_NOTHING}'))"
)
"""Only texts without a digit, marked ones, or ``TBD``-like ones can say nothing; numbers are keys like others."""


def prepare(connection: duckdb.DuckDBPyConnection) -> None:
    """Make room for the texts that say nothing."""
    connection.execute(f"CREATE TABLE IF NOT EXISTS {_NOTHING} (v VARCHAR)")


def note_texts(connection: duckdb.DuckDBPyConnection, texts: Iterable[str]) -> None:
    """Note texts that say nothing."""
    prepare(connection)
    empty = [(text,) for text in texts]
    if empty:
        connection.executemany(f"INSERT INTO {_NOTHING} VALUES ($1)", empty)


def note_nothing(connection: duckdb.DuckDBPyConnection, name: str, table: Table) -> None:
    """Note the cells that say nothing, of columns whose presence counts and of keys."""
    prepare(connection)
    for column, settings in table.columns.items():
        if settings.type not in (ColumnType.TEXT, ColumnType.ID):
            continue
        if settings.given is None and column not in table.unique:
            continue
        worth = _WORTH_ASKING.replace("{c}", named(column))
        found = rows_of(connection, f"SELECT DISTINCT {named(column)} FROM {named(name)} WHERE {worth}")
        note_texts(connection, [text for (text,) in found if is_nothing(text)])
