"""Dates that links push: where a tool shows unfinished work earlier than what it waits for lets it happen.

A tool computes dates from links, but not everywhere: work that is scheduled by hand, held by a constraint, or simply
saved without computing, stays where somebody put it. Here each unfinished activity on the way to go-live is moved to
where its own row (``own_dates``) and its links ask it to be, in working time, and never earlier than the file shows it.
Where a tool computed all dates, nothing moves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from fractions import Fraction
from math import ceil
from typing import Final

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    LinkType,
    Schedule,
    absent,
)
from gonogo.collectors.program.schedule.network import Network
from gonogo.collectors.program.schedule.own_dates import OwnDates, OwnReading
from gonogo.plugin.spec import CollectorRefusal

_ROUNDED: Final = timedelta(days=1)
"""By how much a summary may end after what is below it, for dates without hours."""


@dataclass(slots=True)
class PushedDate:
    """Where its row and its links push an unfinished activity. Nobody changes it; frozen ones are slow to make.

    Attributes:
        finish: The earliest finish, local, that they allow.
        behind: The first activity on the chain behind which it cannot be where the file shows it; may be itself.
        why: What that activity's own row says of a later end; empty where its dates alone push.
    """

    finish: datetime
    behind: Activity
    why: str = ""


@dataclass(slots=True)
class _Dates:
    last: Activity
    start: datetime
    finish: datetime
    behind: Activity | None = None


def pushed_dates(schedule: Schedule, network: Network, golive: Activity, own: OwnReading) -> Mapping[str, PushedDate]:
    """Return what is pushed later than the file shows it, by key, among go-live and what feeds it.

    Args:
        schedule: Without circles of links.
        network: Of the schedule.
        own: What each row says of itself.
        golive: The activity that all of this leads to.

    Raises:
        CollectorRefusal: Unfinished work that feeds go-live has no finish, or a calendar is not defined.
    """
    return _Push(schedule, network, own).upto(golive)


def holds_longer(row: Activity, below: datetime | None) -> bool:
    """Whether a summary row holds what follows longer than the last of what lies below it.

    Its own finish must be later: by any time if it is scheduled by hand, else by over a day.

    Args:
        row: The summary row.
        below: When the last row below it ends; None where there is none, or nobody knows.
    """
    if row.finish is None or below is None or row.claims_done:
        return False
    return row.finish - below > (timedelta(0) if row.pinned else _ROUNDED)


class _Push:
    """One walk from the first work to go-live."""

    def __init__(self, schedule: Schedule, network: Network, own: OwnReading) -> None:
        self.schedule, self.network, self.rows, self.own = schedule, network, schedule.activities, own
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
            key: PushedDate(found.finish, found.behind, self._why(found.behind))
            for key, found in self.dates.items()
            if found.behind is not None and self.rows[key].kind is not ActivityKind.SUMMARY
        }

    def _why(self, row: Activity) -> str:
        """Return why an activity itself ends later than its row shows it; of a summary row nothing is known."""
        return "" if row.finish is None or row.kind is ActivityKind.SUMMARY else self.own.of(row).why

    def _spanned(self, key: str) -> _Dates | None:
        """Return from when to when a summary row lasts: by what lies below it, else by its own dates.

        Its own finish holds what follows, if that is later; see :func:`holds_longer`.
        """
        row, below = self.rows[key], [self.dates[child] for child in self.network.children[key] if child in self.dates]
        if not below:
            return _Dates(row, row.start or row.finish, row.finish) if row.finish is not None else None
        last, first = max(below, key=lambda each: each.finish), min(each.start for each in below)
        if row.finish is not None and holds_longer(row, last.finish):
            return _Dates(row, first, row.finish)
        return _Dates(last.last, first, last.finish, last.behind)

    def _placed(self, row: Activity, *, last: bool) -> _Dates | None:
        now = self.schedule.data_date
        if row.finish is None:
            if row.kind is ActivityKind.EXTERNAL or row.finished(now) or last:
                return None  # of work elsewhere and of go-live itself others tell that the date is missing
            raise absent(f"{row.label} feeds go-live and has no finish date: set it in its tool and save again")
        own = self.own.of(row)
        start, finish = own.start, own.finish
        if row.finished(now):
            return _Dates(row, start, finish)
        begun = row.actual_start is not None and row.actual_start <= now
        push: int | Fraction = 0
        till_finish, till_start = finish, start
        behind = row if own.why and finish > row.finish else None
        for link in self.network.effective_links(row):
            pred = self.dates.get(link.pred)
            held = _held(link) if begun else link
            if pred is None or held is None:
                continue
            if held.lag.numerator:
                early = self._early(held, pred, row, own)
            else:
                tied, on_start = _ends(held, pred)
                if tied <= (till_start if on_start else till_finish):  # nearly all go no farther: no look at a calendar
                    continue
                if on_start:
                    till_start = tied
                else:
                    till_finish = tied
                early = self.schedule.calendar_of(row).seconds(start if on_start else finish, tied)
            if early > push:
                push, behind = early, pred.behind or pred.last
        if push:
            later, seconds = self.schedule.calendar_of(row).least, ceil(push)
            end = later.end(finish, seconds)
            start = end if start == finish else start if begun else min(later.after(start, seconds), end)
            finish = end
        return _Dates(row, start, finish, behind)

    def _early(self, link: ActivityLink, pred: _Dates, row: Activity, own: OwnDates) -> int | Fraction:
        """Return how many working seconds too early for a link with a lag a row is; negative for idle time."""
        waits = self._waits(link, pred, row, own)
        if not waits:
            raise CollectorRefusal(
                f"a link into {row.label} has a lag that no calendar reaches: correct it in its tool"
            )
        return -min(waits) * 60

    def _waits(self, link: ActivityLink, pred: _Dates, row: Activity, own: OwnDates) -> tuple[Fraction, ...]:
        """Return for how long a row waits although a link with a lag lets it go, in each reading that the lag can have.

        A lag that is a share has two readings where the tool placed neither end by it. Where the dates of the file
        are those of one reading, to the minute, the tool told which.
        """
        shown = self.rows[link.pred]
        waits = self.network.waits(
            link, replace(shown, start=pred.start, finish=pred.finish), replace(row, start=own.start, finish=own.finish)
        )
        if len(waits) < 2:
            return waits
        told = self.network.waits(link, shown, row)
        kept = [wait for wait, first in zip(waits, told, strict=False) if abs(first) <= 1]
        return tuple(kept) or waits


def _ends(link: ActivityLink, pred: _Dates) -> tuple[datetime, bool]:
    """Return the end of the predecessor that a link ties, and whether it ties it to a start."""
    kind = link.type
    tied = pred.finish if kind is LinkType.FS or kind is LinkType.FF else pred.start
    return tied, kind is LinkType.FS or kind is LinkType.SS


def _held(link: ActivityLink) -> ActivityLink | None:
    """Return what a link holds of work that has begun: only the end, which is not before that of the other."""
    if link.type in (LinkType.FF, LinkType.SF):
        return link
    return replace(link, type=LinkType.FF, lag=Fraction(0)) if link.type is LinkType.FS else None
