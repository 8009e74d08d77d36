"""The master schedule as Microsoft Project writes it to XML. Slack and lag are tenths of a minute there."""

from __future__ import annotations

from datetime import datetime
from xml.sax.saxutils import escape

from .names import CONTRACTS
from .plan import FIRST_TEAM, TEAMS, Plan, Task
from .workdays import HOLIDAYS, hours_between

PEOPLE = (
    "Ari Lindqvist",
    "Bo Tamura",
    *(f"Team member {number:02d}" for number in range(3, 23)),
)
TEAM_OF = 20
CONTRACT_FIELD = "188743743"
HEAD = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Project xmlns="http://schemas.microsoft.com/project">
<SaveVersion>14</SaveVersion><Name>harborline.xml</Name><Title>Harborline integrated master schedule</Title>
<ScheduleFromStart>1</ScheduleFromStart><StartDate>2026-06-01T08:00:00</StartDate>
<FinishDate>2028-06-15T17:00:00</FinishDate><CalendarUID>1</CalendarUID><MinutesPerDay>480</MinutesPerDay>
<MinutesPerWeek>2400</MinutesPerWeek><DaysPerMonth>20</DaysPerMonth><StatusDate>@STATUS@</StatusDate>
<ExtendedAttributes><ExtendedAttribute><FieldID>188743743</FieldID><FieldName>Text5</FieldName><Alias>Contract</Alias>
</ExtendedAttribute></ExtendedAttributes>
"""


def render(plan: Plan) -> str:
    """Return the document."""
    rows = [_row(0, "Harborline", "0", 0, "")]
    number = 0
    for task in plan.root:
        number += 1
        rows.append(_task(task, plan.status, number, str(number), 1))
    area = 0
    for leaf, tasks in enumerate(plan.leaves):
        name, stage = plan.names[leaf]
        if leaf % 4 == 0:
            area, number = area + 1, number + 1
            rows.append(_row(9000 + area, name, f"{area + 3}", 1, "", row=number))
        number += 1
        wbs = f"{area + 3}.{leaf % 4 + 1}"
        rows.append(_row(9100 + leaf, f"{name}: {stage}", wbs, 2, "", row=number))
        for place, task in enumerate(tasks, 1):
            number += 1
            rows.append(_task(task, plan.status, number, f"{wbs}.{place}", 3))
    inactive = "<Active>0</Active><PercentComplete>100</PercentComplete>"
    rows.append(_row(9900, "Option not taken: parallel ledger", "60", 1, inactive, row=number + 1, summary=0))
    parts = [
        HEAD.replace("@STATUS@", f"{plan.status:%Y-%m-%dT%H:%M:%S}"),
        _calendar(),
        "<Tasks>\n",
        *rows,
        "</Tasks>\n",
        _people(),
        _assignments(plan),
        "</Project>\n",
    ]
    return "".join(parts)


def _row(uid: int, name: str, wbs: str, level: int, more: str, *, row: int = 0, summary: int = 1) -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{row}</ID><Name>{escape(name)}</Name>{more}<WBS>{wbs}</WBS>"
        f"<OutlineLevel>{level}</OutlineLevel><Summary>{summary}</Summary></Task>\n"
    )


def _percent(task: Task, status: datetime) -> int:
    """Return how much of begun work is over: what remains fits before its finish, as in a schedule kept up to date."""
    return max(50, 100 - 100 * hours_between(status, task.finish) // task.hours) if task.hours else 50


def _task(task: Task, status: datetime, row: int, wbs: str, level: int) -> str:
    outside = task.leaf is None
    percent = 100 if task.done or task.claims else _percent(task, status) if task.begun else 0
    parts = [
        f"<UID>{task.uid}</UID><ID>{row}</ID><Name>{escape(task.name)}</Name><WBS>{'' if outside else wbs}</WBS>",
        f"<OutlineLevel>{level}</OutlineLevel><Start>{_at(task.start)}</Start><Finish>{_at(task.finish)}</Finish>",
        f"<Duration>PT{task.hours}H0M0S</Duration><DurationFormat>7</DurationFormat>",
        f"<Milestone>{int(task.hours == 0)}</Milestone><Summary>0</Summary>",
        f"<TotalSlack>{(task.slack or 0) * 600}</TotalSlack><PercentComplete>{percent}</PercentComplete>",
    ]
    if task.begun:
        parts.append(f"<ActualStart>{_at(task.start)}</ActualStart>")
    if task.done:
        parts.append(f"<ActualFinish>{_at(task.finish)}</ActualFinish>")
    if task.pin:
        kind, when = task.pin
        parts.append(f"<ConstraintType>{kind}</ConstraintType><ConstraintDate>{_at(when)}</ConstraintDate>")
    for pred, days in task.preds:
        lag = f"<LinkLag>{days * 4800}</LinkLag><LagFormat>7</LagFormat>" if days else ""
        parts.append(f"<PredecessorLink><PredecessorUID>{pred}</PredecessorUID><Type>1</Type>{lag}</PredecessorLink>")
    if task.contract:
        value = f"<FieldID>{CONTRACT_FIELD}</FieldID><Value>{task.contract}</Value>"
        parts.append(f"<ExtendedAttribute>{value}</ExtendedAttribute>")
    start, finish = task.planned
    parts.append(
        f"<Baseline><Number>0</Number><Start>{_at(start)}</Start><Finish>{_at(finish)}</Finish>"
        f"<Duration>PT{task.hours}H0M0S</Duration><DurationFormat>7</DurationFormat></Baseline>"
    )
    return f"<Task>{''.join(parts)}</Task>\n"


def _calendar() -> str:
    times = "".join(
        f"<WorkingTime><FromTime>{first}:00:00</FromTime><ToTime>{last}:00:00</ToTime></WorkingTime>"
        for first, last in (("08", "12"), ("13", "17"))
    )
    week = "".join(
        f"<WeekDay><DayType>{day}</DayType><DayWorking>{int(1 < day < 7)}</DayWorking>"
        + (f"<WorkingTimes>{times}</WorkingTimes>" if 1 < day < 7 else "")
        + "</WeekDay>\n"
        for day in range(1, 8)
    )
    closed = "".join(
        f"<Exception><Occurrences>1</Occurrences><TimePeriod><FromDate>{day}T00:00:00</FromDate>"
        f"<ToDate>{day}T23:59:00</ToDate></TimePeriod><Type>1</Type><DayWorking>0</DayWorking></Exception>\n"
        for day in HOLIDAYS
    )
    return (
        "<Calendars><Calendar><UID>1</UID><Name>Standard</Name><IsBaseCalendar>1</IsBaseCalendar>\n"
        f"<WeekDays>\n{week}</WeekDays>\n<Exceptions>\n{closed}</Exceptions></Calendar></Calendars>\n"
    )


def _people() -> str:
    teams = [(f"Delivery team {number}", 1, TEAM_OF) for number in range(1, TEAMS + 1)]
    rows = "".join(
        f"<Resource><UID>{uid}</UID><ID>{uid}</ID><Name>{name}</Name><Type>1</Type><IsNull>0</IsNull>"
        f"<IsGeneric>{generic}</IsGeneric><MaxUnits>{units}</MaxUnits></Resource>\n"
        for uid, (name, generic, units) in enumerate([*((name, 0, 1) for name in PEOPLE), *teams], 1)
    )
    return f"<Resources>\n{rows}</Resources>\n"


def _assignments(plan: Plan) -> str:
    entries = [(task, person, units) for task in plan.tasks for person, units in task.people]
    rows = "".join(
        f"<Assignment><UID>{uid}</UID><TaskUID>{task.uid}</TaskUID><ResourceUID>{person}</ResourceUID>"
        f"<Units>{units // 100}.{units % 100:02d}</Units><Start>{_at(task.start)}</Start>"
        f"<Finish>{_at(task.finish)}</Finish></Assignment>\n"
        for uid, (task, person, units) in enumerate(entries, 1)
    )
    return f"<Assignments>\n{rows}</Assignments>\n"


def _at(moment: datetime) -> str:
    return moment.isoformat()


assert len(CONTRACTS) == 3
assert len(PEOPLE) == FIRST_TEAM - 1
