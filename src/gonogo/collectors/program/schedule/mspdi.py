"""Reads a schedule from Microsoft Project XML (MSPDI), streaming, with no document type declaration.

Read are ``Project/StatusDate``, ``LastSaved``, ``MinutesPerDay``, ``CalendarUID``, the calendars, extended attributes,
tasks with their predecessor links and baselines, work resources and assignments. Null tasks, and links to them, are
left out, inactive ones are kept apart; the project's own row (UID 0) is no activity.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import Activity, ActivityKind, Schedule, absent
from gonogo.collectors.program.schedule.mspdi_ahead import read_ahead
from gonogo.collectors.program.schedule.mspdi_calendar import CALENDAR, read_calendars
from gonogo.collectors.program.schedule.mspdi_spans import Spans
from gonogo.collectors.program.schedule.mspdi_tasks import TASK, read_tasks
from gonogo.collectors.program.schedule.mspdi_values import read_date, read_flag, read_number, read_saved
from gonogo.collectors.program.schedule.resources import Assignment, Person
from gonogo.collectors.program.schedule.settings import EstimateFields
from gonogo.collectors.program.schedule.status import StatusSource, moment_of
from gonogo.collectors.program.schedule.xml_records import Record, RecordShape, read_records
from gonogo.model.program import AsOfRule
from gonogo.plugin.spec import CollectorRefusal, Input

NAMESPACE: Final = "http://schemas.microsoft.com/project"
UNASSIGNED: Final = ("", "0", "-65535")
_ATTRIBUTE: Final = RecordShape(frozenset({"FieldID", "FieldName", "Alias"}))
_RESOURCE: Final = RecordShape(
    frozenset(["UID", "Name", "Type", "IsNull", "IsGeneric", "MaxUnits", "CalendarUID"]), streamed=True
)
_ASSIGNMENT: Final = RecordShape(
    frozenset(["UID", "TaskUID", "ResourceUID", "Units", "Start", "Finish", "ActualFinish"]), streamed=True
)
_PROJECT: Final = RecordShape(
    frozenset({"StatusDate", "LastSaved", "MinutesPerDay", "CalendarUID"}),
    {
        "ExtendedAttributes": RecordShape(records={"ExtendedAttribute": _ATTRIBUTE}),
        "Calendars": RecordShape(records={"Calendar": CALENDAR}),
        "Tasks": RecordShape(records={"Task": TASK}),
        "Resources": RecordShape(records={"Resource": _RESOURCE}),
        "Assignments": RecordShape(records={"Assignment": _ASSIGNMENT}),
    },
)


@dataclass
class _Rows:
    """What the stream has brought so far."""

    tasks: list[Record] = field(default_factory=list)
    resources: list[Record] = field(default_factory=list)
    assignments: list[Record] = field(default_factory=list)

    def take(self, name: str, record: Record) -> None:
        if name == "Task":
            self.tasks.append(record)
        elif name == "Resource":
            self.resources.append(record)
        else:
            self.assignments.append(record)


SET_HOURS: Final = "in Microsoft Project set it (File, Options, Schedule, Hours per day) and save as XML again"
SET_STATUS: Final = "in Microsoft Project set it (Project, Status Date) and save as XML again"


def read_mspdi(
    source: Input,
    *,
    time_zone: str,
    now: datetime,
    holidays: Iterable[date] = (),
    contract: str = "",
    baseline: int | None = None,
    minutes_per_day: Fraction | None = None,
    ahead: bool = False,
    estimates: EstimateFields | None = None,
) -> Schedule:
    """Read one schedule.

    Args:
        source: The file.
        time_zone: IANA name; local dates of the file are read in it.
        now: The moment of the assessment.
        holidays: Days off of the program; see :func:`read_calendars`.
        contract: Name or alias of the extended attribute that names contracts; empty for none.
        baseline: Number of the baseline that was agreed; None where nobody says, then 0 counts.
        minutes_per_day: Working minutes of a day, for a file that does not say. Where nobody says, what is measured
            in days refuses.
        ahead: Whether what is ahead of each activity is read, too; no fact needs it.
        estimates: Where three-point estimates stand; None where they are not asked for.

    Raises:
        CollectorRefusal: The file is malformed, has no tasks, a UID twice, a link to a task that it does not hold; or
            nobody says when it held, or that is in the future. What is wrong with people or the contract field alone
            is kept for the facts about them.
    """
    rows = _Rows()
    with source.open() as stream:
        project = read_records(stream, namespace=NAMESPACE, root="Project", shape=_PROJECT, sink=rows.take)
    for name in ("Tasks", "Calendars", "Resources", "Assignments", "ExtendedAttributes"):
        if len(project.get(name, ())) > 1:
            raise CollectorRefusal(f"the element {name} is written twice")
    asked = source.rule.rule is AsOfRule.DOCUMENT_SAVED
    saved = read_saved(project, "LastSaved") if asked else None
    status_source = StatusSource(read_date(project, "StatusDate"), saved, SET_STATUS, ("StatusDate", "LastSaved"))
    moment = moment_of(status_source, source, time_zone=time_zone, now=now)
    per_day = _minutes_per_day(project) or minutes_per_day
    attribute, defined = "", False
    unstaffed: CollectorRefusal | None = None
    uncontracted: CollectorRefusal | None = None
    try:
        attribute, defined = _contract_field(project, contract)
    except CollectorRefusal as refusal:
        uncontracted = refusal
    groups = [entry for holder in project.get("Calendars", ()) for entry in holder.get("Calendar", ())]
    calendars, calendar = read_calendars(groups, holidays), project.get("CalendarUID") or None
    read = read_tasks(rows.tasks, attribute, Spans(per_day, calendars, calendar), baseline=baseline or 0)
    activities = read.activities
    if not any(activity.counted for activity in activities.values()):
        raise absent("the file holds no activities")
    people: dict[str, Person | None] = {}
    assignments: tuple[Assignment, ...] | None = None
    try:
        people = _people(rows.resources)
        assignments = _assignments(rows, people)
    except CollectorRefusal as refusal:
        unstaffed = refusal
    baselined = any(activity.baseline for activity in activities.values())
    left = read_ahead(rows.tasks, activities, estimates, _custom_fields(project), per_day) if ahead else {}
    return Schedule(
        data_date=moment.local,
        as_of=moment.as_of,
        reported=moment.reported,
        minutes_per_day=per_day,
        activities=activities,
        links=read.links,
        unseen=read.unseen,
        elements=_elements(activities),
        element_names={key: f"{row.wbs or 'UID ' + key} {row.name}".strip() for key, row in activities.items()},
        calendars=calendars,
        calendar=calendar,
        people={key: person for key, person in people.items() if person is not None},
        assignments=assignments,
        unbaselined="" if baselined else f"the file holds no baseline {baseline or 0}",
        contract_field=defined if contract else None,
        dayless=_dayless(project),
        unstaffed=unstaffed,
        uncontracted=uncontracted,
        ahead=left,
        withdrawn=read.withdrawn,
        withdrawn_links=read.withdrawn_links,
        agreed_baseline=baseline,
    )


def _minutes_per_day(project: Record) -> Fraction | None:
    """Return how long a day is; None where the file does not say.

    The format has no default: 480 is only what Microsoft Project gives a new plan where no template says otherwise.
    """
    try:
        minutes = read_number(project, "MinutesPerDay")
    except CollectorRefusal:
        return None
    return minutes if minutes is not None and 0 < minutes <= 1440 else None


def _dayless(project: Record) -> str:
    text = project.get("MinutesPerDay", "")
    what = f"MinutesPerDay is {text[:40]!r}" if text else "the file has no MinutesPerDay"
    return f"{what}, so nobody knows how long a day is; {SET_HOURS}"


def _contract_field(project: Record, contract: str) -> tuple[str, bool]:
    found = {
        entry.get("FieldID", "")
        for holder in project.get("ExtendedAttributes", ())
        for entry in holder.get("ExtendedAttribute", ())
        if contract and contract in (entry.get("FieldName"), entry.get("Alias"))
    }
    if len(found) > 1:
        raise CollectorRefusal(f"{len(found)} extended attributes are named {contract!r}")
    return (found.pop(), True) if found else ("", False)


def _custom_fields(project: Record) -> dict[str, str]:
    """Return the FieldID of each custom field, by its name and by its alias; one that several have is left out."""
    found: dict[str, set[str]] = {}
    for holder in project.get("ExtendedAttributes", ()):
        for entry in holder.get("ExtendedAttribute", ()):
            for name in {entry.get("FieldName", ""), entry.get("Alias", "")} - {""}:
                found.setdefault(name, set()).add(entry.get("FieldID", ""))
    return {name: next(iter(ids)) for name, ids in found.items() if len(ids) == 1}


def _elements(activities: dict[str, Activity]) -> dict[str, str | None]:
    """Return the summary rows as the WBS: each with the row above it. The project's own row is not an element."""
    return {
        key: activity.parent
        for key, activity in activities.items()
        if activity.kind is ActivityKind.SUMMARY and key != "0"
    }


