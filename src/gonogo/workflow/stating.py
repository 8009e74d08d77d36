"""A recorded decision, signed: the statement that a deploy job asks for, and its summary for other verifiers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from gonogo.audit.log import AuditLog
from gonogo.errors import UsageError
from gonogo.model.assessment import Purpose
from gonogo.model.event import EventType, SealedRecord
from gonogo.report.view import RunView
from gonogo.signing.signer import Signer
from gonogo.signing.statement import sign_statement
from gonogo.signing.variables import COMMAND, KEY
from gonogo.statement.later import voided_by
from gonogo.statement.log_after import after, check_readable, decided, follow
from gonogo.statement.predicate import DecisionPredicate
from gonogo.statement.saying import NO_VOTES, decision_statement, predicate_of, summary_statement
from gonogo.workflow.log_keys import LogKeys
from gonogo.workflow.named_trust import named_trust
from gonogo.workflow.outcomes_before import set_back_before
from gonogo.workflow.publishing import log_folder


@dataclass(frozen=True, slots=True)
class SignedStatements:
    """A decision as others read it.

    Attributes:
        contents: What it says.
        decision: The statement of the decision, in its envelope.
        summary: The verification summary, in its envelope.
        log: Folder of the log.
    """

    contents: DecisionPredicate
    decision: bytes
    summary: bytes
    log: Path


@dataclass(frozen=True, slots=True)
class NotStated:
    """Why a decision is not stated: it has lapsed, or something later voids it.

    Attributes:
        why: One sentence.
    """

    why: str


def state(
    place: Path, wanted: str, *, signer: Signer | None, now: datetime, nonce: str | None = None
) -> SignedStatements | NotStated:
    """Make and sign the statements of a recorded decision, or say why nobody may deploy on it any more.

    Args:
        place: Folder of the program, or of the log.
        wanted: Id of the run, the beginning of it, or ``last``, the last decision.
        signer: Who signs.
        now: The host's time.
        nonce: What the asker gave.

    Raises:
        UsageError: There is no such decision, it does not say what is released, or nobody signs.
        IntegrityError: The log is broken, or its records do not give what the run came to.
        RecordFault: The log cannot be read or written, or a run in it has no end.
        SigningFault: It cannot be signed.
    """
    if signer is None:
        raise UsageError(
            "No signing key is given, and nobody believes an unsigned statement.",
            hint=f"name its file with `--signing-key FILE` or {KEY}, or a command with {COMMAND}",
        )
    folder = log_folder(place)
    named = named_trust(place)
    if named.mistake:
        raise UsageError(
            f"Nobody knows whose signature counts, so nothing is signed: {named.mistake}.",
            hint="correct the program's file; `gonogo lint` shows every mistake in it",
        )
    LogKeys(signer, named.trust, named.who).check_signer(Purpose.DECISION, now)
    with AuditLog.open(folder, signer=signer) as log:
        checkpoint = log.checkpoint()
    followed = follow(folder)
    check_readable(followed)
    run = followed.history.named(wanted, decision=True)
    records = followed.history.report_records(run)
    view = replace(RunView.of(records, run.run), set_back=set_back_before(followed.history, run))
    contents = predicate_of(
        view, checkpoint, releases=releases_of(records, view), votes=votes_of(records, view), nonce=nonce
    )
    if contents.valid_until is not None and now >= contents.valid_until:
        return NotStated(f"The decision held until {contents.valid_until:%Y-%m-%d %H:%M} UTC.")
    later = after(followed, run)
    wrong = voided_by(decided(later, run), later)
    if wrong:
        return NotStated(wrong)
    return SignedStatements(
        contents=contents,
        decision=sign_statement(decision_statement(contents), signer).to_bytes(),
        summary=sign_statement(summary_statement(contents), signer).to_bytes(),
        log=folder,
    )


def releases_of(records: list[SealedRecord], view: RunView) -> tuple[str, ...]:
    """Return the ids of all releases of the program, as its file was recorded with the run."""
    program = _material(records, view.started.program_sha256)
    return tuple(str(release["id"]) for release in program.get("releases", ())) or (view.started.release.id,)


def votes_of(records: list[SealedRecord], view: RunView) -> str:
    """Return whose votes the recorded policy asks for."""
    return str(_material(records, view.started.ruleset_sha256).get("policy", {}).get("votes", NO_VOTES))


def _material(records: list[SealedRecord], sha256: str | None) -> dict[str, Any]:
    for record in records:
        if record.type is EventType.MATERIAL_RECORDED and record.data.get("sha256") == sha256:
            found: dict[str, Any] = record.data["document"]
            return found
    return {}
