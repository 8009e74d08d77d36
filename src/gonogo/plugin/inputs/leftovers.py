"""What office programs, synchronizers and systems leave beside evidence, told by name alone; none of it is evidence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import PurePosixPath
from typing import Final


class LeftoverKind(StrEnum):
    """What such a file is, and what a person can do about the file that it stands for."""

    LOCK = "lock"
    SHORTCUT = "shortcut"
    CLOUD = "cloud"
    UNFINISHED = "unfinished"
    SYSTEM = "system"


WORDS: Final[dict[LeftoverKind, str]] = {
    LeftoverKind.LOCK: "{} is the lock of an office program, which only says that somebody has the file open: ask them "
    "to save it here and close it",
    LeftoverKind.SHORTCUT: "{} is a shortcut, which points to a file and holds nothing of it: put the file itself here",
    LeftoverKind.CLOUD: "{} is a placeholder for a file that is online only: let it be downloaded "
    "(Always keep on this device) and collect again",
    LeftoverKind.UNFINISHED: "{} is a download or a copy that has not finished: wait for it, or copy the file again",
    LeftoverKind.SYSTEM: "{} belongs to the operating system and is not evidence: name the file that is meant",
}
"""One sentence for each kind, without its full stop; ``{}`` is the name."""

_SYSTEM: Final = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", ".ds_store", "icon\r"})
_SHORTCUTS: Final = re.compile(r"(.+?)(?: - Shortcut| alias)?\.(?:url|lnk|webloc|gdoc|gsheet|gslides)", re.IGNORECASE)
_UNFINISHED: Final = re.compile(r"(.*)\.(?:tmp|crdownload|part|partial|opdownload|filepart)", re.IGNORECASE)
_CLOUD: Final = re.compile(r"(?:\.(.+)\.icloud|(.+)\.(?:nextcloud|owncloud|cloud|cloudf))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Leftover:
    """One file that is not evidence.

    Attributes:
        kind: What it is.
        of: Name of the file that it stands for, where its own name shows that; else empty.
    """

    kind: LeftoverKind
    of: str = ""


def leftover(name: str) -> Leftover | None:
    """Return what a file is that is not evidence by its very name; None for any other."""
    if name.startswith("~$"):
        return Leftover(LeftoverKind.LOCK, name[2:])
    if name.startswith(".~lock.") and name.endswith("#"):
        return Leftover(LeftoverKind.LOCK, name[7:-1])
    if name.lower() in _SYSTEM or name.startswith("._"):
        return Leftover(LeftoverKind.SYSTEM)
    if match := _CLOUD.fullmatch(name):
        return Leftover(LeftoverKind.CLOUD, match[1] or match[2])
    if match := _SHORTCUTS.fullmatch(name):
        return Leftover(LeftoverKind.SHORTCUT, match[1])
    if match := _UNFINISHED.fullmatch(name):
        return Leftover(LeftoverKind.UNFINISHED, match[1])
    return None


def composed(name: str) -> str:
    """Return a name with each accented letter as one sign, as Windows writes it; macOS may write two."""
    return unicodedata.normalize("NFC", name)


def look(name: str) -> str:
    """Return what a name looks like: without capitals, and with every blank and look-alike sign as the plain one."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def why_absent(component: str, names: Iterable[str], show: Callable[[str], str]) -> str:
    """Return what stands where ``component`` should, as the end of a sentence; empty where nothing is like it.

    Args:
        component: The name or pattern that matches nothing.
        names: Everything in the folder.
        show: How a name is shown.
    """
    listed = sorted(names)
    for name in listed:
        found = leftover(name)
        if found is not None and (name == component or _stands_for(found, component)):
            return WORDS[found.kind].format(show(name))
    for name in listed:
        if leftover(name) is None and fnmatchcase(look(name), look(component)):
            return f"{show(name)} differs only in capital letters, blanks or signs that look alike: write it as it is"
    return ""


def lock_of(name: str, names: Iterable[str]) -> str:
    """Return the lock file that says that ``name`` is open somewhere; empty for none."""
    for other in sorted(names):
        found = leftover(other)
        # Word leaves out the first two letters of a long name; Excel does not.
        if (
            found is not None
            and found.kind is LeftoverKind.LOCK
            and composed(found.of) in (composed(name), composed(name)[2:])
        ):
            return other
    return ""


def twins(name: str, names: Iterable[str]) -> list[str]:
    """Return the other names that some systems hold for the same: capitals differ, or how accents are written."""
    wanted = composed(name).casefold()
    return sorted(other for other in names if other != name and composed(other).casefold() == wanted)


def _stands_for(found: Leftover, component: str) -> bool:
    wanted = composed(component).casefold()
    return any(fnmatchcase(of, wanted) for of in _meant(found.of, PurePosixPath(component).suffix))


def _meant(of: str, suffix: str) -> Iterator[str]:
    if of:
        plain = composed(of).casefold()
        yield from (plain, plain + suffix.casefold())
