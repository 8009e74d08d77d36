"""From the log to a report, and nothing else: what is shown is what was recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gonogo.audit.events import event
from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run, RunState
from gonogo.audit.log import AuditLog
from gonogo.errors import UsageError
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.event import EventType
from gonogo.model.record import ReportRendered
from gonogo.program.own_log import own_log
from gonogo.report.formats import FORMATS
from gonogo.report.report_reader import Reader
from gonogo.report.view import RunView
from gonogo.text import did_you_mean, listed
from gonogo.version import VERSION
from gonogo.workflow.logs import also_holds
from gonogo.workflow.needed import needed_by, needed_of
from gonogo.workflow.order import RunResult
from gonogo.workflow.outcomes_before import decisions_before, set_back_before
from gonogo.workflow.previous_run import changes_of
from gonogo.workflow.runs_before import earlier_by, runs_before

if TYPE_CHECKING:
    from gonogo.workflow.plugin_formats import PluginFormat


def rendered(
    result: RunResult, name: str, look: Mapping[str, Any] | None = None, *, plugin: PluginFormat | None = None
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
    view = RunView.of(result.records, result.run)
    view = replace(
        view,
        since=result.changes,
        also=result.also,
        decisions=result.decisions,
        older=result.older,
        set_back=result.set_back,
    )
    if name != "terminal":  # the screen shows neither
        view = replace(view, needed=needed_by(result, view), earlier=earlier_by(result.log, result.run))
    data = _bytes(view, name, look, plugin)
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
    reader: Reader | None = None,
) -> bytes:
    """Render a recorded run from the verified log alone; the log is not touched.

    Args:
        place: Folder of the program, or of the log.
        name: Name of the format.
        run: Id of the run; the last one by default.
        look: Width and colour of a ``terminal`` report that a person watches.
        plugin: Who renders it, where the format is not gonogo's own.
        reader: For whom it is, where it is not the whole report.

    Raises:
        UsageError: There is no log, no such run, or the run knows no such seat; or the format makes no copies.
        IntegrityError: The log is broken.
        ReportFault: The plugin made no report that may be shown.
    """
    history = open_history(log_folder(place))
    view = view_of(history, asked_run(history, place, run), needed=name != "terminal", reader=reader)
    if reader is not None:
        _check_reader(view, name, reader, own=plugin is None)
    return _bytes(view, name, look, plugin)


def recorded_view(place: Path, *, run: str | None = None) -> RunView:
    """Return a recorded run from the verified log alone, by default the last finished one.

    Raises:
        UsageError: There is no log, or no such run.
        IntegrityError: The log is broken.
    """
    history = open_history(log_folder(place))
    return view_of(history, asked_run(history, place, run))


def _check_reader(view: RunView, name: str, reader: Reader, *, own: bool) -> None:
    if not own or not FORMATS[name].for_readers:
        able = listed([each.name for each in FORMATS.values() if each.for_readers])
        what = f"The format {name} always holds the whole record; --seat, --side and --redact would leave it there."
        raise UsageError(what, hint=f"they work with {able}")
    seats = {finding.owner for finding in view.findings} | set(view.decision.people or {})
    if reader.seat and reader.seat not in seats:
        known = sorted(each for each in seats if "." in each)
        hint = did_you_mean(reader.seat, known, otherwise=f"its seats are {listed(known)}")
        raise UsageError(f"No criterion of this run is answered for by the seat '{reader.seat}'.", hint=hint)


def view_of(history: History, run: Run, *, needed: bool = True, reader: Reader | None = None) -> RunView:
    """Return what a report of a recorded run is made of, and nothing else.

    Args:
        history: The log.
        run: The run.
        needed: Whether to work out what would change the verdict, and to look back; the screen shows neither.
        reader: For whom it is, where it is not the whole report.

    Raises:
        IntegrityError: The log is broken.
    """
    records = history.report_records(run)
    decisions, older = decisions_before(history, run)
    view = RunView.of(records)
    return replace(
        view,
        since=changes_of(history, run, records),
        also=also_holds(history, run),
        reader=reader,
        decisions=decisions,
        older=older,
        set_back=set_back_before(history, run),
        needed=needed_of(history, run, records, view, reader) if needed else (),
        earlier=runs_before(history, run) if needed else (),
    )


def asked_run(history: History, place: Path, run: str | None) -> Run:
    """Return the run to report: of a program, only one of its own; of a log's own folder, any.

    Raises:
        UsageError: There is no such run, or the log is another program's.
    """
    own = _program_of(place)
    if own is None:
        return history.run(run)
    mine = [each for each in history.runs if each.program == own and each.state is RunState.FINISHED]
    found = history.run(run) if run is not None or not mine else mine[-1]
    if (not mine and run is None) or found.program not in ("", own):
        raise UsageError(
            f"The run {found.run} in the audit log is of the program {found.program}, but gonogo.yaml is of {own}.",
            hint=f"`gonogo report {log_folder(place)}` shows it",
        )
    return found


def _program_of(place: Path) -> str | None:
    """Return the id of the program whose folder or file it is; None for a log's own folder or a broken file."""
    file = place / "gonogo.yaml" if place.is_dir() else place
    return own_log(file).program if file.exists() else None


def _bytes(view: RunView, name: str, look: Mapping[str, Any] | None, plugin: PluginFormat | None) -> bytes:
    if plugin is not None:
        from gonogo.workflow.plugin_formats import render_by

        return render_by(plugin, view)
    if name == "terminal" and look:
        from gonogo.report.formats.terminal_format import render as screen

        return screen(view, **look)
    if name == "full" and look:
        from gonogo.report.formats.full_format import render

        return render(view, **look)
    return FORMATS[name].render(view)


def log_folder(place: Path) -> Path:
    """Return the folder of the log that belongs to ``place``: a program's folder or file, or the log's own folder.

    A folder with a ``gonogo.yaml`` is asked for its ``log:``. Other mistakes of the program keep nobody from it;
    where that file cannot be read at all, the log is in the usual place.
    """
    file = place / "gonogo.yaml" if place.is_dir() else place
    if not file.exists():  # a program's own file goes first: a log that was put beside it is not the program's
        if place.is_dir() and any(place.glob("[0-9][0-9][0-9][0-9][0-9][0-9].jsonl")):
            return place
        raise UsageError(
            f"There is neither a program nor an audit log in {place}.",
            hint="give the folder that holds gonogo.yaml, or that of a log; `gonogo init FOLDER` starts a program",
        )
    return file.parent / own_log(file).folder
