"""Standing holds: asked in every run beside the criteria, and what is open of them voids each decision. Pure.

Nothing puts a hold off: no milestone, no adoption, no waiver, no plan. One that nobody can answer stands as one that
failed: a decision must not outlive the knowledge that it rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gonogo.core.due import rung_days
from gonogo.model.decision import Blocker
from gonogo.model.finding import Finding, Status
from gonogo.model.judgement import Case, Scope
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, Ruleset


def with_holds(scope: Scope, ruleset: Ruleset, *, identity: ProgramIdentity, release: Release) -> Scope:
    """Return a scope that asks the holds too, after the criteria."""
    if not ruleset.holds:
        return scope
    days = rung_days(ruleset.policy, identity, release, scope.now)
    return replace(scope, cases=scope.cases + tuple(_case(hold, days) for hold in ruleset.holds))


def _case(hold: Criterion, days: int) -> Case:
    return Case(criterion=hold, parameters={each.name: each.at(days) for each in hold.parameters})


def hold_blockers(holds: Sequence[Finding]) -> list[Blocker]:
    """Return why a decision cannot be taken now, one reason for each hold that is on."""
    return [
        Blocker(
            criterion=hold.criterion,
            domain=hold.domain,
            why=f"A standing hold is on: {hold.sentence}",
            missing_evidence=hold.status is Status.UNKNOWN,
        )
        for hold in holds
        if hold.status.open
    ]
