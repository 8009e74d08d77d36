"""Our reading against MPXJ's: every real file, and the small schedules with every kind of link and lag."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from gonogo.collectors.program.schedule.activities import ActivityKind, LagKind
from gonogo.collectors.program.schedule.mspdi import read_mspdi
from gonogo.collectors.program.schedule.settings import XerSettings
from gonogo.collectors.program.schedule.xer import read_xer
from gonogo.testing.jobs import SAMPLE_NOW, input_of

SCRIPT = Path(__file__).with_name("mpxj_reading.py")
REAL = (
    "task-links-project2013-mspdi.xml", "task-baselines-project2019-mspdi.xml", "PredecessorCalendar.xer",
    "invalid-8.4.xer",
)  # fmt: skip

WORKING, ELAPSED = LagKind.WORKING, LagKind.ELAPSED
UNITS = {
    3: ("m", 1, WORKING), 4: ("em", 1, ELAPSED), 5: ("h", 60, WORKING), 6: ("eh", 60, ELAPSED),
    7: ("d", 480, WORKING), 8: ("ed", 1440, ELAPSED), 9: ("w", 2400, WORKING), 10: ("ew", 10080, ELAPSED),
    11: ("mo", 9600, WORKING), 12: ("emo", 43200, ELAPSED),
    19: ("%", 1, LagKind.PERCENT), 20: ("e%", 1, LagKind.ELAPSED_PERCENT), 21: ("h", 60, WORKING),
    35: ("m", 1, WORKING), 36: ("em", 1, ELAPSED), 37: ("h", 60, WORKING), 38: ("eh", 60, ELAPSED),
    39: ("d", 480, WORKING), 40: ("ed", 1440, ELAPSED), 41: ("w", 2400, WORKING), 42: ("ew", 10080, ELAPSED),
    43: ("mo", 9600, WORKING), 44: ("emo", 43200, ELAPSED),
    51: ("%", 1, LagKind.PERCENT), 52: ("e%", 1, LagKind.ELAPSED_PERCENT), 53: ("d", 480, WORKING),
}  # fmt: skip
"""LagFormat: MPXJ's name of the unit, what one of it is in ours, and how it is measured."""
WHEN = {"time_zone": "America/New_York", "now": SAMPLE_NOW}


