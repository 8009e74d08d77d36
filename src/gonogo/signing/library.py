"""The library that signs: imported when it is needed, with a sentence where it is missing or refuses an algorithm."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from gonogo.errors import SigningFault, UsageError

INSTALL: Final = "install it with `pip install 'gonogo[sign]'`"


@contextmanager
def signing_library(what: str) -> Iterator[None]:
    """Run what needs ``cryptography``; ``what`` begins the sentence, such as ``a signature cannot be checked``.

    Raises:
        UsageError: The library is not installed.
        SigningFault: The library or the host refuses the algorithm, as hosts in FIPS mode refuse Ed25519.
    """
    try:
        import cryptography.exceptions as refusals
    except ImportError as error:
        raise UsageError(f"{what}: the library `cryptography` is not installed", hint=INSTALL) from error
    try:
        yield
    except (refusals.UnsupportedAlgorithm, refusals.InternalError) as error:
        raise SigningFault(
            f"{what}: this host refuses the key's algorithm",
            hint="a host in FIPS mode may refuse Ed25519; use a key on the curve P-256 (`gonogo key new` makes one)",
        ) from error
