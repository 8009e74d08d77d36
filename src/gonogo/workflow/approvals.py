"""What was approved: the recorded state behind each approval of a waiver, read from the audit log."""

from __future__ import annotations

from datetime import datetime

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.core.approved import Present, State, lapses
from gonogo.core.approved_text import Text
from gonogo.core.snapshot import Snapshot
from gonogo.core.waive import Lapse, Standing
from gonogo.errors import UsageError
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.people import Sides
from gonogo.model.waiver import Approval, Waiver
from gonogo.workflow.changes import snapshot_of
from gonogo.workflow.loading import Loaded


def standing_of(loaded: Loaded, present: Present) -> Standing:
    """Return by what waivers and plans are judged, wherever they are: in a decision, and in what is asked for one.

    Raises:
        IntegrityError: The log is broken, or a record does not have the shape of its type.
    """
    criteria = loaded.ruleset.criteria
    return Standing(
        identity=loaded.program.identity,
        release=loaded.release,
        now=present.scope.now,
        people=loaded.people,
        waivable={criterion.id: criterion.waivable_by for criterion in criteria},
        one_sided=frozenset(criterion.id for criterion in criteria if criterion.sides is Sides.ONE),
        lapsed=lapsed_waivers(loaded, present),
        rungs={criterion.id: criterion.rungs for criterion in criteria},
        max_waiver_days=loaded.ruleset.policy.max_waiver_days,
    )


def lapsed_waivers(loaded: Loaded, present: Present) -> dict[str, tuple[Lapse, ...]]:
    """Return the approvals that no longer stand, by waiver: what they approved has become worse.

    The log is read only if there is anything to hold against it.

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
    history = _Runs(loaded, present.scope.now)
    states = {waiver.id: tuple(history.behind(waiver, each) for each in waiver.approved_by) for waiver in asked}
    texts = {waiver.id: tuple(history.text_of(waiver, each) for each in waiver.approved_by) for waiver in asked}
    identity = loaded.program.identity
    held = {
        entry.fact: max(identity.local_date(value.as_of) for value in entry.values).isoformat()
        for entry in present.evidence
        if isinstance(entry, Evidence)
    }
    return lapses(asked, states, present, held, texts)


class _Runs:
    """The recorded runs of this release up to now; rehearsals are none."""

    def __init__(self, loaded: Loaded, now: datetime) -> None:
        self._identity = loaded.program.identity
        self._present = frozenset(waiver.id for waiver in loaded.waivers)
        self._history = _opened(loaded)
        runs = self._history.finished(self._identity.id, loaded.release.id) if self._history else ()
        self._runs = [(run, run.now) for run in runs if run.now is not None and run.now <= now]
        self._read: dict[str, Snapshot] = {}

    def behind(self, waiver: Waiver, approval: Approval) -> State | None:
        """Return the state that an approval bound: of the last run on or before its day.

        A run that already held the approval and did not count it came after it, and is not what was approved.
        """
        for run, moment in reversed(self._runs):
            if self._identity.local_date(moment) > approval.on:
                continue
            snapshot = self._snapshot(run)
            finding = snapshot.by_criterion.get(waiver.criterion)
            if finding is None or _came_after(snapshot, waiver, approval):
                continue
            answers = [snapshot.answers[name] for name in sorted(snapshot.answers)]
            evidence = EvidenceSet(
                evidence=tuple(entry for entry in answers if isinstance(entry, Evidence)),
                gaps=tuple(entry for entry in answers if isinstance(entry, Gap)),
            )
            return State(moment, finding, evidence)
        return None

    def text_of(self, waiver: Waiver, approval: Approval) -> Text | None:
        """Return what the waiver said when it was approved.

        That is what the last run on or before the day of the approval read that did not hold the approval yet;
        otherwise what the first run read that held it. A signature that turns up under another id, while its own
        waiver is gone, is the signature of that waiver.
        """
        first: Text | None = None
        for run, moment in reversed(self._runs):
            day = self._identity.local_date(moment)
            if day > approval.on:
                continue
            own = self._own(run, waiver, approval)
            if own is not None and approval not in own.approved_by:
                return Text(moment, own)
            if own is None and day < approval.on:
                break
            first = first if own is None else Text(moment, own)
        if first is not None:
            return first
        for run, moment in self._runs:
            if self._identity.local_date(moment) > approval.on:
                own = self._own(run, waiver, approval)
                if own is not None and approval in own.approved_by:
                    return Text(moment, own)
        return None

    def _own(self, run: Run, waiver: Waiver, approval: Approval) -> Waiver | None:
        held = self._snapshot(run).made.waivers
        gone = [one for one in held if one.criterion == waiver.criterion and one.id not in self._present]
        known = (one for one in held if one.id == waiver.id)
        return next(known, None) or next((one for one in gone if approval in one.approved_by), None)

    def _snapshot(self, run: Run) -> Snapshot:
        assert self._history is not None
        if run.run not in self._read:
            self._read[run.run] = snapshot_of(self._history.told(run))
        return self._read[run.run]


def _opened(loaded: Loaded) -> History | None:
    try:
        return open_history(loaded.root / loaded.program.log)
    except UsageError:  # there is no log yet
        return None


def _came_after(snapshot: Snapshot, waiver: Waiver, approval: Approval) -> bool:
    held = [one for one in snapshot.made.waivers if one.id == waiver.id and approval in one.approved_by]
    counted = {review.id for review in snapshot.made.decision.waivers if review.counted}
    return bool(held) and waiver.id not in counted
