"""Private keys: made, read from a file that nobody else may read, and able to sign. Never shown, never recorded."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from gonogo.errors import GonogoError, UnusableKey
from gonogo.signing.key_forms import blocks, other_private_form
from gonogo.signing.keys import MOST_BYTES, Algorithm, PublicKey, public_half, public_key
from gonogo.signing.library import signing_library
from gonogo.signing.variables import PASSPHRASE

_KINDS: Final = ("PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY")


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """A key in memory.

    Attributes:
        public: Its public half.
    """

    public: PublicKey
    _key: Any = field(repr=False, compare=False)

    def sign(self, message: bytes) -> bytes:
        """Return the signature over a message: 64 bytes of Ed25519, or ECDSA in DER.

        Raises:
            SigningFault: The host refuses the algorithm.
        """
        with signing_library("nothing can be signed"):
            from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
            from cryptography.hazmat.primitives.hashes import SHA256

            made: bytes = (
                self._key.sign(message)
                if self.public.algorithm is Algorithm.ED25519
                else self._key.sign(message, ECDSA(SHA256()))
            )
            return made

    def pem(self) -> bytes:
        """Return the key as an unencrypted PKCS #8 file holds it."""
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        written: bytes = self._key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return written


def new_private_key(algorithm: Algorithm = Algorithm.ECDSA_P256) -> PrivateKey:
    """Make a key.

    Raises:
        UsageError: ``cryptography`` is not installed.
        SigningFault: The host refuses the algorithm.
    """
    with signing_library("no key can be made"):
        from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        made = Ed25519PrivateKey.generate() if algorithm is Algorithm.ED25519 else generate_private_key(SECP256R1())
        return PrivateKey(public_half(made.public_key()), made)


def file_signer(path: Path, environment: Mapping[str, str] | None = None) -> PrivateKey:
    """Read the private key of a PEM file.

    Args:
        path: The file.
        environment: Where the passphrase of an encrypted key is looked up; the process's own where None.

    Raises:
        UnusableKey: There is no such file, others may read it, or it holds no key that signs here.
    """
    data = _kept_secret(path)
    found = [block for block in blocks(data.decode("ascii", "replace")) if block != "EC PARAMETERS"]
    if (other := other_private_form(data)) is not None:
        raise UnusableKey(f"{path}: {other[0]}", hint=other[1])
    if found == ["PUBLIC KEY"]:
        raise UnusableKey(f"{path}: this is a public key; it cannot sign", hint="name the file of the private key")
    if len(found) != 1 or found[0] not in _KINDS:
        raise UnusableKey(
            f"{path}: this is not one private key in PEM", hint="`gonogo key new` writes one in its right form"
        )
    variables = os.environ if environment is None else environment
    return _read(path, data, variables.get(PASSPHRASE))


def before_others() -> None:
    """Load what signing and checking need, before other people's code runs: afterwards nothing may be loaded."""
    for algorithm in Algorithm:
        with suppress(GonogoError):  # not installed, or refused here: said when somebody needs it
            made = new_private_key(algorithm)
            made.public.verify(made.sign(b""), b"")
            _read(Path(), made.pem(), None)
            public_key(made.public.pem)


def _read(path: Path, data: bytes, passphrase: str | None) -> PrivateKey:
    encrypted = b"ENCRYPTED" in data
    if encrypted and not passphrase:
        hint = f"put its passphrase into the environment variable {PASSPHRASE}"
        raise UnusableKey(f"{path}: the private key is encrypted, and no passphrase is given", hint=hint)
    with signing_library(f"{path}: the private key cannot be read"):
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            found = load_pem_private_key(data, passphrase.encode() if encrypted and passphrase else None)
        except (ValueError, TypeError) as error:
            what = f"the passphrase in {PASSPHRASE} does not open it" if encrypted else "it is damaged"
            raise UnusableKey(f"{path}: the private key cannot be read: {what}") from error
    try:
        return PrivateKey(public_half(found.public_key()), found)
    except UnusableKey as error:
        raise UnusableKey(f"{path}: {error.sentence}", hint=error.hint) from None


def _kept_secret(path: Path) -> bytes:
    """Return the bytes of a regular file that no one else may read, judged on the file that was opened."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        try:
            status = os.fstat(descriptor)
            if not stat.S_ISREG(status.st_mode):
                raise UnusableKey(f"{path}: a private key is a regular file", hint="name the file itself")
            _private(path, status)
            data = os.read(descriptor, MOST_BYTES + 1)
        finally:
            os.close(descriptor)
    except FileNotFoundError as error:
        hint = "check the path and the working folder; `gonogo key new` makes a key"
        raise UnusableKey(f"{path}: there is no such file", hint=hint) from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnusableKey(f"{path}: the private key cannot be read: {reason}") from error
    if len(data) > MOST_BYTES:
        raise UnusableKey(f"{path}: the file is too large for a key; the limit is {MOST_BYTES} bytes")
    return data


def _private(path: Path, status: os.stat_result) -> None:
    """Refuse a key that everybody may read, and one of our own that its group may read.

    A mounted secret belongs to somebody else and is lent to a group: that is the one way in which it can be read.
    """
    if os.name != "posix":
        return
    ours = status.st_uid == os.getuid()
    if status.st_mode & (0o077 if ours else 0o007):
        raise UnusableKey(
            f"{path}: others may read or change this private key (mode {status.st_mode & 0o777:04o})",
            hint=f"run `chmod 600 {path}`; if others could read it so far, make a new key",
        )
