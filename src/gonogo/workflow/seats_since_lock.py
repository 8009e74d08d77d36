"""Who holds which seat otherwise than at the last agreed lock, and which run knew it first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.audit.reading import has_segments
from gonogo.governance.lock_history import LockHistory
from gonogo.governance.seat_changes import known_people, seat_changes
from gonogo.model.event import EventType
from gonogo.model.people import PeopleRegister
from gonogo.model.program import ProgramIdentity
from gonogo.model.record import MaterialRecorded
from gonogo.model.seat_change import SeatChange
from gonogo.model.seats import Seats
from gonogo.workflow.loaded import LoadedProgram


def seats_since(loaded: LoadedProgram, locks: LockHistory, now: datetime) -> tuple[SeatChange, ...]:
    """Return what the people register says otherwise than on the day of the last lock that both sides agreed to.

    A lock of an earlier release of gonogo did not record who held the seats; then nothing is compared.

    Args:
        loaded: The program.
        locks: Its locks.
        now: The moment of the run: what no run before it knew is known since its day.
    """
    agreed, current = locks.agreed, Seats.of(loaded.people)
    if agreed.seats is None or agreed.seats == current:
        return ()
    identity = loaded.program.identity
    lock_day, today = identity.local_date(agreed.lock.locked_at), identity.local_date(now)
    runs = _registers(loaded.root / loaded.program.log, identity, agreed.lock.records, now)
    return seat_changes([(lock_day, agreed.seats), *runs], current, today)


def people_known(loaded: LoadedProgram) -> PeopleRegister:
    """Return the register as it may be believed under the lock of a run."""
    changes = loaded.lock.people if loaded.lock is not None else None
    return known_people(loaded.people, changes or ())


def _registers(folder: Path, identity: ProgramIdentity, after: int, now: datetime) -> Sequence[tuple[date, Seats]]:
    """Return the register of each run since a lock, with the local day of the run, oldest first."""
    if not has_segments(folder):
        return ()
    history = open_history(folder)
    read: dict[str, Seats | None] = {}
    found = []
    for run in history.decided:
        if run.program != identity.id or run.first < after or run.now is None or run.now > now:
            continue
        digest = history.started(run.run).people_sha256
        if digest is not None and digest not in read:
            read[digest] = _seats(history, run, digest)
        if digest is not None and (seats := read[digest]) is not None:
            found.append((identity.local_date(run.now), seats))
    return sorted(found, key=lambda each: each[0])


def _seats(history: History, run: Run, digest: str) -> Seats | None:
    for record in history.report_records(run):
        if record.type is EventType.MATERIAL_RECORDED and record.data.get("sha256") == digest:
            return Seats.from_document(MaterialRecorded.from_document(record.data).content)
    return None
