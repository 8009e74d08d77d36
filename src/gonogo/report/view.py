"""One run as it was recorded: everything that a report may say, built from sealed records alone.

The digest of the assessment is computed again from the records; a log whose records say something else than its
digest is refused. Reports of a run that are recorded later change nothing here, so that a stored log and the run that
wrote it give the same bytes. What became of the release is recorded later too, and is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, TypeVar

from pydantic import ValidationError

from gonogo.comparison.compare import RunComparison
from gonogo.core.counting_words import bindings_of
from gonogo.core.gap_cause import unfilled_of
from gonogo.core.waive import WaiverStanding, plan_fault
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.acceptance import AcceptanceReview
from gonogo.model.assessment import Assessment
from gonogo.model.base import Frozen
from gonogo.model.change import RuleChange
from gonogo.model.collected import CollectorFinished
from gonogo.model.decision import Decision
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Finding
from gonogo.model.outcome import DecisionWithOutcomes, OutcomeOfRun, OutcomeRecorded
from gonogo.model.people import PeopleRegister
from gonogo.model.record import DecisionMade, LogOpened, MaterialRecorded, RunFinished, RunStarted
from gonogo.model.ruleset import ApprovalRule
from gonogo.model.upgrade import UpgradeCompared
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.model.what_would_change import ReasonPath
from gonogo.report.earlier_runs import EarlierRun
from gonogo.report.report_reader import Reader

_AFTERWARDS: Final = (EventType.REPORT_RENDERED, EventType.OUTCOME_RECORDED)
_Value = TypeVar("_Value", bound=Frozen)


@dataclass(frozen=True, slots=True)
class RunView:
    """One finished run.

    Attributes:
        started: What was assessed, when, and by which rules.
        collectors: What each binding answered, in order.
        assessment: The assessment, rebuilt from the records; its digest is the recorded one.
        finished: Exit code, and whether a CONDITIONAL GO was accepted.
        log: Id of the log.
        first: Number of the run's first record.
        last: Number of its last record.
        head: Hash of its last record.
        about: For each criterion what the recorded ruleset says about it; empty where the ruleset is not in the log.
        changes: What overlays, or the program's own copy, changed in the rules.
        overlays: ``name@version`` of each overlay.
        since: What changed since the run before; None where there is none.
        also: Other releases and programs that the log holds earlier runs of.
        gate: What was decided, where that was not going live; None where it was.
        rule: How open criteria are handled; M3's rule, the stricter one, where the ruleset is not in the log.
        upgrade: What this gonogo made of the last decision run, which another one had judged; None where nothing did.
        unfilled: Bindings about which the recorded program file still says FILL IN.
        bindings: The bindings of that file by id; empty where it is not in the log.
        outcomes: What became of the release after the run, with the time of each record, oldest first.
        decisions: The decisions of the program before the run, newest first, with what became of each.
        older: How many decisions before those are not listed.
        earlier: The runs of the release before this one, oldest first, without rehearsals; the last ones where there
            are many.
        set_back: How the release was held or rolled back before the run and not deployed since, oldest first.
        reader: For whom a copy is that is not the whole report; None for everybody.
        needed: What would settle the first reasons of the verdict; empty of a GO, and where nobody can tell.
    """

    started: RunStarted
    collectors: tuple[CollectorFinished, ...]
    assessment: Assessment
    finished: RunFinished
    log: str
    first: int
    last: int
    head: str
    about: dict[str, dict[str, Any]] = field(default_factory=dict)
    changes: tuple[RuleChange, ...] = ()
    overlays: tuple[str, ...] = ()
    since: RunComparison | None = None
    also: tuple[str, ...] = ()
    rule: ApprovalRule = ApprovalRule.M3
    gate: str | None = None
    upgrade: UpgradeCompared | None = None
    unfilled: frozenset[str] = frozenset()
    bindings: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    outcomes: tuple[tuple[datetime, OutcomeRecorded], ...] = ()
    decisions: tuple[DecisionWithOutcomes, ...] = ()
    older: int = 0
    set_back: tuple[OutcomeOfRun, ...] = ()
    earlier: tuple[EarlierRun, ...] = ()
    reader: Reader | None = None
    needed: tuple[ReasonPath, ...] = ()

    @classmethod
    def of(cls, records: Sequence[SealedRecord], run: str | None = None) -> RunView:
        """Return the view of ``run``, by default of the run that finished last.

        Args:
            records: Every record of the log, already verified.
            run: Id of a run.

        Raises:
            UsageError: There is no such run, or it reached no verdict.
            IntegrityError: The records do not fit their shapes, each other, or the recorded digest.
        """
        wanted = run if run is not None else _last_finished(records)
        own = [record for record in records if record.run == wanted and record.type not in _AFTERWARDS]
        if not own:
            raise UsageError(f"the audit log has no run {wanted}", hint="`gonogo log verify` lists the runs")
        finished = _only(own, EventType.RUN_FINISHED, RunFinished)
        if finished is None:
            raise UsageError(f"the run {wanted} reached no verdict; there is nothing to report")
        started = _only(own, EventType.RUN_STARTED, RunStarted)
        made = _only(own, EventType.DECISION_MADE, DecisionMade)
        opened = _only(records, EventType.LOG_OPENED, LogOpened)
        if started is None or made is None or opened is None:
            raise IntegrityError(f"the run {wanted} has a verdict, but its records are incomplete")
        assessment = _assessment(own, started, made)
        rules = _material(records, "ruleset", started.ruleset_sha256)
        bindings = bindings_of(_material(records, "program", started.program_sha256))
        if (finished.assessment, finished.verdict) != (made.assessment, made.decision.verdict):
            raise IntegrityError(f"the run {wanted} ended with a verdict other than the one it decided")
        return cls(
            started=started,
            collectors=_all(own, EventType.COLLECTOR_FINISHED, CollectorFinished),
            assessment=assessment,
            finished=finished,
            log=opened.log,
            first=own[0].seq,
            last=own[-1].seq,
            head=own[-1].hash,
            about=_about(rules),
            changes=_changes(rules),
            overlays=tuple(map(str, rules.get("overlays", ()))),
            rule=_rule(rules),
            gate=_policy(rules).get("gate"),
            upgrade=_only(own, EventType.UPGRADE_COMPARED, UpgradeCompared),
            unfilled=unfilled_of(bindings),
            bindings=bindings,
            outcomes=tuple(
                (record.ts, _read(record, OutcomeRecorded))
                for record in records
                if record.run == wanted and record.type is EventType.OUTCOME_RECORDED
            ),
        )

    @property
    def decision(self) -> Decision:
        """The verdict and its reasons."""
        return self.assessment.decision

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One finding for each criterion, in the order of the ruleset."""
        return self.assessment.findings

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """The admitted evidence."""
        return self.assessment.evidence.evidence

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """All waivers that were submitted."""
        return self.assessment.waivers

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """Every gap, each once: recorded at admission, then what single criteria met (stale for one, not for all)."""
        met = (gap for finding in self.findings for gap in finding.gaps)
        return tuple(dict.fromkeys((*self.assessment.evidence.gaps, *met)))

    def finding(self, criterion: str) -> Finding | None:
        """Return the finding of a criterion or of a standing hold, or None."""
        judged = (*self.findings, *(self.decision.holds or ()))
        return next((finding for finding in judged if finding.criterion == criterion), None)

    def plan(self, criterion: str) -> ActionPlan | None:
        """Return the action plan of a criterion that counts, or None where none does."""
        return next((plan for plan in self._plans(criterion) if not self._fault(plan)), None)

    def idle_plan(self, criterion: str) -> tuple[ActionPlan, str] | None:
        """Return a criterion's first plan and why it does not count; None where some plan of the criterion counts."""
        mine = self._plans(criterion)
        return (mine[0], self._fault(mine[0])) if mine and self.plan(criterion) is None else None

    def _plans(self, criterion: str) -> tuple[ActionPlan, ...]:
        return tuple(plan for plan in self.assessment.plans if plan.criterion == criterion)

    def _fault(self, plan: ActionPlan) -> str:
        run = self.started
        standing = WaiverStanding(run.program, run.release, run.now, PeopleRegister(), {})
        return plan_fault(plan, standing, self.rule)


