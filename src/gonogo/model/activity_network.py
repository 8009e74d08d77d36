"""What is still ahead of go-live by a schedule: activities, links and working time, as a simulation needs them.

Moments are whole seconds of the schedule's own clock since 1970-01-01 00:00, durations whole seconds. Nothing here is
evidence: no fact comes from it and no evaluator reads it.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Final, Literal, Self

from pydantic import Field, model_validator

from gonogo.model.base import DecimalText, Frozen, OneLine

MAX_ACTIVITIES: Final = 50_000
MAX_LINKS: Final = 200_000
DAY_S: Final = 86_400

Moment = Annotated[int, Field(ge=-(10**11), le=10**11)]
Length = Annotated[int, Field(ge=0, le=10**10)]
ShiftSpan = tuple[int, int]
"""Start and end in seconds of the day, end excluded."""

_EPOCH: Final = datetime(1970, 1, 1)  # noqa: DTZ001  # a schedule's own clock has no zone


def clock_seconds(moment: datetime) -> int:
    """Return a naive moment of the schedule's clock as whole seconds since 1970."""
    span = moment - _EPOCH
    return span.days * DAY_S + span.seconds


def clock_moment(seconds: int) -> datetime:
    """Return whole seconds of the schedule's clock since 1970 as a naive moment."""
    return _EPOCH + timedelta(seconds=seconds)


class PointRole(StrEnum):
    """What a point of the network is: work that takes time, a milestone, or an end of a summary row."""

    WORK = "work"
    MILESTONE = "milestone"
    JOINT = "joint"


class ThreePoints(Frozen):
    """How long work may take: at best, most likely, at worst."""

    low: Length
    likely: Length
    high: Length

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not self.low <= self.likely <= self.high:
            raise ValueError("at best is no more than most likely, which is no more than at worst")
        return self


class NetworkPoint(Frozen):
    """One activity, or one end of a summary row.

    Attributes:
        key: What its tool calls it for good.
        name: What a reader finds it by.
        role: What it is.
        calendar: Place of its calendar; None where it runs through nights and weekends.
        seconds: What remains of it.
        points: How long the rest may take; None where the file does not say.
        begun: When it began.
        done: When it was finished.
        not_before: A date before which its work, or what remains of it, does not begin.
        not_finished_before: A date before which it is not finished.
        at_start: A milestone that lies at the beginning of the next working time.
        earliest: It takes the earliest of what leads to it, as the beginning of a summary row does.
    """

    key: str = Field(max_length=200)
    name: str = Field(max_length=200)
    role: PointRole
    calendar: int | None = Field(default=None, ge=0)
    seconds: Length = 0
    points: ThreePoints | None = None
    begun: Moment | None = None
    done: Moment | None = None
    not_before: Moment | None = None
    not_finished_before: Moment | None = None
    at_start: bool = False
    earliest: bool = False

    @property
    def uncertain(self) -> bool:
        """Whether its duration is ahead, so that it may be longer or shorter."""
        return self.role is PointRole.WORK and self.done is None and self.seconds > 0


class NetworkTie(Frozen):
    """One dependency: places of both ends, which ends it ties, and its lag.

    Attributes:
        pred: Place of the predecessor, which comes first.
        succ: Place of the successor.
        type: Which ends it ties.
        lag: Seconds; negative for a lead.
        elapsed: Whether the lag runs through nights and weekends.
        calendar: Place of the calendar in which the lag counts; None for the successor's.
    """

    pred: int = Field(ge=0)
    succ: int = Field(ge=0)
    type: Literal["FS", "SS", "FF", "SF"] = "FS"
    lag: Moment = 0
    elapsed: bool = False
    calendar: int | None = Field(default=None, ge=0)


class WorkingTime(Frozen):
    """One calendar: a week, Monday first, and the days that differ, each by its number (1 is 0001-01-01)."""

    week: Annotated[tuple[tuple[ShiftSpan, ...], ...], Field(min_length=7, max_length=7)]
    special: tuple[tuple[int, tuple[ShiftSpan, ...]], ...] = ()

    @model_validator(mode="after")
    def _shifts(self) -> Self:
        for shifts in (*self.week, *(shifts for _, shifts in self.special)):
            end = 0
            for start, stop in shifts:
                if not end <= start < stop <= DAY_S:
                    raise ValueError("working hours overlap, are empty or leave the day")
                end = stop
        return self


class SpreadDeclared(Frozen):
    """What the settings of the binding declare about uncertainty; each is None where they do not.

    Attributes:
        low: At best, as a share of what remains.
        high: At worst.
        correlation: How much delays go together, from 0 to 1.
        shape: How durations lie between best and worst.
    """

    low: DecimalText | None = None
    high: DecimalText | None = None
    correlation: DecimalText | None = None
    shape: Literal["triangular", "pert"] = "triangular"


class ActivityNetwork(Frozen):
    """Everything that leads to go-live and is not finished, in an order in which each comes after what it waits for.

    Attributes:
        data_date: Up to when progress was reported; what remains begins then or later.
        activities: The last one is go-live.
        links: The dependencies.
        calendars: Working time.
        committed: The last moment that is on time.
        aim: The committed go-live in words.
        shown: When go-live finishes by the file's own dates; None where it gives none.
        declared: What the settings declare.
        notes: What was done with what no simulation can take as it stands.
        apart: How many unfinished activities no links lead from to go-live.
    """

    data_date: Moment
    activities: Annotated[tuple[NetworkPoint, ...], Field(min_length=1, max_length=MAX_ACTIVITIES)]
    links: Annotated[tuple[NetworkTie, ...], Field(max_length=MAX_LINKS)] = ()
    calendars: Annotated[tuple[WorkingTime, ...], Field(max_length=1000)] = ()
    committed: Moment
    aim: OneLine
    shown: Moment | None = None
    declared: SpreadDeclared = SpreadDeclared()
    notes: Annotated[tuple[OneLine, ...], Field(max_length=50)] = ()
    apart: int = Field(default=0, ge=0)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        for link in self.links:
            if not link.pred < link.succ < len(self.activities):
                raise ValueError("a link leads from a later place to an earlier one, or nowhere")
        named = [point.calendar for point in self.activities] + [link.calendar for link in self.links]
        if any(place is not None and place >= len(self.calendars) for place in named):
            raise ValueError("an activity or a lag counts in a calendar that is not there")
        return self

    @property
    def golive(self) -> NetworkPoint:
        """The go-live activity."""
        return self.activities[-1]
