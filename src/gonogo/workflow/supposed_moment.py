"""The moment of a supposition: a milestone, a hold point, a day or an instant, and never before the run."""

from __future__ import annotations

import re
from datetime import date, datetime

from pydantic_core import PydanticCustomError

from gonogo.core.due import last_moment, milestone_day, rung_start
from gonogo.documents.quantities import read_moment
from gonogo.errors import UsageError
from gonogo.model.parameter import hold_point_of
from gonogo.program.local_times import instant_of
from gonogo.workflow.hypothesis import RecordedRun


def supposed_moment(text: str, run: RecordedRun) -> datetime:
    """Return the moment that ``--at`` means: of a day its last second before go-live, when evidence is oldest.

    Raises:
        UsageError: It is no rung of the policy, no day and no instant, or it is before the run.
    """
    view = run.view
    identity, release, now = view.started.program, view.started.release, view.assessment.now
    rungs = run.loaded.ruleset.policy.rungs
    points = {name: rung for rung in rungs if (name := hold_point_of(rung)) is not None}
    if text in points and release.hold_point(text) is not None:
        moment = rung_start(identity, release, points[text])
    elif re.fullmatch(r"T-(0|[1-9][0-9]{0,2})", text, re.ASCII):
        moment = last_moment(identity, release, milestone_day(identity, release, text))
    else:
        moment = _written(text, run)
    if moment < now:
        raise UsageError(
            f"--at {text[:40]} is before the run, which judged {now:%Y-%m-%d %H:%M} UTC.",
            hint="name a later moment, or an earlier run with --run",
        )
    return moment


def _written(text: str, run: RecordedRun) -> datetime:
    identity, release = run.view.started.program, run.view.started.release
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            return last_moment(identity, release, date.fromisoformat(text))
        return instant_of(read_moment(text), identity.zone)
    except (PydanticCustomError, ValueError):
        raise UsageError(
            f"--at {text[:40]} is no milestone, no hold point of the release, no day and no instant.",
            hint="write T-5, 2027-04-28 or 2027-04-28T12:00-04:00",
        ) from None
