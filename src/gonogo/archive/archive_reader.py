"""Reading the log out of an archive: only files that a log has, each by its digest, none larger than it says."""

from __future__ import annotations

import hashlib
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from gonogo.archive.archive_writer import SUMS
from gonogo.archive.contents import LOG
from gonogo.errors import IntegrityError, RecordFault, UsageError

MOST_FILES: Final = 1_000_000
MOST_BYTES: Final = 64 * 2**30
MOST_SUMS: Final = 256 * 2**20
_CHUNK: Final = 2**20
_OF_LOG: Final = re.compile(
    r"[0-9]{6}\.jsonl|checkpoint|checkpoints/[A-Za-z0-9._-]{1,120}|quarantine/[A-Za-z0-9._-]{1,120}\.torn|"
    r"blobs/[0-9a-f]{2}/[0-9a-f]{64}",
    re.ASCII,
)
_SUM: Final = re.compile(r"([0-9a-f]{64})  (.+)")
_HINT: Final = "get the archive again from those who exported it; nothing was imported"


def unpack_log(archive: Path, into: Path, *, most_bytes: int = MOST_BYTES) -> int:
    """Write the log of an archive into an empty folder, each file on disk; return how many files.

    Whether the log is sound is for its own verification to say; this checks that no file is missing, changed or
    anything else than a file of a log.

    Args:
        archive: The file.
        into: Folder to write to.
        most_bytes: How many bytes the files may have together.

    Raises:
        UsageError: There is no such file, or it is no archive of a record.
        IntegrityError: A file differs from its digest, or is none that a log has.
        RecordFault: It cannot be read or written.
    """
    try:
        with zipfile.ZipFile(archive) as packed:
            return _unpack(packed, archive, into, most_bytes)
    except FileNotFoundError as error:
        raise UsageError(f"there is no archive {archive}", hint="`gonogo log export` makes one") from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, RuntimeError, ValueError) as error:
        raise IntegrityError(f"{archive} cannot be read as an archive: {error}", hint=_HINT) from error
    except OSError as error:
        raise RecordFault(
            f"{archive} cannot be unpacked: {error.strerror or error}", hint="make room, then run it again"
        ) from error


def _unpack(packed: zipfile.ZipFile, archive: Path, into: Path, most_bytes: int) -> int:
    entries = packed.infolist()
    names = [entry.filename for entry in entries]
    if len(set(names)) < len(names) or len(names) > MOST_FILES:
        raise IntegrityError(f"{archive} holds a file twice, or too many files", hint=_HINT)
    if SUMS not in names:
        raise UsageError(
            f"{archive} is not an archive of a record: it has no {SUMS}", hint="`gonogo log export` makes one"
        )
    with packed.open(SUMS) as stream:
        sums = dict(_sums(stream.read(MOST_SUMS)))
    if sums.keys() != set(names) - {SUMS}:
        raise IntegrityError(f"{archive} does not hold the files that its {SUMS} lists", hint=_HINT)
    written, left = 0, most_bytes
    for entry in entries:
        if not entry.filename.startswith(LOG):
            continue
        name = entry.filename.removeprefix(LOG)
        if not _OF_LOG.fullmatch(name):
            raise IntegrityError(f"{archive} holds {entry.filename!r}, which is not a file of a log", hint=_HINT)
        left -= entry.file_size
        if left < 0:
            raise IntegrityError(f"{archive} holds more than {most_bytes} bytes", hint=_HINT)
        target = into / name
        target.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        with packed.open(entry) as stream:
            if _copied(stream, target, entry.file_size) != sums[entry.filename]:
                raise IntegrityError(f"{entry.filename} in {archive} is not what was exported", hint=_HINT)
        written += 1
    if not (into / "000001.jsonl").is_file():
        raise UsageError(f"{archive} holds no record of a log", hint="`gonogo log export` makes an archive")
    return written


def _copied(stream: IO[bytes], target: Path, size: int) -> str:
    """Write a file, no longer than it said, and return the digest of what was written."""
    seen, left = hashlib.sha256(), size
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o640)
    with os.fdopen(descriptor, "wb") as made:
        while left and (part := stream.read(min(_CHUNK, left))):
            left -= len(part)
            seen.update(part)
            made.write(part)
        made.flush()
        os.fsync(made.fileno())
    return seen.hexdigest()


def _sums(data: bytes) -> Iterator[tuple[str, str]]:
    for line in data.decode("utf-8", "replace").splitlines():
        match = _SUM.fullmatch(line)
        if match is None:
            raise IntegrityError(f"{SUMS} in the archive has a line that is not the digest of a file", hint=_HINT)
        yield match[2], match[1]
