"""The provider's part of the schedule as a Primavera file: 604 activities, in Windows-1252, without a baseline.

A level-of-effort row hangs on the path to go-live; it is work that lasts as long as everything else, and counts for
nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from .plan import Plan, Task
from .workdays import HOLIDAYS, hours_between

ACTIVITIES = 604
ROOT = 1
EXCEL_DAY_ZERO = date(1899, 12, 30)
TASK_FIELDS = [
    "task_id",
    "proj_id",
    "wbs_id",
    "clndr_id",
    "complete_pct_type",
    "task_type",
    "status_code",
    "task_code",
    "task_name",
    "total_float_hr_cnt",
    "target_drtn_hr_cnt",
    "remain_drtn_hr_cnt",
    "cstr_type",
    "cstr_date",
    "act_start_date",
    "act_end_date",
    "early_start_date",
    "early_end_date",
    "target_start_date",
    "target_end_date",
]


def render(plan: Plan) -> str:
    """Return the file."""
    tasks = _provider(plan)
    leaves = sorted({task.leaf for task in tasks if task.leaf is not None})
    wbs: list[tuple[object, ...]] = [(ROOT, 100, "", "Y", "KEELFIN-R1", "Harborline, provider – KeelFin release 1")]
    wbs += [(10 + leaf, 100, ROOT, "N", f"KF{leaf:03d}", ": ".join(plan.names[leaf])) for leaf in leaves]
    parts = [
        "ERMHDR\t19.12\t2027-04-15\tProject\tpmo\tProgram office\tdbxDatabaseNoName\tProject Management\tUSD",
        _table("PROJECT", ("proj_id", "proj_short_name", "last_recalc_date"), [(100, "KEELFIN-R1", _at(plan.status))]),
        _table("CALENDAR", ("clndr_id", "clndr_name", "day_hr_cnt", "clndr_data"), [(1, "Standard", 8, _calendar())]),
        _table("PROJWBS", ("wbs_id", "proj_id", "parent_wbs_id", "proj_node_flag", "wbs_short_name", "wbs_name"), wbs),
        _table("TASK", TASK_FIELDS, [*(_task(task, plan) for task in tasks), *_no_activities(leaves[0], plan)]),
        _table(
            "TASKPRED",
            ("task_pred_id", "task_id", "pred_task_id", "proj_id", "pred_proj_id", "pred_type", "lag_hr_cnt"),
            _links(tasks, plan),
        ),
        "%E",
    ]
    return "\r\n".join(parts) + "\r\n"


def _provider(plan: Plan) -> list[Task]:
    """Return go-live and the packages that the provider realizes and proves."""
    own = [task for leaf, tasks in enumerate(plan.leaves) if leaf % 4 in (1, 2) for task in tasks]
    return [*[task for task in own if task is not plan.golive][: ACTIVITIES - 1], plan.golive]


def _task(task: Task, plan: Plan) -> tuple[object, ...]:
    golive = task is plan.golive
    status = "TK_Complete" if task.done else "TK_Active" if task.begun else "TK_NotStart"
    kind = "TT_FinMile" if golive else "TT_Task"
    code = "GL1000" if golive else f"KF{task.uid:05d}"
    begun = min(task.hours // 2, hours_between(plan.status, task.finish))  # it fits before its finish
    left = 0 if task.done else begun if task.begun else task.hours
    float_hours = "" if task.done else task.slack
    start = _at(task.start) if task.begun else ""
    finish = _at(task.finish) if task.done else ""
    early = ("", "") if task.done else (_at(task.start), _at(task.finish))
    pin = ("CS_MEO", _at(task.pin[1])) if golive and task.pin else ("", "")
    head = (task.uid, 100, 10 + (task.leaf or 0), 1, "CP_Drtn", kind, status, code, task.name, float_hours)
    return (*head, task.hours, left, *pin, start, finish, *early, *map(_at, task.planned))


def _no_activities(leaf: int, plan: Plan) -> list[tuple[object, ...]]:
    begin, end = _at(plan.root[0].start), _at(plan.golive.finish)
    span = ("", "", begin, "", begin, end, begin, end)
    effort = (2_000_001, 100, 10 + leaf, 1, "CP_Drtn", "TT_LOE", "TK_Active", "KF-LOE", "Manage § the provider’s team")
    summary = (2_000_002, 100, 10 + leaf, 1, "CP_Drtn", "TT_WBS", "TK_Active", "KF-SUM", "Sum of the package")
    return [(*effort, 0, 1800, 96, *span), (*summary, 0, 1800, 96, *span)]


def _links(tasks: Sequence[Task], plan: Plan) -> list[tuple[object, ...]]:
    own = {task.uid for task in tasks}
    pairs = [(pred, task.uid, days * 8) for task in tasks for pred, days in task.preds if pred in own]
    pairs.append((2_000_001, plan.golive.uid, 0))
    return [(number, succ, pred, 100, 100, "PR_FS", lag) for number, (pred, succ, lag) in enumerate(pairs, 1)]


def _calendar() -> str:
    hours = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
    week = "".join(f"(0||{day}()({hours if 1 < day < 7 else ''}))" for day in range(1, 8))
    closed = "".join(f"(0||{number}(d|{(day - EXCEL_DAY_ZERO).days})())" for number, day in enumerate(HOLIDAYS))
    return f"(0||CalendarData()((0||DaysOfWeek()({week}))(0||Exceptions()({closed}))))"


def _table(name: str, fields: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [f"%T\t{name}", "%F\t" + "\t".join(fields)]
    return "\r\n".join(lines + ["%R\t" + "\t".join(map(str, row)) for row in rows])


def _at(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")
