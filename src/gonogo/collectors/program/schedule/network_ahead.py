"""What is still ahead of go-live, laid out for a simulation: from a schedule to a network of points, links and hours.

Whatever a simulation cannot take as it stands is either kept as a date or left out, and a note says which; what would
make it too good is refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from typing import Final

from gonogo.collectors.program.schedule import plausible
from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    LagKind,
    LinkType,
    absent,
    named,
    unprovable,
)
from gonogo.collectors.program.schedule.ahead_notes import notes_of
from gonogo.collectors.program.schedule.ahead_parts import declared, three_points, whole_seconds, working_time
from gonogo.collectors.program.schedule.network import Point
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.collectors.program.schedule.work_ahead import AT_FINISH, AT_START, HoldKind, WorkAhead
from gonogo.collectors.program.schedule.worktime import WorkCalendar, elapsed_minutes
from gonogo.model.activity_network import (
    ActivityNetwork,
    NetworkPoint,
    NetworkTie,
    PointRole,
    clock_seconds,
)
from gonogo.plugin.spec import CollectorRefusal

_NOTHING: Final = WorkAhead(None)
Incoming = tuple[Point, LinkType, int, bool, int | None]
"""Where a link comes from, which ends it ties, its lag in seconds, whether that runs through nights, its calendar."""


def network_ahead(view: ScheduleView) -> ActivityNetwork:
    """Return what is ahead of go-live.

    Raises:
        CollectorRefusal: There is nothing to simulate, or what is there would give a date that is too early: no status
            date, go-live done, links in a circle, nothing that feeds go-live, work of another project that does,
            durations or calendars that nobody knows.
    """
    return _Layout(view).network()


class _Layout:
    """One schedule on its way to a network."""

    def __init__(self, view: ScheduleView) -> None:
        self.view, self.schedule, self.rows = view, view.schedule, view.schedule.activities
        self.now = view.schedule.data_date
        self.calendars: dict[str, int] = {}
        self.hours: list[WorkCalendar] = []
        self.counts: Counter[str] = Counter()
        self.unknown: list[Activity] = []
        self.unread = ""
        self.effort: set[str] = set()
        self.shares: set[tuple[str, str, LinkType]] = set()

    def network(self) -> ActivityNetwork:
        view = self.view
        self._check()
        order = self._order()
        places = {point: number for number, point in enumerate(order)}
        points = [self._point(point) for point in order]
        if self.unknown:
            why = f" ({self.unread})" if self.unread else ""
            raise absent(
                f"{len(self.unknown)} unfinished activities feeding go-live have no duration that can be read: "
                f"{named(self.unknown)}{why}; set it in the schedule's tool and save again"
            )
        links = [
            NetworkTie(
                pred=places[pred], succ=places[point], type=kind.value, lag=lag, elapsed=elapsed, calendar=calendar
            )
            for point in order
            for pred, kind, lag, elapsed, calendar in self._incoming(point)
        ]
        self.counts["level of effort"], self.counts["share lags"] = len(self.effort), len(self.shares)
        feeding = {key for side, key in order if side == ""}
        apart = [row for row in view.unfinished if row.key not in feeding]
        shown = view.golive.finish
        return ActivityNetwork(
            data_date=clock_seconds(self.now),
            activities=tuple(points),
            links=tuple(links),
            calendars=tuple(working_time(each.least) for each in self.hours),
            committed=clock_seconds(view.committed_end),
            aim=view.aim,
            shown=None if shown is None else clock_seconds(shown),
            declared=declared(view.settings.simulation),
            notes=tuple(notes_of(self.counts)),
            apart=len(apart),
        )

    def _check(self) -> None:
        view, golive = self.view, self.view.golive
        plausible.check_golive(view)
        if golive.finished(self.now):
            raise absent(
                f"{golive.label} is finished since {golive.actual_finish:%Y-%m-%d %H:%M}: nothing is ahead of it"
            )
        view.sound()
        if not view.feeding:
            raise absent(f"no activity feeds {golive.label}: a date on its own says nothing about when it can be kept")
        view.closed()

    def _order(self) -> list[Point]:
        """Return all points that lead to go-live, each after those that it waits for; go-live is the last one."""
        graph: dict[Point, list[Point]] = {}
        stack: list[Point] = [("", self.view.golive.key)]
        while stack:
            point = stack.pop()
            if point not in graph:
                graph[point] = [pred for pred, *_ in self._incoming(point)]
                stack.extend(graph[point])
        try:
            return list(TopologicalSorter(graph).static_order())
        except CycleError as error:
            rows = [self.rows[key] for key in dict.fromkeys(key for _, key in error.args[1])]
            raise CollectorRefusal(f"links run in a circle, so no date can be computed: {named(rows)}") from error

    def _summary(self, key: str) -> bool:
        return self.rows[key].kind is ActivityKind.SUMMARY

    def _effort(self, key: str) -> bool:
        found = self.rows[key].kind is ActivityKind.EFFORT
        if found:
            self.effort.add(key)
        return found

    def _incoming(self, point: Point) -> Iterator[Incoming]:
        """Iterate what a point waits for; level of effort follows other work and holds nothing."""
        side, key = point
        network = self.view.network
        if side in ("out", "first"):
            children = [child for child in network.children[key] if not self._effort(child)]
            kind = LinkType.FS if side == "out" else LinkType.SS
            for child in children:
                yield (side if self._summary(child) else "", child), kind, 0, False, None
            if side == "out" or not children:
                yield ("in", key), LinkType.FS, 0, False, None
            return
        for link in network.into[key]:
            pred = self.rows[link.pred]
            if self._effort(link.pred):
                continue
            if side == "in" and link.type in (LinkType.FF, LinkType.SF):
                raise unprovable(
                    f"a link ties the end of the summary row {self.rows[key].label}, and nobody can tell which work "
                    "that holds: tie the activities below it instead"
                )
            end = "out" if link.type in (LinkType.FS, LinkType.FF) else "first"
            yield (end if self._summary(link.pred) else "", link.pred), link.type, *self._lag(link, pred)
        parent = self.rows[key].parent
        if parent is not None:
            yield ("in", parent), LinkType.FS, 0, False, None

    def _lag(self, link: ActivityLink, pred: Activity) -> tuple[int, bool, int | None]:
        """Return a lag in seconds; a percentage is of the duration in the file, in the reading that is later."""
        if not link.lag:
            return 0, False, None
        if link.kind is LagKind.ELAPSED:
            return whole_seconds(link.lag), True, None
        if link.kind is LagKind.WORKING:
            by = self.schedule.lags_by
            whose = {"predecessor": pred, "project": self.view.golive}.get(by)
            own = by == "project" and self.schedule.calendar
            calendar = None if whose is None else self._calendar(replace(whose, calendar=own) if own else whose)
            return whole_seconds(link.lag), by == "always", calendar
        if pred.minutes is None:
            raise absent(f"{pred.label} has no duration that can be read, and a lag is a share of it")
        self.shares.add((link.pred, link.succ, link.type))
        share = pred.minutes * link.lag / 100
        if link.kind is LagKind.PERCENT:
            return whole_seconds(share), pred.elapsed and link.lag < 0, None
        if pred.start is not None and pred.finish is not None:
            share = max(share, elapsed_minutes(pred.start, pred.finish) * link.lag / 100)
        return whole_seconds(share), True, None

    def _point(self, point: Point) -> NetworkPoint:
        side, key = point
        row = self.rows[key]
        ahead = self.schedule.ahead.get(key, _NOTHING)
        if side:
            kept = (HoldKind.START_NOT_BEFORE, HoldKind.START_ON) if side == "in" else ()
            floor = max((hold.at for hold in ahead.holds if hold.kind in kept and hold.at is not None), default=None)
            return NetworkPoint(
                key="",
                name=row.label,
                role=PointRole.JOINT,
                not_before=None if floor is None else clock_seconds(floor),
                earliest=side == "first",
            )
        begun = row.actual_start if row.actual_start is not None and row.actual_start <= self.now else None
        known = NetworkPoint(
            key=row.code or f"UID {row.key}", name=row.label, role=PointRole.WORK, at_start=ahead.at_start
        )
        if row.finished(self.now):
            done = row.actual_finish or self.now
            return known.model_copy(update={"done": clock_seconds(done), "begun": clock_seconds(begun or done)})
        calendar = None if row.elapsed else self._calendar(row)
        start, finish = self._floors(row, ahead, begun=begun is not None)
        limits = {
            "calendar": calendar,
            "not_before": None if start is None else clock_seconds(start),
            "not_finished_before": None if finish is None else clock_seconds(finish),
            "begun": None if begun is None else clock_seconds(begun),
        }
        if row.kind is ActivityKind.MILESTONE and not ahead.remaining:
            return known.model_copy(update={**limits, "role": PointRole.MILESTONE, "begun": None})
        remaining = self._remaining(row, ahead, begun=begun is not None)
        if remaining is None:
            self.unknown.append(row)
            self.unread = self.unread or ahead.unread or row.unread
            return known
        if not self.view.network.into[key] and row.parent is None and begun is None:
            self.counts["first"] += 1
        rest = whole_seconds(remaining)
        points = three_points(row, ahead, rest)
        self.counts["nothing left"] += begun is not None and not rest
        self.counts["shared estimates"] += points is not None and begun is not None
        return known.model_copy(update={**limits, "seconds": rest, "points": points})

    def _remaining(self, row: Activity, ahead: WorkAhead, *, begun: bool) -> Fraction | None:
        """Return what remains; of begun work of which the file does not say it, up to the finish that it gives."""
        if ahead.remaining is not None or ahead.unread or not begun:
            return ahead.remaining
        if row.finish is not None and row.finish > self.now:
            self.counts["by dates"] += 1
            if row.elapsed:
                return elapsed_minutes(self.now, row.finish)
            return self.schedule.calendar_of(row).minutes(self.now, row.finish, most=False)
        if ahead.by_percent is not None:
            self.counts["by percent"] += 1
        return ahead.by_percent

    def _floors(self, row: Activity, ahead: WorkAhead, *, begun: bool) -> tuple[datetime | None, datetime | None]:
        """Return the dates before which the activity does not go on, and not finish; count what was made of others."""
        starts: list[datetime] = [ahead.resume] if begun and ahead.resume is not None else []
        finishes: list[datetime] = []
        if row.actual_finish is not None:
            finishes.append(row.actual_finish)
        if row.actual_start is not None and not begun:
            starts.append(row.actual_start)
        for hold in ahead.holds:
            if hold.kind in AT_FINISH and hold.at is not None:
                finishes.append(hold.at)
                self.counts[hold.kind.value] += 1
            elif hold.kind in AT_START and hold.at is not None:
                if not begun:
                    starts.append(hold.at)
                    self.counts[hold.kind.value] += 1
            else:
                self.counts[hold.kind.value] += 1
        return max(starts, default=None), max(finishes, default=None)

    def _calendar(self, row: Activity) -> int:
        calendar, key = self.schedule.calendar_of(row), row.calendar or self.schedule.calendar or ""
        if key not in self.calendars:
            if not calendar.longest_day:
                raise CollectorRefusal(f"{row.label} works by the calendar {key}, which has no working time")
            self.calendars[key] = len(self.hours)
            self.hours.append(calendar)
        return self.calendars[key]
