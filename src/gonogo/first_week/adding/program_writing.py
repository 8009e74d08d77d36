"""``gonogo.yaml`` written anew: only what loads is written, at once, and the file before is kept beside it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import Final

from gonogo.documents.files import read_file
from gonogo.documents.whole_files import replace_file, set_aside
from gonogo.errors import ConfigurationError, RecordFault, UsageError
from gonogo.first_week.adding.program_lines import ProgramLines
from gonogo.program.program_file import load_program

NAME: Final = "gonogo.yaml"


def read_lines(root: Path) -> ProgramLines:
    """Return the lines of a program's file.

    Raises:
        ConfigurationError: It cannot be read.
    """
    return ProgramLines.of(read_file(root / NAME).decode("utf-8"))


def write_lines(root: Path, lines: ProgramLines) -> Path:
    """Write the program's file and return where the one before is kept.

    Raises:
        UsageError: What would be written does not load; nothing is changed then.
        RecordFault: It cannot be written.
    """
    _try(root, lines.text.encode("utf-8"))
    aside = set_aside(root / NAME)
    replace_file(root / NAME, lines.text.encode("utf-8"))
    return aside


def write_again(root: Path, lines: ProgramLines) -> None:
    """Write the program's file once more in the same change: the one before the change stays the one that is kept.

    Raises:
        UsageError: What would be written does not load; nothing is changed then.
        RecordFault: It cannot be written.
    """
    _try(root, lines.text.encode("utf-8"))
    replace_file(root / NAME, lines.text.encode("utf-8"))


def undo_words(aside: Path, root: Path) -> str:
    """Say how a change is taken back."""
    return f"To undo: move {aside.name} over {NAME} in {root}."


def _try(root: Path, data: bytes) -> None:
    """Load the file under another name, so that nothing is written that `lint` would refuse as a file."""
    try:
        number, name = tempfile.mkstemp(dir=root, prefix=f".{NAME}.", suffix=".partial")
    except OSError as error:
        raise RecordFault(f"{root} cannot be written: {error.strerror or error}", hint="free some space") from error
    try:
        with os.fdopen(number, "wb") as stream:
            stream.write(data)
        load_program(Path(name))
    except ConfigurationError as error:
        first = error.problems[0]
        raise UsageError(
            f"{NAME} is left as it is, because what would be written does not load: {first.what}.",
            hint="change it by hand; `gonogo lint` checks the file",
        ) from error
    finally:
        Path(name).unlink(missing_ok=True)
