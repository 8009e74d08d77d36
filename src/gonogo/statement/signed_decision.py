"""Reading a signed decision: who signed it, whether they may, and what it says. Nothing is believed before that."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pydantic import ValidationError

from gonogo.errors import DocumentError
from gonogo.model.verdict import Verdict
from gonogo.signing.envelope import Envelope, read_envelope, verified_by
from gonogo.signing.statement import PAYLOAD_TYPE, Statement, read_statement
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey
from gonogo.statement.answer import FORGED, USAGE, DeployAnswer, refused
from gonogo.statement.predicate import PREDICATE_NAME, PREDICATE_TYPE, DecisionPredicate
from gonogo.statement.released import subjects_of

_AGAIN = "make it with `gonogo statement` and a key that the trust file names"
_WHAT = "the statement"


@dataclass(frozen=True, slots=True)
class SignedDecision:
    """A decision that somebody signed who may.

    Attributes:
        decision: What it says.
        keys: The keys that signed it and may.
    """

    decision: DecisionPredicate
    keys: tuple[TrustKey, ...]


def may_decide(key: TrustKey) -> bool:
    """Whether a key is one that signs decisions: of the log, and not one that deposits evidence.

    A person who delivers evidence must not be able to sign what it comes to.
    """
    return key.signs_log


def read_signed(data: bytes, trust: Trust, now: datetime | None) -> SignedDecision | DeployAnswer:
    """Return the decision that a file holds, or why it cannot be believed.

    Args:
        data: The file.
        trust: Whom the program trusts.
        now: The reader's own time, at which the key counts too; None for a decision of earlier, whose key counted then.
    """
    try:
        envelope = read_envelope(data, payload_type=PAYLOAD_TYPE, what=_WHAT)
    except DocumentError as error:
        return refused(f"{_sentence(error)} It is not a signed statement.", _AGAIN, code=FORGED)
    able = [key for key in trust.keys if may_decide(key) and (now is None or key.covers(now))]
    if now is not None and not able:
        why = f"On {now:%Y-%m-%d} no key of the trust file may sign a decision: each has lapsed or not begun, or is for"
        return refused(f"{why} something else.", "renew the trust file", code=USAGE)
    signers = verified_by(envelope, [key.public for key in able])
    keys = tuple(key for key in able if key.public in signers)
    if not keys:
        return refused(_not_by(envelope, trust, now or datetime.max.replace(tzinfo=UTC)), _AGAIN, code=FORGED)
    return _read_predicate(envelope, keys)


def _read_predicate(envelope: Envelope, keys: tuple[TrustKey, ...]) -> SignedDecision | DeployAnswer:
    newer = "the statement is of a newer form than this release of gonogo reads"
    step = "install the release of gonogo that made it, or a newer one, on the machine that deploys"
    try:
        statement = read_statement(envelope.payload, what=_WHAT)
    except DocumentError as error:
        return refused(f"{_sentence(error)} {newer[0].upper()}{newer[1:]}, or is not a statement.", step, code=USAGE)
    kind = statement.predicate_type
    if kind != PREDICATE_TYPE:
        if kind.startswith(PREDICATE_NAME):
            return refused(f"{newer[0].upper()}{newer[1:]}.", step, code=USAGE)
        return refused(
            f"This statement is not a decision of gonogo; its type is `{kind[:120]}`.",
            "give the file that `gonogo statement -o` names, not the summary beside it",
            code=USAGE,
        )
    try:
        decision = DecisionPredicate.from_document(statement.predicate)
    except (ValidationError, ValueError):
        return refused(f"{newer[0].upper()}{newer[1:]}, or says what no decision says.", step, code=USAGE)
    wrong = _contradiction(decision, statement)
    if wrong:
        return refused(
            f"The statement contradicts itself: {wrong}.", "keep the file, and find out who made it", code=FORGED
        )
    early = [key for key in keys if not key.covers(decision.checkpoint.time)]
    if len(early) == len(keys):
        what = f"it was signed by `{early[0].id}`, which did not count on {decision.checkpoint.time:%Y-%m-%d}"
        return refused(f"The statement's key did not count: {what}.", _AGAIN, code=FORGED)
    return SignedDecision(decision, tuple(key for key in keys if key not in early))


def _contradiction(decision: DecisionPredicate, statement: Statement) -> str:
    if statement.subjects != subjects_of(decision.subjects):
        return "its subjects are not what it says is released"
    if decision.release not in decision.releases:
        return "its release is not one of the program's"
    if decision.checkpoint.time < decision.decided_at:
        return "its checkpoint is older than the decision"
    shape = {
        Verdict.GO: not decision.conditions and not decision.blockers,
        Verdict.CONDITIONAL_GO: bool(decision.conditions) and not decision.blockers,
        Verdict.NO_GO: bool(decision.blockers) and not decision.conditions,
    }
    return "" if shape[decision.verdict] else f"its reasons are not those of a {decision.verdict}"


def _not_by(envelope: Envelope, trust: Trust, now: datetime) -> str:
    """Say whose signature it is, if the trust file knows the key at all."""
    for key in trust.keys:
        if not verified_by(envelope, [key.public]):
            continue
        if key.kind is not KeyKind.LOG:
            return f"The statement is signed by `{key.id}`, a {key.kind} key, which may not sign decisions."
        if key.bundles:
            return f"The statement is signed by `{key.id}`, which may deposit evidence and not sign decisions."
        when = "has lapsed" if key.until < now.date() else "does not count yet"
        return f"The statement is signed by `{key.id}`, which {when} ({key.start} to {key.until})."
    return "No key of the trust file signed the statement."


def _sentence(error: DocumentError) -> str:
    return f"{error.sentence[0].upper()}{error.sentence[1:]}."
