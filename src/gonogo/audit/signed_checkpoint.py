"""A checkpoint, signed: an in-toto statement in DSSE, and a C2SP note.

``checkpoints/<size>.dsse.json`` and ``checkpoints/<size>.note`` hold every one that was ever signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from gonogo.audit.checkpoint import ORIGIN, Checkpoint, read_checkpoint
from gonogo.errors import DocumentError, IntegrityError
from gonogo.model.canonical import instant_text, read_instant
from gonogo.signing.envelope import Envelope, read_envelope
from gonogo.signing.keys import PublicKey
from gonogo.signing.note import NoteKey, note_key, sign_note
from gonogo.signing.statement import PAYLOAD_TYPE, Statement, StatementSubject, read_statement, sign_statement

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

PREDICATE: Final = "https://gonogo.readthedocs.io/checkpoint/v1"
"""The predicate type of a statement about a log: ``log``, ``size``, ``root``, ``head`` and ``time``."""
_HEAD: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_KEYS: Final = ("head", "log", "root", "size", "time")


def file_names(size: int) -> tuple[str, str]:
    """Return the names of the statement and the note of a checkpoint in the folder of the signed ones."""
    return f"{size}.dsse.json", f"{size}.note"


def statement_of(checkpoint: Checkpoint) -> Statement:
    """Return what is signed: the log by its origin, its root, and the rest beside them."""
    assert checkpoint.time is not None
    return Statement(
        subjects=(StatementSubject(name=checkpoint.origin, digests={"sha256": checkpoint.root}),),
        predicate_type=PREDICATE,
        predicate={
            "log": checkpoint.log,
            "size": checkpoint.size,
            "root": checkpoint.root,
            "head": checkpoint.head,
            "time": instant_text(checkpoint.time),
        },
    )


def signed(checkpoint: Checkpoint, signer: Signer) -> tuple[Envelope, Checkpoint]:
    """Return the signed statement of a checkpoint, and the checkpoint with a signature on its note.

    Raises:
        SigningFault: It cannot be signed.
    """
    line = sign_note(checkpoint.body, checkpoint.origin, signer)
    return sign_statement(statement_of(checkpoint), signer), replace(checkpoint, signatures=(line,))


def read_signed(data: bytes, where: str) -> tuple[Envelope, Checkpoint]:
    """Return the envelope and the checkpoint that it states; its signatures are still to be checked.

    Raises:
        IntegrityError: It is no signed checkpoint of a log of gonogo.
    """
    try:
        envelope = read_envelope(data, payload_type=PAYLOAD_TYPE, what=where)
        statement = read_statement(envelope.payload, predicate_type=PREDICATE, what=where)
        predicate = statement.predicate
        if tuple(sorted(predicate)) != _KEYS:
            raise DocumentError(f"{where} is not a checkpoint")
        checkpoint = Checkpoint(
            predicate["log"], predicate["size"], predicate["root"], predicate["head"], read_instant(predicate["time"])
        )
        if read_checkpoint(checkpoint.note, where) != replace(checkpoint, head="", time=None) or not _HEAD.fullmatch(
            checkpoint.head
        ):
            raise DocumentError(f"{where} is not a checkpoint")
        if statement_of(checkpoint) != statement:
            raise DocumentError(f"{where} names another subject than the log that it is about")
    except (DocumentError, ValueError, TypeError, AttributeError) as error:
        why = error.sentence if isinstance(error, DocumentError) else f"{where} is not a checkpoint"
        raise IntegrityError(why, hint="restore the file from a copy") from error
    return envelope, checkpoint


def note_keys(log: str, keys: Iterable[PublicKey]) -> list[NoteKey]:
    """Return keys under the name that a log signs its notes by."""
    return [note_key(ORIGIN + log, key) for key in keys]
