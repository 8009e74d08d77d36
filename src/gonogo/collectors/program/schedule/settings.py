"""Settings of both schedule collectors."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Final, Literal

from pydantic import Field, StringConstraints, field_validator, model_validator

from gonogo.model.base import DecimalText
from gonogo.plugin.spec import Settings

Name = Annotated[str, StringConstraints(min_length=1, max_length=400)]
_DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


class GoliveActivity(Settings):
    """Exactly one way to find the go-live activity; the value must match exactly.

    Attributes:
        uid: MSPDI UID, XER task_id.
        id: MSPDI row number.
        wbs: WBS code.
        code: XER activity code.
        name: Name.
    """

    uid: Name | None = None
    id: Name | None = None
    wbs: Name | None = None
    code: Name | None = None
    name: Name | None = None

    @model_validator(mode="after")
    def _one(self) -> GoliveActivity:
        if len(self.model_dump(exclude_none=True)) != 1:
            raise ValueError("name the go-live activity by exactly one of uid, id, wbs, code, name")
        return self


class ContractPeriod(Settings):
    """Dates of one contract or order.

    Attributes:
        contract: The contract, as the field writes it.
        award: Local date of the award, or for which it is planned.
        end: Last local date of the period of performance; none where it has no end.
    """

    contract: Name
    award: date
    end: date | None = None


class ScheduleScope(Settings):
    """Deliverables of the migration by side, each as the code or name that a WBS element or an activity bears.

    Attributes:
        customer: All deliverables of the customer.
        provider: All deliverables of the provider.
    """

    customer: tuple[Name, ...] = ()
    provider: tuple[Name, ...] = ()


class ContractField(Settings):
    """Where activities say which contract or order they depend on.

    Attributes:
        field: MSPDI: name or alias of an extended attribute (``Text5``, ``Contract``). XER: name of an activity code
            type, or label of a text UDF, of tasks.
        awarded: Contracts and orders that are in force, as the field writes them. Any other value is not awarded.
        periods: Dates of contracts and orders, awarded or planned.
    """

    field: Name
    awarded: tuple[Name, ...] = ()
    periods: tuple[ContractPeriod, ...] = ()

    @model_validator(mode="after")
    def _once(self) -> ContractField:
        names = [period.contract for period in self.periods]
        if len(set(names)) != len(names):
            raise ValueError("a contract has its dates twice")
        return self


class EstimateFields(Settings):
    """Where activities say how long they take at best, most likely and at worst.

    Attributes:
        optimistic: MSPDI: name or alias of a custom field (``Duration1``). XER: label of a user-defined field.
        pessimistic: The same, at worst.
        likely: The same, most likely; without it the duration of the activity.
        unit: What numbers in these fields are; durations of Microsoft Project say it themselves.
    """

    optimistic: Name
    pessimistic: Name
    likely: Name | None = None
    unit: Literal["hours", "days"] | None = None

    def by_point(self) -> dict[str, str]:
        """Return the fields as ``low``, ``likely`` and ``high``; what is not named is left out."""
        named = {"low": self.optimistic, "likely": self.likely, "high": self.pessimistic}
        return {point: name for point, name in named.items() if name is not None}


class Simulation(Settings):
    """What `gonogo forecast --simulate` assumes; no fact comes from it.

    Attributes:
        estimates: Fields with a three-point estimate of each activity.
        spread: At best and at worst, as shares of what remains of an activity: ``["0.9", "1.5"]``. For those without
            an estimate.
        correlation: How much delays go together, from 0 (not at all) to 1 (all alike).
        shape: How durations lie between best and worst: ``triangular`` or ``pert``.
    """

    estimates: EstimateFields | None = None
    spread: tuple[DecimalText, DecimalText] | None = None
    correlation: DecimalText | None = Field(default=None, ge=Decimal(0), le=Decimal(1))
    shape: Literal["triangular", "pert"] = "triangular"

    @field_validator("spread")
    @classmethod
    def _around_one(cls, spread: tuple[Decimal, Decimal] | None) -> tuple[Decimal, Decimal] | None:
        if spread is not None and not (0 < spread[0] <= 1 <= spread[1] <= 100):
            raise ValueError("at best is more than 0 and at most 1, at worst at least 1 and at most 100")
        return spread


class ScheduleSettings(Settings):
    """What both formats need to be told.

    Attributes:
        golive: The go-live activity: text that exactly one activity has as UID, row number, WBS, activity code or
            name; or one of these by its kind.
        committed: Committed go-live: a local date (any time of that day is on time; on the day of the release's go-live
            up to its hour, the hour of the baseline or the start of the working day) or an instant with its offset.
            Without it: the baseline finish of the go-live activity. Where either is a later day than the release's
            go-live, or there is neither, the day of the release's go-live counts.
        hours_per_day: Working hours that make one day, instead of what the file says; 0 < h <= 24.
        long_duration_days: Working days above which an activity is too long; 44 as DCMA says.
        near_critical_days: Working days of total float up to which an activity is near-critical.
        late_tolerance: Finish slip, as a share of the baseline duration, from which an activity is late.
        contract: Where activities name their contract; without it nothing is known about contracts.
        scope: Deliverables of both sides that the WBS must hold; without it nothing is known about them.
        dropped: Work that the schedule withdraws (sets inactive), although it was promised and led to go-live, and that
            both sides agreed to drop: of each the UID, row number, WBS, activity code or name, if no other such row
            bears it.
        facts: Local names of the facts that the binding answers for; without it all that the vocabulary has, those
            that need ``periods`` or ``scope`` only where these are given.
        simulation: What a simulation of the go-live date assumes; no fact comes from it.
    """

    golive: Name | GoliveActivity
    committed: str | None = None
    hours_per_day: int | DecimalText | None = None
    long_duration_days: int = Field(default=44, ge=1, le=1000)
    near_critical_days: int = Field(default=5, ge=0, le=1000)
    late_tolerance: DecimalText = Field(default=Decimal("0.10"), gt=Decimal(0), le=Decimal(10))
    contract: ContractField | None = None
    scope: ScheduleScope | None = None
    dropped: tuple[Name, ...] = ()
    facts: tuple[Name, ...] | None = None
    simulation: Simulation | None = None

    @field_validator("committed")
    @classmethod
    def _moment(cls, text: str | None) -> str | None:
        if text is not None:
            read_committed(text)
        return text

    @field_validator("hours_per_day")
    @classmethod
    def _hours(cls, hours: int | Decimal | None) -> int | Decimal | None:
        if hours is not None and not 0 < hours <= 24:
            raise ValueError("a working day has more than 0 and at most 24 hours")
        return hours


class NumberedBaselines(ScheduleSettings):
    """Settings of a format that holds several baselines by number.

    Attributes:
        baseline: Number of the baseline that both sides agreed on, 0 to 10. Without it the current one, 0, counts, and
            where another baseline of the file promised work sooner, nothing is said of how late that is.
    """

    baseline: int | None = Field(default=None, ge=0, le=10)


class MspdiSettings(NumberedBaselines):
    """Settings of ``mspdi``."""


class XerSettings(ScheduleSettings):
    """Settings of ``xer``.

    Attributes:
        project: Short name or id of the project, for a file that holds several.
        baseline_project: Short name or id of its baseline, for a file that holds it without saying so.
        encoding: How the file's text is encoded; Primavera writes Windows-1252 unless told otherwise.
    """

    project: Name | None = None
    baseline_project: Name | None = None
    encoding: Literal["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp932", "cp936", "utf-8"] = "cp1252"


_COMMITTED: Final = "write a day, 2027-05-03, or a time with its offset, 2027-05-03T06:00-04:00"


def read_committed(text: str) -> date | datetime:
    """Return the committed local date, or the committed instant.

    Raises:
        ValueError: The text is neither.
    """
    try:
        if _DAY.fullmatch(text):
            return date.fromisoformat(text)
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is not the committed go-live: {_COMMITTED}") from error
    if moment.tzinfo is None:
        raise ValueError(f"the committed go-live has no offset: {_COMMITTED}")
    return moment