_REVIEWS: Final = (EventType.ACCEPTANCE_COUNTED, EventType.ACCEPTANCE_REFUSED)


def _assessment(own: Sequence[SealedRecord], started: RunStarted, made: DecisionMade) -> Assessment:
    try:
        assessment = Assessment(
            kind=started.kind,
            program=started.program,
            release=started.release,
            now=started.now,
            milestone=started.milestone,
            hold_point=started.hold_point,
            ruleset=started.ruleset,
            ruleset_sha256=started.ruleset_sha256,
            vocabulary_sha256=started.vocabulary_sha256,
            evidence=EvidenceSet(
                evidence=_all(own, EventType.EVIDENCE_ADMITTED, Evidence), gaps=_all(own, EventType.GAP_RECORDED, Gap)
            ),
            waivers=made.waivers,
            plans=made.plans,
            acceptances=made.acceptances,
            findings=_all(own, EventType.CRITERION_JUDGED, Finding),
            decision=made.decision,
        )
    except ValidationError as error:
        raise IntegrityError(f"the records of the run {own[0].run} contradict each other") from error
    told = [_read(record, AcceptanceReview) for record in own if record.type in _REVIEWS]
    if tuple(told) != (made.decision.acceptances or ()):
        raise IntegrityError(f"the acceptances of the run {own[0].run} are not those that its decision weighed")
    if assessment.sha256 != made.assessment:
        what = f"the records of the run {own[0].run} give the digest {assessment.sha256}, not {made.assessment}"
        raise IntegrityError(what, hint="the run was recorded incompletely, or by another release of gonogo")
    return assessment


