"""What a log says about itself, gathered while it is followed: id, head, and where each run and each material is.

Nothing here reads a disk. A ledger is derived from the log and never wins over it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, NamedTuple, TypeVar

from pydantic import ValidationError

from gonogo.audit.chain import ChainHead, ChainLink, data_of
from gonogo.audit.lock_marks import Locks, locks_from, noted_lock
from gonogo.audit.merkle import Frontier
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.base import Frozen
from gonogo.model.canonical import instant_text, read_instant, within_limits
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.lock import LockRecorded
from gonogo.model.log_upkeep import CheckpointSigned, SegmentOpened
from gonogo.model.record import Earlier, LogOpened, LogRepaired, MaterialRecorded, RunFinished, RunStarted
from gonogo.model.verdict import Verdict

VERSION_KNOWN: Final = 1
"""The version of an event's shape that this release reads."""
_SILENT: Final = frozenset(
    {
        *(EventType.COLLECTOR_FINISHED, EventType.EVIDENCE_ADMITTED, EventType.GAP_RECORDED),
        *(EventType.CRITERION_JUDGED, EventType.DECISION_MADE, EventType.REPORT_RENDERED),
    }
)
"""Record types that do not change the state of a run, skipped; a new type is looked at."""
_Document = TypeVar("_Document", bound=Frozen)


class Place(NamedTuple):
    """Where a line begins: number of the segment, from 1, and offset in bytes."""

    segment: int
    offset: int


class RunState(StrEnum):
    """How a run ended."""

    FINISHED = "finished"
    ABORTED = "aborted"
    OPEN = "open"
    """It has no end: it was killed and nobody has opened the log since, or the log was cut."""


@dataclass(slots=True)
class Run:
    """One run of a log.

    Attributes:
        run: Id.
        start: Where its first record begins.
        end: Where the record that ended it begins; of an open run, its last record so far.
        first: Number of its first record.
        last: Number of its last record, reports made later included.
        state: How it ended.
        purpose: Decision, progress or rehearsal; None where ``run.started`` is missing.
        program: Id of the program; empty likewise.
        release: Id of the release; empty likewise.
        now: Moment of the assessment, UTC; None likewise.
        verdict: None unless it finished.
        digest: Digest of the assessment; empty unless it finished.
        outcomes: Where it is recorded what became of the release, in order.
    """

    run: str
    start: Place
    end: Place
    first: int
    last: int
    state: RunState = RunState.OPEN
    purpose: Purpose | None = None
    program: str = ""
    release: str = ""
    now: datetime | None = None
    verdict: Verdict | None = None
    digest: str = ""
    outcomes: tuple[Place, ...] = ()

    def document(self) -> list[Any]:
        """Return the run as a list, in the order of the attributes."""
        return [
            self.run,
            *self.start,
            *self.end,
            self.first,
            self.last,
            self.state.value,
            None if self.purpose is None else self.purpose.value,
            self.program,
            self.release,
            None if self.now is None else instant_text(self.now),
            None if self.verdict is None else self.verdict.value,
            self.digest,
            *self.outcomes,
        ]

    @classmethod
    def from_document(cls, document: list[Any]) -> Run:
        """Return the run that :meth:`document` wrote.

        Raises:
            ValueError, TypeError: It is anything else.
        """
        run, a, b, c, d, first, last, state, purpose, program, release, now, verdict, digest, *outcomes = document
        return cls(
            run,
            Place(int(a), int(b)),
            Place(int(c), int(d)),
            int(first),
            int(last),
            RunState(state),
            None if purpose is None else Purpose(purpose),
            program,
            release,
            None if now is None else read_instant(now),
            None if verdict is None else Verdict(verdict),
            digest,
            tuple(Place(int(segment), int(offset)) for segment, offset in outcomes),
        )


