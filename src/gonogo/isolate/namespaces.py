"""A child in namespaces of its own: it is the first process of its world, and its world ends with it.

``clone`` is called by hand, because only it makes the first process of a process namespace a child of the host: when
the host has reaped it, the kernel has ended everything that it ever started. Python is told before and after, as by
``fork``.
"""

from __future__ import annotations

import ctypes
import os
import signal
import struct
from typing import Final

from gonogo.isolate.kernel import PR_SET_DUMPABLE, call, prctl

USER: Final = 0x10000000
MOUNT: Final = 0x00020000
PROCESS: Final = 0x20000000
NETWORK: Final = 0x40000000
IPC: Final = 0x08000000

_PRIVATE: Final = 0x4000 | 1 << 18
_NOSUID_NODEV: Final = 0x2 | 0x4
_AT_FDCWD: Final = 2**64 - 100
_AT_RECURSIVE: Final = 0x8000
_ATTR_RDONLY: Final = 0x1
_CAPABILITY_VERSION: Final = 0x20080522


def clone(flags: int) -> int:
    """Fork into new namespaces: return 0 in the child, its id in the host.

    Raises:
        OSError: The kernel, or the machine's administrator, does not let this user make them.
    """
    api = ctypes.pythonapi
    api.PyOS_BeforeFork()
    try:
        pid = call("clone", flags | int(signal.SIGCHLD), 0, 0, 0, 0)
    except BaseException:
        api.PyOS_AfterFork_Parent()
        raise
    if pid:
        api.PyOS_AfterFork_Parent()
    else:
        api.PyOS_AfterFork_Child()
    return pid


def settle(user: int, group: int) -> None:
    """In the child: be the user that one was, and nobody else.

    Raises:
        OSError: The kernel does not let it.
    """
    prctl(PR_SET_DUMPABLE, 1)  # the files below belong to root while the process is hidden
    try:
        for name, text in (
            ("setgroups", "deny"),
            ("uid_map", f"{user} {user} 1"),
            ("gid_map", f"{group} {group} 1"),
        ):
            descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY | os.O_CLOEXEC)
            try:
                os.write(descriptor, text.encode())
            finally:
                os.close(descriptor)
    finally:
        prctl(PR_SET_DUMPABLE, 0)


def close_mounts(scratch: str, size: int) -> None:
    """In the child: make every file system read-only, and lay a small one of its own over its scratch folder.

    Raises:
        OSError: The kernel does not let it.
    """
    call("mount", None, ctypes.c_char_p(b"/"), None, _PRIVATE, None)
    attributes = struct.pack("=QQQQ", _ATTR_RDONLY, 0, 0, 0)
    call("mount_setattr", _AT_FDCWD, ctypes.c_char_p(b"/"), _AT_RECURSIVE, ctypes.c_char_p(attributes), len(attributes))
    if scratch:
        options = f"size={size},nr_inodes=20000,mode=0700".encode()
        where = ctypes.c_char_p(os.fsencode(scratch))
        call(
            "mount",
            ctypes.c_char_p(b"tmpfs"),
            where,
            ctypes.c_char_p(b"tmpfs"),
            _NOSUID_NODEV,
            ctypes.c_char_p(options),
        )


def drop_capabilities() -> None:
    """Give up every capability, so that no program that is run gets one back.

    Raises:
        OSError: The kernel does not let it.
    """
    head = struct.pack("=Ii", _CAPABILITY_VERSION, 0)
    call("capset", ctypes.c_char_p(head), ctypes.c_char_p(bytes(24)))


def first_process(child: int) -> int:
    """Be the first process of the namespace until ``child`` ends; return the exit status that tells how it did.

    Orphans come here and are reaped. Whatever still runs afterwards ends with the namespace.
    """
    while True:
        try:
            pid, status = os.waitpid(-1, 0)
        except ChildProcessError:
            return 1
        if pid == child:
            break
    return 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
