"""Landlock, by hand: which files a process may still open, once and for all, for it and whatever it starts.

The kernel tells which version of the interface it has (1 to 7 are known; of a later one the first seven are used).
Nothing is asked of a kernel that it does not know, and what it cannot do is reported.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
from collections.abc import Iterable
from functools import cache
from typing import Final

from gonogo.isolate.kernel import NUMBERS, call

KNOWN: Final = 7
EXECUTE: Final = 1 << 0
WRITE_FILE: Final = 1 << 1
READ_FILE: Final = 1 << 2
READ_DIR: Final = 1 << 3
TRUNCATE: Final = 1 << 14
IOCTL_DEV: Final = 1 << 15
_RIGHTS: Final = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}
_OF_FILES: Final = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
_TCP: Final = 0b11
_SCOPES: Final = 0b11
READ: Final = READ_FILE | READ_DIR
_RULE_PATH_BENEATH: Final = 1
_CREATE_VERSION: Final = 1


@cache
def abi() -> int:
    """Return the version of the interface that is used here; 0 where there is none."""
    if "landlock_create_ruleset" not in NUMBERS:
        return 0
    try:
        return min(KNOWN, call("landlock_create_ruleset", 0, 0, _CREATE_VERSION))
    except OSError:
        return 0


def attributes(version: int, *, tcp: bool) -> bytes:
    """Return the structure that asks for everything a version can refuse; with ``tcp`` the network stays open."""
    handled = _RIGHTS[min(version, max(_RIGHTS))]
    if version < 4:
        return struct.pack("=Q", handled)
    net = 0 if tcp else _TCP
    if version < 6:
        return struct.pack("=QQ", handled, net)
    return struct.pack("=QQQ", handled, net, _SCOPES)


def ruleset(version: int, *, tcp: bool = False) -> int:
    """Return the descriptor of a new ruleset under which nothing may be opened yet.

    Raises:
        OSError: The kernel refuses it.
    """
    data = attributes(version, tcp=tcp)
    return call("landlock_create_ruleset", ctypes.c_char_p(data), len(data), 0)


def allow(descriptor: int, version: int, paths: Iterable[str], rights: int) -> None:
    """Allow something on each path and below it. A path that is not there needs no rule.

    Raises:
        OSError: The kernel refuses a rule.
    """
    rights &= _RIGHTS[min(version, max(_RIGHTS))]
    for path in paths:
        with contextlib.suppress(FileNotFoundError, PermissionError, NotADirectoryError):
            opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
            try:
                folder = stat.S_ISDIR(os.fstat(opened).st_mode)
                rule = struct.pack("=Qi", rights if folder else rights & _OF_FILES, opened)
                call("landlock_add_rule", descriptor, _RULE_PATH_BENEATH, ctypes.c_char_p(rule), 0)
            finally:
                os.close(opened)


def everything(version: int) -> int:
    """Return every right that a version knows, but for running programs: what a process may do in its own folder."""
    return _RIGHTS[min(version, max(_RIGHTS))] & ~EXECUTE & ~IOCTL_DEV


def restrict(descriptor: int) -> None:
    """Put this process under a ruleset, for good. It must have given up new privileges before.

    Raises:
        OSError: The kernel refuses it.
    """
    call("landlock_restrict_self", descriptor, 0)
