"""What the log records of itself: a signed checkpoint, a new segment, and kept bytes that were removed."""

from __future__ import annotations

from pydantic import Field

from gonogo.model.base import Frozen, Instant, Sha256


class CheckpointSigned(Frozen):
    """``checkpoint.signed``: the checkpoint over all records before this one was signed.

    Attributes:
        size: How many records that are.
        root: Head of the RFC 6962 tree over them.
        keys: Ids of the keys that signed it: the SHA-256 of each key.
        sha256: Digest of the signed statement, which lies in ``checkpoints/``.
    """

    size: int = Field(ge=1)
    root: Sha256
    keys: tuple[Sha256, ...]
    sha256: Sha256


class SegmentOpened(Frozen):
    """``segment.opened``, the first record of every segment but the first: what it continues.

    Attributes:
        head: Hash of the last record of the segment before.
        records: How many records all segments before have.
        sha256: Digest of the file of the segment before, as it is from now on.
    """

    head: Sha256
    records: int = Field(ge=1)
    sha256: Sha256


class BlobRemoved(Frozen):
    """``blob.removed``: the kept bytes of a source were removed by a retention schedule.

    What was admitted from them stays in the log, and so does their digest.

    Attributes:
        sha256: Digest of the bytes.
        bytes: How many there were.
        older_than_days: The schedule: no run had read them for so many days.
        last_read: When a run last read them; absent where no run names them.
    """

    sha256: Sha256
    bytes: int = Field(ge=0)
    older_than_days: int = Field(ge=0)
    last_read: Instant | None = None
