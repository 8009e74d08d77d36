"""What was approved: the recorded state behind each approval of a waiver, read from the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from gonogo.audit.reading import RunSummary, read_log, runs
from gonogo.core.approved import Present, State, lapses
from gonogo.core.snapshot import Snapshot
from gonogo.model.assessment import Purpose
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.waiver import Approval, Waiver
from gonogo.workflow.history import snapshot_of, subject_of
from gonogo.workflow.loading import Loaded


def lapsed_waivers(loaded: Loaded, present: Present) -> dict[str, str]:
    """Return why waivers no longer stand, by id: what they approved has become worse. Reads the log only if needed.

    Raises:
        IntegrityError: The log is broken, or a record does not have the shape of its type.
    """
    asked = [
        waiver
        for waiver in loaded.waivers
        if waiver.approved_by
        and (finding := present.findings.get(waiver.criterion)) is not None
        and finding.status.open
    ]
    if not asked:
        return {}
    history = _History(loaded, present.scope.now)
    states = {waiver.id: tuple(history.behind(waiver, each) for each in waiver.approved_by) for waiver in asked}
    identity = loaded.program.identity
    held = {
        entry.fact: max(identity.local_date(value.as_of) for value in entry.values).isoformat()
        for entry in present.evidence
        if isinstance(entry, Evidence)
    }
    return lapses(asked, states, present, held)


class _History:
    """The recorded runs of this release up to now; rehearsals are none."""

    def __init__(self, loaded: Loaded, now: datetime) -> None:
        folder = loaded.root / loaded.program.log
        self._records: Sequence[SealedRecord] = read_log(folder) if folder.is_dir() else []
        self._identity = loaded.program.identity
        about = (loaded.program.identity.id, loaded.release.id)
        self._runs: list[RunSummary] = [
            run
            for run in runs(self._records)
            if run.verdict is not None
            and run.purpose is not Purpose.REHEARSAL
            and run.now is not None
            and run.now <= now
            and subject_of(self._records, run.run) == about
        ]
        self._read: dict[str, Snapshot] = {}

    def behind(self, waiver: Waiver, approval: Approval) -> State | None:
        """Return the state that an approval bound: of the last run on or before its day.

        A run that already held the approval and did not count it came after it, and is not what was approved.
        """
        for run in reversed(self._runs):
            if run.now is None or self._identity.local_date(run.now) > approval.on:
                continue
            snapshot = self._snapshot(run.run)
            finding = snapshot.by_criterion.get(waiver.criterion)
            if finding is None or _came_after(snapshot, waiver, approval):
                continue
            answers = [snapshot.answers[name] for name in sorted(snapshot.answers)]
            evidence = EvidenceSet(
                evidence=tuple(entry for entry in answers if isinstance(entry, Evidence)),
                gaps=tuple(entry for entry in answers if isinstance(entry, Gap)),
            )
            return State(run.now, finding, evidence)
        return None

    def _snapshot(self, run: str) -> Snapshot:
        if run not in self._read:
            self._read[run] = snapshot_of(self._records, run)
        return self._read[run]


def _came_after(snapshot: Snapshot, waiver: Waiver, approval: Approval) -> bool:
    held = [one for one in snapshot.made.waivers if one.id == waiver.id and approval in one.approved_by]
    counted = {review.id for review in snapshot.made.decision.waivers if review.counted}
    return bool(held) and waiver.id not in counted
