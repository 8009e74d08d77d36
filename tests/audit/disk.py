"""A disk that loses power: the calls of a writer are noted, and every folder that a crash may leave is made of them.

What was synced is there. Of what was not, any may be: a name or not, bytes up to any place, a sector of 512 bytes of
nothing, a sector that is half there. A file system promises less than most think, and no more is asked of it here.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gonogo.audit.io import PosixIo

SECTOR = 512
MODE = {"folder": 0o750, "file": 0o640}


class Unsynced(PosixIo):
    """The system, without waiting for a disk: a test that reads what it wrote needs none."""

    def sync(self, descriptor: int) -> None:
        os.fstat(descriptor)

    def sync_directory(self, descriptor: int) -> None:
        os.fstat(descriptor)


class Noted(Unsynced):
    """The system, noting each call that changes a disk as ``(call, path, ...)``; paths are relative to ``root``."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.calls: list[tuple[Any, ...]] = []
        self._paths: dict[int, str] = {}

    def _path(self, name: str, within: int | None) -> str:
        return os.path.relpath(name, self.root) if within is None else os.path.normpath(f"{self._paths[within]}/{name}")

    def make_directory(self, name: str, within: int | None) -> bool:
        made = super().make_directory(name, within)
        if made:
            self.calls.append(("make", self._path(name, within)))
        return made

    def open(self, name: str, flags: int, within: int | None) -> int:
        path = self._path(name, within)
        new = not (self.root / path).exists()
        descriptor = super().open(name, flags, within)
        self._paths[descriptor] = path
        if new:
            self.calls.append(("create", path))
        elif flags & os.O_TRUNC:
            self.calls.append(("cut", path, 0))
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        count = super().write(descriptor, data)
        self.calls.append(("write", self._paths[descriptor], bytes(data[:count])))
        return count

    def sync(self, descriptor: int) -> None:
        self.calls.append(("sync", self._paths[descriptor]))

    def sync_directory(self, descriptor: int) -> None:
        self.calls.append(("sync names", self._paths[descriptor]))

    def truncate(self, descriptor: int, size: int) -> None:
        super().truncate(descriptor, size)
        self.calls.append(("cut", self._paths[descriptor], size))

    def rename(self, before: str, after: str, within: int) -> None:
        super().rename(before, after, within)
        self.calls.append(("rename", self._path(before, within), self._path(after, within)))


@dataclass
class File:
    """What a file holds for certain, and what was done to it since it was last synced."""

    certain: bytes = b""
    since: list[tuple[Any, ...]] = field(default_factory=list)

    @property
    def now(self) -> bytes:
        """Its content while there is power."""
        content = self.certain
        for call, _, given in self.since:
            content = content + given if call == "write" else content[:given]
        return content

    def left(self, step: int) -> Iterator[bytes]:
        """Yield what may be left of it: as it was, as it is, and between, each ``step`` bytes and sector by sector."""
        content = self.certain
        yield content
        for call, _, given in self.since:
            if call == "cut":
                content = content[:given]
                yield content
                continue
            start, content = len(content), content + given
            yield from (content[:size] for size in range(start + 1, len(content), step))
            yield content
            yield content[:start] + bytes(len(given))
            for sector in range(start - start % SECTOR, len(content), SECTOR):
                begin, end = max(start, sector), min(sector + SECTOR, len(content))
                yield content[:begin] + bytes(end - begin) + content[end:]
                torn = (begin + end) // 2
                yield content[:torn] + bytes(end - torn) + content[end:]
                yield content[:begin] + bytes(torn - begin) + content[torn:]


class Disk:
    """What is on a disk after some calls."""

    def __init__(self, root: Path | None = None) -> None:
        self.files: dict[int, File] = {}
        self.names: dict[str, int] = {}
        """Every name that is certain: 0 for a folder, otherwise the file."""
        self.since: list[tuple[Any, ...]] = []
        """What was done to names since their folder was last synced."""
        for path in sorted(root.rglob("*")) if root is not None else ():
            assert root is not None
            number = 0 if path.is_dir() else len(self.files) + 1
            self.names[path.relative_to(root).as_posix()] = number
            if number:
                self.files[number] = File(path.read_bytes())

    def do(self, call: tuple[Any, ...]) -> None:
        """Go on by one call."""
        what, path, *more = call
        if what == "make":
            self.since.append(("add", path, 0))
        elif what == "create":
            number = len(self.files) + 1
            self.files[number] = File()
            self.since.append(("add", path, number))
        elif what == "rename":
            self.since.append(("rename", path, more[0]))
        elif what == "sync names":
            there = [step for step in self.since if os.path.dirname(step[1]) in (path, "" if path == "." else path)]
            self.names = _after(self.names, there)
            self.since = [step for step in self.since if step not in there]
        else:
            file = self.files[_after(self.names, self.since)[path]]
            if what == "sync":
                file.certain, file.since = file.now, []
            else:
                file.since.append(call)

    def states(self) -> Iterator[dict[str, bytes | None]]:
        """Yield what a loss of power now may leave: the content of each name, None for a folder."""
        seen: set[tuple[tuple[str, int], ...]] = set()
        for kept in itertools.product((True, False), repeat=len(self.since)):
            steps = [step for step, keep in zip(self.since, kept, strict=True) if keep]
            names = _after(self.names, steps)
            there = {name: number for name, number in names.items() if _reached(name, names)}
            if (form := tuple(sorted(there.items()))) in seen:
                continue
            seen.add(form)
            for base in (File.now.fget, lambda file: file.certain):
                whole = {name: base(self.files[number]) if number else None for name, number in there.items()}
                yield whole
                for name, number in there.items():
                    if number and self.files[number].since:
                        step = 1 if name.endswith(".jsonl") else 97
                        yield from ({**whole, name: content} for content in self.files[number].left(step))


def _after(names: dict[str, int], steps: list[tuple[Any, ...]]) -> dict[str, int]:
    found = dict(names)
    for what, path, given in steps:
        if what == "add":
            found[path] = given
        elif path in found:
            found[given] = found.pop(path)
    return found


def _reached(name: str, names: dict[str, int]) -> bool:
    above = os.path.dirname(name)
    return not above or (above in names and _reached(above, names))


def lay(root: Path, state: dict[str, bytes | None]) -> None:
    """Make the folder as a crash left it."""
    for name, content in sorted(state.items()):
        if content is None:
            (root / name).mkdir(MODE["folder"])
        else:
            descriptor = os.open(root / name, os.O_WRONLY | os.O_CREAT, MODE["file"])
            os.write(descriptor, content)
            os.close(descriptor)
