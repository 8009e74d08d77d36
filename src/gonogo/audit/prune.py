"""Removing kept sources by a retention schedule: the log says that each was removed, and stays whole without it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from gonogo.audit.chain import ChainFault, data_of
from gonogo.audit.events import event
from gonogo.audit.kept import FOLDER, kept_sources
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import broken, lines, steps
from gonogo.errors import RecordFault
from gonogo.model.canonical import read_instant
from gonogo.model.event import EventType
from gonogo.model.log_upkeep import BlobRemoved


class Kept(NamedTuple):
    """One source whose bytes are kept beside a log.

    Attributes:
        sha256: Its digest, by which it is named.
        size: Bytes.
        used: When a run last read it, UTC; where no run names it, because it was killed, when it was written.
        named: Whether a run names it.
    """

    sha256: str
    size: int
    used: datetime
    named: bool


def outdated(folder: Path, *, before: datetime) -> list[Kept]:
    """Return the kept sources that no run has read since a moment, the longest unread first.

    Raises:
        IntegrityError: The log is broken.
        RecordFault: Something cannot be read.
    """
    used = _last_uses(folder)
    found = []
    for name, _ in kept_sources(folder):
        at = (folder / FOLDER / name[:2] / name).stat()
        moment = used.get(name, datetime.fromtimestamp(at.st_mtime, UTC))
        if moment < before:
            found.append(Kept(name, at.st_size, moment, name in used))
    return sorted(found, key=lambda each: (each.used, each.sha256))


def remove_kept(log: AuditLog, folder: Path, sources: Iterable[Kept], *, older_than: timedelta) -> int:
    """Record that sources are removed, then remove them; return how many.

    The records are on disk first: killed in between, a source is still there that the log says is gone, and the next
    call removes it. The other way round it would look as if somebody had taken it.

    Raises:
        RecordFault: The log cannot be written, or a file cannot be removed.
    """
    chosen = list(sources)
    days = older_than // timedelta(days=1)
    if chosen:
        log.append([event(EventType.BLOB_REMOVED, _tombstone(each, days)) for each in chosen], checkpoint=True)
    for each in chosen:
        file = folder / FOLDER / each.sha256[:2] / each.sha256
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            hint = "let this user remove it, then run `gonogo log prune` again"
            raise RecordFault(f"{file} cannot be removed: {error.strerror or error}", hint=hint) from error
    for name in {each.sha256[:2] for each in chosen}:
        place = os.open(folder / FOLDER / name, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(place)
        finally:
            os.close(place)
    return len(chosen)


def _tombstone(kept: Kept, days: int) -> BlobRemoved:
    return BlobRemoved(
        sha256=kept.sha256, bytes=kept.size, older_than_days=days, last_read=kept.used if kept.named else None
    )


def _last_uses(folder: Path) -> dict[str, datetime]:
    """Return when each source was last read, by the digest of its bytes."""
    used: dict[str, datetime] = {}
    for line, link in _collected(folder):
        for source in json.loads(data_of(line)).get("inputs", ()):
            used[source["sha256"]] = read_instant(link)
    return used


def _collected(folder: Path) -> Iterator[tuple[bytes, str]]:
    for line, _, found in steps(lines(folder)):
        if isinstance(found, ChainFault):
            raise broken(found)
        if found.type == EventType.COLLECTOR_FINISHED:
            yield line, found.ts
