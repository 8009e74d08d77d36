"""File names that hold one date: what a newer version of a file is called, judged by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

_DAY: Final = re.compile(r"(?<![0-9])(20[0-9]{2})(-?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])(?![0-9])")


@dataclass(frozen=True, slots=True)
class DatedName:
    """A file name with one date in it.

    Attributes:
        pattern: Regular expression with one group, for ``as_of: {file_name: …}``.
        wild: The name with a ``*`` where the date stands.
        day: The date.
    """

    pattern: str
    wild: str
    day: date


def dated(name: str) -> DatedName | None:
    """Return the one date in a file name; None for none, several, or a day that no calendar has."""
    found = list(_DAY.finditer(name))
    if len(found) != 1:
        return None
    year, dash, month, day = found[0].groups()
    pattern = r"(20\d{2}-\d{2}-\d{2})" if dash else r"(20\d{6})"
    if len(re.findall(pattern, name)) != 1:
        return None
    try:
        moment = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return DatedName(pattern, f"{name[: found[0].start()]}*{name[found[0].end() :]}", moment)
