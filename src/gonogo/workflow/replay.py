"""A recorded run judged again: to the same digest, or with what differs; the log is read and never written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.comparison.rejudged import decision_parts, other_answers, rejudged
from gonogo.core.decide import decide
from gonogo.engine.agreement import RuleEngine
from gonogo.model.assessment import Assessment
from gonogo.model.evidence import EvidenceSet
from gonogo.model.upgrade import Depth, Rejudged
from gonogo.report.view import RunView
from gonogo.ruleset.loader import LoadedRuleset
from gonogo.workflow.as_recorded import as_it_stood, judged_beside, standing_then
from gonogo.workflow.judging import check_judged, judged_on
from gonogo.workflow.kept_again import ReadAgain
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.other_rules import answers_for, under_other_rules
from gonogo.workflow.recorded_program import Unreadable, recorded_program, recorded_settings
from gonogo.workflow.run_record import recorded
from gonogo.workflow.seats_since_lock import people_known

SourceReader = Callable[[LoadedProgram, RunView, Path, Mapping[str, str] | None], ReadAgain]


@dataclass(frozen=True, slots=True)
class Replay:
    """One recorded run and what it comes to when it is judged again.

    Attributes:
        run: The run in the log.
        view: What was recorded.
        depth: How much was done again.
        now: The assessment now; None where nothing was judged again.
        why: Why nothing was judged again, as a sentence; empty where something was.
        findings: Criteria that differ.
        decision: Other parts of the decision that differ, in words.
        answers: Facts whose answer differs from the recorded one; only where sources were read again.
        sources: Why the recorded facts of a source were taken, by binding; empty where its bytes were read again.
        beside: Whether approvals that another log shows were taken as judged.
    """

    run: Run
    view: RunView
    depth: Depth
    now: Assessment | None = None
    why: str = ""
    findings: tuple[Rejudged, ...] = ()
    decision: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    beside: bool = False

    @property
    def same(self) -> bool:
        """Whether the assessment was made again and has the recorded digest."""
        return self.now is not None and self.now.sha256 == self.view.assessment.sha256

    @property
    def differs(self) -> bool:
        """Whether the assessment was made again and has another digest."""
        return self.now is not None and not self.same


def replay(
    history: History,
    run: Run,
    *,
    rules: LoadedRuleset | None = None,
    engine: RuleEngine | None = None,
    read: SourceReader | None = None,
) -> Replay:
    """Judge a recorded run again with both evaluators, by its own rules or by others.

    Args:
        history: The log.
        run: A run that reached a verdict.
        rules: Another ruleset; then what was asked of people and who counts on whose word is left out.
        engine: The rule engine; durable-rules by default.
        read: Reads sources again from their kept bytes; without it the recorded facts are judged.

    Raises:
        IntegrityError: The records are not as they were sealed, or do not give the digest that was recorded.
        EngineFault: An evaluator failed, or the two differ.
    """
    records = history.report_records(run)
    view = RunView.of(records, run.run)
    try:
        loaded = recorded_program(records, view, history.folder)
    except Unreadable as error:
        return Replay(run, view, Depth.RECORD, why=str(error))
    evidence = view.assessment.evidence
    again = (
        ReadAgain((), {})
        if read is None or rules is not None
        else read(loaded, view, history.folder, recorded_settings(records, view))
    )
    if again.replies:
        evidence = again.evidence(loaded, view)
    if rules is not None:
        loaded = under_other_rules(loaded, rules)
        evidence = answers_for(loaded, evidence, view.collectors)
    beside = judged_beside(view)
    now = _again(view, loaded, evidence, as_it_stood(history, run), recorded_words=rules is None, engine=engine)
    return Replay(
        run,
        view,
        _depth(again),
        now,
        findings=rejudged(view.assessment, now),
        decision=decision_parts(view.decision, now.decision),
        answers=other_answers(view.assessment.evidence, now.evidence) if rules is None else (),
        sources=tuple(again.why.items()),
        beside=beside,
    )


def _depth(again: ReadAgain) -> Depth:
    if not again.replies:
        return Depth.FACTS
    return Depth.SOME_BYTES if again.why else Depth.BYTES


def _again(
    view: RunView,
    loaded: LoadedProgram,
    evidence: EvidenceSet,
    history: History,
    *,
    recorded_words: bool,
    engine: RuleEngine | None,
) -> Assessment:
    """Return the assessment as it comes out now.

    What was asked of whom, names, and what counts on the program's word need the sources' whole replies: they are taken
    from the record, which moves no verdict.
    """
    then = view.assessment
    loaded = replace(loaded, people=people_known(loaded))
    record = recorded(loaded, then.now, history)
    judged = judged_on(loaded, evidence, then.now, engine=engine, record=record)
    findings, present = judged.findings, judged.present
    decision = decide(
        findings,
        policy=loaded.ruleset.policy,
        standing=standing_then(view, loaded, present, history),
        waivers=loaded.waivers,
        plans=loaded.plans,
        requests=then.decision.requests if recorded_words else (),
        holds=judged.holds,
        earlier=loaded.earlier,
        accepted=judged.accepted,
        lock=loaded.lock,
    )
    words: dict[str, Any] = {"people": then.decision.people, "trusted": then.decision.trusted} if recorded_words else {}
    if then.decision.ahead is not None:  # earlier versions did not ask
        words["ahead"] = judged.ahead
    decision = decision.model_copy(update=words)
    check_judged(decision, judged.trial)
    ruleset = loaded.ruleset
    return then.model_copy(
        update={
            "milestone": judged.trial.scope.milestone,
            "ruleset": f"{ruleset.name}@{ruleset.version}",
            "ruleset_sha256": ruleset.material_sha256,
            "vocabulary_sha256": loaded.vocabulary.digest(),
            "evidence": judged.trial.evidence,
            "findings": findings,
            "decision": decision,
        }
    )
