"""Other installed distributions that bring the import name or the command `gonogo`: one of them may run instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Final

from gonogo.documents.files import real

_OWN: Final = "gonogo"


def namesakes(installed: Iterable[Distribution] | None = None) -> list[str]:
    """Return each other distribution with what it brings, in words; every one after the first that is called gonogo.

    Args:
        installed: Distributions in the order in which Python finds them; those of this environment by default.
    """
    found: list[str] = []
    seen: set[Path] = set()
    own = 0
    for each in distributions() if installed is None else installed:
        place = real(Path(str(each.locate_file(""))))
        name, version = each.metadata["Name"] or "a distribution without a name", each.version
        if _normal(name) == _OWN:
            if place not in seen:
                own += 1
                seen.add(place)
                if own > 1:
                    found.append(f"gonogo {version} is installed a second time, in {place}")
            continue
        brings = [*_brings(each)]
        if brings:
            found.append(f"{name} {version} also brings {' and '.join(brings)}")
    return found


def _brings(each: Distribution) -> Iterator[str]:
    files = [file.parts for file in each.files or ()]
    listed = (each.read_text("top_level.txt") or "").split()
    if _OWN in listed or any(parts[0] in (_OWN, f"{_OWN}.py") for parts in files if parts):
        yield f"the import name `{_OWN}`"
    if any(entry.group == "console_scripts" and entry.name == _OWN for entry in each.entry_points):
        yield f"the command `{_OWN}`"


def _normal(name: str) -> str:
    return name.lower().replace("_", "-").replace(".", "-")
