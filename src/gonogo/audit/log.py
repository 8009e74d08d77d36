"""The audit log, opened for appending: the only importer of structlog.

The logger is private, its processors are fixed, nothing filters. ``append`` returns only after the bytes are on disk,
with the sequence number of every event; anything else is a :class:`RecordFault` and there is no verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self
from uuid import uuid4

from gonogo.audit import index
from gonogo.audit.chain import Break, ChainFault, ChainHead, ChainLink, is_canonical, read_link, seal
from gonogo.audit.events import check, event
from gonogo.audit.filesystem import file_system
from gonogo.audit.history import History, noted
from gonogo.audit.io import Io, PosixIo
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.reading import Step, broken, steps
from gonogo.audit.store import Store
from gonogo.audit.way_back import Signpost, vouched
from gonogo.errors import CanonicalError, IntegrityError, RecordFault
from gonogo.model.canonical import digest_of_bytes, read_instant
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import ClockRegressed, LogOpened, LogRepaired, RunAborted
from gonogo.version import VERSION

LOCK_TIMEOUT_S: Final = 5.0
CLOCK_SLACK: Final = timedelta(seconds=1)
_HASH_AND_END: Final = 64 + len('"}\n')


def host_clock() -> datetime:
    """Return the host's time, UTC."""
    return datetime.now(UTC)


class _Batch:
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


def _recorder(batch: _Batch) -> Any:
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


