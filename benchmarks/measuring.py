"""How benchmarks measure: medians of the clock and of processor time, in this process or of whole commands."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Figure:
    """What some work takes: medians.

    Attributes:
        wall: Seconds by the clock, which on a busy machine say little.
        processor: Seconds of processor time, of all processes that it starts and waits for.
        peak: MB of the largest process; 0 where nobody looked.
    """

    wall: float
    processor: float
    peak: int = 0

    def __str__(self) -> str:
        peak = f", largest process {self.peak} MB" if self.peak else ""
        return f"{self.wall:.2f} s, {self.processor:.2f} s of processor time{peak}"


_LAUNCH = """
import json, os, sys, time
start = time.perf_counter()
quiet = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
pid = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=quiet)
_, status, usage = os.wait4(pid, 0)
spent = time.perf_counter() - start
print(json.dumps([os.waitstatus_to_exitcode(status), spent, usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024]))
"""
"""Starts a command from a small process: Linux counts the memory of the one that starts it as the command's own."""


def work(do: Callable[[], object], runs: int, *, before: Callable[[], object] | None = None) -> Figure:
    """Return the medians of some work in this process, children included; ``before`` is not measured."""
    wall, processor = [], []
    for _ in range(runs):
        if before is not None:
            before()
        start, used = time.perf_counter(), _used()
        do()
        wall.append(time.perf_counter() - start)
        processor.append(_used() - used)
    return Figure(statistics.median(wall), statistics.median(processor))


def command(argv: Sequence[str | Path], runs: int, *, before: Callable[[], object] | None = None) -> Figure:
    """Return the medians of a command, each time in a new process; ``before`` is not measured.

    Raises:
        SystemExit: It ended with something that is neither an answer nor a verdict.
    """
    wall: list[float] = []
    processor: list[float] = []
    peak: list[int] = []
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    launch = [sys.executable, "-S", "-c", _LAUNCH, *map(str, argv)]
    for _ in range(runs):
        if before is not None:
            before()
        told = subprocess.run(launch, stdout=subprocess.PIPE, env=environment, check=True).stdout
        code, *spent = json.loads(told)
        if code not in (0, 1, 3):
            raise SystemExit(f"{' '.join(map(str, argv))} ended with {code}")
        for found, figure in zip((wall, processor, peak), spent, strict=True):
            found.append(figure)
    return Figure(statistics.median(wall), statistics.median(processor), max(peak))


def _used() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in spent)


def compared(ours: Figure, theirs: Figure) -> str:
    """Return how the processor time of two figures of one run compares: figures of two runs do not."""
    return f"{ours.processor / theirs.processor:.1f} times its processor time"
