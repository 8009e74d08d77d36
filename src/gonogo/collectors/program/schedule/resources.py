"""People and their assignments, as both formats say them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Person:
    """A resource that does work.

    Attributes:
        key: Key in the file.
        name: Name; empty for none.
        named: A person, as opposed to a generic role.
        units: Capacity, 1 for full time.
        calendar: Key of the calendar by which it works; None for the project's.
    """

    key: str
    name: str
    named: bool
    units: Fraction
    calendar: str | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person on an activity from ``start`` to ``finish`` at ``units`` (1 for full time), and whether that is done.

    ``until`` is when what remains of it ends, as the tool scheduled it; None where the file does not say.
    """

    activity: str
    person: str
    units: Fraction
    start: datetime | None
    finish: datetime | None
    done: bool
    until: datetime | None = None
