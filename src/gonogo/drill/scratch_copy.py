"""A scratch copy of a program, in which anything may be broken and is whole again afterwards."""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Final

from gonogo.documents.files import real
from gonogo.errors import IsolationFault
from gonogo.program.program_file import ProgramFiles
from gonogo.ruleset.locate import REFERENCE

_DEEP: Final = "below"
_CHUNK: Final = 2**20
_DATED: Final = re.compile(rb",\s*sha256:\s*\[[0-9a-f\s,]*\](?=\s*\})")
"""The digests of contents that a person dated, as gonogo writes them."""


class ScratchCopy:
    """A copy of everything that a run of the program reads, the log included.

    Every change is made through it and undone when its :meth:`changes` end: what was there is set aside, never written
    over. Paths are relative to the program's folder.

    Attributes:
        root: The copy of the program's folder.
        log: Folder of the log in it.
    """

    def __init__(self, program: ProgramFiles, folder: Path) -> None:
        named = program.program
        outside = [name for name in (named.ruleset, *named.overlays, named.trust or "") if _leaves(name)]
        depth = max((PurePosixPath(name).parts.count("..") for name in outside), default=0)
        self.root = folder.joinpath("copy", *[_DEEP] * depth, "program")
        self.log = self.root / program.program.log
        self._aside = folder / "aside"
        self._aside.mkdir()
        self._frames: list[list[tuple[Path, Path | None]]] = []
        self._numbers = iter(range(1_000_000))
        self.root.mkdir(parents=True)
        wanted = _wanted(program)
        for entry in program.root.iterdir():
            if wanted is None or not entry.is_dir() or entry.name in wanted:
                _copy(entry, self.root / entry.name)
        for name in outside:
            source, target = program.root / name, Path(os.path.normpath(self.root / name))
            target.parent.mkdir(parents=True, exist_ok=True)
            _copy(real(source), target)
            if name == named.trust:
                _copy_keys(source.parent, target.parent)
        self._check_inside(self.log)
        if any(entry.as_of.sha256 for binding in named.bindings for entry in binding.inputs):
            file = self.root / "gonogo.yaml"  # a drill asks what is seen in files that somebody has dated as they are
            file.write_bytes(_DATED.sub(b"", file.read_bytes()))

    @contextmanager
    def changes(self) -> Iterator[None]:
        """Undo, at the end, every change that is made meanwhile."""
        self._frames.append([])
        try:
            yield
        finally:
            for path, kept in reversed(self._frames.pop()):
                _remove(path)
                if kept is not None:
                    os.rename(kept, path)

    def read(self, name: str) -> bytes:
        """Return the bytes of a file."""
        return (self.root / name).read_bytes()

    def put(self, name: str, content: bytes | str) -> None:
        """Write a file, in place of what is there."""
        path = self._free(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))

    def put_large(self, name: str, head: bytes, size: int) -> None:
        """Write a file of ``size`` bytes that begins as ``head`` does and ends in blanks that take their place."""
        path = self._free(name)
        with path.open("wb") as stream:
            stream.write(head[:size])
            left = size - min(len(head), size)
            while left > 0:
                left -= stream.write(b" " * min(left, _CHUNK))

    def remove(self, name: str) -> None:
        """Take away a file or a folder."""
        self._free(name)

    def move(self, old: str, new: str) -> None:
        """Give a file another name."""
        content = self.read(old)
        self._free(old)
        self.put(new, content)

    def link(self, name: str) -> None:
        """Put a symbolic link in place of a file; it leads to the same bytes, in another place."""
        path = self.root / name
        away = self._aside / f"linked-{next(self._numbers)}"
        shutil.copyfile(path, away)
        self._free(name).symlink_to(away)

    def pipe(self, name: str) -> None:
        """Put a named pipe in place of a file; who opens it and waits, waits for ever."""
        os.mkfifo(self._free(name))

    def copy_in(self, source: Path, name: str) -> None:
        """Copy a folder from elsewhere, such as that of a shipped ruleset."""
        _copy(source, self._free(name))

    def break_log(self) -> tuple[Path, ...]:
        """Return the segments of the log, which may be written over now: the log comes back as it is at this moment."""
        name = self.log.relative_to(self.root).as_posix()
        self._free(name)
        kept = self._frames[-1][-1][1]
        if kept is None:
            return ()
        shutil.copytree(kept, self.log, symlinks=True)
        return tuple(sorted(self.log.glob("[0-9]*.jsonl")))

    def awaits(self, name: str) -> None:
        """Note a file or folder that a run will make, so that it goes again."""
        self._free(name)

    def check_inside(self) -> None:
        """Refuse to run where a link would lead a write out of the copy.

        Raises:
            IsolationFault: It would.
        """
        self._check_inside(self.log)

    def _check_inside(self, path: Path) -> None:
        if not real(path).is_relative_to(real(self.root)):
            raise IsolationFault(f"the copy's {path.name} leads out of the copy: the drill writes nowhere else")

    def _free(self, name: str) -> Path:
        """Set aside what stands at a path, and return the path."""
        path = self.root / name
        self._check_inside(path.parent)
        kept = self._aside / f"{next(self._numbers)}" if os.path.lexists(path) else None
        if kept is not None:
            os.rename(path, kept)
        self._frames[-1].append((path, kept))
        return path


def _leaves(name: str) -> bool:
    return not REFERENCE.fullmatch(name) and ".." in PurePosixPath(name).parts


def _wanted(program: ProgramFiles) -> Collection[str] | None:
    """Return the names of the folders that a run may read; None where a pattern may mean any of them."""
    named = program.program
    names = [path for binding in named.bindings for entry in binding.inputs for path in entry.paths]
    names += [named.log, *named.overlays, named.ruleset, named.trust or ""]
    sheets = program.sheets["program"].document
    for key in ("people", "waivers", "plans", "acceptances"):
        value = getattr(sheets, key, None)
        names += [getattr(value, "raci", value)] if value is not None else []
    first = {next((part for part in PurePosixPath(name).parts if part != "."), "") for name in names}
    if any(mark in part for part in first for mark in "*?["):
        return None
    return first | {entry.name for entry in program.root.iterdir() if entry.is_dir() and any(entry.glob("*.jsonl"))}


def _copy(source: Path, target: Path) -> None:
    """Copy plain files, folders and links as they are; a pipe or a device is left out."""
    mode = source.lstat().st_mode
    if stat.S_ISLNK(mode):
        target.symlink_to(os.readlink(source))
    elif stat.S_ISDIR(mode):
        target.mkdir(exist_ok=True)
        for entry in source.iterdir():
            _copy(entry, target / entry.name)
    elif stat.S_ISREG(mode):
        shutil.copyfile(source, target)


def _copy_keys(source: Path, target: Path) -> None:
    """Copy the public keys that a trust file may name: they lie in its folder, or below."""
    for key in source.rglob("*.pem"):
        place = target / key.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        _copy(key, place)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
