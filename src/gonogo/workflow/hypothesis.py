"""A recorded run judged under a supposition, by both evaluators: nothing of it is recorded, and nothing is decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.core.decide import decide
from gonogo.core.lock_facts import with_lock_facts
from gonogo.core.paper_facts import PlansOfRun, WaiversOfRun, with_plan_facts, with_waiver_facts
from gonogo.engine.agreement import RuleEngine
from gonogo.model.assessment import EngineMode, Purpose
from gonogo.model.decision import Decision
from gonogo.model.event import SealedRecord
from gonogo.model.evidence import Evidence, EvidenceSet, Gap
from gonogo.model.finding import Finding
from gonogo.model.people import PeopleRegister
from gonogo.model.waiver import ActionPlan, Waiver
from gonogo.report.view import RunView
from gonogo.workflow.as_recorded import as_it_stood, standing_then
from gonogo.workflow.judging import Judged, check_judged, judged_on
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.recorded_program import recorded_program
from gonogo.workflow.recorded_runs import with_record
from gonogo.workflow.run_record import Record, recorded
from gonogo.workflow.seats_since_lock import people_known


@dataclass(frozen=True, slots=True)
class RecordedRun:
    """A run as the log holds it, ready to be judged again.

    Attributes:
        name: Id of the run.
        view: What was recorded.
        loaded: What it was judged by.
        history: The log as it stood when the run judged.
        after: The log as it stood with the run, as a run that is no rehearsal: what a waiver that is signed now is for.
    """

    name: str
    view: RunView
    loaded: LoadedProgram
    history: History
    after: History

    @classmethod
    def of(cls, history: History, run: Run) -> RecordedRun:
        """Read a run that reached a verdict from the log alone.

        Raises:
            Unreadable: The log lacks what judging needs.
            IntegrityError: The records are not as they were sealed.
        """
        records = history.report_records(run)
        return cls.read(history, run, records, RunView.of(records, run.run))

    @classmethod
    def read(cls, history: History, run: Run, records: Sequence[SealedRecord], view: RunView) -> RecordedRun:
        """Return the same of records that were read already.

        Raises:
            Unreadable: The log lacks what judging needs.
        """
        loaded, before = recorded_program(records, view, history.folder), as_it_stood(history, run)
        loaded = replace(loaded, people=people_known(loaded))
        runs = {**before.ledger.runs, run.run: replace(run, purpose=Purpose.PROGRESS)}
        after = replace(before, ledger=replace(before.ledger, runs=runs))
        return cls(run.run, view, loaded, before, after)


@dataclass(frozen=True, slots=True)
class Supposed:
    """What is supposed; what is not named stays as it was recorded.

    Attributes:
        evidence: Fact to what would be known of it.
        plans: New action plans, which go before those that are there.
        waivers: New waivers.
        people: Who signs the new waivers, beside the people of the register.
        at: The moment of the judgement.
        without_waivers: Whether no waiver counts.
        without_acceptances: Whether no acceptance counts.
    """

    evidence: Mapping[str, Evidence | Gap] = field(default_factory=dict)
    plans: Sequence[ActionPlan] = ()
    waivers: Sequence[Waiver] = ()
    people: PeopleRegister = field(default_factory=PeopleRegister)
    at: datetime | None = None
    without_waivers: bool = False
    without_acceptances: bool = False


@dataclass(frozen=True, slots=True)
class Hypothetical:
    """What a supposition comes to. It is no decision, and there is no way to record it.

    Attributes:
        judged: What both evaluators came to.
        decision: The verdict that would follow.
    """

    judged: Judged
    decision: Decision

    @property
    def findings(self) -> tuple[Finding, ...]:
        """One finding for each criterion."""
        return self.judged.findings


def supposing(run: RecordedRun, supposed: Supposed, *, engine: RuleEngine | None = None) -> Hypothetical:
    """Judge a recorded run again under a supposition.

    Facts that gonogo computes itself follow from what is supposed: those of registers, papers, the lock, the record and
    trends. The record is that of the runs before this one.

    Raises:
        EngineFault: An evaluator failed, or the two differ.
    """
    view, loaded = run.view, _loaded(run.loaded, supposed)
    now = supposed.at or view.assessment.now
    evidence = _evidence(run, loaded, supposed, now)
    judged = judged_on(loaded, evidence, now, engine=engine, mode=EngineMode.BOTH, record=_record(run, loaded, now))
    standing = standing_then(view, loaded, judged.present, run.after if supposed.waivers else run.history)
    decision = decide(
        judged.findings,
        policy=loaded.ruleset.policy,
        standing=replace(standing, now=now),
        waivers=loaded.waivers,
        plans=loaded.plans,
        holds=judged.holds,
        earlier=loaded.earlier,
        accepted=judged.accepted,
        lock=loaded.lock,
    )
    check_judged(decision, judged.trial)
    return Hypothetical(judged, decision)


def _record(run: RecordedRun, loaded: LoadedProgram, now: datetime) -> Record:
    return recorded(loaded, now, run.history)


def _loaded(loaded: LoadedProgram, supposed: Supposed) -> LoadedProgram:
    people = loaded.people
    if supposed.people.tenures:
        people = people.model_copy(update={"tenures": (*people.tenures, *supposed.people.tenures)})
    return replace(
        loaded,
        people=people,
        plans=(*supposed.plans, *loaded.plans),
        waivers=() if supposed.without_waivers else (*loaded.waivers, *supposed.waivers),
        acceptances=() if supposed.without_acceptances else loaded.acceptances,
    )


def _evidence(run: RecordedRun, loaded: LoadedProgram, supposed: Supposed, now: datetime) -> EvidenceSet:
    vocabulary, identity, release = loaded.vocabulary, loaded.program.identity, loaded.release
    recorded_set = run.view.assessment.evidence
    entries = [supposed.evidence.get(entry.fact, entry) for entry in recorded_set]
    known = {entry.fact for entry in recorded_set}
    entries += [entry for fact, entry in supposed.evidence.items() if fact not in known]
    entries.sort(key=lambda entry: entry.fact)
    evidence = EvidenceSet(
        evidence=tuple(entry for entry in entries if isinstance(entry, Evidence)),
        gaps=tuple(entry for entry in entries if isinstance(entry, Gap)),
    )
    moved = now != run.view.assessment.now
    if moved or supposed.waivers or supposed.without_waivers:
        waivers = WaiversOfRun(loaded.waivers, identity, release, loaded.people, now)
        evidence = with_waiver_facts(evidence, waivers, vocabulary)
    if moved or supposed.plans:
        evidence = with_plan_facts(evidence, PlansOfRun(loaded.plans, identity, release, now), vocabulary)
    if moved or _feeds_a_trend(supposed, loaded):
        evidence = with_record(evidence, loaded, now, run.history)
    if moved:
        evidence = with_lock_facts(
            evidence,
            loaded.lock,
            ruleset=loaded.ruleset,
            vocabulary=vocabulary,
            identity=identity,
            release=release,
            now=now,
        )
    return evidence


def _feeds_a_trend(supposed: Supposed, loaded: LoadedProgram) -> bool:
    asked = set(loaded.ruleset.facts)
    trends = (each.trend for each in loaded.vocabulary.facts if each.trend is not None and each.name in asked)
    return any(trend.of in supposed.evidence for trend in trends)
