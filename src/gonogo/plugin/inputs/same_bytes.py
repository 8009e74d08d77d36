"""Whether two files of a folder hold the same bytes: then it does not matter which of them is read."""

from __future__ import annotations

import os
import stat
from typing import Final

MOST: Final = 2**28
"""Bytes of the largest files that are compared; larger ones count as different."""
_CHUNK: Final = 2**20


def same_bytes(folder: int, one: str, other: str) -> bool:
    """Return whether both are plain files with the same bytes; whatever cannot be read is not the same.

    Args:
        folder: Descriptor of their folder.
        one: Name of a file in it.
        other: Name of another one.
    """
    opened: list[int] = []
    try:
        for name in (one, other):
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
            opened.append(os.open(name, flags, dir_fd=folder))
        sizes = {_size(descriptor) for descriptor in opened}
        if len(sizes) > 1 or not 0 <= max(sizes) <= MOST:
            return False
        while True:
            read, compared = (os.read(descriptor, _CHUNK) for descriptor in opened)
            if read != compared:
                return False
            if not read:
                return True
    except OSError:
        return False
    finally:
        for descriptor in opened:
            os.close(descriptor)


def _size(descriptor: int) -> int:
    """Return the bytes of a plain file; -1 for anything else."""
    found = os.fstat(descriptor)
    return found.st_size if stat.S_ISREG(found.st_mode) else -1
