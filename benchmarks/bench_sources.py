"""How well an assessment of 50 sources uses two processors: its time by the clock beside half its processor time.

Run: ``python benchmarks/bench_sources.py [SOURCES] [RUNS]``. On a busy machine the ratio says nothing. On a machine
with more processors the run is held to two.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from pathlib import Path

from measuring import command

ROWS = 5_000
AS_OF = "2027-04-19T12:00Z"
PROGRAM = """\
schema: 1
program: {id: sources, customer: A, provider: B, time_zone: UTC}
releases: [{id: first, go_live: "2027-05-03T06:00Z"}]
ruleset: ./rules
evidence:
"""
BINDING = """\
  - id: source{number}
    collector: table
    as: area{number}
    path: "evidence/area{number}_2027-04-18.csv"
    as_of: {{file_name: 'area{number}_(\\d{{4}}-\\d{{2}}-\\d{{2}})\\.csv'}}
    side: customer
    producer: An office
    settings:
      tables:
        people:
          columns: {{person: {{type: id}}, status: {{type: text, allowed: [done, open]}}}}
          unique: [person]
      facts: {{done_ratio: {{share: {{where: 'status == "done"'}}}}}}
"""
RULES = """\
schema: 1
name: sources
version: "1.0.0"
title: Sources
policy: {milestones: [T-14, T-0]}
sources: {S1: A source}
criteria:
"""
CRITERION = """\
  - id: {domain}.area{number}.done
    title: Area {number} is done
    statement: It is so.
    why: Nobody knows otherwise.
    severity: mandatory
    require: area{number}.done_ratio >= 95%
    max_age: 7d
    owner: customer.program_manager
    remedy: Do it.
    source: [S1]
"""
FACT = "  - {{name: area{number}.done_ratio, type: ratio, meaning: Share done., question: What share?}}\n"
DOMAINS = ("program", "system", "workforce", "operations")


def write_program(root: Path, sources: int) -> None:
    """Write a program with so many tables of 5,000 rows, and a criterion for each."""
    (root / "evidence").mkdir(parents=True)
    (root / "rules").mkdir()
    rows = "person,status\n" + "".join(f"P{row:05},{'open' if row % 50 == 0 else 'done'}\n" for row in range(ROWS))
    for number in range(sources):
        (root / f"evidence/area{number}_2027-04-18.csv").write_text(rows)
    numbers = range(sources)
    (root / "gonogo.yaml").write_text(PROGRAM + "".join(BINDING.format(number=number) for number in numbers))
    criteria = (CRITERION.format(number=number, domain=DOMAINS[number % 4]) for number in numbers)
    (root / "rules/ruleset.yaml").write_text(RULES + "".join(criteria))
    facts = "".join(FACT.format(number=number) for number in numbers)
    (root / "rules/facts.yaml").write_text("schema: 1\nfacts:\n" + facts)


def main() -> None:
    """Measure and print."""
    sources = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 5
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:2])
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "program")
        write_program(root, sources)
        argv = [sys.executable, "-m", "gonogo", "assess", root, "--as-of", AS_OF]
        found = command(argv, runs, before=lambda: shutil.rmtree(root / "audit", ignore_errors=True))
    ratio = found.wall / (found.processor / 2)
    print(f"{sources} sources on two processors, whole process: {found}")
    print(f"  that is {ratio:.2f} times its processor time over 2")


if __name__ == "__main__":
    main()
