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
from typing import Final, Self
from uuid import uuid4

from gonogo.audit import index
from gonogo.audit.chain import ChainFault, ChainHead
from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.events import check, event
from gonogo.audit.filesystem import file_system
from gonogo.audit.history import History, believed, noted
from gonogo.audit.io import Io, PosixIo
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.reading import Step, broken, has_segments, steps
from gonogo.audit.sealing import Batch, recorder
from gonogo.audit.store import Store
from gonogo.audit.watermark import PUT_BACK, Known, Watermark
from gonogo.audit.way_back import Signpost
from gonogo.errors import IntegrityError, RecordFault
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


class AuditLog:
    """An audit log opened for appending. Use it as a context manager; open it after collection.

    Attributes:
        ledger: Where the log stood when this process last looked.
        file_system: Type of the file system that the log lies on.
    """

    def __init__(
        self, store: Store, folder: Path, clock: Callable[[], datetime], lock_timeout_s: float, known: Sequence[Known]
    ) -> None:
        self._store = store
        self._folder = folder
        self._clock = clock
        self._timeout_s = lock_timeout_s
        self._others = tuple(known)
        self._water = Watermark(None, self._others)
        self._batch = Batch()
        self._logger = recorder(self._batch)
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
        known: Sequence[Known] = (),
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
            if checkpoint:
                self._mark()
            self._store.leave_index(self.ledger, self._water.marked)
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
            self._store.leave_index(self.ledger, self._water.marked)
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
        self._look()
        self._known = index.load(self._folder, kind=self.file_system)
        known = self._known
        if known is not None and believed(known, self._store.marks(), self._folder, self._water):
            self.ledger, self._offset = known.ledger, self._store.size
            self._water.marked = known.marked
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
            self._store.leave_index(self.ledger, self._water.marked)

    def _check_continues(self) -> None:
        """Check once, before anything is written, that the log goes on from what the last writer noted."""
        index.check_continues(self._known, self.head, self._at)
        self._known = None

    def _look(self) -> None:
        """Read the checkpoint, which another writer may have moved on."""
        own, last = self._store.checkpoint(), self._water.own
        if own == last:
            return
        if last is not None and (own is None or own.size <= last.size):
            there = "none" if own is None else f"one over {own.size}"
            what = f"the checkpoint of the audit log over {last.size} records is gone: there is {there} in its place"
            raise IntegrityError(what, hint=PUT_BACK)
        self._water = Watermark(own, self._others)
        self._water.passed(self.ledger, Place(self._store.segment, self._offset))

    def _catch_up(self) -> None:
        """Read what other writers have added since; set aside what one of them left unfinished."""
        self._look()
        size = self._store.size
        last = self._store.read(max(0, self._offset - _HASH_AND_END), self._offset)
        if size < self._offset or (self._offset and last != self.head.hash.encode() + b'"}\n'):
            raise IntegrityError(f"the audit log no longer ends in record {self.head.records - 1} as it was written")
        for step in steps(self._store.lines(self._offset, size), self.head, strict=False):
            if self._water.may_be_set_aside(step, self.head.records):
                self._check_continues()
                self._store.set_aside(self._store.read(self._offset, size), self._offset)
                if self.head.records:
                    self._write(self._unreported())
                return
            self._take(step)
            self._offset += len(step.line)
        self._water.reached(self.head.records)

    def _take(self, step: Step) -> None:
        if isinstance(step.found, ChainFault):
            raise broken(step.found)
        self.ledger.take(step.found, step.line, step.place)
        self._water.passed(self.ledger, Place(step.place.segment, step.place.offset + len(step.line)))
        self._at = noted(self._known, step.found) or self._at

    def _mark(self) -> Checkpoint:
        """Write a checkpoint over all that is in the log; call under the lock, once everything is on disk."""
        made = Checkpoint(
            self.id, self.head.records, self.ledger.tree.root().hex(), self.head.hash, read_instant(self.head.ts)
        )
        self._store.leave_checkpoint(made)
        self._look()
        if self._water.marked is None or self._water.marked.head != self.head:
            raise RecordFault("the checkpoint of the audit log does not read back as it was written")
        return made

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
