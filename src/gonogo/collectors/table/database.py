"""The database of one collection: in memory, small, without a network, and locked before anybody's query runs.

A database with threads is never opened before a fork: it would hang the child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb

LARGEST: Final = 2 * 2**30
SMALLEST: Final = 64 * 2**20
THREAD_ROOM: Final = 1 * 2**30
"""Address space below which a second thread is not worth its stack and arenas."""


def open_database(scratch: str) -> duckdb.DuckDBPyConnection:
    """Return a fresh connection that writes nowhere but into ``scratch`` and never fetches an extension."""
    room = _address_space()
    memory = LARGEST if room is None else min(LARGEST, max(SMALLEST, room // 2))
    return connect(scratch, threads=1 if room is not None and room < THREAD_ROOM else 2, memory=memory)


def _address_space() -> int | None:
    """Return the address space that this process may use, in bytes; None where it is not limited or cannot be."""
    try:
        import resource
    except ImportError:  # a laptop where only `gonogo map` opens a database
        return None
    room, _ = resource.getrlimit(resource.RLIMIT_AS)
    return None if room == resource.RLIM_INFINITY else room


def connect(scratch: str, *, threads: int, memory: int) -> duckdb.DuckDBPyConnection:
    """Return a fresh connection with so many threads, the caller's included, and so many bytes of memory."""
    import duckdb

    config: dict[str, Any] = {
        "threads": str(threads),
        "memory_limit": f"{memory // 2**20}MiB",
        "temp_directory": scratch,
        "home_directory": scratch,
        "extension_directory": scratch,
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "allow_community_extensions": "false",
        "python_enable_replacements": "false",
    }
    try:
        connection = duckdb.connect(":memory:", config={**config, "async_threads": "0"})
    except duckdb.Error:  # before version 2 there is no such setting, and there are no such threads
        connection = duckdb.connect(":memory:", config=config)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def lock(connection: duckdb.DuckDBPyConnection, *, in_order: bool) -> None:
    """Close the door: no file, no other database, no setting can be reached from here on.

    Args:
        connection: The connection.
        in_order: Whether one thread does all the work from here on, so that even floating-point sums come out alike.
    """
    if in_order:
        connection.execute("SET threads = 1")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")


def rows_of(
    connection: duckdb.DuckDBPyConnection, query: str, parameters: dict[str, Any] | None = None
) -> list[tuple[Any, ...]]:
    """Run one query and return all its rows."""
    return connection.execute(query, parameters or {}).fetchall()


def row_of(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """Run one query that gives one row and return it."""
    row = connection.execute(query).fetchone()
    assert row is not None, "an aggregate without groups gives one row"
    return row
