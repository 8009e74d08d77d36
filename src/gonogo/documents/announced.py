"""What installed distributions announce, by the group of their entry points, importing none of them."""

from __future__ import annotations

import os
import sys
import time
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import Final

_GROUPS: Final = 8
SETTLED_S: Final = 10
"""Seconds after which an installation is over, so that nothing appears in a folder without its time telling."""


def announced(group: str) -> tuple[EntryPoint, ...]:
    """Return the entry points of a group; they are read again only if a folder that is imported from has changed.

    Reading them opens a file of every distribution, and a program with many bindings asks for each of them.
    """
    when = tuple(map(_changed, sys.path))
    if max(when, default=0) > time.time_ns() - SETTLED_S * 10**9:
        return tuple(entry_points(group=group))
    return _read(group, tuple(sys.path), when)


def _changed(entry: str) -> int:
    """Return when something was installed into a folder, or removed from it, for the last time."""
    try:
        return os.stat(entry or ".").st_mtime_ns
    except (OSError, ValueError):
        return -1


@lru_cache(maxsize=_GROUPS)
def _read(group: str, _path: tuple[str, ...], _when: tuple[int, ...]) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=group))
