"""The go-live date drawn many times over a network of activities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from gonogo.forecast.binomial import wilson
from gonogo.forecast.network_walk import MOST_DAYS, BeyondCalendar, NetworkWalk, days_needed
from gonogo.forecast.spread import CELLS_A_SCORE, REACH, Spread, drawn
from gonogo.model.activity_network import ActivityNetwork, PointRole, ThreePoints, clock_moment

if TYPE_CHECKING:
    import numpy

    from gonogo.forecast.minute_table import Whole

BLOCK: Final = 5_000
"""So many draws are made at a time; the result does not depend on how much memory there is."""
MOST_DRAWS: Final = 1_000_000
CHANCES: Final = (Fraction(1, 2), Fraction(8, 10), Fraction(9, 10))
_MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class LeadingActivity:
    """An activity by place, and in how many draws go-live waits for it."""

    place: int
    draws: int


@dataclass(frozen=True)
class GoLiveDraws:
    """What the draws came to.

    Attributes:
        draws: How many.
        on_time: In how many go-live is no later than committed.
        finishes: The finish that a share of the draws does not exceed, for each of ``CHANCES``; naive, by the
            schedule's clock.
        leading: Activities that are ahead, by how often go-live waits for them; then by how much they may take longer.
        held: Activities whose own date, not work before it, holds go-live, by how often.
        by_dates: In how many draws any such date does.
    """

    draws: int
    on_time: int
    finishes: tuple[datetime, ...]
    leading: tuple[LeadingActivity, ...]
    held: tuple[LeadingActivity, ...]
    by_dates: int

    @property
    def chance(self) -> Fraction:
        """The share of draws that is on time."""
        return Fraction(self.on_time, self.draws)

    @property
    def interval(self) -> tuple[Fraction, Fraction]:
        """Wilson's 95% interval for it: what so many draws alone can tell."""
        return wilson(self.on_time, self.draws)


def finish_by_links(network: ActivityNetwork) -> datetime:
    """Return when go-live finishes if everything takes exactly as long as the file says.

    Raises:
        BeyondCalendar: That is further away than any calendar is laid out.
    """
    return clock_moment(int(_laid(network, _exactly(network))[1].max()))


def later_than_links(network: ActivityNetwork) -> bool:
    """Return whether the file shows go-live a working minute or more later than its links give it.

    Something that no simulation knows then holds it: leveled resources, absences, dates set by hand.

    Raises:
        BeyondCalendar: A date is further away than any calendar is laid out.
    """
    if network.shown is None:
        return False
    laid, finish = _laid(network, _exactly(network))
    place = network.golive.calendar
    shown, linked = max(network.shown, network.data_date) - laid.origin, finish - laid.origin
    if place is None:
        return bool(shown - linked.max() >= _MINUTE)
    table = laid.tables[place]
    return bool((table.until(linked * 0 + shown) - table.until(linked)).max() >= _MINUTE)


def draw_go_live(network: ActivityNetwork, spread: Spread, *, draws: int, seed: int) -> GoLiveDraws:
    """Draw every duration so often, and walk the network with them.

    The same network, spread, number of draws and seed give the same result.

    Raises:
        BeyondCalendar: The latest date is further away than any calendar is laid out.
        ValueError: Nobody says how long an activity may take.
    """
    import numpy as np

    activities = network.activities
    points = [spread.points(each) if each.uncertain else None for each in activities]
    if any(found is None and each.uncertain for found, each in zip(points, activities, strict=True)):
        raise ValueError("an activity has no spread")
    worst = [np.array([0 if each is None else each.high], dtype=np.int64) for each in points]
    laid, _ = _laid(network, worst.__getitem__)
    source = np.random.Generator(np.random.PCG64(seed))
    finishes: list[Whole] = []
    leads: dict[int, int] = dict.fromkeys(range(len(activities)), 0)
    held: dict[int, int] = dict.fromkeys(range(len(activities)), 0)
    by_dates = 0
    for begin in range(0, draws, BLOCK):
        size = min(BLOCK, draws - begin)
        length = _drawing(points, spread, source, size)
        walked = laid.walk(length, trace=True)
        finishes.append(np.broadcast_to(walked.finish, (size,)))
        some = np.zeros(size, dtype=np.bool_)
        for place, mask in walked.leads.items():
            leads[place] += int(np.broadcast_to(mask, (size,)).sum())
        for place, mask in walked.held.items():
            held[place] += int(np.broadcast_to(mask, (size,)).sum())
            some |= mask
        by_dates += int(some.sum())
    every = np.sort(np.concatenate(finishes))
    order = [-(-chance.numerator * draws // chance.denominator) - 1 for chance in CHANCES]
    widths = [0 if each is None else each.high - each.low for each in points]
    return GoLiveDraws(
        draws=draws,
        on_time=int((every <= network.committed).sum()),
        finishes=tuple(clock_moment(int(every[place])) for place in order),
        leading=_most(
            {
                place: count
                for place, count in leads.items()
                if activities[place].role is not PointRole.JOINT and place < len(activities) - 1
            },
            widths,
        ),
        held=_most(held, widths),
        by_dates=by_dates,
    )


def _drawing(
    points: Sequence[ThreePoints | None], spread: Spread, source: numpy.random.Generator, size: int
) -> Callable[[int], Whole]:
    """Return what draws the duration of each activity: what all share first, then one after the other."""
    import numpy as np

    shared = source.standard_normal(size) * (CELLS_A_SCORE * spread.correlation**0.5) + CELLS_A_SCORE * REACH
    own = CELLS_A_SCORE * (1 - spread.correlation) ** 0.5

    def length(place: int) -> Whole:
        found = points[place]
        if found is None:
            return np.zeros(1, dtype=np.int64)
        cells = source.standard_normal(size)
        cells *= own
        cells += shared
        return drawn(found, spread.shape, cells)

    return length


def _most(counts: dict[int, int], widths: list[int]) -> tuple[LeadingActivity, ...]:
    found = [LeadingActivity(place, count) for place, count in counts.items() if count]
    return tuple(sorted(found, key=lambda each: (-each.draws, -widths[each.place], each.place)))


def _exactly(network: ActivityNetwork) -> Callable[[int], Whole]:
    import numpy as np

    return lambda place: np.array([network.activities[place].seconds], dtype=np.int64)


def _laid(network: ActivityNetwork, length: Callable[[int], Whole]) -> tuple[NetworkWalk, Whole]:
    """Lay out as many days as the network needs with these durations, and some more."""
    days = days_needed(network, [int(length(place).max()) for place in range(len(network.activities))])
    while True:
        laid = NetworkWalk(network, min(days, MOST_DAYS))
        try:
            return laid, laid.walk(length).finish
        except BeyondCalendar:
            if days >= MOST_DAYS:
                raise
            days *= 2
