"""What stands with the place of a figure that counts what failed or is unfinished, so that a report finds it."""

from __future__ import annotations

import re
from typing import Final

_BEGINS: Final = "counts rows with "
_ENDS: Final = " too"
_SAID: Final = re.compile(rf", ({_BEGINS}.+?{_ENDS})(?=$|[,;] )")


def counts_too(words: str) -> str:
    """Return the end of a place that says which words a figure counts beside those that its name means."""
    return f", {_BEGINS}{words}{_ENDS}"


def counted_too(place: str) -> str:
    """Return what the end of a place says so, without the comma; empty where it says nothing."""
    found = _SAID.search(place)
    return found[1] if found is not None else ""
