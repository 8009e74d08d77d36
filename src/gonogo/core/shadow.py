"""Criteria in shadow: judged and shown, deciding nothing yet. Pure."""

from __future__ import annotations

from datetime import date, datetime

from gonogo.core.due import milestone_day
from gonogo.model.finding import Shadow
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import Criterion


def enforced_at(criterion: Criterion, identity: ProgramIdentity, release: Release) -> datetime | None:
    """Return the moment from which a criterion is enforced; None where nothing is said of it.

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
