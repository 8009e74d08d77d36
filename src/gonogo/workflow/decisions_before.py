"""The decisions of a program before a run, with what became of each: years of them, to compare with what came."""

from __future__ import annotations

from typing import Final

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.model.assessment import Purpose
from gonogo.model.canonical import instant_text
from gonogo.model.outcome import EarlierDecision, OutcomeThen

MOST: Final = 200
"""So many are listed: a program that decides every day reads its log no longer for that."""


def decisions_before(history: History, run: Run) -> tuple[tuple[EarlierDecision, ...], int]:
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


def _decision(history: History, run: Run) -> EarlierDecision:
    outcomes = tuple(
        OutcomeThen.from_document({**record.data, "at": instant_text(record.ts)}) for record in history.outcomes(run)
    )
    assert run.now is not None
    assert run.verdict is not None
    return EarlierDecision(run=run.run, release=run.release, now=run.now, verdict=run.verdict, outcomes=outcomes)
