"""Puts a schedule together from a project that MPXJ has read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Final

from gonogo.collectors.program.schedule.activities import (
    Activity,
    ActivityKind,
    Schedule,
    Withdrawn,
    absent,
    unprovable,
)
from gonogo.collectors.program.schedule.foreign.foreign_ahead import lags_by, read_ahead
from gonogo.collectors.program.schedule.foreign.foreign_calendars import minutes_of, read_calendars
from gonogo.collectors.program.schedule.foreign.foreign_fields import task_fields
from gonogo.collectors.program.schedule.foreign.foreign_people import read_assignments, read_people
from gonogo.collectors.program.schedule.foreign.foreign_tasks import read_relations, read_rows
from gonogo.collectors.program.schedule.foreign.foreign_values import ForeignValues, text_of
from gonogo.collectors.program.schedule.resources import Assignment, Person
from gonogo.collectors.program.schedule.settings import EstimateFields
from gonogo.collectors.program.schedule.status import StatusSource, moment_of
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal, Input

ORACLE: Final = "Primavera"
OWN: Final = {"MSPDI": "schedule:mspdi", "XER": "schedule:xer"}
"""Kinds of files that gonogo reads itself, more strictly."""
TELLS_HOURS: Final = frozenset({"MPP", "MPX", "PMXML", "PPX"})
"""Kinds of files that say how long a day is; for the others MPXJ says eight hours, always."""
SET_STATUS: Final = "set the status date (data date) in the plan's tool and save again"
DAYLESS: Final = "this kind of file does not say how long a working day is"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a simulation needs to be told.

    Attributes:
        per_day: Minutes that make one day; None where the settings do not say.
        estimates: Where estimates stand; None where nobody asks for them.
    """

    per_day: Fraction | None
    estimates: EstimateFields | None


def pick(projects: list[Any], wanted: str | None) -> Any:
    """Return the project that is meant: the one that the settings name, else the only one.

    Raises:
        CollectorRefusal: There are several, or none has that name; or gonogo has a stricter reader for this file.
    """
    kind = text_of(projects[0].getProjectProperties().getFileType())
    if kind in OWN:
        raise unprovable(f"gonogo reads this kind of file itself: bind it to `{OWN[kind]}`")
    found = [entry for entry in projects if wanted is None or wanted in _names(entry)]
    if len(found) != 1:
        names = ", ".join(" / ".join(_names(entry))[:80] or "(no name)" for entry in projects[:20])
        what = "could be meant; name one in the settings (`project`)" if wanted is None else f"are {wanted!r}"
        raise CollectorRefusal(f"{len(found)} projects of the file {what}: {names}", GapReason.MISSING)
    return found[0]


def _names(project: Any) -> list[str]:
    properties = project.getProjectProperties()
    texts = (properties.getProjectID(), properties.getName(), properties.getProjectTitle(), properties.getUniqueID())
    return list(dict.fromkeys(text for text in map(text_of, texts) if text))


