"""What was approved: the recorded state behind each approval of a waiver, read from the audit log."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.comparison.snapshot import Snapshot
from gonogo.core.approved import Present, State, lapses
from gonogo.core.approved_text import WaiverText
from gonogo.core.waive import Lapse, WaiverStanding
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Finding
from gonogo.model.people import Sides
from gonogo.model.waiver import Approval, Waiver
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.logs import logs_beside
from gonogo.workflow.previous_run import snapshot_of


def standing_of(
    loaded: LoadedProgram, present: Present, *, logs: Sequence[tuple[History, str]] | None = None
) -> WaiverStanding:
    """Return by what waivers and plans are judged, wherever they are: in a decision, and in what is asked for one.

    Args:
        loaded: The program with its waivers.
        present: What this run knows.
        logs: The logs that show what was approved, each with its name, empty for the program's own; None for the
            program's own log and those beside it.

    Raises:
        IntegrityError: The log is broken, or a record does not have the shape of its type.
    """
    criteria = loaded.ruleset.criteria
    lapsed, unrecorded = _checked_against_the_log(loaded, present, logs)
    return WaiverStanding(
        identity=loaded.program.identity,
        release=loaded.release,
        now=present.scope.now,
        people=loaded.people,
        waivable={criterion.id: criterion.waivable_by for criterion in criteria},
        one_sided=frozenset(criterion.id for criterion in criteria if criterion.sides is Sides.ONE),
        lapsed=lapsed,
        unrecorded=unrecorded,
        rungs={each.id: each.rungs for each in (*criteria, *loaded.ruleset.holds)},
        max_waiver_days=loaded.ruleset.policy.max_waiver_days,
    )


def _checked_against_the_log(
    loaded: LoadedProgram, present: Present, logs: Sequence[tuple[History, str]] | None
) -> tuple[dict[str, tuple[Lapse, ...]], frozenset[str]]:
    """Return the approvals that no longer stand, by waiver, and the waivers whose approved state no run shows.

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
        return {}, frozenset()
    history = _Runs(loaded, present.scope.now, _logs_of(loaded) if logs is None else logs)
    states = {waiver.id: tuple(history.behind(waiver, each) for each in waiver.approved_by) for waiver in asked}
    texts = {waiver.id: tuple(history.text_of(waiver, each) for each in waiver.approved_by) for waiver in asked}
    identity = loaded.program.identity
    held = {
        entry.fact: max(identity.local_date(value.as_of) for value in entry.values).isoformat()
        for entry in present.evidence
        if isinstance(entry, Evidence)
    }
    unrecorded = frozenset(
        name
        for name, behind in states.items()
        if not all(state is not None and state.finding.status.judged for state in behind)
    )
    return lapses(asked, states, present, held, texts), unrecorded


