"""A program and a run of it, as words on the command line, in either order; the program may be left out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path


def place_and_run(words: Sequence[str], command: str) -> tuple[Path, str]:
    """Return the place of the log and the run.

    Args:
        words: As given: at most one that is a path, and one that is not.
        command: As people write it, for the hint.

    Raises:
        UsageError: No run is named, or there are other words.
    """
    from gonogo.errors import UsageError

    places = [word for word in words if Path(word).exists()]
    others = [word for word in words if word not in places]
    if len(others) > 1 or len(places) > 1:
        raise UsageError(f"There is no {(others or places)[-1]}.", hint=f"write `{command} PROGRAM RUN`")
    if not others:
        raise UsageError("No run is named.", hint="`last` is the last one; `gonogo log verify` lists them")
    return Path(*places), others[0]
