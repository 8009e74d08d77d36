"""Is a log sound? Is each record in its place, does each run add up, and does it agree with what others know?"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.audit import index
from gonogo.audit.chain import Break, ChainFault
from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.held import Held, SignedBy
from gonogo.audit.history import noted
from gonogo.audit.ledger import Ledger, Run
from gonogo.audit.named_files import segment_faults, set_aside_faults
from gonogo.audit.quick_range import TRUSTING
from gonogo.audit.quick_reader import Quickly, QuickRead, quick_read
from gonogo.audit.reading import lines, steps
from gonogo.audit.run_check import RunCheck, run_faults
from gonogo.audit.watermark import KnownRoot
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType
from gonogo.signing.trust_values import Trust

QUICKLY: Final = Quickly()
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
    folder: str | Path,
    *,
    head: str = "",
    known: Sequence[KnownRoot] = (),
    trust: Trust | None = None,
    who: str = "",
    quickly: Quickly = QUICKLY,
) -> Verification:
    """Check every record of a log, and that each run's records give the digest and the verdict that it ended with.

    Args:
        folder: Folder of the log.
        head: A head hash that somebody noted, at least 16 hexadecimal digits of it: it must be that of a record.
        known: What somebody knows of the log, beside the checkpoints in its folder.
        trust: Whose signatures count; None checks none.
        who: The trust file, as sentences name it.
        quickly: How a large log is read first; if that finds anything out of the ordinary, it is read line by line.

    Raises:
        UsageError: There is no log, a record is of a type or version that this release does not know, or ``head`` is
            no hash.
        RecordFault: The folder or a segment cannot be read.
    """
    wanted, root = _head(head), Path(folder)
    held = Held(root, known, trust, who)
    quick = quick_read(root, quickly, sizes=held.sizes, wanted=wanted)
    found = None if quick is None else _taken_over(quick, index.load(root), held)
    return (found or _followed(root, held, wanted)).finished(head)


@dataclass(slots=True)
class _Followed:
    """A log that was followed to its end or its first break.

    Attributes:
        held: What it was compared with.
        last: Its index.
        ledger: What it says of itself.
        problem: The first break of the chain; None where there is none.
        faults: What is wrong beside the chain, in the order of the records.
        trusting: Runs that were recorded under a trust file.
        ended: Finished runs, with the number of the record that ended each.
        at: Hash of the record that the index knows as the last one; empty where there is none.
        noted: Number of the record that has the head asked for.
    """

    held: Held
    last: index.Index | None
    ledger: Ledger = field(default_factory=Ledger)
    problem: ChainFault | None = None
    faults: list[str] = field(default_factory=list)
    trusting: set[str] = field(default_factory=set)
    ended: dict[str, int] = field(default_factory=dict)
    at: str = ""
    noted: int | None = None

    def finished(self, head: str) -> Verification:
        """Compare the end of the log, and return all that was found."""
        ledger, held, faults = self.ledger, self.held, self.faults
        if self.problem is None or self.problem.kind is Break.TORN:
            faults += _whole(ledger, self.last, self.at)
            first = held.signed_from or ledger.head.records
            held.ended(
                ledger,
                [
                    (run.run, self.ended[run.run])
                    for run in ledger.runs.values()
                    if run.purpose is Purpose.DECISION
                    and run.run in self.ended
                    and (run.run in self.trusting or self.ended[run.run] >= first)
                ],
            )
        if head and self.noted is None:
            faults.append(f"no record has the head {head}: the log was cut or rewritten since it was noted")
        return Verification(
            ledger.head.records,
            ledger.head.hash,
            self.problem,
            tuple(ledger.runs.values()),
            (*faults, *held.faults),
            self.noted,
            held.own,
            held.signed,
            held.times,
            sum(run.run in self.trusting for run in ledger.runs.values() if run.purpose is Purpose.DECISION),
        )


def _taken_over(quick: QuickRead, last: index.Index | None, held: Held) -> _Followed | None:
    """Return what a quick reader found; None where the index is not of the log's end, or says something else."""
    ledger, at = quick.ledger, ""
    if last is not None:
        if last.ledger.head.records != ledger.head.records:
            return None
        at = ledger.head.hash
        if last.marks and at == last.ledger.head.hash and last.ledger != ledger:
            return None
    passed, recorded = deque(quick.passed), deque(quick.recorded)
    while passed or recorded:  # as the records come: where the log stood is compared before what a record says of it
        if passed and (not recorded or passed[0][0].records <= recorded[0][0] + 1):
            held.passed(*passed.popleft(), ledger.log)
        else:
            held.recorded(*recorded.popleft())
    return _Followed(held, last, ledger, trusting=quick.trusting, ended=quick.ended, at=at, noted=quick.noted)


def _followed(root: Path, held: Held, wanted: str) -> _Followed:
    """Follow a log line by line."""
    made = _Followed(held, index.load(root))
    last, ledger, faults, checks = made.last, made.ledger, made.faults, dict[str, RunCheck]()
    try:
        for line, place, found in steps(lines(root)):
            if isinstance(found, ChainFault):
                made.problem = found
                break
            ledger.take(found, line, place)
            held.passed(ledger.head, ledger.tree, ledger.log)
            made.at = noted(last, found) or made.at
            if last is not None and last.marks and found.hash == last.ledger.head.hash and last.ledger != ledger:
                faults.append(f"{index.NAME} contradicts the log: remove it; the next run writes a new one")
            if wanted and found.hash.startswith(wanted):
                made.noted = found.seq
            faults += run_faults(checks, found, line)
            if found.type == EventType.LOG_REPAIRED:
                faults += set_aside_faults(root, found, line)
            elif found.type == EventType.SEGMENT_OPENED:
                faults += segment_faults(root, found, line, place)
            elif found.type == EventType.RUN_STARTED and TRUSTING in line:
                made.trusting.add(found.run)
            elif found.type == EventType.RUN_FINISHED:
                made.ended[found.run] = found.seq
            elif found.type == EventType.CHECKPOINT_SIGNED and ledger.signed is not None:
                held.recorded(*ledger.signed)
            if place.segment > 1 and not place.offset and found.type != EventType.SEGMENT_OPENED:
                faults.append(f"the segment {place.segment:06d}.jsonl does not say which segment it continues")
    except IntegrityError as error:
        made.problem = ChainFault(Break.CHANGED, ledger.head.records, error.sentence)
    return made


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
        f"the run {run} has no end: it is still being recorded, it was killed, or the log was cut; "
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
