"""What a run does while its collectors are at work: it reads what earlier runs recorded, and imports what comes next.

Nothing is decided here. Each piece is what the run does later anyway, in the same way, kept until then. A piece that
fails is done again in its place, and its error is reported there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import datetime

from gonogo.audit.history import open_history
from gonogo.audit.reading import has_segments
from gonogo.report.formats import FORMATS
from gonogo.workflow.loaded import LoadedProgram


def steps_ahead(loaded: LoadedProgram, now: datetime, *, rehearsal: bool) -> Iterator[None]:
    """Work ahead, a piece at a time; what is found is in ``loaded.kept``.

    Args:
        loaded: The program.
        now: The moment of the assessment.
        rehearsal: Whether the run is one: it is compared with other runs than a decision is.
    """
    for pieces in (_imports(), _past(loaded, now), _previous(loaded, rehearsal=rehearsal)):
        with contextlib.suppress(Exception):  # whatever it is, it is met again where it counts
            yield from pieces


def _imports() -> Iterator[None]:
    from gonogo.workflow import recording  # noqa: F401

    yield
    from gonogo.core import decide, trust  # noqa: F401
    from gonogo.exports import understated  # noqa: F401
    from gonogo.requests import closing  # noqa: F401
    from gonogo.workflow import accepting, admitting, approvals, judging, request_inputs  # noqa: F401

    yield
    from gonogo.audit import sealing
    from gonogo.workflow import publishing  # noqa: F401

    sealing.before_others()
    yield
    from gonogo.model.assessment import Assessment

    Assessment.model_rebuild()  # the checks of findings, evidence and decisions
    yield
    _ = FORMATS["terminal"]
    yield


def _past(loaded: LoadedProgram, now: datetime) -> Iterator[None]:
    from gonogo.workflow.admitting import facts_read
    from gonogo.workflow.recorded_runs import past_runs

    for _ in past_runs(loaded, now, facts_read(loaded)):
        yield


def _previous(loaded: LoadedProgram, *, rehearsal: bool) -> Iterator[None]:
    from gonogo.workflow.previous_run import last_before, snapshot_from

    folder = loaded.root / loaded.program.log
    if has_segments(folder):
        history = open_history(folder)
        last = last_before(history, loaded.program.identity.id, loaded.release.id, rehearsal=rehearsal)
        if last is not None:
            snapshot_from(history, last, loaded.kept)
    yield
