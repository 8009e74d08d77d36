"""Rendering a recorded run for people, and the last line on stdout."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from gonogo.cli.output import emit, targets, tell
from gonogo.documents.files import real
from gonogo.errors import RecordFault, UsageError
from gonogo.report.formats import FORMATS
from gonogo.workflow.order import RunResult
from gonogo.workflow.write_places import check_report_files

if TYPE_CHECKING:
    from gonogo.workflow.plugin_formats import PluginFormat

TEXTS: Final = ("terminal", "full", "markdown", "html")
"""Formats that a person reads, in which what changed is reported already."""
ALWAYS_READY: Final = ("terminal", "full")
"""Formats that need nothing installed; they are imported while collectors are at work."""
RECORDED: Final = "the run is recorded; `gonogo report` renders it again"


class Target(NamedTuple):
    """One ``-o``: the format, its file or None for stdout, and who renders it where it is not gonogo's own."""

    name: str
    path: Path | None
    plugin: PluginFormat | None = None


def check_targets(outputs: Sequence[str], program: Path, *, full: bool = False) -> list[Target]:
    """Read ``-o`` before anything runs, so that a typo costs nothing: no run, and no file of ``program``.

    With ``full`` the whole report takes the place of the terminal's first screen.
    """
    wanted = targets(outputs, list(FORMATS), of_plugins=True)
    for name, path in wanted:
        needed = FORMATS[name].ready if name in FORMATS and name not in ALWAYS_READY else None
        if needed is not None:
            needed()
        if path is None and name not in TEXTS and name in FORMATS and FORMATS[name].binary:
            raise UsageError(
                f"-o {name} names no file, and is no text.", hint=f"The report goes to one: -o {name}:PATH"
            )
    if full:
        wanted = [("full" if name == "terminal" else name, path) for name, path in wanted]
    files = [path for _, path in wanted if path is not None]
    if files:
        check_report_files(program, files)
    return [Target(name, path, None if name in FORMATS else _of_plugin(name, program)) for name, path in wanted]


def _of_plugin(name: str, program: Path) -> PluginFormat:
    from gonogo.workflow.plugin_formats import find_format

    return find_format(name, program)


def look(path: Path | None) -> dict[str, Any]:
    """Return how a report for a terminal looks: coloured and of its width only where a person watches."""
    if path is not None or sys.stdout is None or not sys.stdout.isatty():
        return {}
    from gonogo.report.formats.full_format import looks

    return looks(is_tty=True, columns=shutil.get_terminal_size().columns, environment=os.environ)


def publish(result: RunResult, wanted: Sequence[Target], *, remarks: Sequence[str] = ()) -> None:
    """Render the run in each format, record that it was, and end stdout with the verdict.

    Line 1 of stdout says what kind of run it is, whether or not a report goes there.
    """
    from gonogo.workflow.publishing import rendered  # what a report is made of is not needed to collect evidence

    if all(target.path is not None for target in wanted):
        tell(result.assessment.kind.sentence)
    for name, path, plugin in wanted:
        write(rendered(result, name, look(path), plugin=plugin), path, log=result.log)
    if not any(target.path is None and target.name in TEXTS for target in wanted):
        for line in remarks:
            tell(line)
    verdict = result.assessment.decision.verdict
    accepted = " accepted=conditional" if result.accepted_conditional else ""
    tell(f"verdict={verdict}{accepted}")


def write(data: bytes, path: Path | None, *, log: Path, hint: str = RECORDED) -> None:
    """Write a report to stdout, or to its file: all of it or nothing, and never into the audit log ``log``.

    Raises:
        RecordFault: The file cannot be written. The verdict is recorded; the report can be rendered again.
    """
    if path is None:
        emit(data)
        return
    if real(log) in real(path).parents:
        raise RecordFault(f"the report {path} would be in the folder of the audit log", hint=hint)
    try:
        _replace(path, data)
    except OSError as error:
        raise RecordFault(f"the report cannot be written to {path}: {error.strerror}", hint=hint) from error


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and not path.is_file():
        path.write_bytes(data)  # a device or pipe is written to, not replaced
        return
    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except BaseException:
        os.unlink(name)
        raise
