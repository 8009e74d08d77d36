"""What would change the verdict of a run that is named: the log is checked, read and never written."""

from __future__ import annotations

from pathlib import Path

from gonogo.audit.history import open_history
from gonogo.errors import UsageError
from gonogo.workflow.flip_words import FlipPath
from gonogo.workflow.flipping import FlippableRun, flipping_sets
from gonogo.workflow.hypothesis import RecordedRun
from gonogo.workflow.publishing import asked_run, log_folder
from gonogo.workflow.recorded_program import Unreadable


def recorded_run(place: Path, wanted: str = "last") -> RecordedRun:
    """Read a run from the log of a program.

    Args:
        place: Folder of a program, or of a log.
        wanted: The run by id, by the beginning of one, or ``last``: of a program's folder the last of its own.

    Raises:
        UsageError: There is no such log or run, it reached no verdict, or the log lacks what judging needs.
        IntegrityError: The log is broken.
    """
    history = open_history(log_folder(place))
    run = asked_run(history, place, None) if wanted == "last" else history.named(wanted)
    try:
        return RecordedRun.of(history, run)
    except Unreadable as error:
        raise UsageError(
            f"The run {run.run} cannot be judged again: {error}.",
            hint="ask about a run that this gonogo recorded",
        ) from error


def flip_path(place: Path, wanted: str = "last") -> FlipPath:
    """Work out what would change the verdict of a run; see :func:`recorded_run`.

    Raises:
        UsageError: As there; or python-sat is not installed.
        EngineFault: An evaluator failed, or the two differ.
    """
    gate = FlippableRun.of(recorded_run(place, wanted))
    return FlipPath(gate, tuple(flipping_sets(gate, gate.cost)))
