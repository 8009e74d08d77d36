"""Dates: when criteria fall due, when the decision is, and how young evidence must be to be fresh then.

Evidence is stale at a moment when it is as old as the criterion allows, or older: fresh evidence is dated *after* the
moment less the age. People read the first whole second, and the first local date, that serves.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from gonogo.model.parameter import days_before, hold_point_of
from gonogo.model.program import ProgramIdentity, Release
from gonogo.model.ruleset import DecisionPolicy

SECOND = timedelta(seconds=1)


def milestone_day(identity: ProgramIdentity, release: Release, milestone: str) -> date:
    """Return the local date of a milestone: so many calendar days before the local date of go-live.

    Of a hold point it is the date at which the release has it; without one, that of go-live.
    """
    if (name := hold_point_of(milestone)) is not None:
        point = release.hold_point(name)
        return identity.local_date(point.at if point is not None else release.go_live)
    return identity.local_date(release.go_live) - timedelta(days=days_before(milestone))


def rung_start(identity: ProgramIdentity, release: Release, rung: str) -> datetime:
    """Return the moment from which a rung is reached: the start of a milestone's day, or the hour of a hold point."""
    point = release.hold_point(hold_point_of(rung) or "")
    return point.at if point is not None else identity.day_start(milestone_day(identity, release, rung))


def rung_days(policy: DecisionPolicy, identity: ProgramIdentity, release: Release, now: datetime) -> int:
    """Return where ``now`` is on the ladder: calendar days to go-live, at least 0, or minus the hold points passed.

    A release that has reached a hold point is past ``T-0``, no matter when its go-live is.
    """
    days = max((identity.local_date(release.go_live) - identity.local_date(now)).days, 0)
    reached = [each.id for each in release.hold_points or () if now >= each.at]
    if not reached:
        return days
    named = policy.hold_points or ()
    return -max((named.index(each) + 1 for each in reached if each in named), default=0)


def last_moment(identity: ProgramIdentity, release: Release, day: date) -> datetime:
    """Return the last whole second of a local day, or go-live where that is earlier on the day.

    Evidence that is fresh then is fresh at any hour of the day's meeting.
    """
    end = identity.day_end(day).astimezone(UTC) - SECOND
    return min(end, release.go_live) if identity.local_date(release.go_live) == day else end


def next_milestone(
    policy: DecisionPolicy, identity: ProgramIdentity, release: Release, now: datetime
) -> tuple[str, datetime] | None:
    """Return the first milestone whose local day is not over, with the last moment of that day; None after go-live."""
    for name in policy.milestones:
        moment = last_moment(identity, release, milestone_day(identity, release, name))
        if moment >= now:
            return name, moment
    return None


def earliest(moment: datetime, max_age_s: int) -> datetime:
    """Return the first whole second before ``moment`` at which evidence may be dated so as to be fresh at it, UTC.

    Dated then, it is one second younger than the age; dated one second earlier, it is stale.
    """
    return moment.astimezone(UTC) - timedelta(seconds=max_age_s) + SECOND


def first_day(identity: ProgramIdentity, moment: datetime) -> date:
    """Return the first local date that serves where only a date is written, because a date means its day's start."""
    day = identity.local_date(moment)
    return day if identity.day_start(day).astimezone(UTC) >= moment.astimezone(UTC) else day + timedelta(days=1)
