"""The account of the walls where the kernel lacks what some are made of: one that does not stand is not claimed.

The lack is real: a filter is put up first that refuses the calls, as an older kernel or a container does.
"""

from __future__ import annotations

import errno
import json
import struct

import pytest

from gonogo.isolate import WALLS, Limits, Task, Walls, landlock, raising, run, seccomp
from gonogo.isolate.kernel import NUMBERS
from gonogo.isolate.walls import CALLS, NETWORK, OTHERS, READING, SCRATCH, SURVIVORS, WRITING

RESTRICTING = "landlock_restrict_self"
FILTERING = "seccomp"


def refusing(name: str) -> bytes:
    """Return a filter that refuses one call and allows all others."""
    steps = [(0x20, 0, 0, 0), (0x15, 0, 1, NUMBERS[name]), (0x06, 0, 0, 0x00050000 | errno.EPERM)]
    return b"".join(struct.pack("=HBBI", *step) for step in (*steps, (0x06, 0, 0, 0x7FFF0000)))


def raised(*lacking: str, alone: bool, closed: bool, spaced: bool = False) -> set[str]:
    """Return the walls that a child says it raised where the kernel refuses some calls."""

    def work(*_) -> bytes:
        for name in lacking:
            seccomp.install(refusing(name))
        return json.dumps(sorted(raising.raise_walls(Walls(alone=alone), "", spaced=spaced, closed=closed))).encode()

    raising.learn()
    [outcome] = run([Task("child", b"", Limits(wall_s=10.0, cpu_s=10), work=work)])
    assert outcome.ok, outcome
    found: set[str] = set(json.loads(outcome.payload))
    return found


def able() -> bool:
    """Whether this machine has both to begin with; one that has neither is told so by the other tests."""
    return landlock.abi() >= 6 and seccomp.known()


@pytest.mark.parametrize("closed", [True, False], ids=["closed", "open"])
@pytest.mark.parametrize("alone", [True, False], ids=["alone", "spaced"])
class TestLacking:
    def test_without_a_filter_nothing_is_said_of_calls_networks_and_processes(self, alone, closed):
        """A report that says `enforced: network` of a child that could open a socket tells a manager something untrue.

        Modes and times of files are closed by the filter alone where the file systems stay open to writing.
        """
        if not able():
            return
        found = raised(FILTERING, alone=alone, closed=closed)

        assert not found & {CALLS, NETWORK, OTHERS, SURVIVORS}
        assert (WRITING in found) == closed
        assert READING in found

    def test_without_landlock_nothing_is_said_of_reading(self, alone, closed):
        """Nor of writing, which a read-only mount does not refuse to a device or a pipe; nor of other processes."""
        if not able():
            return
        found = raised(RESTRICTING, alone=alone, closed=closed)

        assert not found & {READING, WRITING, OTHERS}
        assert (SCRATCH in found) == closed
        assert {CALLS, NETWORK} <= found
        assert (SURVIVORS in found) == alone

    def test_without_either_only_what_the_file_systems_hold_is_said(self, alone, closed):
        """A container of an old kernel: its mounts are all that it has."""
        if not able():
            return
        found = raised(RESTRICTING, FILTERING, alone=alone, closed=closed)

        assert found == ({SCRATCH} if closed else set())


def test_a_child_that_starts_processes_is_not_said_to_leave_none_behind():
    """Only namespaces end what it started, or a filter under which it starts none."""
    if not able():
        return
    assert raised(alone=False, closed=True) == set(WALLS) - {SURVIVORS}
    assert raised(alone=True, closed=True) == set(WALLS)
