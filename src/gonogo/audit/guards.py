"""Whether a file of a log is safe: nobody else may write to it, and it is no link to another file."""

from __future__ import annotations

import os
import stat
from typing import Final

from gonogo.errors import RecordFault

_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


def check_own(descriptor: int, name: str, *, directory: bool = False) -> None:
    """Check an open file or folder of a log.

    Raises:
        RecordFault: It is not an ordinary file, has a second name, belongs to another user, or others may write to it.
    """
    status = os.fstat(descriptor)
    if not directory and not (stat.S_ISREG(status.st_mode) and status.st_nlink == 1):
        raise RecordFault(f"{name} of the audit log is not an ordinary file, or has a second name")
    check_mode(status, name)


def check_mode(status: os.stat_result, name: str) -> None:
    """Check that nobody else may write to a file or folder of a log.

    Raises:
        RecordFault: Others may, or it belongs to another user.
    """
    if status.st_mode & _OTHERS_WRITE and not stat.S_ISLNK(status.st_mode):
        what = f"{name} of the audit log can be written by other users (mode {stat.S_IMODE(status.st_mode):04o})"
        raise RecordFault(what, hint="remove write permission for group and others: chmod go-w")
    if status.st_uid not in (os.geteuid(), 0) and os.geteuid() != 0:
        raise RecordFault(f"{name} of the audit log belongs to another user")


def is_there(name: str, within: int) -> bool:
    """Return whether anything has that name in an open folder, a link to nothing too."""
    try:
        os.stat(name, dir_fd=within, follow_symlinks=False)
    except FileNotFoundError:
        return False
    return True
