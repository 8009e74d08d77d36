"""The signature of a lock: that of a DSSE envelope around an in-toto statement; the lock file keeps it alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gonogo.governance.lock_file import NAME
from gonogo.model.lock import Lock, LockSignature
from gonogo.signing.base64_text import base64_of, read_base64
from gonogo.signing.envelope import Envelope, Signature, sign_envelope
from gonogo.signing.statement import PAYLOAD_TYPE, Statement, StatementSubject
from gonogo.signing.trust_values import KeyKind, Trust

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

PREDICATE_TYPE: Final = "https://gonogo.readthedocs.io/lock/v1"


def lock_statement(lock: Lock) -> Statement:
    """Return what is signed: the lock, about the digest of what it freezes."""
    subject = StatementSubject(name=NAME, digests={"sha256": lock.content})
    return Statement(subjects=(subject,), predicate_type=PREDICATE_TYPE, predicate=lock.document())


def sign_lock(lock: Lock, signer: Signer | None) -> LockSignature | None:
    """Return the signature of a lock; None where nobody signs.

    Raises:
        SigningFault: It cannot be signed.
    """
    if signer is None:
        return None
    made = sign_envelope(PAYLOAD_TYPE, lock_statement(lock).to_bytes(), signer).signatures[0]
    return LockSignature(key=made.keyid, signature=base64_of(made.sig))


def signature_fault(lock: Lock, signature: LockSignature | None, trust: Trust | None) -> str:
    """Return why a signature is not by a key that the trust file has for the log; empty if nothing is wrong.

    A lock that nobody signed has no wrong signature: the log vouches for it, and reports say that it is not signed.
    """
    if signature is None or trust is None or not any(key.signs_log for key in trust.keys):
        return ""
    try:
        sig = read_base64(signature.signature)
    except ValueError:
        return "is no signature"
    made = Envelope(
        payload_type=PAYLOAD_TYPE,
        payload=lock_statement(lock).to_bytes(),
        signatures=(Signature(keyid=signature.key, sig=sig),),
    )
    if trust.entitled(made, kind=KeyKind.LOG, at=lock.locked_at):
        return ""
    return "is not of a key that the trust file has for the log on that day"
