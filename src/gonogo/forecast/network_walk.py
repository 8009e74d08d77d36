"""One walk through a network: when each activity begins and ends in every draw, and what holds go-live back.

Work is placed in the working seconds of its own calendar; milestones, and work through nights and weekends, on the
clock. A column holds one value for each draw, or a single one where all draws agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from gonogo.forecast.minute_table import MinuteTable
from gonogo.model.activity_network import DAY_S, ActivityNetwork, NetworkPoint, NetworkTie, PointRole

if TYPE_CHECKING:
    from gonogo.forecast.minute_table import Truth, Whole

EPOCH_DAY: Final = 719_163
"""Number of 1970-01-01, where 0001-01-01 is 1."""
MOST_DAYS: Final = 366 * 20
_PAST_DAYS: Final = 400
"""What began or was finished longer ago is placed here: its lag may end later for that, never earlier."""


class BeyondCalendar(Exception):
    """A date lies further away than any calendar is laid out."""


@dataclass
class Walked:
    """What a walk found.

    Attributes:
        finish: When go-live finishes, in seconds since 1970, for each draw.
        leads: For each activity by place, where it leads to go-live without slack; those that never do are left out.
        held: For each activity by place, where its own date alone holds go-live.
    """

    finish: Whole
    leads: dict[int, Truth] = field(default_factory=dict)
    held: dict[int, Truth] = field(default_factory=dict)


def days_needed(network: ActivityNetwork, lengths: Sequence[int]) -> int:
    """Return about how many days there are to go-live, with each working week spread evenly, and a tenth more."""
    paces = []
    for calendar in network.calendars:
        week = sum(end - start for shifts in calendar.week for start, end in shifts)
        paces.append(7 * DAY_S / week if week else 7.0)
    reached = [float(network.data_date)] * len(lengths)
    into: dict[int, list[NetworkTie]] = defaultdict(list)
    for link in network.links:
        into[link.succ].append(link)
    for place, (point, length) in enumerate(zip(network.activities, lengths, strict=True)):
        pace = 1.0 if point.calendar is None else paces[point.calendar]
        begin = max((reached[link.pred] + link.lag * pace for link in into[place]), default=0.0)
        dates = [each for each in (point.not_before, point.not_finished_before) if each is not None]
        reached[place] = max(begin, reached[place], *dates, 0.0) + length * pace
    return round((reached[-1] - network.data_date) / DAY_S * 1.1) + 60


class NetworkWalk:
    """A network laid out for walking."""

    def __init__(self, network: ActivityNetwork, days: int) -> None:
        moments = [network.data_date]
        for point in network.activities:
            moments += [each for each in (point.begun, point.done) if each is not None]
        first = max(min(moments), network.data_date - _PAST_DAYS * DAY_S) // DAY_S - 1
        self.network = network
        self.origin = first * DAY_S
        self.days = days + (network.data_date // DAY_S - first)
        if self.days > MOST_DAYS:
            raise BeyondCalendar
        self.tables = [MinuteTable.of(each, first + EPOCH_DAY, self.days) for each in network.calendars]
        if not all(len(table.shift) for table in self.tables):
            raise BeyondCalendar
        self.into: dict[int, list[NetworkTie]] = defaultdict(list)
        self.last_use = list(range(len(network.activities)))
        for link in network.links:
            self.into[link.succ].append(link)
            self.last_use[link.pred] = max(self.last_use[link.pred], link.succ)
        self.ending: dict[int, list[int]] = defaultdict(list)
        for place, last in enumerate(self.last_use):
            self.ending[last].append(place)

    def walk(self, length: Callable[[int], Whole], *, trace: bool = False) -> Walked:
        """Walk once.

        Args:
            length: What remains of the activity at a place.
            trace: Whether to find out what leads to go-live.

        Raises:
            BeyondCalendar: Go-live lies beyond the days that are laid out.
        """
        return _Walk(self, length, trace=trace).run()


class _Walk:
    """The columns of one walk."""

    def __init__(self, laid: NetworkWalk, length: Callable[[int], Whole], *, trace: bool) -> None:
        self.laid, self.length, self.trace = laid, length, trace
        self.now = laid.network.data_date - laid.origin
        self.start: dict[int, Whole] = {}
        self.finish: dict[int, Whole] = {}
        self.clock: dict[tuple[int, bool], Whole] = {}
        self.drives: dict[int, list[tuple[NetworkTie, Truth]]] = {}
        self.own_date: dict[int, Truth] = {}

    def run(self) -> Walked:
        import numpy as np

        points = self.laid.network.activities
        for place, point in enumerate(points):
            if point.done is not None:
                self._fixed(place, point)
            elif self._table(place) is None and not point.uncertain:
                self._reached(place, point)
            else:
                self._worked(place, point)
            if place < len(points) - 1:
                self._forget(place)
        last = len(points) - 1
        finish = self._on_clock(last, at_end=True)
        if int(finish.max()) >= (self.laid.days - 1) * DAY_S:
            raise BeyondCalendar
        found = Walked(np.asarray(finish + self.laid.origin))
        if self.trace:
            self._lead_back(found)
        return found

    def _table(self, place: int) -> MinuteTable | None:
        """Return the working time in which an activity is placed; None for the clock."""
        point = self.laid.network.activities[place]
        if point.calendar is None or point.done is not None or not point.uncertain:
            return None
        return self.laid.tables[point.calendar]

    def _lag_table(self, point: NetworkPoint) -> MinuteTable | None:
        return None if point.calendar is None else self.laid.tables[point.calendar]

    def _at(self, moment: int) -> Whole:
        import numpy as np

        return np.array([max(moment - self.laid.origin, 0)], dtype=np.int64)

    def _fixed(self, place: int, point: NetworkPoint) -> None:
        self.finish[place] = self._at(point.done or 0)
        self.start[place] = self.finish[place] if point.begun is None else self._at(point.begun)

    def _reached(self, place: int, point: NetworkPoint) -> None:
        """Place a milestone, an end of a summary row, or work of which nothing remains."""
        import numpy as np

        dates = [each for each in (point.not_before, point.not_finished_before) if each is not None]
        held = self._at(max(dates)) if dates else None
        joint = point.role is PointRole.JOINT
        ready = self._at(self.laid.origin) if joint else self._at(self.laid.network.data_date)
        found = [(link, self._candidate(link, point, None)) for link in self.laid.into[place]]
        value = ready
        if found and point.earliest:
            value = found[0][1]
            for _, each in found[1:]:
                value = np.minimum(value, each)
        else:
            for _, each in found:
                value = np.maximum(value, each)
        by_links = value
        if held is not None:
            value = np.maximum(value, held)
        if self.trace:
            self.drives[place] = [(link, each == value) for link, each in found]
            if held is not None:
                self.own_date[place] = value > by_links
        table = self._lag_table(point)
        if point.at_start and table is not None:
            value = np.maximum(value, table.starting(table.until(value)))
        self.finish[place] = value
        self.start[place] = value if point.begun is None else self._at(point.begun)

    def _worked(self, place: int, point: NetworkPoint) -> None:
        """Place work: after all that it waits for, then as long as it takes, and no earlier than its end is held."""
        import numpy as np

        table = self._table(place)
        start = self._moment(self.now, table)
        fixed = None if point.not_before is None else self._moment(point.not_before - self.laid.origin, table)
        found = [(link, self._candidate(link, point, table)) for link in self.laid.into[place]]
        for link, each in found:
            if link.type in ("FS", "SS"):
                start = np.maximum(start, each)
        by_links = start
        if fixed is not None:
            start = np.maximum(start, fixed)
        length = self.length(place)
        finish = plain = start + length
        ends = [each for link, each in found if link.type in ("FF", "SF")]
        until = None
        if point.not_finished_before is not None:
            until = self._moment(point.not_finished_before - self.laid.origin, table)
        for each in ends:
            finish = np.maximum(finish, each)
        by_ends = finish
        if until is not None:
            finish = np.maximum(finish, until)
        if self.trace:
            late = finish > plain if ends or until is not None else None
            self.drives[place] = [
                (link, _both(each == finish, late) if link.type in ("FF", "SF") else _unless(each == start, late))
                for link, each in found
            ]
            own = [_unless(start > by_links, late)] if fixed is not None else []
            own += [finish > by_ends] if until is not None else []
            if own:
                self.own_date[place] = own[0] | own[-1]
        self.finish[place] = finish
        if point.begun is not None:
            self.start[place] = self._moment(point.begun - self.laid.origin, table)
        else:
            self.start[place] = start if finish is plain else finish - length

    def _moment(self, moment: int, table: MinuteTable | None) -> Whole:
        import numpy as np

        found = np.array([max(moment, 0)], dtype=np.int64)
        return found if table is None else table.until(found)

    def _candidate(self, link: NetworkTie, succ: NetworkPoint, table: MinuteTable | None) -> Whole:
        """Return from when on a link lets the tied end be, where the successor is placed by ``table``."""
        at_end = link.type in ("FS", "FF")
        placed = self._table(link.pred)
        own = link.calendar if link.lag and not link.elapsed else None
        if table is not None and placed is table and not link.elapsed and own is None:
            value = (self.finish if at_end else self.start)[link.pred]
            return value + link.lag if link.lag else value
        moment = self._on_clock(link.pred, at_end=at_end)
        if own is not None:
            hours = self.laid.tables[own]
            moment = hours.ending(hours.until(moment) + link.lag)
            return moment if table is None else table.until(moment)
        if table is not None:
            return table.until(moment + link.lag) if link.elapsed else table.until(moment) + link.lag
        lag_table = self._lag_table(succ)
        if not link.lag or link.elapsed or lag_table is None:
            return moment + link.lag if link.lag else moment
        return lag_table.ending(lag_table.until(moment) + link.lag)

    def _on_clock(self, place: int, *, at_end: bool) -> Whole:
        key = place, at_end
        if key not in self.clock:
            value, table = (self.finish if at_end else self.start)[place], self._table(place)
            if table is not None:
                value = table.ending(value) if at_end else table.starting(value)
            self.clock[key] = value
        return self.clock[key]

    def _forget(self, place: int) -> None:
        for each in self.laid.ending[place]:
            for column in (self.start, self.finish):
                column.pop(each, None)
            for at_end in (True, False):
                self.clock.pop((each, at_end), None)

    def _lead_back(self, found: Walked) -> None:
        """Go back from go-live along what drove each activity."""
        import numpy as np

        points = self.laid.network.activities
        found.leads[len(points) - 1] = np.array([True])
        for place in range(len(points) - 1, -1, -1):
            leads = found.leads.get(place)
            if leads is None:
                continue
            if place in self.own_date:
                found.held[place] = leads & self.own_date[place]
            for link, drives in self.drives.get(place, ()):
                pred = points[link.pred]
                if pred.done is not None or (link.type in ("SS", "SF") and pred.begun is not None):
                    continue
                here = leads & drives
                found.leads[link.pred] = found.leads[link.pred] | here if link.pred in found.leads else here


def _both(one: Truth, other: Truth | None) -> Truth:
    return one if other is None else one & other


def _unless(one: Truth, other: Truth | None) -> Truth:
    return one if other is None else one & ~other
