"""One release of the program file as a value: what is switched on and when, its hold points, and what waiting costs."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from gonogo.documents.shape import CheckedDocument, Document
from gonogo.errors import Problem
from gonogo.model.program import Release
from gonogo.model.waiting import Waiting
from gonogo.program.hold_points import hold_points
from gonogo.program.program_documents import ReleaseDocument, WaitingDocument


def release_of(
    sheet: CheckedDocument[Document],
    index: int,
    entry: ReleaseDocument,
    go_live: datetime,
    zone: ZoneInfo,
    problems: list[Problem],
) -> Release:
    """Return the release, and note the mistakes of its parts."""
    return Release(
        id=entry.id,
        go_live=go_live,
        window=entry.window,
        scope=entry.scope,
        subjects=entry.subjects,
        environment=entry.environment,
        follows=entry.follows,
        hold_points=hold_points(sheet, index, entry, zone, problems) or None,
        waiting=_waiting(entry.waiting),
    )


def _waiting(stated: WaitingDocument | None) -> Waiting | None:
    if stated is None:
        return None
    return Waiting(price=stated.price, source=stated.source, next_window=stated.next_window)
