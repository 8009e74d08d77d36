"""Audit events, before and after they are sealed as one line; their types are in :mod:`gonogo.model.record`."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ConfigDict, Field

from gonogo.model.base import Frozen, Instant, Sha256
from gonogo.model.record import EventType as EventType

GENESIS: Final = "0" * 64
"""``prev`` of the first record of a log."""


class AuditEvent(Frozen):
    """One event before it is sealed: what happened, in which run.

    Attributes:
        type: From the closed list.
        run: Run id; empty for events of the log itself.
        data: The event's own document: JSON without floats.
    """

    type: EventType
    run: str = ""
    data: dict[str, Any] = Field(default_factory=dict)


class SealedRecord(Frozen):
    """One line of the log.

    Attributes:
        seq: 0-based sequence number in the log.
        prev: Hash of the record before; 64 zeros for the first.
        run: Run id.
        ts: Host time at sealing; never decreases within a log.
        type: Event type.
        v: Version of the event's shape.
        data: The event's own document.
        hash: ``~h`` on the line: SHA-256 of 0x00 and the canonical bytes of the line without ``~h``.
    """

    model_config = ConfigDict(populate_by_name=True)

    seq: int = Field(ge=0)
    prev: Sha256
    run: str
    ts: Instant
    type: EventType
    v: int = 1
    data: dict[str, Any]
    hash: Sha256 = Field(alias="~h")
