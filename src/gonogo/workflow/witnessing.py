"""A witness and a log: the request of the one, the signature of the other, and what is kept of it."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from gonogo.audit.chain import ChainFault
from gonogo.audit.checkpoint import NAME, Checkpoint, load_checkpoint
from gonogo.audit.merkle import root_of
from gonogo.audit.reading import broken, lines, steps
from gonogo.audit.signed_checkpoint import note_keys
from gonogo.audit.witness import (
    WitnessedCheckpoint,
    WitnessRequest,
    ask_witness,
    check_growth,
    read_request,
    read_seen,
    who_saw,
    witnessed,
)
from gonogo.documents.files import open_regular
from gonogo.errors import DocumentError, IntegrityError, RecordFault, UsageError
from gonogo.signing.note import read_note, signed_by
from gonogo.signing.signer import Signer
from gonogo.signing.trust_values import KeyKind, Trust
from gonogo.workflow.publishing import log_folder

MOST_BYTES: Final = 2**20
"""More than any request or kept checkpoint can have."""


def request_of(place: Path, *, since: int) -> tuple[bytes, list[str]]:
    """Return the request of a log to a witness who last saw it with ``since`` records, and what to say about it.

    Raises:
        UsageError: There is no log, or it has fewer records than that.
        IntegrityError: The log is broken, or has no checkpoint, or another one than its records give.
    """
    folder = log_folder(place)
    own = load_checkpoint(folder)
    if own is None:
        raise UsageError("the log has no checkpoint yet", hint="a run writes one: `gonogo progress` or `gonogo assess`")
    leaves = _leaves(folder, own)
    if not 0 <= since <= own.size:
        what = f"the log's checkpoint is over {own.size} records, and the witness saw {since}"
        raise UsageError(what, hint="a log never gets shorter: check that it is the same one, and restore it if not")
    note = read_note((folder / NAME).read_bytes(), what=f"{NAME} in the folder of the audit log")
    request = ask_witness(leaves, note, since=since)
    signed = "signed by the log" if note.signatures else "not signed"
    return request.to_bytes(), [
        f"log {own.log}: {own.size} records, {signed}",
        f"proof: {len(request.proof)} hashes from record {since}; nothing of what the records say is in it",
    ]


def cosigned(
    data: bytes, kept: Path, *, name: str, signer: Signer, trust: Trust | None, now: datetime | None = None
) -> list[str]:
    """Check a request against the checkpoint that is kept, keep the new one signed, and return what to say.

    Args:
        data: The request.
        kept: File of the checkpoint that this witness saw last; made where there is none.
        name: What the trust file calls the witness's key.
        signer: Signs for the witness.
        trust: Whose log it is; None where nobody says.
        now: The witness's clock; the host's by default.

    Raises:
        DocumentError: It is not a request.
        IntegrityError: The log does not continue the kept checkpoint, or is not signed by the keys of the trust file,
            or the kept file was changed.
        RecordFault: The clock is before the kept checkpoint, or the file cannot be written.
    """
    at = now or datetime.now(UTC)
    request = read_request(data)
    before = _kept(kept, name, signer)
    new = check_growth(request, before)
    by = _check_signed(request, new, trust, at)
    if before is not None and before.at is not None and before.at > at:
        what = f"this host's clock says {at:%Y-%m-%d %H:%M}Z, and it signed a checkpoint at {before.at:%Y-%m-%d %H:%M}Z"
        raise RecordFault(what, hint="set the clock; nothing was signed")
    _replace(kept, witnessed(request, name, signer, at))
    grown = "first seen now" if before is None else f"{new.size - before.size} more than when it was last seen"
    return [
        f"log {new.log}: {new.size} records, {grown}; {by}",
        f"kept and signed as {name} at {at:%Y-%m-%d %H:%M}Z: {kept}",
        "Hand a copy of that file back to those who keep the log.",
    ]


def witness_seen(place: Path, data: bytes, what: str, *, trust: Trust) -> tuple[WitnessedCheckpoint, list[str]]:
    """Return what a witness saw of a log, once it is shown to be of this log and of a key of the trust file.

    Raises:
        IntegrityError: It is none, of another log, of another past, or not signed by a witness of the trust file.
    """
    folder = log_folder(place)
    seen, who = who_saw(data, trust, what, datetime.now(UTC))
    _leaves(folder, Checkpoint(seen.log, seen.size, seen.root))
    side = f" ({who.side})" if who.side is not None else ""
    return seen, [f"{who.id}{side} saw these {seen.size} records on {_day(seen)}: the log continues them"]


def _day(seen: WitnessedCheckpoint) -> str:
    return "" if seen.at is None else f"{seen.at:%Y-%m-%d %H:%M}Z"


def _leaves(folder: Path, known: Checkpoint) -> list[bytes]:
    """Return the hashes of the records that a checkpoint is over; they give its root."""
    found: list[bytes] = []
    for step in steps(lines(folder)):
        if isinstance(step.result, ChainFault):
            raise broken(step.result)
        found.append(bytes.fromhex(step.result.hash))
        if len(found) == known.size:
            break
    if len(found) < known.size:
        raise IntegrityError(f"the audit log ends after {len(found)} records, but {known.size} were seen: it was cut")
    if root_of(found).hex() != known.root:
        raise IntegrityError(f"the first {known.size} records of the audit log are not the ones that were seen")
    return found


def _kept(kept: Path, name: str, signer: Signer) -> WitnessedCheckpoint | None:
    try:
        with open_regular(kept) as stream:
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise RecordFault(f"{kept} cannot be read: {error.strerror}") from error
    seen = read_seen(data[: MOST_BYTES + 1], [(name, signer.public)], str(kept))
    if seen.by is None:
        what = f"{kept} is not signed as {name} with this key, so nobody knows who kept it"
        raise IntegrityError(what, hint="sign with the key and the name that it was kept with")
    return seen


def _check_signed(request: WitnessRequest, new: Checkpoint, trust: Trust | None, at: datetime) -> str:
    if trust is None:
        return "nobody checked who wrote it (no --trust)"
    able = note_keys(new.log, [key.public for key in trust.trusted(KeyKind.LOG, at)])
    try:
        signers: Sequence[object] = signed_by(request.note, able)
    except DocumentError as error:
        raise IntegrityError(error.sentence, hint="nothing was signed; ask those who keep the log") from error
    if not signers:
        what = "the checkpoint is not signed by a key that the trust file has for the log today"
        raise IntegrityError(what, hint="nothing was signed; ask those who keep the log for a signed one")
    return "signed by the log"


def _replace(target: Path, data: bytes) -> None:
    """Put a file in place of another; it is on disk before anybody hears of it."""
    try:
        number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".partial")
        try:
            with os.fdopen(number, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(name, 0o644)
            os.replace(name, target)
        except BaseException:
            os.unlink(name)
            raise
    except OSError as error:
        raise RecordFault(
            f"{target} cannot be written: {error.strerror or error}", hint="nothing was signed"
        ) from error
