"""Figures of the runs of a release before a run, from the log."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run
from gonogo.errors import IntegrityError
from gonogo.model.event import EventType
from gonogo.model.evidence import Evidence
from gonogo.model.record import DecisionMade, RunStarted
from gonogo.report.earlier_runs import DRAWN, FLOAT, SLIP, EarlierRun, one_value

MOST: Final = 60
"""So many are drawn; a program that looks every day sees two months."""
_KINDS: Final = (EventType.RUN_STARTED, EventType.DECISION_MADE, EventType.EVIDENCE_ADMITTED)


def runs_before(history: History, run: Run) -> tuple[EarlierRun, ...]:
    """Return the last runs of the same release before ``run``, oldest first. Rehearsals are no history.

    Raises:
        IntegrityError: The log is broken, or a record does not have its shape.
    """
    known = [each for each in history.finished(run.program, run.release) if each.first < run.first]
    return tuple(_earlier(history, each) for each in known[-MOST:])


@lru_cache(maxsize=1)
def earlier_by(folder: Path, run: str) -> tuple[EarlierRun, ...]:
    """Return the same for a run by its id; several formats of one run read the log once."""
    history = open_history(folder)
    return runs_before(history, history.run(run))


def _earlier(history: History, run: Run) -> EarlierRun:
    found: dict[EventType, list[dict[str, Any]]] = {kind: [] for kind in _KINDS}
    for kind, document in history.documents(run, _KINDS):
        found[kind].append(document)
    try:
        started = RunStarted.from_document(found[EventType.RUN_STARTED][0])
        decision = DecisionMade.from_document(found[EventType.DECISION_MADE][0]).decision
        admitted = [
            Evidence.from_document(entry) for entry in found[EventType.EVIDENCE_ADMITTED] if entry.get("fact") in DRAWN
        ]
    except (ValidationError, IndexError) as error:
        raise IntegrityError(f"the records of the run {run.run} do not have their shape") from error
    return EarlierRun(
        run=run.run,
        now=started.now,
        verdict=decision.verdict.value,
        domains={part.domain.value: (part.met, part.due) for part in decision.domains},
        blockers=len(decision.blockers),
        ruleset=started.ruleset,
        rules=started.ruleset_sha256,
        slip=one_value(admitted, SLIP),
        floats=one_value(admitted, FLOAT),
    )
