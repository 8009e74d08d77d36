"""The sealed copy of an input: its bytes, their digest, and every reason why they are not the file's content."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import sys
import tempfile
from dataclasses import dataclass
from typing import Final

from gonogo.isolate import seal
from gonogo.plugin.inputs.leftovers import lock_of
from gonogo.plugin.inputs.search import FoundFile, InputFault

MEMORY_BYTES: Final = 64 * 2**20
"""Largest copy that is held in memory; a larger one goes to a scratch file."""
_CHUNK: Final = 2**20
_NEVER_INLINE: Final = 2**16
"""Bytes from which no file system keeps content without a block of its own."""
_ONLINE: Final = "online only: choose `Always keep on this device`, or copy it to a local folder, and collect again"
_FORBIDDEN: Final = frozenset({errno.EACCES, errno.EPERM})
_IN_USE: Final = frozenset({errno.EBUSY, errno.ETXTBSY, errno.EAGAIN})
_AWAY: Final = frozenset(
    getattr(errno, name)
    for name in (
        *("EIO", "EINVAL", "ENODATA", "ETIMEDOUT", "EREMOTEIO", "ENOTCONN", "ESTALE", "EOPNOTSUPP", "EHOSTDOWN"),
        *("EHOSTUNREACH", "ENETUNREACH", "ENXIO", "ENOLINK"),
    )
    if hasattr(errno, name)
)
"""What reading a placeholder, or a share that is gone, ends with; WSL gives EIO or EINVAL for a reparse point."""


def why_unreadable(error: OSError) -> str:
    """Return in words why the system would not read something, and what to do about it."""
    reason = error.strerror or "the system refused"
    if error.errno in _FORBIDDEN:
        return f"{reason}; the account that runs this needs the right to read it"
    if error.errno in _AWAY:
        return f"{reason}; it may be {_ONLINE}"
    if error.errno in _IN_USE:
        return f"{reason}; close it where it is open, then run again"
    return reason


def _open_elsewhere(found: FoundFile) -> str:
    """Return a sentence on a lock file beside the file; said only where reading failed."""
    try:
        lock = lock_of(found.name, os.listdir(found.folder))
    except OSError:
        return ""
    return " A lock file beside it says that somebody has it open." if lock else ""


def copy_of(found: FoundFile, max_bytes: int) -> Copy:
    """Hash a file while copying it; return the copy, whose descriptor the caller closes.

    Raises:
        InputFault: It is a link, not a plain file, empty, online only, too large, unreadable, or changed meanwhile.
    """
    try:
        return _copy(found, max_bytes)
    except OSError as error:
        raise InputFault(f"{found.path} cannot be read: {why_unreadable(error)}.{_open_elsewhere(found)}") from error


def _copy(found: FoundFile, max_bytes: int) -> Copy:
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK | getattr(os, "O_NOCTTY", 0)
    if stat.S_ISLNK(os.lstat(found.name, dir_fd=found.folder).st_mode):
        raise InputFault(f"{found.path} is a link; links are not followed, name the file itself.")
    source = os.open(found.name, flags, dir_fd=found.folder)
    try:
        before = os.fstat(source)
        _refuse_by_status(found, before, max_bytes)
        copy = _sealed_copy(source, before.st_size)
        after = os.fstat(source)
    finally:
        os.close(source)
    refusal = ""
    if copy.size != before.st_size or _identity(before) != _identity(after):
        again = "collect again when nobody is writing to it"
        refusal = f"{found.path} changed while it was read; {again}.{_open_elsewhere(found)}"
    elif not copy.filled:
        away = f"it may be {_ONLINE}" if before.st_blocks == 0 else "copy it again from where it comes from"
        refusal = f"{found.path} holds {copy.size:,} bytes of nothing (NUL); {away}."
    if refusal:
        os.close(copy.descriptor)
        raise InputFault(refusal)
    return copy


def _refuse_by_status(found: FoundFile, status: os.stat_result, max_bytes: int) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise InputFault(f"{found.path} is not a regular file.")
    if status.st_size == 0:
        raise InputFault(
            f"{found.path} is empty (0 bytes), as after an upload that was cut off; copy it here again."
            + _open_elsewhere(found)
        )
    if status.st_size > max_bytes:
        raise InputFault(f"{found.path} has {status.st_size:,} bytes; the binding allows {max_bytes:,} (max_bytes).")
    if status.st_blocks == 0 and status.st_size >= _NEVER_INLINE:
        raise InputFault(
            f"{found.path} has {status.st_size:,} bytes, but none of them is on this machine: it is {_ONLINE}."
        )


def _identity(status: os.stat_result) -> tuple[int, ...]:
    return (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


@dataclass(frozen=True, slots=True)
class Copy:
    """Bytes that nobody can change any more.

    Attributes:
        size: How many.
        sha256: Their digest.
        descriptor: Open, read-only.
        filled: Whether any of them is other than NUL.
    """

    size: int
    sha256: str
    descriptor: int
    filled: bool


def _sealed_copy(source: int, expected: int) -> Copy:
    """Copy at most one byte more than is expected, so that a growing file is noticed and never followed."""
    in_memory = sys.platform == "linux" and hasattr(os, "memfd_create") and expected <= MEMORY_BYTES
    readable = -1
    if in_memory:
        copy = os.memfd_create("gonogo-input", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    else:
        copy, path = tempfile.mkstemp(prefix="gonogo-input-")
        try:
            readable = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        finally:
            os.unlink(path)  # before anything is in it: nothing is left behind, however this process ends
    try:
        digest, size, filled = hashlib.sha256(), 0, False
        while size <= expected:
            data = os.read(source, min(_CHUNK, expected + 1 - size))
            if not data:
                break
            digest.update(data)
            size += len(data)
            filled = filled or bool(data.strip(b"\0"))
            view = memoryview(data)
            while view:
                view = view[os.write(copy, view) :]
        if in_memory:
            seal(copy)
            return Copy(size, digest.hexdigest(), copy, filled)
        os.close(copy)
        return Copy(size, digest.hexdigest(), readable, filled)
    except BaseException:
        os.close(copy)
        if readable >= 0:
            os.close(readable)
        raise
