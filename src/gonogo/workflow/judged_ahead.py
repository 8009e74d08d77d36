"""The evidence of an early milestone judged by the thresholds of go-live: what holds now, and would not then.

A verdict is by the thresholds of the milestone that is reached. Where go-live asks for more, a deployment on that
verdict would be judged by less than what was agreed for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gonogo.core.compile import compile_scope
from gonogo.core.due import rung_days
from gonogo.core.find import Trial, find
from gonogo.core.observe import observe
from gonogo.engine import reference
from gonogo.model.finding import Finding, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.ruleset import ApprovalRule, DecisionPolicy, Severity
from gonogo.model.rung_ahead import RungAhead, ShortOfGoLive
from gonogo.workflow.accepting import Weighed
from gonogo.workflow.loaded import LoadedProgram

_GO_LIVE = 0
"""Days before go-live at which its own thresholds are in force."""


def judged_ahead(scope: Scope, both: Weighed, findings: Sequence[Finding], loaded: LoadedProgram) -> RungAhead | None:
    """Return what holds and would not by the thresholds of go-live; None where these are in force already.

    The moment stays the same: only the parameters are those of go-live.

    Args:
        scope: What was asked, standing holds included.
        both: The evidence that it was judged on.
        findings: What it came to, one for each case.
        loaded: The program.
    """
    policy = scope.policy
    days = rung_days(policy, loaded.program.identity, loaded.release, scope.now)
    last = policy.in_force(_GO_LIVE)
    if days <= _GO_LIVE or last is None or policy.in_force(days) == last:
        return None
    changed = [case for case in map(_at_go_live, scope.cases) if case is not None]
    if not changed:
        return RungAhead(milestone=last)
    then = _findings(replace(scope, milestone=last, cases=tuple(changed)), both, loaded)
    now = {finding.criterion: finding for finding in findings}
    holds = {hold.id for hold in loaded.ruleset.holds}
    short = [
        ShortOfGoLive(
            criterion=each.criterion,
            title=each.title,
            severity=now[each.criterion].weight_then,
            status=each.status,
            sentence=each.sentence,
            owner=each.owner,
        )
        for each in then
        if _weighs(now[each.criterion], policy, holds) and _falls_short(now[each.criterion], each)
    ]
    return RungAhead(milestone=last, criteria=tuple(short))


def _at_go_live(case: Case) -> Case | None:
    """Return an asked case with the parameters of go-live; None where they are the same, or nothing is asked."""
    parameters = {each.name: each.at(_GO_LIVE) for each in case.criterion.parameters}
    return None if case.skipped is not None or parameters == case.parameters else replace(case, parameters=parameters)


def _findings(scope: Scope, both: Weighed, loaded: LoadedProgram) -> tuple[Finding, ...]:
    compiled = compile_scope(scope, both.behind)
    observations = observe(compiled, scope, both.evidence, loaded.vocabulary, both.refused, both.bare)
    judgement = reference.judge(scope, both.evidence, refused=both.refused, bare=both.bare, accepting=both.accepting)
    return find(
        Trial(
            scope, compiled, observations, judgement, both.evidence, both.refused, both.bare, both.behind, both.answers
        )
    )


def _weighs(finding: Finding, policy: DecisionPolicy, holds: set[str]) -> bool:
    """Whether it decides at go-live: a standing hold always does, what is in shadow for good never."""
    if finding.criterion in holds:
        return True
    if finding.shadow is not None and finding.shadow.enforced_at is None:
        return False
    return finding.weight_then is not Severity.ADVISORY or policy.rule is ApprovalRule.M3


def _falls_short(now: Finding, then: Finding) -> bool:
    """Whether it holds now and would be open then, or met on acceptance alone."""
    rests = then.rests_on is not None and now.rests_on is None
    return now.status in (Status.MET, Status.NOT_APPLICABLE) and (then.status.open or rests)
