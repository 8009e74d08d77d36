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
        base: For each minute, what is to be added for its working seconds: to the moment in working time, to 0 outside.
        shift: For each working minute, how far its moments lie after its working seconds.
    """

    works: Truth
    base: NDArray[numpy.int32]
    shift: NDArray[numpy.int32]

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
        minute = np.flatnonzero(works).astype(np.int32)
        shift = ((minute - np.arange(len(minute), dtype=np.int32)) * 60).astype(np.int32, copy=False)
        base = np.cumsum(works, dtype=np.int32)
        base -= works
        base *= 60
        base[minute] = -shift
        return cls(works, base, shift)

    def until(self, moment: Whole) -> Whole:
        """Return the working seconds before each moment."""
        minute = moment // 60
        found: Whole = self.works.take(minute, mode="clip") * moment
        found += self.base.take(minute, mode="clip")
        return found

    def starting(self, worked: Whole) -> Whole:
        """Return the moment at which work begins that comes after so many working seconds."""
        found: Whole = worked + self.shift.take(worked // 60, mode="clip")
        return found

    def ending(self, worked: Whole) -> Whole:
        """Return the moment at which so many working seconds are done."""
        found: Whole = worked + self.shift.take((worked - 1) // 60, mode="clip")
        return found


def _fill(day: Truth, shifts: tuple[ShiftSpan, ...]) -> None:
    for start, end in shifts:
        day[-(-start // 60) : end // 60] = True
