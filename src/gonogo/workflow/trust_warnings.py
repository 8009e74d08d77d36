"""What `lint` says of the trust file that a program names: its mistakes, what lapses, and what it names in vain."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from gonogo.documents.files import shown
from gonogo.errors import Problem
from gonogo.program.program_file import ProgramFiles
from gonogo.signing.trust_file import read_trust
from gonogo.signing.trust_values import Trust, TrustKey
from gonogo.signing.trust_words import lapses
from gonogo.text import did_you_mean, listed


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
