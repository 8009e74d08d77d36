"""A child's scratch folder: made as it starts, watched while it runs, gone when it has ended.

Where the child has a file system of its own over it, the host sees an empty folder and the kernel keeps the bound.
"""

from __future__ import annotations

import os
import shutil
from typing import Final

LOOK_S: Final = 0.1
"""Seconds between two looks."""
_ENTRIES: Final = 20_000
"""Files and folders that a scratch folder may hold; counting more of them would hold up the host."""


def make(folder: str) -> None:
    """Make the folder, for this user alone.

    Raises:
        OSError: It is there already, or there is no room.
    """
    os.mkdir(folder, 0o700)


def remove(folder: str) -> None:
    """Remove the folder with all that is in it; links are removed, never followed."""
    if folder:
        shutil.rmtree(folder, ignore_errors=True)


def over(folder: str, limit: int, *, most: int = _ENTRIES) -> bool:
    """Return whether the folder holds more than ``limit`` bytes, or more than ``most`` entries."""
    size, entries, waiting = 0, 0, [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as found:
                for entry in found:
                    entries += 1
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    else:
                        size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if size > limit or entries > most:
                        return True
        except OSError:
            continue  # it went away, or its owner closed it: what is in it cannot be counted
    return False
