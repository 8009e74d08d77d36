"""The environment variables that name the key that signs. No collector sees them, even if its binding asks for one."""

from __future__ import annotations

from typing import Final

KEY: Final = "GONOGO_SIGNING_KEY"
"""File of the private key (PEM)."""
COMMAND: Final = "GONOGO_SIGNING_COMMAND"
"""A command that signs."""
PUBLIC: Final = "GONOGO_SIGNING_PUBLIC"
"""File of the public key that the command signs with."""
PASSPHRASE: Final = "GONOGO_SIGNING_PASSPHRASE"
"""Opens the file of an encrypted key."""
SECRETS: Final = frozenset({KEY, COMMAND, PUBLIC, PASSPHRASE})
