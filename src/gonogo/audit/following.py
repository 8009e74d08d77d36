"""A log as a writer follows it: what is in it is read and checked once, and then whatever other writers add."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from gonogo.audit import index, just_followed
from gonogo.audit.chain import ChainFault, ChainHead
from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.events import event
from gonogo.audit.filesystem import file_system
from gonogo.audit.history import History, believed, noted
from gonogo.audit.ledger import Ledger, Place
from gonogo.audit.pins import Pins
from gonogo.audit.reading import Step, broken, steps
from gonogo.audit.store import Store
from gonogo.audit.watermark import PUT_BACK, KnownRoot, Watermark
from gonogo.errors import IntegrityError
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import LogRepaired

_HASH_AND_END: Final = 64 + len('"}\n')


class FollowedLog:
    """What a writer knows about a log that it holds open.

    Attributes:
        ledger: Where the log stood when this process last looked.
        file_system: Type of the file system that the log lies on.
    """

    def __init__(self, store: Store, folder: Path, known: Sequence[KnownRoot]) -> None:
        self._store = store
        self._folder = folder
        self._others = tuple(known)
        self._water = Watermark(None, self._others)
        self._pins = Pins(self._water.sizes)
        self._offset = 0
        self._known: index.Index | None = None
        self._at = ""
        self.ledger = Ledger()
        self.file_system = file_system(folder)

    @property
    def id(self) -> str:
        """Id of the log."""
        return self.ledger.log

    @property
    def head(self) -> ChainHead:
        """End of the chain."""
        return self.ledger.head

    @property
    def last_checkpoint(self) -> Checkpoint | None:
        """The checkpoint beside the log when this process last looked."""
        return self._water.own

    @property
    def checkpoint_ts(self) -> str:
        """Time of the last record under that checkpoint; empty where it was not passed."""
        return self._water.marked.head.ts if self._water.marked is not None else ""

    @property
    def history(self) -> History:
        """The runs of the log as this process knows it."""
        return History(self._folder, self.ledger)

    def _write(self, events: Sequence[AuditEvent]) -> tuple[int, ...]:
        """Seal and write one batch under the lock."""
        raise NotImplementedError

    def _resume(self) -> bool:
        """Read the log from its start, or go on from its index; return whether the index has to be written again."""
        self._look()
        self._known = index.load(self._folder, kind=self.file_system)
        known = self._known or just_followed.recall(self._folder)
        if known is not None and believed(known, self._store.marks(), self._folder, self._water):
            self.ledger, self._offset = known.ledger, self._store.size
            self._water.marked = known.marked
            self._pins.kept = list(known.pins)
            self._known, changed = None, self._known is None
        else:
            changed = True
            for step in steps(self._store.earlier(), strict=False):
                self._take(step)
        self._catch_up()
        self._check_continues()
        if changed:
            self._store.close_segments()
        return changed

    def _check_continues(self) -> None:
        """Check once, before anything is written, that the log goes on from what the last writer noted."""
        index.check_continues(self._known, self.head, self._at)
        self._known = None

    def _look(self) -> None:
        """Read the checkpoint, which another writer may have moved on."""
        own, last = self._store.companions.checkpoint(), self._water.own
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
            alone = self._store.segment == 1 and len(step.line) == size
            left = self._water.may_be_set_aside(step, self.head.records)
            left = left or self._water.never_began(step, self.head.records, alone=alone)
            if left and self._store.is_last:
                self._check_continues()
                self._store.set_aside(self._offset, size)
                if self.head.records:
                    self._write(self._unreported())
                return
            self._take(step)
            self._offset += len(step.line)
        if self._store.next_segment():
            self._offset = 0
            self._catch_up()
        self._water.reached(self.head.records)

    def _take(self, step: Step) -> None:
        if isinstance(step.result, ChainFault):
            raise broken(step.result)
        self.ledger.take(step.result, step.line, step.place)
        self._pins.take(self.ledger.tree, bytes.fromhex(step.result.hash))
        self._water.passed(self.ledger, Place(step.place.segment, step.place.offset + len(step.line)))
        self._at = noted(self._known, step.result) or self._at

    def _leave_index(self) -> None:
        """Write the index for the next writer; call under the lock, once everything is on disk."""
        self._store.leave_index(self.ledger, self._water.marked, self._pins)

    def _unreported(self) -> list[AuditEvent]:
        """Return a ``log.repaired`` for everything in quarantine that no record names yet."""
        return [
            event(EventType.LOG_REPAIRED, LogRepaired(bytes=len(tail), sha256=digest_of_bytes(tail), quarantine=name))
            for name, tail in self._store.companions.quarantined()
            if name not in self.ledger.repaired
        ]
