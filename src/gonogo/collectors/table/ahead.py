"""An empty database, opened once before the host forks, that the children of small tables take over.

Opening one builds its catalogue of functions, which is more work than everything that is then done with a small table.
A fork of a process whose database runs threads would hang; opening this one must have started none, whatever threads
somebody else's library runs, or it is not kept. It has read nothing, and what a child does to its copy no other process
can see.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from gonogo.collectors.columns.cells import quoted
from gonogo.collectors.table.database import connect

if TYPE_CHECKING:
    import duckdb

SMALL: Final = 8 * 2**20
"""Bytes of inputs up to which one thread is enough."""

_MEMORY: Final = 2**30
_EXERCISE: Final = (
    "CREATE TABLE t AS SELECT CASE WHEN regexp_full_match(c, '[0-9]+') THEN CAST(c AS INTEGER) END AS n "
    "FROM read_csv('/dev/null', columns = {'c': 'VARCHAR'}, auto_detect = false, header = false)",
    "SELECT count(*) FROM (SELECT DISTINCT n FROM t)",
    "DROP TABLE t",
)
"""Statements over no rows: what their first run sets up, children need not set up again."""

_opened: list[duckdb.DuckDBPyConnection] = []
"""The database, at most one. Never emptied in a child: closing it would cost as much as opening it."""
_owner: list[int] = []
"""The process that may hand it out next: who opened it, then the child that took it."""


def open_ahead() -> None:
    """Open the database in the host. Does nothing where nobody can tell which threads the process has."""
    import duckdb

    before = _threads()
    if _opened or not before:
        return
    try:
        connection = connect(os.devnull, threads=1, memory=_MEMORY)
        for statement in _EXERCISE:
            connection.execute(statement).fetchall()
    except duckdb.Error:  # a child that opens its own will say what is wrong
        return
    if _threads() <= before:
        _opened.append(connection)
        _owner.append(os.getpid())
    else:
        connection.close()


def take(scratch: str) -> duckdb.DuckDBPyConnection | None:
    """Return the database, writing into ``scratch`` from now on: once, and only in a child of who opened it.

    It is not to be closed: it ends with the process.
    """
    if not _opened or os.getpid() in _owner:
        return None
    _owner.append(os.getpid())
    _opened[0].execute(f"SET temp_directory = {quoted(scratch)}")
    return _opened[0]


def _threads() -> frozenset[str]:
    """Return the ids of this process's threads; none where the system does not tell."""
    try:
        return frozenset(os.listdir("/proc/self/task"))
    except OSError:
        return frozenset()
