"""Stand-ins for identifiers from personal data: the same for the same identifier, and nothing without the key.

The key lies outside of the program's folder, because people who receive the folder could otherwise try every name and
number there is. It is the file that ``GONOGO_PII_KEY`` names, else ``gonogo/pii.key`` in the user's configuration
folder, which is made when it is first needed. A stand-in is recorded in the locator of evidence, so two machines come
to the same digest only with the same key.
"""

from __future__ import annotations

import contextlib
import hmac
import os
import secrets
import stat
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from gonogo.errors import ConfigurationError, Problem

VARIABLE: Final = "GONOGO_PII_KEY"
KEY_BYTES: Final = 32
"""Bytes of a key; a longer one is used whole, a shorter one refused."""
KEY: Final = "G310"
_MOST: Final = 4096
_DIGITS: Final = 16
_PURPOSE: Final = b"gonogo identifier 1\0"


@dataclass(slots=True)
class Pseudonyms:
    """Makes stand-ins; looks for the key when the first one is asked for.

    Attributes:
        root: The program's folder, in which no key may lie.
        environment: Where ``GONOGO_PII_KEY``, ``XDG_CONFIG_HOME`` and ``HOME`` are looked up.
    """

    root: Path
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ, repr=False)
    _key: bytes | None = field(default=None, repr=False)

    def of(self, identifier: str) -> str:
        """Return the stand-in: ``id-`` and 16 hexadecimal digits, equal for names that are written alike.

        Raises:
            ConfigurationError: The key is missing where it is named, readable by others, too short, or in the folder.
        """
        if self._key is None:
            self._key = self._read()
        plain = unicodedata.normalize("NFC", identifier).strip().casefold().encode("utf-8", "backslashreplace")
        return "id-" + hmac.digest(self._key, _PURPOSE + plain, "sha256").hex()[:_DIGITS]

    @property
    def ready(self) -> bool:
        """Whether stand-ins can be made; True where a key is named, though it may be refused when it is used."""
        if self._key is None and VARIABLE not in self.environment:
            with contextlib.suppress(ConfigurationError):
                self._key = self._read()
            return self._key is not None
        return True

    def _read(self) -> bytes:
        named = self.environment.get(VARIABLE, "")
        if VARIABLE in self.environment and not named.strip():
            raise _refused("", f"{VARIABLE} is set and names no file; name the file of the key, or unset it")
        path = Path(named) if named else _usual_place(self.environment)
        if path is None:
            raise _refused("", f"there is no folder for the key that hides identifiers; name a file by {VARIABLE}")
        if Path(os.path.realpath(self.root)) in Path(os.path.realpath(path)).parents:
            raise _refused(str(path), "the key that hides identifiers is in the program's folder; move it elsewhere")
        try:
            if not named and not path.exists():
                _make(path)
            return _content(path)
        except OSError as error:
            what = f"the key that hides identifiers cannot be read: {error.strerror or 'the system refused'}"
            raise _refused(str(path), what) from error


def _usual_place(environment: Mapping[str, str]) -> Path | None:
    if folder := environment.get("XDG_CONFIG_HOME", ""):
        return Path(folder) / "gonogo" / "pii.key"
    home = environment.get("HOME", "")
    return Path(home) / ".config" / "gonogo" / "pii.key" if home else None


def _make(path: Path) -> None:
    """Make the key whole or not at all; where another process was quicker, its key stays."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(KEY_BYTES))
            stream.flush()
            os.fsync(descriptor)
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()


def _content(path: Path) -> bytes:
    with path.open("rb") as stream:
        status = os.fstat(stream.fileno())
        data = stream.read(_MOST + 1)
    if not stat.S_ISREG(status.st_mode) or status.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise _refused(str(path), "others can read the key that hides identifiers; run `chmod 600` on it")
    if not KEY_BYTES <= len(data) <= _MOST:
        raise _refused(str(path), f"the key that hides identifiers has {KEY_BYTES} to {_MOST} random bytes")
    return data


def _refused(path: str, what: str) -> ConfigurationError:
    hint = f"make one by `(umask 077; head -c {KEY_BYTES} /dev/urandom > PATH)` and name it: {VARIABLE}=PATH"
    return ConfigurationError([Problem(KEY, path, f"{what}.", hint=hint)])
