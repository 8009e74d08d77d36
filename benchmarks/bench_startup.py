"""How long the command line takes to start, beside a bare interpreter and the tools that a user would otherwise call.

Run: ``python benchmarks/bench_startup.py [RUNS]``. Medians of whole processes, one after another, in turns, so that a
busy moment of the machine hits all alike. checkov and auditree are measured where they are installed beside this
Python; @mitre/saf where ``npx`` finds it without downloading (``npm install @mitre/saf`` in the working folder).
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

SCRIPTS = Path(sys.executable).parent


def commands() -> dict[str, list[str]]:
    """Return what is measured: name to command line."""
    found = {
        "python -c pass": [sys.executable, "-c", "pass"],
        "gonogo --version": [sys.executable, "-m", "gonogo", "--version"],
        "gonogo --help": [sys.executable, "-m", "gonogo", "--help"],
    }
    for name, script in (("checkov --version", "checkov"), ("auditree: compliance --version", "compliance")):
        path = shutil.which(script, path=str(SCRIPTS))
        if path is not None:
            found[name] = [path, "--version"]
    npx = shutil.which("npx")
    if npx is not None:
        saf = [npx, "--no-install", "saf", "--version"]
        if subprocess.run(saf, capture_output=True, check=False).returncode == 0:
            found["@mitre/saf: npx saf --version"] = saf
    return found


def seconds_of(command: list[str]) -> tuple[float, float]:
    """Return the wall seconds and the processor seconds of one process; the latter hardly depend on other load."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment())
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def environment() -> dict[str, str]:
    """Return the environment without what keeps Python from caching bytecode: users have it cached."""
    return {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}


def main() -> None:
    """Measure in turns and print one line for each command."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 15
    measured = commands()
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in measured}
    for turn in range(rounds):
        for name, command in measured.items():
            if turn < 5 or taken[name][0][0] < 1:  # slow ones need no more than five turns
                taken[name].append(seconds_of(command))
    middle = {name: [statistics.median(column) for column in zip(*runs, strict=True)] for name, runs in taken.items()}
    bare_wall, bare_busy = middle["python -c pass"]
    for name, (wall, busy) in middle.items():
        print(
            f"{name:<34} {wall * 1000:7.0f} ms, {wall / bare_wall:5.1f} times a bare interpreter; "
            f"processor {busy * 1000:6.0f} ms, {busy / bare_busy:5.1f} times"
        )
    for absent in ("checkov", "auditree", "@mitre/saf"):
        if not any(absent in name for name in measured):
            print(f"{absent:<34} not installed here")


if __name__ == "__main__":
    main()
