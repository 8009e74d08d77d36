"""Workbooks on disk: never half written, and never one that somebody has filled in."""

from __future__ import annotations

from pathlib import Path

from gonogo.documents.files import open_regular
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
        with open_regular(path) as stream:
            return stream.read()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror or error}.") from error


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
