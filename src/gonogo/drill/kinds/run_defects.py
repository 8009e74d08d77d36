"""Runs that are no decision, whatever they come to: another clock, one evaluator, supplied evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from gonogo.drill.defect import Defect, Noticed, Planted
from gonogo.drill.rehearsal import Rehearsed
from gonogo.drill.site import TargetProgram
from gonogo.model.assessment import Clock, EngineMode, Purpose, RunKind

_ANY = "any program"
_BACK = timedelta(days=365)
_BY = "kind of run"


def _kind(of_one: Callable[[RunKind], bool]) -> Callable[[Rehearsed], str]:
    """Return what a run says of itself if it is a rehearsal for that reason; empty where it is anything else."""

    def shown(after: Rehearsed) -> str:
        if after.result is None:
            return ""
        kind = after.result.assessment.kind
        return kind.sentence if kind.purpose is Purpose.REHEARSAL and of_one(kind) else ""

    return shown


def _clock(site: TargetProgram) -> Planted:
    moment = site.now - _BACK
    return Planted("--as-of, a year back", as_of=moment, shows=_kind(lambda kind: kind.clock is Clock.INJECTED), by=_BY)


def _one_evaluator(_site: TargetProgram) -> Planted:
    shows = _kind(lambda kind: kind.engine is EngineMode.REFERENCE)
    return Planted("--engine reference", engine=EngineMode.REFERENCE, shows=shows, by=_BY)


DEFECTS = (
    Defect("injected-clock", "The clock was set a year back", _ANY, _clock, Noticed.STOPPED),
    Defect("one-evaluator", "One of the two evaluators was left out", _ANY, _one_evaluator, Noticed.STOPPED),
)
