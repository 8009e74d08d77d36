"""How well each source was read apart from everything else: one line for page one, and one for each source."""

from __future__ import annotations

from collections.abc import Sequence

from gonogo.model.collected import CollectorFinished
from gonogo.report.view import RunView
from gonogo.report.words import count

_FEW = 3


def isolation_words(view: RunView) -> str:
    """Return at which levels the sources were read and what was not enforced; empty where none was read."""
    groups: dict[tuple[str, tuple[str, ...] | None], list[str]] = {}
    for reply in view.collectors:
        groups.setdefault((reply.level, reply.unenforced), []).append(reply.binding)
    parts = [
        _level_words(level, missing, bindings, len(groups))
        for (level, missing), bindings in sorted(groups.items(), key=str)
    ]
    return "; ".join(parts)


def source_words(reply: CollectorFinished) -> str:
    """Return the level of one source, what was enforced there and what was not."""
    parts = [reply.level]
    if reply.enforced:
        parts.append(f"enforced: {', '.join(reply.enforced)}")
    if reply.unenforced:
        parts.append(f"not enforced: {', '.join(reply.unenforced)}")
    return "; ".join(parts)


def _level_words(level: str, missing: Sequence[str] | None, bindings: Sequence[str], groups: int) -> str:
    named = f" ({', '.join(bindings[:_FEW])}{f' and {len(bindings) - _FEW} more' if len(bindings) > _FEW else ''})"
    where = f"{level} for {count(len(bindings), 'source')}{named if groups > 1 else ''}"
    return f"{where}, not enforced: {', '.join(missing)}" if missing else where
