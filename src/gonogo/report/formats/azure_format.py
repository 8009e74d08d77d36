"""Logging commands of Azure Pipelines: the verdict and what is open as issues, and how the task ends.

A task is never completed as succeeded here: that would hide a failure of the step. A GO says nothing, and the exit code
decides; anything else ends the task as failed, or as succeeded with issues.
"""

from __future__ import annotations

from typing import Final

from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.machine.machine_standing import Signal, signal
from gonogo.report.machine.notation import title_of
from gonogo.report.machine.runner_commands import DATA, Annotation, Level, annotated
from gonogo.report.view import RunView

SUFFIX: Final = ".azure.txt"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "text/plain; charset=utf-8"
_PROPERTY: Final = str.maketrans({**DATA, "]": "%5D", ";": "%3B"})
_MESSAGE: Final = str.maketrans(DATA)


def render(view: RunView) -> bytes:
    """Return the lines for the log of a task."""
    page = page_of(view)
    lines = [escape(page.kind), *map(_line, annotated(view, page, "azure"))]
    result = _result(view)
    if result:
        lines.append(f"##vso[task.complete result={result};]{title_of(view, page).translate(_MESSAGE)}")
    return "\n".join([*lines, ""]).encode()


def _line(entry: Annotation) -> str:
    """Return one issue; Azure knows errors and warnings, and a notice is a plain line."""
    text = f"{entry.title}: {entry.text}".translate(_MESSAGE)
    if entry.level is Level.NOTICE:
        return text
    return f"##vso[task.logissue type={entry.level};code={entry.code.translate(_PROPERTY)};]{text}"


def _result(view: RunView) -> str:
    found = signal(view)
    if found is Signal.GO:
        return ""
    passes = found is Signal.CAUTION or (found is Signal.CONDITIONAL and view.finished.accepted_conditional)
    return "SucceededWithIssues" if passes and view.finished.exit_code == 0 else "Failed"
