"""What a report says would change the verdict: the first reasons alone, from the log, without a search."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.errors import ConfigurationError, EngineFault
from gonogo.model.decision import Verdict
from gonogo.model.what_would_change import ReasonPath
from gonogo.report.would_change import MOST
from gonogo.workflow.flipping import FlippableRun
from gonogo.workflow.hypothesis import RecordedRun
from gonogo.workflow.recorded_program import Unreadable


def needed_of(history: History, run: Run) -> tuple[ReasonPath, ...]:
    """Return what would settle the first reasons of a run; nothing where this release cannot judge it as it was judged.

    Raises:
        IntegrityError: The records are not as they were sealed.
    """
    if run.verdict is Verdict.GO:
        return ()
    try:
        gate = FlippableRun.of(RecordedRun.of(history, run))
    except (Unreadable, EngineFault, ConfigurationError):
        return ()
    return gate.first_reasons(MOST) if gate.agrees else ()


@lru_cache(maxsize=1)
def needed_by(folder: Path, run: str) -> tuple[ReasonPath, ...]:
    """Return the same of a run that was just recorded, once for all of its reports."""
    history = open_history(folder)
    return needed_of(history, history.run(run))
