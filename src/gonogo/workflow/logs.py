"""The other audit logs that lie beside the configured one: what they hold is not forgotten by naming another folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.audit.reading import segments
from gonogo.core.wording import recorded_day
from gonogo.documents.files import real
from gonogo.errors import GonogoError, IntegrityError


def logs_beside(root: Path, log: str) -> tuple[Path, ...]:
    """Return the folders with an audit log in the program's folder, or beside the configured log, that are not it.

    Args:
        root: The program's folder.
        log: The configured folder, as ``log:`` names it.
    """
    own = real(root / log)
    places = [real(root)]
    if own.parent != places[0] and own.parent.is_relative_to(places[0]):
        places.append(own.parent)
    found = [folder for place in places for folder in _folders(place) if real(folder) != own and _holds(folder)]
    return tuple(dict.fromkeys(found))


def held_beside(root: Path, log: str) -> tuple[tuple[str, str], ...]:
    """Return the name of each log that is not the configured one, and what it holds, as the end of a sentence."""
    return tuple((_name(folder, root), _holds_what(folder)) for folder in logs_beside(root, log))


def also_holds(history: History, run: Run) -> tuple[str, ...]:
    """Return the other releases and programs with runs in the log before ``run``, each with its last day."""
    last: dict[tuple[str, str], Run] = {}
    for each in history.decided:
        if each.first < run.first and (each.program, each.release) != (run.program, run.release):
            last[each.program, each.release] = each
    return tuple(_run_line(each, run, locked=each.program in history.ledger.locks) for each in last.values())


def _run_line(each: Run, run: Run, *, locked: bool) -> str:
    whose = (
        "" if each.program == run.program else f" of the program {each.program}{', which is locked' if locked else ''}"
    )
    return f"release {each.release}{whose}{f' (the last of {recorded_day(each.now)})' if each.now else ''}"


def _name(folder: Path, root: Path) -> str:
    return folder.relative_to(real(root)).as_posix()


def _holds_what(folder: Path) -> str:
    try:
        runs: Sequence[Run] = open_history(folder).decided
    except GonogoError:
        return "holds a log that cannot be read"
    days = [run.now for run in runs if run.now is not None]
    if not days:
        return "holds a log without any verdict"
    count = "1 run" if len(runs) == 1 else f"{len(runs)} runs"
    return f"holds {count}, the last of {recorded_day(max(days))}, which no change is measured against"


def _folders(place: Path) -> list[Path]:
    try:
        return sorted(entry for entry in place.iterdir() if entry.is_dir())
    except OSError:
        return []


def _holds(folder: Path) -> bool:
    try:
        return bool(segments(folder))
    except IntegrityError:  # what is left of a log
        return True
    except GonogoError:
        return False
