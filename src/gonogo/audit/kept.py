"""Sources whose bytes are kept beside the log (``keep: bytes``): under their digest, written once, checked.

Layout: ``blobs/ab/ab12…``, named by the SHA-256 of the content, mode 0440. A retention schedule may remove them: the
log holds what was admitted from them and never needs them. One that is there and differs is damage.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonogo.audit.io import CREATE, DIRECTORY, READ, Io, PosixIo, unreadable, write_all
from gonogo.errors import IntegrityError, RecordFault

FOLDER: Final = "blobs"
_CHUNK: Final = 2**20
_NAME: Final = re.compile(r"[0-9a-f]{64}")


def keep_source(folder: Path, sha256: str, source: int, *, io: Io | None = None) -> None:
    """Keep the bytes behind an open descriptor; they are on disk when this returns. A second time it only checks.

    Args:
        folder: Folder of the log; made where there is none.
        sha256: What the bytes are known by.
        source: Descriptor to read from its first byte; its position is not moved.
        io: System calls.

    Raises:
        RecordFault: They cannot be written, or are not what they are known by.
        IntegrityError: Other bytes are kept under that name.
    """
    made = io or PosixIo()
    held: list[int] = []
    try:
        within: int | None = None
        for name in (str(folder), FOLDER, sha256[:2]):
            new = made.make_directory(name, within)
            if new and within is not None:
                made.sync_directory(within)
            within = made.open(name, DIRECTORY, within)
            held.append(within)
        assert within is not None
        if _there(sha256, within):
            return
        half = f"{sha256}.{os.getpid()}.partial"  # another run may be keeping the same bytes at this moment
        try:
            copy = made.open(half, CREATE, within)
            held.append(copy)
            if _copied(made, source, copy) != sha256:
                raise RecordFault(f"a source changed while it was being kept under {sha256}")
            made.sync(copy)
            made.rename(half, sha256, within)
        except BaseException:
            with contextlib.suppress(OSError):  # it would take the room that was missing
                os.unlink(half, dir_fd=within)
            raise
        os.fchmod(copy, 0o440)  # only now: what a crash leaves unfinished must not be closed to the next run
        made.sync(copy)
        made.sync_directory(within)
    except OSError as error:
        why = error.strerror or str(error)
        raise RecordFault(
            f"the bytes of a source cannot be kept in {folder / FOLDER}: {why}",
            hint="make room there, or say keep: digest",
        ) from error
    finally:
        for descriptor in reversed(held):
            made.close(descriptor)


def kept_sources(folder: Path) -> Iterator[tuple[str, bool]]:
    """Iterate what is kept beside a log: each name, and whether its bytes are what it says.

    Raises:
        RecordFault: It may not be read by this user, so that nobody can tell.
    """
    place = folder / FOLDER
    for entry in _entries(place):
        if entry.name.endswith(".partial"):  # a crash left it, and nobody relied on it
            continue
        sound = _NAME.fullmatch(entry.name) is not None and entry.parent.name == entry.name[:2]
        try:
            yield entry.name, sound and _is(os.open(entry, READ), entry.name)
        except PermissionError as error:
            raise unreadable(entry, error) from error
        except OSError:
            yield entry.name, False


def _entries(place: Path) -> list[Path]:
    """Return what lies in the folders below ``place``; a pattern would pass over a folder that is closed to us."""
    try:
        folders = [entry for entry in place.iterdir() if entry.is_dir()] if place.is_dir() else []
        return sorted(entry for folder in folders for entry in folder.iterdir())
    except OSError as error:
        raise unreadable(Path(error.filename or place), error) from error


def _there(sha256: str, within: int) -> bool:
    try:
        if _is(os.open(sha256, READ, dir_fd=within), sha256):
            return True
    except FileNotFoundError:
        return False
    raise _changed(sha256)


def _copied(io: Io, source: int, copy: int) -> str:
    seen, offset = hashlib.sha256(), 0
    while part := os.pread(source, _CHUNK, offset):
        seen.update(part)
        offset += len(part)
        write_all(io, copy, part)
    return seen.hexdigest()


def _is(descriptor: int, sha256: str) -> bool:
    """Return whether a plain file holds those bytes, and close it."""
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        return False
    with os.fdopen(descriptor, "rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest() == sha256


def kept_source(folder: Path, sha256: str) -> bytes | None:
    """Return the kept bytes that are known by a digest; None where a retention schedule has removed them.

    Raises:
        IntegrityError: Other bytes are kept under that name.
        RecordFault: They may not be read by this user.
    """
    place = folder / FOLDER / sha256[:2] / sha256
    try:
        content = place.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise unreadable(place, error) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise _changed(sha256)
    return content


def _changed(sha256: str) -> IntegrityError:
    return IntegrityError(
        f"the source that is kept as {FOLDER}/{sha256[:2]}/{sha256} was changed",
        hint="restore it from a copy; `gonogo log verify` lists every such file",
    )
