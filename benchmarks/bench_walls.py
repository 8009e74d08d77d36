"""What the walls of level L2 add to a child: in pairs with a child without them, so that load hits both alike.

Run: ``python benchmarks/bench_walls.py [PAIRS]``.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from gonogo.isolate import Task, run
from gonogo.plugin.discovery import PluginEntry
from gonogo.plugin.preparing import limits_of, task_of
from gonogo.plugin.protocol import WireRequest
from gonogo.testing.programs import write_distribution, write_plugin

PLUGIN = """
from gonogo.plugin.spec import LocalFact, NoSettings, hookimpl

class Desk:
    name = "desk"
    facts = (LocalFact(name="open_posts", type="integer", unit="posts", meaning="Open posts."),)
    settings = NoSettings
    network = ()

    def declare(self, settings):
        return self.facts

    def collect(self, job, settings):
        yield from ()

@hookimpl
def gonogo_register_collectors(register):
    register(Desk())
"""


def seconds_of(task: Task) -> float:
    """Return how long one child takes from start to end."""
    start = time.perf_counter()
    [outcome] = run([task])
    seconds = time.perf_counter() - start
    if not outcome.ok or (task.walls is not None and outcome.level != "L2"):
        raise SystemExit(f"no pair to measure: {outcome.detail or 'this machine has not every wall'}")
    return seconds


def added(entry: PluginEntry, name: str, folder: Path, pairs: int) -> str:
    """Return the line for one kind of child: the median of what the walls add, pair by pair."""
    differences, plain = [], []
    for number in range(pairs):
        request = WireRequest(nonce="0", verb="check", plugin=entry.name, module=entry.module, search=entry.search)
        scratch = str(folder / f"scratch-{number}")
        walled = task_of(request, entry, id=name, limits=limits_of(30), scratch=scratch)
        both = [walled, replace(walled, walls=None)]
        times = {task.walls is None: seconds_of(task) for task in (both if number % 2 else reversed(both))}
        plain.append(times[True])
        differences.append(times[False] - times[True])
    more, without = (statistics.median(each) * 1000 for each in (differences, plain))
    return f"{name}: the walls add {more:.1f} ms to {without:.0f} ms"


def main() -> int:
    """Print a line for a plugin's child and one for a child of gonogo's own."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 31
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = folder / "site"
        entry = write_plugin(site, "walls_desk", PLUGIN, own=False)
        write_distribution(site, entry.distribution, "1.0", {entry.name: entry.module})
        print(added(entry, "a plugin's collector", folder, pairs))
        own = PluginEntry("attestation", "gonogo.collectors.attestation", "gonogo", "1.0", builtin=True)
        print(added(own, "a collector of gonogo's own", folder, pairs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
