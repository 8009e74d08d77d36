"""May this be deployed? What the deploy job gives is read and compared with the log: one answer on every path."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from gonogo.audit.checkpoint import Checkpoint
from gonogo.audit.watermark import KnownRoot
from gonogo.documents.files import read_file
from gonogo.errors import ConfigurationError, GonogoError, IntegrityError
from gonogo.model.canonical import read_instant
from gonogo.report.view import RunView
from gonogo.report.words import count
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import Trust
from gonogo.statement.answer import FORGED, NO, UNDECIDED, USAGE, DeployAnswer, refused
from gonogo.statement.checks import CheckContext, Wanted, clock_fault, judge, other_program
from gonogo.statement.kept_checkpoints import kept_checkpoint, newest_signed, witnessed_checkpoint
from gonogo.statement.later import voiding
from gonogo.statement.log_after import WholeLog, after, check_readable, decided, decided_in, follow, opened_as
from gonogo.statement.predicate import UNLOCKED, DecisionPredicate
from gonogo.statement.saying import predicate_of
from gonogo.statement.signed_decision import SignedDecision, read_signed
from gonogo.version import BUILT
from gonogo.workflow.outcomes_before import set_back_before
from gonogo.workflow.stating import releases_of, votes_of

_HINT = "the gate writes it with `gonogo statement`; if it is missing, the gate did not run to its end"


@dataclass(frozen=True, slots=True)
class Given:
    """The files of a deploy job.

    Attributes:
        statement: The signed decision.
        trust: The trust file.
        log: Folder of the audit log; None where there is none.
        checkpoint: A checkpoint that somebody kept; None likewise.
        witness: A checkpoint that a witness cosigned; None likewise.
    """

    statement: Path
    trust: Path
    log: Path | None = None
    checkpoint: Path | None = None
    witness: Path | None = None


def may_deploy(given: Given, wanted: Wanted, *, now: datetime, built: date | None = None) -> DeployAnswer:
    """Return whether a decision may be deployed; never raises for what is wrong with what is given."""
    made = built or date.fromisoformat(BUILT)
    wrong = clock_fault(now, made)
    if wrong is not None:
        return wrong
    try:
        return _answer(given, wanted, now, made)
    except GonogoError as error:
        return _refusal(error)


def _answer(given: Given, wanted: Wanted, now: datetime, built: date) -> DeployAnswer:
    trust = read_trust(given.trust, program=wanted.program or "")
    found = read_signed(read_file(given.statement, hint=_HINT), trust, now)
    if isinstance(found, DeployAnswer):
        return found
    decision = found.decision
    if given.log is None and (given.checkpoint is not None or given.witness is not None):
        why = "A checkpoint or a witness is given without the log, and shows nothing alone."
        return refused(why, "give the log too: `--log FOLDER`", code=USAGE).having_checked(("signature",))
    strange = other_program(decision, wanted, trust)
    if strange is not None:
        return strange.having_checked(("signature",))
    _check_log_known(decision, trust)
    around = CheckContext(trust=trust, now=now, built=built)
    if given.log is not None:
        around = _with_log(given, given.log, found, around)
    return judge(decision, wanted, around)


def _check_log_known(decision: DecisionPredicate, trust: Trust) -> None:
    known = trust.log
    if known is None:
        return
    if known.id != decision.checkpoint.log or decision.checkpoint.size < known.size:
        there = f"the log {decision.checkpoint.log} with {decision.checkpoint.size} records"
        raise IntegrityError(
            f"the statement is of {there}, and the trust file knows the log {known.id} with {known.size}",
            hint="give a statement of the log that the trust file names",
        )


def _check_same_log(folder: Path, decision: DecisionPredicate) -> None:
    """Check that the log is the one that the statement is of.

    Raises:
        IntegrityError: It is another one, which continues nothing that the statement knows.
    """
    opened = opened_as(folder)
    if opened and opened != decision.checkpoint.log:
        raise IntegrityError(
            f"the statement is of the log {decision.checkpoint.log}, and {folder} is the log {opened}",
            hint=f"give the log of the program {decision.program} in which the run {decision.run} is",
        )


def _with_log(given: Given, folder: Path, signed: SignedDecision, around: CheckContext) -> CheckContext:
    decision, trust = signed.decision, around.trust
    mark = decision.checkpoint
    known = [KnownRoot(mark.size, mark.root, "the statement", mark.log)]
    if trust.log is not None:
        known.append(KnownRoot(trust.log.size, trust.log.root, "the trust file", trust.log.id))
    beside = newest_signed(folder, trust)
    passed_over = [beside.passed_over] if beside.passed_over else []
    seen = [beside.newest]
    if given.checkpoint is not None:
        seen.append(shown := kept_checkpoint(given.checkpoint, trust))
        if shown.why:
            passed_over.append(f"the log continues {shown.known.who}, which {shown.why}")
    witnessed = None if given.witness is None else witnessed_checkpoint(given.witness, trust, around.now)
    kept = [each for each in (*seen, witnessed) if each is not None]
    known += [each.known for each in kept]
    _check_same_log(folder, decision)
    followed = follow(folder, known)
    run = decided_in(followed, decision.run)
    _check_derived(decision, followed)
    check_readable(followed)
    later = after(followed, run)
    return replace(
        around,
        log=True,
        voided=voiding(decided(later, run), later),
        checkpoint=max((each.at for each in seen if each is not None and each.at is not None), default=None),
        witnessed=None if witnessed is None or witnessed.known.size < mark.size else witnessed.at,
        ends=read_instant(followed.ledger.head.ts),
        passed_over=tuple(passed_over),
    )


def _check_derived(decision: DecisionPredicate, followed: WholeLog) -> None:
    """Check that the statement says what its log says.

    Raises:
        IntegrityError: It says anything else.
    """
    history, mark = followed.history, decision.checkpoint
    run = decided_in(followed, decision.run)
    records = history.report_records(run)
    view = replace(RunView.of(records, decision.run), set_back=set_back_before(history, run))
    checkpoint = Checkpoint(mark.log, mark.size, mark.root, mark.head, mark.time)
    again = predicate_of(
        view, checkpoint, releases=releases_of(records, view), votes=votes_of(records, view), nonce=decision.nonce
    )
    if decision.not_due is None:  # of an earlier release of gonogo, which says none of this; the checks refuse it
        again = again.model_copy(update={"go_live": None, "milestone": None, "not_due": None, "set_back": None})
    if decision.lock not in (UNLOCKED, *(each.sha256 for each in history.ledger.locks.get(decision.program, ()))):
        raise IntegrityError(
            f"the statement was made under the lock {decision.lock[:16]}…, and the audit log does not hold it",
            hint="give the log that the statement names, whole",
        )
    if again != decision or mark.size <= view.last:
        raise IntegrityError(
            f"the statement does not agree with the audit log about the run {decision.run}",
            hint="keep both, and find out who signed the statement",
        )


def _refusal(error: GonogoError) -> DeployAnswer:
    code = {1: NO, 2: USAGE, 5: FORGED}.get(error.exit_code, UNDECIDED)
    sentence, hint = f"{error.sentence[0].upper()}{error.sentence[1:]}", error.hint
    if isinstance(error, ConfigurationError):
        first, *more = error.problems
        sentence, hint = f"{first.where}: {first.what}" if first.where else first.what, first.hint
        sentence += f" (and {count(len(more), 'more mistake')})" if more else ""
    ended = sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."
    return refused(ended, hint or "correct it, and run the gate again", code=code)


def host_time() -> datetime:
    """Return the machine's own time."""
    return datetime.now(UTC)
