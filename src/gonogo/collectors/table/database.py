"""The database of one collection: in memory, small, without a network, and locked before anybody's query runs.

A database with threads is never opened before a fork: it would hang the child.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import duckdb

LARGEST: Final = 2 * 2**30
SMALLEST: Final = 64 * 2**20
USUAL: Final = 150 * 2**20
"""What a table is read, checked and counted in, however many rows it has: what is more lies in the scratch folder."""
THREAD_ROOM: Final = 1 * 2**30
"""Address space below which a second thread is not worth its stack and arenas."""


def open_database(scratch: str) -> duckdb.DuckDBPyConnection:
    """Return a fresh connection that writes nowhere but into ``scratch`` and never fetches an extension."""
    room = _address_space()
    threads = 1 if room is not None and room < THREAD_ROOM else 2
    return connect(scratch, threads=threads, memory=min(USUAL, most_memory()))


def most_memory() -> int:
    """Return the bytes of memory that a database may take at most."""
    room = _address_space()
    return LARGEST if room is None else min(LARGEST, max(SMALLEST, room // 2))


def give_room(connection: duckdb.DuckDBPyConnection) -> None:
    """Let a database take all the memory that it may: not everything that a query needs can lie in a file."""
    connection.execute(f"SET memory_limit = '{most_memory() // 2**20}MiB'")


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
    connection.execute("SET enable_progress_bar = false")
    return connection


def lock(connection: duckdb.DuckDBPyConnection, *, in_order: bool) -> None:
    """Close the door: no file, no other database, no setting can be reached from here on.

    Args:
        connection: The connection.
        in_order: Whether queries of an analyst follow: one thread then does all the work, so that even floating-point
            sums come out alike, with all the memory that there is.
    """
    if in_order:
        connection.execute("SET threads = 1")
        give_room(connection)
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
