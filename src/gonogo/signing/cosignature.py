"""C2SP cosignatures: a witness says when it saw a checkpoint that continues earlier ones (c2sp.org/tlog-cosignature).

The specification knows Ed25519 here and no P-256; a witness with a key on P-256 signs the checkpoint in an envelope.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from gonogo.errors import DocumentError, UsageError
from gonogo.model.base import Frozen, Instant
from gonogo.signing.keys import Algorithm, PublicKey
from gonogo.signing.note import Note, NoteKey, NoteSignature, NoteType, checked_text, lines_of, note_key

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

_LATEST: Final = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp())


class Cosignature(Frozen):
    """That a witness saw a checkpoint.

    Attributes:
        key: The witness's key.
        at: When, by the witness's clock, in whole seconds.
    """

    key: NoteKey
    at: Instant


def cosigner_key(name: str, public: PublicKey) -> NoteKey:
    """Return the key that cosigns under a name.

    Raises:
        UsageError: The name cannot be used, or the key is not Ed25519.
    """
    if public.algorithm is not Algorithm.ED25519:
        raise UsageError(
            f"{name[:80]}: a cosignature below a note is Ed25519, and this key is {public.algorithm}",
            hint="cosign in an envelope instead, or with an Ed25519 key",
        )
    return note_key(name, public).model_copy(update={"type": NoteType.COSIGNATURE})


def cosign(text: str, name: str, signer: Signer, at: datetime) -> NoteSignature:
    """Sign that a checkpoint was seen at a moment.

    Raises:
        UsageError: The name cannot be used, or the key is not Ed25519.
        DocumentError: A note cannot have this text.
        SigningFault: It cannot be signed.
    """
    key, second = cosigner_key(name, signer.public), int(at.timestamp())
    return NoteSignature(
        name=name, keyid=key.keyid, sig=second.to_bytes(8) + signer.sign(_message(checked_text(text), second))
    )


def cosigned_by(note: Note, keys: Iterable[NoteKey]) -> tuple[Cosignature, ...]:
    """Return when each of these keys cosigned a checkpoint last; in the order of the keys, those that did.

    Raises:
        DocumentError: A line of one of these keys does not fit the text.
        SigningFault: This host refuses Ed25519, so that nobody knows.
    """
    found = []
    for key in dict.fromkeys(keys):
        seconds = [_second(note, key, each) for each in lines_of(note, key)]
        if seconds:
            found.append(Cosignature(key=key, at=datetime.fromtimestamp(max(seconds), UTC)))
    return tuple(found)


def _second(note: Note, key: NoteKey, line: NoteSignature) -> int:
    second = int.from_bytes(line.sig[:8])
    fits = len(line.sig) == 72 and second <= _LATEST
    if not fits or not key.public.verify(line.sig[8:], _message(note.text, second)):
        raise DocumentError(f"the cosignature of {key.name} does not fit the text of the note")
    return second


def _message(text: str, second: int) -> bytes:
    return f"cosignature/v1\ntime {second}\n{text}".encode()
