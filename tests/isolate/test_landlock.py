"""Landlock's interface by version: asked for everything that a version has, and nothing that it has not."""

from __future__ import annotations

import struct

import pytest

from gonogo.isolate import landlock


@pytest.mark.parametrize(
    ("version", "size", "rights", "net", "scopes"),
    [
        (1, 8, 13, 0, 0),
        (2, 8, 14, 0, 0),
        (3, 8, 15, 0, 0),
        (4, 16, 15, 3, 0),
        (5, 16, 16, 3, 0),
        (6, 24, 16, 3, 3),
        (7, 24, 16, 3, 3),
    ],
)
def test_each_version_is_asked_for_what_it_has(version, size, rights, net, scopes):
    """A right too many and the kernel refuses the whole ruleset; one too few stays open."""
    data = landlock.attributes(version, tcp=False)
    fields = (*struct.unpack(f"={size // 8}Q", data), 0, 0)

    assert len(data) == size
    assert fields[:3] == ((1 << rights) - 1, net, scopes)


@pytest.mark.parametrize("version", [4, 5, 6, 7])
def test_a_granted_network_is_left_open(version):
    """The rest of the ruleset stays."""
    closed = landlock.attributes(version, tcp=False)
    opened = landlock.attributes(version, tcp=True)

    assert opened[8:16] == bytes(8)
    assert (opened[:8], opened[16:]) == (closed[:8], closed[16:])


@pytest.mark.parametrize("version", range(1, 8))
def test_a_scratch_folder_runs_no_program(version):
    """What a collector writes there is data."""
    assert landlock.everything(version) & landlock.EXECUTE == 0
    assert landlock.everything(version) & landlock.WRITE_FILE
