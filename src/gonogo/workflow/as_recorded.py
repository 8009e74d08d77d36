"""What else a recorded run was judged by: the log as it stood, and the approvals behind its waivers."""

from __future__ import annotations

from dataclasses import replace

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.core.approved import Present
from gonogo.core.waive import Lapse, WaiverStanding
from gonogo.model.decision import Reliance
from gonogo.report.view import RunView
from gonogo.workflow.approvals import standing_of
from gonogo.workflow.loaded import LoadedProgram


def standing_then(view: RunView, loaded: LoadedProgram, present: Present, history: History) -> WaiverStanding:
    """Return by what waivers are judged: by the log as it was, or as recorded if another log was consulted."""
    if not judged_beside(view):
        return standing_of(loaded, present, logs=[(history, "")])
    return replace(standing_of(loaded, present, logs=[]), lapsed=_recorded_lapses(view))


def _recorded_lapses(view: RunView) -> dict[str, tuple[Lapse, ...]]:
    found: dict[str, tuple[Lapse, ...]] = {}
    why = {(review.id, review.criterion): review.why for review in view.decision.waivers}
    for waiver in view.assessment.waivers:
        reason = why.get((waiver.id, waiver.criterion), "")
        for approval in waiver.approved_by:
            start = Lapse(approval, "").sentence.removesuffix(".")
            if reason.startswith(start):
                found[waiver.id] = (Lapse(approval, reason.removeprefix(start).removesuffix(".")),)
    return found


def judged_beside(view: RunView) -> bool:
    """Whether approvals were judged by another log too, which may be gone."""
    return any(each.by is Reliance.LOG for each in view.decision.trusted or ()) and bool(view.assessment.waivers)


def as_it_stood(history: History, run: Run) -> History:
    """Return the log as it was when a run judged: without the runs that had not ended before it was recorded."""
    earlier = {name: each for name, each in history.ledger.runs.items() if each.end < run.start}
    return replace(history, ledger=replace(history.ledger, runs=earlier))
