"""Reading a log: its lines, its records, its runs. Nothing here writes, and nothing needs more than a file system."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import tee
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from gonogo.audit.chain import Break, Head, Link, Problem, follow
from gonogo.audit.io import unreadable
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.decision import Verdict
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.record import RunFinished, RunStarted

SEGMENT: Final = re.compile(r"[0-9]{6}\.jsonl", re.ASCII)
FIRST_SEGMENT: Final = "000001.jsonl"
_TOLD: Final = frozenset({EventType.RUN_STARTED, EventType.RUN_FINISHED, EventType.RUN_ABORTED})


class RunState(StrEnum):
    """How a run ended."""

    FINISHED = "finished"
    ABORTED = "aborted"
    OPEN = "open"
    """It has not ended; or it was killed, and nobody has opened the log since."""


_PUT_BACK: Final = "put the folder back as it was written; nothing is judged on a log with a hole"


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run of a log.

    Attributes:
        run: Id.
        first: Number of its first record.
        last: Number of its last record, reports made later included.
        state: How it ended.
        purpose: Decision, progress or rehearsal; None where ``run.started`` is missing.
        now: Moment of the assessment, UTC; None likewise.
        verdict: None unless it finished.
        digest: Digest of the assessment; empty unless it finished.
    """

    run: str
    first: int
    last: int
    state: RunState
    purpose: Purpose | None = None
    now: datetime | None = None
    verdict: Verdict | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found in a log.

    Attributes:
        ok: Whether every record is as it was sealed and in its place.
        records: How many records are sound, from the first.
        head: Hash of the last sound record.
        problem: The first break; None when ok. An unfinished last line is one until the next run has set it aside and
            recorded that: nobody can tell a crash from somebody who cut it.
        runs: Runs in the sound part, in order of their first record.
    """

    ok: bool
    records: int
    head: str
    problem: Problem | None
    runs: tuple[RunSummary, ...]


def segments(folder: str | Path) -> tuple[Path, ...]:
    """Return the segments of a log in order.

    Raises:
        UsageError: There is no log.
        IntegrityError: A segment is a link or no file, or one is missing between two.
        RecordFault: The folder cannot be read.
    """
    root = Path(folder)
    try:
        found = sorted(entry for entry in root.iterdir() if SEGMENT.fullmatch(entry.name)) if root.is_dir() else []
    except OSError as error:
        raise unreadable(root, error) from error
    if not found:
        raise UsageError(f"there is no audit log in {root}", hint="a first `gonogo assess` starts one")
    for number, entry in enumerate(found, start=1):
        if entry.is_symlink():
            raise IntegrityError(f"the segment {entry.name} of the audit log is a link", hint=_PUT_BACK)
        if not entry.is_file():  # reading a pipe would wait for ever
            raise IntegrityError(f"the segment {entry.name} of the audit log is not a file", hint=_PUT_BACK)
        if int(entry.stem) != number:
            raise IntegrityError(f"the segment {number:06d}.jsonl of the audit log is missing", hint=_PUT_BACK)
    return tuple(found)


def lines(folder: str | Path) -> Iterator[bytes]:
    """Iterate the lines of all segments with their newlines; the very last may lack it.

    Raises:
        UsageError: There is no log.
        IntegrityError: A segment is a link or no file, or one is missing between two.
        RecordFault: The folder or a segment cannot be read.
    """
    for segment in segments(folder):
        try:
            with segment.open("rb") as stream:
                yield from stream
        except OSError as error:
            raise unreadable(segment, error) from error


def read_log(folder: str | Path) -> list[SealedRecord]:
    """Return every record of a sound log. An unfinished last line, which a crash or a writer leaves, is left out.

    Raises:
        UsageError: There is no log, or a record is of a type that this release does not know.
        IntegrityError: A record was changed, dropped, swapped or inserted.
    """
    records = []
    for line, step in _steps(folder):
        if isinstance(step, Problem):
            if step.kind is not Break.TORN:
                raise IntegrityError(f"the audit log is broken: {step.sentence}", hint="`gonogo log verify` says more")
            break
        records.append(_record(line, step.seq))
    return records


def verify_log(folder: str | Path) -> Verification:
    """Check every record of a log, and say what runs it holds.

    Raises:
        UsageError: There is no log, or a record is of a type that this release does not know.
    """
    head, problem = Head(), None
    spans: dict[str, tuple[int, int]] = {}
    told = []
    try:
        for line, step in _steps(folder):
            if isinstance(step, Problem):
                problem = step
                break
            head = head.after(step)
            if step.run:
                spans[step.run] = (spans.get(step.run, (step.seq, 0))[0], step.seq)
            if step.type in _TOLD:
                told.append(_record(line, step.seq))
        known = {run.run: run for run in runs(told)}
    except IntegrityError as error:
        known, problem = {}, Problem(Break.CHANGED, head.records, error.sentence)
    found = (
        replace(known.get(run, RunSummary(run, first, last, RunState.OPEN)), first=first, last=last)
        for run, (first, last) in spans.items()
    )
    return Verification(problem is None, head.records, head.hash, problem, tuple(found))


def _steps(folder: str | Path) -> Iterator[tuple[bytes, Link | Problem]]:
    shown, followed = tee(lines(folder))
    return zip(shown, follow(followed), strict=False)


def runs(records: Iterable[SealedRecord]) -> tuple[RunSummary, ...]:
    """Return what became of each run, in order of first records.

    Raises:
        IntegrityError: A record does not have its type's shape.
    """
    by_run: dict[str, list[SealedRecord]] = {}
    for record in records:
        if record.run:
            by_run.setdefault(record.run, []).append(record)
    return tuple(_summary(run, entries) for run, entries in by_run.items())


def last_run(records: Sequence[SealedRecord]) -> str | None:
    """Return the id of the run that finished last; None where none did."""
    finished = (record.run for record in reversed(records) if record.type is EventType.RUN_FINISHED)
    return next(finished, None)


def run_records(records: Sequence[SealedRecord], run: str | None = None) -> list[SealedRecord]:
    """Return the records of one run, by default of the one that finished last.

    Raises:
        UsageError: There is no such run, or none has finished.
    """
    wanted = run if run is not None else last_run(records)
    if wanted is None:
        raise UsageError("no run in this audit log has reached a verdict")
    found = [record for record in records if record.run == wanted]
    if not found:
        raise UsageError(f"the audit log holds no run {wanted}", hint="`gonogo log verify` lists the runs")
    return found


def _record(line: bytes, seq: int) -> SealedRecord:
    try:
        return SealedRecord.model_validate_json(line)
    except ValidationError as error:
        what = f"record {seq} of the audit log is of a kind that this release of gonogo does not know"
        raise UsageError(what, hint="read it with the release that wrote it, or a newer one") from error


def _summary(run: str, entries: Sequence[SealedRecord]) -> RunSummary:
    state, purpose, now, verdict, digest = RunState.OPEN, None, None, None, ""
    for record in entries:
        try:
            if record.type is EventType.RUN_STARTED:
                started = RunStarted.from_document(record.data)
                purpose, now = started.kind.purpose, started.now
            elif record.type is EventType.RUN_FINISHED:
                finished = RunFinished.from_document(record.data)
                state, verdict, digest = RunState.FINISHED, finished.verdict, finished.assessment
            elif record.type is EventType.RUN_ABORTED and state is RunState.OPEN:
                state = RunState.ABORTED
        except ValidationError as error:
            what = f"record {record.seq} of the audit log does not have the shape of {record.type}"
            raise IntegrityError(what) from error
    return RunSummary(run, entries[0].seq, entries[-1].seq, state, purpose, now, verdict, digest)
