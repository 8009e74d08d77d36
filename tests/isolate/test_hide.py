"""A process that hides: others of its user read neither its memory nor its environment."""

from __future__ import annotations

import ctypes
import os
import sys

import pytest

from gonogo.isolate import hide

NOBODY = 65534
PR_SET_DUMPABLE = 4


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has /proc")
@pytest.mark.parametrize("hidden", [False, True])
def test_a_hidden_process_is_closed_to_others_of_its_user(hidden: bool):
    """The host's environment may hold tokens, and its memory everything; below level L2 a plugin is of its user."""
    ready, told = os.pipe()
    owner = os.fork()
    if owner == 0:
        _become_nobody()
        if hidden:
            hide()
        os.write(told, b"x")
        os.read(os.pipe()[0], 1)
        os._exit(0)
    os.read(ready, 1)
    reader = os.fork()
    if reader == 0:
        _become_nobody()
        try:
            os.close(os.open(f"/proc/{owner}/environ", os.O_RDONLY))
            os.close(os.open(f"/proc/{owner}/mem", os.O_RDONLY))
        except PermissionError:
            os._exit(1)
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(reader, 0)[1])
    os.kill(owner, 9)
    os.waitpid(owner, 0)
    for descriptor in (ready, told):
        os.close(descriptor)

    assert status == (1 if hidden else 0)


def _become_nobody() -> None:
    """Give up every right, and be as visible as a process that was started without any."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)
