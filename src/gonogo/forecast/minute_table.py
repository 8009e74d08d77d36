"""Working time of one calendar, minute by minute, so that a whole column of moments is converted at once.

Moments and working time are whole seconds from one midnight. Hours that do not begin and end at a full minute are
shortened to full ones: a date gets later by that, never earlier.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from gonogo.model.activity_network import ShiftSpan, WorkingTime

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Whole = NDArray[numpy.int64]
    Truth = NDArray[numpy.bool_]

MINUTES: Final = 1440


@dataclass(frozen=True)
class MinuteTable:
    """One calendar from a midnight on.

    Attributes:
        works: For each minute, whether it is working time.
        worked: For each minute, the working minutes before it.
        minute: For each working minute, which minute it is.
    """

    works: Truth
    worked: NDArray[numpy.int32]
    minute: NDArray[numpy.int32]

    @classmethod
    def of(cls, time: WorkingTime, first: int, days: int) -> MinuteTable:
        """Return the table of so many days from the day with the number ``first`` on."""
        import numpy as np

        week = np.zeros((7, MINUTES), dtype=np.bool_)
        for number, shifts in enumerate(time.week):
            _fill(week[number], shifts)
        works = np.zeros((days + 1) * MINUTES, dtype=np.bool_)  # the day after the last one has no working time
        table = works.reshape(-1, MINUTES)
        for number in range(7):
            table[(number - first + 1) % 7 : days : 7] = week[number]
        for day, shifts in time.special:
            if first <= day < first + days:
                table[day - first] = False
                _fill(table[day - first], shifts)
        worked = np.zeros(len(works) + 1, dtype=np.int32)
        np.cumsum(works, out=worked[1:])
        return cls(works, worked, np.flatnonzero(works).astype(np.int32))

    def until(self, moment: Whole) -> Whole:
        """Return the working seconds before each moment."""
        minute = moment // 60
        rest = moment - minute * 60
        found: Whole = self.worked.take(minute, mode="clip") * 60 + rest * self.works.take(minute, mode="clip")
        return found

    def starting(self, worked: Whole) -> Whole:
        """Return the moment at which work begins that comes after so many working seconds."""
        minute = worked // 60
        found: Whole = self.minute.take(minute, mode="clip") * 60 + (worked - minute * 60)
        return found

    def ending(self, worked: Whole) -> Whole:
        """Return the moment at which so many working seconds are done."""
        minute = (worked - 1).clip(0) // 60
        found: Whole = self.minute.take(minute, mode="clip") * 60 + (worked - minute * 60)
        return found


def _fill(day: Truth, shifts: tuple[ShiftSpan, ...]) -> None:
    for start, end in shifts:
        day[-(-start // 60) : end // 60] = True
