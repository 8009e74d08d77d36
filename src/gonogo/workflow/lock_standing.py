"""How a run compares with the lock of its program: by the log, the lock file, and the files as they are now."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gonogo.audit.history import History, open_history
from gonogo.audit.reading import has_segments
from gonogo.core.wording import recorded_day
from gonogo.errors import GonogoError, IntegrityError
from gonogo.governance.lock_file import NAME, LockFile, read_lock
from gonogo.governance.lock_history import LockHistory, breaches
from gonogo.governance.lock_signature import signature_fault
from gonogo.governance.locked_content import content_of, lock_differences, source_changes
from gonogo.model.lock import Lock, LockedContent, LockStanding
from gonogo.signing.trust_values import Trust
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.logs import logs_beside
from gonogo.workflow.seats_since_lock import seats_since


def lock_standing(
    loaded: LoadedProgram, *, trust: Trust | None = None, other_rules: bool = False, now: datetime | None = None
) -> LockStanding | None:
    """Return how the program's files compare with its lock; None if neither the folder nor the log has one.

    Files that differ are no error here: the run is judged and recorded, and ends with 5.

    Args:
        loaded: The program, its rules included.
        trust: Whose signatures count; None where the program names no trust file.
        other_rules: Whether a rehearsal names its rules; if they are not the locked ones, they are not compared.
        now: The moment of a run; without it nobody asks who holds the seats.

    Raises:
        ConfigurationError: The lock file has mistakes, or there are two.
        IntegrityError: The lock file is of another program or log, or the log that knew the lock is not the one here.
    """
    lock_file = read_lock(loaded.root)
    history = known_locks(loaded, lock_file)
    if history is None:
        return None
    last, program = history.last, loaded.program.identity.id
    other_rules = other_rules and not _locked_rules(last.lock, loaded)
    wrong = [*breaches(history, lock_file, program)]
    if fault := signature_fault(last.lock, last.signature, trust):
        wrong.append(f"The signature of lock {last.lock.number} {fault}.")
    differences = lock_differences(last.content, current_content(loaded), rules=not other_rules)
    return LockStanding(
        number=last.lock.number,
        sha256=history.sha256,
        locked_at=last.lock.locked_at,
        first_at=history.locks[0].lock.locked_at,
        approved_by=last.lock.approved_by,
        signed_by=last.signature.key if last.signature is not None else None,
        changes=history.changes or None,
        breaches=tuple(wrong) or None,
        differences=differences or None,
        uncontrolled=history.uncontrolled or None,
        sources=tuple(source_changes(last.bindings, loaded.program)) or None,
        other_rules=other_rules or None,
        people=(seats_since(loaded, history, now) or None) if now is not None else None,
    )


def _locked_rules(lock: Lock, loaded: LoadedProgram) -> bool:
    locked = (lock.ruleset_sha256, lock.vocabulary_sha256)
    return locked == (loaded.ruleset.material_sha256, loaded.vocabulary.digest())


def current_content(loaded: LoadedProgram) -> LockedContent:
    """Return what a lock of the program's files, as they are, freezes."""
    return content_of(loaded.program, loaded.ruleset, loaded.vocabulary)


def known_locks(loaded: LoadedProgram, lock_file: LockFile | None) -> LockHistory | None:
    """Return the locks of a program that its log holds; None where there is none, nor a lock file.

    Raises:
        IntegrityError: There is a lock file, and the log does not hold it; or another log beside this one does.
    """
    program, folder = loaded.program.identity.id, loaded.root / loaded.program.log
    history = open_history(folder) if has_segments(folder) else None
    locks = history.locks(program) if history is not None else ()
    if locks:
        return LockHistory(locks)
    if lock_file is not None:
        raise _not_held(lock_file, history, program, loaded.program.log)
    if history is not None:
        _check_renamed(history, loaded, loaded.program.log)
    _check_beside(loaded, program)
    return None


def _check_renamed(history: History, loaded: LoadedProgram, folder: str) -> None:
    """Check that no other program of a log has a lock on a release of this one: another id must not undo it."""
    program, ours = loaded.program.identity.id, loaded.program.releases
    for other in sorted(history.ledger.locks):
        lock = history.locks(other)[-1]
        alike = [
            theirs
            for theirs in lock.content.releases
            if any(theirs.id == each.id or theirs.go_live == each.go_live for each in ours)
        ]
        if other != program and alike:
            knows = f"lock {lock.lock.number} of the program {other}, and its release {alike[0].id} is like one of"
            raise IntegrityError(
                f"the audit log in {folder} knows {knows} {program}; there is no `{NAME}`",
                hint=f"restore the id {other} in gonogo.yaml and `{NAME}`: another id does not undo a lock; a program "
                "of its own has a folder of its own",
            )


def _not_held(lock_file: LockFile, history: History | None, program: str, log: str) -> IntegrityError:
    lock = lock_file.lock
    if lock.program != program:
        return IntegrityError(
            f"`{NAME}` is the lock of the program {lock.program}, not of {program}",
            hint=f"remove `{NAME}` and lock this program, or restore the id in gonogo.yaml",
        )
    if history is None or history.ledger.log != lock.log:
        there = "there is none" if history is None else f"{log} holds the log {history.ledger.log}"
        return IntegrityError(
            f"`{NAME}` was recorded in the audit log {lock.log}, and {there}",
            hint="restore the folder of that log, or correct `log:` in gonogo.yaml",
        )
    return IntegrityError(
        f"the audit log does not hold lock {lock.number} of {recorded_day(lock.locked_at)}, which `{NAME}` is",
        hint="the log was cut or replaced by an older copy: restore the whole folder of the log",
    )


def _check_beside(loaded: LoadedProgram, program: str) -> None:
    """Check that no other log in the program's folder knows a lock: naming another log must not undo one."""
    for folder in logs_beside(loaded.root, loaded.program.log):
        if (other := _readable(folder)) is not None:
            _check_renamed(other, loaded, folder.name)
        if other is not None and program in other.ledger.locks:
            raise IntegrityError(
                f"the audit log in {folder.name} knows a lock of {program}, but `log:` names {loaded.program.log}",
                hint="correct `log:` in gonogo.yaml; a lock is not undone by naming another log",
            )


def _readable(folder: Path) -> History | None:
    try:
        return open_history(folder)
    except GonogoError:  # page one says already that a log beside it is broken
        return None