class _Runs:
    """The recorded runs up to now: those of this release, then all others; rehearsals are none.

    What an approval bound is a fact of its day. Another id for the release or the program, or another folder for the
    log, must not make it forgotten.
    """

    def __init__(self, loaded: LoadedProgram, now: datetime, logs: Sequence[tuple[History, str]]) -> None:
        self._identity = loaded.program.identity
        self._titles = {criterion.id: criterion.title for criterion in loaded.ruleset.criteria}
        self._present = frozenset(waiver.id for waiver in loaded.waivers)
        own = (self._identity.id, loaded.release.id)
        runs = [
            _Past(run, run.now, history, _elsewhere(run, own, log))
            for history, log in logs
            for run in history.decided
            if run.now is not None and run.now <= now
        ]
        self._all = sorted(runs, key=lambda past: past.moment)
        self._read: dict[str, Snapshot] = {}

    def behind(self, waiver: Waiver, approval: Approval) -> State | None:
        """Return the state that an approval bound: of the last run on or before its day.

        A run that already held the approval and did not count it came after it, and is not what was approved. Where no
        run of this release shows it, the last one that does counts, whatever its release and program are called.
        """
        for own in (True, False):
            for past in reversed(self._all):
                if own is bool(past.elsewhere) or self._identity.local_date(past.moment) > approval.on:
                    continue
                snapshot = self._snapshot(past)
                if not own and self._identity.local_date(snapshot.started.release.go_live) < approval.on:
                    continue  # another release, which had gone live before: nobody approved its state
                finding = snapshot.by_criterion.get(waiver.criterion) or self._by_title(snapshot, waiver.criterion)
                if finding is None or _came_after(snapshot, waiver, approval):
                    continue
                answers = [snapshot.answers[name] for name in sorted(snapshot.answers)]
                evidence = EvidenceSet(
                    evidence=tuple(entry for entry in answers if isinstance(entry, Evidence)),
                    gaps=tuple(entry for entry in answers if isinstance(entry, Gap)),
                )
                return State(past.moment, finding, evidence, past.elsewhere)
        return None

    def text_of(self, waiver: Waiver, approval: Approval) -> WaiverText | None:
        """Return what the waiver said when it was approved.

        That is what the last run on or before the day of the approval read that did not hold the approval yet;
        otherwise what the first run read that held it. A signature that turns up under another id, while its own
        waiver is gone, is the signature of that waiver.
        """
        first: WaiverText | None = None
        for past in reversed(self._all):
            day = self._identity.local_date(past.moment)
            if day > approval.on:
                continue
            own = self._own(past, waiver, approval)
            if own is not None and approval not in own.approved_by:
                return WaiverText(past.moment, own)
            if own is None and day < approval.on and past.run.program == self._identity.id:
                break
            first = first if own is None else WaiverText(past.moment, own)
        if first is not None:
            return first
        for past in self._all:
            if self._identity.local_date(past.moment) > approval.on:
                own = self._own(past, waiver, approval)
                if own is not None and approval in own.approved_by:
                    return WaiverText(past.moment, own)
        return None

    def _by_title(self, snapshot: Snapshot, criterion: str) -> Finding | None:
        """Return the finding of a criterion that had another id."""
        alike = [one for one in snapshot.findings if one.title == self._titles.get(criterion)]
        return alike[0] if len(alike) == 1 else None

    def _own(self, past: _Past, waiver: Waiver, approval: Approval) -> Waiver | None:
        """Return the waiver as a run read it. Of another program, one of that id for another criterion is another."""
        held = self._snapshot(past).made.waivers
        gone = [one for one in held if one.criterion == waiver.criterion and one.id not in self._present]
        same = past.run.program == self._identity.id
        known = (one for one in held if one.id == waiver.id and (same or one.criterion == waiver.criterion))
        return next(known, None) or next((one for one in gone if approval in one.approved_by), None)

    def _snapshot(self, past: _Past) -> Snapshot:
        if past.run.run not in self._read:
            self._read[past.run.run] = snapshot_of(past.history.report_records(past.run))
        return self._read[past.run.run]


@dataclass(frozen=True, slots=True)
class _Past:
    """A recorded run: when it judged, in which log, and what about it is not this release's; empty for its own."""

    run: Run
    moment: datetime
    history: History
    elsewhere: str


def _elsewhere(run: Run, own: tuple[str, str], log: str) -> str:
    if (run.program, run.release) == own and not log:
        return ""
    whose = "" if run.program == own[0] else f" of {run.program}"
    return f"release {run.release}{whose}{f', in {log}' if log else ''}"


def _logs_of(loaded: LoadedProgram) -> list[tuple[History, str]]:
    """Return the program's own log and those beside it."""
    own = [(history, "") for history in _opened(loaded.root / loaded.program.log)]
    return own + [
        (history, folder.name)
        for folder in logs_beside(loaded.root, loaded.program.log)
        for history in _opened(folder, lenient=True)
    ]


def _opened(folder: Path, *, lenient: bool = False) -> list[History]:
    try:
        return [open_history(folder)]
    except UsageError:  # there is no log yet
        return []
    except IntegrityError:
        if not lenient:
            raise
        return []


def _came_after(snapshot: Snapshot, waiver: Waiver, approval: Approval) -> bool:
    held = [one for one in snapshot.made.waivers if one.id == waiver.id and approval in one.approved_by]
    counted = {review.id for review in snapshot.made.decision.waivers if review.counted}
    return bool(held) and waiver.id not in counted
