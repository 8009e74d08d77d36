"""What is beside the file that is read: files that ``not_evidence`` leaves out, newer ones, copies, look-alikes."""

from __future__ import annotations

import fnmatch
import os
import stat
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from gonogo.model.program import Program
from gonogo.model.reply import Beside, LeftAside
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.leftovers import composed
from gonogo.plugin.inputs.likeness import look_alikes, stem
from gonogo.plugin.inputs.match import is_wild
from gonogo.plugin.inputs.part_numbers import parts_beside

MOST: Final = 2**28
"""Bytes of the largest files that are compared; larger ones count as different."""
_CHUNK: Final = 2**20
_PARTS: Final = 3


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


_FILE: Final = "a file of the same name but for its date or version"
_COPY: Final = "a file that is named like a copy of it"
_ALIKE: Final = "a file of nearly the same name"


@dataclass(frozen=True, slots=True)
class BesideFiles:
    """What a program says of files other than the one that is looked for, and what was met of them.

    Attributes:
        settled: Paths or patterns that are not evidence, with the reason.
        bound: Paths and patterns of all bindings: what another one reads is not overlooked.
        left_out: Files that were left out, as they are recorded.
        beside: Newer files, copies and look-alikes that nobody reads, as they are recorded.
    """

    settled: Mapping[str, str] = field(default_factory=dict)
    bound: Sequence[str] = ()
    left_out: list[LeftAside] = field(default_factory=list)
    beside: list[Beside] = field(default_factory=list)

    def excused(self, path: str) -> str | None:
        """Return the words of ``not_evidence`` that mean a path; None where it is evidence."""
        return next((pattern for pattern in self.settled if means(pattern, path)), None)

    def leave_out(self, words: str, shown: str) -> None:
        """Note that a file was left out by some words of ``not_evidence``, each once."""
        noted = LeftAside(path=shown, reason=self.settled[words] or "no reason")
        if noted not in self.left_out:
            self.left_out.append(noted)

    def read_elsewhere(self, path: str) -> bool:
        """Whether a binding names a path, without a pattern: then it is a document of its own."""
        return any(not is_wild(each) and means(each, path) for each in self.bound)

    def copied(self, path: str, than: str, pattern: str | None, *, same: bool) -> None:
        """Note a file that is named like a copy of the one that is read.

        Args:
            path: Its real path.
            than: The real path of the file that is read.
            pattern: As for ``look``.
            same: Whether both hold the same bytes.
        """
        hidden = pattern is not None  # names of copies hold names of people and of their computers
        noted = Beside(
            path=_COPY if hidden else composed(path), than=composed(pattern or than), by="copy" if same else "conflict"
        )
        if noted not in self.beside:
            self.beside.append(noted)

    def why_part(self, folder: int, path: str, shown: str, own: Sequence[str], *, personal: bool) -> str:
        """Return why a file is not read beside which other parts of its list lie unread; empty for none.

        Args:
            folder: Descriptor of its folder.
            path: Its real path.
            shown: Its path as it may be shown.
            own: Paths and patterns of the binding that reads it.
            personal: Whether other names may name somebody.
        """
        above, slash, name = path.rpartition("/")
        parts = [
            f"{above}{slash}{other}"
            for other in parts_beside(name, os.listdir(folder))
            if not any(means(words, f"{above}{slash}{other}") for words in (*own, *self.bound))
            and self.excused(f"{above}{slash}{other}") is None
            and _plain_file(folder, other)
        ]
        if not parts:
            return ""
        more = f" and {len(parts) - _PARTS} more" if len(parts) > _PARTS else ""
        said = "other parts of its list" if personal else f"{', '.join(parts[:_PARTS])}{more}, by the name of its list"
        return (
            f"{shown} would be read without {said}. Export the list as one file, or list under not_evidence what is no "
            "evidence."
        )

    def look(self, folder: int, path: str, *, pattern: str | None = None) -> None:
        """Note each file beside the one that is read that may be taken for it, where nobody reads it.

        Args:
            folder: Descriptor of its folder.
            path: The real path of the file that is read.
            pattern: The path or pattern of the binding, where names that it does not spell out are never shown.
        """
        above, slash, name = path.rpartition("/")
        names = os.listdir(folder)
        plain, wild = _told_apart(tuple(self.bound))
        read = {
            each
            for each in names
            if composed(there := f"{above}{slash}{each}") in plain or any(means(words, there) for words in wild)
        }
        for other, kind in look_alikes(name, set(names) - read, read):
            if kind == "copy" or kind == "older" or not _plain_file(folder, other):
                continue  # copies are compared, and noted, where the file is looked for
            there = f"{above}{slash}{other}"
            spelled = pattern is None or _spelled(pattern, there)
            words = self.excused(there)
            if words is not None:
                self.leave_out(words, composed(there) if spelled else words)
                continue
            hidden = _ALIKE if kind == "name" else _FILE
            than = path if pattern is None or spelled else pattern
            noted = Beside(path=composed(there) if spelled else hidden, than=composed(than), by=kind)
            if noted not in self.beside:
                self.beside.append(noted)


def around_of(program: Program) -> BesideFiles:
    """Return what a program says of files other than those that are looked for."""
    confirmed = [binding for binding in program.bindings if binding.confirmed is None]  # no other is read
    bound = [path for binding in confirmed for entry in binding.inputs for path in entry.paths]
    return BesideFiles(program.not_evidence or {}, bound)


@lru_cache(maxsize=8)
def _told_apart(bound: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the paths that bindings spell out, and the patterns: a program may bind hundreds of files in a folder."""
    plain = frozenset(composed(each).removeprefix("./") for each in bound if not is_wild(each))
    return plain, tuple(each for each in bound if is_wild(each))


def means(pattern: str, path: str) -> bool:
    """Whether a path or pattern means a path, part by part; accents may be written in either way."""
    parts, names = composed(pattern).removeprefix("./").split("/"), composed(path).split("/")
    return len(parts) == len(names) and all(
        name == part or (is_wild(part) and fnmatch.fnmatchcase(name, part))
        for part, name in zip(parts, names, strict=True)
    )


def spelled_out(part: str, name: str) -> bool:
    """Whether a name holds nothing but what a binding writes and one date: such a name says nobody's name."""
    mine = dated(composed(name))
    return composed(name) == composed(part) or (mine is not None and mine.wild == composed(part))


def _spelled(pattern: str, path: str) -> bool:
    part, name = composed(pattern.rpartition("/")[2]), composed(path.rpartition("/")[2])
    mine = stem(name)
    return spelled_out(part, name) or (mine is not None and stem(part) == mine)


def _plain_file(folder: int, name: str) -> bool:
    try:
        return stat.S_ISREG(os.lstat(name, dir_fd=folder).st_mode)
    except OSError:
        return False
