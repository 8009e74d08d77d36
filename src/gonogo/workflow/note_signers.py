"""Who signed a note that somebody kept: a note says no time, and the log that it is about dates it."""

from __future__ import annotations

from datetime import UTC, datetime

from gonogo.audit.signed_checkpoint import note_keys
from gonogo.errors import IntegrityError
from gonogo.signing.note import Note, signed_by
from gonogo.signing.trust_values import Trust, TrustKey


def note_signer(note: Note, log: str, trust: Trust, who: str, name: str, at: datetime | None) -> str:
    """Return by whom a checkpoint is signed, to follow what it is over in a sentence.

    The root covers the last record and its time, so a signature of the root is one of that time too. A key counts if it
    was in force then. That is the rule for a statement, which gives the time itself.

    Args:
        note: The checkpoint.
        log: Id of the log.
        trust: Whose signatures count.
        who: The trust file, as sentences name it.
        name: The file of the note, likewise.
        at: Time of the last record under this root; None where the log has other records, or fewer.

    Raises:
        IntegrityError: No key of the trust file for the log signed it, or none that was in force then.
        DocumentError: The signature of one of these keys does not fit the note.
    """
    signers = _signers(note, log, trust)
    if not signers:
        raise IntegrityError(f"{name} is not signed by a key that {who} has for the log")
    if at is None:
        return f", with a signature of {signers[0].id} that does not count: this log does not show of which day it is"
    day = f"{at.astimezone(UTC):%Y-%m-%d}"
    for key in signers:
        if key.covers(at):
            return f", signed by {key.id}, which was in force on the day of the last of them ({day})"
    one = signers[0]
    raise IntegrityError(
        f"{name} is signed by {one.id}, which counts from {one.start} to {one.until}, but its last record is of {day}"
    )


def _signers(note: Note, log: str, trust: Trust) -> list[TrustKey]:
    keys = [key for key in trust.keys if key.signs_log]
    signed = {each.public for each in signed_by(note, note_keys(log, [key.public for key in keys]))}
    return [key for key in keys if key.public in signed]
