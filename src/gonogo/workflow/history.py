"""The run before: which one it is, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from gonogo.audit.reading import RunSummary, run_records, runs
from gonogo.core.compare import Comparison, compare
from gonogo.core.snapshot import Snapshot
from gonogo.errors import IntegrityError
from gonogo.model.assessment import Purpose
from gonogo.model.base import Frozen
from gonogo.model.change import RuleChange
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.evidence import Evidence, Gap
from gonogo.model.finding import Finding
from gonogo.model.record import CollectorFinished, DecisionMade, MaterialRecorded, RunStarted


def changes_of(records: Sequence[SealedRecord], run: str) -> Comparison | None:
    """Compare a finished run with the last one before it of the same release of the same program; None without one.

    A rehearsal is nobody's history but another rehearsal's: trying something out must not hide what got worse.

    Raises:
        IntegrityError: A record does not have the shape of its type.
    """
    known = runs(records)
    place = next(number for number, entry in enumerate(known) if entry.run == run)
    this = known[place]
    about = subject_of(records, run)
    for earlier in reversed(known[:place]):
        if _counts(earlier, this) and subject_of(records, earlier.run) == about:
            return compare(snapshot_of(records, earlier.run), snapshot_of(records, run))
    return None


def _counts(earlier: RunSummary, this: RunSummary) -> bool:
    rehearsed = earlier.purpose is Purpose.REHEARSAL and this.purpose is not Purpose.REHEARSAL
    return earlier.verdict is not None and not rehearsed


def findings_of(records: Sequence[SealedRecord], run: str) -> list[Finding]:
    """Return the findings that a run recorded.

    Raises:
        IntegrityError: A record does not have the shape of a finding.
    """
    own = [entry for entry in records if entry.run == run and entry.type is EventType.CRITERION_JUDGED]
    try:
        return [Finding.from_document(entry.data) for entry in own]
    except ValidationError as error:
        raise IntegrityError(f"a finding of the run {run} in the audit log does not have its shape") from error


def subject_of(records: Sequence[SealedRecord], run: str) -> tuple[str, str]:
    """Return the ids of the program and of the release that a run was about."""
    started = next((entry for entry in records if entry.run == run and entry.type is EventType.RUN_STARTED), None)
    if started is None:
        raise IntegrityError(f"the run {run} has no beginning in the audit log")
    return str(started.data["program"]["id"]), str(started.data["release"]["id"])


def snapshot_of(records: Sequence[SealedRecord], run: str) -> Snapshot:
    """Return what a finished run recorded.

    Raises:
        IntegrityError: A record does not have the shape of its type, or the run is not complete.
    """
    own = run_records(records, run)
    shapes: dict[EventType, type[Frozen]] = {
        EventType.RUN_STARTED: RunStarted,
        EventType.COLLECTOR_FINISHED: CollectorFinished,
        EventType.EVIDENCE_ADMITTED: Evidence,
        EventType.GAP_RECORDED: Gap,
        EventType.CRITERION_JUDGED: Finding,
        EventType.DECISION_MADE: DecisionMade,
    }
    try:
        values = [shapes[entry.type].from_document(entry.data) for entry in own if entry.type in shapes]
    except ValidationError as error:
        raise IntegrityError(f"a record of the run {run} in the audit log does not have its shape") from error
    started = [value for value in values if isinstance(value, RunStarted)]
    made = [value for value in values if isinstance(value, DecisionMade)]
    if len(started) != 1 or len(made) != 1:
        raise IntegrityError(f"the records of the run {run} in the audit log are not complete")
    rules = _rules(records, started[0])
    changes = [RuleChange.from_document(entry) for entry in rules.get("changes", ())]
    return Snapshot(
        started=started[0],
        collectors=tuple(value for value in values if isinstance(value, CollectorFinished)),
        answers={value.fact: value for value in values if isinstance(value, (Evidence, Gap))},
        findings=tuple(value for value in values if isinstance(value, Finding)),
        made=made[0],
        requirements={entry["id"]: str(entry.get("require", "")) for entry in rules.get("criteria", ())},
        loosened=tuple(change for change in changes if change.loosens),
    )


def _rules(records: Sequence[SealedRecord], started: RunStarted) -> dict[str, Any]:
    for record in records:
        if record.type is EventType.MATERIAL_RECORDED and record.data.get("sha256") == started.ruleset_sha256:
            return MaterialRecorded.from_document(record.data).content
    return {}
