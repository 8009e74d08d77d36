"""How long a JUnit report of 100,000 cases takes: compared with its plan, beside junitparser, which only reads it.

Run: ``python benchmarks/bench_cases.py [CASES] [RUNS]``.
"""

from __future__ import annotations

import importlib.util
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from measuring import compared, work

from gonogo.collectors.system.junit import JUnitCollector
from gonogo.testing.jobs import answers_of, job_of

NOW = datetime(2027, 4, 19, 16, tzinfo=UTC)
SUITE = 500


def report(cases: int) -> bytes:
    """Return a report with a failure in every tenth suite and five skipped cases in each."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n']
    for suite in range(cases // SUITE):
        failed = suite % 10 == 0
        parts.append(
            f'<testsuite name="suite.{suite}" tests="{SUITE}" failures="{int(failed)}" errors="0" skipped="5" '
            'time="12.5" timestamp="2027-04-18T10:00:00" hostname="runner">\n'
        )
        for case in range(SUITE):
            inside = "<skipped/>" if case < 5 else ""
            if failed and case == 7:
                inside = '<failure message="expected 1" type="AssertionError">line 1\nline 2</failure>'
            parts.append(
                f'<testcase classname="org.example.suite{suite}" name="test_{case}" time="0.025">{inside}</testcase>\n'
            )
        parts.append("</testsuite>\n")
    return "".join([*parts, "</testsuites>\n"]).encode()


def plan(cases: int) -> bytes:
    """Return the plan of these cases."""
    rows = (f"org.example.suite{suite}.test_{case},T" for suite in range(cases // SUITE) for case in range(SUITE))
    return "\n".join(["case_id,Title", *rows, ""]).encode()


def read_with_junitparser(path: Path) -> int:
    """Count the cases that passed, as a script would."""
    import junitparser

    return sum(case.is_passed for suite in junitparser.JUnitXml.fromfile(str(path)) for case in suite)


def main() -> None:
    """Measure and print."""
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    data, planned = report(cases), plan(cases)
    job = job_of({"reports": ("report.xml", data), "plan": ("plan.csv", planned)}, now=NOW)
    print(f"{cases:,} cases, {len(data) / 1e6:.1f} MB, plan of {len(planned) / 1e6:.1f} MB, medians of {runs}")
    ours = work(lambda: answers_of(JUnitCollector(), job, {"case_id": "classname.name"}), runs)
    if importlib.util.find_spec("junitparser") is None:
        print(f"  gonogo: every case compared with its plan, all facts: {ours}; junitparser is not here")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "report.xml")
        path.write_bytes(data)
        theirs = work(lambda: read_with_junitparser(path), runs)
    print(f"  gonogo: every case compared with its plan, all facts: {ours}, {compared(ours, theirs)}")
    print(f"  junitparser: cases that passed are counted, nothing is compared: {theirs}")


if __name__ == "__main__":
    main()
