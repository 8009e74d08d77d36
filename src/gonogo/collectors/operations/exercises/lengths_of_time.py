"""Lengths of time as registers of exercises write them, and the units that their headings name. Pure."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

_UNIT: Final = re.compile(r"(.+?)[\s,]*(?:[(\[]\s*([a-z]+)\.?\s*[)\]]|\s(?:in )?([a-z]+))")
_MINUTES: Final = {
    **dict.fromkeys(("min", "mins", "minute", "minutes", "m"), 1),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 60),
    **dict.fromkeys(("d", "day", "days"), 1440),
}
_LENGTH: Final = re.compile(r"([0-9]{1,6}(?:\.[0-9]{1,6})?)\s*([a-z]+)?\.?", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:([0-9]{1,3}) days?, )?([0-9]{1,4}):([0-9]{2})(?::([0-9]{2})(?:\.0+)?)?")


def minutes_in(text: str, unit: int) -> Decimal | None:
    """Return the minutes of a length of time; None where it is none, or has no unit.

    Args:
        text: Such as ``4.5 h`` or ``1 day, 2:30``.
        unit: Minutes of the unit that its heading names; 0 where it names none.
    """
    if clock := _CLOCK.fullmatch(text):
        days, hours, minutes, seconds = (int(part or 0) for part in clock.groups())
        if minutes > 59 or seconds > 59:
            return None
        return Decimal(days * 1440 + hours * 60 + minutes) + Decimal(seconds) / 60
    if not (length := _LENGTH.fullmatch(text)):
        return None
    own = _MINUTES.get((length[2] or "").casefold(), 0) if length[2] else unit
    return Decimal(length[1]) * own if own else None


def parted(heading: str) -> tuple[str, int]:
    """Return a heading without the unit that it names, and the minutes of that unit; 0 where it names none."""
    text = folded(heading)
    found = _UNIT.fullmatch(text)
    minutes = found and _MINUTES.get(found[2] or found[3])
    return (found[1], minutes) if found and minutes else (text, 0)


def folded(text: str) -> str:
    """Return a text as headings and words are compared."""
    return " ".join(text.split()).casefold()
