"""Admitted evidence judged by both evaluators: what a run does, and what a replay does again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from gonogo.core.accept import Accepted
from gonogo.core.admit import refused_pairs
from gonogo.core.approved import Present
from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.hold import with_holds
from gonogo.core.observe import observe
from gonogo.core.register_facts import NOTHING
from gonogo.core.scope import scope_of
from gonogo.engine import reference
from gonogo.engine.agreement import RuleEngine, agree
from gonogo.engine.durable import DurableRules
from gonogo.errors import EngineDisagreement
from gonogo.model.assessment import EngineMode
from gonogo.model.decision import Decision
from gonogo.model.evidence import EvidenceSet
from gonogo.model.finding import Finding
from gonogo.model.judgement import Judgement, Scope
from gonogo.model.rung_ahead import RungAhead
from gonogo.workflow.accepting import Weighed, weighed
from gonogo.workflow.judged_ahead import judged_ahead
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.run_record import Record, escalated


@dataclass(frozen=True, slots=True)
class Judged:
    """What both evaluators came to.

    Attributes:
        trial: Everything that judging produced.
        findings: One for each criterion of the ruleset, in its order.
        holds: One for each standing hold.
        present: What is known now of the criteria.
        accepted: What became of the acceptances.
        ahead: What holds and would not by the thresholds of go-live; None where these are in force.
    """

    trial: Trial
    findings: tuple[Finding, ...]
    holds: tuple[Finding, ...]
    present: Present
    accepted: Accepted = NOTHING
    ahead: RungAhead | None = None


def judged_on(
    loaded: LoadedProgram,
    evidence: EvidenceSet,
    now: datetime,
    *,
    engine: RuleEngine | None = None,
    mode: EngineMode = EngineMode.BOTH,
    record: Record = MappingProxyType({}),
) -> Judged:
    """Judge what is asked at ``now`` on admitted evidence.

    Args:
        loaded: The program.
        evidence: Admitted evidence and gaps.
        now: The moment of the assessment.
        engine: The rule engine; durable-rules unless given.
        mode: Which evaluators judge.
        record: How criteria stood in earlier runs; see :func:`gonogo.workflow.run_record.recorded`.

    Raises:
        EngineFault: An evaluator failed, or the two differ.
    """
    trial, both, count = _tried(loaded, evidence, now, engine=engine, mode=mode, record=record)
    found = find(trial)
    findings, holds = found[:count], found[count:]
    scope = replace(trial.scope, cases=trial.scope.cases[:count])
    present = Present(scope, both.evidence, both.refused, {each.criterion: each for each in findings})
    ahead = judged_ahead(trial.scope, both, found, loaded)
    return Judged(trial, findings, holds, present, both.accepted, ahead)


def tried_on(
    loaded: LoadedProgram, evidence: EvidenceSet, now: datetime, *, record: Record = MappingProxyType({})
) -> tuple[Trial, Accepted]:
    """Judge by the independent evaluator alone and write no findings: what a search looks at, and nothing is shown of.

    Raises:
        EngineFault: It failed.
    """
    trial, both, _ = _tried(loaded, evidence, now, engine=None, mode=EngineMode.REFERENCE, record=record)
    return trial, both.accepted


def _tried(
    loaded: LoadedProgram,
    evidence: EvidenceSet,
    now: datetime,
    *,
    engine: RuleEngine | None,
    mode: EngineMode,
    record: Record,
) -> tuple[Trial, Weighed, int]:
    """Return what judging produced, what was weighed for it, and how many of its cases are criteria, not holds."""
    program, release = loaded.program, loaded.release
    scope = scope_of(loaded.ruleset, program.identity, release=release, now=now, adopt=program.adopt, record=record)
    asked = with_holds(scope, loaded.ruleset, identity=program.identity, release=release)
    both = weighed(loaded, asked, evidence, refused_pairs(asked, evidence), now)
    asked = escalated(asked, both)
    return _try_scope(asked, both, loaded, engine=engine, mode=mode), both, len(scope.cases)


def check_judged(decision: Decision, trial: Trial) -> None:
    """Check that the decision rules come to what the engines came to.

    Raises:
        EngineDisagreement: They do not: there is no decision.
    """
    if decision.judged is not trial.judgement.overall:
        raise EngineDisagreement(
            f"The engine says {trial.judgement.overall}, the decision rules say {decision.judged}: no decision.",
            hint="This is a defect of gonogo: keep the evidence and report it.",
        )


def _try_scope(
    scope: Scope,
    both: Weighed,
    loaded: LoadedProgram,
    *,
    engine: RuleEngine | None,
    mode: EngineMode,
) -> Trial:
    """Judge a scope by the rule engine and by the independent evaluator; they must agree."""
    evidence, refused = both.evidence, both.refused
    compiled = compile_scope(scope, both.behind)
    observations = observe(compiled, scope, evidence, loaded.vocabulary, refused, both.bare)
    check = reference.judge(scope, evidence, refused=refused, bare=both.bare, accepting=both.accepting)
    judgement: Judgement = check
    if mode is EngineMode.BOTH:
        judgement = (engine or DurableRules()).judge(compiled, observations)
        agree(judgement, check)
    if judgement.resting != both.resting.keys():
        raise EngineDisagreement(
            "The facts about acceptances were computed from other criteria than those that rest on one.",
            hint="This is a defect of gonogo: keep the evidence and report it.",
        )
    return Trial(scope, compiled, observations, judgement, evidence, refused, both.bare, both.behind, both.answers)
