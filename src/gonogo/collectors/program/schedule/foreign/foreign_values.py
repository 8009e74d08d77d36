"""Values of MPXJ as ours: moments, minutes, numbers, texts. A value that the file does not hold stays None.

Fields are read as they were read from the file (``getCachedValue``); what MPXJ would calculate for a missing one is
no evidence.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.program.schedule.activities import LagKind
from gonogo.plugin.spec import CollectorRefusal

TENTH: Final = 10
PERCENT: Final = {"PERCENT": LagKind.PERCENT, "ELAPSED_PERCENT": LagKind.ELAPSED_PERCENT}


def text_of(value: Any) -> str:
    """Return a text of Java; empty for none."""
    return "" if value is None else str(value)


def number_of(value: Any) -> Fraction | None:
    """Return a number of Java as it is written; None for none.

    Raises:
        CollectorRefusal: It is not finite.
    """
    if value is None:
        return None
    try:
        return Fraction(str(value))
    except ValueError:
        raise CollectorRefusal(f"a number of the plan is {str(value)[:40]}") from None


@dataclass
class ForeignValues:
    """Reads values of one project; dates repeat, so each text is read once.

    Attributes:
        fields: The task fields of MPXJ (``org.mpxj.TaskField``).
        units: Its units of time.
        per_units: What a day, a week and a month are to it (the project's properties).
    """

    fields: Any
    units: Any
    per_units: Any
    _moments: dict[str, datetime] = field(default_factory=dict)
    _members: dict[str, Any] = field(default_factory=dict)

    def raw(self, row: Any, name: str) -> Any:
        """Return a field of a task as the file holds it."""
        member = self._members.get(name)
        if member is None:
            member = self._members[name] = getattr(self.fields, name)
        return row.getCachedValue(member)

    def moment(self, value: Any) -> datetime | None:
        """Return a local date and time, to the second."""
        if value is None:
            return None
        text = str(value)
        found = self._moments.get(text)
        if found is None:
            try:
                found = datetime.fromisoformat(text).replace(microsecond=0)
            except ValueError:
                raise CollectorRefusal(f"a date of the plan is {text[:40]!r}") from None
            self._moments[text] = found
        return found

    def date(self, row: Any, name: str) -> datetime | None:
        """Return a date of a task."""
        return self.moment(self.raw(row, name))

    def minutes(self, value: Any) -> Fraction | None:
        """Return a duration in minutes, to a tenth; None for none."""
        if value is None:
            return None
        return _tenths(value.convertUnits(self.units.MINUTES, self.per_units).getDuration())

    def length(self, row: Any, name: str) -> tuple[Fraction | None, bool]:
        """Return a duration of a task in minutes, and whether it runs through nights and weekends."""
        value = self.raw(row, name)
        return self.minutes(value), value is not None and bool(value.getUnits().isElapsed())

    def lag(self, value: Any) -> tuple[Fraction, LagKind]:
        """Return a lag in minutes or percent, and how it is measured."""
        if value is None:
            return Fraction(0), LagKind.WORKING
        kind = PERCENT.get(str(value.getUnits().name()))
        if kind is not None:
            return _tenths(value.getDuration()), kind
        minutes = self.minutes(value) or Fraction(0)
        return minutes, LagKind.ELAPSED if value.getUnits().isElapsed() else LagKind.WORKING


def _tenths(value: Any) -> Fraction:
    try:
        return Fraction(round(float(value) * TENTH), TENTH)
    except (ValueError, OverflowError):
        raise CollectorRefusal(f"a duration of the plan is {str(value)[:40]}") from None
