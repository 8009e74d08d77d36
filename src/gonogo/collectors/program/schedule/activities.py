"""A schedule as both formats say it: activities, links, calendars, people. No format detail survives here.

All moments are naive local datetimes of the schedule's own clock; working times are exact minutes (``Fraction``).
Nobody changes an activity, a link or a baseline; they are not frozen, because that makes them four times as slow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.promised_dates import Baseline, Limit
from gonogo.collectors.program.schedule.resources import Assignment, Person
from gonogo.collectors.program.schedule.work_ahead import WorkAhead
from gonogo.collectors.program.schedule.worktime import WorkCalendar
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal


class ActivityKind(StrEnum):
    """What a row of the schedule is. Only tasks and milestones are counted as activities."""

    TASK = "task"
    MILESTONE = "milestone"
    SUMMARY = "summary"
    EFFORT = "level of effort"
    EXTERNAL = "external"


class LinkType(StrEnum):
    """Which end of the predecessor drives which end of the successor."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


class LagKind(StrEnum):
    """How a lag is measured."""

    WORKING = "working"
    ELAPSED = "elapsed"
    PERCENT = "percent"
    ELAPSED_PERCENT = "elapsed percent"


@dataclass(slots=True)
class ActivityLink:
    """One dependency.

    Attributes:
        pred: Key of the predecessor.
        succ: Key of the successor.
        type: Which ends it ties.
        lag: Minutes, or percent of the predecessor's duration; negative for a lead.
        kind: How the lag is measured.
    """

    pred: str
    succ: str
    type: LinkType = LinkType.FS
    lag: Fraction = Fraction(0)
    kind: LagKind = LagKind.WORKING


