"""Raising a child's walls, in the child, just before the work begins. What the kernel refuses is missing, not fatal.

The account of them is what the host records: a wall is in it only if every part of it stands.
"""

from __future__ import annotations

import contextlib
import os
import resource
from typing import Final

from gonogo.isolate import landlock, namespaces, seccomp
from gonogo.isolate.walls import CALLS, NETWORK, OTHERS, READING, SCRATCH, SURVIVORS, WRITING, Walls

_DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/full")
_ITSELF: Final = "/proc/self"
"""The process's own entry, and nobody else's: libraries ask there how much memory they may take."""
_PROCESSES: Final = 256


def learn() -> None:
    """Ask in the host what every child would ask again."""
    landlock.abi()
    seccomp.known()


def flags_of(walls: Walls) -> int:
    """Return the namespaces that a child is to have."""
    own = namespaces.USER | namespaces.MOUNT | namespaces.PROCESS | namespaces.IPC
    return own if walls.network else own | namespaces.NETWORK


def enter(scratch: str, scratch_bytes: int, user: int, group: int) -> bool:
    """In the first process of new namespaces: settle there. Return whether every file system is closed to writing."""
    try:
        namespaces.settle(user, group)
        namespaces.close_mounts(scratch, scratch_bytes)
    except OSError:
        return False
    return True


def raise_walls(walls: Walls, scratch: str, *, spaced: bool, closed: bool) -> frozenset[str]:
    """Raise everything that is left to raise, for good; return the names of the walls that stand.

    Args:
        walls: What the child is to be kept from.
        scratch: Its scratch folder; empty for none.
        spaced: Whether it runs in namespaces of its own.
        closed: Whether every file system is read-only to it, but for a scratch folder that nobody else sees.
    """
    if not walls.alone:
        with contextlib.suppress(OSError):
            namespaces.drop_capabilities()
    if spaced:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NPROC, (_PROCESSES, _PROCESSES))
    version = _landlock(walls, scratch)
    filtered = _seccomp(walls, metadata=closed)
    raised = set()
    if version:
        raised.add(READING)
    if version and (closed or (version >= 3 and filtered)):
        raised.add(WRITING)
    if filtered:
        raised |= {NETWORK, CALLS}
    if spaced or (walls.alone and filtered):
        raised.add(SURVIVORS)
    if version and filtered and (spaced or walls.alone or version >= 6):
        raised.add(OTHERS)
    if closed or (walls.alone and version):
        raised.add(SCRATCH)
    return frozenset(raised)


def _landlock(walls: Walls, scratch: str) -> int:
    """Close every file that is not allowed; return the version of the interface that did it, 0 for none."""
    version = landlock.abi()
    if not version:
        return 0
    try:
        rules = landlock.ruleset(version, tcp=walls.network)
        try:
            landlock.allow(rules, version, (*walls.reads, _ITSELF), landlock.READ)
            landlock.allow(rules, version, walls.lists, landlock.READ_DIR)
            landlock.allow(rules, version, walls.executes, landlock.READ | landlock.EXECUTE)
            landlock.allow(rules, version, _DEVICES, landlock.READ_FILE | landlock.WRITE_FILE | landlock.TRUNCATE)
            if scratch:
                landlock.allow(rules, version, (scratch,), landlock.everything(version))
            landlock.restrict(rules)
        finally:
            os.close(rules)
    except OSError:
        return 0
    return version


def _seccomp(walls: Walls, *, metadata: bool) -> bool:
    if not seccomp.known():
        return False
    alone = os.getpid() if walls.alone else None
    try:
        seccomp.install(seccomp.filter_here(network=walls.network, metadata=metadata, alone=alone))
    except OSError:
        return False
    return True