def schedule_of(
    project: Any,
    source: Input,
    java: Callable[[str], Any],
    *,
    time_zone: str,
    now: datetime,
    holidays: Iterable[date],
    contract: str,
    baseline: int | None = None,
    ahead: Ahead | None = None,
) -> Schedule:
    """Return the schedule of a project.

    Args:
        project: What MPXJ has read.
        source: The file.
        java: Returns a class of Java by its name.
        time_zone: IANA name; local dates of the file are read in it.
        now: The moment of the assessment.
        holidays: Days off of the program.
        contract: Name or alias of the field, or of the activity code, that names contracts; empty for none.
        baseline: Number of the baseline that was agreed; None where nobody says, then the current one counts.
        ahead: What a simulation needs to be told; None where only facts are asked for.

    Raises:
        CollectorRefusal: It has no activities, something is malformed, or nobody says when it held. What is wrong with
            people or the contract field alone is kept for the facts about them.
    """
    properties = project.getProjectProperties()
    tells = text_of(properties.getFileType()) in TELLS_HOURS
    if ahead is not None:
        _set_day(properties, ahead.per_day, java("java.lang.Integer"), tells=tells)
    oracle = text_of(properties.getFileApplication()) == ORACLE
    values = ForeignValues(java("org.mpxj.TaskField"), java("org.mpxj.TimeUnit"), properties)
    called = ("status date (data date)", "date at which it was saved")
    status = StatusSource(values.moment(properties.getStatusDate()), _saved(properties, values), SET_STATUS, called)
    moment = moment_of(status, source, time_zone=time_zone, now=now)
    unbaselined = (
        "the file does not hold the project's baseline" if oracle and not project.getBaselines().size() else ""
    )
    unstaffed: CollectorRefusal | None = None
    uncontracted: CollectorRefusal | None = None
    says: Callable[[Any], str] = _nothing
    defined = False
    try:
        says, defined = _contract_field(project, contract)
    except CollectorRefusal as refusal:
        uncontracted = refusal
    rows = list(project.getTasks())
    counts = None if unbaselined else baseline or 0
    activities, idle, null = read_rows(rows, values, oracle=oracle, baseline=counts, contract=says)
    if not any(activity.counted for activity in activities.values()):
        raise absent("the file holds no activities")
    links, idle_links, unseen = read_relations(rows, activities, idle, null, values)
    if not unbaselined and not any(activity.baseline for activity in activities.values()):
        unbaselined = f"the file holds no baseline{f' {baseline}' if baseline else ''}"
    people: dict[str, Person | None] = {}
    assignments: tuple[Assignment, ...] | None = None
    try:
        people = read_people(project.getResources())
        assignments = read_assignments(project.getResourceAssignments(), people, activities, values, oracle=oracle)
    except CollectorRefusal as refusal:
        unstaffed = refusal
    default = project.getDefaultCalendar()
    return Schedule(
        data_date=moment.local,
        as_of=moment.as_of,
        reported=moment.reported,
        minutes_per_day=minutes_of(properties.getMinutesPerDay()) if tells else None,
        activities=activities,
        links=links,
        withdrawn=tuple(Withdrawn(row, "set inactive") for row in idle.values()),
        withdrawn_links=idle_links,
        agreed_baseline=baseline,
        unseen=unseen,
        elements=_elements(activities),
        element_names={key: f"{row.wbs or 'UID ' + key} {row.name}".strip() for key, row in activities.items()},
        calendars=read_calendars(project.getCalendars(), holidays, java("java.time.DayOfWeek")),
        calendar=None if default is None else str(default.getUniqueID()),
        people={key: person for key, person in people.items() if person is not None},
        assignments=assignments,
        unbaselined=unbaselined,
        contract_field=defined if contract else None,
        dayless=DAYLESS,
        unstaffed=unstaffed,
        uncontracted=uncontracted,
        lags_by=lags_by(properties, java("org.mpxj.ProjectField")) if oracle else "successor",
        ahead={}
        if ahead is None
        else read_ahead(
            project,
            activities,
            values,
            ahead.estimates,
            oracle=oracle,
            per_day=ahead.per_day or (minutes_of(properties.getMinutesPerDay()) if tells else None),
        ),
    )


def _set_day(properties: Any, per_day: Fraction | None, integer: Any, *, tells: bool) -> None:
    """Tell MPXJ how long a day is, by which it turns days into hours.

    Raises:
        CollectorRefusal: Neither the plan nor the settings say it.
    """
    if per_day is None:
        if not tells:
            raise unprovable(f"{DAYLESS}, and durations may be in days; state hours_per_day")
        return
    if per_day.denominator != 1:
        raise CollectorRefusal("hours_per_day is no whole number of minutes")
    properties.setMinutesPerDay(integer.valueOf(int(per_day)))
    properties.setMinutesPerWeek(integer.valueOf(5 * int(per_day)))


def _saved(properties: Any, values: ForeignValues) -> datetime | None:
    return values.moment(properties.getLastSaved())


def _elements(activities: dict[str, Activity]) -> dict[str, str | None]:
    return {key: row.parent for key, row in activities.items() if row.kind is ActivityKind.SUMMARY and key != "0"}


def _nothing(_row: Any) -> str:
    return ""


def _contract_field(project: Any, contract: str) -> tuple[Callable[[Any], str], bool]:
    """Return what a row says in the contract field, and whether the plan defines such a field.

    Raises:
        CollectorRefusal: More than one field is named so.
    """
    if not contract:
        return _nothing, False
    fields = task_fields(project, contract)
    codes = [code for code in project.getActivityCodes() if text_of(code.getName()) == contract]
    if len(fields) + len(codes) > 1:
        raise CollectorRefusal(f"{len(fields) + len(codes)} fields are named {contract!r}")
    if codes:
        code = codes[0]

        def by_code(row: Any) -> str:
            value = row.getActivityCodeValues().get(code)
            return "" if value is None else text_of(value.getName())

        return by_code, True
    if fields:
        [member] = fields.values()
        return (lambda row: text_of(row.getCachedValue(member))), True
    return _nothing, False
