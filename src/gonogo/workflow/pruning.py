"""Which kept sources a retention schedule removes, and their removal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from gonogo.audit.log import AuditLog
from gonogo.audit.prune import Kept, outdated, remove_kept
from gonogo.errors import UsageError
from gonogo.workflow.publishing import log_folder


def prune(place: Path, *, days: int, remove: bool, now: datetime | None = None) -> list[str]:
    """List the kept sources that no run has read for so many days, remove them if asked to, and return what to say.

    Raises:
        UsageError: There is no log.
        IntegrityError: The log is broken. Nothing is removed.
        RecordFault: Something cannot be read, recorded or removed.
    """
    folder, span = log_folder(place), timedelta(days=days)
    if not folder.is_dir():
        raise UsageError(f"there is no audit log in {folder}", hint="the first `gonogo assess` starts one")
    outdated_sources = outdated(folder, before=(now or datetime.now(UTC)) - span)
    lines = [_line(each) for each in outdated_sources]
    if not remove:
        end = "; give --remove to remove them" if outdated_sources else ""
        return [*lines, f"{_count(len(outdated_sources))} not read for {days} days{end}"]
    with AuditLog.open(folder) as log:
        count = remove_kept(log, folder, outdated_sources, older_than=span)
    return [*lines, f"removed: {_count(count)} not read for {days} days; the log says so"]


def _line(kept: Kept) -> str:
    why = f"last read {kept.used:%Y-%m-%d}" if kept.named else f"of no recorded run, written {kept.used:%Y-%m-%d}"
    return f"{kept.sha256}  {kept.size} bytes, {why}"


def _count(number: int) -> str:
    return "1 kept source" if number == 1 else f"{number} kept sources"
