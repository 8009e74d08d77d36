"""Who signs: a key in a file, or a command that asks a smart card, an HSM or a key service.

The key is named by an option or by the environment of the process, never by a program file, so that who may edit the
program cannot choose the key that vouches for it.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from gonogo.errors import UnusableKey, UsageError
from gonogo.signing.keys import MOST_BYTES, PublicKey, public_key
from gonogo.signing.private_key import file_signer
from gonogo.signing.variables import COMMAND, KEY, PUBLIC


class Signer(Protocol):
    """Something that signs with one key."""

    @property
    def public(self) -> PublicKey:
        """The key's public half."""

    def sign(self, message: bytes) -> bytes:
        """Return the signature over a message.

        Raises:
            SigningFault: It cannot be made.
        """


def signer_from(environment: Mapping[str, str], key: Path | None = None) -> Signer | None:
    """Return the signer that an option or the environment names; None where neither names one.

    Args:
        environment: Variables of the process.
        key: File of the private key, from an option; it comes before the environment.

    Raises:
        UsageError: The variables contradict each other, or one is set and empty, as a secret is that a pipeline
            could not read: nobody may take that for the wish to leave the record unsigned.
        UnusableKey: The key cannot be used.
    """
    if key is not None:
        return file_signer(key, environment)
    for name in (KEY, COMMAND, PUBLIC):
        if name in environment and not environment[name].strip():
            hint = "give it its value, or unset it; a pipeline leaves a secret empty that this job may not read"
            raise UsageError(f"{name} is set and empty", hint=hint)
    if KEY in environment and COMMAND in environment:
        raise UsageError(f"{KEY} and {COMMAND} are both set", hint="unset the one that is not meant")
    if KEY in environment:
        if "-----BEGIN" in environment[KEY]:
            hint = "write the key to a file that only this account may read, and name the file"
            raise UsageError(f"{KEY} holds a key; it names the file of a key", hint=hint)
        return file_signer(Path(environment[KEY]), environment)
    if COMMAND not in environment:
        if PUBLIC in environment:
            raise UsageError(f"{PUBLIC} is set without {COMMAND}", hint=f"set {COMMAND} too, or unset {PUBLIC}")
        return None
    if PUBLIC not in environment:
        hint = f"set {PUBLIC} to the file of its public key (PEM)"
        raise UsageError(f"{COMMAND} is set, and nothing says which key it signs with", hint=hint)
    from gonogo.signing.command_signer import command_signer  # starts processes, which not every host can

    try:
        command = shlex.split(environment[COMMAND])
    except ValueError as error:
        raise UsageError(f"{COMMAND} cannot be split into words: {error}", hint="close each quote") from error
    return command_signer(command, public_key_file(Path(environment[PUBLIC])))


def public_key_file(path: Path) -> PublicKey:
    """Read the file of a public key.

    Raises:
        UnusableKey: There is no such file, or it holds something else.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UnusableKey(f"{path}: the public key cannot be read: {reason}") from error
    try:
        return public_key(data)
    except UnusableKey as error:
        raise UnusableKey(f"{path}: {error.sentence}", hint=error.hint) from None
