"""Whether the lock file beside a program file is the one that the audit log knows: for `log verify` and `doctor`."""

from __future__ import annotations

from pathlib import Path

from gonogo.audit.history import History, open_history
from gonogo.core.wording import recorded_day
from gonogo.errors import ConfigurationError, GonogoError
from gonogo.governance.lock_file import NAME, LockFile, read_lock
from gonogo.governance.lock_history import LockHistory, breaches
from gonogo.program.program_file import load_program
from gonogo.workflow.loading import load
from gonogo.workflow.lock_standing import lock_standing
from gonogo.workflow.order import Order


def lock_faults(place: Path, folder: Path) -> list[str]:
    """Return what is wrong with the lock file of a program, a sentence each; nothing for the folder of a log alone.

    Args:
        place: Folder or file of the program, or the folder of a log.
        folder: Folder of the log, which is sound.
    """
    root = place if place.is_dir() else place.parent
    if not (root / "gonogo.yaml").is_file():
        return []
    try:
        found, history = read_lock(root), open_history(folder)
    except ConfigurationError as error:
        return [f"{problem.where}: {problem.what}" for problem in error.problems]
    except GonogoError as error:
        return [error.sentence]
    program = _program(root, found, history)
    locks = history.locks(program)
    if locks:
        return [*breaches(LockHistory(locks), found, program)]
    return [f"the audit log does not hold the lock that `{NAME}` is"] if found is not None else []


def lock_state(program: Path) -> tuple[bool, str] | None:
    """Return whether a program's files are what was locked, and a sentence; None where it is not locked.

    A program whose files have mistakes is not asked: `gonogo lint` shows them.
    """
    try:
        standing = lock_standing(load(Order(program=program), any_release=True))
    except ConfigurationError:
        return None
    except GonogoError as error:
        return False, error.sentence
    if standing is None:
        return None
    wrong = [*(standing.breaches or ()), *(each.sentence for each in standing.differences or ())]
    if standing.uncontrolled is not None:
        lack = "lacks" if standing.uncontrolled == 1 else "lack"
        wrong.append(f"{standing.uncontrolled} of its changes {lack} a request or an approval")
    if wrong:
        return False, f"{wrong[0]}{f', and {len(wrong) - 1} more' if len(wrong) > 1 else ''}"
    return True, f"lock {standing.number} of {recorded_day(standing.locked_at)}; the files are what was locked"


def _program(root: Path, lock_file: LockFile | None, history: History) -> str:
    """Return the id of the program: by its file, or, where that has mistakes, by whichever lock there is."""
    try:
        return load_program(root).program.identity.id
    except GonogoError:
        return lock_file.lock.program if lock_file is not None else next(iter(history.ledger.locks), "")
