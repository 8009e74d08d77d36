"""Histories and forecasts as text and for programs."""

from __future__ import annotations

from typing import Any, Final

from gonogo.core.wording import WORDS
from gonogo.language.requirement import Operator
from gonogo.model.canonical import instant_text
from gonogo.model.evidence import Evidence
from gonogo.model.fact import write_value
from gonogo.report.words import STATUS, both, count, local
from gonogo.workflow.trend_outlook import ThresholdOutlook, outlook, stricter_end
from gonogo.workflow.trending import FactHistory, HistoryLine, ReleaseTrend, purpose_words, value_words

NOT_EVIDENCE: Final = (
    "Forecast, not evidence. Nothing here is a judgement, and nothing is recorded. "
    "Limits are those of each run; a later milestone may ask for more, and then both are forecast."
)


def lines(found: ReleaseTrend) -> list[str]:
    """Return the page."""
    run = found.last.started
    zone, go_live = run.program.zone, run.release.go_live
    told = [
        f"{run.program.id}, release {run.release.id}: {count(len(found.runs), 'recorded run')}, the last "
        f"{local(found.now, zone)} ({run.envelope.run}). Go-live: {both(go_live, zone)}.",
        NOT_EVIDENCE,
    ]
    if found.left_out:
        told.append(f"{count(found.left_out, 'older run')} {'is' if found.left_out == 1 else 'are'} not read.")
    if not found.histories:
        told += ["", "No criterion of the last run compares one number with a threshold."]
    for history in found.histories:
        told += ["", _title(history), *(f"  {_line(moment, found)}" for moment in history.moments)]
        if history.text:
            told.append(f"  {_sentence(outlook(history, go_live), found)}")
        end = stricter_end(history)
        if end is not None:
            ahead = outlook(history, go_live, at_the_end=True)
            told.append(f"  limit {end[1]} from {end[0]}: {_sentence(ahead, found)}")
    return told


def document(found: ReleaseTrend) -> dict[str, Any]:
    """Return the same for programs."""
    run = found.last.started
    return {
        "schema": 1,
        "note": NOT_EVIDENCE,
        "program": run.program.id,
        "release": run.release.id,
        "go_live": instant_text(run.release.go_live),
        "runs": len(found.runs),
        "older_runs_not_read": found.left_out,
        "histories": [_history(history, found) for history in found.histories],
    }


def outlook_document(ahead: ThresholdOutlook, found: ReleaseTrend) -> dict[str, Any]:
    """Return a forecast for programs."""
    way = ahead.arrival
    moments = {} if way is None else {"on": way.on, "earliest": way.earliest, "latest": way.latest}
    return {
        "kind": ahead.kind.value,
        "points": ahead.points,
        "sentence": _sentence(ahead, found),
        **{key: None if moment is None else instant_text(moment) for key, moment in moments.items()},
    }


def _sentence(ahead: ThresholdOutlook, found: ReleaseTrend) -> str:
    run = found.last.started
    return ahead.words(run.program.zone, found.now, run.release.go_live)


def _title(history: FactHistory) -> str:
    if not history.text:
        return history.fact or history.criterion
    return f"{history.criterion}: {history.text}"


def _line(moment: HistoryLine, found: ReleaseTrend) -> str:
    parts = [local(moment.run.started.now, found.last.started.program.zone), purpose_words(moment)]
    parts += [value_words(moment)] if moment.fact else []
    if moment.criterion:
        parts.append(f"criterion {'not judged' if moment.finding is None else STATUS[moment.finding.status].lower()}")
    parts += [_limit(moment)] if _limit(moment) else []
    return "  ".join([*parts, *(f"[{mark}]" for mark in moment.marks)])


def _limit(moment: HistoryLine) -> str:
    reading = moment.reading
    if reading is None or not reading.right:
        return ""
    return f"limit {WORDS[Operator(reading.operator)]} {reading.right}: {reading.outcome.value.replace('_', ' ')}"


def _history(history: FactHistory, found: ReleaseTrend) -> dict[str, Any]:
    go_live, end = found.last.started.release.go_live, stricter_end(history)
    later = None
    if end is not None:
        ahead = outlook(history, go_live, at_the_end=True)
        later = {"milestone": end[0], "limit": end[1], "forecast": outlook_document(ahead, found)}
    return {
        "fact": history.fact or None,
        "criterion": history.criterion or None,
        "comparison": history.text or None,
        "moments": [_moment(moment) for moment in history.moments],
        "forecast": outlook_document(outlook(history, go_live), found) if history.text else None,
        "at_the_end": later,
    }


def _moment(moment: HistoryLine) -> dict[str, Any]:
    run, answer = moment.run.started, moment.answer
    told: dict[str, Any] = {
        "run": run.envelope.run,
        "purpose": run.kind.purpose.value,
        "now": instant_text(run.now),
        "ruleset": run.ruleset,
        "ruleset_sha256": run.ruleset_sha256,
        "status": None if moment.finding is None else moment.finding.status.value,
        "limit": moment.reading.right if moment.reading is not None and moment.reading.right else None,
        "changes": list(moment.marks),
    }
    if isinstance(answer, Evidence):
        told |= {
            "value": write_value(answer.value),
            "part": answer.part,
            "whole": answer.whole,
            "as_of": instant_text(answer.as_of),
        }
    elif moment.fact:
        told |= {"value": None, "gap": None if answer is None else answer.reason.value}
    return told
