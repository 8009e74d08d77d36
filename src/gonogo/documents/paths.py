"""Paths inside a program's folder."""

from __future__ import annotations

import errno
import os
from pathlib import Path, PurePosixPath, PureWindowsPath


def path_mistake(text: str, *, upward: bool = False) -> str:
    """Return what is wrong with a path as written, or nothing.

    Args:
        text: The path or pattern.
        upward: Whether it may leave the program's folder with ``..``.
    """
    if PurePosixPath(text).is_absolute() or PureWindowsPath(text).drive or text.startswith(("\\", "~")):
        return "is absolute; paths are relative to the program's folder"
    if "\\" in text:
        return "has a backslash; parts of a path are separated by `/`"
    if any(not character.isprintable() for character in text):
        return "has a character that cannot be printed"
    if not upward and ".." in PurePosixPath(text).parts:
        return "leaves the program's folder"
    return ""


def inside(root: Path, text: str) -> Path | None:
    """Return the path of a file beneath ``root``; None where a symbolic link leads out of it."""
    path = root / text
    try:
        return path if real(path).is_relative_to(real(root)) else None
    except (OSError, ValueError):
        return None


def real(path: Path) -> Path:
    """Return an absolute path with its symbolic links followed; one that leads to itself is left as it stands there.

    Whether a path lies in a folder must be known of every path that a person may name; ``Path.resolve`` ends with an
    error of its own there. What is to be read or written then says that it cannot be.
    """
    return Path(os.path.realpath(path))


def leads_to_itself(path: Path) -> bool:
    """Return whether a symbolic link in a path leads to itself, at once or over others."""
    try:
        path.stat()
    except OSError as error:
        return error.errno == errno.ELOOP
    return False
