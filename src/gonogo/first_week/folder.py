"""The files of an evidence folder as they are: synchronized, half downloaded, locked, copied twice.

Only names and sizes are looked at here. Nothing that is online only is opened, because that would download it.
"""

from __future__ import annotations

import filecmp
import os
import re
import stat
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gonogo.first_week.file_kinds import Unrecognized, Why
from gonogo.model.program import DEFAULT_MAX_BYTES
from gonogo.plugin.inputs.leftovers import LeftoverKind, leftover
from gonogo.plugin.inputs.match import conflict_copies

MAX_FILES: Final = 5_000
MAX_DEPTH: Final = 12
_OURS: Final = re.compile(
    r"(gonogo|people|waivers|plans|acceptances)\.yaml|gonogo\.(earlier|faulty)(-[0-9]+)?\.yaml|bindings\.xlsx"
    r"|first-look(-[0-9]+)?\.txt"
)
_OUR_FOLDERS: Final = frozenset({"ruleset", "audit"})
_LEFT: Final = {
    LeftoverKind.LOCK: (
        Why.LOCKED,
        "An office program has the file of that name open; close it there. Lock files are never read.",
    ),
    LeftoverKind.CLOUD: (Why.ONLINE, "Its content is in the cloud; open it once, so that it is downloaded."),
    LeftoverKind.SHORTCUT: (Why.SHORTCUT, "It points to a file and holds nothing of it; put the file itself here."),
    LeftoverKind.UNFINISHED: (
        Why.UNFINISHED,
        "A download or a copy that has not finished; wait for it, or copy the file again.",
    ),
}
"""What is said about files that are not evidence by their very name; those of the operating system are left aside."""
_COMPARED: Final = 64 << 20
"""Larger files are not read to say whether one is a copy of the other."""
_RECALL: Final = 0x00400000 | 0x00040000 | 0x00001000
"""Windows: recall on data access, recall on open, offline."""
_DATALESS: Final = 0x40000000
"""macOS: the content is not on this disk."""
_NEVER_INLINE: Final = 1 << 16
"""Bytes from which no file system keeps content without a block of its own."""


@dataclass(slots=True)
class FolderEntry:
    """What a folder holds.

    Attributes:
        files: Files to look into: path relative to the program's folder, and size in bytes.
        odd: Files that are not looked into, with the reason.
        ignored: Number of hidden files and those that operating systems leave behind.
        cut: Whether there were more files than are looked at.
    """

    files: list[tuple[str, int]] = field(default_factory=list)
    odd: list[Unrecognized] = field(default_factory=list)
    ignored: int = 0
    cut: bool = False


def look_through(root: Path, evidence: str) -> FolderEntry:
    """Return the files of the evidence folder, its folders included, in the order of their names.

    Args:
        root: The program's folder.
        evidence: The evidence folder, relative to it; ``.`` for the program's folder itself.
    """
    found = FolderEntry()
    for prefix, entries in _folders(root, "" if evidence in ("", ".") else f"{evidence}/", found):
        copies = _copies(entry.name for entry in entries)
        for entry in entries:
            if len(found.files) + len(found.odd) >= MAX_FILES:
                found.cut = True
                return found
            _sort(entry, f"{prefix}{entry.name}", copies, found)
    return found


def left_behind(path: str) -> Unrecognized | None:
    """Return what a file is that an office program or a download left there, by its name alone; None for any other."""
    left = leftover(path.rpartition("/")[2])
    return Unrecognized(path, *_LEFT[left.kind]) if left is not None and left.kind in _LEFT else None


def _folders(root: Path, start: str, found: FolderEntry) -> Iterator[tuple[str, list[os.DirEntry[str]]]]:
    waiting = [start]
    while waiting:
        prefix = waiting.pop(0)
        try:
            with os.scandir(root / prefix) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            reason = error.strerror or "the system refused"
            found.odd.append(Unrecognized(prefix, Why.UNREADABLE, f"This folder cannot be read: {reason}."))
            continue
        files = []
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                if prefix or not _OURS.fullmatch(entry.name):
                    files.append(entry)
            elif entry.name.startswith(".") or (not prefix and entry.name in _OUR_FOLDERS):
                found.ignored += 1
            elif prefix.count("/") < MAX_DEPTH:
                waiting.append(f"{prefix}{entry.name}/")
            else:
                what = f"Folders are searched {MAX_DEPTH} levels deep; move it up."
                found.odd.append(Unrecognized(f"{prefix}{entry.name}/", Why.UNREADABLE, what))
        yield prefix, files


