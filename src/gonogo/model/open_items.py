"""Keys of the rows, cases or items that count against a fact: what everybody asks for first, and what registers use.

A list is bounded, and what it leaves out is counted: a list that is cut in silence would look like a shorter one.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Final

from pydantic import Field, StringConstraints

MAX_KEYS: Final = 10_000
"""Most keys that one answer carries."""
MAX_KEY: Final = 200
"""Most characters of a key; a longer one ends in an ellipsis."""
BLANK_KEY: Final = "(blank)"
"""What is written for a key that is blank."""
SHOWN_KEYS: Final = 20
"""Most keys that a finding shows."""

OpenKey = Annotated[str, StringConstraints(min_length=1, max_length=MAX_KEY)]
OpenItems = Annotated[tuple[OpenKey, ...], Field(max_length=MAX_KEYS)]
LeftOut = Annotated[int, Field(ge=1, le=2**53 - 1)]
RowsRead = Annotated[int, Field(ge=0, le=2**53 - 1)]


def bounded(keys: Iterable[str], most_bytes: int) -> tuple[tuple[str, ...], int]:
    """Return the keys that may travel, in their order, and how many were left out.

    Args:
        keys: Every key. A blank one is reported as ``(blank)``, a long one is cut.
        most_bytes: How many bytes of UTF-8 they may take together.
    """
    kept: list[str] = []
    left_out = 0
    for key in keys:
        shown = key.strip() or BLANK_KEY
        shown = shown if len(shown) <= MAX_KEY else shown[: MAX_KEY - 1] + "…"
        size = len(shown.encode("utf-8", "backslashreplace"))
        if left_out or len(kept) == MAX_KEYS or size > most_bytes:
            left_out += 1
            continue
        most_bytes -= size
        kept.append(shown)
    return tuple(kept), left_out


def listed(keys: tuple[str, ...], total: int) -> str:
    """Return at most :data:`SHOWN_KEYS` keys in words, and how many more there are."""
    shown = keys[:SHOWN_KEYS]
    more = total - len(shown)
    if not shown:
        return f"{total:,} that are not named" if total else "none"
    return ", ".join(shown) + (f" and {more:,} more" if more > 0 else "")
