"""How long a whole assessment of the Harborline GO example takes, and how much memory.

Run: ``python benchmarks/bench_assess.py [RUNS]``. Each run is a process of its own on a fresh copy of the program, so
that the log is new each time; everything is included, from start-up to the record on disk and the printed report. Peak
memory is that of the largest single process (parent or child).
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
AS_OF = "2027-04-19T12:00-04:00"


def environment() -> dict[str, str]:
    """Return the environment without what keeps Python from caching bytecode: users have it cached."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def assess(program: Path, folder: Path, *rules: str) -> float:
    """Return the wall seconds of one run on a fresh copy, with what is added to the command."""
    copy = folder / "program"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(program, copy, ignore=shutil.ignore_patterns("audit"))
    command = [sys.executable, "-m", "gonogo", "assess", str(copy), "--as-of", AS_OF, *rules]
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment(), check=False)
    seconds = time.perf_counter() - start
    if done.returncode not in (0, 1, 3):
        raise SystemExit(f"{program.name} ended with {done.returncode}")
    return seconds


def main() -> None:
    """Measure each of the three programs, and GO under m3-hardened, and print one line for each."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    with tempfile.TemporaryDirectory() as folder:
        for name, *rules in (["go"], ["conditional"], ["nogo"], ["go", "--ruleset", "m3-hardened"]):
            program = ROOT / "examples/harborline" / name
            assess(program, Path(folder), *rules)
            spent = resource.getrusage(resource.RUSAGE_CHILDREN)
            seconds = [assess(program, Path(folder), *rules) for _ in range(rounds)]
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            busy = (after.ru_utime + after.ru_stime - spent.ru_utime - spent.ru_stime) / rounds
            what = " ".join([name, *rules[1:]])
            print(
                f"assess {what:<16} {statistics.median(seconds):5.2f} s (best {min(seconds):.2f}), "
                f"{busy:.2f} s of processor time, peak {after.ru_maxrss // 1024} MB"
            )


if __name__ == "__main__":
    main()
