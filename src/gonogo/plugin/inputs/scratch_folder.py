"""One folder for the scratch files of a run: gone when the run ends, and swept by the next one when it could not end.

A run holds a lock on its folder. A folder that nobody holds belonged to a run that was killed; what it had read may be
personal, so it goes.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from gonogo.errors import IsolationFault

PREFIX: Final = "gonogo-run-"


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """Yield an empty folder that only this user can enter.

    Raises:
        IsolationFault: There is no place for one.
    """
    try:
        sweep(Path(tempfile.gettempdir()))
        folder, lock = _locked()
    except OSError as error:
        raise IsolationFault(f"there is no place for scratch files: {error.strerror or error}") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(lock)


def sweep(place: Path) -> None:
    """Remove the scratch folders of this user's runs that have ended without removing them."""
    if not _can_lock():
        return
    with contextlib.suppress(OSError):
        for folder in place.glob(f"{PREFIX}*"):
            lock = _take(folder)
            if lock is not None:
                shutil.rmtree(folder, ignore_errors=True)
                os.close(lock)


def _locked() -> tuple[Path, int]:
    """Make a folder and lock it; once more where another run has swept it away in between."""
    if not _can_lock():
        return Path(tempfile.mkdtemp(prefix=PREFIX)), os.open(os.devnull, os.O_RDONLY)
    for _ in range(20):
        folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = _take(folder)
        if lock is not None and folder.is_dir():
            return folder, lock
        if lock is not None:
            os.close(lock)
    raise OSError("scratch folders vanish as soon as they are made")


def _can_lock() -> bool:
    """Whether this platform has locks; where it has none nothing is collected, and folders are only removed."""
    try:
        import fcntl  # noqa: F401  # only whether this platform has it
    except ImportError:
        return False
    return True


def _take(folder: Path) -> int | None:
    """Lock a folder of ours that nobody holds; return the descriptor that holds it, or None."""
    import fcntl

    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        status = os.fstat(descriptor)
        if status.st_uid == os.geteuid() and stat.S_ISDIR(status.st_mode):
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return descriptor
    except OSError:
        pass
    os.close(descriptor)
    return None
