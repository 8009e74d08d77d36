"""Which criteria are due at one moment of one release, with which parameter values, and which of them are in shadow."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from types import MappingProxyType

from gonogo.core.due import milestone_day, rung_days
from gonogo.model.finding import Shadow, Status
from gonogo.model.judgement import Case, Past, Scope
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion, Ruleset, Severity, days_before


def enforced_at(criterion: Criterion, identity: ProgramIdentity, release: Release) -> datetime | None:
    """Return the moment from which a criterion is enforced; None if the criterion does not say.

    The day of go-live is the last, or the first hold point of the cutover: nothing is in shadow when the release is
    switched on, whatever is written.
    """
    start = criterion.enforce_from
    if start is None:
        return None
    day = milestone_day(identity, release, start) if start.startswith("T-") else date.fromisoformat(start)
    begins = identity.day_start(min(day, identity.local_date(release.go_live)))
    return min([begins, *(each.at for each in release.hold_points or ())])


def shadow_of(criterion: Criterion, identity: ProgramIdentity, release: Release, now: datetime) -> Shadow | None:
    """Return what a criterion will weigh and from when, if it is in shadow at ``now``; None where it is enforced."""
    if criterion.mode is not None:
        return Shadow(severity=criterion.severity)
    moment = enforced_at(criterion, identity, release)
    if moment is None or now >= moment:
        return None
    return Shadow(severity=criterion.severity, until=criterion.enforce_from, enforced_at=moment)


def scope_of(
    ruleset: Ruleset,
    identity: ProgramIdentity,
    *,
    release: Release,
    now: datetime,
    adopt: Collection[str] | None = None,
    record: Mapping[str, tuple[Past, ...]] = MappingProxyType({}),
) -> Scope:
    """Return every criterion as it is at ``now``.

    Days to go-live are counted between local dates of the program; after go-live the last milestone stays in force, or
    the last hold point that the release has reached. A criterion is due from its ``from`` milestone on.

    Args:
        ruleset: The criteria.
        identity: Gives the time zone.
        release: Gives the go-live moment.
        now: The moment of the assessment, timezone-aware.
        adopt: Ids that the program has adopted; None for all.
        record: The status of criteria in earlier runs, by id; what is not there has no record.
    """
    days = rung_days(ruleset.policy, identity, release, now)

    def skipped(criterion: Criterion) -> Status | None:
        if adopt is not None and criterion.id not in adopt:
            return Status.NOT_ADOPTED
        if criterion.not_applicable is not None:
            return Status.NOT_APPLICABLE
        if criterion.due_from is not None and days > days_before(criterion.due_from):
            return Status.NOT_DUE
        return None

    def case(criterion: Criterion) -> Case:
        parameters = {parameter.name: parameter.at(days) for parameter in criterion.parameters}
        shadow = shadow_of(criterion, identity, release, now)
        if shadow is not None:  # no evaluator counts what is advisory; the decision and the reports know why it is
            criterion = criterion.model_copy(update={"severity": Severity.ADVISORY})
        return Case(criterion, parameters, skipped(criterion), shadow, record.get(criterion.id, ()))

    return Scope(
        now=now,
        go_live=release.go_live,
        milestone=ruleset.policy.in_force(days),
        policy=ruleset.policy,
        cases=tuple(map(case, ruleset.criteria)),
        release=release.id,
        zone=identity.zone,
    )
