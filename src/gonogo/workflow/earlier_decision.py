"""The signed decision that a release's decision follows: read, checked by the trust file, and taken as an input."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.history import History, open_history
from gonogo.audit.ledger import Run, RunState
from gonogo.audit.reading import has_segments
from gonogo.documents.files import inside, read_file
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.canonical import digest_of_bytes
from gonogo.model.promise import EarlierDecision, Promise
from gonogo.report.view import RunView
from gonogo.signing.trust_file import read_trust
from gonogo.statement.answer import FORGED, DeployAnswer
from gonogo.statement.predicate import DecisionPredicate
from gonogo.statement.saying import predicate_of
from gonogo.statement.signed_decision import read_signed
from gonogo.workflow.loaded import LoadedProgram


def earlier_decision(loaded: LoadedProgram, now: datetime) -> EarlierDecision | None:
    """Return the decision that the release's ``follows:`` names; None where it names none.

    That it has lapsed since takes nothing from what was promised.

    Raises:
        ConfigurationError: The file or the trust file is not there, or has mistakes.
        UsageError: There is no trust file; it is of another release; it is of a time to come.
        IntegrityError: No key signed it that might.
    """
    name = loaded.release.follows
    if name is None:
        return None
    path = inside(loaded.root, name)
    if path is None:
        raise UsageError(f"follows: '{name}' leads out of the program's folder.", hint="copy the statement into it")
    if loaded.program.trust is None:
        raise UsageError(
            "`follows:` names a signed decision, and the program names no trust file to check it by.",
            hint="add `trust: trust.yaml` to gonogo.yaml",
        )
    trust = read_trust(loaded.root / loaded.program.trust, program=loaded.program.identity.id)
    data = read_file(path, hint="`gonogo statement RUN -o FILE` writes it")
    signed = read_signed(data, trust, None)
    if isinstance(signed, DeployAnswer):
        wrong = IntegrityError if signed.code == FORGED else UsageError
        raise wrong(f"{name}, which `follows:` names: {signed.why}", hint=signed.step)
    decision = signed.decision
    if (decision.program, decision.release) != (loaded.program.identity.id, loaded.release.id):
        raise UsageError(
            f"{name}, which `follows:` names, is about the release {decision.release} of {decision.program}.",
            hint="name the statement of an earlier decision on this release",
        )
    if decision.decided_at >= now:
        raise UsageError(
            f"{name}, which `follows:` names, was decided at {decision.decided_at:%Y-%m-%d %H:%M} UTC, "
            "which is not before now.",
            hint="name an earlier decision, or set the clock",
        )
    if trust.log is not None and decision.checkpoint.log != trust.log.id:
        raise IntegrityError(
            f"{name}, which `follows:` names, is of the log {decision.checkpoint.log}, and the trust file names "
            f"the log {trust.log.id}",
            hint="keep it, and find out who signed it; or correct `log:` in the trust file",
        )
    _check_recorded(loaded.root / loaded.program.log, decision, name)
    return EarlierDecision(
        run=decision.run,
        verdict=decision.verdict.value,
        decided_at=decision.decided_at,
        sha256=digest_of_bytes(data),
        promises=tuple(
            Promise(
                criterion=each.criterion,
                title=each.title,
                owner=each.owner,
                action=each.action,
                due=each.due,
                waiver=each.waiver,
            )
            for each in decision.conditions
        ),
    )


def _check_recorded(folder: Path, decision: DecisionPredicate, name: str) -> None:
    """Check that a decision of this very log is in it as the statement says; one of another log cannot be asked here.

    A key that has lapsed can sign, today, a decision dated at a time at which it still counted.

    Raises:
        IntegrityError: The log has no such run, or it came to something else, at another time or place.
    """
    if not has_segments(folder):
        return
    history = open_history(folder)
    if history.ledger.log != decision.checkpoint.log:
        return
    run = history.ledger.runs.get(decision.run)
    if (
        run is None
        or run.state is not RunState.FINISHED
        or _promised(decision) != _promised(_recorded(history, run, decision))
    ):
        raise IntegrityError(
            f"{name}, which `follows:` names, does not agree with the audit log about the run {decision.run}",
            hint="keep both, and find out who signed the statement",
        )


def _recorded(history: History, run: Run, decision: DecisionPredicate) -> DecisionPredicate:
    records, mark = history.report_records(run), decision.checkpoint
    view = RunView.of(records, run.run)
    checkpoint = Checkpoint(mark.log, mark.size, mark.root, mark.head, mark.time)
    return predicate_of(view, checkpoint, releases=decision.releases, votes=decision.votes, nonce=decision.nonce)


def _promised(decision: DecisionPredicate) -> tuple[object, ...]:
    """Return what a later decision takes over, without sentences: another release of gonogo may use other words."""
    conditions = [(each.criterion, each.owner, each.action, each.due, each.waiver) for each in decision.conditions]
    return decision.verdict, decision.decided_at, decision.assessment, decision.purpose, conditions
