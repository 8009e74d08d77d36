"""The two collectors of the schedule plugin. Each reads one file and answers for every fact of a schedule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.program.schedule import agreed_work, facts, golive, mspdi, plausible, quality, staffing, xer
from gonogo.collectors.program.schedule.activities import Schedule, absent
from gonogo.collectors.program.schedule.dcma.point_measures import (
    ON_REQUEST,
    POINT_MEASURES,
    TIMELESS_POINTS,
)
from gonogo.collectors.program.schedule.network_ahead import network_ahead
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.collectors.program.schedule.settings import MspdiSettings, ScheduleSettings, XerSettings
from gonogo.model.activity_network import ActivityNetwork
from gonogo.plugin.owed import owed
from gonogo.plugin.recognizes import Recognizes
from gonogo.plugin.spec import Answer, CollectorRefusal, Input, Job, LocalFact, Settings, SettingsRefusal

ONE_RELEASE: Final = {"golive": "the one go-live activity that it names"}
"""The second release would be on schedule because the first one is."""

_ALIKE: Final[dict[str, Any]] = {
    "binding": "schedule",
    "prefix": "ims",
    "settings": {"golive": "name of the go-live activity"},
    "remarks": ("golive is the name, WBS code, activity code or UID of exactly one activity",),
}
MSPDI_FILES: Final = (
    Recognizes(
        what="Microsoft Project XML", xml_root=("{http://schemas.microsoft.com/project}Project",), place=10, **_ALIKE
    ),
)
XER_FILES: Final = (
    Recognizes(
        what="Primavera XER",
        starts="ERMHDR\t",
        detail=r"ERMHDR\t(?P<version>[^\t]{1,12})",
        place=11,
        **_ALIKE,
    ),
)


MEASURES: Final[tuple[tuple[LocalFact, Callable[[ScheduleView], Answer]], ...]] = (
    (facts.WBS_LEAF_COUNT, quality.wbs_leaves),
    (facts.WBS_LEAF_WITH_TASKS_RATIO, quality.wbs_leaves_with_tasks),
    (facts.TASKS_WITHOUT_WBS_RATIO, quality.tasks_without_wbs),
    (facts.HAS_POST_GOLIVE_TASKS, quality.has_post_golive),
    (facts.MISSING_LOGIC_RATIO, quality.missing_logic),
    (facts.LEADS_COUNT, quality.leads),
    (facts.LAGS_RATIO, quality.lags),
    (facts.HARD_CONSTRAINT_RATIO, quality.hard_constraints),
    (facts.HIGH_DURATION_RATIO, quality.high_durations),
    (facts.GOLIVE_PATH_CONTINUOUS, golive.path_continuous),
    (facts.GOLIVE_TOTAL_FLOAT_DAYS, golive.total_float),
    (facts.NEGATIVE_FLOAT_TASKS, golive.negative_float),
    (facts.GOLIVE_TASKS, golive.feeding_tasks),
    (facts.GOLIVE_TASK_MAX_VARIANCE, golive.max_variance),
    (facts.GOLIVE_TASKS_LATE, golive.tasks_late),
    (facts.FORECAST_SLIP_DAYS, golive.forecast_slip),
    (facts.BEI, golive.execution_index),
    (facts.CPLI, golive.path_length_index),
    (facts.DATA_DATE_AGE_DAYS, quality.data_date_age),
    (facts.INVALID_DATES, quality.invalid_dates),
    (facts.WEEKLY_UPDATES_MISSED, quality.weekly_updates),
    (facts.CRITICAL_TASKS_RESOURCED_RATIO, staffing.critical_resourced),
    (facts.OVERALLOCATED_RESOURCES, staffing.overallocated),
    (facts.TASKS_ON_UNAWARDED_CONTRACTS, quality.unawarded_contracts),
    *POINT_MEASURES,
)
FACTS: Final[tuple[LocalFact, ...]] = tuple(fact for fact, _ in MEASURES)


TIMELESS: Final = (
    facts.WBS_LEAF_COUNT,
    facts.WBS_LEAF_WITH_TASKS_RATIO,
    facts.TASKS_WITHOUT_WBS_RATIO,
    facts.MISSING_LOGIC_RATIO,
    facts.LEADS_COUNT,
    facts.LAGS_RATIO,
    facts.HARD_CONSTRAINT_RATIO,
    facts.HIGH_DURATION_RATIO,
    facts.GOLIVE_TASKS,
    facts.WEEKLY_UPDATES_MISSED,
    facts.TASKS_ON_UNAWARDED_CONTRACTS,
    *TIMELESS_POINTS,
)
"""Facts that compare no date with the status date: they can be given for a schedule that has none."""


def asked(settings: ScheduleSettings) -> tuple[LocalFact, ...]:
    """Return the facts that a binding owes: those that its settings name, else all but those that need a list there.

    Who has no list of deliverables may let another source answer for them.

    Raises:
        SettingsRefusal: The settings name a fact that there is not.
    """
    if settings.facts is not None:
        return chosen(FACTS, settings.facts)
    return tuple(fact for fact in FACTS if fact not in ON_REQUEST or ON_REQUEST[fact](settings))


def chosen(facts_there: Sequence[LocalFact], names: Sequence[str]) -> tuple[LocalFact, ...]:
    """Return the facts of these local names, in the order of the collector.

    Raises:
        SettingsRefusal: There is no fact of a name, or none is named.
    """
    there = [fact.name for fact in facts_there]
    errors: list[tuple[tuple[str | int, ...], str]] = [] if names else [(("facts",), "name at least one fact")]
    for number, name in enumerate(names):
        if name not in there:
            close = get_close_matches(name, there, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else ""
            errors.append((("facts", number), f"this collector has no fact {name!r}{hint}"))
    if errors:
        raise SettingsRefusal(errors)
    return tuple(fact for fact in facts_there if fact.name in names)


def measure(
    schedule: Schedule, source: Input, job: Job, settings: ScheduleSettings, *, set_status: str
) -> Iterator[Answer]:
    """Yield one answer for each fact that is asked for; what cannot be determined is a gap of its own.

    Answers hold at the schedule's data date, or earlier where the host knows so.

    Raises:
        CollectorRefusal: The go-live activity cannot be determined: gaps for all.
    """
    reading = _reading(schedule, job, settings)
    wanted = frozenset(owed(asked(settings), job.known))
    for fact, answer in MEASURES:
        if fact not in wanted:
            continue
        try:
            if not schedule.reported and fact not in TIMELESS:
                raise absent(f"the schedule has no status date, and this cannot be judged without one: {set_status}")
            if fact in plausible.OF_GOLIVE:
                plausible.check_golive(reading)
            if fact in agreed_work.OF_ALL_WORK:
                agreed_work.check_withdrawn(reading)
            yield answer(reading)
        except CollectorRefusal as refusal:
            yield fact.missing(str(refusal), refusal.reason, where=source.file_name)


def _reading(schedule: Schedule, job: Job, settings: ScheduleSettings) -> ScheduleView:
    per_day = minutes_a_day(settings)
    if per_day is not None:
        calendars = {key: replace(found, minutes_per_day=None) for key, found in schedule.calendars.items()}
        schedule = replace(schedule, calendars=calendars, minutes_per_day=per_day)
    return ScheduleView.of(schedule, job, settings)


def ahead_of_golive(schedule: Schedule, job: Job, settings: ScheduleSettings, *, set_status: str) -> ActivityNetwork:
    """Return what is ahead of go-live, for a simulation.

    Raises:
        CollectorRefusal: There is no status date, or nothing that can be simulated.
    """
    if not schedule.reported:
        raise absent(f"the schedule has no status date, and what remains is counted from it: {set_status}")
    return network_ahead(_reading(schedule, job, settings))


def minutes_a_day(settings: ScheduleSettings) -> Fraction | None:
    """Return how many minutes make one day by the settings; None where they do not say."""
    return None if settings.hours_per_day is None else Fraction(settings.hours_per_day) * 60


def _holidays(job: Job) -> list[date]:
    return sorted(date.fromisoformat(day) for day in job.holidays)


def _naming(source: Input, refusal: CollectorRefusal) -> CollectorRefusal:
    return CollectorRefusal(f"{source.file_name}: {refusal}", refusal.reason)


class MspdiCollector:
    """Reads one Microsoft Project XML file (input ``file``). Calls nothing."""

    name = "mspdi"
    facts: Sequence[LocalFact] = FACTS
    settings: type[Settings] = MspdiSettings
    network: Sequence[str] = ()
    one_release = ONE_RELEASE
    recognizes = MSPDI_FILES

    def declare(self, settings: MspdiSettings) -> Sequence[LocalFact]:
        """Return the facts of a schedule: all but those that only settings can answer and that these do not ask for."""
        return asked(settings)

    def collect(self, job: Job, settings: MspdiSettings) -> Iterator[Answer]:
        """Yield an answer for each fact.

        Raises:
            CollectorRefusal: The file cannot be used at all.
        """
        schedule = self._read(job, settings)
        yield from measure(schedule, job.input(), job, settings, set_status=mspdi.SET_STATUS)

    def activity_network(self, job: Job, settings: MspdiSettings) -> ActivityNetwork:
        """Return what is ahead of go-live, for a simulation.

        Raises:
            CollectorRefusal: The file cannot be used, or there is nothing that can be simulated.
        """
        schedule = self._read(job, settings, ahead=True)
        try:
            return ahead_of_golive(schedule, job, settings, set_status=mspdi.SET_STATUS)
        except CollectorRefusal as refusal:
            raise _naming(job.input(), refusal) from refusal

    def _read(self, job: Job, settings: MspdiSettings, *, ahead: bool = False) -> Schedule:
        source = job.input()
        try:
            return mspdi.read_mspdi(
                source,
                time_zone=job.time_zone,
                now=job.now,
                holidays=_holidays(job),
                contract=settings.contract.field if settings.contract else "",
                baseline=settings.baseline,
                minutes_per_day=minutes_a_day(settings),
                ahead=ahead,
                estimates=settings.simulation.estimates if settings.simulation is not None else None,
            )
        except CollectorRefusal as refusal:
            raise _naming(source, refusal) from refusal


class XerCollector:
    """Reads one Primavera XER file (input ``file``). Calls nothing."""

    name = "xer"
    facts: Sequence[LocalFact] = FACTS
    settings: type[Settings] = XerSettings
    network: Sequence[str] = ()
    one_release = ONE_RELEASE
    recognizes = XER_FILES

    def declare(self, settings: XerSettings) -> Sequence[LocalFact]:
        """Return the facts of a schedule: all but those that only settings can answer and that these do not ask for."""
        return asked(settings)

    def collect(self, job: Job, settings: XerSettings) -> Iterator[Answer]:
        """Yield an answer for each fact.

        Raises:
            CollectorRefusal: The file cannot be used at all.
        """
        schedule = self._read(job, settings)
        yield from measure(schedule, job.input(), job, settings, set_status=xer.SET_STATUS)

    def activity_network(self, job: Job, settings: XerSettings) -> ActivityNetwork:
        """Return what is ahead of go-live, for a simulation.

        Raises:
            CollectorRefusal: The file cannot be used, or there is nothing that can be simulated.
        """
        schedule = self._read(job, settings, ahead=True)
        try:
            return ahead_of_golive(schedule, job, settings, set_status=xer.SET_STATUS)
        except CollectorRefusal as refusal:
            raise _naming(job.input(), refusal) from refusal

    def _read(self, job: Job, settings: XerSettings, *, ahead: bool = False) -> Schedule:
        source = job.input()
        try:
            return xer.read_xer(
                source, settings, time_zone=job.time_zone, now=job.now, holidays=_holidays(job), ahead=ahead
            )
        except CollectorRefusal as refusal:
            raise _naming(source, refusal) from refusal
