"""Which code judged: one digest over the sources of the rooms that decide, so that two builds of one version differ."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Final

import gonogo

ROOMS: Final = ("core", "engine", "language", "model")
"""What decides how recorded evidence is judged."""


@cache
def code_sha256() -> str | None:
    """Return the digest of the code that judges; None where its sources are not there to be read."""
    home = Path(gonogo.__file__).parent
    seen = hashlib.sha256()
    files = sorted((path.relative_to(home).as_posix(), path) for room in ROOMS for path in (home / room).rglob("*.py"))
    try:
        for name, path in files:
            seen.update(f"{name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    except OSError:
        return None
    return seen.hexdigest() if files else None


def before_others() -> None:
    """Read the sources before other people's code runs, which could change them."""
    code_sha256()
