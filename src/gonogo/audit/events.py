"""Making an event, and refusing one that is not of the shape that its type declares."""

from __future__ import annotations

import re
from typing import Final

from pydantic import ValidationError

from gonogo.errors import RecordFault
from gonogo.model.base import Frozen
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.record import SHAPES

RUN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
"""Id of a run."""


def event(kind: EventType, value: Frozen, *, run: str = "") -> AuditEvent:
    """Return the event of that type that carries ``value``."""
    return AuditEvent(type=kind, run=run, data=value.document())


def check(candidate: AuditEvent) -> Frozen:
    """Return the event's document as its class; call this before sealing.

    Raises:
        RecordFault: The document is not of the event's shape, or the run is missing or out of place.
        CanonicalError: The document has no canonical form.
    """
    shape = SHAPES[candidate.type]
    if shape.of_run and not RUN.fullmatch(candidate.run):
        raise RecordFault(f"the event {candidate.type} needs the id of a run, not {candidate.run[:80]!r}")
    if not shape.of_run and candidate.run:
        raise RecordFault(f"the event {candidate.type} is about the log, not about the run {candidate.run[:80]!r}")
    try:
        return shape.data.model_validate_json(candidate.written)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RecordFault(f"the event {candidate.type} does not have its shape at {where!r}: {first['msg']}") from error
