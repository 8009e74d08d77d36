"""The program that is read where ``--ruleset`` names another ruleset: the same migration, with all it asks for."""

from __future__ import annotations

from typing import cast

from gonogo.documents.shape import Loc
from gonogo.errors import ConfigurationError
from gonogo.program.program_documents import ProgramDocument
from gonogo.program.program_file import ProgramFiles, load_program
from gonogo.text import listed


def for_ruleset(loaded: ProgramFiles, ruleset: str) -> tuple[ProgramFiles, str]:
    """Return the program that this one names for a ruleset and how it names it, or itself where it names none.

    Of the first file nothing counts then but its id, its two sides, its time zone and its releases, which must be the
    same.

    Args:
        loaded: The program.
        ruleset: What ``--ruleset`` says: a name, with or without its version.

    Raises:
        ConfigurationError: There is no such program, it has mistakes, or it is another migration.
    """
    sheet, name = loaded.sheets["program"], ruleset.partition("@")[0]
    named = cast(ProgramDocument, sheet.document).with_ruleset.get(name)
    if named is None:
        return loaded, ""
    place: Loc = ("with_ruleset", name)
    other = load_program(loaded.root / named)
    differs = [*_differences(loaded, other)]
    if other.program.ruleset.partition("@")[0] != name:
        differs.append(f"its ruleset is {other.program.ruleset}")
    if differs:
        what = f"'{named}' is not this program under {name}: {listed(differs)}"
        raise ConfigurationError([sheet.problem(place, "G143", what, "name a program file of the same migration")])
    return other, named


def _differences(one: ProgramFiles, other: ProgramFiles) -> list[str]:
    ours, theirs = one.program.identity, other.program.identity
    found = [
        f"its {key} is {getattr(theirs, key)}"
        for key in ("id", "customer", "provider", "time_zone")
        if getattr(theirs, key) != getattr(ours, key)
    ]
    releases = {release.id: release.go_live for release in other.program.releases}
    for release in one.program.releases:
        if release.id not in releases:
            found.append(f"it has no release {release.id}")
        elif releases[release.id] != release.go_live:
            found.append(f"its {release.id} goes live on {theirs.local_date(releases[release.id])}")
    return found
