"""Paths as a binding can write them: whatever a file is called, exactly, or by a pattern that matches it alone."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from gonogo.plugin.matching import BadPattern, components, is_wild
from gonogo.ruleset.leaves import MAX_WORDS
from gonogo.ruleset.paths import path_mistake

_DAY: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![0-9])")


@dataclass(frozen=True, slots=True)
class DatedName:
    """A file name with one date in it.

    Attributes:
        pattern: Regular expression with one group, for ``as_of: {file_name: …}``.
        wild: The name with a ``*`` where the date stands.
        day: The date.
    """

    pattern: str
    wild: str
    day: date


def dated(name: str) -> DatedName | None:
    """Return the one date in a file name; None for none, several, or a day that no calendar has."""
    found = list(_DAY.finditer(name))
    if len(found) != 1:
        return None
    year, dash, month, day = found[0].groups()
    pattern = r"(20\d{2}-\d{2}-\d{2})" if dash else r"(20\d{6})"
    if len(re.findall(pattern, name)) != 1:
        return None
    try:
        moment = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return DatedName(pattern, f"{name[: found[0].start()]}*{name[found[0].end() :]}", moment)


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
    parts = pattern.split("/")
    return [path for path in others if _matches(parts, path.split("/"))]


def _matches(parts: Sequence[str], names: Sequence[str]) -> bool:
    return len(parts) == len(names) and all(
        fnmatch.fnmatchcase(name, part) if is_wild(part) else name == part
        for part, name in zip(parts, names, strict=True)
    )
