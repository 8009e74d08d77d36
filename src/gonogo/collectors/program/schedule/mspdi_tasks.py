"""Tasks of Microsoft Project XML and the links between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from gonogo.collectors.program.schedule.activities import (
    MAX_NAMED,
    Activity,
    ActivityKind,
    ActivityLink,
    Withdrawn,
    unprovable,
)
from gonogo.collectors.program.schedule.mspdi_links import read_links
from gonogo.collectors.program.schedule.mspdi_spans import Spans
from gonogo.collectors.program.schedule.mspdi_values import (
    ELAPSED_FORMATS,
    read_date,
    read_flag,
    read_number,
    read_tenths,
    wrong,
)
from gonogo.collectors.program.schedule.promised_dates import Baseline, Limit, soonest
from gonogo.collectors.program.schedule.xml_records import Record, RecordShape
from gonogo.plugin.spec import CollectorRefusal

MAX_DIGITS: Final = 6
_ROUNDED: Final = timedelta(days=1)
"""By how much a summary may end after what is below it, for dates without hours."""
CONSTRAINTS: Final = {"0": False, "1": False, "2": True, "3": True, "4": False, "5": True, "6": False, "7": True}
"""ConstraintType to hard or not: must start on, must finish on, start and finish no later than are hard."""
ON_START: Final = ("2", "5")
NOT_BEFORE: Final = {"2": True, "3": False, "4": True, "6": False}
"""ConstraintType of a date before which a task does not start (True) or finish."""

TASK: Final = RecordShape(
    frozenset({"UID", "ID", "Name", "Active", "Manual", "IsNull", "WBS", "OutlineLevel", "OutlineNumber"})
    | {"Start", "Finish", "Duration", "DurationFormat", "Milestone", "Summary", "ExternalTask", "IsSubproject"}
    | {"SubprojectName", "TotalSlack", "PercentComplete", "RemainingDuration", "Resume", "ActualStart"}
    | {"ActualFinish", "ConstraintType", "ConstraintDate", "Deadline", "CalendarUID"},
    {
        "PredecessorLink": RecordShape(
            frozenset({"PredecessorUID", "Type", "CrossProject", "CrossProjectName", "LinkLag", "LagFormat"})
        ),
        "Project": RecordShape(),
        "Baseline": RecordShape(frozenset({"Number", "Start", "Finish", "Duration", "DurationFormat"})),
        "ExtendedAttribute": RecordShape(frozenset({"FieldID", "Value"})),
    },
    streamed=True,
)


@dataclass(frozen=True, slots=True)
class TasksRead:
    """What the rows of a file say.

    Attributes:
        activities: The live rows by UID.
        links: The links among them.
        unseen: What of another project drives a row, by its UID.
        withdrawn: Rows that are set inactive.
        withdrawn_links: Links from or to these.
    """

    activities: dict[str, Activity]
    links: tuple[ActivityLink, ...]
    unseen: dict[str, tuple[str, ...]]
    withdrawn: tuple[Withdrawn, ...]
    withdrawn_links: tuple[ActivityLink, ...]


def read_tasks(tasks: list[Record], attribute: str, spans: Spans, *, baseline: int = 0) -> TasksRead:
    """Return the rows and the links among them. Null rows, and links to them, are left out.

    Args:
        tasks: Task records in the order of the file.
        attribute: FieldID of the extended attribute that names contracts; empty for none.
        spans: What durations are measured by.
        baseline: Number of the baseline that counts.

    Raises:
        CollectorRefusal: A UID is missing or doubled, a field is malformed, a link is doubled or leads nowhere, or a
            row is an inserted project.
    """
    activities, idle, null = _live(tasks, attribute, spans, baseline)
    _refuse_inserted(tasks, activities)
    links, idle_links, unseen = read_links(tasks, activities, idle, null)
    _mark_summaries(activities, links)
    withdrawn = tuple(Withdrawn(row, "set inactive") for row in idle.values())
    return TasksRead(activities, links, unseen, withdrawn, idle_links)


def _live(
    tasks: list[Record], attribute: str, spans: Spans, baseline: int
) -> tuple[dict[str, Activity], dict[str, Activity], set[str]]:
    """Return the live rows by UID, the inactive ones, and the UIDs of rows that are null."""
    activities: dict[str, Activity] = {}
    idle: dict[str, Activity] = {}
    null: set[str] = set()
    above: list[tuple[int, str]] = []
    for task in tasks:
        key = task.get("UID", "")
        if not key or key in activities or key in idle or key in null:
            raise CollectorRefusal(f"task UID {key[:40]!r} is missing or written twice")
        if read_flag(task, "IsNull"):
            if any(task.get(field) for field in ("Name", "Start", "Finish", "PredecessorLink")):
                raise CollectorRefusal(f"UID {key[:40]} is a blank row by its flag IsNull, and holds a task")
            null.add(key)
            continue
        level = _level(task)
        while above and above[-1][0] >= level:
            above.pop()
        active = read_flag(task, "Active", default=True)
        parent = above[-1][1] if above else None
        if active:
            above.append((level, key))
        (activities if active else idle)[key] = _activity(task, key, parent, attribute, spans, baseline)
    return activities, idle, null


def _level(task: Record) -> int:
    """Return how deep in the outline a row lies: its level, else the parts of its outline number."""
    text, number = task.get("OutlineLevel", ""), task.get("OutlineNumber", "")
    if not text and all(part.isascii() and part.isdecimal() for part in number.split(".")):
        return 0 if number == "0" else len(number.split("."))
    if not (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS):
        raise wrong(task, "OutlineLevel", "a level of the outline")
    return int(text)


def _refuse_inserted(tasks: list[Record], live: dict[str, Activity]) -> None:
    """Refuse a master project: tasks of the projects inserted in it are not its own, and what is not read may be late.

    Microsoft Project writes an inserted project whole into its row if it was expanded, and else only its name.
    """
    found = [
        f"{live[task['UID']].label} ({task.get('SubprojectName', '')[-120:] or 'its tasks are inside its row'})"
        for task in tasks
        if task["UID"] in live
        and not read_flag(task, "ExternalTask")
        and (read_flag(task, "IsSubproject") or task.get("Project") or task.get("SubprojectName"))
    ]
    if found:
        more = f" and {len(found) - MAX_NAMED} more" if len(found) > MAX_NAMED else ""
        raise unprovable(
            f"projects are inserted here, and their tasks are not counted: {', '.join(found[:MAX_NAMED])}{more}; in "
            "Microsoft Project clear 'Link to project' (Task Information, Advanced) of each, so that its tasks become "
            "tasks of this project, save that as XML and bind it"
        )


def _activity(task: Record, key: str, parent: str | None, attribute: str, spans: Spans, baseline: int) -> Activity:
    start, finish = read_date(task, "Start"), read_date(task, "Finish")
    calendar = None if task.get("CalendarUID", "") in ("", "-1") else task["CalendarUID"]
    elapsed = task.get("DurationFormat", "") in ELAPSED_FORMATS
    minutes, unread = spans.minutes(task, start=start, finish=finish, calendar=calendar, elapsed=elapsed)
    percent = read_number(task, "PercentComplete")
    if read_flag(task, "ExternalTask"):
        kind = ActivityKind.EXTERNAL
    elif key == "0" or read_flag(task, "Summary"):
        kind = ActivityKind.SUMMARY
    else:
        kind = (
            ActivityKind.MILESTONE
            if read_flag(task, "Milestone") or (minutes is not None and not minutes)
            else ActivityKind.TASK
        )
    constraint = task.get("ConstraintType") or "0"
    if constraint not in CONSTRAINTS:
        raise wrong(task, "ConstraintType", "one of 0 to 7")
    limits, held = [], NOT_BEFORE.get(constraint)
    if CONSTRAINTS[constraint]:
        limits.append(Limit(read_date(task, "ConstraintDate"), on_start=constraint in ON_START, hard=True))
    if (deadline := read_date(task, "Deadline")) is not None:
        limits.append(Limit(deadline, on_start=False, hard=False))
    wbs = task.get("WBS", "")
    actual_start = read_date(task, "ActualStart")
    left, left_unread, remains = spans.left(task, percent, minutes, begun=actual_start is not None)
    return Activity(
        key=key,
        number=task.get("ID", ""),
        code="",
        name=task.get("Name", ""),
        wbs=wbs,
        element=parent if parent != "0" and wbs else None,
        parent=parent,
        kind=kind,
        start=start,
        finish=finish,
        actual_start=actual_start,
        actual_finish=read_date(task, "ActualFinish"),
        claims_done=percent is not None and percent >= 100,
        minutes=minutes,
        elapsed=elapsed,
        slack=read_tenths(task, "TotalSlack"),
        pinned=CONSTRAINTS[constraint] or read_flag(task, "Manual"),
        limits=tuple(limits),
        baseline=_baseline(task, calendar, spans, baseline),
        calendar=calendar,
        contract=_contract(task, attribute),
        unread=unread,
        left=left,
        left_unread=left_unread,
        remains=remains,
        progress=(task.get("PercentComplete", ""),),
        resume=read_date(task, "Resume") if actual_start is not None else None,
        not_before=() if held is None else (Limit(read_date(task, "ConstraintDate"), on_start=held, hard=False),),
        by_people=calendar is None,
    )


def _baseline(task: Record, calendar: str | None, spans: Spans, number: int) -> Baseline | None:
    """Return the baseline of a number, and the soonest promise of the others."""
    every: dict[int, Record] = {}
    for entry in task.get("Baseline", ()):
        text = entry.get("Number", "")
        if not (text.isascii() and text.isdecimal() and len(text) <= MAX_DIGITS) or int(text) in every:
            raise wrong(task, "Baseline", "each written once with its number")
        every[int(text)] = entry
        entry["UID"] = task["UID"]  # for messages
    counts = every.pop(number, None)
    if counts is None:
        return None
    start, finish = read_date(counts, "Start"), read_date(counts, "Finish")
    if finish is None:
        return None
    elapsed = counts.get("DurationFormat", "") in ELAPSED_FORMATS
    minutes, unread = spans.minutes(counts, start=start, finish=finish, calendar=calendar, elapsed=elapsed)
    ends = {each: read_date(entry, "Finish") for each, entry in every.items()}
    return soonest(
        Baseline(start, finish, minutes, elapsed=elapsed, unread=unread),
        {each: end for each, end in ends.items() if end is not None},
    )


def _contract(task: Record, attribute: str) -> str:
    if not attribute:
        return ""
    values = [
        entry.get("Value", "") for entry in task.get("ExtendedAttribute", ()) if entry.get("FieldID") == attribute
    ]
    if len(values) > 1:
        raise wrong(task, "ExtendedAttribute", "written once for the contract field")
    return str(values[0]) if values else ""


def _mark_summaries(activities: dict[str, Activity], links: tuple[ActivityLink, ...]) -> None:
    """Tell summary rows from rows that only look like them.

    A row with rows below it is a summary whatever its flag says, unless links make it work, and by its flag it is no
    summary and it ends more than a day after everything below: then those rows lie beside it. A summary without rows
    below is an empty WBS element, unless links make it work that nobody can see into (an inserted project): then it is
    a task.
    """
    latest: dict[str | None, datetime | None] = {}
    for key, activity in reversed(activities.items()):  # what is below a row stands after it
        ends = [each for each in (activity.finish, latest.get(key), latest.get(activity.parent)) if each is not None]
        latest[activity.parent] = max(ends, default=None)
    linked = {link.pred for link in links} | {link.succ for link in links}
    own: dict[str | None, str | None] = {}
    for key, activity in activities.items():
        if activity.parent in own:
            above = own[activity.parent]
            activity = activities[key] = replace(activity, parent=above, element=above if activity.element else None)
        summary = activity.kind is ActivityKind.SUMMARY
        if key not in latest:
            if summary and key in linked and key != "0":
                activities[key] = replace(activity, kind=ActivityKind.TASK)
        elif not summary and key in linked and _goes_on(activity.finish, latest[key]):
            own[key] = activity.parent
        elif not summary:
            activities[key] = replace(activity, kind=ActivityKind.SUMMARY)


def _goes_on(finish: datetime | None, below: datetime | None) -> bool:
    return finish is not None and below is not None and finish - below > _ROUNDED
