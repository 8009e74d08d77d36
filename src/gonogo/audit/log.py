"""The audit log, opened for appending.

``append`` returns only after the bytes are on disk, with the sequence number of every event, and ``checkpoint`` only
after the checkpoint is; anything else is a :class:`RecordFault` and there is no verdict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self
from uuid import uuid4

from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.events import check, event
from gonogo.audit.following import FollowedLog
from gonogo.audit.io import Io, PosixIo
from gonogo.audit.ledger import Place
from gonogo.audit.marking import EACH, first_events, mark
from gonogo.audit.reading import Step, has_segments
from gonogo.audit.sealing import Batch, recorder
from gonogo.audit.store import Store
from gonogo.audit.watermark import KnownRoot, Watermark
from gonogo.audit.way_back import Signpost
from gonogo.errors import RecordFault
from gonogo.model.canonical import read_instant
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import ClockRegressed, LogOpened, RunAborted
from gonogo.version import VERSION

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

LOCK_TIMEOUT_S: Final = 5.0
SEGMENT_BYTES: Final = 64 * 2**20
"""A segment with so many bytes is closed, and a new one begins."""
CLOCK_SLACK: Final = timedelta(seconds=1)


def host_clock() -> datetime:
    """Return the host's time, UTC."""
    return datetime.now(UTC)


class AuditLog(FollowedLog):
    """An audit log opened for appending. Use it as a context manager; open it after collection.

    Attributes:
        signer: Signs its checkpoints; None leaves them unsigned.
    """

    def __init__(
        self,
        store: Store,
        folder: Path,
        clock: Callable[[], datetime],
        lock_timeout_s: float,
        known: Sequence[KnownRoot],
    ) -> None:
        super().__init__(store, folder, known)
        self.signer: Signer | None = None
        self._segment_bytes = SEGMENT_BYTES
        self._clock = clock
        self._timeout_s = lock_timeout_s
        self._batch = Batch()
        self._logger = recorder(self._batch)
        self._fault = ""
        self._regressed = False
        self._rotated = False

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
        known: Sequence[KnownRoot] = (),
        signer: Signer | None = None,
        segment_bytes: int = SEGMENT_BYTES,
    ) -> Self:
        """Open the log in ``folder``; start one where there is none, and nobody knows of one.

        The whole chain is checked, unless every segment is as the last writer left it. What lies below the checkpoint
        is never repaired; above it, an end that is no record is moved to ``quarantine/`` and recorded. Runs without an
        end are closed as aborted, unless another writer is alive. ``known`` is what others know of the log.

        Raises:
            RecordFault: It cannot be opened, locked or written; it is a link, or others may write to it.
            UsageError: A record is of a type or version that this release does not know.
            IntegrityError: The chain is broken before its end, or is shorter than what is known of it, or another.
        """
        path = Path(folder)
        if known and not has_segments(path):
            Watermark(None, known).reached(0)
        store = Store(path, io=io or PosixIo())
        try:
            log = cls(store, path, clock, lock_timeout_s, known)
            log.signer, log._segment_bytes = signer, segment_bytes
            with log._guarded():
                log._start(version, new_id)
        except BaseException:
            store.close()
            raise
        return log

    def append(self, events: Sequence[AuditEvent], *, checkpoint: bool = False) -> tuple[int, ...]:
        """Seal the events, in order and together, and return their sequence numbers once they are on disk.

        Args:
            events: The events.
            checkpoint: Also write a checkpoint over them, which is on disk too.

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
            if checkpoint or self._due:
                self._mark()
            self._leave_index()
            return numbers

    def checkpoint(self) -> Checkpoint:
        """Write a checkpoint over all that is in the log, and return it once it is on disk.

        Raises:
            RecordFault: It could not be written; then this handle is spent.
            IntegrityError: The log is not as this process left it.
        """
        with self._guarded():
            self._catch_up()
            made = self._mark()
            self._leave_index()
            return made

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
        """Hold the lock. After any failure of the system this handle writes nothing more; a sync is never retried."""
        if self._fault:
            raise RecordFault(f"the audit log cannot be written: {self._fault}")
        try:
            with self._store.locked(self._timeout_s):
                yield
        except OSError as error:
            self._fault = f"{error.strerror or error}"
            hint = f"make room, or lift the limit, where {self._folder} lies; then run it again"
            raise RecordFault(f"the audit log cannot be written: {self._fault}", hint=hint) from error

    def _start(self, version: str, new_id: Callable[[], str]) -> None:
        alone = self._store.settle()
        changed = self._resume()
        if not self.head.records:
            self._begin(LogOpened(log=new_id(), version=version, file_system=self.file_system))
            changed = True
        events = self._unreported()
        if alone:
            why = RunAborted(why="The process that ran it ended without a verdict.")
            events += [event(EventType.RUN_ABORTED, why, run=run) for run in self.ledger.open_runs]
        if events:
            self._write(events)
        if events or changed:
            self._leave_index()

    def _begin(self, opened: LogOpened) -> None:
        """Write the first record of a log, and a checkpoint over it: from now on it is known what was promised."""
        self._write([event(EventType.LOG_OPENED, opened)])
        mark(self._store, self.ledger, None)
        self._look()

    @property
    def _due(self) -> bool:
        own = self._water.own
        return self._rotated or self.head.records - (own.size if own is not None else 0) >= EACH

    def _mark(self) -> Checkpoint:
        made = mark(self._store, self.ledger, self.signer)
        self._rotated = False
        self._look()
        if self._water.marked is None or self._water.marked.head != self.head:
            raise RecordFault("the checkpoint of the audit log does not read back as it was written")
        return made

    def _rotate(self) -> None:
        """Begin a new segment, whose first record says what it continues; then nobody writes to the old one again."""
        self._store.begin_segment()
        self._offset, self._rotated = 0, True
        self._write(())
        self._store.close_segments()

    def _write(self, events: Sequence[AuditEvent]) -> tuple[int, ...]:
        """Seal and write one batch under the lock, at a time that is not before the last record's."""
        now = self._clock()
        if now.tzinfo is None:
            raise RecordFault("the host clock that was given has no time zone")
        last = read_instant(self.head.ts) if self.head.ts else now
        behind = last - now > CLOCK_SLACK
        notice = [event(EventType.CLOCK_REGRESSED, ClockRegressed(last=last, host=now))]
        first = first_events(self._store, self.ledger, self._water.own)
        before = [*first, *(notice if behind and not self._regressed else ())]
        self._batch.start(self.head, max(now, last))
        numbers, signpost, offset = [], Signpost(self.ledger), self._offset
        for entry in (*before, *events):
            numbers.append(self._seal(signpost.completed(entry)))
            link, line = self._batch.lines[-1]
            signpost.passed(entry, link, Place(self._store.segment, offset))
            offset += len(line)
        self._store.write(b"".join(line for _, line in self._batch.lines))
        self._regressed = behind
        for link, line in self._batch.lines:
            self._take(Step(line, Place(self._store.segment, self._offset), link))
            self._offset += len(line)
        if self._offset >= self._segment_bytes:
            self._rotate()
        return tuple(numbers[len(before) :])

    def _seal(self, entry: AuditEvent) -> int:
        number = self._logger.record(entry.type.value, entry=entry)
        if not isinstance(number, int):  # structlog returns None for an event that a processor dropped
            raise RecordFault(f"the event {entry.type} was not recorded")
        return number
