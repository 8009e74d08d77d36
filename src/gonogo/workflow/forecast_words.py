"""What lies ahead, as text and for programs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gonogo.core.wording import listing
from gonogo.model.canonical import instant_text
from gonogo.report.words import both, count, local, named_seat
from gonogo.workflow.forecasting import PaceAhead, ReleaseForecast, TurningStale
from gonogo.workflow.trend_words import outlook_document
from gonogo.workflow.trending import value_words

ONLY_JUDGED = (
    "Forecast, not evidence. Nothing here is a judgement, and nothing is recorded. "
    "Criteria that the last run did not judge are left out. Limits are those of the last rung of each ladder."
)


def forecast_lines(found: ReleaseForecast) -> list[str]:
    """Return the page."""
    run = found.trend.last.started
    zone = run.program.zone
    told = [
        f"{run.program.id}, release {run.release.id}, after the run of {local(found.trend.now, zone)} "
        f"({run.envelope.run}). Go-live: {both(run.release.go_live, zone)}.",
        ONLY_JUDGED,
    ]
    if found.decision is not None:
        told.append(f"Decision: {both(found.decision, zone)}.")
    elif found.trend.rungs:
        ahead = [f"{name} ({at.astimezone(zone):%Y-%m-%d})" for name, at in found.trend.rungs]
        told.append(f"Milestones ahead: {listing(ahead, most=len(ahead))}.")
    told += ["", "EVIDENCE THAT IS TOO OLD AT GO-LIVE UNLESS IT IS RENEWED", ""]
    told += _stale_lines(found) or ["None of what was read."]
    told += ["", "THRESHOLDS THAT THE PRESENT PACE DOES NOT MEET BY GO-LIVE", ""]
    told += _pace_lines(found.missed, found) or ["None of those for which there is a forecast."]
    told += ["", "THRESHOLDS THAT ARE MET AND WILL NOT BE AT THE PRESENT PACE", ""]
    told += _pace_lines(found.lost, found) or ["None of those for which there is a forecast."]
    ask = "`gonogo trend` says why for each"
    return [*told, "", f"No forecast for {found.silent} of {count(found.thresholds, 'threshold')}: {ask}."]


def forecast_document(found: ReleaseForecast) -> dict[str, Any]:
    """Return the same for programs."""
    run = found.trend.last.started
    return {
        "schema": 1,
        "note": ONLY_JUDGED,
        "program": run.program.id,
        "release": run.release.id,
        "run": run.envelope.run,
        "now": instant_text(found.trend.now),
        "go_live": instant_text(run.release.go_live),
        "decision": None if found.decision is None else instant_text(found.decision),
        "stale": [
            {
                "fact": each.fact,
                "stale_at": None if each.at is None else instant_text(each.at),
                "first_milestone": found.first_rung(each) or None,
                "before_decision": each.before_decision if found.decision is not None else None,
                "source": each.source,
                "criteria": list(each.criteria),
                "owner": each.owner,
            }
            for each in found.stale
        ],
        "missed": [_pace(each, found) for each in found.missed],
        "lost": [_pace(each, found) for each in found.lost],
        "thresholds": found.thresholds,
        "without_forecast": found.silent,
    }


def _stale_lines(found: ReleaseForecast) -> list[str]:
    """Return a paragraph for each source, moment and owner: one file answers for many facts."""
    zone = found.trend.last.started.program.zone
    groups: dict[tuple[object, ...], list[TurningStale]] = {}
    for each in found.stale:
        groups.setdefault((each.at, each.source, each.owner), []).append(each)
    told = []
    for group in groups.values():
        one = group[0]
        when = "Too old in the last run" if one.at is None else f"Too old from {local(one.at, zone)}"
        decided = " (at the decision too)" if one.before_decision and one.at is not None else ""
        if found.decision is None and one.at is not None and (rung := found.first_rung(one)) not in ("", "T-0"):
            decided = f" (at {rung} already)"
        criteria = list(dict.fromkeys(name for each in group for name in each.criteria))
        told += [
            f"{when}{decided}: {one.source or 'source not recorded'}",
            f"   facts: {listing([each.fact for each in group])}",
            f"   read by {listing(criteria)}; {_who(one.owner, found)} answers for "
            f"{'it' if len(criteria) == 1 else 'the first'}",
        ]
    return told


def _pace_lines(paces: Sequence[PaceAhead], found: ReleaseForecast) -> list[str]:
    run, told = found.trend.last.started, []
    for each in paces:
        now = value_words(each.history.moments[-1])
        told += [
            f"{each.history.criterion}: {each.history.text} (now {now}, limit {each.limit})",
            f"   {each.outlook.words(run.program.zone, found.trend.now, run.release.go_live)}",
            f"   {_who(each.finding.owner, found)} answers for it",
        ]
    return told


def _pace(one: PaceAhead, found: ReleaseForecast) -> dict[str, Any]:
    return {
        "criterion": one.history.criterion,
        "fact": one.history.fact,
        "comparison": one.history.text,
        "limit": one.limit,
        "owner": one.finding.owner,
        "forecast": outlook_document(one.outlook, found.trend),
    }


def _who(owner: str, found: ReleaseForecast) -> str:
    return named_seat(found.trend.last.made.decision.people or {}, owner)
