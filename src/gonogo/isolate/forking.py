"""The fork itself: plain, or into namespaces of the child's own where its walls ask for them and there are any."""

from __future__ import annotations

import os
import signal
import warnings
from dataclasses import replace

from gonogo.isolate import kernel
from gonogo.isolate.child import Ends, Host, be_child
from gonogo.isolate.task import Task
from gonogo.isolate.walls import Walls


def fork(task: Task, ends: Ends, nonce: bytes) -> tuple[int, bool]:
    """Fork with every signal held back, so that no handler of the host ever runs in the child.

    Returns the child's id, and whether it is the first process of namespaces of its own.
    """
    host = Host(os.getpid(), os.geteuid(), os.getegid())
    if task.walls is not None:
        from gonogo.isolate import raising

        raising.learn()  # here, so that no child pays for it
    held = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        pid = -1
        if task.walls is not None and not task.walls.alone:
            pid = _spaced(task.walls)
        spaced = pid >= 0
        if not spaced:
            with warnings.catch_warnings():
                # A thread of somebody's library may exist; ours do not, and the child takes no lock that it could hold.
                warnings.simplefilter("ignore", DeprecationWarning)
                pid = os.fork()
        if pid == 0:
            be_child(task, ends, nonce=nonce, host=replace(host, spaced=spaced))
        return pid, spaced
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, held)


def _spaced(walls: Walls) -> int:
    """Fork into new namespaces; return what fork returns, or -1 where this machine has none for this user."""
    from gonogo.isolate import namespaces, raising

    if not kernel.NUMBERS:
        return -1
    try:
        return namespaces.clone(raising.flags_of(walls))
    except OSError:
        return -1
