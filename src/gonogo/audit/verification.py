"""Is a log sound? Every record in its place, every run the one that it says it is, and all as others know it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.audit import index
from gonogo.audit.chain import Break, ChainFault, ChainLink
from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.companions import QUARANTINE
from gonogo.audit.held import Held, SignedBy
from gonogo.audit.history import noted
from gonogo.audit.ledger import Ledger, Place, Run, sealed
from gonogo.audit.reading import lines, segments, steps
from gonogo.audit.run_check import RunCheck, run_faults
from gonogo.audit.watermark import Known
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import EventType
from gonogo.model.log_growth import SegmentOpened
from gonogo.model.record import LogRepaired
from gonogo.signing.trust_values import Trust

_BESIDE: Final = frozenset({EventType.LOG_REPAIRED, EventType.SEGMENT_OPENED})
_TRUSTING: Final = b'"trust_sha256":'
LEAST_HEAD: Final = 16
"""How many hexadecimal digits of a head are enough to look for."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a log.

    Attributes:
        records: How many records are sound, from the first.
        head: Hash of the last sound record.
        problem: The first break of the chain; None when there is none. An unfinished last line is one until the next
            run has set it aside and recorded that: nobody can tell a crash from a cut.
        runs: Runs in the sound part, in order of their first record.
        faults: What is wrong beside the chain, one sentence each: a run whose records do not add up, a run without an
            end, a log without a record, a log that its index or a noted head contradicts.
        noted: Number of the record that has the head asked for; None where none was asked for or found.
        checkpoint: The checkpoint beside the log; None where there is none.
        signed: The last signed checkpoint; None where none is signed.
        times: For each size and root of a checkpoint that the log continues, the time of the last record under it.
        trusting: How many decisions in it were recorded under a trust file.
    """

    records: int
    head: str
    problem: ChainFault | None
    runs: tuple[Run, ...]
    faults: tuple[str, ...] = ()
    noted: int | None = None
    checkpoint: Checkpoint | None = None
    signed: SignedBy | None = None
    times: Mapping[tuple[int, str], datetime] = field(default_factory=dict)
    trusting: int = 0

    @property
    def ok(self) -> bool:
        """Whether every record is as it was sealed and in its place. Says nothing of records cut from the end."""
        return self.problem is None

    @property
    def sound(self) -> bool:
        """Whether the chain is whole and nothing else is wrong."""
        return self.ok and not self.faults


def verify_log(
    folder: str | Path, *, head: str = "", known: Iterable[Known] = (), trust: Trust | None = None, who: str = ""
) -> Verification:
    """Check every record of a log, and that each run's records give the digest and the verdict that it ended with.

    Args:
        folder: Folder of the log.
        head: A head hash that somebody noted, at least 16 hexadecimal digits of it: it must be that of a record.
        known: What somebody knows of the log, beside the checkpoints in its folder.
        trust: Whose signatures count; None checks none.
        who: The trust file, as sentences name it.

    Raises:
        UsageError: There is no log, a record is of a type or version that this release does not know, or ``head`` is
            no hash.
        RecordFault: The folder or a segment cannot be read.
    """
    wanted, root = _head(head), Path(folder)
    last, ledger, checks = index.load(root), Ledger(), dict[str, RunCheck]()
    held, trusting, ended = Held(root, known, trust, who), set[str](), dict[str, int]()
    problem, faults, at, place_of_head = None, list[str](), "", None
    try:
        for line, place, found in steps(lines(root)):
            if isinstance(found, ChainFault):
                problem = found
                break
            ledger.take(found, line, place)
            held.passed(ledger)
            at = noted(last, found) or at
            if last is not None and last.marks and found.hash == last.ledger.head.hash and last.ledger != ledger:
                faults.append(f"{index.NAME} says something else than the log: remove it, the next run writes it anew")
            if wanted and found.hash.startswith(wanted):
                place_of_head = found.seq
            faults += run_faults(checks, found, line)
            if found.type in _BESIDE:
                faults += _beside(root, found, line, place)
            if found.type == EventType.RUN_STARTED and _TRUSTING in line:
                trusting.add(found.run)
            elif found.type == EventType.RUN_FINISHED:
                ended[found.run] = found.seq
            elif found.type == EventType.CHECKPOINT_SIGNED and ledger.signed is not None:
                held.recorded(*ledger.signed)
            if place.segment > 1 and not place.offset and found.type != EventType.SEGMENT_OPENED:
                faults.append(f"the segment {place.segment:06d}.jsonl does not say which segment it continues")
    except IntegrityError as error:
        problem = ChainFault(Break.CHANGED, ledger.head.records, error.sentence)
    if problem is None or problem.kind is Break.TORN:
        faults += _whole(ledger, last, at)
        decided = [run for run in ledger.runs.values() if run.purpose is Purpose.DECISION and run.run in ended]
        first = held.signed_from or ledger.head.records
        held.ended(
            ledger, [(run.run, ended[run.run]) for run in decided if run.run in trusting or ended[run.run] >= first]
        )
    if wanted and place_of_head is None:
        faults.append(f"no record has the head {head}: the log was cut or written anew since it was noted")
    return Verification(
        ledger.head.records,
        ledger.head.hash,
        problem,
        tuple(ledger.runs.values()),
        (*faults, *held.faults),
        place_of_head,
        held.own,
        held.signed,
        held.times,
        sum(run.run in trusting for run in ledger.runs.values() if run.purpose is Purpose.DECISION),
    )


def _beside(folder: Path, link: ChainLink, line: bytes, place: Place) -> list[str]:
    """Say what is wrong with a file that a record tells of: what a repair set aside, or a segment that was closed."""
    if link.type == EventType.LOG_REPAIRED:
        return _set_aside(folder, link, line)
    opened = SegmentOpened.from_document(sealed(line, link.seq).data)
    with segments(folder)[place.segment - 2].open("rb") as stream:
        same = hashlib.file_digest(stream, "sha256").hexdigest() == opened.sha256
    return [] if same else [f"record {link.seq} does not hold the digest of the segment before it"]


def _set_aside(folder: Path, link: ChainLink, line: bytes) -> list[str]:
    """Say what is wrong with the bytes that a repair cut off and kept: they show what was lost, and are evidence."""
    repaired = LogRepaired.from_document(sealed(line, link.seq).data)
    kept = folder / QUARANTINE / Path(repaired.quarantine).name
    try:
        same = digest_of_bytes(kept.read_bytes()) == repaired.sha256
    except OSError:
        return [f"record {link.seq} tells of {kept.name} in {QUARANTINE}, which is not there or cannot be read"]
    return [] if same else [f"{kept.name} in {QUARANTINE} is not what the repair of record {link.seq} set aside"]


def _whole(ledger: Ledger, known: index.Index | None, at: str) -> list[str]:
    faults = []
    if not ledger.head.records:
        faults.append("there is no record in it: it was emptied, or its first run was killed as it began to write")
    if known is not None:
        try:
            index.check_continues(known, ledger.head, at)
        except IntegrityError as error:
            faults.append(error.sentence)
    faults += [
        f"the run {run} has no end: it is being recorded, it was killed while it was, or the log was cut; "
        "the next run records it as aborted"
        for run in ledger.open_runs
    ]
    return faults


def _head(text: str) -> str:
    wanted = text.strip().lower()
    if wanted and not (LEAST_HEAD <= len(wanted) <= 64 and set(wanted) <= set("0123456789abcdef")):
        raise UsageError(
            f"{text} is not a head hash.",
            hint=f"give at least {LEAST_HEAD} of the 64 digits that a report shows as its head hash",
        )
    return wanted
