"""Paths as a binding can write them: whatever a file is called, exactly, or by a pattern that matches it alone."""

from __future__ import annotations

import fnmatch
from collections.abc import Collection, Sequence

from gonogo.documents.files import path_mistake
from gonogo.documents.scalars import MAX_WORDS
from gonogo.plugin.inputs.match import BadPattern, components, is_wild


def bindable(path: str, others: Collection[str]) -> str | None:
    """Return how a binding names a file: its path, or a pattern that matches it alone; None where there is neither.

    A setting cannot hold two blanks in a row, a blank that is none, a backslash or a character that cannot be seen;
    each of them becomes a ``?``.

    Args:
        path: Relative to the program's folder, ``/`` between its parts.
        others: Every path there, this one included.
    """
    plain = _writable(path)
    if plain and not _mistaken(path):
        return path
    marks = [_mark(path, index) for index in range(len(path))]
    pattern = "".join(marks)
    if len(pattern) > MAX_WORDS or _mistaken(pattern) or not _writable(pattern):
        return None
    return pattern if only_match(pattern, others) == [path] else None


def _writable(path: str) -> bool:
    return path == " ".join(path.split()) and path.isprintable() and len(path) <= MAX_WORDS


def _mistaken(path: str) -> bool:
    try:
        components(path)
    except BadPattern:
        return True
    return bool(path_mistake(path))


def _mark(path: str, index: int) -> str:
    mark = path[index]
    if mark in "[*?":
        return f"[{mark}]"
    doubled = mark == " " and (index in (0, len(path) - 1) or path[index - 1].isspace())
    start = (index == 0 and mark in "~/") or (index == 1 and mark == ":")
    return (
        "?" if doubled or start or mark == "\\" or not mark.isprintable() or (mark.isspace() and mark != " ") else mark
    )


def only_match(pattern: str, others: Collection[str]) -> list[str]:
    """Return the paths that a pattern means, part by part."""
    if not is_wild(pattern):
        return [path for path in others if path == pattern]
    parts = pattern.split("/")
    return [path for path in others if _matches(parts, path.split("/"))]


def _matches(parts: Sequence[str], names: Sequence[str]) -> bool:
    return len(parts) == len(names) and all(
        fnmatch.fnmatchcase(name, part) if is_wild(part) else name == part
        for part, name in zip(parts, names, strict=True)
    )
