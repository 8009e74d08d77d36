"""Making a key: the private half for its owner alone, the public half beside it. Nothing is replaced."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from gonogo.documents.files import open_regular
from gonogo.errors import UnusableKey, UsageError
from gonogo.signing.keys import MOST_BYTES, Algorithm, PublicKey
from gonogo.signing.private_key import file_signer, new_private_key
from gonogo.signing.signer import public_key_file

_PUBLIC: Final = ".pub.pem"


def public_path(path: Path) -> Path:
    """Return where the public half of a key is: ``gate.pub.pem`` beside ``gate.pem``."""
    return path.with_name(path.name.removesuffix(".pem") + _PUBLIC)


def make_key(path: Path, algorithm: Algorithm) -> tuple[PublicKey, Path]:
    """Make a key, write both halves, and return the public one with its file.

    Raises:
        UsageError: A file of that name exists, or it cannot be written; then neither half is left behind.
        SigningFault: The host refuses the algorithm.
    """
    public = public_path(path)
    if path.name.endswith(_PUBLIC):
        raise UsageError(
            f"{path} is a name for a public key", hint=f"name the private half, such as {path.stem[:-4]}.pem"
        )
    made = new_private_key(algorithm)
    _write(path, made.pem(), 0o600)
    try:
        _write(public, made.public.pem, 0o644)
    except UsageError:
        path.unlink()
        raise
    return made.public, public


def key_in(path: Path) -> tuple[PublicKey, bool]:
    """Return the public half of the key in a file, and whether the file holds the private one.

    Raises:
        UnusableKey: It holds no key that is used here.
    """
    try:
        with open_regular(path) as stream:
            private = b"PRIVATE KEY" in stream.read(MOST_BYTES)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnusableKey(f"{path}: the key cannot be read: {reason}") from error
    return (file_signer(path).public, True) if private else (public_key_file(path), False)


def _write(path: Path, data: bytes, mode: int) -> None:
    """Write a new file whole, durable and with its rights from the beginning."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0), mode)
    except FileExistsError as error:
        hint = "a key is never replaced; choose another name, or remove the old key once nothing needs it"
        raise UsageError(f"{path} already exists", hint=hint) from error
    except (OSError, ValueError) as error:
        raise _refused(path, error) from error
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
    except OSError as error:
        path.unlink()
        raise _refused(path, error) from error


def _refused(path: Path, error: OSError | ValueError) -> UsageError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return UsageError(
        f"{path} cannot be written: {reason}", hint="choose a folder that exists and that you may write to"
    )
