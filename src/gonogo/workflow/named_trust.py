"""The trust file that a log is checked with: the one that was given, or the one that the program's file names."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from gonogo.errors import ConfigurationError
from gonogo.program.program_file import load_program
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import Trust


@dataclass(frozen=True, slots=True)
class NamedTrust:
    """Whose signatures count.

    Attributes:
        trust: What the trust file says; None where there is none, or nobody knows which it is.
        who: The trust file, as sentences name it; empty likewise.
        mistake: The first mistake of the program's file, which may name a trust file or another log; empty if none.
    """

    trust: Trust | None = None
    who: str = ""
    mistake: str = ""


def named_trust(place: Path, given: Path | None = None) -> NamedTrust:
    """Return what the trust file says. A program file with mistakes keeps nobody from the log, and is told of.

    Args:
        place: Folder or file of the program, or the folder of a log, which names none.
        given: The trust file that somebody named; it comes first.

    Raises:
        ConfigurationError: The trust file is missing or has mistakes.
    """
    mistake, named = "", NamedTrust()
    file = place / "gonogo.yaml" if place.is_dir() else place
    if file.exists():
        try:
            program = load_program(file).program
        except ConfigurationError as error:
            mistake = f"{error.problems[0].where or file}: {error.problems[0].what}"
        else:
            if program.trust is not None and given is None:
                trust = read_trust(file.parent / program.trust, program=program.identity.id)
                named = NamedTrust(trust, f"the trust file {program.trust}")
    if given is not None:
        named = NamedTrust(read_trust(given), f"the trust file {given}")
    return replace(named, mistake=mistake)
