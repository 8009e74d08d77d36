"""The criteria document of a program: its rules, people and lock, and how each criterion stood in a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from gonogo.audit.history import open_history
from gonogo.errors import UsageError
from gonogo.paper.criteria_paper import Agreed
from gonogo.report.health import health
from gonogo.report.view import RunView
from gonogo.workflow.loading import load
from gonogo.workflow.lock_standing import current_content, lock_standing
from gonogo.workflow.order import Order


def agreed_criteria(program: Path, *, run: str | None = None, now: datetime | None = None) -> Agreed:
    """Return what the criteria document is made of.

    Args:
        program: Folder of the program, or its file.
        run: Id of a run, the beginning of it, or ``last``; its statuses are shown beside the criteria. None shows none.
        now: Host time; the clock's by default.

    Raises:
        ConfigurationError: With every mistake in every file.
        UsageError: There is no such run, or it judged by other rules than the files have.
        IntegrityError: The log or the lock is broken in a way that nothing can be said about.
    """
    loaded = load(Order(program=program), any_release=True)
    identity = loaded.program.identity
    agreed = Agreed(
        program=loaded.program,
        ruleset=loaded.ruleset,
        vocabulary=loaded.vocabulary,
        people=loaded.people,
        today=identity.local_date(now or datetime.now(UTC)),
        digest=current_content(loaded).digest(),
        lock=lock_standing(loaded),
    )
    if run is None:
        return agreed
    history = open_history(loaded.root / loaded.program.log)
    shown_run = history.named(run)
    view = RunView.of(history.report_records(shown_run), shown_run.run)
    if view.started.ruleset_sha256 != loaded.ruleset.material_sha256:
        raise UsageError(
            f"The run {shown_run.run} judged by other rules than the program's files have now.",
            hint="name a run by these rules, or leave out --run",
        )
    judged = (*view.findings, *(view.decision.holds or ()))
    return replace(
        agreed,
        run=shown_run.run,
        findings={each.criterion: each for each in judged},
        colours={each.criterion: health(view, each) for each in judged},
    )
