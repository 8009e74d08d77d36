"""One log folder opened for writing: its lock, its last segment, its quarantine. Bytes only; no meaning.

Layout: ``lock`` (flock target, never replaced), ``000001.jsonl`` (segments), ``quarantine/`` (bytes cut from a torn
tail, never deleted), ``checkpoint`` (see :mod:`gonogo.audit.checkpoint`), ``index.json`` (derived: see
:mod:`gonogo.audit.index`). A lock on the folder itself, shared, says that a writer is alive.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from gonogo.audit import index
from gonogo.audit.checkpoint import FOLDER, NAME
from gonogo.audit.companions import Companions
from gonogo.audit.guards import check_own, is_there
from gonogo.audit.io import APPEND, DIRECTORY, READ, Io, write_all
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.pins import NO_PINS, Pins
from gonogo.audit.reading import FIRST_SEGMENT, PUT_BACK, SEGMENT
from gonogo.audit.watermark import Marked
from gonogo.errors import IntegrityError, RecordFault

_CHUNK: Final = 2**20


class Store:
    """A log folder that this process may write to.

    Attributes:
        companions: What lies beside its segments.
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
            check_own(self._directory, folder.name, directory=True)
            if made:
                self._sync_parent()
            self._lock = self._held("lock", APPEND, self._directory)
            check_own(self._lock, "lock")
            self._names = sorted(name for name in os.listdir(self._directory) if SEGMENT.fullmatch(name))
            new = not self._names
            if new and any(is_there(name, self._directory) for name in (NAME, FOLDER)):
                raise IntegrityError("the segments of the audit log are gone: its checkpoint is there", hint=PUT_BACK)
            self._names = self._names or [FIRST_SEGMENT]
            self._segment = self._held(self._names[-1], APPEND, self._directory)
            check_own(self._segment, self._names[-1])
            if new:
                io.sync_directory(self._directory)
            self.companions = Companions(folder, self._directory, io)
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

    @property
    def is_last(self) -> bool:
        """Whether no segment follows the one that is written to."""
        return not is_there(f"{self.segment + 1:06d}.jsonl", self._directory)

    def earlier(self) -> Iterator[tuple[Place, bytes]]:
        """Iterate the lines of all segments before the last, each with its place and newline.

        Raises:
            IntegrityError: A segment is missing between two.
            RecordFault: A segment is not an ordinary file, or has a second name.
        """
        for number, name in enumerate(self._names, start=1):
            if name != f"{number:06d}.jsonl":
                raise IntegrityError(f"the segment {number:06d}.jsonl of the audit log is missing")
        for number, name in enumerate(self._names[:-1], start=1):
            flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK  # opening a pipe would wait for ever
            with os.fdopen(self._io.open(name, flags, self._directory), "rb") as stream:
                check_own(stream.fileno(), name)
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

    def leave_index(self, ledger: Ledger, marked: Marked | None, pins: Pins = NO_PINS) -> None:
        """Write the index for the next writer; call under the lock, once everything is on disk."""
        with contextlib.suppress(OSError):
            index.save(self._io, self._directory, self.marks(), ledger, marked, pins)

    def digest_before(self) -> str:
        """Return the digest of the segment before the last."""
        with os.fdopen(self._io.open(self._names[-2], READ, self._directory), "rb") as stream:
            check_own(stream.fileno(), self._names[-2])
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def begin_segment(self) -> None:
        """Make the next segment the last one; its name is on disk after."""
        self._names.append(f"{self.segment + 1:06d}.jsonl")
        self._replace(self._io.open(self._names[-1], APPEND | os.O_EXCL, self._directory))
        self._io.sync_directory(self._directory)

    def next_segment(self) -> bool:
        """Take the next segment, if another writer has begun one; return whether it has."""
        name = f"{self.segment + 1:06d}.jsonl"
        if not is_there(name, self._directory):
            return False
        self._names.append(name)
        self._replace(self._io.open(name, APPEND & ~os.O_CREAT, self._directory))
        check_own(self._segment, name)
        return True

    def close_segments(self) -> None:
        """Take the right to write to every segment but the last away, from this user too."""
        for name in self._names[:-1]:
            if stat.S_IMODE(os.lstat(self._folder / name).st_mode) & 0o222:
                with contextlib.suppress(OSError):
                    os.chmod(name, 0o440, dir_fd=self._directory)

    def _replace(self, segment: int) -> None:
        self._open.remove(self._segment)
        self._io.close(self._segment)
        self._segment = segment
        self._open.append(segment)

    def _parts(self, offset: int, end: int) -> Iterator[bytes]:
        while offset < end and (part := self._io.read(self._segment, min(_CHUNK, end - offset), offset)):
            yield part
            offset += len(part)

    def write(self, data: bytes) -> None:
        """Append to the last segment; return once it is on disk."""
        write_all(self._io, self._segment, data)
        self._io.sync(self._segment)

    def set_aside(self, offset: int, end: int) -> None:
        """Move the end of the last segment, from ``offset`` to ``end``, to the quarantine. Both are on disk after."""
        self.companions.quarantine(self.read(offset, end), f"{Path(self._names[-1]).stem}-{offset}")
        self._io.truncate(self._segment, offset)
        self._io.sync(self._segment)

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
