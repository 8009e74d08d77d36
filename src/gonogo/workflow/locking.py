"""Making a lock, and changing one: what is frozen is recorded first, then the lock file is written."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from gonogo.audit.events import event
from gonogo.audit.log import AuditLog
from gonogo.core.lock_rules import LockRules
from gonogo.core.wording import recorded_day
from gonogo.errors import RecordFault, UsageError
from gonogo.governance.approval_file import Approvals
from gonogo.governance.lock_approvals import ApprovalContext, Reviewed, reviewed
from gonogo.governance.lock_file import NAME, lock_text, read_lock
from gonogo.governance.lock_history import LockHistory, breaches
from gonogo.governance.lock_signature import sign_lock
from gonogo.governance.locked_content import binding_digests, lock_differences
from gonogo.governance.seat_changes import holds, known_people
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import instant_text
from gonogo.model.event import EventType
from gonogo.model.lock import Lock, LockChange, LockDifference, LockedContent, LockRecorded
from gonogo.model.people import PeopleRegister
from gonogo.model.ruleset import Ruleset
from gonogo.model.seat_change import SeatChange
from gonogo.model.seats import Seats
from gonogo.version import VERSION
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.loading import load
from gonogo.workflow.lock_standing import current_content, known_locks
from gonogo.workflow.log_keys import LogKeys, keys_of
from gonogo.workflow.order import Order
from gonogo.workflow.seats_since_lock import seats_since
from gonogo.workflow.write_places import check_place

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer


@dataclass(frozen=True, slots=True)
class Lockable:
    """A program whose lock is to be made or changed.

    Attributes:
        loaded: The program and its rules.
        content: What a lock of its files freezes.
        history: The locks that its log holds; None for none.
        differences: Against the last lock that both sides agreed to; none for a first lock.
        rules: What is asked of the approvals.
        in_freeze: Whether today is inside the freeze of a go-live.
        people: The register as it may be believed: nobody takes a seat in the time before the last agreed lock.
        seats: What it says otherwise than at that lock.
    """

    loaded: LoadedProgram
    content: LockedContent
    history: LockHistory | None
    differences: tuple[LockDifference, ...]
    rules: LockRules
    in_freeze: bool
    people: PeopleRegister
    seats: tuple[SeatChange, ...] = ()

    @property
    def program(self) -> str:
        """Id of the program."""
        return self.loaded.program.identity.id

    @property
    def loosens(self) -> bool:
        """Whether anything loosens the gate, or may."""
        return any(each.loosens for each in self.differences)


@dataclass(frozen=True, slots=True)
class LockAnswer:
    """What came of it.

    Attributes:
        recorded: The lock; None where it was refused.
        lacks: What its approvals lack.
    """

    recorded: LockRecorded | None
    lacks: tuple[str, ...] = ()


def lockable_program(program: Path, now: datetime) -> Lockable:
    """Return what can be locked of a program, by its folder or file; any of its releases will do.

    Raises:
        ConfigurationError, UsageError, IntegrityError: As :func:`load` and :func:`lockable`.
    """
    return lockable(load(Order(program=program), any_release=True), now)


def lockable(loaded: LoadedProgram, now: datetime) -> Lockable:
    """Return what a lock of the program's files as they are would freeze, and how that differs from the one in force.

    Raises:
        ConfigurationError, IntegrityError: As :func:`known_locks`.
    """
    content = current_content(loaded)
    history = known_locks(loaded, read_lock(loaded.root))
    rules, identity = LockRules.of(loaded.ruleset), loaded.program.identity
    releases = [*content.releases]
    differences: tuple[LockDifference, ...] = ()
    if history is not None:
        agreed = history.agreed
        differences = lock_differences(agreed.content, content)
        rules = LockRules.of(Ruleset.from_document(agreed.content.ruleset)).joined(rules)
        releases += agreed.content.releases
    days = [identity.local_date(each.go_live) for each in releases]
    seats = seats_since(loaded, history, now) if history is not None else ()
    people = known_people(loaded.people, seats)
    frozen = rules.frozen_on(identity.local_date(now), days)
    return Lockable(loaded, content, history, differences, rules, frozen, people, seats)


def judged_approvals(lockable: Lockable, approvals: Approvals, now: datetime) -> Reviewed:
    """Return which approvals of a lock count, and what is missing.

    Raises:
        UsageError: They are about another content than the files have.
    """
    digest, history = lockable.content.digest(), lockable.history
    if approvals.content != digest:
        raise UsageError(
            f"The approvals are about the content {approvals.content[:16]}…, "
            f"and the program's files have {digest[:16]}….",
            hint="the files have changed since the approval: `--draft FILE` writes what is to be approved now",
        )
    before = history.agreed.lock.content if history is not None else None
    if approvals.changes != before:
        raise UsageError(
            "The approvals do not say which lock they change, or name another than the last agreed one."
            if history is not None
            else "The approvals are about a change of a lock, but there is no lock.",
            hint="`--draft FILE` writes what there is to approve",
        )
    identity = lockable.loaded.program.identity
    since = identity.local_date(history.agreed.lock.locked_at) if history is not None else None
    around = ApprovalContext(lockable.people, lockable.rules, identity.local_date(now), since)
    return reviewed(approvals, around, change=history is not None, loosens=lockable.loosens)


def make_lock(
    lockable: Lockable,
    approvals: Approvals | None,
    *,
    signer: Signer | None,
    now: datetime,
    uncontrolled: bool = False,
) -> LockAnswer:
    """Record a lock, or a change of the one in force, and write the lock file; refuse what lacks something.

    Args:
        lockable: What is locked.
        approvals: What people approved; None where nobody did.
        signer: Signs the lock and the checkpoint over it; None leaves both unsigned.
        now: Host time.
        uncontrolled: Record a change that lacks a request or approvals, as one that does.

    Raises:
        UsageError: The approvals are about something else; a key is missing.
        RecordFault: The log or the file cannot be written.
        IntegrityError: The log is broken.
    """
    loaded, history = lockable.loaded, lockable.history
    review = judged_approvals(lockable, approvals, now) if approvals is not None else None
    lacks = review.lacks if review is not None else ("Nobody approved it.",)
    if lacks and not (uncontrolled and history is not None):
        return LockAnswer(None, lacks)
    keys = keys_of(loaded, signer)
    keys.check_signer(Purpose.DECISION, now)
    check_place(loaded, Purpose.DECISION)
    change = None if history is None else _change(lockable, approvals, review, lacks, now)
    return LockAnswer(_record(lockable, change, review, keys, now), lacks if change is not None else ())


def _change(
    lockable: Lockable, approvals: Approvals | None, review: Reviewed | None, lacks: tuple[str, ...], now: datetime
) -> LockChange:
    assert lockable.history is not None
    return LockChange(
        number=lockable.history.last.lock.number + 1,
        at=now,
        request=approvals.request if approvals is not None else None,
        requested_by=approvals.requested_by if approvals is not None else None,
        reason=approvals.reason if approvals is not None else None,
        approved_by=review.counted if review is not None else (),
        reviewed_by=review.reviewer if review is not None else None,
        differences=lockable.differences,
        in_freeze=True if lockable.in_freeze and lockable.loosens else None,
        lacks=lacks or None,
        newly_seated=tuple(_newly_seated(lockable.history, review)) or None,
    )


def _newly_seated(history: LockHistory, review: Reviewed | None) -> Iterator[str]:
    """Yield who approved or reviewed a change in a seat that they did not hold at the last agreed lock."""
    if review is None or (seats := history.agreed.seats) is None:
        return
    for each in (*review.counted, *([review.reviewer] if review.reviewer is not None else [])):
        if not holds(seats, each.role, each.person):
            locked = f"lock {history.agreed.lock.number} of {recorded_day(history.agreed.lock.locked_at)}"
            yield f"{each.person} did not hold the seat {each.role} at {locked}."


def _record(
    lockable: Lockable,
    change: LockChange | None,
    review: Reviewed | None,
    keys: LogKeys,
    now: datetime,
) -> LockRecorded:
    loaded, history = lockable.loaded, lockable.history
    folder = loaded.root / loaded.program.log
    with AuditLog.open(folder, known=keys.known, signer=keys.signer) as log:
        keys.check_accepted(folder, log)
        marks = log.ledger.locks.get(lockable.program, ())
        if (marks[-1].sha256 if marks else None) != (history.sha256 if history is not None else None):
            raise RecordFault("the lock was changed by somebody else just now", hint="run it again")
        lock = Lock(
            program=lockable.program,
            number=len(marks) + 1,
            locked_at=now,
            content=lockable.content.digest(),
            ruleset=f"{loaded.ruleset.name}@{loaded.ruleset.version}",
            ruleset_sha256=loaded.ruleset.material_sha256,
            vocabulary_sha256=loaded.vocabulary.digest(),
            approved_by=review.counted if review is not None else (),
            earlier=history.sha256 if history is not None else None,
            change=change.digest() if change is not None else None,
            log=log.id,
            records=log.head.records,
            root=log.ledger.tree.root().hex(),
            made_with=VERSION,
        )
        recorded = LockRecorded(
            lock=lock,
            signature=sign_lock(lock, keys.signer),
            content=lockable.content,
            bindings=binding_digests(loaded.program),
            change=change,
            seats=Seats.of(loaded.people),
        )
        log.append([event(EventType.LOCK_RECORDED, recorded)], checkpoint=True)
    write_lock(loaded.root, recorded)
    return recorded


def write_again(lockable: Lockable) -> LockRecorded | None:
    """Write the lock file again from the log where it is not as the log has it; None where it is.

    Raises:
        RecordFault: The file cannot be written.
    """
    history = lockable.history
    if history is None or not [*breaches(history, read_lock(lockable.loaded.root), lockable.program)]:
        return None
    write_lock(lockable.loaded.root, history.last)
    return history.last


def write_lock(root: Path, recorded: LockRecorded) -> None:
    """Write the lock file beside the program file: all of it or nothing.

    Raises:
        RecordFault: It cannot be written. The lock is recorded; `gonogo lock` writes the file again.
    """
    data = lock_text(recorded.lock, recorded.signature).encode()
    try:
        number, name = tempfile.mkstemp(dir=root, prefix=".lock.", suffix=".partial")
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, 0o644)
        os.replace(name, root / NAME)
    except OSError as error:
        raise RecordFault(
            f"the lock is recorded at {instant_text(recorded.lock.locked_at)}, and `{NAME}` cannot be written: "
            f"{error.strerror}",
            hint="make room or let this user write there; then `gonogo lock PROGRAM` writes it from the log",
        ) from error
