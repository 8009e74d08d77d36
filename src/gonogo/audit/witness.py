"""Witnessing: another organization confirms that a log only grew, without reading it (c2sp.org/tlog-witness).

The log asks: *This is my checkpoint, and these hashes show that it continues the one that you saw.* The witness checks
that against the checkpoint that it kept, keeps the new one, and signs it with the time at which it saw it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from gonogo.audit.checkpoint import ORIGIN, Checkpoint, read_checkpoint
from gonogo.audit.merkle import consistency_proof, continues
from gonogo.errors import DocumentError, IntegrityError
from gonogo.model.canonical import instant_text, read_instant
from gonogo.signing.base64_text import base64_of, read_base64
from gonogo.signing.cosignature import cosign, cosigned_by, cosigner_key
from gonogo.signing.envelope import read_envelope, verified_by
from gonogo.signing.keys import Algorithm, PublicKey
from gonogo.signing.note import Note, read_note
from gonogo.signing.statement import PAYLOAD_TYPE, Statement, StatementSubject, read_statement, sign_statement
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

PREDICATE: Final = "https://gonogo.readthedocs.io/witness/v1"
"""Names the form of what a witness with a key on P-256 says: ``log``, ``size``, ``root``, and when, ``time``."""
MOST_HASHES: Final = 63
FUTURE_TOLERANCE: Final = timedelta(seconds=30)
"""How far two clocks may differ."""
_OLD: Final = "old "
_KEYS: Final = ("log", "root", "size", "time")
_HINT: Final = "`gonogo log witness request` writes one"
_KEEP: Final = "nothing was signed; keep both files, and ask those who keep the log"


@dataclass(frozen=True, slots=True)
class WitnessRequest:
    """What a log hands to its witness: nothing of it says what the records are about.

    Attributes:
        old: How many records the witness knows already; 0 if none.
        proof: Hashes that lead from there to the checkpoint.
        note: The checkpoint, with the log's signature where it has one.
    """

    old: int
    proof: tuple[bytes, ...]
    note: Note

    @property
    def checkpoint(self) -> Checkpoint:
        """The checkpoint of the note.

        Raises:
            IntegrityError: It is none of a log of gonogo.
        """
        return read_checkpoint(self.note.to_bytes(), "the request to the witness")

    def to_bytes(self) -> bytes:
        """Return the request as its file holds it."""
        lines = [f"{_OLD}{self.old}\n", *(f"{base64_of(step)}\n" for step in self.proof), "\n"]
        return "".join(lines).encode() + self.note.to_bytes()


@dataclass(frozen=True, slots=True)
class WitnessedCheckpoint:
    """A checkpoint that a witness keeps.

    Attributes:
        log: Id of the log.
        size: How many records it had.
        root: Root over them, 64 hexadecimal digits.
        at: When the witness saw it, by its own clock; None where no key that is known signed that.
        by: The key that signed it; None likewise.
    """

    log: str
    size: int
    root: str
    at: datetime | None = None
    by: PublicKey | None = None


def ask_witness(leaves: list[bytes], note: Note, *, since: int) -> WitnessRequest:
    """Return the request to a witness who saw the log when it had ``since`` records.

    Args:
        leaves: Hashes of all records that the note's checkpoint is over, in order.
        note: The checkpoint.
        since: 0 if the witness has not seen it yet.

    Raises:
        ValueError: ``since`` is larger than the log.
    """
    proof = consistency_proof(leaves, since, len(leaves)) if since else []
    return WitnessRequest(since, tuple(proof), note)


def read_request(data: bytes, what: str = "the request to the witness") -> WitnessRequest:
    """Read a request; neither its signature nor its proof is checked yet.

    Raises:
        DocumentError: It is none.
    """
    head, blank, rest = data.partition(b"\n\n")
    first, *steps = head.decode("ascii", "replace").split("\n")
    number = first.removeprefix(_OLD)
    if not blank or not first.startswith(_OLD) or not (number == "0" or (number.isdigit() and number[0] != "0")):
        raise DocumentError(f"{what} does not begin with `{_OLD}` and a number of records", hint=_HINT)
    if len(number) > 16 or len(steps) > MOST_HASHES:
        raise DocumentError(f"{what} has more hashes or a larger number than a log can need", hint=_HINT)
    try:
        proof = tuple(read_base64(step) for step in steps)
    except ValueError:
        proof = (b"",)
    if any(len(step) != 32 for step in proof):
        raise DocumentError(f"{what} has a line above its checkpoint that is no hash", hint=_HINT)
    return WitnessRequest(int(number), proof, read_note(rest, what=what))


def check_growth(request: WitnessRequest, kept: WitnessedCheckpoint | None) -> Checkpoint:
    """Return the checkpoint of a request, once it is shown to continue the one that was kept.

    Raises:
        IntegrityError: It is of another log, shorter, or does not continue it; or begins elsewhere.
    """
    new = request.checkpoint
    if kept is None:
        if request.old:
            what = f"the request continues a checkpoint over {request.old} records, but none is kept here"
            raise IntegrityError(
                what, hint="restore the file of the kept checkpoint, or ask for a request with --since 0"
            )
        return new
    if new.log != kept.log:
        raise IntegrityError(
            f"the request is about the log {new.log}, but the kept checkpoint is about {kept.log}", hint=_KEEP
        )
    if new.size < kept.size:
        what = f"the log has {new.size} records now, but had {kept.size} when it was last seen: it was cut"
        raise IntegrityError(what, hint=_KEEP)
    if request.old != kept.size:
        what = f"the request continues a checkpoint over {request.old} records, but the kept one is over {kept.size}"
        raise IntegrityError(what, hint=f"ask for one with --since {kept.size}")
    roots = bytes.fromhex(kept.root), bytes.fromhex(new.root)
    if not continues(kept.size, roots[0], new.size, roots[1], request.proof):
        what = f"the log is not a continuation of the one that had {kept.size} records when it was last seen"
        raise IntegrityError(f"{what}: its past was changed", hint=_KEEP)
    return new


def witnessed(request: WitnessRequest, name: str, signer: Signer, at: datetime) -> bytes:
    """Return what the witness keeps and hands back: its signature on the checkpoint, with the time.

    Ed25519 gives the note with one more line; a key on P-256, for which C2SP has none, a statement in an envelope.

    Raises:
        SigningFault: It cannot be signed.
    """
    if signer.public.algorithm is Algorithm.ED25519:
        return request.note.with_signature(cosign(request.note.text, name, signer, at)).to_bytes()
    new = request.checkpoint
    statement = Statement(
        subjects=(StatementSubject(name=new.origin, digests={"sha256": new.root}),),
        predicate_type=PREDICATE,
        predicate={"log": new.log, "size": new.size, "root": new.root, "time": instant_text(at)},
    )
    return sign_statement(statement, signer).to_bytes() + b"\n"


def read_seen(data: bytes, keys: Iterable[tuple[str, PublicKey]], what: str) -> WitnessedCheckpoint:
    """Read what a witness kept, and who of the given signed it and when.

    Args:
        data: Bytes of the file.
        keys: Name and key of each witness who may have signed it.
        what: Names the file in sentences.

    Raises:
        IntegrityError: It is no checkpoint of a log of gonogo, or the signature of one of the keys does not fit it.
    """
    try:
        return (
            _statement(data, [key for _, key in keys], what) if data.lstrip()[:1] == b"{" else _note(data, keys, what)
        )
    except (DocumentError, ValueError, TypeError) as error:
        why = (
            error.sentence if isinstance(error, DocumentError) else f"{what} is not a checkpoint that a witness signed"
        )
        raise IntegrityError(why, hint="restore the file from a copy") from error


def who_saw(data: bytes, trust: Trust, what: str, now: datetime) -> tuple[WitnessedCheckpoint, TrustKey]:
    """Return what a witness of the trust file saw, and its key there. In a note it may sign under any name.

    Args:
        data: What it keeps.
        trust: Names the witnesses.
        what: Names the file in sentences.
        now: Host time: nobody has seen a log later than that.

    Raises:
        IntegrityError: It is no checkpoint, a signature does not fit it, or none is of a witness on its days.
    """
    witnesses = [key for key in trust.keys if key.kind is KeyKind.WITNESS]
    seen = read_seen(data, [(name, key.public) for key in witnesses for name in _names(data, what)], what)
    for key in witnesses:
        if seen.at is not None and key.public == seen.by and key.covers(seen.at):
            if seen.at > now + FUTURE_TOLERANCE:
                why = f"{what} says that it was signed at {seen.at:%Y-%m-%d %H:%M}Z, which is still to come"
                raise IntegrityError(why, hint="check the clock of this machine and that of the witness")
            return seen, key
    hint = "the trust file names each witness, its key and the days on which it counts"
    raise IntegrityError(
        f"{what} has no signature of a witness in the trust file on the days on which it counts", hint=hint
    )


def _names(data: bytes, what: str) -> list[str]:
    """Return the names that sign a note, the log's own left out; one for an envelope, in which a key has no name."""
    if data.lstrip()[:1] == b"{":
        return ["witness"]
    try:
        found = {line.name for line in read_note(data, what=what).signatures if not line.name.startswith(ORIGIN)}
    except DocumentError as error:
        raise IntegrityError(error.sentence, hint="restore the file from a copy") from error
    return sorted(found)


