"""How much memory and how many threads a collection's database takes of what its process may use."""

from __future__ import annotations

import resource
import types
from pathlib import Path
from typing import Any

import duckdb
import pytest

from gonogo.collectors.table.database import give_room, lock, open_database
from gonogo.collectors.table.open_late import Database

MIB = 2**20
GIB = 2**30


@pytest.mark.parametrize(
    ("room", "threads", "memory"),
    [
        (resource.RLIM_INFINITY, 2, "2.0 GiB"),
        (4 * GIB + 2 * MIB, 2, "2.0 GiB"),
        (4 * GIB, 2, "2.0 GiB"),
        (3 * GIB, 2, "1.5 GiB"),
        (GIB + 2 * MIB, 2, "513.0 MiB"),
        (GIB, 2, "512.0 MiB"),
        (GIB - 2 * MIB, 1, "511.0 MiB"),
        (130 * MIB, 1, "65.0 MiB"),
        (128 * MIB, 1, "64.0 MiB"),
        (2 * MIB, 1, "64.0 MiB"),
    ],
)
def test_half_of_the_room_within_bounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, threads: int, memory: str
):
    """A child that asks for more than it may have is killed, and its facts are gaps for nothing."""
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (room, resource.RLIM_INFINITY))

    with open_database(str(tmp_path)) as connection:
        give_room(connection)
        found = connection.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchone()

    assert found == (threads, memory)


class TestRoom:
    @pytest.mark.parametrize(("in_order", "memory"), [(False, "150.0 MiB"), (True, "2.0 GiB")])
    def test_a_table_takes_little_memory_unless_an_analyst_asks(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, in_order: bool, memory: str
    ):
        """An export of ten million rows took two GB of a laptop; what is more than this lies in the scratch folder."""
        monkeypatch.setattr(resource, "getrlimit", lambda _what: (resource.RLIM_INFINITY, resource.RLIM_INFINITY))

        with open_database(str(tmp_path)) as connection:
            lock(connection, in_order=in_order)
            assert connection.execute("SELECT current_setting('memory_limit')").fetchone() == (memory,)

    @pytest.mark.parametrize(("room", "memory"), [(300 * MIB, "150.0 MiB"), (298 * MIB, "149.0 MiB")])
    def test_a_child_with_less_takes_no_more_than_half(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: int, memory: str
    ):
        """It would be killed."""
        monkeypatch.setattr(resource, "getrlimit", lambda _what: (room, resource.RLIM_INFINITY))

        with open_database(str(tmp_path)) as connection:
            assert connection.execute("SELECT current_setting('memory_limit')").fetchone() == (memory,)

    def test_what_needs_more_is_done_anew_with_all_that_there_is(self, tmp_path: Path):
        """Not everything can lie in a file, and a table that could be read before must not become a gap."""
        job: Any = types.SimpleNamespace(files=[types.SimpleNamespace(size=2**40)], scratch=str(tmp_path))
        limits: list[str] = []

        def work(connection: duckdb.DuckDBPyConnection) -> str:
            [(limit,)] = connection.execute("SELECT current_setting('memory_limit')").fetchall()
            limits.append(limit)
            if len(limits) == 1:
                raise duckdb.OutOfMemoryException("no")
            return "done"

        with Database(job) as database:
            assert database.with_room(work) == "done"

        assert limits[0] == "150.0 MiB" != limits[1]

    def test_what_needs_more_than_that_is_a_gap(self, tmp_path: Path):
        """It is tried twice, not for ever."""
        job: Any = types.SimpleNamespace(files=[types.SimpleNamespace(size=2**40)], scratch=str(tmp_path))

        def work(_connection: duckdb.DuckDBPyConnection) -> None:
            raise duckdb.OutOfMemoryException("no")

        with Database(job) as database, pytest.raises(duckdb.OutOfMemoryException):
            database.with_room(work)
