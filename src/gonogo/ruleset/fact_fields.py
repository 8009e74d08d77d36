"""What changed in the declaration of a fact, for the recorded changes of rules and for what an upgrade shows.

Every field decides something except the question that a person is asked. No change of one says which way it goes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from gonogo.model.canonical import decimal_text
from gonogo.model.fact import FactDeclaration

WORDS: Final = ("question",)
"""Fields that are words for people."""
FIELDS: Final = tuple(name for name in FactDeclaration.model_fields if name != "name")
"""Every field, in the order of the declaration."""


def fact_changes(old: FactDeclaration, new: FactDeclaration) -> Iterator[tuple[str, str, str]]:
    """Yield each field of a fact that is no longer what it was: its name, the old value and the new one."""
    for field in FIELDS:
        was, now = getattr(old, field), getattr(new, field)
        if was != now:
            yield field, _text(was), _text(now)


def _text(value: object) -> str:
    if value is None or value in ("", ()):
        return "none"
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return decimal_text(value) if isinstance(value, Decimal) else f"{value}"
