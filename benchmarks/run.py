"""``make bench``: every benchmark in one run, as one Markdown table.

Each ``bench_*.py`` beside this file is a program of its own that prints a line for each figure. Nothing here passes or
fails: figures depend on the machine, and docs/explanation/speed.md says what to make of them.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
TOPICS = {
    "bench_startup.py": ("Start-up", "`gonogo --version` at most 5 times a bare interpreter"),
    "bench_assess.py": ("The whole gate", "the GO example in 1.0 s and 200 MB"),
    "bench_walls.py": ("Isolation", "level L2 adds at most 40 ms to a plugin's collector"),
    "bench_engine.py": ("Judging", "1,000 criteria judged and cross-checked in 0.2 s"),
    "bench_sources.py": ("Two processors", "50 sources in at most 1.3 times their processor time over 2"),
    "bench_reports.py": ("Showing a run", "`path` and HTML under m3-hardened in 0.5 s each"),
    "bench_intake.py": ("The first week", "`init` on 500 files in 2 s, `add` in 1 s"),
    "bench_binding.py": ("The binding workbook", "49 sheets written and read back; no target"),
    "bench_schedule.py": (
        "Schedules",
        "20,000 tasks of Microsoft Project XML in 1.0 s, of XER in 0.5 s",
    ),
    "bench_cases.py": ("Test reports", "100,000 cases of JUnit XML beside junitparser"),
    "bench_simulation.py": ("Simulation of go-live", "10,000 draws of 2,000 tasks in 1 s"),
    "bench_forms.py": ("Workbooks to fill in", "108 criteria in 1 s"),
    "bench_log.py": ("Verifying the log", "1,000,000 records in 5 s with flat memory"),
    "bench_table.py": (
        "Tables",
        "1,000,000 rows in 1 s and ten times as many in 300 MB; a workbook of 100,000 in 2 s",
    ),
}


def rows(script: str) -> list[str]:
    """Return what one benchmark printed, a line each; a failure is a line too."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, str(HERE / script)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    lines = [" ".join(line.split()) for line in done.stdout.splitlines() if line.strip()]
    if done.returncode:
        lines.append(f"ended with {done.returncode}: {(done.stderr.strip().splitlines() or ['?'])[-1]}")
    return lines


def main() -> int:
    """Print the machine, then the table, topic by topic as each is measured."""
    print(f"Python {platform.python_version()}, {platform.system()}, {os.cpu_count()} processors\n")
    print("| topic | measured |\n| --- | --- |")
    for script, (topic, target) in TOPICS.items():
        print(f"| **{topic}** | *target: {target}* |", flush=True)
        for line in rows(script):
            print(f"| | {line.replace('|', chr(92) + '|')} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