@dataclass(slots=True)
class Activity:
    """One row of the schedule.

    Attributes:
        key: Unique key in the file: MSPDI UID, XER task_id.
        number: MSPDI row number (ID); empty in XER.
        code: XER activity code (task_code); empty in MSPDI.
        name: Name.
        wbs: WBS code as written.
        element: Key of the WBS element that it lies in; None for none.
        parent: Key of the summary row above it; None for none.
        kind: What it is.
        start: Actual start, else forecast start.
        finish: Actual finish, else forecast finish.
        actual_start: None when it has not started.
        actual_finish: None when it has not finished.
        claims_done: The file says 100 percent or complete, whatever the dates say.
        minutes: Duration in minutes; None when the file does not say.
        elapsed: Whether the duration runs through nights and weekends.
        slack: Total float in minutes as the tool computed it; None when it did not.
        pinned: Held by a hard constraint or scheduled by hand: logic cannot move it.
        limits: Dates that it is held to.
        baseline: Current baseline; None for none.
        calendar: Key of its calendar; None for the project's.
        contract: Value of the contract field; empty for none.
        unread: Why the duration that the file writes cannot be read; empty where it can.
        left: Minutes that remain, as the file states them or by its progress, whichever are more; None for neither.
        left_unread: Why the statement about that cannot be read; empty where it can, or is blank.
        remains: The file states that a minute or more remains, so that it is not done whatever else is said.
        progress: What the file writes about progress otherwise: percentages, work; no number of it is used.
        resume: When the rest of begun work goes on; None where the file does not say.
        not_before: Dates of constraints before which it does not start or finish.
        by_people: It works by the calendars of the people who are assigned to it.
    """

    key: str
    number: str
    code: str
    name: str
    wbs: str
    element: str | None
    parent: str | None
    kind: ActivityKind
    start: datetime | None
    finish: datetime | None
    actual_start: datetime | None
    actual_finish: datetime | None
    claims_done: bool
    minutes: Fraction | None
    elapsed: bool
    slack: Fraction | None
    pinned: bool
    limits: tuple[Limit, ...]
    baseline: Baseline | None
    calendar: str | None
    contract: str
    unread: str = ""
    left: Fraction | None = None
    left_unread: str = ""
    remains: bool = False
    progress: tuple[str, ...] = ()
    resume: datetime | None = None
    not_before: tuple[Limit, ...] = ()
    by_people: bool = False

    @property
    def counted(self) -> bool:
        """Whether it is an activity: no summary, level of effort or row of another project."""
        return self.kind is ActivityKind.TASK or self.kind is ActivityKind.MILESTONE

    @property
    def label(self) -> str:
        """What a reader finds it by, in at most 90 characters."""
        return f"{self.code or 'UID ' + self.key} {self.name[:60]!r}"

    def finished(self, data_date: datetime) -> bool:
        """Whether it is done at the data date: said so, nothing remains, and its actual finish is not in the future."""
        done = self.actual_finish
        return self.claims_done and not self.remains and done is not None and done <= data_date


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Work that the file still holds, and that counts for no date.

    Attributes:
        activity: The row.
        how: How it was withdrawn: ``set inactive``.
    """

    activity: Activity
    how: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """Everything that was read of one schedule.

    Attributes:
        data_date: The moment up to which progress was reported, or else at which the file held.
        as_of: The instant at which the answers held.
        reported: Whether ``data_date`` is a status date.
        minutes_per_day: Working minutes of one day, where a calendar does not say; None where nobody says.
        activities: Rows by key, in the order of the file; null and inactive rows are not here.
        links: Links whose two ends are here.
        unseen: Key of each row that work of another project drives, to the unfinished work of that.
        withdrawn: Work that counts for no date although it was a task of this project.
        withdrawn_links: Links of which an end is not in ``activities`` because it is withdrawn.
        agreed_baseline: Number of the baseline that the settings say was agreed; None where they say nothing.
        elements: WBS element to the element above it; the root of the project is not an element.
        element_names: What people call a WBS element, by its key.
        calendars: Calendars by key.
        calendar: Key of the project's calendar; None for none.
        people: Resources that do work, by key.
        assignments: Who works on what; None for no resource data.
        unbaselined: Why there is no baseline at all; empty when there is one.
        contract_field: Whether the file defines the contract field of the settings; None for none.
        dayless: Why nobody knows how long a day is, and how to say it, where that is so.
        unstaffed: What is wrong with people or assignments, so that nothing is reported about them.
        uncontracted: What is wrong with the contract field, so that nothing is reported about contracts.
        ahead: What is ahead of each activity, by key; empty where nobody asks.
        lags_by: In whose calendar a lag counts: successor, predecessor, project or always.
    """

    data_date: datetime
    as_of: datetime
    reported: bool
    minutes_per_day: Fraction | None
    activities: dict[str, Activity]
    links: tuple[ActivityLink, ...]
    unseen: Mapping[str, tuple[str, ...]]
    elements: dict[str, str | None]
    calendars: dict[str, WorkCalendar]
    calendar: str | None
    people: dict[str, Person] = field(default_factory=dict)
    assignments: tuple[Assignment, ...] | None = None
    unbaselined: str = ""
    contract_field: bool | None = None
    element_names: Mapping[str, str] = field(default_factory=dict)
    dayless: str = "the file does not say how long a working day is"
    unstaffed: CollectorRefusal | None = None
    uncontracted: CollectorRefusal | None = None
    ahead: Mapping[str, WorkAhead] = field(default_factory=dict)
    lags_by: str = "successor"
    withdrawn: tuple[Withdrawn, ...] = ()
    withdrawn_links: tuple[ActivityLink, ...] = ()
    agreed_baseline: int | None = None

    def calendar_of(self, activity: Activity) -> WorkCalendar:
        """Return the calendar by which the activity works.

        Raises:
            CollectorRefusal: The file does not define it, or it cannot be read.
        """
        found = self.calendars.get(key := activity.calendar or self.calendar or "")
        return self._calendar(key or None, activity.label) if found is None or found.unreadable else found

    def project_calendar(self) -> WorkCalendar:
        """Return the project's calendar; see :meth:`calendar_of`."""
        return self._calendar(self.calendar, "the project")

    def _calendar(self, key: str | None, who: str) -> WorkCalendar:
        found = self.calendars.get(key) if key is not None else None
        if found is None:
            raise CollectorRefusal(f"{who} works by the calendar {key or '(none)'}, which the file does not define")
        if found.unreadable:
            raise CollectorRefusal(f"the calendar {key} of {who} cannot be read: {found.unreadable}")
        return found

    def days(self, minutes: Fraction, activity: Activity) -> Fraction:
        """Return working minutes as working days of the activity's calendar; see :meth:`minutes_of_day`."""
        return minutes / self.minutes_of_day(activity)

    def minutes_of_day(self, activity: Activity) -> Fraction:
        """Return the working minutes that make one day for the activity, or refuse where nobody says."""
        found = self.calendars.get(activity.calendar or self.calendar or "")
        if minutes := (found.minutes_per_day if found else None) or self.minutes_per_day:
            return minutes
        raise absent(f"this is measured in working days, but {self.dayless}, or {STATE_HOURS}")

    def working_day(self, activity: Activity) -> Fraction:
        """Return a day to hold working time against: never more than the activity's calendar works on one."""
        return min(self.minutes_of_day(activity), self.calendar_of(activity).longest_day)


MAX_NAMED: Final = 5
STATE_HOURS: Final = "state hours_per_day in the settings of the binding"


def named(activities: list[Activity]) -> str:
    """Return the labels of the first few activities, and how many more there are."""
    more = f" and {len(activities) - MAX_NAMED} more" if len(activities) > MAX_NAMED else ""
    return ", ".join(activity.label for activity in activities[:MAX_NAMED]) + more


def keys(activities: Iterable[Activity]) -> Iterator[str]:
    """Yield what tools call activities for good: the activity id of P6, the unique id of MS Project."""
    return (activity.code or f"UID {activity.key}" for activity in activities)


def why_unread(rows: Iterable[Activity | Baseline]) -> str:
    """Return why the first duration that is written cannot be read, and the next step."""
    why = next((f" ({row.unread})" for row in rows if row.unread), "")
    return f"{why}: set it in the schedule's tool and save again"


def absent(sentence: str) -> CollectorRefusal:
    """Return the refusal for what the source does not say."""
    return CollectorRefusal(sentence, GapReason.MISSING)


def unprovable(sentence: str) -> CollectorRefusal:
    """Return the refusal for what this source cannot prove, whatever it says."""
    return CollectorRefusal(sentence, GapReason.NOT_PROVABLE)
