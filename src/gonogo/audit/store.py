"""One log folder opened for writing: its lock, its last segment, its quarantine. Bytes only; no meaning.

Layout: ``lock`` (flock target, never replaced), ``000001.jsonl`` (segments), ``quarantine/`` (bytes cut from a torn
tail, never deleted), ``checkpoint`` (see :mod:`gonogo.audit.checkpoint`), ``index.json`` (derived: see
:mod:`gonogo.audit.index`). A lock on the folder itself, shared, says that a writer is alive.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gonogo.audit import index
from gonogo.audit.checkpoint import FOLDER, NAME, Checkpoint, load_checkpoint
from gonogo.audit.io import APPEND, CREATE, DIRECTORY, Io, write_all
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.reading import FIRST_SEGMENT, PUT_BACK, SEGMENT
from gonogo.audit.watermark import Marked
from gonogo.errors import IntegrityError, RecordFault
from gonogo.model.canonical import digest_of_bytes

QUARANTINE: Final = "quarantine"
_CHUNK: Final = 2**20
_OTHERS_WRITE: Final = stat.S_IWGRP | stat.S_IWOTH


class Store:
    """A log folder that this process may write to.

    Attributes:
        fresh: Whether its last segment was empty when it was opened.
    """

    def __init__(self, folder: Path, *, io: Io) -> None:
        """Open the folder; make it, and its first segment, where there is none.

        Raises:
            RecordFault: It is a link, others may write to it, or the system refuses.
            IntegrityError: A checkpoint is in it, and no segment is.
        """
        self._folder = folder
        self._io = io
        self._open: list[int] = []
        try:
            made = io.make_directory(str(folder), None)
            self._directory = self._held(str(folder), DIRECTORY, None)
            self._check(self._directory, folder.name, directory=True)
            if made:
                self._sync_parent()
            self._lock = self._held("lock", APPEND, self._directory)
            self._check(self._lock, "lock")
            self._names = sorted(name for name in os.listdir(self._directory) if SEGMENT.fullmatch(name))
            new = not self._names
            if new and any(self._there(name) for name in (NAME, FOLDER)):
                raise IntegrityError("the segments of the audit log are gone: its checkpoint is there", hint=PUT_BACK)
            self._names = self._names or [FIRST_SEGMENT]
            self._segment = self._held(self._names[-1], APPEND, self._directory)
            self._check(self._segment, self._names[-1])
            if new:
                io.sync_directory(self._directory)
        except OSError as error:
            self.close()
            raise RecordFault(
                f"the audit log {folder} cannot be opened: {_why(error)}", hint=_next(error, folder)
            ) from error
        except (RecordFault, IntegrityError):
            self.close()
            raise

    def close(self) -> None:
        """Release the locks and close everything."""
        while self._open:
            self._io.close(self._open.pop())

    @contextmanager
    def locked(self, timeout_s: float) -> Iterator[None]:
        """Hold the log's lock.

        Raises:
            RecordFault: Somebody else held it for ``timeout_s`` seconds.
        """
        if not self._io.lock(self._lock, timeout_s=timeout_s):
            what = f"the audit log {self._folder.name} was locked by another process for {timeout_s:g} s"
            raise RecordFault(what, hint="wait for the other run to end, or end it")
        try:
            yield
        finally:
            self._io.unlock(self._lock)

    def settle(self) -> bool:
        """Say that this writer is alive; return whether it is the only one. Call under the lock."""
        alone = self._io.lock(self._directory)
        self._io.lock(self._directory, shared=True)
        return alone

    @property
    def segment(self) -> int:
        """Number of the last segment."""
        return len(self._names)

    def earlier(self) -> Iterator[tuple[Place, bytes]]:
        """Iterate the lines of all segments before the last, each with its place and newline.

        Raises:
            IntegrityError: A segment is missing between two.
            RecordFault: A segment is not a plain file of its own.
        """
        for number, name in enumerate(self._names, start=1):
            if name != f"{number:06d}.jsonl":
                raise IntegrityError(f"the segment {number:06d}.jsonl of the audit log is missing")
        for number, name in enumerate(self._names[:-1], start=1):
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # opening a pipe would wait for ever
            with os.fdopen(self._io.open(name, flags, self._directory), "rb") as stream:
                self._check(stream.fileno(), name)
                offset = 0
                for line in stream:
                    yield Place(number, offset), line
                    offset += len(line)

    @property
    def size(self) -> int:
        """Bytes in the last segment."""
        return os.fstat(self._segment).st_size

    def read(self, offset: int, end: int) -> bytes:
        """Return the bytes of the last segment from ``offset`` to ``end``."""
        return b"".join(self._parts(offset, end))

    def lines(self, offset: int, end: int) -> Iterator[tuple[Place, bytes]]:
        """Iterate the lines of the last segment from ``offset`` to ``end``; the very last may lack its newline."""
        rest = b""
        for part in self._parts(offset, end):
            *whole, rest = (rest + part).split(b"\n")
            for line in whole:
                yield Place(self.segment, offset), line + b"\n"
                offset += len(line) + 1
        if rest:
            yield Place(self.segment, offset), rest

    def marks(self) -> tuple[index.Mark, ...]:
        """Return the marks of all segments.

        Raises:
            OSError: One cannot be looked at.
        """
        earlier = (index.mark(name, os.lstat(self._folder / name)) for name in self._names[:-1])
        return (*earlier, index.mark(self._names[-1], os.fstat(self._segment)))

    def leave_index(self, ledger: Ledger, marked: Marked | None) -> None:
        """Leave the index for the next writer; call under the lock, once everything is on disk."""
        with contextlib.suppress(OSError):
            index.save(self._io, self._directory, self.marks(), ledger, marked)

    def checkpoint(self) -> Checkpoint | None:
        """Return the last checkpoint; None where there is none.

        Raises:
            RecordFault: Others may write to it, or it cannot be read.
            IntegrityError: It is a link, or no checkpoint.
        """
        if not self._there(NAME):
            return None
        self._check_mode(os.stat(NAME, dir_fd=self._directory, follow_symlinks=False), NAME)
        return load_checkpoint(self._folder, within=self._directory)

    def leave_checkpoint(self, made: Checkpoint) -> None:
        """Put a checkpoint in the place of the last one; it is on disk after."""
        self._put(NAME, made.note, self._directory)

    def _put(self, name: str, data: bytes, within: int) -> None:
        partial = f"{name}.partial"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(partial, dir_fd=within)
        copy = self._io.open(partial, CREATE | os.O_EXCL, within)  # never through a link that somebody planted
        try:
            write_all(self._io, copy, data)
            self._io.sync(copy)
        finally:
            self._io.close(copy)
        self._io.rename(partial, name, within)
        self._io.sync_directory(within)

    def _there(self, name: str) -> bool:
        try:
            os.stat(name, dir_fd=self._directory, follow_symlinks=False)
        except FileNotFoundError:
            return False
        return True

    def _parts(self, offset: int, end: int) -> Iterator[bytes]:
        while offset < end and (part := self._io.read(self._segment, min(_CHUNK, end - offset), offset)):
            yield part
            offset += len(part)

    def write(self, data: bytes) -> None:
        """Append to the last segment; return once it is on disk."""
        write_all(self._io, self._segment, data)
        self._io.sync(self._segment)

    def set_aside(self, tail: bytes, offset: int) -> None:
        """Move ``tail``, the end of the last segment from ``offset`` on, to the quarantine. Both are on disk after."""
        stem = f"{Path(self._names[-1]).stem}-{offset}-{digest_of_bytes(tail)[:16]}"
        if self._io.make_directory(QUARANTINE, self._directory):
            self._io.sync_directory(self._directory)
        folder = self._io.open(QUARANTINE, DIRECTORY, self._directory)
        try:
            copy = self._io.open(f"{stem}.partial", CREATE, folder)
            try:
                write_all(self._io, copy, tail)
                self._io.sync(copy)
            finally:
                self._io.close(copy)
            self._io.rename(f"{stem}.partial", f"{stem}.torn", folder)
            self._io.sync_directory(folder)
        finally:
            self._io.close(folder)
        self._io.truncate(self._segment, offset)
        self._io.sync(self._segment)

    def quarantined(self) -> Iterator[tuple[str, bytes]]:
        """Iterate the name and bytes of everything that was ever set aside.

        Raises:
            RecordFault: Something there is not a plain file.
        """
        folder = self._folder / QUARANTINE
        for entry in sorted(folder.glob("*.torn")) if folder.is_dir() else ():
            if entry.is_symlink() or not entry.is_file():
                raise RecordFault(f"{entry} in the audit log is not a plain file of its own")
            yield entry.name, entry.read_bytes()

    def _held(self, name: str, flags: int, within: int | None) -> int:
        descriptor = self._io.open(name, flags, within)
        self._open.append(descriptor)
        return descriptor

    def _sync_parent(self) -> None:
        parent = self._io.open(str(self._folder.absolute().parent), os.O_RDONLY | os.O_CLOEXEC, None)
        try:
            self._io.sync_directory(parent)
        finally:
            self._io.close(parent)

    def _check(self, descriptor: int, name: str, *, directory: bool = False) -> None:
        found = os.fstat(descriptor)
        if not directory and not (stat.S_ISREG(found.st_mode) and found.st_nlink == 1):
            raise RecordFault(f"{name} of the audit log is not a plain file of its own")
        self._check_mode(found, name)

    def _check_mode(self, found: os.stat_result, name: str) -> None:
        if found.st_mode & _OTHERS_WRITE and not stat.S_ISLNK(found.st_mode):
            what = f"{name} of the audit log may be written by others (mode {stat.S_IMODE(found.st_mode):04o})"
            raise RecordFault(what, hint="take group and world write permission away: chmod go-w")
        if found.st_uid not in (os.geteuid(), 0) and os.geteuid() != 0:
            raise RecordFault(f"{name} of the audit log belongs to another user")


def _why(error: OSError) -> str:
    return error.strerror or str(error)


def _next(error: OSError, folder: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return f"make the folder {folder.parent} first"
    if folder.is_symlink() or isinstance(error, (NotADirectoryError, IsADirectoryError)) or error.errno == errno.ELOOP:
        return "the log has a folder and files of its own, and none of them is a link (log: in gonogo.yaml)"
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM):
        return f"make room, or lift the limit, where {folder} lies; then run it again"
    return f"let this user write to {folder}, or name another folder in gonogo.yaml (log:)"