def _material(records: Sequence[SealedRecord], kind: str, digest: str | None) -> dict[str, Any]:
    """Return a ruleset or program as it was recorded; empty where it is not in the log."""
    for record in records:
        named = record.data.get("kind"), record.data.get("sha256")
        if record.type is EventType.MATERIAL_RECORDED and named == (kind, digest):
            return _read(record, MaterialRecorded).content
    return {}


def _about(rules: dict[str, Any]) -> dict[str, dict[str, Any]]:
    criteria = rules.get("criteria", [])
    return {entry["id"]: entry for entry in criteria if isinstance(entry, dict) and "id" in entry}


def _changes(rules: dict[str, Any]) -> tuple[RuleChange, ...]:
    try:
        return tuple(RuleChange.from_document(entry) for entry in rules.get("changes", ()))
    except ValidationError as error:
        raise IntegrityError("the recorded ruleset lists changes that do not have their shape") from error


def _policy(rules: dict[str, Any]) -> dict[str, Any]:
    policy = rules.get("policy")
    return policy if isinstance(policy, dict) else {}


def _rule(rules: dict[str, Any]) -> ApprovalRule:
    rule = _policy(rules).get("rule")
    return ApprovalRule.CAPS if rule == ApprovalRule.CAPS.value else ApprovalRule.M3


def _last_finished(records: Sequence[SealedRecord]) -> str:
    found = next((record.run for record in reversed(records) if record.type is EventType.RUN_FINISHED), None)
    if found is None:
        raise UsageError("no run in this audit log has reached a verdict")
    return found


def _all(records: Sequence[SealedRecord], kind: EventType, shape: type[_Value]) -> tuple[_Value, ...]:
    return tuple(_read(record, shape) for record in records if record.type is kind)


def _only(records: Sequence[SealedRecord], kind: EventType, shape: type[_Value]) -> _Value | None:
    found = _all(records, kind, shape)
    if len(found) > 1:
        raise IntegrityError(f"there are {len(found)} records of {kind}, where one is possible")
    return found[0] if found else None


def _read(record: SealedRecord, shape: type[_Value]) -> _Value:
    try:
        return record.read(shape)
    except ValidationError as error:
        what = f"record {record.seq} of the audit log does not have the shape of {record.type}"
        raise IntegrityError(what, hint="read it with the release that wrote it") from error
