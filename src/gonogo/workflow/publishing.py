"""From the log to a report, and nothing else: what is shown is what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gonogo.audit.events import event
from gonogo.audit.kept import kept_sources
from gonogo.audit.log import AuditLog
from gonogo.audit.reading import read_log, verify_log
from gonogo.errors import UsageError
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import EventType
from gonogo.model.record import ReportRendered
from gonogo.report.formats import FORMATS
from gonogo.report.view import RunView
from gonogo.version import VERSION
from gonogo.workflow.order import Result

if TYPE_CHECKING:
    from gonogo.workflow.formats import PluginFormat


def rendered(
    result: Result, name: str, look: Mapping[str, Any] | None = None, *, plugin: PluginFormat | None = None
) -> bytes:
    """Render a run that was just recorded, from the records as read back, and record that it was rendered.

    Args:
        result: The run.
        name: Name of the format.
        look: Width and colour of a ``terminal`` report that a person watches.
        plugin: Who renders it, where the format is not gonogo's own.

    Raises:
        ReportFault: The plugin made no report that may be shown.
    """
    data = _bytes(RunView.of(result.records, result.run), name, look, plugin)
    version = VERSION if plugin is None else plugin.version
    note = ReportRendered(format=name, sha256=digest_of_bytes(data), version=version)
    with AuditLog.open(result.log) as log:
        log.append([event(EventType.REPORT_RENDERED, note, run=result.run)])
    return data


def render_again(
    place: Path,
    name: str,
    *,
    run: str | None = None,
    look: Mapping[str, Any] | None = None,
    plugin: PluginFormat | None = None,
) -> bytes:
    """Render a recorded run from the verified log alone; the log is not touched.

    Raises:
        UsageError: There is no log, or no such run.
        IntegrityError: The log is broken.
        ReportFault: The plugin made no report that may be shown.
    """
    return _bytes(RunView.of(read_log(log_folder(place)), run), name, look, plugin)


def _bytes(view: RunView, name: str, look: Mapping[str, Any] | None, plugin: PluginFormat | None) -> bytes:
    if plugin is not None:
        from gonogo.workflow.formats import render_by

        return render_by(plugin, view)
    if name == "terminal" and look:
        from gonogo.report.terminal import render

        return render(view, **look)
    return FORMATS[name].render(view)


def verification(place: Path) -> tuple[bool, list[str]]:
    """Return whether a log and what is kept beside it are sound, and what they hold, a line each."""
    folder = log_folder(place)
    found = verify_log(folder)
    lines = [f"{'sound' if found.ok else 'BROKEN'}: {found.records} records, head {found.head}"]
    if found.problem is not None:
        lines.append(found.problem.sentence)
    for run in found.runs:
        told = f"{run.verdict} ({run.purpose})" if run.verdict is not None else run.state.value
        lines.append(f"run {run.run}: records {run.first} to {run.last}, {told}")
    kept = list(kept_sources(folder))
    changed = [name for name, sound in kept if not sound]
    if kept:
        lines.append(f"sources kept: {len(kept)}, as they were read: {len(kept) - len(changed)}")
    lines += [f"BROKEN: the source that is kept as {name} is not what was read" for name in changed]
    return found.ok and not changed, lines


def log_folder(place: Path) -> Path:
    """Return the folder of the log that belongs to ``place``: a program's folder or file, or the log's own folder.

    A folder with a ``gonogo.yaml`` is asked for its ``log:``; a broken program file does not keep anybody from the log
    in the usual place.
    """
    file = place / "gonogo.yaml" if place.is_dir() else place
    if not file.exists():  # a program's own file goes first: a log that was put beside it is not the program's
        if place.is_dir() and any(place.glob("[0-9][0-9][0-9][0-9][0-9][0-9].jsonl")):
            return place
        raise UsageError(
            f"There is neither a program nor an audit log in {place}.",
            hint="give the folder that holds gonogo.yaml, or that of a log; `gonogo init FOLDER` starts a program",
        )
    from gonogo.errors import ConfigurationError
    from gonogo.ruleset.program import load_program

    try:
        return file.parent / load_program(file).program.log
    except ConfigurationError:
        return file.parent / "audit"
