"""What a report says would change the verdict: the first reasons alone, from the log, without a search."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.errors import ConfigurationError, EngineFault
from gonogo.model.event import SealedRecord
from gonogo.model.verdict import Verdict
from gonogo.model.what_would_change import ReasonPath
from gonogo.report.report_reader import Reader
from gonogo.report.view import RunView
from gonogo.report.would_change import MOST
from gonogo.workflow.flipping import FlippableRun
from gonogo.workflow.hypothesis import RecordedRun
from gonogo.workflow.order import RunResult
from gonogo.workflow.recorded_program import Unreadable


def needed_of(
    history: History, run: Run, records: Sequence[SealedRecord], view: RunView, reader: Reader | None = None
) -> tuple[ReasonPath, ...]:
    """Return what would settle the first reasons of a run; nothing where this release cannot judge it as it was judged.

    Args:
        history: The log.
        run: The run.
        records: What a report of it is made of.
        view: The same, read.
        reader: Whose reasons; everybody's by default.
    """
    if view.decision.verdict is Verdict.GO:
        return ()
    try:
        gate = FlippableRun.of(RecordedRun.read(history, run, records, view))
    except (Unreadable, EngineFault, ConfigurationError):
        return ()
    return gate.first_reasons(MOST, reader) if gate.agrees else ()


_LAST: Final[dict[str, tuple[ReasonPath, ...]]] = {}
"""Of the run that was recorded last in this process: each of its reports says the same."""


def needed_by(result: RunResult, view: RunView) -> tuple[ReasonPath, ...]:
    """Return the same of a run that was just recorded, worked out once for all of its reports."""
    if result.run not in _LAST and view.decision.verdict is not Verdict.GO:
        history = open_history(result.log)
        found = needed_of(history, history.run(result.run), result.records, view)
        _LAST.clear()
        _LAST[result.run] = found
    return _LAST.get(result.run, ())