def _people(resources: list[Record]) -> dict[str, Person | None]:
    """Return the resources that do work, by UID, and None for materials and costs.

    Raises:
        CollectorRefusal: A UID is missing or doubled, or a field is malformed.
    """
    people: dict[str, Person | None] = {}
    for record in resources:
        key = record.get("UID", "")
        if not key or key in people:
            raise CollectorRefusal(f"resource UID {key[:40]!r} is missing or written twice")
        works = record.get("Type", "1") == "1" and key != "0" and not read_flag(record, "IsNull")
        units = read_number(record, "MaxUnits")
        name = record.get("Name", "")
        named = bool(name) and not read_flag(record, "IsGeneric")
        calendar = None if record.get("CalendarUID", "") in ("", "-1") else record["CalendarUID"]
        person = Person(key, name, named, Fraction(1) if units is None else units, calendar)
        people[key] = person if works else None
    return people


def _assignments(rows: _Rows, people: dict[str, Person | None]) -> tuple[Assignment, ...] | None:
    """Return who works on what, or None when the file carries no work resources or nobody is assigned.

    Raises:
        CollectorRefusal: An assignment names a task or resource that the file does not hold.
    """
    tasks = {task["UID"] for task in rows.tasks}
    found = []
    for record in rows.assignments:
        task, person = record.get("TaskUID", ""), record.get("ResourceUID", "")
        if person in UNASSIGNED:
            continue
        if task not in tasks or person not in people:
            raise CollectorRefusal(
                f"an assignment names task {task[:40]!r} or resource {person[:40]!r}, which is missing"
            )
        if people[person] is not None:
            units = read_number(record, "Units")
            span = read_date(record, "Start"), read_date(record, "Finish")
            done = read_date(record, "ActualFinish") is not None
            full = Fraction(1) if units is None else units
            found.append(Assignment(task, person, full, *span, done=done, until=span[1]))
    return tuple(found) or None
