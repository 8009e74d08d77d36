"""Whether the lock file beside a program file is the one that the audit log knows: what `gonogo log verify` adds."""

from __future__ import annotations

from pathlib import Path

from gonogo.audit.history import History, open_history
from gonogo.errors import ConfigurationError, GonogoError
from gonogo.governance.lock_file import NAME, LockFile, read_lock
from gonogo.governance.lock_history import LockHistory, breaches
from gonogo.program.program_file import load_program


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


def _program(root: Path, found: LockFile | None, history: History) -> str:
    """Return the id of the program: by its file, or, where that has mistakes, by whichever lock there is."""
    try:
        return load_program(root).program.identity.id
    except GonogoError:
        return found.lock.program if found is not None else next(iter(history.ledger.locks), "")
