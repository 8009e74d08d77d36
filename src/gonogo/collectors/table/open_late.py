"""The database of one collection, opened when something first needs it."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from gonogo.collectors.table.ahead import SMALL, take
from gonogo.collectors.table.database import give_room, lock, open_database
from gonogo.plugin.spec import Job

if TYPE_CHECKING:
    import duckdb

_Made = TypeVar("_Made")


class Database:
    """A database that is there as soon as it is asked for, and that is closed at the end where that is due."""

    def __init__(self, job: Job) -> None:
        self._scratch = job.scratch
        self._small = sum(source.size for source in job.files) <= SMALL
        self._open: duckdb.DuckDBPyConnection | None = None
        self._taken = False
        self._in_order: bool | None = None

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The connection."""
        if self._open is None:
            ready = take(self._scratch) if self._small else None
            self._taken = ready is not None
            self._open = ready if ready is not None else open_database(self._scratch)
            if self._in_order is not None:
                lock(self._open, in_order=self._in_order)
        return self._open

    def lock(self, *, in_order: bool) -> None:
        """Close the door, now or as soon as it is opened; see :func:`.database.lock`."""
        self._in_order = in_order
        if self._open is not None:
            lock(self._open, in_order=in_order)

    def with_room(self, work: Callable[[duckdb.DuckDBPyConnection], _Made]) -> _Made:
        """Return what some work makes of the database, before its door is closed.

        Where that needs more memory than is usual, it is done anew with all that there is: it starts from nothing.
        """
        import duckdb

        try:
            return work(self.connection)
        except duckdb.OutOfMemoryException:
            give_room(self.connection)
            return work(self.connection)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._open is not None and not self._taken:
            self._open.close()
