"""The network of a schedule: what feeds what, through summary rows as well, and which links drive.

A link from a summary row ties the end of everything below it; a link to a summary row ties the beginning of everything
below it. Both are modelled by two points of each summary, so that no link is multiplied by the rows below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from graphlib import CycleError, TopologicalSorter

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    LagKind,
    LinkType,
    Schedule,
    absent,
    named,
    unprovable,
    why_unread,
)
from gonogo.collectors.program.schedule.worktime import elapsed_minutes
from gonogo.plugin.spec import CollectorRefusal

Point = tuple[str, str]
"""``("", key)`` for an activity; ``("in", key)`` and ``("out", key)`` for the two points of a summary row."""


class Network:
    """What feeds what in one schedule."""

    def __init__(self, schedule: Schedule) -> None:
        self.schedule = schedule
        self.into: dict[str, list[ActivityLink]] = defaultdict(list)
        for link in schedule.links:
            self.into[link.succ].append(link)
        self.children: dict[str, list[str]] = defaultdict(list)
        for activity in schedule.activities.values():
            if activity.parent is not None:
                self.children[activity.parent].append(activity.key)
        self._behind_of: dict[str, set[Point]] = {}

    def _summary(self, key: str) -> bool:
        return self.schedule.activities[key].kind is ActivityKind.SUMMARY

    @cached_property
    def graph(self) -> dict[Point, tuple[Point, ...]]:
        """Every point with those that directly precede it."""
        rows = self.schedule.activities
        ends: dict[str, Point] = {key: ("out" if self._summary(key) else "", key) for key in rows}
        graph: dict[Point, tuple[Point, ...]] = {}
        for key, row in rows.items():
            before = [ends[link.pred] for link in self.into.get(key, ())]
            if row.parent is not None:
                before.append(("in", row.parent))
            if ends[key][0] == "":
                graph[ends[key]] = tuple(before)
            else:
                graph["in", key] = tuple(before)
                # what drives an empty row, or a row as a whole, precedes its end too
                graph["out", key] = (*(ends[child] for child in self.children.get(key, ())), ("in", key))
        return graph

    @cached_property
    def cycle(self) -> tuple[str, ...]:
        """Keys of the rows of one circle of links; empty when there is none."""
        try:
            _ = self.order
        except CycleError as error:
            return tuple(dict.fromkeys(key for _, key in error.args[1]))
        return ()

    @cached_property
    def order(self) -> list[Point]:
        """Every point after all that precede it.

        Raises:
            CycleError: Links run in a circle.
        """
        waits = {point: len(before) for point, before in self.graph.items()}
        after: dict[Point, list[Point]] = defaultdict(list)
        for point, before in self.graph.items():
            for each in before:
                after[each].append(point)
        order = [point for point, number in waits.items() if not number]
        order += (point for point in after if point not in waits)
        for point in order:  # grows while it runs
            for each in after.get(point, ()):
                waits[each] -= 1
                if not waits[each]:
                    order.append(each)
        if len(order) < len(waits.keys() | after.keys()):
            TopologicalSorter(self.graph).prepare()  # names the circle, and takes four times as long
        return order

    def feeding(self, key: str) -> frozenset[str]:
        """Return the keys of all rows, of whatever kind, with a path to the activity; without itself."""
        return frozenset(row for side, row in self.behind(key) if side == "" and row != key)

    def feeding_any(self, activities: Iterable[str], *, but: str) -> frozenset[str]:
        """Return the keys of these activities and of all rows with a path to one, without what feeds `but`."""
        known = self.behind(but)
        seen: set[Point] = set()
        stack: list[Point] = [("", key) for key in activities]
        while stack:
            point = stack.pop()
            if point not in seen and point not in known:
                seen.add(point)
                stack.extend(self.graph[point] if point in self.graph else self.graph["", point[1]])
        return frozenset(row for side, row in seen if side == "")

    def driven_by(self, key: str) -> frozenset[str]:
        """Return the keys of the activity and of all rows and summary rows whose links lead to it."""
        return frozenset(row for side, row in self.behind(key) if side != "out")

    def behind(self, key: str) -> set[Point]:
        """Return every point with a path to an activity, and its own; each activity is walked to once."""
        if key not in self._behind_of:
            graph, seen = self.graph, self._behind_of.setdefault(key, set())
            stack: list[Point] = [("", key)]
            while stack:
                point = stack.pop()
                if point not in seen:
                    seen.add(point)
                    # a row with rows below it that is no summary has one point, and nothing else precedes its beginning
                    stack.extend(graph[point] if point in graph else graph["", point[1]])
        return self._behind_of[key]

    def effective_links(self, activity: Activity) -> Iterator[ActivityLink]:
        """Iterate the links that hold an activity back: its own and those of the summary rows above it."""
        key: str | None = activity.key
        while key is not None:
            yield from self.into[key]
            key = self.schedule.activities[key].parent

    def _drivers(self, link: ActivityLink) -> tuple[Activity, ...]:
        """Return the activities behind a link: of a summary row all that set the end that is tied, however many."""
        if not self._summary(link.pred):
            return (self.schedule.activities[link.pred],)
        first, last = self._ends[link.pred]
        return last if link.type in (LinkType.FS, LinkType.FF) else first

    @cached_property
    def _ends(self) -> dict[str, tuple[tuple[Activity, ...], tuple[Activity, ...]]]:
        """For each summary row: all activities below that start first, and all that finish last."""
        ends: dict[str, tuple[tuple[Activity, ...], tuple[Activity, ...]]] = {}
        for key in self._from_below():
            starts: list[Activity] = []
            finishes: list[Activity] = []
            for child in self.children[key]:
                row = self.schedule.activities[child]
                first, last = ends[child] if self._summary(child) else ((row,), (row,))
                starts += first
                finishes += last
            begin = min((row.start for row in starts if row.start), default=None)
            end = max((row.finish for row in finishes if row.finish), default=None)
            ends[key] = (
                tuple(row for row in starts if begin is not None and row.start == begin),
                tuple(row for row in finishes if end is not None and row.finish == end),
            )
        return ends

    def _from_below(self) -> Iterator[str]:
        """Iterate the keys of all summary rows, those below a row before the row itself."""
        found = [key for key, row in self.schedule.activities.items() if self._summary(key) and row.parent is None]
        for key in found:  # grows while it runs
            found += [child for child in self.children[key] if self._summary(child)]
        return reversed(found)

    def waits(self, link: ActivityLink, pred: Activity, succ: Activity) -> tuple[Fraction, ...]:
        """Return the working minutes for which ``succ`` waits although the link lets it go, in each reading of its lag.

        Negative where the activities overlap more than the link allows; empty without dates, or where a share of an
        unknown duration is waited for. What a percentage of an elapsed duration, or an elapsed percentage, is a share
        of is told in two ways; both are here.
        """
        try:
            return self._waits(link, pred, succ)
        except OverflowError:  # a lag beyond the calendar of years: nothing waits that long
            return ()

    def _waits(self, link: ActivityLink, pred: Activity, succ: Activity) -> tuple[Fraction, ...]:
        tied = pred.finish if link.type in (LinkType.FS, LinkType.FF) else pred.start
        held = succ.start if link.type in (LinkType.FS, LinkType.SS) else succ.finish
        if tied is None or held is None:
            return ()
        calendar, end = self.schedule.calendar_of(succ), held
        working = calendar.minutes(tied, end, most=True)

        def after(elapsed: Fraction) -> Fraction:
            return calendar.minutes(_shifted(tied, elapsed), end, most=True)

        if link.kind is LagKind.WORKING or not link.lag:
            return (working - link.lag,)
        if link.kind is LagKind.ELAPSED:
            return (after(link.lag),)
        if pred.minutes is None:
            raise absent(
                f"{pred.label} has no duration that can be read, and a lag is a share of it{why_unread([pred])}"
            )
        share = pred.minutes * link.lag / 100
        if link.kind is LagKind.ELAPSED_PERCENT:
            if pred.start is None or pred.finish is None:
                return ()
            return (after(share), after(elapsed_minutes(pred.start, pred.finish) * link.lag / 100))
        return (working - share, after(share)) if pred.elapsed else (working - share,)

    def reaches_data_date(self, key: str) -> bool:
        """Return whether a chain of driving links runs from the data date to the activity; see the next method."""
        return self.driving_chain(key) is not None

    def driving_chain(self, key: str) -> list[str] | None:
        """Return a chain of driving links from the data date to the activity, its first activity first; None for none.

        A link drives while its successor waits less than one working day although the link lets it go, and starts less
        than one working day too early for it: dates further apart, either way, do not come from the link. Behind a link
        from a summary row stand all activities below it that set its end: where several end at the same moment, each of
        them may carry the chain. The chain has
        reached the data date at work that is finished or has begun, or that starts within a working day of it. Work
        that has not begun and that was to start a working day or more before the data date carries no chain: it did
        not start then.

        Raises:
            CollectorRefusal: No chain was found, but one may run through an activity whose calendar is not defined, or
                through a row of another project that the file does not hold.
        """
        schedule = self.schedule
        outside: set[str] = set()
        refusals: dict[str, CollectorRefusal] = {}
        now = schedule.data_date
        follows: dict[str, str] = {}
        seen = {key}
        stack = [schedule.activities[key]]
        while stack:
            activity = stack.pop()
            begun = activity.actual_start is not None and activity.actual_start <= now
            if activity.finished(now) or begun:
                return _chain(activity.key, follows)
            if activity.start is None:
                continue
            try:
                day = schedule.working_day(activity)
                ahead = schedule.calendar_of(activity).minutes(now, activity.start, most=True)
            except CollectorRefusal as refusal:  # another chain may need no day of this activity
                refusals[activity.key] = refusal
                continue
            if ahead <= -day:
                continue
            if ahead < day:
                return _chain(activity.key, follows)
            if activity.key in schedule.unseen:
                outside.add(activity.key)
            for link in self.effective_links(activity):
                for pred in self._drivers(link):
                    if pred.kind is ActivityKind.EXTERNAL:
                        outside.add(activity.key)
                    if not pred.counted or pred.key in seen:
                        continue
                    try:
                        waits = self.waits(link, pred, activity)
                    except CollectorRefusal as refusal:  # another chain may need no share of this duration
                        refusals[activity.key] = refusal
                        continue
                    if waits and all(-day < wait < day for wait in waits):
                        seen.add(pred.key)
                        follows[pred.key] = activity.key
                        stack.append(pred)
        for key in schedule.activities:
            if key in refusals:
                raise refusals[key]
        if outside:
            rows = [row for key, row in schedule.activities.items() if key in outside]
            raise unprovable(f"the driving path may run through another project, before {named(rows)}")
        return None


def _chain(key: str, follows: dict[str, str]) -> list[str]:
    chain = [key]
    while chain[-1] in follows:
        chain.append(follows[chain[-1]])
    return chain


def _shifted(moment: datetime, minutes: Fraction) -> datetime:
    return moment + timedelta(seconds=int(minutes * 60))
