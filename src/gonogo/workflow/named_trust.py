"""The trust file that a log is checked with: the one that was given, or the one that the program's file names."""

from __future__ import annotations

from pathlib import Path

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import Trust


def named_trust(place: Path, given: Path | None = None) -> tuple[Trust | None, str]:
    """Return what the trust file says, and what sentences call it; None and nothing where there is none.

    Args:
        place: Folder or file of the program, or the folder of a log, which names none.
        given: The trust file that somebody named; it comes first.

    Raises:
        ConfigurationError: The trust file is missing or has mistakes.
    """
    if given is not None:
        return read_trust(given), f"the trust file {given}"
    file = place / "gonogo.yaml" if place.is_dir() else place
    if not file.exists():
        return None, ""
    try:
        program = load_program(file).program
    except ConfigurationError:
        return None, ""  # a broken program file does not keep anybody from the log
    if program.trust is None:
        return None, ""
    return read_trust(file.parent / program.trust, program=program.identity.id), f"the trust file {program.trust}"
