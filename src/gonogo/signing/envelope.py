"""DSSE: an envelope around bytes of a stated type, signed by one key or several (Dead Simple Signing Envelope 1.0).

The reader is stricter than the specification: one JSON form, no keys beside its own, padded base64 in one alphabet.
So two readers cannot take one envelope for two things. A key id is a hint: whether a signature counts, its bytes
decide.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from gonogo.errors import DocumentError, SigningFault
from gonogo.model.base import Frozen
from gonogo.model.canonical import canonical_bytes, read_json
from gonogo.signing.base64_text import base64_of, read_either_base64
from gonogo.signing.keys import PublicKey

if TYPE_CHECKING:
    from gonogo.signing.signer import Signer

MOST_BYTES: Final = 8 * 2**20
MOST_SIGNATURES: Final = 64
_MOST_SIGNATURE: Final = 4096


class Signature(Frozen):
    """One signature of an envelope.

    Attributes:
        keyid: What the signer calls its key; empty where it says nothing. Only a hint.
        sig: The signature's bytes.
    """

    keyid: str
    sig: bytes


class Envelope(Frozen):
    """Bytes of a stated type, and the signatures over both.

    Attributes:
        payload_type: What the bytes are, such as ``application/vnd.in-toto+json``.
        payload: The bytes. Nothing about them is known before a signature is checked.
        signatures: At least one.
    """

    payload_type: str
    payload: bytes
    signatures: tuple[Signature, ...]

    def to_bytes(self) -> bytes:
        """Return the canonical JSON of the envelope."""
        signatures = [{"keyid": each.keyid, "sig": base64_of(each.sig)} for each in self.signatures]
        document = {"payload": base64_of(self.payload), "payloadType": self.payload_type, "signatures": signatures}
        return canonical_bytes(document)


def pae(payload_type: str, payload: bytes) -> bytes:
    """Return what is signed: type and bytes with their lengths, so that neither can be moved into the other."""
    kind = payload_type.encode()
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind, len(payload), payload)


def sign_envelope(payload_type: str, payload: bytes, *signers: Signer) -> Envelope:
    """Sign bytes with one key or several; what each signer makes is checked before it is used.

    Raises:
        SigningFault: A signature cannot be made, or its own key does not accept it.
    """
    message = pae(payload_type, payload)
    made = []
    for signer in signers:
        sig = signer.sign(message)
        if not signer.public.verify(sig, message):
            raise SigningFault("nothing is signed: the signer's own public key does not accept its signature")
        made.append(Signature(keyid=signer.public.keyid, sig=sig))
    if not made:
        raise SigningFault("nothing is signed: there is no key")
    return Envelope(payload_type=payload_type, payload=payload, signatures=tuple(made))


def read_envelope(data: bytes, *, payload_type: str = "", what: str = "this envelope") -> Envelope:
    """Read an envelope; its signatures are still to be checked.

    Args:
        data: The bytes of the JSON document.
        payload_type: The type that the bytes inside must have; any where empty.
        what: Names the document in sentences.

    Raises:
        DocumentError: It is not an envelope, holds a key twice or one that is not known, is not canonical base64, is
            too large, has no signature, or holds bytes of another type.
    """
    if len(data) > MOST_BYTES:
        raise DocumentError(f"{what} has {len(data)} bytes; the limit is {MOST_BYTES}")
    found = _keys(read_json(data, what=what), {"payload", "payloadType", "signatures"}, what)
    kind = _text(found, "payloadType", what)
    if payload_type and kind != payload_type:
        raise DocumentError(f"{what} holds `{kind[:80]}`, not `{payload_type}`")
    listed = found["signatures"]
    if not isinstance(listed, list) or not listed:
        raise DocumentError(f"{what} has no signature", hint="the signatures were removed, or it was never signed")
    if len(listed) > MOST_SIGNATURES:
        raise DocumentError(f"{what} has {len(listed)} signatures; the limit is {MOST_SIGNATURES}")
    signatures = []
    for entry in listed:
        one = _signature(entry, what)
        if not isinstance(one["keyid"], str) or len(one["keyid"]) > 1024:
            raise DocumentError(f"{what}: a `keyid` is not a short text")
        sig = _bytes(one, "sig", what)
        if not 0 < len(sig) <= _MOST_SIGNATURE:
            raise DocumentError(f"{what}: a signature has {len(sig)} bytes")
        signatures.append(Signature(keyid=one["keyid"], sig=sig))
    return Envelope(payload_type=kind, payload=_bytes(found, "payload", what), signatures=tuple(signatures))


def verified_by(envelope: Envelope, keys: Collection[PublicKey]) -> tuple[PublicKey, ...]:
    """Return which of these keys signed the envelope, each once, in their order.

    A signature under the id of one of the keys is checked with that key. One under another id, or none, is checked
    with each: an id proves nothing and takes nothing away.

    Raises:
        SigningFault: This host refuses the algorithm of a key, so that nobody knows.
    """
    known = {key.keyid: key for key in keys}
    message = pae(envelope.payload_type, envelope.payload)
    signed: set[str] = set()
    for signature in dict.fromkeys((each.keyid, each.sig) for each in envelope.signatures):
        keyid, sig = signature
        candidates = [known[keyid]] if keyid in known else [key for key in known.values() if key.keyid not in signed]
        signed |= {key.keyid for key in candidates if key.verify(sig, message)}
    return tuple(key for keyid, key in known.items() if keyid in signed)


def _keys(found: Any, known: set[str], what: str) -> dict[str, Any]:
    if not isinstance(found, dict):
        raise DocumentError(f"{what} is not a JSON object where one belongs")
    if missing := sorted(known - found.keys()):
        raise DocumentError(f"{what} has no `{missing[0]}`")
    if strange := sorted(found.keys() - known):
        raise DocumentError(f"{what} has the key `{strange[0][:80]}`, which is not known here")
    return found


def _signature(entry: Any, what: str) -> dict[str, Any]:
    """Return one signature of the list, with what its sentences call it."""
    if isinstance(entry, dict) and (strange := sorted(entry.keys() - {"keyid", "sig"})):
        raise DocumentError(
            f"{what}: a signature has the key `{strange[0][:80]}`, and gonogo knows `keyid` and `sig` there",
            hint="leave it out: what is signed is the payload and its type, so the signature stays as good as it is",
        )
    return _keys({"keyid": ""} | entry if isinstance(entry, dict) else entry, {"keyid", "sig"}, f"{what}: a signature")


def _text(found: dict[str, Any], key: str, what: str) -> str:
    text = found[key]
    if not isinstance(text, str) or not 0 < len(text) <= 256 or not text.isascii() or not text.isprintable():
        raise DocumentError(f"{what}: `{key}` is not a short text")
    return text


def _bytes(found: dict[str, Any], key: str, what: str) -> bytes:
    text = found[key]
    if not isinstance(text, str):
        raise DocumentError(f"{what}: `{key}` is not text")
    try:
        return read_either_base64(text)
    except ValueError as error:
        hint = "letters, digits, + and / (or - and _), padded with =, on one line"
        raise DocumentError(f"{what}: `{key}` is not canonical base64", hint=hint) from error
