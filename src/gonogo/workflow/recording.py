"""The record of a run: on disk before anybody hears the verdict, and read back to be reported."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from gonogo.audit.events import event
from gonogo.audit.filesystem import file_system
from gonogo.audit.ledger import RunState
from gonogo.audit.log import AuditLog
from gonogo.core.admit import FUTURE_TOLERANCE
from gonogo.engine.durable import installed_version
from gonogo.errors import GonogoError, IsolationFault, RecordFault
from gonogo.model.assessment import Assessment, Purpose, RunEnvelope
from gonogo.model.canonical import digest, read_instant
from gonogo.model.collected import CollectorFinished, Unanswered
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.evidence import Evidence, GapReason
from gonogo.model.fact import Vocabulary
from gonogo.model.record import DecisionMade, MaterialRecorded, RunAborted, RunFinished, RunStarted
from gonogo.model.reply import Reply
from gonogo.model.seats import Seats
from gonogo.model.upgrade import UpgradeCompared
from gonogo.model.verdict import Verdict
from gonogo.version import VERSION
from gonogo.workflow.after_upgrade import compared_after_upgrade
from gonogo.workflow.code_digest import code_sha256
from gonogo.workflow.exit_codes import ExitCode, exit_code
from gonogo.workflow.loaded import LoadedProgram
from gonogo.workflow.log_keys import UNSIGNED, LogKeys
from gonogo.workflow.logs import also_holds
from gonogo.workflow.order import Order, RunResult
from gonogo.workflow.outcomes_before import decisions_before, set_back_before
from gonogo.workflow.previous_run import changes_of
from gonogo.workflow.settings_order import settings_in_order
from gonogo.workflow.whereabouts import declared_by


def unanswered_by(reply: Reply, vocabulary: Vocabulary) -> tuple[Unanswered, ...] | None:
    """Return the facts that a reply gives no value for, by reason; None where it answers all.

    A collector that could not even be loaded owes every fact of the vocabulary below its prefix.
    """
    if reply.failure is not None:
        below = f"{reply.prefix}." if reply.prefix else ""
        facts = reply.declared or tuple(fact.name for fact in vocabulary.facts if below and fact.name.startswith(below))
        return (Unanswered(facts=facts, reason=reply.failure.reason, detail=reply.failure.detail),)
    groups: dict[tuple[GapReason, str], list[str]] = {}
    answered = set()
    for item in reply.items:
        answered.add(item.fact)
        if item.gap is not None:
            groups.setdefault((item.gap, item.detail or "The collector gave no reason."), []).append(item.fact)
    silent = [fact for fact in reply.declared if fact not in answered]
    if silent:
        groups[GapReason.COLLECTOR_FAILED, "The collector did not answer for them."] = silent
    found = tuple(Unanswered(facts=tuple(f), reason=reason, detail=why) for (reason, why), f in groups.items())
    return found or None


def record(
    order: Order,
    loaded: LoadedProgram,
    replies: Sequence[Reply],
    assessment: Assessment,
    *,
    run: str,
    started: datetime,
    keys: LogKeys = UNSIGNED,
) -> RunResult:
    """Append the whole run to the audit log, durably and under a checkpoint, and return what was recorded.

    Raises:
        RecordFault: The log could not be written.
        IntegrityError: The log is broken.
    """
    folder = loaded.root / loaded.program.log
    verdict, lock = assessment.decision.verdict, assessment.decision.lock
    accepted = order.accept_conditional and verdict is Verdict.CONDITIONAL_GO
    code = exit_code(verdict, accept_conditional=accepted, lock_broken=lock is not None and lock.broken)
    envelope = RunEnvelope(
        run=run,
        version=VERSION,
        python=".".join(map(str, sys.version_info[:3])),
        started=started,
        engine_version=f"durable-rules {installed_version()}" if installed_version() else "none",
        isolation=min((reply.level for reply in replies), default=""),
        code_sha256=code_sha256(),
    )
    with AuditLog.open(folder, known=keys.known, signer=keys.signer) as log:
        keys.check_accepted(folder, log)
        _check_clock(log.head.ts, assessment.kind.purpose)
        _check_lock(log, assessment)
        known = frozenset(log.ledger.material)
        upgrade = compared_after_upgrade(log.history, envelope, assessment.kind.purpose)
        entries = run_events(
            loaded, replies, assessment, envelope, code=code, accepted=accepted, known=known, upgrade=upgrade, keys=keys
        )
        sealed = log.append(entries, checkpoint=True)
        if len(sealed) != len(entries) or not sealed:
            raise RecordFault("the audit log did not seal as many records as it was given; there is no verdict")
        history = log.history
    recorded = history.run(run)
    records = history.report_records(recorded)
    if [entry.seq for entry in records if entry.run == run] != list(sealed) or recorded.state is not RunState.FINISHED:
        raise RecordFault("the audit log does not read back as it was written; there is no verdict")
    changes, also = changes_of(history, recorded, records, loaded.kept), also_holds(history, recorded)
    decisions, older = decisions_before(history, recorded)
    back = set_back_before(history, recorded)
    return RunResult(assessment, run, records, changes, code, accepted, folder, also, decisions, older, back)


def run_events(
    loaded: LoadedProgram,
    replies: Sequence[Reply],
    assessment: Assessment,
    envelope: RunEnvelope,
    *,
    code: ExitCode,
    accepted: bool,
    known: frozenset[str] = frozenset(),
    upgrade: UpgradeCompared | None = None,
    keys: LogKeys = UNSIGNED,
) -> list[AuditEvent]:
    """Return every event of a run in the order of the telling: started, material, evidence, findings, decision."""
    run, decision = envelope.run, assessment.decision

    def entry(kind: EventType, value: object) -> AuditEvent:
        return event(kind, value, run=run)  # type: ignore[arg-type]  # every document is a Frozen of its own class

    started = RunStarted(
        kind=assessment.kind,
        program=assessment.program,
        release=assessment.release,
        now=assessment.now,
        milestone=assessment.milestone,
        hold_point=assessment.hold_point,
        ruleset=assessment.ruleset,
        ruleset_sha256=assessment.ruleset_sha256,
        vocabulary_sha256=assessment.vocabulary_sha256,
        envelope=envelope,
        file_system=file_system(loaded.root / loaded.program.log),
        program_sha256=loaded.program.digest(),
        people_sha256=loaded.people.digest(),
        origin=loaded.origin,
        signed_by=keys.signer.public.keyid if keys.signer is not None else None,
        trust_sha256=keys.trust.digest() if keys.trust is not None else None,
        who=declared_by(os.environ),
        lock_sha256=decision.lock.sha256 if decision.lock is not None else None,
    )
    material = _material(loaded, assessment)
    answers = sorted(assessment.evidence, key=lambda answer: answer.fact)
    return [
        entry(EventType.RUN_STARTED, started),
        *([entry(EventType.UPGRADE_COMPARED, upgrade)] if upgrade is not None else []),
        *(entry(EventType.MATERIAL_RECORDED, each) for each in material if each.sha256 not in known),
        *(entry(EventType.COLLECTOR_FINISHED, _finished(reply, loaded.vocabulary)) for reply in replies),
        *(
            entry(EventType.EVIDENCE_ADMITTED if isinstance(answer, Evidence) else EventType.GAP_RECORDED, answer)
            for answer in answers
        ),
        *(entry(EventType.CRITERION_JUDGED, finding) for finding in assessment.findings),
        *(
            entry(EventType.ACCEPTANCE_COUNTED if review.counted else EventType.ACCEPTANCE_REFUSED, review)
            for review in decision.acceptances or ()
        ),
        entry(
            EventType.DECISION_MADE,
            DecisionMade(
                decision=decision,
                digest=assessment.sha256,
                waivers=assessment.waivers,
                plans=assessment.plans,
                acceptances=assessment.acceptances,
            ),
        ),
        entry(
            EventType.RUN_FINISHED,
            RunFinished(
                verdict=decision.verdict, exit_code=code, digest=assessment.sha256, accepted_conditional=accepted
            ),
        ),
    ]


def record_abort(loaded: LoadedProgram, error: BaseException, *, run: str, keys: LogKeys = UNSIGNED) -> None:
    """Record that a run ended without a verdict, where that is possible; ``error`` is what people read.

    A mistake in what somebody wrote is not recorded: nothing had begun. Where nothing can be isolated, no log can be
    written either.
    """
    if isinstance(error, IsolationFault) or (isinstance(error, GonogoError) and error.exit_code == ExitCode.USAGE):
        return
    if isinstance(error, KeyboardInterrupt):
        why = "It was interrupted."
    else:
        why = error.sentence if isinstance(error, GonogoError) else f"A defect of gonogo: {type(error).__name__}."
    with contextlib.suppress(GonogoError), AuditLog.open(loaded.root / loaded.program.log, known=keys.known) as log:
        log.append([event(EventType.RUN_ABORTED, RunAborted(why=" ".join(why.split())), run=run)])


def _check_clock(last: str, purpose: Purpose) -> None:
    """Check that the clock by which a decision is taken was not set back: old evidence would look young.

    Args:
        last: Time of the last record in canonical text; empty for an empty log.
        purpose: What kind of run it is.

    Raises:
        RecordFault: The log has a record from a time that is still to come.
    """
    if purpose is not Purpose.DECISION or not last:
        return
    written = read_instant(last)
    if written > datetime.now(UTC) + FUTURE_TOLERANCE:
        raise RecordFault(
            f"the host's clock is behind the audit log, whose last record is of {written:%Y-%m-%d %H:%M} UTC",
            hint="a clock that was set back cannot date a decision: correct it, and run again",
        )


def _check_lock(log: AuditLog, assessment: Assessment) -> None:
    """Check that the lock is the one by which the run was judged.

    Raises:
        RecordFault: A lock was made or changed while the run was under way.
    """
    marks = log.ledger.locks.get(assessment.program.id, ())
    judged_by = assessment.decision.lock.sha256 if assessment.decision.lock is not None else None
    if judged_by != (marks[-1].sha256 if marks else None):
        raise RecordFault("the lock was changed while the run was under way", hint="run it again")


def _material(loaded: LoadedProgram, assessment: Assessment) -> list[MaterialRecorded]:
    program = loaded.program.document()
    return [
        MaterialRecorded(
            kind="ruleset",
            name=assessment.ruleset,
            sha256=assessment.ruleset_sha256,
            document=loaded.ruleset.document(),
        ),
        MaterialRecorded(
            kind="vocabulary",
            name=assessment.ruleset,
            sha256=assessment.vocabulary_sha256,
            document=loaded.vocabulary.document(),
        ),
        MaterialRecorded(
            kind="program",
            name=assessment.program.id,
            sha256=digest(program),
            document=program,
            settings=settings_in_order(loaded.program),
        ),
        MaterialRecorded(
            kind="people",
            name=assessment.program.id,
            sha256=loaded.people.digest(),
            document=Seats.of(loaded.people).document(),
        ),
    ]


def _finished(reply: Reply, vocabulary: Vocabulary) -> CollectorFinished:
    return CollectorFinished(
        binding=reply.binding,
        collector=reply.collector,
        distribution=reply.distribution,
        level=reply.level,
        enforced=reply.enforced,
        unenforced=reply.unenforced,
        declared=len(reply.declared),
        answered=sum(item.gap is None for item in reply.items),
        inputs=reply.inputs,
        failure=reply.failure,
        unanswered=unanswered_by(reply, vocabulary),
        beside=reply.beside,
        left_out=reply.left_out,
        deposited=reply.deposited,
        understated=reply.understated,
    )
