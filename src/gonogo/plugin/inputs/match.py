"""Which file a binding means: exactly one, or the reason why there is not exactly one. Works on names alone.

Names are compared with each accented letter as one sign, because macOS and Windows write the same name differently.
"""

from __future__ import annotations

import difflib
import fnmatch
import re
from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final

from gonogo.plugin.inputs.leftovers import composed, leftover

_WILD: Final = re.compile(r"[*?\[]")
_COPY: Final = re.compile(
    r" ?\(\d{1,3}\)"  # browsers, OneDrive, Google Drive
    r"| [2-9]"  # iCloud
    r"| - copy(?: ?\(\d{1,3}\))?"  # Windows
    r"| copy(?: \d{1,3})?"  # macOS
    r"| ?[(\[].{0,80}conflict.{0,80}[)\]]"  # Dropbox, Nextcloud, Box
    r"|[.-]sync-conflict-.{1,60}"  # Syncthing
    r"|-(?:[a-z0-9]{1,15}-){0,3}(?:macbook|mbp|imac|laptop|desktop|surface|pc)(?:-[a-z0-9]{1,15}){0,3}"  # OneDrive
    r"|-(?-i:(?=[A-Z0-9-]*[A-Z])[A-Z0-9][A-Z0-9-]{2,14})",  # OneDrive: the name of the computer
    re.DOTALL | re.IGNORECASE,
)
"""What is between the stem and the suffix in the name of a copy."""


class BadPattern(ValueError):
    """The path or pattern cannot be used; the sentence says why."""


def components(pattern: str) -> tuple[str, ...]:
    """Split a relative path or pattern into its components.

    Raises:
        BadPattern: It is absolute, leaves the folder with ``..``, or holds ``**``, a backslash or NUL.
    """
    if pattern.startswith(("/", "~")) or re.match(r"[A-Za-z]:", pattern):
        raise BadPattern(f"{pattern!r} is not relative to the program's folder")
    if "\\" in pattern or "\0" in pattern:
        raise BadPattern(f"{pattern!r} holds a character that a path here cannot have; separate folders with /")
    parts = tuple(part for part in pattern.split("/") if part not in ("", "."))
    if ".." in parts:
        raise BadPattern(f"{pattern!r} leaves the program's folder with ..")
    if any("**" in part for part in parts):
        raise BadPattern(f"{pattern!r} holds **; name the folders, a * stays within one of them")
    if not parts or pattern.endswith("/"):
        raise BadPattern(f"{pattern!r} names no file")
    return parts


def is_wild(component: str) -> bool:
    """Return whether a component is a pattern."""
    return bool(_WILD.search(component))


def matching(component: str, names: Iterable[str], *, folder: bool = False) -> list[str]:
    """Return the names that a component means, in order: itself where it exists, else what its pattern matches.

    What office, synchronizing and operating systems leave behind is never meant as a file, hidden files only by a
    pattern that starts with a dot. One name in two encodings is two names.

    Args:
        component: Name or pattern.
        names: Everything that is there.
        folder: Whether a folder is meant.
    """
    wanted = composed(component)
    listed = sorted((composed(name), name) for name in names if folder or leftover(name) is None)
    exact = [name for plain, name in listed if plain == wanted]
    if exact or not is_wild(component):
        return exact
    hidden = wanted.startswith(".")
    return [name for plain, name in listed if fnmatch.fnmatchcase(plain, wanted) and (hidden or plain[0] != ".")]


def conflict_copies(name: str, names: Iterable[str]) -> list[str]:
    """Return the names beside ``name`` that are given to a copy when two people changed one file, or saved it twice."""
    path = PurePosixPath(composed(name))
    return sorted(other for other in names if other != name and _is_copy(composed(other), path.stem, path.suffix))


def _is_copy(other: str, stem: str, suffix: str) -> bool:
    if other.casefold() == f"copy of {stem}{suffix}".casefold():
        return True
    end = len(other) - len(suffix)
    same = other[: len(stem)].casefold() == stem.casefold() and other[end:].casefold() == suffix.casefold()
    return same and _COPY.fullmatch(other, len(stem), max(end, len(stem))) is not None


def nearest(wanted: str, names: Sequence[str]) -> str:
    """Return the name closest to ``wanted``, or nothing."""
    by_lower = {name.lower(): name for name in names if leftover(name) is None and not name.startswith(".")}
    close = difflib.get_close_matches(re.sub(_WILD, "", wanted).lower(), by_lower, n=1, cutoff=0.5)
    return by_lower[close[0]] if close else ""
