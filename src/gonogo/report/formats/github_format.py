"""Workflow commands of GitHub Actions: the verdict and what is open as annotations of the job.

Line 1 is the kind of run, as in every report for a log. `-o markdown` writes the page for the step's summary.
"""

from __future__ import annotations

from typing import Final

from gonogo.report.detail import page_of
from gonogo.report.escape import escape
from gonogo.report.machine.runner_commands import DATA, Annotation, annotated
from gonogo.report.view import RunView

SUFFIX: Final = ".github.txt"
FOR_MACHINES: Final = True
MEDIA_TYPE: Final = "text/plain; charset=utf-8"
_PROPERTY: Final = str.maketrans({**DATA, ":": "%3A", ",": "%2C"})
_MESSAGE: Final = str.maketrans(DATA)


def render(view: RunView) -> bytes:
    """Return the lines for the log of a job."""
    page = page_of(view)
    lines = [escape(page.kind), *map(_line, annotated(view, page, "github"))]
    return "\n".join([*lines, ""]).encode()


def _line(entry: Annotation) -> str:
    return f"::{entry.level} title={entry.title.translate(_PROPERTY)}::{entry.text.translate(_MESSAGE)}"
