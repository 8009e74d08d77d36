"""Which shipped ruleset a program's own one is a copy of: by its name in any version, or by its criterion ids."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

from gonogo.model.change import HELD_AGAINST
from gonogo.ruleset.find import named_ruleset, newest_shipped, shipped_named

_ID: Final = re.compile(r"""^\s*-\s*(?:\{\s*)?id:\s*["']?([a-z0-9_.]+)""", re.MULTILINE)


def original_of(name: str, version: str, criteria: Collection[str]) -> Path | None:
    """Return the folder of the ruleset that everybody has and this one is to be held against; None where it is its own.

    The same name decides, in the same version, otherwise in the newest that is shipped. Under another name it is a copy
    where at least half of its criteria, or of those of the shipped ruleset, have one id in both: an agency's rules have
    ids of their own.

    Raises:
        ConfigurationError: Two distributions carry one of that name.
    """
    found = named_ruleset(name, version) or newest_shipped(name)
    if found is not None:
        return found
    own = set(criteria)
    shares = []
    for folder in shipped_named():
        theirs = set(_ID.findall((folder / "ruleset.yaml").read_text(encoding="utf-8")))
        both = len(own & theirs)
        if both and 2 * both >= min(len(own), len(theirs)):
            shares.append((both, folder.name))
    return None if not shares else newest_shipped(max(shares)[1].partition("@")[0])


def copy_words(mine: str, shipped: str) -> str:
    """Return who made a change, by the names and versions of both rulesets."""
    if mine == shipped:
        return f"the program's own copy of {mine}"
    return f"the program's {mine}, {HELD_AGAINST}{shipped}"
