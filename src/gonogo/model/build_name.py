"""Whether two names are spellings of one build: capitals, width and blanks around them, and one leading ``v``.

``v4.2.16`` is ``4.2.16``; ``4.2.160``, ``4.2.16.1`` and ``vv4.2.16`` are others.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NUMBERED: Final = re.compile(r"v(?=[0-9])")


def spellings(name: str) -> frozenset[str]:
    """Return how a build may be spelled, folded: as it stands, and with or without the one ``v`` before its number."""
    plain = unicodedata.normalize("NFKC", name).strip().casefold()
    bare = _NUMBERED.sub("", plain, count=1) if plain.startswith("v") else plain
    return frozenset({plain, bare, f"v{bare}"} if bare[:1].isdigit() else {plain})


def same_build(one: str, other: str) -> bool:
    """Return whether two names are spellings of one build."""
    return not spellings(one).isdisjoint(spellings(other))
