"""Reads a schedule from a Primavera XER file.

The data date is ``PROJECT.last_recalc_date``. XER files hold no baseline unless its project was exported too: a project
that ``sum_base_proj_id`` points to, or whose ``orig_proj_id`` points back, or that the settings name. Its planned
finish dates (``target_end_date``), matched by activity code, are the baseline.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from typing import Final

from gonogo.collectors.program.schedule.activities import Activity, ActivityKind, Schedule, Withdrawn, absent
from gonogo.collectors.program.schedule.promised_dates import Baseline
from gonogo.collectors.program.schedule.resources import Assignment, Person
from gonogo.collectors.program.schedule.settings import XerSettings
from gonogo.collectors.program.schedule.status import StatusSource, moment_of
from gonogo.collectors.program.schedule.xer_ahead import lags_by, read_ahead
from gonogo.collectors.program.schedule.xer_calendar import read_calendars
from gonogo.collectors.program.schedule.xer_tables import Row, Tables, read_date, read_number, read_tables
from gonogo.collectors.program.schedule.xer_tasks import KINDS, read_length, read_links, read_task
from gonogo.model.evidence import GapReason
from gonogo.plugin.spec import CollectorRefusal, Input

LABOR: Final = "RT_Labor"

DAYLESS: Final = (
    "no calendar with its hours per day (CALENDAR, day_hr_cnt) is in the file; in P6 set them (Enterprise, Calendars, "
    "Time Periods) and export again"
)
SET_STATUS: Final = "in P6 set it (Schedule, Current Data Date), schedule the project and export again"


def read_xer(
    source: Input,
    settings: XerSettings,
    *,
    time_zone: str,
    now: datetime,
    holidays: Iterable[date] = (),
    ahead: bool = False,
) -> Schedule:
    """Read one schedule.

    Args:
        source: The file.
        settings: Which project, which baseline, which encoding, which contract field.
        time_zone: IANA name; local dates of the file are read in it.
        now: The moment of the assessment.
        holidays: Days off of the program.
        ahead: Whether what is ahead of each activity is read, too; no fact needs it.

    Raises:
        CollectorRefusal: The file is malformed, holds several projects and none is named, has no activities, an
            activity twice, or a link to one that it does not hold; or nobody says when it held, or that lies in the
            future. What is wrong with people or contracts alone is kept for the facts about them.
    """
    tables, exported = read_tables(source, settings.encoding)
    project = _project(tables["PROJECT"], settings)
    own = [row for row in tables["TASK"] if row["proj_id"] == project["proj_id"]]
    status_source = StatusSource(
        read_date(project, "last_recalc_date"), exported, SET_STATUS, ("data date (last_recalc_date)", "export date")
    )
    moment = moment_of(status_source, source, time_zone=time_zone, now=now)
    baseline, unbaselined, work_then = _baseline(tables, project, settings)
    contracts: dict[str, str] = {}
    defined = False
    unstaffed: CollectorRefusal | None = None
    uncontracted: CollectorRefusal | None = None
    try:
        contracts, defined = _contracts(tables, settings)
    except CollectorRefusal as refusal:
        uncontracted = refusal
    elements = _elements(tables["PROJWBS"], project["proj_id"])
    names = {row["wbs_id"]: row["wbs_short_name"] for row in tables["PROJWBS"]}
    activities: dict[str, Activity] = {}
    for row in own:
        key = row["task_id"]
        if not key or key in activities:
            raise CollectorRefusal(f"activity {row['task_code'][:40]!r}: its task_id is missing or written twice")
        element = row["wbs_id"] if row["wbs_id"] in elements else None
        activities[key] = read_task(
            row,
            element=element,
            wbs=names.get(row["wbs_id"], ""),
            baseline=baseline.get(row["task_code"]),
            contract=contracts.get(key, ""),
        )
    if not any(activity.counted for activity in activities.values()):
        raise absent("the project holds no activities")
    everything = {row["task_id"]: row for row in tables["TASK"]}
    if len(everything) != len(tables["TASK"]):
        raise CollectorRefusal("a task_id is written twice: nobody can tell which task a link means")
    activities |= _drivers(tables["TASKPRED"], activities, everything)
    links, unseen = read_links(tables["TASKPRED"], activities, everything, project["proj_id"])
    people: dict[str, Person | None] = {}
    assignments: tuple[Assignment, ...] | None = None
    try:
        people = _people(tables)
        assignments = _assignments(tables["TASKRSRC"], people, activities)
    except CollectorRefusal as refusal:
        unstaffed = refusal
    calendars = read_calendars(tables["CALENDAR"], holidays)
    fields = settings.simulation.estimates if settings.simulation is not None else None
    per_day = None if settings.hours_per_day is None else Fraction(settings.hours_per_day) * 60
    return Schedule(
        data_date=moment.local,
        as_of=moment.as_of,
        reported=moment.reported,
        minutes_per_day=None,
        activities=activities,
        links=links,
        unseen=unseen,
        elements=elements,
        element_names={row["wbs_id"]: row.get("wbs_name") or row["wbs_short_name"] for row in tables["PROJWBS"]},
        calendars=calendars,
        calendar=project.get("clndr_id") or None,
        people={key: person for key, person in people.items() if person is not None},
        assignments=assignments,
        unbaselined=unbaselined,
        contract_field=defined if settings.contract else None,
        dayless=DAYLESS,
        unstaffed=unstaffed,
        uncontracted=uncontracted,
        ahead=read_ahead(tables, activities, fields, calendars, per_day) if ahead else {},
        lags_by=lags_by(tables, project["proj_id"]),
        withdrawn=tuple(
            Withdrawn(row, f"of kind {row.kind.value} now, and work in the baseline")
            for row in activities.values()
            if not row.counted and row.code in work_then
        ),
    )


def _named(rows: list[Row], name: str) -> Row:
    found = [row for row in rows if name in (row["proj_id"], row["proj_short_name"])]
    if len(found) != 1:
        raise CollectorRefusal(f"{len(found)} projects of the file are {name!r}: {_list(rows)}", GapReason.MISSING)
    return found[0]


def _list(rows: list[Row]) -> str:
    return ", ".join(f"{row['proj_short_name'][:60]} ({row['proj_id'][:20]})" for row in rows[:20]) or "it holds none"


def _project(rows: list[Row], settings: XerSettings) -> Row:
    if len({row["proj_id"] for row in rows}) != len(rows):
        raise CollectorRefusal("a project is written twice")
    if settings.project is not None:
        return _named(rows, settings.project)
    ids = {row["proj_id"] for row in rows}
    bases = {row.get("sum_base_proj_id", "") for row in rows}
    if settings.baseline_project is not None:
        bases.add(_named(rows, settings.baseline_project)["proj_id"])
    found = [row for row in rows if row["proj_id"] not in bases and row.get("orig_proj_id", "") not in ids]
    if len(found) != 1:
        raise CollectorRefusal(
            f"the file holds {len(found)} projects that could be meant; name one in the settings: {_list(rows)}",
            GapReason.MISSING,
        )
    return found[0]


def _baseline(
    tables: dict[str, list[Row]], project: Row, settings: XerSettings
) -> tuple[dict[str, Baseline], str, set[str]]:
    """Return the baseline by activity code, or why there is none; and the codes of its tasks and milestones."""
    rows, own = tables["PROJECT"], project["proj_id"]
    if settings.baseline_project is not None:
        found = [_named(rows, settings.baseline_project)]
    else:
        current = project.get("sum_base_proj_id", "")
        found = [row for row in rows if row["proj_id"] == current and current] or [
            row for row in rows if row.get("orig_proj_id", "") == own
        ]
    if len(found) != 1 or found[0]["proj_id"] == own:
        why = (
            "the file does not hold the project's baseline; export it as a project of its own in the same file"
            if not found
            else f"several projects of the file could be the baseline; name one in the settings: {_list(found)}"
        )
        return {}, why, set()
    promised: dict[str, Baseline] = {}
    work: set[str] = set()
    for row in tables["TASK"]:
        if row["proj_id"] == found[0]["proj_id"]:
            if row["task_code"] in promised:
                raise CollectorRefusal(f"activity {row['task_code'][:40]!r} is in the baseline twice")
            if KINDS.get(row["task_type"]) in (ActivityKind.TASK, ActivityKind.MILESTONE):
                work.add(row["task_code"])
            start, finish = read_date(row, "target_start_date"), read_date(row, "target_end_date")
            if held := finish or start:
                minutes, unread = read_length(row, "target_drtn_hr_cnt")
                promised[row["task_code"]] = Baseline(start, held, minutes, unread=unread)
    return promised, "" if promised else f"the baseline {_list(found)} holds no dates", work


def _drivers(links: list[Row], activities: dict[str, Activity], everything: dict[str, Row]) -> dict[str, Activity]:
    """Return the unfinished work of other projects of the file that drives the project's own, as it is dated there."""
    found: dict[str, Activity] = {}
    for link in links:
        row = everything.get(link["pred_task_id"])
        if row is None or row["task_id"] in activities or link["task_id"] not in activities:
            continue
        if row["status_code"] == "TK_Complete" or row["task_type"] not in KINDS:
            continue
        read = read_task(row, element=None, wbs="", baseline=None, contract="")
        code = f"{row['task_code'][:60]} of project {row['proj_id'][:40]}"
        found[read.key] = replace(read, code=code, kind=ActivityKind.EXTERNAL)
    return found


