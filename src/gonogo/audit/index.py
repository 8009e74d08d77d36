"""The index beside a log, ``index.json``: the ledger of its last writer, which spares the next run from reading it all.

It is derived, may be deleted, and never wins over the log. It is believed only while every segment is the same file,
of the same size and times of change, as when it was written; else the whole chain is followed again. A log that is
shorter than its index, or that holds another record in that place, was changed since this host last wrote it.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from gonogo.audit.chain import ChainHead
from gonogo.audit.filesystem import file_system, refusal
from gonogo.audit.io import CREATE, READ, Io, write_all
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.merkle import Frontier
from gonogo.audit.pins import NO_PINS, Pin, Pins, read_pins
from gonogo.audit.watermark import Marked
from gonogo.errors import IntegrityError
from gonogo.model.canonical import digest_of_bytes

NAME: Final = "index.json"
_PARTIAL: Final = "index.partial"
LARGEST: Final = 2**26
_VERSION: Final = 2
_BEFORE: Final = 1
"""Written before there were checkpoints: how long the log was is known, and nothing else is believed."""

Mark = tuple[str, int, int, int, int, int]
"""A segment as it was: name, device, inode, size in bytes, nanoseconds of change and of modification."""


@dataclass(frozen=True, slots=True)
class Index:
    """What the last writer left.

    Attributes:
        marks: The segments as they were.
        ledger: The ledger at that moment.
        marked: Where the log stood at its checkpoint; None where it had none.
        pins: What others know of it, carried along.
    """

    marks: tuple[Mark, ...]
    ledger: Ledger
    marked: Marked | None = None
    pins: tuple[Pin, ...] = ()

    def holds(self, marks: Sequence[Mark]) -> bool:
        """Whether the segments are still as they were, so that the ledger may be believed."""
        return bool(marks) and self.marks == tuple(marks)


def mark(name: str, status: os.stat_result) -> Mark:
    """Return the mark of a segment."""
    return (name, status.st_dev, status.st_ino, status.st_size, status.st_ctime_ns, status.st_mtime_ns)


def marks_of(paths: Sequence[Path]) -> tuple[Mark, ...]:
    """Return the marks of segments that are not open.

    Raises:
        OSError: One cannot be looked at.
    """
    return tuple(mark(path.name, path.lstat()) for path in paths)


def load(folder: Path, *, kind: str | None = None, largest: int = LARGEST) -> Index | None:
    """Return the index of a log; None where there is none, or none that can be read.

    Args:
        folder: Folder of the log.
        kind: Type of its file system, where that is known already. Where it does not keep times of change as a local
            one does, there is no index.
        largest: How many bytes are read.
    """
    try:
        descriptor = os.open(folder / NAME, READ)
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                return None
            data = stream.read(largest + 1)
        digest, _, body = data.partition(b"\n")
        if digest != digest_of_bytes(body).encode() or len(data) > largest or refusal(kind or file_system(folder)):
            return None
        return read(body)
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None


def read(body: bytes) -> Index | None:
    """Return the index that :func:`written` wrote; None where it is of a version that this release does not read.

    Raises:
        ValueError, TypeError, KeyError, RecursionError: It is anything else.
    """
    document = json.loads(body)
    if document["v"] not in (_VERSION, _BEFORE):
        return None
    marks = document["marks"] if document["v"] == _VERSION else ()
    ledger = Ledger.from_document(document["ledger"])
    pins = tuple(read_pins(document.get("pins", ())))
    return Index(tuple(_mark(entry) for entry in marks), ledger, _marked(document.get("marked")), pins)


def written(marks: Sequence[Mark], ledger: Ledger, marked: Marked | None = None, pins: Pins = NO_PINS) -> bytes:
    """Return an index as JSON."""
    document: dict[str, Any] = {"v": _VERSION, "marks": list(marks), "ledger": ledger.document()}
    if marked is not None:
        head = marked.head
        document["marked"] = [[head.records, head.hash, head.ts], marked.tree.document(), marked.place]
    if pins.kept:
        document["pins"] = pins.document()
    return json.dumps(document, separators=(",", ":"), ensure_ascii=True).encode()


def save(
    io: Io, directory: int, marks: Sequence[Mark], ledger: Ledger, marked: Marked | None = None, pins: Pins = NO_PINS
) -> None:
    """Write the index for the next writer. If it fails, the next writer needs more time, and nothing else is lost."""
    body = written(marks, ledger, marked, pins)
    data = digest_of_bytes(body).encode() + b"\n" + body
    with contextlib.suppress(OSError):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(_PARTIAL, dir_fd=directory)
        copy = io.open(_PARTIAL, CREATE | os.O_EXCL, directory)  # never through a link that somebody planted
        try:
            write_all(io, copy, data)
        finally:
            io.close(copy)
        io.rename(_PARTIAL, NAME, directory)


def check_continues(index: Index | None, reached: ChainHead, at: str) -> None:
    """Check that a log that was followed to its end continues what its index knows.

    Args:
        index: What the last writer left.
        reached: End of the chain.
        at: Hash of the record in the place of the last one that the index knows; empty where there is none.

    Raises:
        IntegrityError: The log is shorter, or another record stands there.
    """
    if index is None:
        return
    known = index.ledger.head
    if reached.records < known.records:
        had = f"it had {known.records} when this host last wrote it"
        what = f"the audit log ends after {reached.records} records; {had}"
    elif known.records and at != known.hash:
        what = f"record {known.records - 1} of the audit log has changed since this host last wrote to it"
    else:
        return
    hint = f"restore the log from a copy; `{NAME}` beside it is only a note by its last writer"
    raise IntegrityError(what, hint=hint)


def _marked(document: list[Any] | None) -> Marked | None:
    if document is None:
        return None
    (records, hashed, ts), tree, (segment, offset) = document
    head = ChainHead(int(records), str(hashed), str(ts))
    return Marked(head, Frontier.from_document(tree), Place(int(segment), int(offset)))


def _mark(entry: Sequence[object]) -> Mark:
    name, *numbers = entry
    if not isinstance(name, str) or len(numbers) != 5 or not all(isinstance(number, int) for number in numbers):
        raise ValueError("not a mark")
    return (name, *numbers)  # type: ignore[return-value]  # five integers, as checked
