"""The log that a decision lies in: followed whole, compared with what others know of it, and read after the decision.

No index is believed here: a person who can write to the folder can write an index too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from gonogo.audit.chain import Break, ChainFault
from gonogo.audit.checkpoint import load_checkpoint
from gonogo.audit.history import History
from gonogo.audit.ledger import Ledger, Place, Run, RunState
from gonogo.audit.quick_reader import Quickly, quick_read
from gonogo.audit.reading import broken, lines, steps
from gonogo.audit.verification import QUICKLY, verify_log
from gonogo.audit.watermark import KnownRoot, Watermark
from gonogo.errors import DocumentError, IntegrityError, RecordFault
from gonogo.model.canonical import read_json
from gonogo.model.decision import Decision
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.finding import Finding
from gonogo.model.outcome import OutcomeRecorded
from gonogo.model.record import DecisionMade, RunStarted
from gonogo.report.words import named_seat
from gonogo.statement.later import Decided, LaterLock, LaterOutcome, LaterRun

Later = LaterRun | LaterOutcome | LaterLock
"""What is recorded after a decision and may make it void."""
_UNDER_WAY = "has no end"
"""How a fault of a log says that a run is being recorded, or was killed."""


@dataclass(frozen=True, slots=True)
class WholeLog:
    """A log whose chain was followed to its end.

    Attributes:
        history: Its runs.
        unfinished: Whether it ends in a record, or a run, without an end.
    """

    history: History
    unfinished: bool

    @property
    def ledger(self) -> Ledger:
        """What the log says about itself."""
        return self.history.ledger


def follow(folder: Path, known: Sequence[KnownRoot] = (), *, quickly: Quickly = QUICKLY) -> WholeLog:
    """Follow a log to its end and check that it continues all that is known of it, and that its runs add up.

    Args:
        folder: Folder of the log.
        known: What is known of it.
        quickly: How a large log is read first.

    Raises:
        UsageError: There is no log, or a record is of a kind that this release does not know.
        IntegrityError: It is broken, shorter than somebody knows, or another one.
        RecordFault: It cannot be read.
    """
    water = Watermark(load_checkpoint(folder), known)
    quick = quick_read(folder, quickly, sizes=water.sizes)
    if quick is None:
        ledger, torn = _line_by_line(folder, water)
    else:
        ledger, torn = quick.ledger, False
        for head, tree in quick.passed:
            water.passed(Ledger(head, ledger.log, tree=tree), Place(1, 0))
    water.reached(ledger.head.records)
    faults = verify_log(folder, quickly=quickly).faults
    wrong = [fault for fault in faults if _UNDER_WAY not in fault]
    if wrong:
        raise IntegrityError(f"the audit log does not add up: {wrong[0]}", hint="`gonogo log verify` says more")
    return WholeLog(History(folder, ledger), torn or bool(ledger.open_runs))


def _line_by_line(folder: Path, water: Watermark) -> tuple[Ledger, bool]:
    ledger = Ledger()
    for line, place, found in steps(lines(folder)):
        if isinstance(found, ChainFault):
            if found.kind is not Break.TORN:
                raise broken(found)
            return ledger, True
        ledger.take(found, line, place)
        water.passed(ledger, Place(place.segment, place.offset + len(line)))
    return ledger, False


def opened_as(folder: Path) -> str:
    """Return the id that the first line of a log claims; empty where it has none that can be read.

    Nothing is believed by it: the chain is followed afterwards.

    Raises:
        UsageError: There is no log.
    """
    first = next(lines(folder), None)
    try:
        document = {} if first is None else read_json(first[1])
    except DocumentError:
        return ""
    data = document.get("data") if isinstance(document, dict) else None
    name = data.get("log") if isinstance(data, dict) else None
    return name if isinstance(name, str) else ""


def decided_in(log: WholeLog, run: str) -> Run:
    """Return the run of a decision.

    Raises:
        IntegrityError: The log has no such run, or it has no end.
    """
    found = log.ledger.runs.get(run)
    if found is None or found.state is not RunState.FINISHED:
        raise IntegrityError(
            f"the audit log does not have the run {run} that the statement is about",
            hint="give the log that the statement names; a statement without its run is a forgery",
        )
    return found


def after(log: WholeLog, run: Run) -> list[Later]:
    """Return what is recorded of a release, and of the lock, from a run of it on, the run itself first.

    Raises:
        IntegrityError: A record does not have the shape of its type.
    """
    history = log.history
    marks = history.ledger.locks.get(run.program, ())
    found: list[tuple[int, Later]] = [
        (mark.seq, LaterLock(recorded.lock.locked_at, recorded.lock.number))
        for mark, recorded in zip(marks, history.locks(run.program), strict=True)
        if mark.seq > run.first
    ]
    for each in history.finished(run.program, run.release):
        if each.first >= run.first:
            found.append((each.first, _later(each, history.records(each))))
        for record in history.outcomes(each):
            if record.seq > run.first:
                outcome = OutcomeRecorded.from_document(record.data).outcome
                found.append((record.seq, LaterOutcome(record.ts, outcome)))
    return [value for _, value in sorted(found, key=lambda entry: entry[0])]


def _later(run: Run, records: Sequence[SealedRecord]) -> LaterRun:
    started = next((each for each in records if each.type is EventType.RUN_STARTED), None)
    made = next((each for each in records if each.type is EventType.DECISION_MADE), None)
    if started is None or made is None:
        raise IntegrityError(f"the records of the run {run.run} in the audit log are not complete")
    begun, decision = RunStarted.from_document(started.data), DecisionMade.from_document(made.data).decision
    owner, remedy = _first_wrong(decision, records)
    return LaterRun(
        run=run.run,
        at=begun.now,
        verdict=decision.verdict,
        conditions=frozenset(each.criterion for each in decision.conditions),
        holds=tuple(hold.title for hold in decision.holds or () if hold.status.open),
        subjects=begun.release.subjects,
        owner=owner,
        remedy=remedy,
    )


def _first_wrong(decision: Decision, records: Sequence[SealedRecord]) -> tuple[str, str]:
    """Return who answers for what is wrong first, and the remedy: a hold, a reason against, or a condition."""
    holds = [hold for hold in decision.holds or () if hold.status.open]
    open_ones = [each.criterion for each in decision.blockers] + [each.criterion for each in decision.conditions]
    first = next(filter(None, open_ones), None)
    judged = (each.data for each in records if each.type is EventType.CRITERION_JUDGED)
    named = next((Finding.from_document(data) for data in judged if data.get("criterion") == first), None)
    found = holds[0] if holds else named
    return (named_seat(decision.people or {}, found.owner), found.remedy) if found is not None else ("", "")


def decided(later: Sequence[Later], run: Run) -> Decided:
    """Return a run, which is the first of what is recorded from it on, as the decision that may have become void."""
    own = next(each for each in later if isinstance(each, LaterRun) and each.run == run.run)
    return Decided(own.verdict, own.conditions, own.subjects or {})


def check_readable(log: WholeLog) -> None:
    """Check that nothing is being recorded.

    Raises:
        RecordFault: The end of the log is not there yet, or a crash left it.
    """
    if log.unfinished:
        raise RecordFault(
            "the audit log ends in an unfinished run: nobody can tell its result",
            hint="wait until the run has ended; after a crash the next run records it as aborted",
        )
