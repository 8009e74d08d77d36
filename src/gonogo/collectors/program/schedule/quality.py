"""Measures of the schedule as a whole: does it hold the work, does its logic hold, is its status current."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from gonogo.collectors.program.schedule import facts
from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    ActivityLink,
    absent,
    keys,
    named,
    unprovable,
    why_unread,
)
from gonogo.collectors.program.schedule.schedule_view import ScheduleView
from gonogo.collectors.program.schedule.worktime import elapsed_minutes
from gonogo.plugin.spec import Answer

ELAPSED_DAY = Fraction(1440)


def wbs_leaves(reading: ScheduleView) -> Answer:
    """How many WBS elements have none below them."""
    return facts.WBS_LEAF_COUNT.value(len(_leaves(reading)), as_of=reading.as_of)


def wbs_leaves_with_tasks(reading: ScheduleView) -> Answer:
    """How many of the leaves hold at least one activity."""
    used = {row.element for row in reading.activities}
    leaves = _leaves(reading)
    if not leaves:
        return facts.WBS_LEAF_WITH_TASKS_RATIO.missing(
            "the schedule has no WBS: no element is below the project itself, so nothing says what the work breaks "
            "down into; give the activities WBS elements (in Microsoft Project, summary tasks) and save it again"
        )
    names = reading.schedule.element_names
    empty = [names.get(key) or key for key in leaves if key not in used]
    return facts.WBS_LEAF_WITH_TASKS_RATIO.counted(
        part=len(leaves) - len(empty), whole=len(leaves), as_of=reading.as_of
    ).naming(empty)


def _leaves(reading: ScheduleView) -> list[str]:
    elements = reading.schedule.elements
    above = set(elements.values())
    return [key for key in elements if key not in above]


def tasks_without_wbs(reading: ScheduleView) -> Answer:
    """How many activities lie outside the WBS."""
    loose = [row for row in reading.activities if row.element is None]
    return facts.TASKS_WITHOUT_WBS_RATIO.counted(
        part=len(loose), whole=len(reading.activities), as_of=reading.as_of, where=named(loose)
    ).naming(keys(loose))


def has_post_golive(reading: ScheduleView) -> Answer:
    """Whether there is work after go-live."""
    after = reading.forecast
    found = [
        row
        for row in reading.activities
        if row.kind is ActivityKind.TASK and row.start and row.finish and row.start >= after and row.finish > after
    ]
    return facts.HAS_POST_GOLIVE_TASKS.value(bool(found), as_of=reading.as_of, where=named(found))


def missing_logic(reading: ScheduleView) -> Answer:
    """How many unfinished activities hang in the air at one end or both."""
    efforts = reading.efforts
    links = [link for link in reading.schedule.links if link.pred not in efforts and link.succ not in efforts]
    led, followed = {link.succ for link in links}, {link.pred for link in links}
    loose = [row for row in reading.unfinished if row.key not in led or row.key not in followed]
    return facts.MISSING_LOGIC_RATIO.counted(
        part=len(loose), whole=len(reading.unfinished), as_of=reading.as_of, where=named(loose)
    ).naming(keys(loose))


def leads(reading: ScheduleView) -> Answer:
    """How many links let work start before what it waits for is done."""
    found = [link for link in reading.open_links if link.lag and link.lag < 0]
    return facts.LEADS_COUNT.value(len(found), as_of=reading.as_of, where=ties(reading, found)).naming(
        link_keys(reading, found)
    )


def lags(reading: ScheduleView) -> Answer:
    """How many links hide work in waiting."""
    links = reading.open_links
    found = [link for link in links if link.lag and link.lag > 0]
    answer = facts.LAGS_RATIO.counted(
        part=len(found), whole=len(links), as_of=reading.as_of, where=ties(reading, found)
    )
    return answer.naming(link_keys(reading, found))


def ties(reading: ScheduleView, links: list[ActivityLink]) -> str:
    """Return the activities that links lead to, as text."""
    return named([reading.schedule.activities[link.succ] for link in links])


def link_keys(reading: ScheduleView, links: list[ActivityLink]) -> Iterator[str]:
    """Yield what each link is called: ``A1 > A2``."""
    rows = reading.schedule.activities
    return (" > ".join(keys([rows[link.pred], rows[link.succ]])) for link in links)


def hard_constraints(reading: ScheduleView) -> Answer:
    """How many unfinished activities are held against logic by a constraint."""
    held = [row for row in reading.unfinished if row.pinned]
    return facts.HARD_CONSTRAINT_RATIO.counted(
        part=len(held), whole=len(reading.unfinished), as_of=reading.as_of, where=named(held)
    ).naming(keys(held))


def high_durations(reading: ScheduleView) -> Answer:
    """How many unfinished activities are too long to be steered.

    Where the duration of one is not known, nobody knows how many are. A milestone lasts no time unless its row says so.
    """
    spans = [(row, *span) for row in reading.unfinished for span in _spans(reading, row)]
    silent = list({row.key: row for row, minutes, _ in spans if minutes is None}.values())
    if silent:
        many = "activities have" if len(silent) > 1 else "activity has"
        written = [part for row in silent for part in (row, row.baseline) if part is not None]
        raise absent(
            f"{len(silent)} unfinished {many} no duration, or no baseline duration, that can be read: "
            f"{named(silent)}{why_unread(written)}"
        )
    longest = _Longest(reading)
    long = list({row.key: row for row, minutes, elapsed in spans if longest.exceeded(row, minutes, elapsed)}.values())
    return facts.HIGH_DURATION_RATIO.counted(
        part=len(long), whole=len(reading.unfinished), as_of=reading.as_of, where=named(long)
    ).naming(keys(long))


class _Longest:
    """How long an activity may last: by each calendar, and by the clock."""

    def __init__(self, reading: ScheduleView) -> None:
        self._reading = reading
        self._limits: dict[tuple[str | None, bool], tuple[int, Fraction]] = {}

    def exceeded(self, row: Activity, minutes: Fraction | None, elapsed: bool) -> bool:
        if minutes is None:
            return False
        key = row.calendar, elapsed
        if key not in self._limits:
            # each elapsed day counts as a working day: an elapsed span holds no more of them
            day = ELAPSED_DAY if elapsed else self._reading.schedule.minutes_of_day(row)
            most = self._reading.settings.long_duration_days * day
            self._limits[key] = int(most), most
        whole, most = self._limits[key]
        return minutes.numerator > whole and minutes > most  # fractions are slow to compare, and most are whole


def _spans(reading: ScheduleView, row: Activity) -> list[tuple[Fraction | None, bool]]:
    """Return how long a row lasts and was to last, each in minutes and whether by the clock; None for not known.

    A baseline without a duration lasts from its start to its finish, in the longer reading of the calendar; with a
    finish alone it promises no duration.
    """
    point = row.kind is ActivityKind.MILESTONE and row.start == row.finish
    spans: list[tuple[Fraction | None, bool]] = [
        (Fraction(0) if row.minutes is None and not row.unread and point else row.minutes, row.elapsed)
    ]
    held = row.baseline
    if held is None:
        return spans
    if held.minutes is not None or held.unread:
        spans.append((held.minutes, held.elapsed))
    elif held.start is not None and held.elapsed:
        spans.append((elapsed_minutes(held.start, held.finish), True))
    elif held.start is not None:
        spans.append((reading.schedule.calendar_of(row).minutes(held.start, held.finish, most=True), False))
    return spans


def data_date_age(reading: ScheduleView) -> Answer:
    """How many local days ago progress was reported."""
    age = (reading.today - reading.schedule.data_date.date()).days
    return facts.DATA_DATE_AGE_DAYS.value(
        age, as_of=reading.as_of, where=f"data date {reading.schedule.data_date:%Y-%m-%d %H:%M}"
    )


def invalid_dates(reading: ScheduleView) -> Answer:
    """How many activities carry dates that cannot be true at the data date."""
    found = [row for row in reading.activities if _invalid(reading, row)]
    return facts.INVALID_DATES.value(len(found), as_of=reading.as_of, where=named(found)).naming(keys(found))


def _invalid(reading: ScheduleView, row: Activity) -> bool:
    now = reading.schedule.data_date
    if row.start is None or row.finish is None or row.finish < row.start:
        return True
    if any(moment is not None and moment > now for moment in (row.actual_start, row.actual_finish)):
        return True
    if row.claims_done or row.actual_finish is not None:
        return not row.finished(now) or row.actual_start is None
    return row.finish < now or (row.actual_start is None and row.start < now)


def weekly_updates(_reading: ScheduleView) -> Answer:
    """One file is one moment: it cannot tell which updates did not happen."""
    raise unprovable("a schedule file shows one status date; missed updates show only in a series of weekly files")


def unawarded_contracts(reading: ScheduleView) -> Answer:
    """How many unfinished activities depend on a contract that is not in force."""
    contract, schedule = reading.settings.contract, reading.schedule
    if contract is None:
        raise unprovable("the settings name no field in which activities name the contract that they depend on")
    if schedule.uncontracted is not None:
        raise schedule.uncontracted
    if not schedule.contract_field:
        raise absent(f"the file defines no field named {contract.field!r}")
    if not any(row.contract for row in reading.activities):
        raise absent(f"no activity says anything in the field {contract.field!r}")
    found = [row for row in reading.unfinished if row.contract and row.contract not in contract.awarded]
    answer = facts.TASKS_ON_UNAWARDED_CONTRACTS.value(len(found), as_of=reading.as_of, where=named(found))
    return answer.naming(keys(found))
