"""What a key begins with, and so what kind of thing it is the key of: ``INC0010101`` is that of an incident."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache


def begins_with(key: str, beginnings: Iterable[str]) -> str:
    """Return which of these beginnings a key has right before a digit; empty for none. Capitals do not count."""
    return next((each for each in beginnings if _compiled((each,)).match(key)), "")


def beginning_pattern(beginnings: Iterable[str]) -> str:
    """Return the pattern of keys with one of these beginnings, as RE2 and Python read it."""
    return f"(?i)^(?:{'|'.join(map(re.escape, beginnings))})[0-9]"


@lru_cache(maxsize=1024)
def _compiled(beginnings: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(beginning_pattern(beginnings))
