"""Two updates side by side: which activity of one is which of the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gonogo.collectors.program.schedule.activities import Activity, ActivityLink, Schedule, absent
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.collectors.program.schedule.updates.matched_activities import MatchedActivities, match
from gonogo.plugin.spec import CollectorRefusal

Tie = tuple[str, str]
"""Names of the two ends of a link."""


def _coded(schedule: Schedule) -> bool:
    rows = [row for row in schedule.activities.values() if row.counted]
    codes = [row.code for row in rows if row.code]
    return len(codes) == len(rows) == len(set(codes))


@dataclass(frozen=True)
class TwoUpdates:
    """An earlier and a later update of one schedule.

    Attributes:
        before: The earlier one.
        after: The later one.
    """

    before: ScheduleView
    after: ScheduleView

    @cached_property
    def by_code(self) -> bool:
        """Whether activities are known by their codes, as P6 keeps them; else by the unique id of the tool."""
        return _coded(self.before.schedule) and _coded(self.after.schedule)

    def name(self, row: Activity) -> str:
        """Return what an activity of the later update is called in both."""
        return row.code if self.by_code else f"UID {row.key}"

    @cached_property
    def matched(self) -> MatchedActivities:
        """What each activity of the earlier update is called in both."""
        return match(self.before.schedule, self.after.schedule, self.name, by_code=self.by_code)

    @cached_property
    def old(self) -> dict[str, Activity]:
        """Activities of the earlier update by name."""
        return {self.matched.names[row.key]: row for row in self.before.activities}

    @cached_property
    def new(self) -> dict[str, Activity]:
        """Activities of the later update by name."""
        return {self.name(row): row for row in self.after.activities}

    def both(self) -> Iterator[tuple[str, Activity, Activity]]:
        """Iterate the activities that are in both, by name, in the order of the later update."""
        for name, row in self.new.items():
            if (was := self.old.get(name)) is not None:
                yield name, was, row

    def open_before(self, row: Activity) -> bool:
        """Return whether an activity of the earlier update was not finished then."""
        return not row.finished(self.before.schedule.data_date)

    def open_after(self, row: Activity) -> bool:
        """Return whether an activity of the later update is not finished."""
        return not row.finished(self.after.schedule.data_date)

    def ties(self, view: ScheduleView) -> dict[Tie, list[ActivityLink]]:
        """Return the links between activities, by the names of their ends."""
        rows, found = view.schedule.activities, dict[Tie, list[ActivityLink]]()
        names = self.name if view is self.after else lambda row: self.matched.names[row.key]
        for link in view.schedule.links:
            pred, succ = rows[link.pred], rows[link.succ]
            if pred.counted and succ.counted:
                found.setdefault((names(pred), names(succ)), []).append(link)
        return found

    def check(self) -> None:
        """Check that these are two updates of one schedule, in this order.

        Raises:
            CollectorRefusal: The later one does not have a later data date, or they share no activity.
        """
        was, now = self.before.schedule.data_date, self.after.schedule.data_date
        if now <= was:
            raise CollectorRefusal(
                f"the data date of `after` is {now:%Y-%m-%d %H:%M}, which is not later than {was:%Y-%m-%d %H:%M} of "
                "`before`: bind two updates of one schedule, the earlier one as `before`"
            )
        if not any(self.both()):
            raise absent("no activity of `before` is in `after`: these are not two updates of one schedule")
