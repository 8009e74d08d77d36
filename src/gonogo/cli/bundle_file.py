"""Writing a bundle to its file: whole or not at all, and over nothing but an older bundle."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from gonogo.bundle.unpacking import is_bundle
from gonogo.errors import UsageError


def write_bundle(path: Path, data: bytes) -> None:
    """Write a bundle.

    Raises:
        UsageError: Something else is there, or it cannot be written.
    """
    if os.path.lexists(path) and not (path.is_file() and path.suffix == ".zip" and is_bundle(path)):
        raise UsageError(
            f"{path} already exists, and is not a bundle", hint="choose another name, such as evidence.zip"
        )
    name = ""
    try:
        number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(number)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(name, 0o666 & ~umask)
        os.replace(name, path)
    except OSError as error:
        if name:
            with suppress(OSError):
                os.unlink(name)
        raise UsageError(f"{path} cannot be written: {error.strerror}", hint="choose another folder") from error
