"""Reading a log: its segments, its lines, its records. Nothing here writes; a file system is all it needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from gonogo.audit.canonical_lines import CanonicalLines
from gonogo.audit.chain import Break, ChainFault, ChainHead, ChainLink, next_link
from gonogo.audit.io import unreadable
from gonogo.audit.ledger import VERSION_KNOWN, Place, sealed, unknown
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.event import EventType, SealedRecord

SEGMENT: Final = re.compile(r"[0-9]{6}\.jsonl", re.ASCII)
FIRST_SEGMENT: Final = "000001.jsonl"
PUT_BACK: Final = "restore the folder from a copy; nothing is judged on a log with a hole"
BEGINNING: Final = Place(1, 0)
EMPTY: Final = ChainHead()
_KNOWN: Final = frozenset(EventType)


class Step(NamedTuple):
    """One line of a log: its bytes, where it begins, and what the chain says of it."""

    line: bytes
    place: Place
    result: ChainLink | ChainFault


def segments(folder: str | Path) -> tuple[Path, ...]:
    """Return the segments of a log in order.

    Raises:
        UsageError: There is no log.
        IntegrityError: A segment is a link or no file, or one is missing between two.
        RecordFault: The folder cannot be read.
    """
    root = Path(folder)
    try:
        files = sorted(entry for entry in root.iterdir() if SEGMENT.fullmatch(entry.name)) if root.is_dir() else []
    except OSError as error:
        raise unreadable(root, error) from error
    if not files:
        inner = root / "audit"
        begun = inner.is_dir() and has_segments(inner)
        hint = f"it is in {inner}: name that folder" if begun else "the first `gonogo assess` starts one"
        raise UsageError(f"there is no audit log in {root}", hint=hint)
    for number, entry in enumerate(files, start=1):
        if entry.is_symlink():
            raise IntegrityError(f"the segment {entry.name} of the audit log is a link", hint=PUT_BACK)
        if not entry.is_file():  # reading a pipe would wait for ever
            raise IntegrityError(f"the segment {entry.name} of the audit log is not a file", hint=PUT_BACK)
        if int(entry.stem) != number:
            raise IntegrityError(f"the segment {number:06d}.jsonl of the audit log is missing", hint=PUT_BACK)
    return tuple(files)


def has_segments(folder: Path) -> bool:
    """Return whether anything of a log lies in a folder: a file that is named as a segment is.

    Raises:
        RecordFault: The folder cannot be read.
    """
    try:
        return folder.is_dir() and any(SEGMENT.fullmatch(entry.name) for entry in folder.iterdir())
    except OSError as error:
        raise unreadable(folder, error) from error


def lines(folder: str | Path, start: Place = BEGINNING) -> Iterator[tuple[Place, bytes]]:
    """Iterate the lines of all segments from ``start``, each with its place and newline; the very last may lack it.

    Raises:
        UsageError: There is no log.
        IntegrityError: A segment is a link or no file, or one is missing between two.
        RecordFault: The folder or a segment cannot be read.
    """
    for number, segment in enumerate(segments(folder), start=1):
        if number < start.segment:
            continue
        offset = start.offset if number == start.segment else 0
        try:
            with segment.open("rb") as stream:
                stream.seek(offset)
                for line in stream:
                    yield Place(number, offset), line
                    offset += len(line)
        except OSError as error:
            raise unreadable(segment, error) from error


def steps(placed: Iterable[tuple[Place, bytes]], head: ChainHead = EMPTY, *, strict: bool = True) -> Iterator[Step]:
    """Follow the chain through lines that continue ``head``; the first break is the last step. See :func:`follow`.

    Raises:
        UsageError: A record is of a type or version that this release does not know.
    """
    stream = iter(placed)
    rest = (line for _, line in stream)
    canonical = CanonicalLines() if strict else None
    for place, line in stream:
        result = next_link(line, head, rest, canonical)
        if isinstance(result, ChainFault):
            yield Step(line, place, result)
            return
        if result.v != VERSION_KNOWN or result.type not in _KNOWN:
            raise unknown(result.seq)
        yield Step(line, place, result)
        head = head.after(result)


def broken(problem: ChainFault) -> IntegrityError:
    """Return the error for a log with a break in it."""
    hint = "`gonogo log verify` says more; nothing was changed"
    return IntegrityError(f"the audit log is broken: {problem.sentence}", hint=hint)


def read_log(folder: str | Path) -> list[SealedRecord]:
    """Return every record of a sound log. An unfinished last line, which a crash or a writer leaves, is left out.

    Raises:
        UsageError: There is no log, or a record is of a type or version that this release does not know.
        IntegrityError: A record was changed, dropped, swapped or inserted.
    """
    records = []
    for line, _, found in steps(lines(folder)):
        if isinstance(found, ChainFault):
            if found.kind is not Break.TORN:
                raise broken(found)
            break
        records.append(sealed(line, found.seq))
    return records
