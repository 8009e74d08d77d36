"""What the log records of its own growth: a signed checkpoint, and a new segment."""

from __future__ import annotations

from pydantic import Field

from gonogo.model.base import Frozen, Sha256


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