@dataclass(slots=True)
class Ledger:
    """The state of a log.

    Attributes:
        head: End of the chain.
        log: Id of the log; empty before its first record.
        opened: Where ``log.opened`` stands.
        runs: Every run by its id, in the order of first records.
        material: For each digest, where its ``material.recorded`` stands.
        repaired: Names in ``quarantine/`` that a record mentions.
        tip: The last ``run.finished``; None where no run has finished.
        tree: The Merkle tree over the records.
        signed: How many records the last checkpoint was over that a record says was signed, and the digest of its
            statement; None where none does.
        locks: For each program, the locks that the log holds, oldest first.
    """

    head: ChainHead = field(default_factory=ChainHead)
    log: str = ""
    opened: Place | None = None
    runs: dict[str, Run] = field(default_factory=dict)
    material: dict[str, Place] = field(default_factory=dict)
    repaired: set[str] = field(default_factory=set)
    tip: Earlier | None = None
    tree: Frontier = field(default_factory=Frontier)
    signed: tuple[int, str] | None = None
    locks: Locks = field(default_factory=dict)

    @property
    def open_runs(self) -> list[str]:
        """Ids of the runs that have no end."""
        return [run.run for run in self.runs.values() if run.state is RunState.OPEN]

    def take(self, link: ChainLink, line: bytes, place: Place) -> None:
        """Note one sound line that stands at ``place``.

        Raises:
            IntegrityError: Its document is not of its type's shape.
        """
        self.head = self.head.after(link)
        if link.run:
            run = self.runs.get(link.run)
            if run is None:
                run = self.runs[link.run] = Run(link.run, place, place, link.seq, link.seq)
            run.last = link.seq
            if run.state is RunState.OPEN:
                run.end = place
            if link.type not in _SILENT:
                self._tell(run, link, line, place)
        elif link.type == EventType.LOG_OPENED:
            self.log, self.opened = shaped(LogOpened, line, link).log, place
        elif link.type == EventType.LOG_REPAIRED:
            self.repaired.add(shaped(LogRepaired, line, link).quarantine)
        elif link.type == EventType.CHECKPOINT_SIGNED:
            signed = shaped(CheckpointSigned, line, link)
            if (signed.size, signed.root) != (link.seq, self.tree.root().hex()):
                what = "says that a checkpoint was signed over other records than those before it"
                raise IntegrityError(f"record {link.seq} of the audit log {what}")
            self.signed = (signed.size, signed.sha256)
        elif link.type == EventType.LOCK_RECORDED:
            self.take_lock(link, line, place)
        elif link.type == EventType.SEGMENT_OPENED:
            opened = shaped(SegmentOpened, line, link)
            if (opened.records, opened.head, place.offset) != (link.seq, link.prev, 0) or place.segment == 1:
                what = "says that it begins a segment, and does not continue the one before"
                raise IntegrityError(f"record {link.seq} of the audit log {what}")
        self.tree.add(bytes.fromhex(link.hash))

    def take_lock(self, link: ChainLink, line: bytes, place: Place) -> None:
        """Note one sound line that holds a lock.

        Raises:
            IntegrityError: It is none, or does not follow the lock before it.
        """
        lock, (segment, offset) = shaped(LockRecorded, line, link), place
        self.locks = noted_lock(self.locks, lock, log=self.log, segment=segment, offset=offset, seq=link.seq)

    def _tell(self, run: Run, link: ChainLink, line: bytes, place: Place) -> None:
        if link.type == EventType.MATERIAL_RECORDED:
            self.material.setdefault(shaped(MaterialRecorded, line, link).sha256, place)
        elif link.type == EventType.RUN_STARTED:
            started = shaped(RunStarted, line, link)
            run.purpose, run.now = started.kind.purpose, started.now
            run.program, run.release = started.program.id, started.release.id
        elif link.type == EventType.RUN_FINISHED and run.state is RunState.OPEN:
            finished = shaped(RunFinished, line, link)
            if finished.earlier is not None and finished.earlier != self.tip:
                raise IntegrityError(f"record {link.seq} of the audit log names the wrong run as the one before it")
            self.tip = Earlier(segment=place.segment, offset=place.offset, seq=link.seq, hash=link.hash)
            run.state, run.verdict, run.digest = RunState.FINISHED, finished.verdict, finished.assessment
        elif link.type == EventType.RUN_ABORTED and run.state is RunState.OPEN:
            run.state = RunState.ABORTED
        elif link.type == EventType.OUTCOME_RECORDED:
            run.outcomes += (place,)

    def document(self) -> dict[str, Any]:
        """Return the ledger as a document without floats."""
        return {
            "head": [self.head.records, self.head.hash, self.head.ts],
            "log": self.log,
            "opened": self.opened,
            "runs": [run.document() for run in self.runs.values()],
            "material": self.material,
            "repaired": sorted(self.repaired),
            "tip": None if self.tip is None else self.tip.document(),
            "tree": self.tree.document(),
            "signed": self.signed,
            **({"locks": self.locks} if self.locks else {}),
        }

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Ledger:
        """Return the ledger that :meth:`document` wrote.

        Raises:
            ValueError, TypeError, KeyError: It is anything else.
        """
        records, hashed, ts = document["head"]
        opened = document["opened"]
        runs = [Run.from_document(entry) for entry in document["runs"]]
        return cls(
            ChainHead(int(records), str(hashed), str(ts)),
            str(document["log"]),
            None if opened is None else Place(*opened),
            {run.run: run for run in runs},
            {str(name): Place(*place) for name, place in document["material"].items()},
            set(document["repaired"]),
            None if document["tip"] is None else Earlier.from_document(document["tip"]),
            Frontier.from_document(document["tree"]) if "tree" in document else Frontier(),
            None if document.get("signed") is None else (int(document["signed"][0]), str(document["signed"][1])),
            locks_from(document.get("locks", {})),
        )


def unknown(seq: int) -> UsageError:
    """Return the error for a record that this release cannot read."""
    what = f"record {seq} of the audit log is of a kind that this release of gonogo does not know"
    return UsageError(what, hint="read it with the release that wrote it, or a newer one")


def sealed(line: bytes, seq: int, *, canonical: bool = False) -> SealedRecord:
    """Return a sound line as a record; if it is known to be in canonical form, its bytes are the record's own.

    Raises:
        UsageError: It is of a type or version that this release does not know.
    """
    try:
        record = SealedRecord.model_validate_json(line)
    except ValidationError as error:
        raise unknown(seq) from error
    if record.v != VERSION_KNOWN:
        raise unknown(seq)
    if canonical and within_limits(data := data_of(line)):
        record.__dict__["written"] = data  # as its property would keep them
    return record


def shaped(shape: type[_Document], line: bytes, link: ChainLink) -> _Document:
    """Return the document of a sound line.

    Raises:
        IntegrityError: It is not of its type's shape.
    """
    try:
        return shape.model_validate_json(data_of(line))
    except ValidationError as error:
        raise IntegrityError(f"record {link.seq} of the audit log does not have the shape of {link.type}") from error
