"""Files that are replaced as a whole: the old one stays until the new one is there, and can be kept beside it."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from gonogo.errors import RecordFault, UsageError


def set_aside(path: Path, word: str = "earlier") -> Path:
    """Copy a file to a name beside it that nothing has yet, and return that: ``evidence.earlier.xlsx``.

    Args:
        path: The file.
        word: What the name says of the copy.

    Raises:
        RecordFault: It cannot be copied.
    """
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}.{word}{'' if number == 1 else f'-{number}'}{path.suffix}")
        try:
            with path.open("rb") as source, aside.open("xb") as target:
                shutil.copyfileobj(source, target)
        except FileExistsError:
            number += 1
        except OSError as error:
            raise RecordFault(
                f"{aside} cannot be written: {error.strerror or error}", hint="free some space"
            ) from error
        else:
            return aside


def replace_file(path: Path, data: bytes) -> None:
    """Write a whole file: if the old one is open elsewhere or the disk is full, the old one stays as it is.

    Raises:
        UsageError: Its folder is not there.
        RecordFault: It cannot be written.
    """
    if not path.parent.is_dir():
        raise UsageError(f"There is no folder {path.parent} for {path.name}.", hint="make it first")
    temporary = ""
    try:
        number, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".partial")
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
        umask = os.umask(0)
        os.umask(umask)
        os.chmod(temporary, 0o666 & ~umask)
        os.replace(temporary, path)
    except OSError as error:
        if temporary:
            Path(temporary).unlink(missing_ok=True)
        hint = "close it where it is open, or free some space"
        raise RecordFault(f"{path} cannot be written: {error.strerror or error}", hint=hint) from error
