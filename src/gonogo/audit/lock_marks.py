"""Where the locks of a log are, and that each follows the one before it."""

from __future__ import annotations

from typing import Any, NamedTuple

from gonogo.errors import IntegrityError
from gonogo.model.lock import LockRecorded


class LockMark(NamedTuple):
    """Where a lock is.

    Attributes:
        segment: Number of the segment, from 1.
        offset: Where its record begins there, in bytes.
        seq: Number of the record.
        sha256: Digest of the lock.
    """

    segment: int
    offset: int
    seq: int
    sha256: str


Locks = dict[str, tuple[LockMark, ...]]
"""For each program, the locks that the log holds, oldest first."""


def noted_lock(known: Locks, recorded: LockRecorded, *, log: str, segment: int, offset: int, seq: int) -> Locks:
    """Return what is known after a lock was read.

    Raises:
        IntegrityError: It does not follow the lock before it, or is of another log.
    """
    lock, before = recorded.lock, known.get(recorded.lock.program, ())
    last = before[-1].sha256 if before else None
    if (lock.number, lock.earlier) != (len(before) + 1, last) or lock.log != log or lock.records > seq:
        raise IntegrityError(
            f"record {seq} of the audit log is a lock that does not follow the one before it in this log"
        )
    return {**known, lock.program: (*before, LockMark(segment, offset, seq, lock.digest()))}


def locks_from(document: dict[str, Any]) -> Locks:
    """Return what an index holds.

    Raises:
        ValueError, TypeError: It is anything else.
    """
    return {
        str(program): tuple(
            LockMark(int(segment), int(offset), int(seq), str(sha)) for segment, offset, seq, sha in marks
        )
        for program, marks in document.items()
    }