def _elements(rows: list[Row], project: str) -> dict[str, str | None]:
    """Return the WBS elements of the project with the one above each; the project's own node is not an element."""
    own = [row for row in rows if row["proj_id"] == project]
    root = {row["wbs_id"] for row in own if row["proj_node_flag"] == "Y"}
    if len({row["wbs_id"] for row in own}) != len(own):
        raise CollectorRefusal("a WBS element is written twice")
    return {row["wbs_id"]: row["parent_wbs_id"] for row in own if row["wbs_id"] not in root}


def _contracts(tables: Tables, settings: XerSettings) -> tuple[dict[str, str], bool]:
    """Return the contract that each task names, and whether the file defines the field."""
    if settings.contract is None:
        return {}, False
    tables.need("ACTVTYPE", "ACTVCODE", "TASKACTV", "UDFTYPE", "UDFVALUE")
    name = settings.contract.field
    codes = [row["actv_code_type_id"] for row in tables["ACTVTYPE"] if row["actv_code_type"] == name]
    fields = [
        row["udf_type_id"] for row in tables["UDFTYPE"] if row["udf_type_label"] == name and row["table_name"] == "TASK"
    ]
    if len(codes) + len(fields) > 1:
        raise CollectorRefusal(f"the file defines {name!r} more than once")
    values = {row["actv_code_id"]: row["short_name"] for row in tables["ACTVCODE"]}
    if len(values) != len(tables["ACTVCODE"]):
        raise CollectorRefusal("an activity code (actv_code_id) is written twice: nobody can tell what it says")
    found: dict[str, str] = {}
    pairs = [
        (row["task_id"], values.get(row["actv_code_id"], row["actv_code_id"]))
        for row in tables["TASKACTV"]
        if row["actv_code_type_id"] in codes
    ] + [(row["fk_id"], row["udf_text"]) for row in tables["UDFVALUE"] if row["udf_type_id"] in fields]
    for task, value in pairs:
        if task in found:
            raise CollectorRefusal(f"task {task[:40]} names its contract twice")
        found[task] = value
    return found, bool(codes or fields)


