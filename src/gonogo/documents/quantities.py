"""The leaves that measure: dates, instants, ages, deadlines, sizes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from gonogo.documents.scalars import ScalarType, mistake, scalar, text_of


def _day(value: object) -> date:
    text = text_of(value)
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise mistake("G116", f"`{text[:40]}` is not a date", "dates are written 2027-05-03") from None


Day = Annotated[date, ScalarType(_day, {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})]

_MOMENT = r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?"


def read_moment(value: object) -> datetime:
    """An instant: aware where an offset is written, naive where it is local time of the program."""
    text = text_of(value)
    try:
        if not re.fullmatch(_MOMENT, text, re.ASCII):
            raise ValueError
        return datetime.fromisoformat(text)
    except ValueError:
        hint = "instants are written 2027-05-03T06:00-04:00, or 2027-05-03T06:00 in the program's time zone"
        raise mistake("G116", f"`{text[:40]}` is not an instant", hint) from None


Moment = Annotated[datetime, ScalarType(read_moment, {"type": "string", "pattern": f"^{_MOMENT}$"})]


def _day_or_moment(value: object) -> date | datetime:
    return _day(value) if re.fullmatch(r"[0-9-]*", text_of(value), re.ASCII) else read_moment(value)


DayOrMoment = Annotated[
    date | datetime,
    ScalarType(_day_or_moment, {"type": "string", "pattern": rf"^([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}|{_MOMENT})$"}),
]


def _measure(what: str, units: dict[str, int], *, most: int, hint: str, code: str) -> Callable[[object], int]:
    def read(value: object) -> int:
        found = scalar(value)
        match = re.fullmatch(r"([1-9][0-9]{0,9}) ?([A-Za-z]*)", found.text, re.ASCII)
        if found.quoted or not match or match[2] not in units:
            raise mistake(code, f"`{found.text[:40]}` is not {what}", hint)
        amount = int(match[1]) * units[match[2]]
        if amount > most:
            raise mistake(code, f"`{found.text[:40]}` is too much", hint)
        return amount

    return read


Age = Annotated[
    int,
    ScalarType(
        _measure(
            "an age", {"d": 86400, "h": 3600}, most=3660 * 86400, hint="whole days or hours: `7d`, `12h`", code="G116"
        ),
        {"type": "string", "pattern": r"^[1-9][0-9]*[dh]$"},
    ),
]
"""Seconds, from ``7d`` or ``12h``."""

WorkingDays = Annotated[
    int,
    ScalarType(
        _measure("a number of working days", {"": 1}, most=1000, hint="whole days, such as `5`", code="G116"),
        {"type": "integer", "minimum": 1, "maximum": 1000},
    ),
]

Deadline = Annotated[
    int,
    ScalarType(
        _measure("a time", {"s": 1, "m": 60}, most=3600, hint="1s to 3600s, or 1m to 60m, such as `60s`", code="G116"),
        {"type": "string", "pattern": r"^[1-9][0-9]*[sm]$"},
    ),
]
"""Seconds, from ``60s`` or ``5m``; at most an hour."""

_SIZES = {"": 1, "KB": 2**10, "KiB": 2**10, "MB": 2**20, "MiB": 2**20, "GB": 2**30, "GiB": 2**30}
Size = Annotated[
    int,
    ScalarType(
        _measure("a size", _SIZES, most=2**32, hint="bytes, or KB, MB, GB up to 4GB, such as `64MB`", code="G115"),
        {"anyOf": [{"type": "integer"}, {"type": "string", "pattern": r"^[1-9][0-9]* ?([KMG]i?B)?$"}]},
    ),
]
"""Bytes; a KB has 1,024 of them."""
