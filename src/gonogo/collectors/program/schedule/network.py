"""The network of a schedule: what feeds what, through summary rows as well, and which links drive.

A link from a summary row ties the end of everything below it; a link to a summary row ties the beginning of everything
below it. Both are modelled by two points of each summary, so that no link is multiplied by the rows below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from gonogo.collectors.program.schedule.plan import (
    Activity,
    Kind,
    LagKind,
    Link,
    LinkType,
    Schedule,
    elapsed_minutes,
    named,
    unprovable,
)

Point = tuple[str, str]
"""``("", key)`` for an activity; ``("in", key)`` and ``("out", key)`` for the two points of a summary row."""


class Network:
    """What feeds what in one schedule."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.into: dict[str, list[Link]] = defaultdict(list)
        for link in schedule.links:
            self.into[link.succ].append(link)
        self.children: dict[str, list[str]] = defaultdict(list)
        for activity in schedule.activities.values():
            if activity.parent is not None:
                self.children[activity.parent].append(activity.key)

    def _summary(self, key: str) -> bool:
        return self.schedule.activities[key].kind is Kind.SUMMARY

    def before(self, point: Point) -> Iterator[Point]:
        """Iterate the points that directly precede a point."""
        side, key = point
        if side == "out":
            for child in self.children[key]:
                yield ("out" if self._summary(child) else "", child)
            # what drives an empty row, or a row as a whole, precedes its end too
            yield ("in", key)
            return
        for link in self.into[key]:
            yield ("out" if self._summary(link.pred) else "", link.pred)
        parent = self.schedule.activities[key].parent
        if parent is not None:
            yield ("in", parent)

    @cached_property
    def cycle(self) -> tuple[str, ...]:
        """Keys of the rows of one circle of links; empty when there is none."""
        points: set[Point] = set()
        for key in self.schedule.activities:
            points.update((("in", key), ("out", key)) if self._summary(key) else (("", key),))
        graph = {point: tuple(self.before(point)) for point in points}
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            return tuple(dict.fromkeys(key for _, key in error.args[1]))
        return ()

    def feeding(self, key: str) -> frozenset[str]:
        """Return the keys of all rows, of whatever kind, with a path to the activity; without itself."""
        return frozenset(row for side, row in self._behind(key) if side == "" and row != key)

    def driven_by(self, key: str) -> frozenset[str]:
        """Return the keys of the activity and of all rows and summary rows whose links lead to it."""
        return frozenset(row for side, row in self._behind(key) if side != "out")

    def _behind(self, key: str) -> set[Point]:
        seen: set[Point] = set()
        stack: list[Point] = [("", key)]
        while stack:
            point = stack.pop()
            if point not in seen:
                seen.add(point)
                stack.extend(self.before(point))
        return seen

    def effective_links(self, activity: Activity) -> Iterator[Link]:
        """Iterate the links that hold an activity back: its own and those of the summary rows above it."""
        key: str | None = activity.key
        while key is not None:
            yield from self.into[key]
            key = self.schedule.activities[key].parent

    @cached_property
    def _ends(self) -> dict[str, tuple[Activity | None, Activity | None]]:
        """For each summary row: the unfinished-or-not activity below that starts first, and that finishes last."""
        ends: dict[str, tuple[Activity | None, Activity | None]] = {}
        for key in reversed(list(self.schedule.activities)):
            if not self._summary(key):
                continue
            first: Activity | None = None
            last: Activity | None = None
            for child in self.children[key]:
                row = self.schedule.activities[child]
                early, late = ends.get(child, (None, None)) if self._summary(child) else (row, row)
                if early and early.start and (first is None or first.start is None or early.start < first.start):
                    first = early
                if late and late.finish and (last is None or last.finish is None or late.finish > last.finish):
                    last = late
            ends[key] = (first, last)
        return ends

    def _driver(self, link: Link) -> Activity | None:
        """Return the activity behind a link; for a summary row the one that sets the end that is tied."""
        pred = self.schedule.activities[link.pred]
        if pred.kind is Kind.SUMMARY:
            first, last = self._ends.get(pred.key, (None, None))
            return last if link.type in (LinkType.FS, LinkType.FF) else first
        return pred

    def waits(self, link: Link, pred: Activity, succ: Activity) -> tuple[Fraction, ...]:
        """Return the working minutes for which ``succ`` waits although the link lets it go, in each reading of its lag.

        Negative where the activities overlap more than the link allows; empty without dates, or where a share of an
        unknown duration is waited for. What a percentage of an elapsed duration, or an elapsed percentage, is a share
        of is told in two ways; both are here.
        """
        try:
            return self._waits(link, pred, succ)
        except OverflowError:  # a lag beyond the calendar of years: nothing waits that long
            return ()

    def _waits(self, link: Link, pred: Activity, succ: Activity) -> tuple[Fraction, ...]:
        tied = pred.finish if link.type in (LinkType.FS, LinkType.FF) else pred.start
        held = succ.start if link.type in (LinkType.FS, LinkType.SS) else succ.finish
        if tied is None or held is None:
            return ()
        calendar, end = self.schedule.calendar_of(succ), held
        working = calendar.minutes(tied, end, most=True)

        def after(elapsed: Fraction) -> Fraction:
            return calendar.minutes(_shifted(tied, elapsed), end, most=True)

        if link.kind is LagKind.WORKING:
            return (working - link.lag,)
        if link.kind is LagKind.ELAPSED:
            return (after(link.lag),)
        if pred.minutes is None:
            return ()
        share = pred.minutes * link.lag / 100
        if link.kind is LagKind.ELAPSED_PERCENT:
            if pred.start is None or pred.finish is None:
                return ()
            return (after(share), after(elapsed_minutes(pred.start, pred.finish) * link.lag / 100))
        return (working - share, after(share)) if pred.elapsed else (working - share,)

    def reaches_data_date(self, key: str) -> bool:
        """Return whether a chain of driving links runs from the data date to the activity.

        A link drives while its successor waits less than one working day although the link lets it go, and starts less
        than one working day too early for it: dates further apart, either way, do not come from the link. The chain has
        reached the data date at work that is finished or has begun, or that starts within a working day of it. Work
        that has not begun and that was to start a working day or more before the data date carries no chain: it did
        not start then.

        Raises:
            CollectorRefusal: A calendar is needed that is not defined; or no chain was found, but one may run through
                a row of another project that the file does not hold.
        """
        schedule = self.schedule
        outside: list[Activity] = []
        now = schedule.data_date
        seen = {key}
        stack = [schedule.activities[key]]
        while stack:
            activity = stack.pop()
            begun = activity.actual_start is not None and activity.actual_start <= now
            if activity.finished(now) or begun:
                return True
            if activity.start is None:
                continue
            day = schedule.minutes_of_day(activity)
            ahead = schedule.calendar_of(activity).minutes(now, activity.start, most=True)
            if ahead <= -day:
                continue
            if ahead < day:
                return True
            if activity.key in schedule.unseen:
                outside.append(activity)
            for link in self.effective_links(activity):
                pred = self._driver(link)
                if pred is not None and pred.kind is Kind.EXTERNAL:
                    outside.append(activity)
                if pred is None or not pred.counted or pred.key in seen:
                    continue
                waits = self.waits(link, pred, activity)
                if waits and all(-day < wait < day for wait in waits):
                    seen.add(pred.key)
                    stack.append(pred)
        if outside:
            raise unprovable(f"the driving path may run through another project, before {named(outside)}")
        return False


def _shifted(moment: datetime, minutes: Fraction) -> datetime:
    return moment + timedelta(seconds=int(minutes * 60))
