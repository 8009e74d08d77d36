"""The run before: which one it is, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.comparison.compare import RunComparison, compare
from gonogo.comparison.snapshot import Snapshot
from gonogo.errors import IntegrityError
from gonogo.model.assessment import Purpose
from gonogo.model.base import Frozen
from gonogo.model.change import RuleChange
from gonogo.model.collected import CollectorFinished
from gonogo.model.decision import Decision
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding
from gonogo.model.record import DecisionMade, MaterialRecorded, RunStarted
from gonogo.model.seats import Seats
from gonogo.workflow.loaded import ReadOnce
from gonogo.workflow.outcomes_before import outcomes_between


def changes_of(
    history: History, run: Run, records: Sequence[SealedRecord], kept: ReadOnce | None = None
) -> RunComparison | None:
    """Compare a finished run with the last one before it of the same release of the same program; None without one.

    A rehearsal is nobody's history but another rehearsal's: trying something out must not hide what got worse.

    Args:
        history: The log.
        run: The run.
        records: What a report of it is made of, see :meth:`History.report_records`.
        kept: What was read of the log already.

    Raises:
        IntegrityError: A record does not have the shape of its type.
    """
    rehearsal = run.purpose is Purpose.REHEARSAL
    last = last_before(history, run.program, run.release, rehearsal=rehearsal, before=run.first)
    if last is None:
        return None
    before, after = snapshot_from(history, last, kept or ReadOnce()), snapshot_of(records)
    return compare(before, after, came=outcomes_between(history, run, since=last))


def last_before(
    history: History, program: str, release: str, *, rehearsal: bool, before: int | None = None
) -> Run | None:
    """Return the last finished run of a release, of those whose first record has a number below ``before``."""
    earlier = history.finished(program, release, rehearsal=rehearsal)
    return next((run for run in reversed(earlier) if before is None or run.first < before), None)


def snapshot_from(history: History, run: Run, kept: ReadOnce) -> Snapshot:
    """Return what a finished run of a log recorded.

    Raises:
        IntegrityError: A record is not where the ledger says, or does not have the shape of its type.
    """
    return kept.get(("snapshot", history.folder, repr(run)), lambda: snapshot_of(history.report_records(run)))


def findings_of(own: Sequence[SealedRecord]) -> list[Finding]:
    """Return the findings among the records of a run.

    Raises:
        IntegrityError: A record does not have the shape of a finding.
    """
    try:
        return [entry.read(Finding) for entry in own if entry.type is EventType.CRITERION_JUDGED]
    except ValidationError as error:
        raise IntegrityError(f"a finding of the run {own[0].run} in the audit log does not have its shape") from error


def holds_of(own: Sequence[SealedRecord]) -> list[Finding]:
    """Return the standing holds among the records of a run.

    Raises:
        IntegrityError: The record of the decision does not have its shape.
    """
    return [hold for each in decisions_of(own) for hold in each.holds or ()]


def decisions_of(own: Sequence[SealedRecord]) -> list[Decision]:
    """Return the decision among the records of a run.

    Raises:
        IntegrityError: It does not have the shape of a decision.
    """
    try:
        made = [entry.read(DecisionMade) for entry in own if entry.type is EventType.DECISION_MADE]
    except ValidationError as error:
        raise IntegrityError(
            f"the decision of the run {own[0].run} in the audit log does not have its shape"
        ) from error
    return [each.decision for each in made]


def snapshot_of(records: Sequence[SealedRecord]) -> Snapshot:
    """Return what a finished run recorded, from what a report of it is made of.

    Raises:
        IntegrityError: A record does not have the shape of its type, or the run is not complete.
    """
    shapes: dict[EventType, type[Frozen]] = {
        EventType.RUN_STARTED: RunStarted,
        EventType.COLLECTOR_FINISHED: CollectorFinished,
        EventType.EVIDENCE_ADMITTED: Evidence,
        EventType.GAP_RECORDED: Gap,
        EventType.CRITERION_JUDGED: Finding,
        EventType.DECISION_MADE: DecisionMade,
    }
    try:
        values = [entry.read(shapes[entry.type]) for entry in records if entry.type in shapes]
    except ValidationError as error:
        raise IntegrityError(
            f"a record of the run {records[-1].run} in the audit log does not have its shape"
        ) from error
    started = [value for value in values if isinstance(value, RunStarted)]
    made = [value for value in values if isinstance(value, DecisionMade)]
    if len(started) != 1 or len(made) != 1:
        raise IntegrityError(f"the records of the run {records[-1].run} in the audit log are not complete")
    rules = _material(records, started[0].ruleset_sha256) or {}
    seats = _material(records, started[0].people_sha256)
    changes = [RuleChange.from_document(entry) for entry in rules.get("changes", ())]
    return Snapshot(
        started=started[0],
        collectors=tuple(value for value in values if isinstance(value, CollectorFinished)),
        answers={value.fact: value for value in values if isinstance(value, (Evidence, Gap))},
        findings=(*(value for value in values if isinstance(value, Finding)), *(made[0].decision.holds or ())),
        made=made[0],
        requirements={
            entry["id"]: str(entry.get("require", ""))
            for entry in (*rules.get("criteria", ()), *rules.get("policy", {}).get("holds", ()))
        },
        loosened=tuple(change for change in changes if change.loosens),
        program_file=_material(records, started[0].program_sha256),
        seats=None if seats is None else Seats.from_document(seats),
    )


def _material(records: Sequence[SealedRecord], sha256: str | None) -> dict[str, Any] | None:
    for record in records:
        if record.type is EventType.MATERIAL_RECORDED and record.data.get("sha256") == sha256:
            return record.read(MaterialRecorded).content
    return None
