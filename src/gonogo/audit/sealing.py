"""The lines of one append, sealed by a private structlog logger: its processors are fixed, and nothing filters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from gonogo.audit.canonical_lines import is_canonical
from gonogo.audit.chain import ChainHead, ChainLink, read_link, seal
from gonogo.errors import CanonicalError
from gonogo.model.event import AuditEvent, EventType


class Batch:
    """The lines of one append, sealed and not yet on disk: what structlog takes for its logger."""

    def __init__(self) -> None:
        self.start(ChainHead(), datetime.min.replace(tzinfo=UTC))

    def start(self, head: ChainHead, ts: datetime) -> None:
        """Begin a new batch after ``head``, dated ``ts``."""
        self.head, self.ts = head, ts
        self.lines: list[tuple[ChainLink, bytes]] = []

    def record(self, line: bytes) -> int:
        """Take a sealed line; return its sequence number."""
        link = read_link(line)
        if link is None or link.prev != self.head.hash or link.seq != self.head.records or not is_canonical(line):
            raise CanonicalError("a sealed record does not read back as it was sealed")
        self.lines.append((link, line))
        self.head = self.head.after(link)
        return link.seq


def recorder(batch: Batch) -> Any:
    """Return the private structlog logger that seals into ``batch``."""
    import structlog

    class Recorder(structlog.BoundLoggerBase):
        def record(self, kind: str, **fields: Any) -> object:
            return self._proxy_to_logger("record", kind, **fields)

    def to_event(_logger: object, _method: str, fields: Mapping[str, Any]) -> Mapping[str, Any]:
        return {"event": AuditEvent(type=EventType(fields["event"]), run=fields["run"], data=fields["data"])}

    def encode(_logger: object, _method: str, fields: Mapping[str, Any]) -> bytes:
        return seal(fields["event"], seq=batch.head.records, prev=batch.head.hash, ts=batch.ts)[1]

    return structlog.wrap_logger(
        batch,
        processors=[to_event, encode],
        wrapper_class=Recorder,
        context_class=dict,
        cache_logger_on_first_use=True,
    )
