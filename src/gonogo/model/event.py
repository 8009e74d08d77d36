"""Audit events, before and after they are sealed as one line; their types are in :mod:`gonogo.model.record`."""

from __future__ import annotations

import builtins
from functools import cached_property
from typing import Any, Final, TypeVar

from pydantic import ConfigDict, Field

from gonogo.model.base import Frozen, Instant, Sha256
from gonogo.model.canonical import canonical_bytes
from gonogo.model.record import EventType as EventType

GENESIS: Final = "0" * 64
"""``prev`` of the first record of a log."""
_Document = TypeVar("_Document", bound=Frozen)


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

    @cached_property
    def written(self) -> bytes:
        """The canonical bytes of the document: what is checked, and what is sealed. In a line it is one level deeper.

        Raises:
            CanonicalError: It has none there.
        """
        return canonical_bytes({"data": self.data})[len('{"data":') : -1]


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

    @cached_property
    def written(self) -> bytes:
        """The canonical bytes of the document. A reader that has them from the line puts them here.

        Raises:
            CanonicalError: It has none.
        """
        return canonical_bytes(self.data)

    def read(self, shape: builtins.type[_Document]) -> _Document:
        """Return the document as its class. All who ask share one value: neither it nor the record ever changes.

        Raises:
            pydantic.ValidationError: The document is not of this shape.
            CanonicalError: It has no canonical form.
        """
        found = self._readings.get(shape)
        if not isinstance(found, shape):
            found = self._readings[shape] = shape.model_validate_json(self.written)
        return found

    @cached_property
    def _readings(self) -> dict[builtins.type[Frozen], Frozen]:
        return {}
