"""The table collector over a database that is already open: opening one costs more than what a small table needs.

In a run the children of small tables take over a database that the host opened before the fork. Here the test's process
takes it over again and again, each time with a catalogue of its own. Only the door stays open, because what ``lock``
closes would be closed for the next table too. Facts that are SQL get a database of their own, which is locked.
"""

from __future__ import annotations

import atexit
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from gonogo.collectors.table import ahead
from gonogo.collectors.table.database import connect

if TYPE_CHECKING:
    import duckdb

_DOOR = ("SET enable_external_access = false", "SET lock_configuration = true")


class _OpenDoor:
    """The connection, deaf to what would close it for the next table; it remembers that it was to be closed."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection
        self.heard: list[str] = []

    def execute(self, statement: str, *parameters: Any) -> duckdb.DuckDBPyConnection:
        if statement in _DOOR:
            self.heard.append(statement)
            return self._connection
        return self._connection.execute(statement, *parameters)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)


_kept: list[tuple[int, duckdb.DuckDBPyConnection]] = []
_catalogues = 0
atexit.register(_kept.clear)


def _connection() -> duckdb.DuckDBPyConnection:
    if not _kept or _kept[0][0] != os.getpid():
        _kept[:] = [(os.getpid(), connect(os.devnull, threads=1, memory=2**30))]
    return _kept[0][1]


@contextmanager
def ready(*, sql: bool = False) -> Iterator[None]:
    """Let the collector take over the open database, empty; ``sql``: one of the facts is, so it opens its own."""
    global _catalogues
    if sql:
        yield
        return
    connection = _connection()
    _catalogues += 1
    own = f"catalogue_{_catalogues}"
    connection.execute(f"ATTACH ':memory:' AS {own}; USE {own}")
    before = ahead._opened[:], ahead._owner[:]
    door = _OpenDoor(connection)
    ahead._opened[:], ahead._owner[:] = [door], []  # type: ignore[list-item]
    try:
        yield
        assert not ahead._owner or door.heard == [*_DOOR], "a database that was taken is locked"
    finally:
        ahead._opened[:], ahead._owner[:] = before
        try:
            connection.execute(f"USE memory; DETACH {own}")
        except Exception:
            _kept.clear()  # the next one opens its own
            raise
