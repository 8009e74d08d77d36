"""Reading the locks of a log, and whether an index is believed about them: one that hides a lock is not."""

from __future__ import annotations

from pathlib import Path

from gonogo.audit.chain import read_link
from gonogo.audit.ledger import Ledger, Place, Run, RunState, sealed
from gonogo.audit.reading import lines
from gonogo.errors import GonogoError, IntegrityError
from gonogo.model.event import EventType
from gonogo.model.lock import LockRecorded
from gonogo.model.record import RunStarted

_LOCK = b'"type":"lock.recorded"'


def read_locks(folder: Path, ledger: Ledger, program: str) -> tuple[LockRecorded, ...]:
    """Return the locks of a program that a log holds, oldest first.

    Raises:
        IntegrityError: One is not where the ledger says, or is another.
    """
    found = []
    for mark in ledger.locks.get(program, ()):
        _, line = next(lines(folder, Place(mark.segment, mark.offset)), (None, b""))
        link = read_link(line)
        if link is None or (link.seq, link.type) != (mark.seq, EventType.LOCK_RECORDED):
            raise IntegrityError(f"the audit log was changed: record {mark.seq} is not the lock that was there")
        recorded = LockRecorded.from_document(sealed(line, link.seq).data)
        if recorded.lock.digest() != mark.sha256:
            raise IntegrityError(f"the audit log was changed: record {mark.seq} is another lock")
        found.append(recorded)
    return tuple(found)


def locks_vouched(folder: Path, ledger: Ledger) -> bool:
    """Return whether the log itself confirms that a ledger has every lock.

    Each run names the lock that it knew; so what matters is the last run of each program, and what came after it.
    """
    last: dict[str, Run] = {}
    for run in ledger.runs.values():
        if run.state is RunState.FINISHED:
            last[run.program] = run
    known = {mark.seq for marks in ledger.locks.values() for mark in marks}
    try:
        for program, run in last.items():
            named = _lock_named(folder, run)
            if named is not None and named not in {mark.sha256 for mark in ledger.locks.get(program, ())}:
                return False
        start = min((run.end for run in last.values()), default=None)
        for _, line in lines(folder, start) if start is not None else lines(folder):
            if _LOCK in line:
                link = read_link(line)
                if link is None or (link.type == EventType.LOCK_RECORDED and link.seq not in known):
                    return False
    except (GonogoError, OSError, ValueError, KeyError):
        return False
    return True


def _lock_named(folder: Path, run: Run) -> str | None:
    _, line = next(lines(folder, run.start), (None, b""))
    link = read_link(line)
    if link is None or (link.seq, link.run) != (run.first, run.run):
        raise IntegrityError(f"the records of the run {run.run} are not where the log's index says")
    return RunStarted.from_document(sealed(line, link.seq).data).lock_sha256
