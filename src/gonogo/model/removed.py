"""That the bytes of a source are no longer kept."""

from __future__ import annotations

from pydantic import Field

from gonogo.model.base import Frozen, Instant, Sha256


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
