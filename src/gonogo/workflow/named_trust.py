"""The trust file that a program names: which one its log is checked with, and what lint says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from gonogo.documents.files import shown
from gonogo.errors import ConfigurationError, Problem
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import Trust, TrustKey
from gonogo.signing.trust_words import lapses
from gonogo.text import did_you_mean, listed


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
    """Return what the trust file says. A program file with mistakes keeps nobody from the log; its mistake is kept.

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


def trust_warnings(program: ProgramFiles, now: datetime) -> list[Problem]:
    """Return warnings about the trust file; none where the program names none.

    Raises:
        ConfigurationError: It is missing, of another program, or has mistakes.
        UsageError: The library that reads keys is not installed.
    """
    named = program.program.trust
    if named is None:
        return []
    path = program.root / named
    trust = read_trust(path, program=program.program.identity.id)
    found = [*lapses(trust, now), *_in_vain(program, trust, now)]
    return [Problem("G198", shown(path), sentence, level="warning") for sentence in found]


def _in_vain(program: ProgramFiles, trust: Trust, now: datetime) -> Iterator[str]:
    bindings = {binding.id: binding for binding in program.program.bindings}
    for key in trust.keys:
        for name in key.bundles:
            if name not in bindings:
                near = did_you_mean(name, bindings, otherwise=f"the bindings are {listed(list(bindings)) or 'none'}")
                yield f"{key.id} may deposit evidence of `{name}`, and the program has no such binding; {near}"
            elif bindings[name].side is not key.side:
                side = bindings[name].side
                yield f"{key.id} may deposit evidence of `{name}` for the {key.side}, and it is the {side}'s"
        if key.covers(now) and not _held(program, key, now):
            yield f"{key.id}: {key.person} is not in the people register as {key.office} today"


def _held(program: ProgramFiles, key: TrustKey, now: datetime) -> bool:
    if key.person is None or key.office is None:
        return True
    return key.person in program.people.holders(key.office, program.program.identity.local_date(now))
