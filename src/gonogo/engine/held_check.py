"""The independent evaluator's own reading of the record: whether a criterion was met all through its span."""

from __future__ import annotations

from datetime import datetime, timedelta

from gonogo.model.finding import Outcome
from gonogo.model.judgement import Case, Past


def held_all_through(case: Case, now: datetime, *, accepting: bool = False) -> bool | None:
    """Walk back from ``now`` run by run until the span is covered; None where the record cannot tell.

    What a run found met on acceptance alone was met only for who still has an acceptance (``accepting``).
    """
    span, pause = (timedelta(seconds=each or 0) for each in (case.criterion.held_s, case.criterion.max_age_s))
    runs = sorted(
        (
            (run.now, Outcome.NOT_MET if run.rested and not accepting else _proved(run))
            for run in case.record or ()
            if run.now <= now
        ),
        key=lambda run: run[0],
    )
    later, known = now, True
    while runs:
        moment, outcome = runs.pop()
        if outcome is Outcome.NOT_MET:
            return False
        known = known and outcome is Outcome.MET and later - moment <= pause
        later = moment
        if now - moment >= span:
            return True if known else None
    return None


def _proved(run: Past) -> Outcome | None:
    """What was met under another name is not known to have been met: only what was open then counts."""
    return run.outcome if run.outcome is not Outcome.MET or run.elsewhere == "" else Outcome.UNKNOWN
