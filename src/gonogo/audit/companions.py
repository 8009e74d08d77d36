"""What lies beside the segments in the folder of a log: its checkpoint, the signed ones, and what a crash left.

Every file here is written under another name, synced and renamed, so that none is ever half there.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from gonogo.audit.checkpoint import FOLDER, NAME, Checkpoint, load_checkpoint, read_plain
from gonogo.audit.guards import check_mode, check_own, is_there
from gonogo.audit.io import CREATE, DIRECTORY, Io, write_all
from gonogo.errors import RecordFault
from gonogo.model.canonical import digest_of_bytes

QUARANTINE: Final = "quarantine"
_LARGEST: Final = 2**20


class Companions:
    """The files beside the segments of a log that this process may write to."""

    def __init__(self, folder: Path, directory: int, io: Io) -> None:
        self._folder = folder
        self._directory = directory
        self._io = io

    def checkpoint(self) -> Checkpoint | None:
        """Return the last checkpoint; None where there is none.

        Raises:
            RecordFault: Others may write to it, or it cannot be read.
            IntegrityError: It is a link, or no checkpoint.
        """
        if not is_there(NAME, self._directory):
            return None
        check_mode(os.stat(NAME, dir_fd=self._directory, follow_symlinks=False), NAME)
        return load_checkpoint(self._folder, within=self._directory)

    def leave_checkpoint(self, made: Checkpoint) -> None:
        """Replace the last checkpoint; the new one is on disk afterwards."""
        self._put(NAME, made.note, self._directory)

    def keep_signed(self, files: Mapping[str, bytes]) -> None:
        """Put files into the folder of signed checkpoints; they are on disk afterwards."""
        new = self._io.make_directory(FOLDER, self._directory)
        if new:
            self._io.sync_directory(self._directory)
        folder = self._io.open(FOLDER, DIRECTORY, self._directory)
        try:
            check_own(folder, FOLDER, directory=True)
            for name, data in files.items():
                self._put(name, data, folder, synced=False)
            self._io.sync_directory(folder)
        finally:
            self._io.close(folder)

    def signed(self, name: str) -> bytes | None:
        """Return what is in the folder of signed checkpoints under a name; None where nothing is."""
        return read_plain(f"{FOLDER}/{name}", self._folder, within=self._directory, largest=_LARGEST)

    def quarantine(self, tail: bytes, stem: str) -> None:
        """Keep bytes that a crash left, under a name that begins with ``stem``; they are on disk afterwards."""
        if self._io.make_directory(QUARANTINE, self._directory):
            self._io.sync_directory(self._directory)
        folder = self._io.open(QUARANTINE, DIRECTORY, self._directory)
        try:
            self._put(f"{stem}-{digest_of_bytes(tail)[:16]}.torn", tail, folder)
        finally:
            self._io.close(folder)

    def quarantined(self) -> Iterator[tuple[str, bytes]]:
        """Iterate the name and bytes of everything that was ever set aside.

        Raises:
            RecordFault: Something there is not a plain file.
        """
        folder = self._folder / QUARANTINE
        for entry in sorted(folder.glob("*.torn")) if folder.is_dir() else ():
            if entry.is_symlink() or not entry.is_file():
                raise RecordFault(f"{entry} in the audit log is not an ordinary file, or has a second name")
            yield entry.name, entry.read_bytes()

    def _put(self, name: str, data: bytes, within: int, *, synced: bool = True) -> None:
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
        if synced:
            self._io.sync_directory(within)
