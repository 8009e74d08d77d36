"""Does a trust file accept the last signed checkpoint of a log? A log that lost its signatures is not accepted."""

from __future__ import annotations

from pathlib import Path

from gonogo.audit.chain import ChainHead
from gonogo.audit.checkpoint import FOLDER, Checkpoint, read_plain
from gonogo.audit.ledger import Ledger
from gonogo.audit.signed_checkpoint import file_names, read_signed
from gonogo.errors import GonogoError, IntegrityError
from gonogo.model.canonical import digest_of_bytes, read_instant
from gonogo.signing.trust_values import KeyKind, Trust, TrustKey

_PUT_BACK = "restore the folder of the log from a copy"


def last_signed(ledger: Ledger, own: Checkpoint | None) -> tuple[int, str]:
    """Return over how many records the last signed checkpoint is, and the digest of its statement if a record has it.

    ``(0, "")`` where none was ever signed.
    """
    size, sha256 = ledger.signed or (0, "")
    if own is not None and own.own_signatures and own.size > size:
        return own.size, ""
    return size, sha256


def accepted_checkpoint(
    folder: Path, ledger: Ledger, own: Checkpoint | None, trust: Trust, who: str, *, own_ts: str = ""
) -> tuple[Checkpoint, TrustKey] | None:
    """Return the last signed checkpoint of a log and a key of the trust file that signed it; None where none is signed.

    Args:
        folder: Folder of the log.
        ledger: What the log says of itself.
        own: The checkpoint beside it.
        trust: Whose signatures count.
        who: The trust file, as sentences name it.
        own_ts: Time of the last record under the checkpoint beside it; empty where that is not known.

    Raises:
        IntegrityError: Its statement is missing, was changed or is about other records, or no trusted key signed it.
        RecordFault: It cannot be read.
    """
    size, sha256 = last_signed(ledger, own)
    if not size:
        return None
    name = f"{FOLDER}/{file_names(size)[0]}"
    data = read_plain(name, folder, largest=2**20)
    if data is None:
        what = f"the checkpoint over {size} records was signed, but its statement {name} is missing"
        raise IntegrityError(what, hint=_PUT_BACK)
    if sha256 and digest_of_bytes(data) != sha256:
        raise IntegrityError(f"{name} is not the statement that the audit log recorded", hint=_PUT_BACK)
    envelope, found = read_signed(data, name)
    if found.log != ledger.log or found.size != size or (not sha256 and own is not None and found.root != own.root):
        raise IntegrityError(f"{name} is about other records than the audit log has", hint=_PUT_BACK)
    assert found.time is not None
    if own_ts and own is not None and own.size == size and read_instant(own_ts) != found.time:
        what = f"{name} gives another time than its last record has: it was not taken then"
        raise IntegrityError(what, hint=_PUT_BACK)
    keys = trust.entitled(envelope, kind=KeyKind.LOG, at=found.time)
    if not keys:
        what = f"the last signed checkpoint ({name}) is not signed by a key that {who} has for the log on that day"
        hint = (
            "restore the log from a copy; if the key was replaced, keep the old one in the trust file with its last day"
        )
        raise IntegrityError(what, hint=hint)
    return found, keys[0]


def is_signed_mark(folder: Path, own: Checkpoint, head: ChainHead, trust: Trust) -> bool:
    """Return whether a key of the trust file signed that a log had this checkpoint and this head together.

    It does not say what is wrong with the statement: the caller then reads the whole log, and checks the signature.
    """
    if not own.own_signatures:
        return False
    name = f"{FOLDER}/{file_names(own.size)[0]}"
    try:
        data = read_plain(name, folder, largest=2**20)
        if data is None:
            return False
        envelope, found = read_signed(data, name)
    except GonogoError:
        return False
    stated = found.log, found.size, found.root, found.head, found.time
    if stated != (own.log, own.size, own.root, head.hash, read_instant(head.ts)) or found.time is None:
        return False
    return bool(trust.entitled(envelope, kind=KeyKind.LOG, at=found.time))
