"""What all measures of one schedule share: the go-live activity, what feeds it, the committed date, the forecast."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.collectors.program.schedule.activities import (
    MAX_NAMED,
    Activity,
    ActivityKind,
    ActivityLink,
    Schedule,
    absent,
    named,
    unprovable,
    why_unread,
)
from gonogo.collectors.program.schedule.golive_activity import find_golive
from gonogo.collectors.program.schedule.network import Network
from gonogo.collectors.program.schedule.own_dates import OwnReading
from gonogo.collectors.program.schedule.promised_dates import Limit
from gonogo.collectors.program.schedule.pushed_dates import PushedDate, pushed_dates
from gonogo.collectors.program.schedule.settings import ScheduleSettings, read_committed
from gonogo.collectors.program.schedule.worktime import CalendarReading
from gonogo.plugin.spec import CollectorRefusal, Job

MICRO: Final = 10**6


def down(value: Fraction) -> Decimal:
    """Return the largest number with 6 decimals that is not above the value."""
    return Decimal(value * MICRO // 1).scaleb(-6)


def up(value: Fraction) -> Decimal:
    """Return the smallest number with 6 decimals that is not below the value."""
    return -down(-value)


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


@dataclass
class ScheduleView:
    """One schedule as it is measured, by the settings of its binding.

    Attributes:
        golive: The go-live activity.
        today: Local date of the assessment.
        goes_live: When the release goes live, as a local moment.
        release: Id of the release.
        time_zone: The program's zone.
        holidays: Days off of the program.
        late: What is late on the way to go-live, by how much, once a measure has found it.
    """

    schedule: Schedule
    settings: ScheduleSettings
    golive: Activity
    today: date
    goes_live: datetime
    release: str
    time_zone: str
    holidays: frozenset[date] = frozenset()
    late: list[tuple[Fraction, Activity]] | None = None

    @property
    def as_of(self) -> datetime:
        """When the answers held."""
        return self.schedule.as_of

    @classmethod
    def of(cls, schedule: Schedule, job: Job, settings: ScheduleSettings) -> ScheduleView:
        """Return the reading of a schedule for a job.

        Raises:
            CollectorRefusal: The go-live activity cannot be determined.
        """
        zone = ZoneInfo(job.time_zone)
        return cls(
            schedule=schedule,
            settings=settings,
            golive=find_golive(schedule, settings.golive),
            today=job.now.astimezone(zone).date(),
            goes_live=job.go_live.astimezone(zone).replace(tzinfo=None),
            release=job.release,
            time_zone=job.time_zone,
            holidays=frozenset(date.fromisoformat(day) for day in job.holidays),
        )

    @property
    def planned(self) -> date:
        """The local date on which the release goes live."""
        return self.goes_live.date()

    @cached_property
    def ordinary_days(self) -> CalendarReading:
        """A calendar with one second on each day that is no weekend and no day off of the program."""
        return CalendarReading((((0, 1),),) * 5 + ((), ()), dict.fromkeys(self.holidays, ()))

    @cached_property
    def network(self) -> Network:
        """The network of the schedule."""
        return Network(self.schedule)

    @cached_property
    def activities(self) -> list[Activity]:
        """All activities: tasks and milestones of this project."""
        return [row for row in self.schedule.activities.values() if row.counted]

    @cached_property
    def unfinished(self) -> list[Activity]:
        """Activities that are not finished at the data date."""
        return [row for row in self.activities if not row.finished(self.schedule.data_date)]

    @cached_property
    def open_links(self) -> list[ActivityLink]:
        """The links into unfinished activities from activities, summary rows and other projects."""
        unfinished = {row.key for row in self.unfinished}
        return [link for link in self.schedule.links if link.succ in unfinished and link.pred not in self.efforts]

    @cached_property
    def efforts(self) -> frozenset[str]:
        """Keys of the rows that are a level of effort."""
        rows = self.schedule.activities.items()
        return frozenset(key for key, row in rows if row.kind is ActivityKind.EFFORT)

    @cached_property
    def feeding(self) -> list[Activity]:
        """Activities with a path to go-live, without go-live itself."""
        keys = self.network.feeding(self.golive.key)
        return [row for row in self.activities if row.key in keys]

    @cached_property
    def path(self) -> list[Activity]:
        """Go-live and the activities that feed it."""
        return [*self.feeding, self.golive]

    @cached_property
    def outside(self) -> list[str]:
        """Unfinished work of other projects that feeds go-live: its names, where the file gives them."""
        rows, keys = self.schedule.activities, self.network.feeding(self.golive.key)
        ghosts = [
            row.label
            for key, row in rows.items()
            if key in keys and row.kind is ActivityKind.EXTERNAL and not row.finished(self.schedule.data_date)
        ]
        driven = self.network.driven_by(self.golive.key)
        return ghosts + [what for key, found in self.schedule.unseen.items() if key in driven for what in found]

    def closed(self) -> None:
        """Check that all unfinished work that feeds go-live is work of this project.

        Raises:
            CollectorRefusal: Work of another project feeds go-live too; nothing is known about what lies behind it.
        """
        if self.outside:
            more = f" and {len(self.outside) - MAX_NAMED} more" if len(self.outside) > MAX_NAMED else ""
            raise unprovable(
                f"work of another project feeds go-live too: {', '.join(self.outside[:MAX_NAMED])}{more}; what comes "
                f"before it there is not in this file"
            )

    def sound(self) -> None:
        """Check that dates and floats can come from the links at all.

        Raises:
            CollectorRefusal: Links run in a circle.
        """
        if self.network.cycle:
            rows = [self.schedule.activities[key] for key in self.network.cycle]
            raise CollectorRefusal(f"links run in a circle, so no date or float can be computed: {named(rows)}")

    def expected(self, activity: Activity) -> datetime:
        """Return when an activity finished or is expected to by its own row, unfinished work not before the data date.

        Raises:
            CollectorRefusal: It has no finish.
        """
        if activity.finish is None:
            raise absent(f"{activity.label} has no finish date")
        data_date = self.schedule.data_date
        if activity.finished(data_date):
            return max(activity.finish, activity.actual_finish or data_date)
        try:
            return max(activity.finish, data_date, self.own.of(activity).finish)
        except CollectorRefusal:  # a bound; the forecast of go-live refuses
            return max(activity.finish, data_date)

    def allowed(self, activity: Activity) -> datetime:
        """Return when go-live, or what feeds it, is expected by its links too."""
        expected, pushed = self.expected(activity), self.pushed.get(activity.key)
        return expected if pushed is None else max(expected, pushed.finish)

    @cached_property
    def pushed(self) -> Mapping[str, PushedDate]:
        """What is pushed later than the file shows it, by key; see :func:`pushed_dates`."""
        self.sound()
        return pushed_dates(self.schedule, self.network, self.golive, self.own)

    @cached_property
    def own(self) -> OwnReading:
        """What each row says of itself."""
        return OwnReading(self.schedule)

    @cached_property
    def forecast(self) -> datetime:
        """When go-live is expected, local.

        A hard constraint pins the date that the tool shows, and what logic says only shows as negative float; the
        forecast is then the constraint's date plus that float, in working time, or what its links ask for, if later.

        Raises:
            CollectorRefusal: Go-live has no finish, or a calendar is not defined.
        """
        expected = self.allowed(self.golive)
        slack = self.golive.slack
        if slack is None or slack >= 0 or self.golive.finished(self.schedule.data_date):
            return expected
        calendar = self.schedule.calendar_of(self.golive)
        return max([expected, *(calendar.later(self.latest(held), -slack) for held in self.golive.limits if held.hard)])

    def latest(self, held: Limit) -> datetime:
        """Return the latest finish of go-live that a constraint or deadline allows.

        Raises:
            CollectorRefusal: The constraint has no date; or it holds the start, and nobody knows the duration.
        """
        golive = self.golive
        if held.at is None:
            raise absent(f"{golive.label} has a hard constraint without a date: set it in its tool and save again")
        if held.on_start and golive.minutes is None and golive.kind is not ActivityKind.MILESTONE:
            raise absent(
                f"{golive.label} is constrained to a start date, and its duration is not known{why_unread([golive])}"
            )
        if held.on_start and golive.minutes:
            return self.schedule.calendar_of(golive).later(held.at, golive.minutes)
        return held.at

    @cached_property
    def promised(self) -> date | datetime | None:
        """What the settings commit to, else the baseline: a local date, or a naive local moment; None for neither."""
        if self.settings.committed is not None:
            given = read_committed(self.settings.committed)
            if isinstance(given, datetime):
                return given.astimezone(ZoneInfo(self.time_zone)).replace(tzinfo=None)
            return given
        return None if self.golive.baseline is None else self.golive.baseline.finish

    @cached_property
    def committed(self) -> date | datetime:
        """The committed go-live: what is promised, but never a later day than that on which the release goes live."""
        if self.promised is None or _day(self.promised) > self.planned:
            return self.planned
        return self.promised

    @property
    def aim(self) -> str:
        """The committed go-live in words: where a later promise does not count, it says so."""
        if self.promised is None or self.promised == self.committed:
            return f"committed {self.committed}"
        whose = "baseline" if self.settings.committed is None else "committed date"
        return f"go-live of {self.release} {self.planned} (the {whose}, {self.promised}, is later and does not count)"

    @property
    def label(self) -> str:
        """What a reader finds the go-live activity by, and how far it lies from the go-live of the release."""
        finish = self.golive.finish
        apart = (finish.date() - self.planned).days if finish else 0
        if not finish or not apart:
            return self.golive.label
        how = f"{abs(apart)} day{'' if abs(apart) == 1 else 's'} {'after' if apart > 0 else 'before'}"
        return f"{self.golive.label}, dated {finish:%Y-%m-%d}, {how} go-live of {self.release}"

    @property
    def committed_end(self) -> datetime:
        """The last naive local moment that is on time."""
        if isinstance(self.committed, datetime):
            return self.committed
        return datetime.combine(self.committed, time.min) + timedelta(days=1)
