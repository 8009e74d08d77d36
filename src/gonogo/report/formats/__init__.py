"""The formats that gonogo carries. A format is a name, a file suffix, a media type, and a function from view to bytes.

Nothing heavy is imported until a format renders.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from gonogo.report.view import RunView


@dataclass(frozen=True, slots=True)
class Format:
    """One report format.

    Attributes:
        name: What ``-o`` takes.
        suffix: Of files: ``.html``.
        media_type: What a web server says the file is.
        render: The whole report of one run. Equal views give equal bytes.
    """

    name: str
    suffix: str
    media_type: str
    render: Callable[[RunView], bytes]


def _terminal(view: RunView) -> bytes:
    from gonogo.report.formats.screen import render

    return render(view)


def _full(view: RunView) -> bytes:
    from gonogo.report.formats.terminal import render

    return render(view)


def _json(view: RunView) -> bytes:
    from gonogo.report.formats.json_document import render

    return render(view)


def _markdown(view: RunView) -> bytes:
    from gonogo.report.formats.markdown import render

    return render(view)


def _html(view: RunView) -> bytes:
    from gonogo.report.formats.html import render

    return render(view)


FORMATS: Final[dict[str, Format]] = {
    entry.name: entry
    for entry in (
        Format("terminal", ".txt", "text/plain; charset=utf-8", _terminal),
        Format("full", ".txt", "text/plain; charset=utf-8", _full),
        Format("json", ".json", "application/json", _json),
        Format("markdown", ".md", "text/markdown; charset=utf-8", _markdown),
        Format("html", ".html", "text/html; charset=utf-8", _html),
    )
}
"""Every built-in format by name."""
