"""Processes that a child leaves behind: its session is killed with it, and on Linux so are those that fled it.

A double fork with a session of its own escapes a kill of the session. While ``Strays`` is open, Linux hands every
orphan of a child to the host (subreaper) instead of to init, where ``sweep`` finds and kills it. One that still has a
living parent outside the session is killed when that parent is. Elsewhere the fled process is a residual risk (L1).

Looking through every process of a busy machine takes milliseconds, so it is done only where something has to be found.
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Set
from types import TracebackType
from typing import Final

_PR_SET_CHILD_SUBREAPER: Final = 36
_PR_GET_CHILD_SUBREAPER: Final = 37
_ROUNDS: Final = 8
"""How often a session is looked through for members that were born while it was being killed."""
_SWEEPS: Final = 100
_PAUSE_S: Final = 0.005
"""Orphans get half a second to die; one that the kernel cannot end must not hold up the host."""


def kill_group(leader: int) -> None:
    """Kill the process group that ``leader`` leads: enough for one that has ended while :class:`Strays` is catching.

    Whatever else it started has then lost its parent and is a child of the host, where ``sweep`` finds it.
    """
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, signal.SIGKILL)


def kill_session(leader: int) -> None:
    """Kill the process group and, on Linux, every member of the session that ``leader`` leads."""
    kill_group(leader)
    for _ in range(_ROUNDS):
        members = [pid for pid, _, session, state in _processes() if session == leader and state not in "ZX"]
        members = [pid for pid in members if pid != os.getpid()]
        if not members:
            break
        for pid in members:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(leader, signal.SIGKILL)  # it may not have become a leader yet


def _processes() -> Iterator[tuple[int, int, int, str]]:
    """Yield id, parent, session and state of every process; nothing where there is no ``/proc``."""
    if sys.platform != "linux":
        return
    try:
        names = os.listdir("/proc")
    except OSError:
        return
    for name in names:
        if not name.isdigit():
            continue
        try:
            with open(f"/proc/{name}/stat", "rb") as stream:
                fields = stream.read().rpartition(b")")[2].split()
            yield int(name), int(fields[1]), int(fields[3]), fields[0].decode("ascii")
        except (OSError, IndexError, ValueError):
            continue  # it ended while it was looked at


class Strays:
    """Catches orphans of children while open. Does nothing off Linux, or while the host has other threads.

    With other threads a process that is not ours to kill could appear in between.
    """

    def __init__(self) -> None:
        self._before: frozenset[int] = frozenset()
        self._restore: int | None = None

    def __enter__(self) -> Strays:
        if sys.platform == "linux" and threading.active_count() == 1:
            self._before = frozenset(self._children())
            self._restore = _subreaper(1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._restore == 0:
            _subreaper(0)

    @property
    def catching(self) -> bool:
        """Whether whatever a child leaves behind comes to the host."""
        return self._restore is not None and threading.active_count() == 1

    def sweep(self, *, keep: Set[int]) -> None:
        """Kill and reap every child of the host that was not there before and is not in ``keep``."""
        if not self.catching:
            return
        for _ in range(_SWEEPS):
            strays = [pid for pid in self._children() if pid not in keep and pid not in self._before]
            if not strays:
                return
            for pid in strays:
                kill_session(pid)
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, os.WNOHANG)
            time.sleep(_PAUSE_S)

    def _children(self) -> list[int]:
        """Return the host's children, zombies included: none leaves the kernel's list until the host reaps it."""
        found: list[int] = []
        try:
            for thread in os.listdir("/proc/self/task"):
                with open(f"/proc/self/task/{thread}/children", "rb") as stream:
                    found += map(int, stream.read().split())
        except OSError:  # a kernel without these lists
            host = os.getpid()
            return [pid for pid, parent, _, _ in _processes() if parent == host]
        return found


def _subreaper(value: int) -> int | None:
    """Set whether orphans come to this process; return what it was before, or None where that is impossible."""
    import ctypes

    libc = ctypes.CDLL(None, use_errno=True)
    before = ctypes.c_int(0)
    zeros = [ctypes.c_ulong(0)] * 3
    if libc.prctl(_PR_GET_CHILD_SUBREAPER, ctypes.byref(before), *zeros) != 0:
        return None
    if libc.prctl(_PR_SET_CHILD_SUBREAPER, ctypes.c_ulong(value), *zeros) != 0:
        return None
    return before.value
