"""The last run of a program as its record has it, and all that makes it worth less today than on its day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run, RunState
from gonogo.audit.reading import has_segments
from gonogo.model.assessment import Clock, Purpose
from gonogo.report.front import front
from gonogo.report.view import RunView
from gonogo.report.words import local
from gonogo.workflow.publishing import asked_run, log_folder, view_of

NO_RUN: Final = "No run is recorded yet."
NO_VERDICT: Final = "No recorded run has reached a verdict yet."


@dataclass(frozen=True, slots=True)
class LastRun:
    """What page one of the report says, and since when.

    Attributes:
        view: The run.
        kind: What kind of run it was.
        title: What was assessed.
        verdict: ``GO``, ``CONDITIONAL GO`` or ``NO-GO``.
        tone: Colour beside the words.
        without: The verdict without waivers.
        meaning: What the verdict means, and what page one says beside it.
        rows: When it was, and until when it is valid.
        warnings: Why it may not be used as it stands.
    """

    view: RunView
    kind: str
    title: str
    verdict: str
    tone: str
    without: str
    meaning: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


def last_run(program: Path, now: datetime) -> LastRun | tuple[str, ...]:
    """Return the last finished run; sentences where none has finished.

    Raises:
        UsageError: The log is another program's.
        IntegrityError: The log is broken.
    """
    folder = log_folder(program)
    if not has_segments(folder):
        return (NO_RUN,)
    history = open_history(folder)
    if not any(run.state is RunState.FINISHED for run in history.runs):
        return (NO_VERDICT, *_unfinished(history.runs, program=""))
    run = asked_run(history, program, None)
    view = view_of(history, run, needed=False)
    page = front(view, ())
    zone, until = view.started.program.zone, view.decision.valid_until
    valid = f"{local(until, zone)} at most" if until else "no moment: it rests on no dated evidence"
    return LastRun(
        view=view,
        kind=page.kind,
        title=page.title,
        verdict=page.verdict,
        tone=page.tone,
        without=page.sheet.without,
        meaning=page.meaning[1:],  # the first counts days from then, and the page counts them from today
        rows=(
            ("Assessed", local(view.started.now, zone)),
            ("Valid until", valid),
            ("Run", run.run),
            *_other_releases(history, view),
        ),
        warnings=tuple(_warnings(history, run, view, now)),
    )


def _warnings(history: History, run: Run, view: RunView, now: datetime) -> Iterator[str]:
    zone, until = view.started.program.zone, view.decision.valid_until
    if view.started.kind.purpose is not Purpose.DECISION:
        yield f"This run is no decision. {_last_decision(history, view)}"
    if until is not None and now >= until:
        yield f"This verdict is over: it was valid until {local(until, zone)} at most. Run the assessment again."
    if view.started.kind.clock is Clock.SYSTEM and view.started.now > now:
        yield "The run is dated later than it is now by the clock of this machine: one of the two is wrong."
    runs = history.runs
    yield from _unfinished(runs[runs.index(run) + 1 :], program=view.started.program.id)


def _other_releases(history: History, view: RunView) -> Iterator[tuple[str, str]]:
    """Yield the last run of each other release of the program: a GO of one says nothing of another."""
    program, zone = view.started.program, view.started.program.zone
    last = {run.release: run for run in history.decided if run.program == program.id and run.now is not None}
    for release, run in last.items():
        if release != view.started.release.id and run.now is not None and run.purpose is not None:
            yield f"Release {release}", f"{run.verdict}, {run.purpose} run of {local(run.now, zone)}"


def _last_decision(history: History, view: RunView) -> str:
    mine = [
        each
        for each in history.decided
        if each.purpose is Purpose.DECISION and each.program == view.started.program.id and each.now is not None
    ]
    if not mine:
        return "No decision run is recorded."
    last = mine[-1]
    assert last.now is not None
    return (
        f"The last decision run was of {last.release}, {local(last.now, view.started.program.zone)}, and came to "
        f"{last.verdict}."
    )


def _unfinished(runs: tuple[Run, ...], *, program: str) -> Iterator[str]:
    """Yield a sentence about runs without a verdict: what came before them is not the latest news.

    A run that ended early may not say of which program it was; it may have been of this one.
    """
    ended = [
        run for run in runs if run.state is not RunState.FINISHED and (not program or run.program in ("", program))
    ]
    if ended:
        last = ended[-1]
        how = "was ended before it reached a verdict" if last.state is RunState.ABORTED else "has no end in the record"
        later = "later run" if program else "run"
        many = f"A {later}" if len(ended) == 1 else f"{len(ended)} {later}s have no verdict; the last of them"
        yield f"{many} {how} ({last.run})."
