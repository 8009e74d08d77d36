"""Dates that links push: where a tool shows unfinished work earlier than what it waits for lets it happen.

A tool computes dates from links, but not everywhere: work that is scheduled by hand, held by a constraint, or simply
saved without computing, stays where somebody put it. Here each unfinished activity on the way to go-live is moved to
where its links ask it to be, in working time, and never earlier than the file shows it. Where a tool computed all
dates, nothing moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    LinkType,
    Schedule,
    absent,
    why_unread,
)
from gonogo.collectors.program.schedule.network import Network
from gonogo.plugin.spec import CollectorRefusal


@dataclass(frozen=True, slots=True)
class PushedDate:
    """Where links push an unfinished activity.

    Attributes:
        finish: The earliest finish, local, that they allow.
        behind: The first activity on the chain behind which it cannot be where the file shows it.
    """

    finish: datetime
    behind: Activity


@dataclass(slots=True)
class _Dates:
    last: Activity
    start: datetime
    finish: datetime
    behind: Activity | None = None


def pushed_dates(schedule: Schedule, network: Network, golive: Activity) -> Mapping[str, PushedDate]:
    """Return what links push later than the file shows it, by key, among go-live and what feeds it.

    Args:
        schedule: Without circles of links.
        network: Of the schedule.
        golive: The activity that all of this leads to.

    Raises:
        CollectorRefusal: Unfinished work that feeds go-live has no finish, or a calendar is not defined.
    """
    return _Push(schedule, network).upto(golive)


class _Push:
    """One walk from the first work to go-live."""

    def __init__(self, schedule: Schedule, network: Network) -> None:
        self.schedule, self.network, self.rows = schedule, network, schedule.activities
        self.dates: dict[str, _Dates] = {}

    def upto(self, golive: Activity) -> Mapping[str, PushedDate]:
        before = self.network.behind(golive.key)
        for point in self.network.order:
            side, key = point
            if point not in before or side == "in" or self.rows[key].kind is ActivityKind.EFFORT:
                continue
            found = self._spanned(key) if side == "out" else self._placed(self.rows[key], last=key == golive.key)
            if found is not None:
                self.dates[key] = found
        return {
            key: PushedDate(found.finish, found.behind)
            for key, found in self.dates.items()
            if found.behind is not None and self.rows[key].kind is not ActivityKind.SUMMARY
        }

    def _spanned(self, key: str) -> _Dates | None:
        """Return from when to when a summary row lasts: by what lies below it, else by its own dates."""
        below = [self.dates[child] for child in self.network.children[key] if child in self.dates]
        if not below:
            row = self.rows[key]
            return _Dates(row, row.start or row.finish, row.finish) if row.finish is not None else None
        last = max(below, key=lambda each: each.finish)
        return _Dates(last.last, min(each.start for each in below), last.finish, last.behind)

    def _placed(self, row: Activity, *, last: bool) -> _Dates | None:
        now = self.schedule.data_date
        if row.finish is None:
            if row.kind is ActivityKind.EXTERNAL or row.finished(now) or last:
                return None  # of work elsewhere and of go-live itself others tell that the date is missing
            raise absent(f"{row.label} feeds go-live and has no finish date: set it in its tool and save again")
        start = row.start or row.finish
        if row.finished(now):
            return _Dates(row, start, row.actual_finish or row.finish)
        begun = row.actual_start is not None and row.actual_start <= now
        push: int | Fraction = 0
        behind = None
        for link in self.network.effective_links(row):
            pred = self.dates.get(link.pred)
            held = _held(link, begun=begun)
            if pred is None or held is None or _kept(held, pred, start, row.finish):
                continue
            early = self._early(held, pred, row, start)
            if early > push:
                push, behind = early, pred.behind or pred.last
        begin, finish = start, row.finish
        if behind is not None:
            calendar = self.schedule.calendar_of(row)
            # the end of a day, and not the start of the next one
            finish = calendar.moved(row.finish, ceil(push) - 1) + timedelta(seconds=1)
            begin = finish if start == row.finish else calendar.moved(start, ceil(push))
        own = self._by_now(row, start, begun=begun)
        if own > finish:
            finish, behind = own, row
        if behind is None:
            return _Dates(row, start, finish)
        return _Dates(row, start if begun else min(max(begin, now), finish), finish, behind)

    def _early(self, link: ActivityLink, pred: _Dates, row: Activity, start: datetime) -> int | Fraction:
        """Return how many working seconds too early for a link a row is; negative for idle time."""
        if not link.lag:
            tied, held = _ends(link, pred, start, row.finish or start)
            return self.schedule.calendar_of(row).seconds(held, tied)
        moved = replace(self.rows[link.pred], start=pred.start, finish=pred.finish)
        waits = self.network.waits(link, moved, replace(row, start=start))
        if not waits:
            raise CollectorRefusal(
                f"a link into {row.label} has a lag that no calendar reaches: correct it in its tool"
            )
        return -max(waits) * 60

    def _by_now(self, row: Activity, start: datetime, *, begun: bool) -> datetime:
        """Return the earliest finish of unfinished work as the data date finds it, and never one before it.

        What has not begun takes as long from there as it was to take; of what has begun, and was to be over, the rest
        is still to come.

        Raises:
            CollectorRefusal: It was to be over, and nobody knows how much of it remains.
        """
        now = self.schedule.data_date
        finish = row.finish or now
        if begun:
            if finish > now:
                return finish
            if row.left is None:
                raise absent(
                    f"{row.label} feeds go-live, was to end on {finish:%Y-%m-%d} and is not finished, and nobody knows "
                    f"how much of it remains{why_unread([row])}: update it in its tool and save again"
                )
            return self._after(row, now, row.left)
        if start >= now:
            return finish
        if row.elapsed:
            return now + (finish - start)
        lasts = self.schedule.calendar_of(row).minutes(start, finish, most=True) if finish > start else Fraction(0)
        return self._after(row, now, max(lasts, row.minutes or Fraction(0)))

    def _after(self, row: Activity, moment: datetime, minutes: Fraction) -> datetime:
        """Return the moment so much later: the end of a day, and not the start of the next one."""
        if minutes <= 0:
            return moment
        if row.elapsed:
            return moment + timedelta(seconds=int(minutes * 60))
        return self.schedule.calendar_of(row).later(moment, minutes - Fraction(1, 60)) + timedelta(seconds=1)


def _kept(link: ActivityLink, pred: _Dates, start: datetime, finish: datetime) -> bool:
    """Whether the dates keep a link without a look at a calendar: most links are kept like this."""
    if link.lag:
        return False
    tied, held = _ends(link, pred, start, finish)
    return tied <= held


def _ends(link: ActivityLink, pred: _Dates, start: datetime, finish: datetime) -> tuple[datetime, datetime]:
    """Return the two moments that a link ties together."""
    kind = link.type
    tied = pred.finish if kind is LinkType.FS or kind is LinkType.FF else pred.start
    return tied, start if kind is LinkType.FS or kind is LinkType.SS else finish


def _held(link: ActivityLink, *, begun: bool) -> ActivityLink | None:
    """Return what a link still holds: of work that has begun only the end, which is not before that of the other."""
    if not begun or link.type in (LinkType.FF, LinkType.SF):
        return link
    return replace(link, type=LinkType.FF, lag=Fraction(0)) if link.type is LinkType.FS else None
