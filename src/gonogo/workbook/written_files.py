"""Workbooks on disk: never half written, and never one that somebody has filled in."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from gonogo.errors import RecordFault, UsageError


def earlier_answers(path: Path, *, keep: bool) -> bytes | None:
    """Return the bytes of the workbook that is there, where its answers are to be kept; None where there is none.

    Raises:
        UsageError: There is a file, and nobody said what becomes of its answers; or it cannot be read.
    """
    if not path.exists():
        return None
    if not keep:
        raise UsageError(
            f"{path} already exists, and somebody may have filled it in.",
            hint="use --keep-answers to take its answers over, or write to another file",
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from error


def set_aside(path: Path) -> Path:
    """Copy a workbook to a name beside it that nothing has yet, and return that: ``evidence.earlier.xlsx``.

    Raises:
        RecordFault: It cannot be copied.
    """
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}.earlier{'' if number == 1 else f'-{number}'}{path.suffix}")
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
        raise UsageError(f"There is no folder {path.parent} for the workbook.", hint="make it first")
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
        hint = "close it in the spreadsheet program, or free some space"
        raise RecordFault(f"{path} cannot be written: {error.strerror or error}", hint=hint) from error


def write_new(path: Path, text: str) -> None:
    """Write a text to a file that is not there yet.

    Raises:
        UsageError: There is a file or no folder.
        RecordFault: It cannot be written.
    """
    try:
        with path.open("x", encoding="utf-8", newline="\n") as target:
            target.write(text)
    except FileExistsError:
        raise UsageError(f"{path} already exists.", hint="write to another file, and copy from it") from None
    except FileNotFoundError:
        raise UsageError(f"There is no folder {path.parent}.", hint="make it first") from None
    except OSError as error:
        raise RecordFault(f"{path} cannot be written: {error.strerror or error}", hint="free some space") from error
