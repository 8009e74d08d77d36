"""A command that signs: the message on its standard input, the signature on its standard output.

It runs without a shell, for a limited time, in the environment and terminal of its caller, so that a card may ask for
its PIN. Nothing that it prints is used before it is checked with the public key.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, Final

from gonogo.errors import SigningFault, UsageError
from gonogo.signing.base64_text import read_base64
from gonogo.signing.keys import Algorithm, PublicKey

SECONDS: Final = 120.0
"""A person may have to touch a card or type a PIN."""
_MOST_OUTPUT: Final = 16_384
_LOOK: Final = 0.05


@dataclass(frozen=True, slots=True)
class CommandSigner:
    """A key that only a command can use.

    Attributes:
        command: Program and arguments.
        public: The key that it signs with.
        seconds: How long it may take.
    """

    command: tuple[str, ...]
    public: PublicKey
    seconds: float = SECONDS

    def sign(self, message: bytes) -> bytes:
        """Return the signature that the command makes over a message: Ed25519, or ECDSA in DER.

        Raises:
            SigningFault: The command cannot be started, fails, takes too long, or prints anything else.
        """
        printed = self._run(message)
        found = [printed]
        with suppress(ValueError, UnicodeDecodeError):
            found.append(read_base64("".join(printed.decode("ascii").split())))
        for signature in found:
            if self.public.verify(signature, message):
                return signature
        form = "64 bytes" if self.public.algorithm is Algorithm.ED25519 else "DER"
        what = "prints nothing" if not printed else "prints no signature that its public key accepts"
        hint = f"it signs what it reads from standard input, and prints the signature ({form}) raw or in base64"
        raise self._fault(what, hint)

    def _run(self, message: bytes) -> bytes:
        # Files instead of pipes: a command that reads late or starts others cannot make us wait.
        with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as printed:
            given.write(message)
            given.seek(0)
            try:
                process = subprocess.Popen(self.command, stdin=given, stdout=printed)  # stderr is the caller's
            except (OSError, ValueError) as error:
                reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
                raise self._fault(f"cannot be started: {reason}", "check GONOGO_SIGNING_COMMAND") from error
            try:
                status = self._ending(process, printed)
            finally:
                process.kill()
                process.wait()
            if status:
                how = f"was ended by signal {-status}" if status < 0 else f"fails with exit code {status}"
                raise self._fault(how, "what it says is above")
            printed.seek(0)
            return printed.read(_MOST_OUTPUT)

    def _ending(self, process: subprocess.Popen[bytes], printed: IO[bytes]) -> int:
        """Wait for the end, and look now and then that the output stays small."""
        for _ in range(max(1, round(self.seconds / _LOOK))):
            with suppress(subprocess.TimeoutExpired):
                status = process.wait(_LOOK)
                if printed.seek(0, 2) <= _MOST_OUTPUT:
                    return status
            if printed.seek(0, 2) > _MOST_OUTPUT:
                raise self._fault(f"prints more than {_MOST_OUTPUT} bytes", "it prints the signature and nothing else")
        raise self._fault(f"did not end within {self.seconds:g} seconds", "run it by hand to see what it waits for")

    def _fault(self, what: str, hint: str) -> SigningFault:
        return SigningFault(f"nothing is signed: the signing command `{self.command[0]}` {what}", hint=hint)


def command_signer(command: Sequence[str], public: PublicKey, *, seconds: float = SECONDS) -> CommandSigner:
    """Return the signer that a command is.

    Raises:
        UsageError: The command is empty.
    """
    if not command or not command[0].strip():
        raise UsageError(
            "the signing command is empty", hint="GONOGO_SIGNING_COMMAND names a program and its arguments"
        )
    return CommandSigner(tuple(command), public, seconds)