def _of_copy(path: str, name: str) -> tuple[Why, str]:
    """Say how a copy, by its name, stands to the file that it is a copy of: one of the same bytes is in no conflict."""
    other = os.path.join(os.path.dirname(path), name)
    try:
        whole = [status for each in (path, other) if _by_status(status := os.lstat(each)) is None]
        if len(whole) == 2 and max(status.st_size for status in whole) <= _COMPARED:
            if filecmp.cmp(path, other, shallow=False):
                return Why.COPY, f"It holds the same bytes as {name}, so it can go."
            what = f"It does not hold what {name} holds: two people changed it, or one is older"
            return Why.CONFLICT, f"{what}; keep the one that counts."
    except OSError:
        pass  # nobody knows what both hold, and the sentence says no more than their names
    return Why.CONFLICT, f"Two people changed {name}, or it was copied; keep one of them."


def _sort(entry: os.DirEntry[str], path: str, copies: dict[str, str], found: FolderEntry) -> None:
    name = entry.name
    odd: tuple[Why, str] | None = None
    left = leftover(name)
    kind = LeftoverKind.CLOUD if name.endswith(".icloud") else left.kind if left is not None else None
    if kind in _LEFT:
        odd = _LEFT[kind]
    elif kind is not None or name.startswith("."):
        found.ignored += 1
        return
    elif entry.is_symlink():
        odd = Why.LINK, "Links are not followed; put the file itself here."
    elif name in copies:
        odd = _of_copy(entry.path, copies[name])
    else:
        try:
            status = entry.stat(follow_symlinks=False)
        except OSError as error:
            odd = Why.UNREADABLE, f"The system refuses to say anything about it: {error.strerror or error}."
        else:
            odd = _by_status(status)
            if odd is None:
                found.files.append((path, status.st_size))
                return
    found.odd.append(Unrecognized(path, *odd))


def _by_status(status: os.stat_result) -> tuple[Why, str] | None:
    if not stat.S_ISREG(status.st_mode):
        return Why.UNREADABLE, "It is not a regular file."
    size = status.st_size
    recall = getattr(status, "st_file_attributes", 0) & _RECALL or getattr(status, "st_flags", 0) & _DATALESS
    if recall or (size >= _NEVER_INLINE and getattr(status, "st_blocks", 1) == 0):
        return Why.ONLINE, "Only a placeholder is on this disk; choose “Always keep on this device”, then look again."
    if size == 0:
        return Why.EMPTY, "It has 0 bytes; if it should not, it was never downloaded or never written."
    if size > DEFAULT_MAX_BYTES:
        most = f"a binding reads up to {DEFAULT_MAX_BYTES:,} unless it says more: max_bytes: {_rounded(size)}"
        return Why.LARGE, f"It has {size:,} bytes; {most}."
    return None


def _rounded(size: int) -> str:
    megabytes = -(-size // 2**20)
    return f"{megabytes}MB" if megabytes <= 4096 else "4GB is the most"


def _copies(names: Iterable[str]) -> dict[str, str]:
    """Return each name that looks like a copy of another one here, to that one."""
    by_ending: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_ending[os.path.splitext(name)[1]].append(name)
    found: dict[str, str] = {}
    for group in by_ending.values():
        group.sort()
        for name in group:
            stem = os.path.splitext(name)[0]
            start = bisect_left(group, stem)
            siblings = [other for other in _with_stem(group, start, stem) if other != name]
            for copy in conflict_copies(name, siblings) if siblings else ():
                found.setdefault(copy, name)
    return found


def _with_stem(group: list[str], start: int, stem: str) -> Iterator[str]:
    for index in range(start, len(group)):
        if not group[index].startswith(stem):
            return
        yield group[index]