class AuditLog:
    """An audit log opened for appending. Use it as a context manager; open it after collection.

    Attributes:
        ledger: Where the log stood when this process last looked.
        file_system: Type of the file system that the log lies on.
    """

    def __init__(self, store: Store, *, folder: Path, clock: Callable[[], datetime], lock_timeout_s: float) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._timeout_s = lock_timeout_s
        self._batch = _Batch()
        self._logger = _recorder(self._batch)
        self._offset = 0
        self._fault = ""
        self._regressed = False
        self._known: index.Index | None = None
        self._at = ""
        self.ledger = Ledger()
        self.file_system = file_system(folder)

    @classmethod
    def open(
        cls,
        folder: str | Path,
        *,
        clock: Callable[[], datetime] = host_clock,
        io: Io | None = None,
        lock_timeout_s: float = LOCK_TIMEOUT_S,
        new_id: Callable[[], str] = lambda: uuid4().hex,
        version: str = VERSION,
    ) -> Self:
        """Open the log in ``folder``; start one where there is none.

        The whole chain is checked, unless every segment is as the last writer left it. An unfinished last record is
        moved to ``quarantine/`` and recorded; runs without an end are closed as aborted, unless another writer is
        alive.

        Raises:
            RecordFault: It cannot be opened, locked or written; it is a link, or others may write to it.
            UsageError: A record is of a type or version that this release does not know.
            IntegrityError: The chain is broken before its end, or is shorter than its index; nothing is repaired.
        """
        path = Path(folder)
        store = Store(path, io=io or PosixIo())
        try:
            log = cls(store, folder=path, clock=clock, lock_timeout_s=lock_timeout_s)
            with log._guarded():
                log._start(version, new_id)
        except BaseException:
            store.close()
            raise
        return log

    def append(self, events: Sequence[AuditEvent]) -> tuple[int, ...]:
        """Seal the events, in order and together, and return their sequence numbers once they are on disk.

        Raises:
            RecordFault: An event is not of its shape, or the log could not be written; then this handle is spent.
            CanonicalError: An event has no canonical form; nothing was written.
            IntegrityError: The log is not as this process left it.
        """
        for candidate in events:
            check(candidate)
        with self._guarded():
            self._catch_up()
            numbers = self._write(events)
            self._store.leave_index(self.ledger)
            return numbers

    def close(self) -> None:
        """Close the log; nothing is written."""
        self._store.close()
        self._fault = self._fault or "it is closed"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Hold the lock. After any failure of the system this handle writes nothing more: a sync is never retried."""
        if self._fault:
            raise RecordFault(f"the audit log cannot be written: {self._fault}")
        try:
            with self._store.locked(self._timeout_s):
                yield
        except OSError as error:
            self._fault = f"{error.strerror or error}"
            hint = f"make room, or lift the limit, where {self._folder} lies; then run it again"
            raise RecordFault(f"the audit log cannot be written: {self._fault}", hint=hint) from error

    @property
    def id(self) -> str:
        """Id of the log."""
        return self.ledger.log

    @property
    def head(self) -> ChainHead:
        """End of the chain."""
        return self.ledger.head

    @property
    def history(self) -> History:
        """The runs of the log as this process knows it."""
        return History(self._folder, self.ledger)

    def _start(self, version: str, new_id: Callable[[], str]) -> None:
        alone = self._store.settle()
        self._known = index.load(self._folder, kind=self.file_system)
        known = self._known
        if known is not None and known.holds(self._store.marks()) and vouched(self._folder, known.ledger):
            self.ledger, self._offset = known.ledger, self._store.size
            self._known, changed = None, False
        else:
            changed = True
            for step in steps(self._store.earlier(), strict=False):
                self._take(step)
        self._catch_up()
        self._check_continues()
        events = self._unreported()
        if not self.head.records:
            opened = LogOpened(log=new_id(), version=version, file_system=self.file_system)
            events.insert(0, event(EventType.LOG_OPENED, opened))
        if alone:
            why = RunAborted(why="The process that ran it ended without a verdict.")
            events += [event(EventType.RUN_ABORTED, why, run=run) for run in self.ledger.open_runs]
        if events:
            self._write(events)
        if events or changed:
            self._store.leave_index(self.ledger)

    def _check_continues(self) -> None:
        """Check once, before anything is written, that the log goes on from what the last writer noted."""
        index.check_continues(self._known, self.head, self._at)
        self._known = None

    def _catch_up(self) -> None:
        """Read what other writers have added since; repair a tail that one of them left unfinished."""
        size = self._store.size
        last = self._store.read(max(0, self._offset - _HASH_AND_END), self._offset)
        if size < self._offset or (self._offset and last != self.head.hash.encode() + b'"}\n'):
            raise IntegrityError(f"the audit log no longer ends in record {self.head.records - 1} as it was written")
        for step in steps(self._store.lines(self._offset, size), self.head, strict=False):
            if isinstance(step.found, ChainFault) and step.found.kind is Break.TORN:
                self._check_continues()
                self._store.set_aside(self._store.read(self._offset, size), self._offset)
                if self.head.records:
                    self._write(self._unreported())
                return
            self._take(step)
            self._offset += len(step.line)

    def _take(self, step: Step) -> None:
        if isinstance(step.found, ChainFault):
            raise broken(step.found)
        self.ledger.take(step.found, step.line, step.place)
        self._at = noted(self._known, step.found) or self._at

    def _unreported(self) -> list[AuditEvent]:
        """Return a ``log.repaired`` for everything in quarantine that no record tells of yet."""
        return [
            event(EventType.LOG_REPAIRED, LogRepaired(bytes=len(tail), sha256=digest_of_bytes(tail), quarantine=name))
            for name, tail in self._store.quarantined()
            if name not in self.ledger.repaired
        ]

    def _write(self, events: Sequence[AuditEvent]) -> tuple[int, ...]:
        """Seal and write one batch under the lock, at a time that is not before the last record's."""
        now = self._clock()
        if now.tzinfo is None:
            raise RecordFault("the host clock that was given has no time zone")
        last = read_instant(self.head.ts) if self.head.ts else now
        behind = last - now > CLOCK_SLACK
        notice = [event(EventType.CLOCK_REGRESSED, ClockRegressed(last=last, host=now))]
        before = notice if behind and not self._regressed else []
        self._batch.start(self.head, max(now, last))
        numbers, signpost, offset = [], Signpost(self.ledger), self._offset
        for entry in (*before, *events):
            numbers.append(self._seal(signpost.completed(entry)))
            line = self._batch.lines[-1][1]
            signpost.passed(entry, line, Place(self._store.segment, offset))
            offset += len(line)
        self._store.write(b"".join(line for _, line in self._batch.lines))
        self._regressed = behind
        for link, line in self._batch.lines:
            self._take(Step(line, Place(self._store.segment, self._offset), link))
            self._offset += len(line)
        return tuple(numbers[len(before) :])

    def _seal(self, entry: AuditEvent) -> int:
        number = self._logger.record(entry.type.value, run=entry.run, data=entry.data)
        if not isinstance(number, int):  # structlog returns None for an event that a processor dropped
            raise RecordFault(f"the event {entry.type} was not recorded")
        return number
