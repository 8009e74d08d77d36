"""Recording what became of a release after its decision, so that decisions can be compared with what came."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from gonogo.audit.events import event
from gonogo.audit.history import open_history
from gonogo.audit.ledger import Run, RunState
from gonogo.audit.log import AuditLog
from gonogo.core.wording import instant_words
from gonogo.errors import UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType, SealedRecord
from gonogo.model.outcome import OutcomeRecorded, ReleaseOutcome
from gonogo.model.placeholder import has_content
from gonogo.model.run_by import RunBy
from gonogo.model.verdict import Verdict
from gonogo.signing.signer import Signer
from gonogo.statement.later import voided_by
from gonogo.statement.log_after import WholeLog, after, decided
from gonogo.workflow.publishing import log_folder

_LONGEST = 2000


def run_meant(place: Path, wanted: str) -> str:
    """Return the id of the run that is meant: by its id, by the beginning of it, or ``last``, the last decision.

    Raises:
        UsageError: No run is meant, or more than one, or it reached no verdict.
    """
    return open_history(log_folder(place)).named(wanted, decision=True).run


def record_outcome(
    place: Path,
    run: str,
    outcome: ReleaseOutcome,
    *,
    against: bool = False,
    reason: str | None = None,
    signer: Signer | None = None,
    who: RunBy | None = None,
) -> OutcomeRecorded:
    """Record what was done with the release that ``run`` decided on, and return it once it is on disk.

    Args:
        place: Folder of the program, or of the log.
        run: Id of a decision run.
        outcome: What was done.
        against: Whether it was done against the recommendation.
        reason: Why; needed where it was held, rolled back, or done against the recommendation.
        who: Who records it and where, as the environment declares it.
        signer: Signs the checkpoint over it; None leaves it unsigned.

    Raises:
        UsageError: There is no such decision, or what is recorded about it cannot be so.
        RecordFault: The log cannot be written.
        IntegrityError: The log is broken.
    """
    folder = log_folder(place)
    history = open_history(folder)
    found = history.run(run)
    _check_decided(found)
    later = after(WholeLog(history, unfinished=False), found)
    _check(found, outcome, void=voided_by(decided(later, found), later), against=against, reason=reason)
    _check_new(outcome, history.outcomes(found), run)
    recorded = OutcomeRecorded(
        outcome=outcome, against=against or None, reason=None if reason is None else " ".join(reason.split()), who=who
    )
    with AuditLog.open(folder, signer=signer) as log:
        log.append([event(EventType.OUTCOME_RECORDED, recorded, run=run)], checkpoint=True)
    return recorded


def _check_decided(run: Run) -> None:
    if run.state is not RunState.FINISHED or run.verdict is None:
        raise UsageError(
            f"The run {run.run} reached no verdict, so nothing was decided by it.", hint="name the decision run"
        )
    if run.purpose is not Purpose.DECISION:
        raise UsageError(
            f"The run {run.run} is a {run.purpose} run, and nothing is decided by one.", hint="name the decision run"
        )


def _check_new(outcome: ReleaseOutcome, before: Sequence[SealedRecord], run: str) -> None:
    last = OutcomeRecorded.from_document(before[-1].data).outcome if before else None
    if outcome is last:
        raise UsageError(
            f"That the release was {outcome.words} is recorded already for the run {run}, on "
            f"{instant_words(before[-1].ts)}.",
            hint="`gonogo report --run` shows it; an outcome is recorded once",
        )


def _check(run: Run, outcome: ReleaseOutcome, *, void: str, against: bool, reason: str | None) -> None:
    if reason is not None and (not has_content(reason) or len(reason) > _LONGEST):
        raise UsageError("The reason says nothing, or is too long.", hint="say in one sentence why it was done")
    refused = (outcome, run.verdict) == (ReleaseOutcome.DEPLOYED, Verdict.NO_GO)
    if refused and not against:
        raise UsageError(
            f"The run {run.run} came to NO-GO, so deploying was against the recommendation.",
            hint="say so and why: `--against-recommendation --reason '…'`",
        )
    if outcome is ReleaseOutcome.DEPLOYED and void and not against:
        raise UsageError(
            f"The decision of the run {run.run} no longer counted. {void}",
            hint="say that it was deployed anyway, and why: `--against-recommendation --reason '…'`",
        )
    opposed = refused or (outcome, run.verdict) == (ReleaseOutcome.HELD, Verdict.GO)
    opposed = opposed or (outcome is ReleaseOutcome.DEPLOYED and bool(void))
    if against and not opposed:
        raise UsageError(
            f"The run {run.run} came to {run.verdict}, but {outcome} is not against that.",
            hint="leave out `--against-recommendation`",
        )
    if outcome is not ReleaseOutcome.DEPLOYED and reason is None:
        raise UsageError(
            f"Nothing says why the release was {outcome.words}, which the next reader asks first.",
            hint="say why: `--reason '…'`",
        )
    if against and reason is None:
        raise UsageError("What is done against the recommendation needs a reason.", hint="say why: `--reason '…'`")
