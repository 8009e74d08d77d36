"""Requirements over a span: what the record says about a criterion that must have held, or is open. Pure.

A run stands for the time from its moment to that of the next run. It is taken as it was judged then, by the rules and
parameters in force then. Rehearsals are no history, so that nobody can make one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta, tzinfo
from itertools import pairwise

from gonogo.core.wording import day_there
from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Past, Scope


def span_outcome(case: Case, now: datetime, *, accepting: bool = False) -> Outcome:
    """Return whether the record shows that a criterion was met all through its span before ``now``.

    Args:
        case: The criterion with its record.
        now: The moment of the assessment.
        accepting: Whether a run that was met on acceptance alone counts as met: where an acceptance of today can still
            answer the criterion, so that the verdict rests on it. Otherwise it would count as plainly met.
    """
    return _span(case, now, accepting=accepting)[0]


def span_words(case: Case, scope: Scope, *, accepting: bool = False) -> str:
    """Return why a criterion was not met all through its span, or why nobody knows; empty where it was."""
    return _span(case, scope.now, accepting=accepting, zone=scope.zone)[1]


def _span(case: Case, now: datetime, *, accepting: bool, zone: tzinfo = UTC) -> tuple[Outcome, str]:
    seconds, limit = case.criterion.held_s, timedelta(seconds=case.criterion.max_age_s)
    if seconds is None or case.record is None:
        return Outcome.MET, ""
    asked = f"it must have been met for {_span_text(seconds)}"
    start = now - timedelta(seconds=seconds)
    past = covering(case.record, start, now)
    failed = [each for each in past if each.outcome is Outcome.NOT_MET]
    if failed:
        return Outcome.NOT_MET, f"{asked}, and the run of {day_there(failed[-1].now, zone)} found it not met"
    rested = [each for each in past if each.rested]
    if rested and not accepting:
        return (
            Outcome.NOT_MET,
            f"{asked}, and in the run of {day_there(rested[-1].now, zone)} it was met only on acceptance",
        )
    if not past or past[0].now > start:
        begins = f"the record of it begins on {day_there(past[0].now, zone)}" if past else "no earlier run recorded it"
        return Outcome.UNKNOWN, f"{asked}, and {begins}"
    silent = [each for each in past if each.proved is not Outcome.MET]
    if silent:
        return Outcome.UNKNOWN, f"{asked}, and the run of {day_there(silent[-1].now, zone)} could not tell"
    moments = [*(each.now for each in past), now]
    for one, other in pairwise(moments):
        if other - one > limit:
            unseen = f"from {day_there(one, zone)} to {day_there(other, zone)}"
            return Outcome.UNKNOWN, f"{asked}, and no run looked at it {unseen}"
    return Outcome.MET, ""


def covering(record: Sequence[Past], start: datetime, now: datetime) -> list[Past]:
    """Return the runs that stand for the time from ``start`` on, oldest first: the last before it, and all in it."""
    known = sorted((each for each in record if each.now <= now), key=lambda each: each.now)
    before = [each for each in known if each.now <= start]
    return before[-1:] + [each for each in known if each.now > start]


def open_since(case: Case, now: datetime) -> datetime:
    """Return since when a criterion that is open now has been open in every run; ``now`` where the last found it met.

    A pause between two runs that both found it open does not count as an answer, nor does a run that did not ask.
    """
    return min((each.now for each in _open_runs(case, now)), default=now)


def _open_runs(case: Case, now: datetime) -> Iterator[Past]:
    """Yield the runs that found it open, from the last one back to the first after it was met."""
    known = [each for each in case.record or () if each.now <= now]
    for each in sorted(known, key=lambda each: each.now, reverse=True):
        if each.outcome in (Outcome.NOT_MET, Outcome.UNKNOWN):
            yield each
        elif each.outcome is not None or not each.elsewhere:
            return


def earlier_names(case: Case, now: datetime) -> tuple[str, ...]:
    """Return the other names under which it was recorded open, each once."""
    return tuple(dict.fromkeys(each.elsewhere for each in _open_runs(case, now) if each.elsewhere))


def mandatory_at(case: Case, now: datetime) -> datetime | None:
    """Return when a criterion that is open now becomes mandatory, because it has been open so long; None for never."""
    seconds = case.criterion.open_for_s
    return None if seconds is None else open_since(case, now) + timedelta(seconds=seconds)


def _span_text(seconds: int) -> str:
    return f"{seconds // 86400} days" if seconds % 86400 == 0 else f"{seconds // 3600} hours"
