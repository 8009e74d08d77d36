"""The first run after an upgrade of gonogo judges the last decision run again, and records what would differ.

Where the last run was judged by the same code, one record is read and nothing else happens.
"""

from __future__ import annotations

from collections.abc import Callable

from gonogo.audit.history import History
from gonogo.audit.ledger import Run
from gonogo.errors import GonogoError
from gonogo.model.assessment import Purpose, RunEnvelope
from gonogo.model.upgrade import Depth, UpgradeCompared
from gonogo.model.verdict import Verdict
from gonogo.workflow.replay import Replay, replay


def compared_after_upgrade(
    history: History, envelope: RunEnvelope, purpose: Purpose, *, judge: Callable[[History, Run], Replay] = replay
) -> UpgradeCompared | None:
    """Return what this gonogo makes of the last decision run; None where it or a later run has the same code.

    A rehearsal compares nothing, since it is nobody's history. That an old run cannot be judged again stops no new one.

    Args:
        history: The log before this run is recorded.
        envelope: Of this run.
        purpose: Of this run.
        judge: Judges a recorded run again.
    """
    decided = history.decided
    last = next((run for run in reversed(decided) if run.purpose is Purpose.DECISION), None)
    if last is None or purpose is Purpose.REHEARSAL:
        return None
    if any(_same_code(history.started(run).envelope, envelope) for run in dict.fromkeys((decided[-1].run, last.run))):
        return None
    return _compared(history, last, judge)


def _same_code(one: RunEnvelope, other: RunEnvelope) -> bool:
    return (one.version, one.engine_version, one.code_sha256) == (
        other.version,
        other.engine_version,
        other.code_sha256,
    )


def _compared(history: History, last: Run, judge: Callable[[History, Run], Replay]) -> UpgradeCompared:
    made = history.started(last.run).envelope
    verdict = last.verdict or Verdict.NO_GO

    def failed(why: str) -> UpgradeCompared:
        return UpgradeCompared(
            compared=last.run,
            version=made.version,
            code_sha256=made.code_sha256,
            depth=Depth.RECORD,
            same=False,
            before=verdict,
            why=why,
        )

    try:
        replayed = judge(history, last)
    except GonogoError as error:
        return failed(" ".join(error.sentence.split()))
    except Exception as error:  # noqa: BLE001  # a defect in judging an old run is no reason to refuse a new one
        return failed(f"a defect of gonogo stopped it ({type(error).__name__})")
    if replayed.now is None:
        return failed(replayed.why)
    return UpgradeCompared(
        compared=last.run,
        version=made.version,
        code_sha256=made.code_sha256,
        depth=replayed.depth,
        same=replayed.same,
        before=verdict,
        after=replayed.now.decision.verdict,
        findings=replayed.findings or None,
        decision=replayed.decision or None,
    )
