"""Writing a checkpoint of an open log, and what the next record has to say about it or about a new segment."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from gonogo.audit.checkpoint import FOLDER, Checkpoint
from gonogo.audit.events import event
from gonogo.audit.ledger import Ledger
from gonogo.audit.signed_checkpoint import file_names, read_signed, signed
from gonogo.audit.store import Store
from gonogo.errors import IntegrityError, UsageError
from gonogo.model.canonical import digest_of_bytes, read_instant
from gonogo.model.event import AuditEvent, EventType
from gonogo.model.log_upkeep import CheckpointSigned, SegmentOpened
from gonogo.signing.envelope import verified_by

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

EACH: Final = 10_000
"""A checkpoint is written when so many records follow the last one."""


def mark(store: Store, ledger: Ledger, signer: Signer | None) -> Checkpoint:
    """Write a checkpoint over all that is in the log; call under the lock, once everything is on disk.

    The signed statement is on disk before the file that says where the log is, so that none is named and missing.

    Raises:
        OSError: It cannot be written.
        SigningFault: It cannot be signed.
        UsageError: It is signed already, with another key.
    """
    head = ledger.head
    made = Checkpoint(ledger.log, head.records, ledger.tree.root().hex(), head.hash, read_instant(head.ts))
    if signer is not None:
        statement, note = file_names(made.size)
        own = store.companions.checkpoint()
        if own is not None and own.own_signatures and own.size == made.size:  # what is not named, a crash left
            _check_not_of_another(store.companions.signed(statement), statement, signer)
        envelope, made = signed(made, signer)
        store.companions.keep_signed({statement: envelope.to_bytes(), note: made.note})
    store.companions.leave_checkpoint(made)
    return made


def _check_not_of_another(before: bytes | None, name: str, signer: Signer) -> None:
    """Check that no signature of another key would be replaced: it may be the only one that others trust."""
    if before is None or verified_by(read_signed(before, f"{FOLDER}/{name}")[0], [signer.public]):
        return
    raise UsageError(
        f"The last checkpoint of the log ({FOLDER}/{name}) is signed with another key.",
        hint="sign with that key; a new key signs from the next run on",
    )


def first_events(store: Store, ledger: Ledger, own: Checkpoint | None) -> list[AuditEvent]:
    """Return what has to be recorded before anything else: that a segment begins, or that a checkpoint was signed.

    Raises:
        IntegrityError: The checkpoint says that it was signed, and its statement is not there, or says otherwise.
    """
    head = ledger.head
    if store.segment > 1 and not store.size:
        opened = SegmentOpened(head=head.hash, records=head.records, sha256=store.digest_before())
        return [event(EventType.SEGMENT_OPENED, opened)]
    if own is None or not own.own_signatures or own.size != head.records:
        return []
    name, _ = file_names(own.size)
    data = store.companions.signed(name)
    if data is None:
        what = f"the checkpoint over {own.size} records is signed, but its statement {FOLDER}/{name} is missing"
        raise IntegrityError(what, hint="restore the file from a copy of the log's folder")
    envelope, found = read_signed(data, f"{FOLDER}/{name}")
    if found != Checkpoint(own.log, own.size, own.root, found.head, found.time) or found.head != head.hash:
        raise IntegrityError(f"{FOLDER}/{name} is about other records than the audit log has")
    keys = tuple(dict.fromkeys(each.keyid for each in envelope.signatures))
    signed = CheckpointSigned(size=own.size, root=own.root, keys=keys, sha256=digest_of_bytes(data))
    return [event(EventType.CHECKPOINT_SIGNED, signed)]
