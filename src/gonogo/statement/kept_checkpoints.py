"""Checkpoints that are kept beside a log or elsewhere, or that a witness cosigned: what each knows of the log."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from gonogo.audit.checkpoint import FOLDER, Checkpoint, read_checkpoint, read_plain
from gonogo.audit.signed_checkpoint import file_names, read_signed
from gonogo.audit.watermark import KnownRoot
from gonogo.audit.witness import who_saw
from gonogo.documents.files import read_file, shown
from gonogo.errors import IntegrityError
from gonogo.signing.envelope import verified_by
from gonogo.signing.trust_values import KeyKind, Trust

_LARGEST: Final = 2**20
_END: Final = file_names(0)[0].removeprefix("0")


@dataclass(frozen=True, slots=True)
class KeptCheckpoint:
    """What somebody knows of a log.

    Attributes:
        known: Its size and root, and who knows them.
        at: When the log was so, or when a witness saw it; None where no signature that counts says it.
        why: Why its signature does not count, to follow its name; empty where it does.
    """

    known: KnownRoot
    at: datetime | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class SignedOnes:
    """The signed checkpoints that are kept beside a log.

    Attributes:
        newest: The newest that a key of the trust file signed; None where there is none.
        passed_over: Those that are newer and do not count, in one sentence; empty where there are none.
    """

    newest: KeptCheckpoint | None = None
    passed_over: str = ""


def newest_signed(folder: Path, trust: Trust) -> SignedOnes:
    """Return the newest checkpoint beside a log that a key of the trust file signed, and what is newer.

    Raises:
        IntegrityError: A file there is not a signed checkpoint.
        RecordFault: It cannot be read.
    """
    place = folder / FOLDER
    found = [entry.name for entry in place.iterdir() if entry.name.endswith(_END)] if place.is_dir() else []
    sizes = sorted((int(stem) for name in found if (stem := name.removesuffix(_END)).isdecimal()), reverse=True)
    passed: list[KeptCheckpoint] = []
    for size in sizes:
        name, _ = file_names(size)
        data = read_plain(name, place, largest=_LARGEST)
        kept = None if data is None else _of_envelope(data, f"{FOLDER}/{name}", trust, KeyKind.LOG)
        if kept is not None and kept.at is not None:
            return SignedOnes(kept, _passed_over(passed))
        passed += [] if kept is None else [kept]
    return SignedOnes(None, _passed_over(passed))


def _passed_over(passed: list[KeptCheckpoint]) -> str:
    if not passed:
        return ""
    one = len(passed) == 1
    many = "1 signed checkpoint" if one else f"{len(passed)} signed checkpoints"
    first = "it" if one else f"the newest, over {passed[0].known.size} records,"
    return f"{many} beside the log {'does' if one else 'do'} not count: {first} {passed[0].why}"


def kept_checkpoint(path: Path, trust: Trust) -> KeptCheckpoint:
    """Return a checkpoint that somebody kept, as a note or in an envelope.

    A checkpoint without a signature that counts can only take away: the log must continue it, and it proves no time.

    Raises:
        ConfigurationError: There is no such file.
        IntegrityError: It is not a checkpoint.
    """
    data, what = read_file(path), shown(path)
    if data.startswith(b"{"):
        return _of_envelope(data, what, trust, KeyKind.LOG)
    why = "is a note, which says no time"
    return KeptCheckpoint(_known(read_checkpoint(data, what), f"the checkpoint {what}"), None, why)


def witnessed_checkpoint(path: Path, trust: Trust, now: datetime) -> KeptCheckpoint:
    """Return a checkpoint that a witness cosigned, and when: on its note, or in an envelope of its own.

    Raises:
        ConfigurationError: There is no such file.
        IntegrityError: It is not a checkpoint, a cosignature does not fit, or no witness of the trust file signed it.
    """
    what = shown(path)
    seen, key = who_saw(read_file(path), trust, what, now)
    if not key.covers(now):
        raise IntegrityError(
            f"the witness {key.id} who signed {what} does not count today",
            hint="name the witness's key in the trust file",
        )
    return KeptCheckpoint(KnownRoot(seen.size, seen.root, f"the witness's checkpoint {what}", seen.log), seen.at)


def _of_envelope(data: bytes, what: str, trust: Trust, kind: KeyKind) -> KeptCheckpoint:
    envelope, found = read_signed(data, what)
    assert found.time is not None
    known = _known(found, f"the checkpoint {what}")
    if trust.entitled(envelope, kind=kind, at=found.time):
        return KeptCheckpoint(known, found.time)
    signed = verified_by(envelope, [key.public for key in trust.keys])
    named = next((key for key in trust.keys if key.public in signed), None)
    if named is None:
        return KeptCheckpoint(known, None, "is not signed by a key of the trust file")
    day = f"{found.time:%Y-%m-%d}"
    days = "" if named.covers(found.time) else f" and counts from {named.start} to {named.until}"
    return KeptCheckpoint(
        known, None, f"is of {day} and signed by {named.id}, which is no key of the log for that day{days}"
    )


def _known(checkpoint: Checkpoint, who: str) -> KnownRoot:
    return KnownRoot(checkpoint.size, checkpoint.root, who, checkpoint.log)