@pytest.fixture(scope="module")
def mpxj(tmp_path_factory):
    """Return a function that asks MPXJ, in one process for all tests here, what it reads in some files."""
    if shutil.which("java") is None:
        pytest.skip("MPXJ needs Java, which is not on this machine")
    if not all(importlib.util.find_spec(name) for name in ("mpxj", "jpype")):
        pytest.skip("mpxj and jpype1 are not installed")

    told = tmp_path_factory.mktemp("mpxj") / "stderr"
    with (
        told.open("wb") as errors,
        subprocess.Popen(
            [sys.executable, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):

        def read(*paths):
            process.stdin.write(json.dumps([str(path) for path in paths]) + "\n")
            process.stdin.flush()
            answer = process.stdout.readline()
            assert answer, told.read_text()[-2000:]
            return json.loads(answer)

        yield read


@pytest.fixture(scope="module")
def theirs(mpxj, real_schedules):
    """MPXJ's reading of every real file, by name."""
    return dict(zip(REAL, mpxj(*(real_schedules / name for name in REAL)), strict=True))


def ours(path_or_bytes, name):
    """Return our reading; real project files have no status date, so one is put in."""
    data = path_or_bytes if isinstance(path_or_bytes, bytes) else path_or_bytes.read_bytes()
    if name.endswith(".xer"):
        return read_xer(input_of(data, name), XerSettings.model_validate_json('{"golive": "x"}'), **WHEN)
    if b"<StatusDate>" not in data:
        data = re.sub(rb"(<Project [^>]*>)", rb"\1<StatusDate>2014-01-01T00:00:00</StatusDate>", data, count=1)
    return read_mspdi(input_of(data, name), **WHEN)


def shown(moment):
    return None if moment is None else moment.isoformat(timespec="minutes")


def agreed(row, activity, links, *, xer):
    """Return two views of one row, in the fields on which both readers must agree."""
    mine = {
        "key": activity.key,
        "code": activity.code,
        "name": activity.name,
        "start": shown(activity.start),
        "finish": shown(activity.finish),
        "actual_finish": shown(activity.actual_finish),
        "slack": None if activity.slack is None else float(activity.slack),
        "links": sorted([link.pred, link.type.value, float(link.lag)] for link in links if link.succ == activity.key),
    }
    their = {name: row[name] for name in mine} | {"name": row["name"].replace("None", "")}
    if xer:
        their["slack"] = None if activity.actual_finish else their["slack"]  # MPXJ shows 0 where the file is blank
    else:
        mine |= {
            "number": activity.number,
            "summary": activity.kind is ActivityKind.SUMMARY,
            "minutes": float(activity.minutes),
            "baseline_finish": shown(activity.baseline.finish) if activity.baseline else None,
        }
        their |= {name: row[name] for name in ("number", "summary", "minutes", "baseline_finish")}
    return mine, their


class TestRealFiles:
    @pytest.mark.parametrize("name", REAL)
    def test_both_readers_see_the_same_rows(self, theirs, real_schedules, name):
        """MPXJ has read more schedules than anybody; where we differ, we are wrong."""
        plan, their = ours(real_schedules / name, name), theirs[name]
        xer = name.endswith(".xer")
        rows = [row for row in their["tasks"] if not (xer and row["summary"])]  # MPXJ shows XER's WBS as rows

        assert [row["key"] for row in rows] == list(plan.activities)
        for row in rows:
            mine, other = agreed(row, plan.activities[row["key"]], plan.links, xer=xer)
            assert mine == other

    @pytest.mark.parametrize("name", REAL)
    def test_both_readers_see_the_same_frame(self, theirs, real_schedules, name):
        """The data date and the length of a day scale everything else."""
        plan, their = ours(real_schedules / name, name), theirs[name]

        day = plan.calendars[plan.calendar].minutes_per_day if name.endswith(".xer") else plan.minutes_per_day
        assert float(day) == their["minutes_per_day"]
        if their["status_date"]:
            assert plan.data_date == datetime.fromisoformat(their["status_date"])

    def test_percent_complete_without_a_finish_is_claimed_by_the_rows_that_mpxj_says_are_done(
        self, theirs, real_schedules
    ):
        """The file was made for this: work at 100 percent by duration, by units and physically, none finished."""
        plan = ours(real_schedules / "invalid-8.4.xer", "invalid-8.4.xer")
        done = {row["key"] for row in theirs["invalid-8.4.xer"]["tasks"] if row["percent"] == 100}

        claimed = {row.name for row in plan.activities.values() if row.claims_done}
        assert claimed == {"Duration 100%", "Physical 100%", "Units 100%"}
        assert done <= {row.key for row in plan.activities.values() if row.claims_done}
        assert not any(row.finished(plan.data_date) for row in plan.activities.values())

    def test_a_calendar_that_cannot_be_read_does_not_hide_the_others(self, real_schedules):
        """One of the two calendars of the file is cut off on purpose."""
        plan = ours(real_schedules / "invalid-8.4.xer", "invalid-8.4.xer")

        readable = {key for key, calendar in plan.calendars.items() if not calendar.unreadable}
        assert plan.calendar in readable
        assert len(readable) < len(plan.calendars)


class TestSmallSchedules:
    def test_every_kind_of_link_and_lag_of_microsoft_project(self, mpxj, mspdi, project, task, after, tmp_path):
        """Tenths of minutes, working or elapsed, percent; four types."""
        task(project, 8)["PredecessorLink"] = [
            after(2, Type=0, LinkLag=4800, LagFormat=7),
            after(3, Type=2, LinkLag=-9600, LagFormat=5),
            after(5, Type=3, LinkLag=14400, LagFormat=8),
            after(6, Type=1, LinkLag=50, LagFormat=19),
        ]
        path = tmp_path / "links.xml"
        path.write_bytes(mspdi(project))

        plan, (their,) = ours(path, path.name), mpxj(path)

        row = next(row for row in their["tasks"] if row["key"] == "8")
        links = {link.pred: link for link in plan.links if link.succ == "8"}
        assert sorted([link.pred, link.type.value] for link in links.values()) == [entry[:2] for entry in row["links"]]
        assert {key: link.kind for key, link in links.items()} == {
            "2": LagKind.WORKING, "3": LagKind.WORKING, "5": LagKind.ELAPSED, "6": LagKind.PERCENT,
        }  # fmt: skip
        lags = {pred: lag for pred, _, lag in row["links"]}
        assert {key: float(links[key].lag) for key in ("2", "3", "6")} == {key: lags[key] for key in ("2", "3", "6")}
        assert links["5"].lag == 1440

    def test_every_unit_of_a_lag(self, mpxj, mspdi, project, task, after, tmp_path):
        """Working, elapsed, percent and elapsed percent, estimated or not: each code of the format."""
        first = project["Tasks"]["Task"][1]
        rows = [
            {**first, "UID": 100 + code, "ID": 100 + code, "PredecessorLink": [after(3, LinkLag=4800, LagFormat=code)]}
            for code in UNITS
        ]
        project["Tasks"]["Task"] += rows
        path = tmp_path / "lags.xml"
        path.write_bytes(mspdi(project))

        plan, (their,) = ours(path, path.name), mpxj(path)

        lags = {row["key"]: row["lags"] for row in their["tasks"]}
        for code, (unit, minutes, kind) in UNITS.items():
            ((pred, amount, called),) = lags[str(100 + code)]
            (link,) = [link for link in plan.links if link.succ == str(100 + code)]
            assert (link.pred, link.kind, called) == (pred, kind, unit)
            assert float(link.lag) == pytest.approx(amount * minutes)

    @pytest.mark.parametrize(
        "written",
        ["PT8H0M0S", "PT40H", "PT8H", "PT480M", "PT28800S", "PT90M30S", "PT0H480M0S", "P0DT8H0M0S", "PT8H0M0.0S",
         "P0Y0M0DT8H0M0S", "P0D", "PT0S", "PT1.5S"],
    )  # fmt: skip
    def test_durations_of_other_tools(self, mpxj, mspdi, project, task, tmp_path, written):
        """Whatever ISO 8601 allows and is said in hours, minutes and seconds."""
        task(project, 3)["Duration"] = written
        path = tmp_path / "duration.xml"
        path.write_bytes(mspdi(project))

        plan, (their,) = ours(path, path.name), mpxj(path)

        row = next(row for row in their["tasks"] if row["key"] == "3")
        assert float(plan.activities["3"].minutes) == pytest.approx(row["minutes"], abs=0.001)

    def test_a_duration_in_days_is_working_days_where_the_dates_say_so(self, mpxj, mspdi, project, task, tmp_path):
        """MPXJ takes every day for a working day; we do where the dates bear it out."""
        task(project, 3)["Duration"] = "P8D"  # Monday 12 to Wednesday 21 April
        path = tmp_path / "duration.xml"
        path.write_bytes(mspdi(project))

        plan, (their,) = ours(path, path.name), mpxj(path)

        row = next(row for row in their["tasks"] if row["key"] == "3")
        assert (float(plan.activities["3"].minutes), row["minutes"]) == (3840.0, 3840.0)

    def test_the_small_primavera_schedule_with_decimal_commas(self, mpxj, xer, tables, tmp_path):
        """The base currency's row says so, and MPXJ reads by it too."""
        tables["TASK"][2]["total_float_hr_cnt"] = "12,5"
        tables["TASKPRED"][1]["lag_hr_cnt"] = "0,25"
        dollar = {"curr_id": 1, "curr_short_name": "USD", "decimal_symbol": ",", "digit_group_symbol": "."}
        path = tmp_path / "comma.xer"
        path.write_bytes(xer({"CURRTYPE": [dollar], **tables}))

        plan, (their,) = ours(path, path.name), mpxj(path)

        row = next(row for row in their["tasks"] if row["key"] == "103")
        (link,) = [link for link in plan.links if link.succ == "103"]
        assert (float(plan.activities["103"].slack), row["slack"]) == (750.0, 750.0)
        assert (float(link.lag), row["links"][0][2]) == (15.0, 15.0)

    def test_the_small_primavera_schedule(self, mpxj, xer, tables, tmp_path):
        """Windows-1252 text, a level of effort, types and lags in hours."""
        for link, kind, lag in zip(tables["TASKPRED"], ("FS", "SS", "FF", "SF"), (0, -8, "4.5", 16), strict=True):
            link.update(pred_type=f"PR_{kind}", lag_hr_cnt=lag)
        path = tmp_path / "small.xer"
        path.write_bytes(xer(tables))

        plan, (their,) = ours(path, path.name), mpxj(path)

        rows = [row for row in their["tasks"] if not row["summary"]]
        assert {row["key"] for row in rows} == set(plan.activities)
        for row in rows:
            mine, other = agreed(row, plan.activities[row["key"]], plan.links, xer=True)
            assert mine == other
