"""Whether a record lies under a signed checkpoint: above it, only who may write the log vouches for it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gonogo.audit.verification import verify_log
from gonogo.errors import IntegrityError
from gonogo.workflow.named_trust import named_trust


@dataclass(frozen=True, slots=True)
class NoteStanding:
    """Where a record lies.

    Attributes:
        sentence: For people.
        doubtful: Whether the log is signed and the record is not.
    """

    sentence: str
    doubtful: bool = False


def note_standing(place: Path, folder: Path, seq: int) -> NoteStanding:
    """Say whether a record lies under the last signed checkpoint of its log.

    Args:
        place: Folder of the program, or of the log.
        folder: Folder of the log.
        seq: Number of the record.

    Raises:
        IntegrityError: The log is not sound.
        ConfigurationError: The trust file is missing or has mistakes.
    """
    named = named_trust(place)
    verified = verify_log(folder, trust=named.trust, who=named.who)
    if not verified.sound:
        why = verified.faults[0] if verified.faults else "its chain is broken"
        raise IntegrityError(f"the log is not sound: {why}", hint="`gonogo log verify` says more")
    signed, own = verified.signed, verified.checkpoint
    if signed is None:
        under = own is not None and seq < own.size
        where = f"under the checkpoint over {own.size} records" if own and under else "above the last checkpoint"
        who = "anyone who may write the log can have added it"
        return NoteStanding(f"Record {seq} lies {where}; no checkpoint of this log is signed: {who}.")
    if seq >= signed.size:
        last = f"Record {seq} lies above the last signed checkpoint, which is over {signed.size} records"
        return NoteStanding(f"{last}: anyone who may write the log can have added it.", doubtful=True)
    by = f"signed by {signed.key}"
    if not signed.checked:
        by = f"which says that {signed.key} signed it; nobody checked that here"
    return NoteStanding(f"Record {seq} lies under the checkpoint over {signed.size} records, {by}.")
