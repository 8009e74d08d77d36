"""What the links of a schedule do to its dates when one activity takes longer: a pass forward, nothing moves earlier.

Each activity keeps its dates unless a link pushes it. What is pushed keeps its working time. Hard constraints, manual
dates, starts that have happened and finished work stay: that is what the test of a delay looks for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    LagKind,
    LinkType,
    absent,
    why_unread,
)
from gonogo.collectors.program.schedule.network import Network
from gonogo.collectors.program.schedule.worktime import WorkCalendar, elapsed_minutes

MAX_LEAD_DAYS: Final = 4_000
Dates = tuple[datetime | None, datetime | None]


@dataclass
class Delayed:
    """The dates of a schedule after one of its activities was made longer.

    Attributes:
        network: Its network; free of circles.
        dates: Start and finish of each activity that moved.
    """

    network: Network
    dates: dict[str, Dates] = field(default_factory=dict)

    @classmethod
    def by_days(cls, network: Network, key: str, days: int) -> Delayed:
        """Return what follows when an activity finishes so many working days later.

        Raises:
            CollectorRefusal: It has no finish; nobody knows how long a day is; a calendar is not defined.
        """
        found = cls(network)
        schedule = network.schedule
        row = schedule.activities[key]
        if row.finish is None:
            raise absent(f"{row.label} has no finish date")
        added = schedule.minutes_of_day(row) * days
        found.dates[key] = (row.start, schedule.calendar_of(row).later(row.finish, added))
        for after in found._order(key):
            found._push(schedule.activities[after])
        return found

    def of(self, key: str) -> Dates:
        """Return the dates of a row: moved ones, else its own; of a summary row those of what lies below it."""
        row = self.network.schedule.activities[key]
        if row.kind is not ActivityKind.SUMMARY:
            return self.dates.get(key, (row.start, row.finish))
        inside = [self.of(child) for child in self.network.children[key]]
        starts = [start for start, _ in inside if start is not None]
        finishes = [finish for _, finish in inside if finish is not None]
        return min(starts, default=None), max(finishes, default=None)

    def moved(self, key: str) -> Fraction:
        """Return by how many minutes of the clock the finish of an activity moved."""
        row, (_, finish) = self.network.schedule.activities[key], self.of(key)
        if row.finish is None or finish is None:
            raise absent(f"{row.label} has no finish date")
        return elapsed_minutes(row.finish, finish)

    def _order(self, key: str) -> list[str]:
        """Return the activities behind one in an order in which every predecessor comes first."""
        reached = {("", key)}
        found = []
        for point in self.network.order:
            if not reached.isdisjoint(self.network.graph[point]):
                reached.add(point)
                if point[0] == "":
                    found.append(point[1])
        return found

    def _push(self, row: Activity) -> None:
        """Move one activity to where its links push it."""
        schedule = self.network.schedule
        if row.pinned or not row.counted or row.finished(schedule.data_date) or row.start is None or row.finish is None:
            return
        begun = row.actual_start is not None and row.actual_start <= schedule.data_date
        calendar = schedule.calendar_of(row)
        start, finish = row.start, row.finish
        for link in self.network.effective_links(row):
            free = self._free(link, row)
            if free is None:
                continue
            if link.type in (LinkType.FS, LinkType.SS):
                start = start if begun else max(start, free)
            else:
                finish = max(finish, free)
        if start > row.start:
            lasts = calendar.most.until(row.finish) - calendar.most.until(row.start)
            shifted = start + (row.finish - row.start) if row.elapsed else calendar.least.after(start, lasts)
            finish = max(finish, shifted)
        if (start, finish) != (row.start, row.finish):
            self.dates[row.key] = (start, finish)

    def _free(self, link: ActivityLink, succ: Activity) -> datetime | None:
        """Return the moment at which a link lets its successor go; None where the predecessor did not move."""
        schedule = self.network.schedule
        pred = schedule.activities[link.pred]
        if pred.kind is ActivityKind.SUMMARY:
            (start, finish), usual = self.of(link.pred), Delayed(self.network).of(link.pred)
        elif link.pred in self.dates:
            (start, finish), usual = self.dates[link.pred], (pred.start, pred.finish)
        else:
            return None
        late, was = (finish, usual[1]) if link.type in (LinkType.FS, LinkType.FF) else (start, usual[0])
        if late is None or late == was:
            return None
        if not link.lag:
            return late
        if link.kind is LagKind.WORKING:
            return _later(schedule.calendar_of(succ), late, link.lag)
        if link.kind is LagKind.ELAPSED:
            return late + timedelta(seconds=int(link.lag * 60))
        if pred.minutes is None:
            raise absent(
                f"{pred.label} has no duration that can be read, and a lag is a share of it{why_unread([pred])}"
            )
        share = pred.minutes * link.lag / 100
        if link.kind is LagKind.ELAPSED_PERCENT:
            return late + timedelta(seconds=int(share * 60))
        return _later(schedule.calendar_of(succ), late, share)


def _later(calendar: WorkCalendar, moment: datetime, minutes: Fraction) -> datetime:
    """Return the moment so much working time later; for a lead one at least so much earlier, by less than a day."""
    if minutes >= 0:
        return calendar.later(moment, minutes)
    earlier = moment
    for _ in range(MAX_LEAD_DAYS):
        earlier -= timedelta(days=1)
        if calendar.minutes(earlier, moment, most=False) >= -minutes:
            return earlier
    raise absent(f"a lead is longer than {MAX_LEAD_DAYS} days")
