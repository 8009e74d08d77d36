"""How much memory and how many threads a collection's database takes of what its process may use."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from gonogo.collectors.table.database import open_database

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
        found = connection.execute("SELECT current_setting('threads'), current_setting('memory_limit')").fetchone()

    assert found == (threads, memory)
