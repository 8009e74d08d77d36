"""How long a 20,000-task schedule takes: read, and the facts that are asked for or all of them, beside MPXJ in one run.

Run ``python benchmarks/bench_schedule.py [tasks] [rounds]``. MPXJ needs Java; without it only ours is printed. Both
files are made up: one chain of phases in an outline three levels deep, two links a task, a baseline, resources. MPXJ
only reads.
"""

from __future__ import annotations

import gc
import importlib.util
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from measuring import command, work

from gonogo.collectors.program.schedule.collectors import MspdiCollector, XerCollector
from gonogo.collectors.program.schedule.mspdi import read_mspdi
from gonogo.collectors.program.schedule.settings import XerSettings
from gonogo.collectors.program.schedule.xer import read_xer
from gonogo.ruleset.loader import ruleset_by_name
from gonogo.testing.jobs import answers_of, input_of, job_of

NOW = datetime(2027, 4, 19, 16, 0, tzinfo=UTC)
FIRST = datetime(2027, 4, 16, 8)  # noqa: DTZ001  # schedules run on a local clock of their own
PHASE = 40
ZONE = "America/New_York"

MPXJ = """
import json, sys, time
import jpype, mpxj
jpype.startJVM()
from org.mpxj.reader import UniversalProjectReader
spent, busy = [], []
for _ in range(int(sys.argv[2])):
    begun, used = time.perf_counter(), time.process_time()
    project = UniversalProjectReader().read(sys.argv[1])
    size = project.getTasks().size()
    spent.append(time.perf_counter() - begun)
    busy.append(time.process_time() - used)
print(json.dumps({"tasks": size, "reads": spent, "processor": busy}))
"""


def day(number: int) -> datetime:
    """Return the start of the working day of that number."""
    weeks, rest = divmod(number, 5)
    return FIRST + timedelta(days=7 * weeks + rest + (2 if rest else 0))


