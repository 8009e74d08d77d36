"""Taking over a copy of a log: append what it has beyond this one, or take all of it if there is no log here."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from gonogo.audit.chain import ChainFault
from gonogo.audit.checkpoint import FOLDER, load_checkpoint
from gonogo.audit.history import open_history
from gonogo.audit.io import Io, PosixIo
from gonogo.audit.ledger import Ledger
from gonogo.audit.reading import SEGMENT, broken, lines, steps
from gonogo.audit.store import Store
from gonogo.errors import IntegrityError, RecordFault, UsageError

_BATCH = 2**20
_TIMEOUT_S = 5.0
_FORK = "keep both, and find out which one was decided on; nothing was changed"


class Absorbed(NamedTuple):
    """What an import did.

    Attributes:
        log: Id of the log.
        before: How many records were there.
        records: How many there are now.
    """

    log: str
    before: int
    records: int


def absorb(folder: Path, incoming: Path, *, io: Io | None = None) -> Absorbed:
    """Bring a log up to a copy of it that grew elsewhere; nothing that is here is ever replaced.

    Args:
        folder: Folder of the log; made where there is none.
        incoming: Folder of the copy, which was verified; on the same file system, taken over whole where ``folder``
            has no log.
        io: System calls.

    Raises:
        UsageError: ``folder`` holds something that is not a log.
        IntegrityError: The two do not continue one another: each has records that the other lacks.
        RecordFault: The log cannot be written.
    """
    theirs = open_history(incoming).ledger
    if not _has_log(folder):
        _take_whole(folder, incoming)
        return Absorbed(theirs.log, 0, theirs.head.records)
    store = Store(folder, io=io or PosixIo())
    try:
        with store.locked(_TIMEOUT_S):
            ours = open_history(folder).ledger
            _check_one_log(ours, theirs, folder, incoming)
            if theirs.head.records > ours.head.records:
                _append(store, incoming, ours.head.records)
            _bring_checkpoints(store, folder, incoming)
    except OSError as error:
        hint = f"make room where {folder} lies, then import again"
        raise RecordFault(f"the audit log cannot be written: {error.strerror or error}", hint=hint) from error
    finally:
        store.close()
    return Absorbed(theirs.log, ours.head.records, max(theirs.head.records, ours.head.records))


def _has_log(folder: Path) -> bool:
    """Return whether a folder holds a log, or what is left of one."""
    if not folder.exists():
        return False
    if not folder.is_dir():
        raise UsageError(f"{folder} is not a folder.", hint="name the folder of the log")
    found = [entry.name for entry in folder.iterdir()]
    if any(SEGMENT.fullmatch(name) for name in found) or "checkpoint" in found or FOLDER in found:
        return True
    if found:
        raise UsageError(f"{folder} holds something else than an audit log.", hint="name an empty folder, or a new one")
    return False


def _take_whole(folder: Path, incoming: Path) -> None:
    try:
        os.rename(incoming, folder)  # one step: the log is there as a whole, or not at all
        parent = os.open(folder.absolute().parent, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(parent)
        finally:
            os.close(parent)
    except OSError as error:
        hint = "let this user write there, or name another folder"
        raise RecordFault(f"the log cannot be put into {folder}: {error.strerror or error}", hint=hint) from error


def _check_one_log(ours: Ledger, theirs: Ledger, folder: Path, incoming: Path) -> None:
    """Check that the shorter of two logs is the beginning of the longer one."""
    if ours.log != theirs.log:
        what = f"the log in {folder} is {ours.log or 'without a record'}, and the archive is of {theirs.log}"
        raise IntegrityError(what, hint="import it into a folder of its own")
    longer_is_theirs = ours.head.records <= theirs.head.records
    short, place = (ours, incoming) if longer_is_theirs else (theirs, folder)
    last = short.head.records - 1
    if _hash_of(place, last) != short.head.hash:
        what = f"the log in {folder} and the archive have different records up to number {last}: two histories"
        raise IntegrityError(what, hint=_FORK)


def _hash_of(folder: Path, seq: int) -> str:
    for step in steps(lines(folder)):
        if isinstance(step.result, ChainFault):
            raise broken(step.result)
        if step.result.seq == seq:
            return step.result.hash
    return ""


def _append(store: Store, incoming: Path, known: int) -> None:
    """Append the records from number ``known`` on; each segment of the copy becomes one here."""
    waiting: list[bytes] = []
    for step in steps(lines(incoming)):
        if isinstance(step.result, ChainFault):
            raise broken(step.result)
        if step.result.seq < known:
            continue
        full = sum(map(len, waiting)) > _BATCH if len(waiting) % 256 == 255 else False
        if step.place.segment > store.segment or full:
            _write(store, waiting)
        if step.place.segment > store.segment:
            store.begin_segment()
        waiting.append(step.line)
    _write(store, waiting)
    store.close_segments()


def _write(store: Store, waiting: list[bytes]) -> None:
    if waiting:
        store.write(b"".join(waiting))
        waiting.clear()


def _bring_checkpoints(store: Store, folder: Path, incoming: Path) -> None:
    """Take over the signed checkpoints, and the last one of the copy where it is over more."""
    signed = sorted((incoming / FOLDER).glob("*")) if (incoming / FOLDER).is_dir() else []
    files = {entry.name: entry.read_bytes() for entry in signed if not (folder / FOLDER / entry.name).exists()}
    if files:
        store.companions.keep_signed(files)
    theirs, ours = load_checkpoint(incoming), load_checkpoint(folder)
    if theirs is not None and theirs.size > (ours.size if ours is not None else 0):
        store.companions.leave_checkpoint(theirs)
