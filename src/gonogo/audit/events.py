"""The closed list of events: each type, the shape of its document, and whether it belongs to a run."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from gonogo.errors import RecordFault
from gonogo.model.base import Frozen
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding
from gonogo.model.record import (
    ClockRegressed,
    CollectorFinished,
    DecisionMade,
    LogOpened,
    LogRepaired,
    MaterialRecorded,
    ReportRendered,
    RunAborted,
    RunFinished,
    RunStarted,
)

RUN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", re.ASCII)
"""Id of a run."""


@dataclass(frozen=True, slots=True)
class EventShape:
    """What one event type carries.

    Attributes:
        data: Class of its document; nothing missing, nothing extra.
        of_run: Whether it names a run; the others are about the log itself.
    """

    data: type[Frozen]
    of_run: bool = True


SHAPES: Final[dict[EventType, EventShape]] = {
    EventType.LOG_OPENED: EventShape(LogOpened, of_run=False),
    EventType.RUN_STARTED: EventShape(RunStarted),
    EventType.MATERIAL_RECORDED: EventShape(MaterialRecorded),
    EventType.COLLECTOR_FINISHED: EventShape(CollectorFinished),
    EventType.EVIDENCE_ADMITTED: EventShape(Evidence),
    EventType.GAP_RECORDED: EventShape(Gap),
    EventType.CRITERION_JUDGED: EventShape(Finding),
    EventType.DECISION_MADE: EventShape(DecisionMade),
    EventType.RUN_FINISHED: EventShape(RunFinished),
    EventType.RUN_ABORTED: EventShape(RunAborted),
    EventType.LOG_REPAIRED: EventShape(LogRepaired, of_run=False),
    EventType.CLOCK_REGRESSED: EventShape(ClockRegressed, of_run=False),
    EventType.REPORT_RENDERED: EventShape(ReportRendered),
}


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
        return shape.data.from_document(candidate.data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RecordFault(f"the event {candidate.type} is not of its shape at {where!r}: {first['msg']}") from error
