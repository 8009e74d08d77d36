"""What was recorded of a release before a run: since the run before it, and since the release was last deployed."""

from __future__ import annotations

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.model.canonical import instant_text
from gonogo.model.outcome import OutcomeOfRun, ReleaseOutcome


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
