"""Admitted evidence judged by both evaluators: what a run does, and what a replay does again."""

from __future__ import annotations

from datetime import datetime

from gonogo.core.admit import refused_pairs
from gonogo.core.approved import Present
from gonogo.core.compile import compile_scope
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe
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
from gonogo.workflow.loading import LoadedProgram


def judged(
    loaded: LoadedProgram,
    evidence: EvidenceSet,
    now: datetime,
    *,
    engine: RuleEngine | None = None,
    mode: EngineMode = EngineMode.BOTH,
) -> tuple[Trial, tuple[Finding, ...], Present]:
    """Judge what is asked at ``now`` on admitted evidence; return the trial, its findings, and what is known now.

    Raises:
        EngineFault: An evaluator failed, or the two differ.
    """
    program = loaded.program
    scope = scope_of(loaded.ruleset, program.identity, release=loaded.release, now=now, adopt=program.adopt)
    refused = refused_pairs(scope, evidence)
    trial = _try_scope(scope, evidence, loaded, refused, engine=engine, mode=mode)
    findings = find(trial)
    return trial, findings, Present(scope, evidence, refused, {each.criterion: each for each in findings})


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
    evidence: EvidenceSet,
    loaded: LoadedProgram,
    refused: frozenset[tuple[str, str]],
    *,
    engine: RuleEngine | None,
    mode: EngineMode,
) -> Trial:
    """Judge a scope by the rule engine and by the independent evaluator; they must agree."""
    compiled = compile_scope(scope)
    observations = observe(compiled, scope, evidence, loaded.vocabulary, refused)
    check = reference.judge(scope, evidence, refused=refused)
    judgement: Judgement = check
    if mode is EngineMode.BOTH:
        judgement = (engine or DurableRules()).judge(compiled, observations)
        agree(judgement, check)
    return Trial(scope, compiled, observations, judgement, evidence, refused)