def _note(data: bytes, keys: Iterable[tuple[str, PublicKey]], what: str) -> WitnessedCheckpoint:
    checkpoint = read_checkpoint(data, what)
    able = [cosigner_key(name, key) for name, key in keys if key.algorithm is Algorithm.ED25519]
    latest = max(cosigned_by(read_note(data, what=what), able), key=lambda each: each.at, default=None)
    if latest is None:
        return WitnessedCheckpoint(checkpoint.log, checkpoint.size, checkpoint.root)
    return WitnessedCheckpoint(checkpoint.log, checkpoint.size, checkpoint.root, latest.at, latest.key.public)


def _statement(data: bytes, keys: list[PublicKey], what: str) -> WitnessedCheckpoint:
    envelope = read_envelope(data, payload_type=PAYLOAD_TYPE, what=what)
    predicate: dict[str, Any] = read_statement(envelope.payload, predicate_type=PREDICATE, what=what).predicate
    if tuple(sorted(predicate)) != _KEYS:
        raise DocumentError(f"{what} does not say which checkpoint a witness saw")
    checkpoint = Checkpoint(predicate["log"], predicate["size"], predicate["root"])
    read_checkpoint(checkpoint.note, what)
    signers = verified_by(envelope, keys)
    return WitnessedCheckpoint(
        checkpoint.log,
        checkpoint.size,
        checkpoint.root,
        *((read_instant(predicate["time"]), signers[0]) if signers else ()),
    )
