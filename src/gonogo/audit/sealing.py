"""The lines of one append, sealed by a private structlog logger: its processors are fixed, and nothing filters."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from gonogo.audit.canonical_lines import is_canonical, note_sealed
from gonogo.audit.chain import ChainHead, ChainLink, read_link, sealed_line
from gonogo.errors import CanonicalError


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
        note_sealed(link.hash)
        self.lines.append((link, line))
        self.head = self.head.after(link)
        return link.seq


@contextmanager
def _left_out(name: str) -> Iterator[None]:
    """Keep a library that may be installed out of the process that decides while another one is imported."""
    there = name in sys.modules
    if not there:
        sys.modules[name] = None  # type: ignore[assignment]  # so an import of it fails as if it were not installed
    try:
        yield
    finally:
        if not there:
            del sys.modules[name]


def before_others() -> None:
    """Import structlog, without *rich*: it takes that where it is installed, to colour tracebacks."""
    with _left_out("rich"):
        import structlog  # noqa: F401


def recorder(batch: Batch) -> Any:
    """Return the private structlog logger that seals into ``batch``."""
    before_others()
    import structlog

    class Recorder(structlog.BoundLoggerBase):
        def record(self, kind: str, **fields: Any) -> object:
            return self._proxy_to_logger("record", kind, **fields)

    def encode(_logger: object, _method: str, fields: Mapping[str, Any]) -> bytes:
        return sealed_line(fields["entry"], seq=batch.head.records, prev=batch.head.hash, ts=batch.ts)[0]

    return structlog.wrap_logger(
        batch,
        processors=[encode],
        wrapper_class=Recorder,
        context_class=dict,
        cache_logger_on_first_use=True,
    )