def _people(tables: Tables) -> dict[str, Person | None]:
    """Return labor resources by id, and None for equipment and material."""
    tables.need("RSRC", "RSRCRATE", "TASKRSRC")
    units: dict[str, Fraction] = {}
    for row in tables["RSRCRATE"]:
        most = read_number(row, "max_qty_per_hr")
        if most is not None:
            # several rates hold at different times: the smallest capacity is the one that is not better
            units[row["rsrc_id"]] = min(most, units.get(row["rsrc_id"], most))
    people: dict[str, Person | None] = {}
    for row in tables["RSRC"]:
        key, name = row["rsrc_id"], row["rsrc_name"]
        if not key or key in people:
            raise CollectorRefusal(f"resource {key[:40]!r} is missing or written twice")
        person = Person(key, name, bool(name), units.get(key, Fraction(1)), row.get("clndr_id") or None)
        people[key] = person if row["rsrc_type"] == LABOR else None
    return people


def _assignments(
    rows: list[Row], people: dict[str, Person | None], activities: dict[str, Activity]
) -> tuple[Assignment, ...] | None:
    """Return who works on what, or None when the file assigns nobody. A role without a person is nobody."""
    found = []
    for row in rows:
        task, person = row["task_id"], row["rsrc_id"]
        if not person or task not in activities:
            continue
        if person not in people:
            raise CollectorRefusal(f"an assignment names resource {person[:40]!r}, which the file does not hold")
        if people[person] is not None:
            units = read_number(row, "remain_qty_per_hr")
            units = read_number(row, "target_qty_per_hr") if units is None else units
            start = read_date(row, "restart_date") or read_date(row, "target_start_date")
            finish = read_date(row, "reend_date") or read_date(row, "target_end_date")
            done = read_date(row, "act_end_date") is not None
            until = read_date(row, "reend_date")
            full = Fraction(1) if units is None else units
            found.append(Assignment(task, person, full, start, finish, done=done, until=until))
    return tuple(found) or None
