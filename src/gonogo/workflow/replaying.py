"""Recorded runs judged again for a person: the log is checked first, then each run that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gonogo.audit.history import open_history
from gonogo.audit.ledger import RunState
from gonogo.audit.verification import verify_log
from gonogo.errors import IntegrityError, UsageError
from gonogo.ruleset.loader import ruleset_by_name
from gonogo.workflow.kept_again import read_again
from gonogo.workflow.publishing import log_folder
from gonogo.workflow.replay import Replay, replay
from gonogo.workflow.replay_words import exit_code, lines, summary


def replays(place: Path, *, wanted: Sequence[str] = (), ruleset: str | None = None) -> tuple[int, list[str]]:
    """Judge runs of a log again; return the exit code and what to say, a line each. See :func:`replayed`."""
    found, name = replayed(place, wanted=wanted, ruleset=ruleset)
    output = [line for each in found for line in lines(each, rules=name)]
    return exit_code(found, rules=name), [*output, summary(found, rules=name)]


def replayed(place: Path, *, wanted: Sequence[str] = (), ruleset: str | None = None) -> tuple[list[Replay], str]:
    """Judge runs of a log again; return each, and the name of the other ruleset, or nothing.

    Args:
        place: Folder of a program, or of a log.
        wanted: Runs by id, by the beginning of one, or ``last``; every finished run where none is named.
        ruleset: Another ruleset to judge by.

    Raises:
        UsageError: There is no such log, run or ruleset.
        IntegrityError: The log is broken.
        EngineFault: An evaluator failed, or the two differ.
    """
    folder = log_folder(place)
    check_sound(folder)
    history = open_history(folder)
    runs = [history.named(each) for each in wanted] or [run for run in history.runs if run.state is RunState.FINISHED]
    if not runs:
        raise UsageError("no run in this audit log has reached a verdict")
    rules = None if ruleset is None else ruleset_by_name(ruleset)
    name = "" if rules is None else f"{rules.ruleset.name}@{rules.ruleset.version}"
    return [replay(history, run, rules=rules, read=read_again) for run in runs], name


def check_sound(folder: Path) -> None:
    """Check every record of a log, whatever its index says.

    A run without an end cannot be judged again, and is no reason not to judge another one.

    Raises:
        IntegrityError: The log is broken.
    """
    verified = verify_log(folder)
    wrong = [verified.problem.sentence] if verified.problem is not None else []
    wrong += [fault for fault in verified.faults if "has no end" not in fault]
    if wrong:
        raise IntegrityError(wrong[0], hint="`gonogo log verify` says more; keep the folder as it is")