def mspdi(tasks: int) -> bytes:
    """Return a Microsoft Project file with so many tasks and a summary for every forty."""
    parts = [
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Project xmlns="http://schemas.microsoft.com/project">'
        "<SaveVersion>14</SaveVersion><StatusDate>2027-04-15T17:00:00</StatusDate><MinutesPerDay>480</MinutesPerDay>"
        "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><Name>Standard</Name><BaseCalendarUID>-1"
        "</BaseCalendarUID></Calendar></Calendars><Tasks>"
    ]
    for number in range(1, tasks + 1):
        if number % PHASE == 1:
            parts.append(
                f"<Task><UID>{tasks + number}</UID><ID>{tasks + number}</ID><Name>Phase {number // PHASE}</Name><WBS>"
                f"{number // PHASE}</WBS><OutlineLevel>1</OutlineLevel><Summary>1</Summary><Start>2027-04-16T08:00:00"
                "</Start><Finish>2027-04-16T17:00:00</Finish></Task>\n"
            )
        start = day(number // 100)
        begin, end = f"{start:%Y-%m-%dT08:00:00}", f"{start:%Y-%m-%dT17:00:00}"
        links = "".join(
            f"<PredecessorLink><PredecessorUID>{number - back}</PredecessorUID><Type>1</Type><CrossProject>0"
            "</CrossProject><LinkLag>0</LinkLag><LagFormat>7</LagFormat></PredecessorLink>\n"
            for back in (1, 100)
            if number > back
        )
        parts.append(
            f"<Task>\n<UID>{number}</UID>\n<ID>{number}</ID>\n<Name>Task {number}</Name>\n<Active>1</Active>\n<Manual>0"
            f"</Manual>\n<Type>0</Type>\n<IsNull>0</IsNull>\n<WBS>1.{number}</WBS>\n<OutlineNumber>1.{number}"
            f"</OutlineNumber>\n<OutlineLevel>2</OutlineLevel>\n<Priority>500</Priority>\n<Start>{begin}</Start>\n"
            f"<Finish>{end}</Finish>\n<Duration>PT8H0M0S</Duration>\n<DurationFormat>7</DurationFormat>\n<Milestone>0"
            "</Milestone>\n<Summary>0</Summary>\n<Critical>0</Critical>\n<ExternalTask>0</ExternalTask>\n<EarlyStart>"
            f"{begin}</EarlyStart>\n<EarlyFinish>{end}</EarlyFinish>\n<LateStart>{begin}</LateStart>\n<LateFinish>{end}"
            "</LateFinish>\n<FreeSlack>0</FreeSlack>\n<TotalSlack>19200</TotalSlack>\n<PercentComplete>0"
            "</PercentComplete>\n<RemainingDuration>PT8H0M0S</RemainingDuration>\n<ConstraintType>0</ConstraintType>\n"
            f"<CalendarUID>-1</CalendarUID>\n{links}<Baseline>\n<Number>0</Number>\n<Start>{begin}</Start>\n<Finish>"
            f"{end}</Finish>\n<Duration>PT8H0M0S</Duration>\n<DurationFormat>7</DurationFormat>\n</Baseline>\n</Task>\n"
        )
    parts.append("</Tasks></Project>")
    return "".join(parts).encode()


def xer(tasks: int) -> bytes:
    """Return a Primavera file with so many activities."""
    shifts = "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())"
    week = "".join(f"(0||{number}()({'' if number in (1, 7) else shifts}))" for number in range(1, 8))
    fields = (
        "task_id proj_id wbs_id clndr_id task_type status_code task_code task_name total_float_hr_cnt "
        "target_drtn_hr_cnt remain_drtn_hr_cnt cstr_type cstr_date act_start_date act_end_date early_start_date "
        "early_end_date target_start_date target_end_date"
    )
    lines = [
        "ERMHDR\t19.12",
        "%T\tPROJECT",
        "%F\tproj_id\tproj_short_name\tlast_recalc_date\tclndr_id",
        "%R\t1\tBENCH\t2027-04-15 17:00\t5",
        "%T\tCALENDAR",
        "%F\tclndr_id\tday_hr_cnt\tclndr_data",
        f"%R\t5\t8\t(0||CalendarData()((0||DaysOfWeek()({week}))))",
        "%T\tPROJWBS",
        "%F\twbs_id\tproj_id\tparent_wbs_id\tproj_node_flag\twbs_short_name",
        "%R\t1\t1\t\tY\tBENCH",
        "%R\t2\t1\t1\tN\tWORK",
        "%T\tTASK",
        "%F\t" + fields.replace(" ", "\t"),
    ]
    for number in range(1, tasks + 1):
        begin, end = f"{day(number // 100):%Y-%m-%d} 08:00", f"{day(number // 100):%Y-%m-%d} 17:00"
        lines.append(
            f"%R\t{number}\t1\t2\t5\tTT_Task\tTK_NotStart\tA{number}\tTask {number}\t32\t8\t8\t\t\t\t\t{begin}\t{end}\t"
            f"{begin}\t{end}"
        )
    lines += ["%T\tTASKPRED", "%F\ttask_id\tpred_task_id\tproj_id\tpred_proj_id\tpred_type\tlag_hr_cnt"]
    for number in range(1, tasks + 1):
        lines += [f"%R\t{number}\t{number - back}\t1\t1\tPR_FS\t0" for back in (1, 100) if number > back]
    return "\r\n".join([*lines, "%E", ""]).encode("cp1252")


def theirs(path: Path, rounds: int) -> dict[str, str] | None:
    """Return what MPXJ takes: the first read and whole cold process, and the median of further reads; None without."""
    if shutil.which("java") is None or not all(importlib.util.find_spec(name) for name in ("mpxj", "jpype")):
        return None
    whole = command([sys.executable, "-c", MPXJ, str(path), "1"], rounds)
    done = subprocess.run([sys.executable, "-c", MPXJ, str(path), str(rounds + 2)], capture_output=True, check=True)
    told = json.loads(done.stdout)
    return {
        "new process": str(whole),
        "first read": f"{told['reads'][0]:.2f} s",
        "warm read": f"{statistics.median(told['reads'][2:]):.2f} s, "
        f"{statistics.median(told['processor'][2:]):.2f} s of processor time",
    }


def main() -> None:
    """Print medians in seconds."""
    tasks = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    gc.set_threshold(100_000, 20, 20)  # as in a collector's child
    settings = XerSettings.model_validate_json(json.dumps({"golive": f"A{tasks}"}))
    vocabulary = ruleset_by_name("m3-baseline").vocabulary
    known = [fact.name.removeprefix("ims.") for fact in vocabulary.facts if fact.name.startswith("ims.")]
    for name, data in (("bench.xml", mspdi(tasks)), ("bench.xer", xer(tasks))):
        job, asked = (job_of({"file": (name, data)}, now=NOW, known=names) for names in (None, known))
        source = input_of(data, name)
        read: Callable[[], object]
        if name.endswith(".xml"):
            read = partial(read_mspdi, source, time_zone=ZONE, now=NOW)
            facts = partial(answers_of, MspdiCollector(), settings={"golive": {"uid": str(tasks)}})
        else:
            read = partial(read_xer, source, settings, time_zone=ZONE, now=NOW)
            facts = partial(answers_of, XerCollector(), settings=settings)
        print(f"{name}: {tasks:,} tasks, {len(data) / 1e6:.1f} MB, medians of {rounds}")
        print(f"  gonogo  read: {work(read, rounds)}")
        print(f"  gonogo  read, and the facts of m3-baseline: {work(partial(facts, asked), rounds)}")
        print(f"  gonogo  read, and all facts: {work(partial(facts, job), rounds)}")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, name)
            path.write_bytes(data)
            other = theirs(path, rounds)
        if other is None:
            print("  mpxj    not here (needs mpxj, jpype1 and Java)")
        else:
            print("  mpxj    " + "; ".join(f"{what}: {figure}" for what, figure in other.items()))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of this process {peak:.0f} MB")


if __name__ == "__main__":
    main()
