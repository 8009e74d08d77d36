"""What became of earlier decisions: those of a program before a run, and what was recorded of a release before it."""

from __future__ import annotations

from typing import Final

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import instant_text
from gonogo.model.outcome import DecisionWithOutcomes, OutcomeOfRun, OutcomeThen, ReleaseOutcome


def outcomes_between(history: History, run: Run, *, since: Run | None = None) -> tuple[OutcomeOfRun, ...]:
    """Return what was recorded of the release of a run before its first record, in order.

    Args:
        history: The log.
        run: The run.
        since: Only what was recorded after the first record of this one; None for all.

    Raises:
        IntegrityError: The record of an outcome is not where the ledger says.
    """
    found = [
        (record.seq, OutcomeOfRun.from_document({**record.data, "at": instant_text(record.ts), "run": each.run}))
        for each in history.finished(run.program, run.release)
        if each.outcomes and each.first < run.first
        for record in history.outcomes(each)
    ]
    after = 0 if since is None else since.first
    return tuple(came for seq, came in sorted(found, key=lambda entry: entry[0]) if after < seq < run.first)


def set_back_before(history: History, run: Run) -> tuple[OutcomeOfRun, ...]:
    """Return how the release was held or rolled back before a run, and not deployed after that.

    Raises:
        IntegrityError: The record of an outcome is not where the ledger says.
    """
    standing: list[OutcomeOfRun] = []
    for came in outcomes_between(history, run):
        standing = [] if came.outcome is ReleaseOutcome.DEPLOYED else [*standing, came]
    return tuple(standing)


MOST: Final = 200
"""So many are listed: a program that decides every day reads its log no longer for that."""


def decisions_before(history: History, run: Run) -> tuple[tuple[DecisionWithOutcomes, ...], int]:
    """Return the decisions of the same program before a run, the newest first, and how many older ones there are.

    Raises:
        IntegrityError: The record of an outcome is not where the ledger says.
    """
    found = [
        each
        for each in history.decided
        if each.purpose is Purpose.DECISION and each.program == run.program and each.first < run.first
    ]
    listed = tuple(_decision(history, each) for each in reversed(found[-MOST:]))
    return listed, len(found) - len(listed)


def _decision(history: History, run: Run) -> DecisionWithOutcomes:
    outcomes = tuple(
        OutcomeThen.from_document({**record.data, "at": instant_text(record.ts)}) for record in history.outcomes(run)
    )
    assert run.now is not None
    assert run.verdict is not None
    return DecisionWithOutcomes(run=run.run, release=run.release, now=run.now, verdict=run.verdict, outcomes=outcomes)
