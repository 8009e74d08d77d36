"""Every system call that the log makes, in one object, so that each can be made to fail in a test. POSIX only."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Final, Protocol

from gonogo.errors import RecordFault

LOCK_PAUSE_S: Final = 0.005
# Windows has none of these three. Nothing is written there, but whatever reads a log imports this module too.
_KEEP: Final[int] = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NOFOLLOW", 0)
DIRECTORY: Final[int] = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | _KEEP
READ: Final[int] = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _KEEP
APPEND: Final = os.O_RDWR | os.O_APPEND | os.O_CREAT | _KEEP
CREATE: Final = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _KEEP


def unreadable(path: Path, error: OSError) -> RecordFault:
    """Return the fault for a log, or what is kept beside it, that this user cannot read: it may hold anything."""
    what = f"the audit log cannot be read: {path}: {error.strerror or error}"
    return RecordFault(what, hint="read it as the user who writes it, or ask that user for a copy")


class Io(Protocol):
    """The system calls of a log. Every method may raise OSError."""

    def make_directory(self, name: str, within: int | None) -> bool:
        """Make a folder with mode 0750; return False, and leave it as it is, where something has that name."""

    def open(self, name: str, flags: int, within: int | None) -> int:
        """Open ``name``, relative to the folder ``within``, with mode 0640 if it is made."""

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write some of ``data``; return how many bytes."""

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        """Read at most ``size`` bytes at ``offset``."""

    def sync(self, descriptor: int) -> None:
        """Return once a file's data is on disk. Never called again after it failed."""

    def sync_directory(self, descriptor: int) -> None:
        """Return once a folder's names are on disk."""

    def truncate(self, descriptor: int, size: int) -> None:
        """Cut a file."""

    def rename(self, before: str, after: str, within: int) -> None:
        """Rename inside one folder."""

    def lock(self, descriptor: int, *, shared: bool = False, timeout_s: float = 0.0) -> bool:
        """Take a lock; return False where somebody else kept it for so long."""

    def unlock(self, descriptor: int) -> None:
        """Release a lock."""

    def close(self, descriptor: int) -> None:
        """Close."""


def write_all(io: Io, descriptor: int, data: bytes) -> None:
    """Write all of ``data``, however little the system takes at once.

    Raises:
        OSError: It takes nothing more; a full disk may answer so, and asking again would never end.
    """
    rest = memoryview(data)
    while rest:
        count = io.write(descriptor, rest)
        if count <= 0:
            raise OSError(f"the system wrote {count} of {len(rest)} bytes")
        rest = rest[count:]


class PosixIo:
    """The system as it is."""

    def make_directory(self, name: str, within: int | None) -> bool:
        try:
            os.mkdir(name, 0o750, dir_fd=within)
        except FileExistsError:
            return False
        return True

    def open(self, name: str, flags: int, within: int | None) -> int:
        return os.open(name, flags, 0o640, dir_fd=within)

    def write(self, descriptor: int, data: memoryview) -> int:
        return os.write(descriptor, data)

    def read(self, descriptor: int, size: int, offset: int) -> bytes:
        return os.pread(descriptor, size, offset)

    def sync(self, descriptor: int) -> None:
        if hasattr(os, "fdatasync"):
            os.fdatasync(descriptor)
        else:  # macOS: fsync stops at the drive's cache
            import fcntl

            fcntl.fcntl(descriptor, getattr(fcntl, "F_FULLFSYNC"))  # noqa: B009  # absent from Linux's stubs

    def sync_directory(self, descriptor: int) -> None:
        os.fsync(descriptor)

    def truncate(self, descriptor: int, size: int) -> None:
        os.ftruncate(descriptor, size)

    def rename(self, before: str, after: str, within: int) -> None:
        os.rename(before, after, src_dir_fd=within, dst_dir_fd=within)

    def lock(self, descriptor: int, *, shared: bool = False, timeout_s: float = 0.0) -> bool:
        import fcntl

        deadline = time.monotonic() + timeout_s
        while True:
            try:
                fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    return False
                time.sleep(LOCK_PAUSE_S)
            else:
                return True

    def unlock(self, descriptor: int) -> None:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_UN)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)
