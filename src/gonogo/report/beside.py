"""Newer files beside the bound ones: whoever exported them believes that they count."""

from __future__ import annotations

from gonogo.report.view import RunView


def newer_files(view: RunView) -> tuple[str, ...]:
    """Return one sentence on each newer file that lies beside a bound one and was not read."""
    return tuple(
        f"{reply.binding}: {each.path} lies beside {each.than}, is newer by the {each.by} in its name and was not read."
        for reply in view.collectors
        for each in reply.beside or ()
    )
