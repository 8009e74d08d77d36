"""Paths inside a program's folder."""

from __future__ import annotations

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
        return path if path.resolve().is_relative_to(root.resolve()) else None
    except (OSError, RuntimeError, ValueError):
        return None
