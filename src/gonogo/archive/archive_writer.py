"""Writing an archive: a zip file whose bytes depend on its members alone, with a digest for each."""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO, Final, NamedTuple

from gonogo.errors import RecordFault, UsageError

SUMS: Final = "SHA256SUMS"
_CHUNK: Final = 2**20
_TIME: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest that the format knows: an archive of the same record has the same bytes whenever it is made."""
_MODE: Final = 0o640 << 16


class Member(NamedTuple):
    """One file of an archive.

    Attributes:
        name: Its path in the archive, with forward slashes.
        parts: Its bytes, in parts.
    """

    name: str
    parts: Iterable[bytes]


def pack(target: Path, members: Iterable[Member]) -> int:
    """Write an archive and the digests of its members, all or nothing; return how many members it has.

    Args:
        target: File to make. One that is there is never replaced: it may be the only copy of an earlier record.
        members: In the order in which they are to stand.

    Raises:
        UsageError: The file is there already, or its folder is not.
        RecordFault: It cannot be written.
    """
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {target.parent} for the archive.", hint="make it first")
    try:
        with _new(target) as stream, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            sums = [f"{_written(made, each)}  {each.name}\n" for each in members]
            _written(made, Member(SUMS, ["".join(sums).encode()]))
    except FileExistsError as error:
        hint = "name another file; an archive is never replaced"
        raise UsageError(f"{target} already exists.", hint=hint) from error
    except OSError as error:
        hint = "make room, or name another place"
        raise RecordFault(f"the archive {target} cannot be written: {error.strerror or error}", hint=hint) from error
    return len(sums) + 1


@contextmanager
def _new(target: Path) -> Iterator[BinaryIO]:
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".partial")
    try:
        with os.fdopen(number, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.link(name, target)  # fails where something has the name, which os.replace would take away
    finally:
        os.unlink(name)


def _written(archive: zipfile.ZipFile, member: Member) -> str:
    entry = zipfile.ZipInfo(member.name, _TIME)
    entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _MODE, 3
    seen = hashlib.sha256()
    with archive.open(entry, "w", force_zip64=True) as stream:
        for part in member.parts:
            seen.update(part)
            stream.write(part)
    return seen.hexdigest()


def parts_of(path: Path) -> Iterator[bytes]:
    """Iterate the bytes of a file in parts.

    Raises:
        RecordFault: It cannot be read.
    """
    try:
        with closing(path.open("rb")) as stream:
            while part := stream.read(_CHUNK):
                yield part
    except OSError as error:
        raise RecordFault(f"{path} cannot be read: {error.strerror or error}") from error
