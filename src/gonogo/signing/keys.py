"""Public keys: read from PEM, named by the digest of their bytes, and able to check a signature."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import Any, Final

from pydantic import ConfigDict

from gonogo.errors import UnusableKey
from gonogo.model.base import Frozen
from gonogo.model.canonical import digest_of_bytes
from gonogo.signing.key_forms import NEW, blocks, other_public_form
from gonogo.signing.library import signing_library

MOST_BYTES: Final = 16_384
"""A PEM file of one key has some hundred bytes."""
_PRIME: Final = 2**255 - 19
_SMALL_ORDER: Final = frozenset(
    int.from_bytes(bytes.fromhex(written), "little")
    for written in (
        "00" * 32,
        "01" + "00" * 31,
        "ec" + "ff" * 30 + "7f",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    )
)
"""Ed25519 keys under which anybody can make a signature: the y of points whose order divides eight."""


class Algorithm(StrEnum):
    """How a key signs."""

    ED25519 = "ed25519"
    """Ed25519 over the message (RFC 8032)."""
    ECDSA_P256 = "ecdsa-p256"
    """ECDSA on the curve P-256 over the SHA-256 of the message; the signature in DER."""


class PublicKey(Frozen):
    """What checks a signature. Two files that write the same key make equal values.

    Attributes:
        algorithm: How its private half signs.
        spki: The key as DER SubjectPublicKeyInfo, with the point uncompressed.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    algorithm: Algorithm
    spki: bytes

    @property
    def keyid(self) -> str:
        """The SHA-256 of the DER bytes, 64 hexadecimal digits."""
        return digest_of_bytes(self.spki)

    @property
    def raw(self) -> bytes:
        """The 32 bytes of an Ed25519 key (RFC 8032), or the 65 of an uncompressed point on P-256."""
        return self.spki[-32:] if self.algorithm is Algorithm.ED25519 else self.spki[-65:]

    @property
    def pem(self) -> bytes:
        """The key as a PEM file says it."""
        with signing_library("the key cannot be written"):
            from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

            written: bytes = _loaded(self.spki).public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
            return written

    def verify(self, signature: bytes, message: bytes) -> bool:
        """Return whether the key's private half made the signature over exactly this message.

        Raises:
            UsageError: ``cryptography`` is not installed.
            SigningFault: The host refuses the algorithm, so that nobody knows.
        """
        with signing_library("a signature cannot be checked"):
            from cryptography.exceptions import InvalidSignature
            from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
            from cryptography.hazmat.primitives.hashes import SHA256

            key = _loaded(self.spki)
            try:
                if self.algorithm is Algorithm.ED25519:
                    key.verify(signature, message)
                else:
                    key.verify(signature, message, ECDSA(SHA256()))
            except InvalidSignature:
                return False
            return True


def public_key(pem: bytes) -> PublicKey:
    """Read the one public key of a PEM file (``-----BEGIN PUBLIC KEY-----``), P-256 or Ed25519.

    Raises:
        UnusableKey: It is anything else; the sentence says what, and never quotes it.
    """
    _one_block(pem)
    with signing_library("the key cannot be read"):
        from cryptography.hazmat.primitives.serialization import load_pem_public_key

        try:
            found = load_pem_public_key(pem)
        except ValueError as error:
            raise UnusableKey("the public key is damaged", hint="copy the whole file again") from error
    return public_half(found)


def public_half(found: Any) -> PublicKey:
    """Return a public key of ``cryptography`` as a value.

    Raises:
        UnusableKey: It is neither on P-256 nor Ed25519, or a key under which anybody can sign.
    """
    with signing_library("the key cannot be read"):
        from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePublicKey
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        hint = NEW
        if isinstance(found, Ed25519PublicKey):
            algorithm = Algorithm.ED25519
        elif isinstance(found, EllipticCurvePublicKey):
            if not isinstance(found.curve, SECP256R1):
                raise UnusableKey(f"the key is on the curve {found.curve.name}; gonogo uses P-256", hint=hint)
            algorithm = Algorithm.ECDSA_P256
        else:
            kind = type(found).__name__.strip("_").removesuffix("Key").removesuffix("Public").removesuffix("Private")
            raise UnusableKey(f"the key is of the kind {kind}; gonogo uses ECDSA on P-256 and Ed25519", hint=hint)
        spki: bytes = found.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    if algorithm is Algorithm.ED25519:
        y = int.from_bytes(spki[-32:], "little") & (2**255 - 1)
        if y in _SMALL_ORDER or y >= _PRIME:
            raise UnusableKey("under this key anybody can make a signature, or it has two names", hint=hint)
    return PublicKey(algorithm=algorithm, spki=spki)


def _one_block(pem: bytes) -> None:
    """Refuse what is not one block of a public key, by what it is."""
    if len(pem) > MOST_BYTES:
        raise UnusableKey(f"{len(pem)} bytes are not a key; the limit is {MOST_BYTES}")
    found = blocks(pem.decode("ascii", "replace"))
    if any("PRIVATE" in block for block in found):
        raise UnusableKey(
            "this is a private key, and a public key belongs here; everybody who could read it can sign with it",
            hint="make a new key with `gonogo key new`, and put its `.pub.pem` here",
        )
    if "CERTIFICATE" in found:
        raise UnusableKey(
            "this is a certificate, not a public key",
            hint="`openssl x509 -in FILE -pubkey -noout` writes the key that it holds",
        )
    if (other := other_public_form(pem)) is not None:
        raise UnusableKey(other[0], hint=other[1])
    if found != ["PUBLIC KEY"]:
        what = "there is more than one key" if len(found) > 1 else "this is not a public key"
        raise UnusableKey(what, hint="a public key is one block that begins with -----BEGIN PUBLIC KEY-----")


@lru_cache(maxsize=64)
def _loaded(spki: bytes) -> Any:
    from cryptography.hazmat.primitives.serialization import load_der_public_key

    return load_der_public_key(spki)
