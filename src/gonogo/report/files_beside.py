"""Newer files and copies beside the bound ones: somebody exported or changed them, and may believe that they count."""

from __future__ import annotations

from gonogo.report.view import RunView


def unread_beside(view: RunView) -> tuple[str, ...]:
    """Return one sentence on each newer file or copy that lies beside a bound one and was not read."""
    return tuple(
        f"{reply.binding}: {each.path} lies beside {each.than}, {each.words} and was not read."
        for reply in view.collectors
        for each in reply.beside or ()
    )


def beside_title(view: RunView) -> str:
    """Return what the sentences of :func:`unread_beside` are about."""
    kinds = {each.newer for reply in view.collectors for each in reply.beside or ()}
    what = {frozenset({True}): "Newer files", frozenset({False}): "Copies"}.get(
        frozenset(kinds), "Newer files and copies"
    )
    return f"{what} that were not read"
