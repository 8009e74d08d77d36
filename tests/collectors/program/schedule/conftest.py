"""A small schedule, told by hand in both formats, that each test changes in one place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from gonogo.collectors.program.schedule.collectors import FACTS, MspdiCollector, XerCollector
from gonogo.collectors.program.schedule.dcma.point_measures import ON_REQUEST
from gonogo.plugin.spec import Answer
from gonogo.testing.jobs import answers_of, job_of

NOON = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
EVERY = [fact.name for fact in FACTS if fact not in ON_REQUEST]
GO_LIVE = datetime(2027, 5, 3, 10, 0, tzinfo=UTC)

Tree = dict[str, Any]


def _xml(name: str, value: Any) -> str:
    if isinstance(value, list):
        return "".join(_xml(name, entry) for entry in value)
    if isinstance(value, dict):
        value = "".join(_xml(key, entry) for key, entry in value.items())
    return f"<{name}>{value}</{name}>"


def _row(uid: int, name: str, level: int, start: str, finish: str, hours: int, **more: Any) -> Tree:
    """One task. Dates are ``MM-DDTHH``;by default its baseline is its plan."""
    begin, end = (f"2027-{text}:00:00" for text in (start, finish))
    row = {
        "UID": uid,
        "ID": uid,
        "Name": name,
        "WBS": f"W.{uid}",
        "OutlineLevel": level,
        "Start": begin,
        "Finish": end,
        "Duration": f"PT{hours}H0M0S",
        "DurationFormat": 7,
        "Milestone": int(hours == 0),
        "Summary": 0,
        "TotalSlack": 19200,
        "PercentComplete": 0,
        "CalendarUID": -1,
        "PredecessorLink": [],
        "Baseline": {"Number": 0, "Start": begin, "Finish": end, "Duration": f"PT{hours}H0M0S"},
    }
    return row | more


def _after(uid: int, **more: Any) -> Tree:
    return {"PredecessorUID": uid, "Type": 1, "CrossProject": 0, "LinkLag": 0, "LagFormat": 7} | more


def _small() -> Tree:
    """Design (done), develop (begun), rehearse, go live four working days before 3 May, hypercare."""
    summary = {"Summary": 1, "Baseline": []}
    return {
        "StatusDate": "2027-04-15T17:00:00",
        "MinutesPerDay": 480,
        "CalendarUID": 1,
        "Calendars": {"Calendar": {"UID": 1, "Name": "Standard", "IsBaseCalendar": 1, "BaseCalendarUID": -1}},
        "Tasks": {
            "Task": [
                _row(0, "Harborline", 0, "04-05T08", "05-24T17", 288, **summary),
                _row(1, "Build", 1, "04-05T08", "04-21T17", 104, **summary),
                _row(2, "Design", 2, "04-05T08", "04-09T17", 40, PercentComplete=100,
                     ActualStart="2027-04-05T08:00:00", ActualFinish="2027-04-09T17:00:00", TotalSlack=0),
                _row(3, "Develop", 2, "04-12T08", "04-21T17", 64, PercentComplete=50,
                     ActualStart="2027-04-12T08:00:00", PredecessorLink=[_after(2)]),
                _row(4, "Deploy", 1, "04-22T08", "04-26T17", 24, **summary),
                _row(5, "Rehearse", 2, "04-22T08", "04-26T17", 24, PredecessorLink=[_after(3)]),
                _row(6, "Go-live", 2, "04-26T17", "04-26T17", 0, WBS="GL1000", PredecessorLink=[_after(5)],
                     Baseline={"Number": 0, "Start": "2027-05-03T06:00:00", "Finish": "2027-05-03T06:00:00",
                               "Duration": "PT0H0M0S"}),
                _row(7, "Stabilize", 1, "04-27T08", "05-24T17", 160, **summary),
                _row(8, "Hypercare", 2, "04-27T08", "05-24T17", 160, PredecessorLink=[_after(6)], TotalSlack=0),
            ]
        },
        "Resources": {"Resource": [{"UID": 1, "Name": "Ines Calloway", "Type": 1, "MaxUnits": "1.00"}]},
        "Assignments": {
            "Assignment": [
                {"UID": 1, "TaskUID": 3, "ResourceUID": 1, "Units": 1, "Start": "2027-04-12T08:00:00",
                 "Finish": "2027-04-21T17:00:00"},
                {"UID": 2, "TaskUID": 5, "ResourceUID": -65535, "Units": 1},
            ]
        },
    }  # fmt: skip


@pytest.fixture
def project() -> Tree:
    """The small schedule as a tree that a test may change: ``task(project, 5)["Finish"] = ...``."""
    return copy.deepcopy(_small())


@pytest.fixture
def task() -> Callable[[Tree, int], Tree]:
    """Find a task of the tree by its UID."""
    return lambda tree, uid: next(row for row in tree["Tasks"]["Task"] if row["UID"] == uid)


@pytest.fixture
def all_done(task: Callable[[Tree, int], Tree]) -> Callable[[Tree], None]:
    """Finish all work before go-live by the status date, so that no link holds go-live back any more."""

    def finish(tree: Tree) -> None:
        for uid, start, end in ((3, "12T08", "14T17"), (5, "15T08", "15T09")):
            begin, stop = f"2027-04-{start}:00:00", f"2027-04-{end}:00:00"
            task(tree, uid).update(
                PercentComplete=100, Start=begin, ActualStart=begin, Finish=stop, ActualFinish=stop, TotalSlack=0
            )

    return finish


@pytest.fixture
def row() -> Callable[..., Tree]:
    """Make a task: UID, name, level, start, finish, hours, and any field."""
    return _row


@pytest.fixture
def after() -> Callable[..., Tree]:
    """Make a predecessor link."""
    return _after


@pytest.fixture
def mspdi() -> Callable[[Tree], bytes]:
    """Write a tree as Microsoft Project XML."""

    def write(tree: Tree) -> bytes:
        text = "".join(_xml(name, value) for name, value in tree.items())
        return f'<?xml version="1.0" encoding="UTF-8"?><Project xmlns="http://schemas.microsoft.com/project">{text}</Project>'.encode()

    return write


@pytest.fixture
def ask(mspdi: Callable[[Tree], bytes]) -> Callable[..., dict[str, Answer]]:
    """Collect the answers for a tree, or for the bytes of a file."""

    def collect(tree: Tree | bytes, **settings: Any) -> dict[str, Answer]:
        holidays = settings.pop("holidays", ())
        now, go_live = settings.pop("now", NOON), settings.pop("go_live", GO_LIVE)
        data = tree if isinstance(tree, bytes) else mspdi(tree)
        job = job_of({"file": ("ims.xml", data)}, now=now, go_live=go_live, holidays=holidays)
        return answers_of(MspdiCollector(), job, {"golive": {"wbs": "GL1000"}, "facts": EVERY} | settings)

    return collect


XerTables = dict[str, list[dict[str, Any]]]
SHIFTS = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
WEEK = "".join(f"(0||{day}()({'' if day in (1, 7) else SHIFTS}))" for day in range(1, 8))
OFFICE = f"(0||CalendarData()((0||DaysOfWeek()({WEEK}))(0||Exceptions()())))"


def _activity(key: int, code: str, name: str, start: str, finish: str, hours: int, **more: Any) -> dict[str, Any]:
    begin, end = (f"2027-{text}:00" for text in (start, finish))
    return {
        "task_id": key, "proj_id": 10, "wbs_id": 2, "clndr_id": 5, "phys_complete_pct": 0,
        "complete_pct_type": "CP_Drtn", "task_type": "TT_Task", "status_code": "TK_NotStart", "task_code": code,
        "task_name": name, "total_float_hr_cnt": 32, "remain_drtn_hr_cnt": hours, "target_drtn_hr_cnt": hours,
        "cstr_date": "", "act_start_date": "", "act_end_date": "", "early_start_date": begin, "early_end_date": end,
        "target_start_date": begin, "target_end_date": end, "cstr_type": "", "cstr_date2": "", "cstr_type2": "",
    } | more  # fmt: skip


def _small_xer() -> XerTables:
    return {
        "PROJECT": [{"proj_id": 10, "proj_short_name": "HARBOR", "clndr_id": 5, "sum_base_proj_id": "",
                     "orig_proj_id": "", "last_recalc_date": "2027-04-15 17:00"}],
        "CALENDAR": [{"clndr_id": 5, "clndr_name": "Standard", "day_hr_cnt": 8, "clndr_data": OFFICE}],
        "PROJWBS": [
            {"wbs_id": 1, "proj_id": 10, "proj_node_flag": "Y", "wbs_short_name": "HARBOR", "parent_wbs_id": ""},
            {"wbs_id": 2, "proj_id": 10, "proj_node_flag": "N", "wbs_short_name": "DEPLOY", "parent_wbs_id": 1},
        ],
        "TASK": [
            _activity(101, "A1", "Design", "04-05 08", "04-09 17", 40, status_code="TK_Complete",
                      act_start_date="2027-04-05 08:00", act_end_date="2027-04-09 17:00", early_start_date="",
                      early_end_date="", remain_drtn_hr_cnt=0, total_float_hr_cnt=""),
            _activity(102, "A2", "Develop", "04-12 08", "04-21 17", 64, status_code="TK_Active",
                      act_start_date="2027-04-12 08:00", remain_drtn_hr_cnt=32),
            _activity(103, "A3", "Rehearse", "04-22 08", "04-26 17", 24),
            _activity(104, "GL1000", "Go-live", "04-26 17", "04-26 17", 0, task_type="TT_FinMile"),
            _activity(105, "A5", "Hypercare", "04-27 08", "05-24 17", 160, total_float_hr_cnt=0),
            _activity(106, "PMO", "Manage “the” plan", "04-05 08", "05-24 17", 288, task_type="TT_LOE"),
        ],
        "TASKPRED": [
            {"task_pred_id": number, "task_id": succ, "pred_task_id": pred, "proj_id": 10, "pred_proj_id": 10,
             "pred_type": "PR_FS", "lag_hr_cnt": 0}
            for number, (pred, succ) in enumerate(((101, 102), (102, 103), (103, 104), (104, 105)), start=1)
        ],
    }  # fmt: skip


@pytest.fixture
def tables() -> XerTables:
    """The small schedule as XER tables that a test may change."""
    return copy.deepcopy(_small_xer())


@pytest.fixture
def activity() -> Callable[..., dict[str, Any]]:
    """Make an XER activity."""
    return _activity


@pytest.fixture
def xer() -> Callable[[XerTables], bytes]:
    """Write tables as a Primavera file in Windows-1252."""

    def write(tables: XerTables) -> bytes:
        lines = ["ERMHDR\t19.12\t2027-04-16\tProject\tadmin\tadmin\tdb\tProject Management\tUSD"]
        for name, rows in tables.items():
            fields = list(dict.fromkeys(key for entry in rows for key in entry))
            lines += [f"%T\t{name}", "\t".join(["%F", *fields])]
            lines += ["\t".join(["%R", *(str(entry.get(key, "")) for key in fields)]) for entry in rows]
        return ("\r\n".join([*lines, "%E"]) + "\r\n").encode("cp1252")

    return write


@pytest.fixture
def ask_xer(xer: Callable[[XerTables], bytes]) -> Callable[..., dict[str, Answer]]:
    """Collect the answers for tables, or for the bytes of a file."""

    def collect(tables: XerTables | bytes, **settings: Any) -> dict[str, Answer]:
        data = tables if isinstance(tables, bytes) else xer(tables)
        holidays, go_live = settings.pop("holidays", ()), settings.pop("go_live", GO_LIVE)
        job = job_of({"file": ("ims.xer", data)}, now=NOON, go_live=go_live, holidays=holidays)
        return answers_of(XerCollector(), job, {"golive": {"code": "GL1000"}, "facts": EVERY} | settings)

    return collect


@pytest.fixture(scope="session")
def real_schedules() -> Path:
    """The folder of real files; the test is skipped where it is absent."""
    for folder in Path(__file__).resolve().parents:
        found = folder / "shared" / "data" / "schedules"
        if found.is_dir():
            return found
    pytest.skip("the real schedule files (shared/data/schedules) are not on this machine")
