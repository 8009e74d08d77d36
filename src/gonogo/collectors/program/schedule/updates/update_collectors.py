"""The collectors of several updates: two of them compared, and the weeks of a series."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from gonogo.collectors.program.schedule.activities import Schedule
from gonogo.collectors.program.schedule.collectors import ONE_RELEASE, chosen
from gonogo.collectors.program.schedule.plausible import check_golive
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.collectors.program.schedule.settings import XerSettings
from gonogo.collectors.program.schedule.updates import movements, update_facts
from gonogo.collectors.program.schedule.updates.two_updates import TwoUpdates
from gonogo.collectors.program.schedule.updates.unchanged import awaited, told
from gonogo.collectors.program.schedule.updates.update_reading import read_update
from gonogo.plugin.spec import Answer, CollectorRefusal, Job, LocalFact, Settings

WEEKS: Final = 13
"""Of 90 days: the last of them begins one day before."""
MOVEMENTS: Final[tuple[tuple[LocalFact, Callable[[TwoUpdates], Answer]], ...]] = (
    (update_facts.GOLIVE_MOVED_DAYS, movements.golive_moved),
    (update_facts.BASELINE_CHANGED, movements.baseline_changed),
    (update_facts.REBASELINED_ACTIVITIES, movements.rebaselined),
    (update_facts.GOLIVE_BASELINE_MOVED_DAYS, movements.golive_baseline_moved),
    (update_facts.LOGIC_REMOVED, movements.logic_removed),
    (update_facts.LOGIC_CHANGED, movements.logic_changed),
    (update_facts.ACTIVITIES_REMOVED, movements.activities_removed),
    (update_facts.ACTIVITIES_ADDED, movements.activities_added),
    (update_facts.DURATIONS_CUT, movements.durations_cut),
    (update_facts.CONSTRAINTS_ADDED, movements.constraints_added),
    (update_facts.ACTUALS_CHANGED, movements.actuals_changed),
    (update_facts.DATA_DATE_ADVANCED_DAYS, movements.data_date_advanced),
)

OF_GOLIVE_MOVES: Final = (update_facts.GOLIVE_MOVED_DAYS, update_facts.GOLIVE_BASELINE_MOVED_DAYS)


class UpdateSettings(XerSettings):
    """Settings of ``comparison`` and ``series``: those of a schedule, for all files alike."""


class ComparisonCollector:
    """Compares two updates of one schedule (inputs ``before`` and ``after``), of any kind that gonogo reads."""

    name = "comparison"
    facts: Sequence[LocalFact] = update_facts.UPDATE_FACTS
    settings: type[Settings] = UpdateSettings
    network: Sequence[str] = ()
    one_release = ONE_RELEASE

    def declare(self, settings: UpdateSettings) -> Sequence[LocalFact]:
        """Return the facts of two updates, or those of them that the settings name."""
        return self.facts if settings.facts is None else chosen(self.facts, settings.facts)

    def collect(self, job: Job, settings: UpdateSettings) -> Iterator[Answer]:
        """Yield an answer for each fact; what cannot be determined is a gap of its own.

        Raises:
            CollectorRefusal: A file cannot be used, or they are not two updates of one schedule.
        """
        earlier, later = job.input("before"), job.input("after")
        if earlier.sha256 == later.sha256:
            raise CollectorRefusal("`before` and `after` are one file: bind two updates of one schedule")
        updates = TwoUpdates(
            *(ScheduleView.of(read_update(source, job, settings), job, settings) for source in (earlier, later))
        )
        updates.check()
        owed = self.declare(settings)
        for fact, measure in MOVEMENTS:
            if fact not in owed:
                continue
            try:
                if fact in OF_GOLIVE_MOVES:
                    check_golive(updates.after)
                yield measure(updates)
            except CollectorRefusal as refusal:
                yield fact.missing(str(refusal), refusal.reason, where=f"{earlier.file_name}, {later.file_name}")


class SeriesCollector:
    """Reads a series of updates of one schedule (all inputs ``update``) and says which weeks have none."""

    name = "series"
    facts: Sequence[LocalFact] = (update_facts.WEEKLY_UPDATES_MISSED,)
    settings: type[Settings] = UpdateSettings
    network: Sequence[str] = ()
    one_release = ONE_RELEASE

    def declare(self, settings: UpdateSettings) -> Sequence[LocalFact]:
        """Return its one fact."""
        return self.facts if settings.facts is None else chosen(self.facts, settings.facts)

    def collect(self, job: Job, settings: UpdateSettings) -> Iterator[Answer]:
        """Yield how many of the 13 weeks that end today have no data date of an update; named by their first days.

        A file that tells of the work what an earlier one told, while work was due or in progress, is no update. One
        that cannot be read, or does not hold the go-live activity, is not left out: it refuses.

        Raises:
            CollectorRefusal: There is no update, or one cannot be used.
        """
        sources = job.inputs("update")
        if not sources:
            raise CollectorRefusal("no update is bound; bind the weekly files of the last 90 days as `update`")
        views = [ScheduleView.of(read_update(source, job, settings), job, settings) for source in sources]
        held, idle = sorted_out([view.schedule for view in views])
        today = job.now.astimezone(ZoneInfo(job.time_zone)).date()
        missed = missed_weeks([schedule.data_date.date() for schedule in held], today)
        newest = max(schedule.as_of for schedule in held)
        where = f"{len(held)} updates, the latest of {max(schedule.data_date for schedule in held):%Y-%m-%d}"
        names = [f"week from {day}" for day in missed]
        yield update_facts.WEEKLY_UPDATES_MISSED.value(
            len(missed), as_of=newest, where=where + _told_before(idle)
        ).naming(names)


def sorted_out(schedules: Sequence[Schedule]) -> tuple[list[Schedule], list[Schedule]]:
    """Return the updates by their data dates, and apart from them those that tell of due work what one before told."""
    held: list[Schedule] = []
    idle: list[Schedule] = []
    known: dict[Hashable, datetime] = {}
    for schedule in sorted(schedules, key=lambda each: each.data_date):
        mark = told(schedule)
        later = known.setdefault(mark, schedule.data_date) < schedule.data_date
        (idle if later and awaited(schedule) else held).append(schedule)
    return held, idle


def _told_before(idle: Sequence[Schedule]) -> str:
    """Say which files are no updates, and by which work that is so; empty for none."""
    if not idle:
        return ""
    days = ", ".join(f"{schedule.data_date:%Y-%m-%d}" for schedule in idle)
    which, are = ("file", "is no update") if len(idle) == 1 else ("files", "are no updates")
    return (
        f"; {len(idle)} {which} with a later status date ({days}) {are}: they tell nothing about the work that an "
        f"earlier one did not tell, although work was due or in progress, such as {awaited(idle[-1])[0].label}"
    )


def missed_weeks(held: Sequence[date], today: date) -> list[date]:
    """Return the first days of those of the 13 weeks that end today in which no update has its data date."""
    weeks = [today - timedelta(days=7 * number + 6) for number in range(WEEKS)]
    return [first for first in weeks if not any(first <= day <= first + timedelta(days=6) for day in held)]
