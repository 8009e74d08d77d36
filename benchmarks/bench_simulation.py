"""How long it takes to draw the go-live date: 10,000 draws of 2,000 tasks, on one working calendar and on four.

Run ``python benchmarks/bench_simulation.py [tasks] [draws] [rounds]``. The network is made up: two links a task, to
tasks shortly before it; some years of work. What leads to go-live is traced in every draw.
"""

from __future__ import annotations

import random
import resource
import statistics
import sys
import time

from gonogo.forecast.go_live_draws import draw_go_live
from gonogo.forecast.numbers_library import need_numbers_library
from gonogo.forecast.spread import Spread
from gonogo.model.activity_network import ActivityNetwork, NetworkPoint, NetworkTie, PointRole, WorkingTime

HOUR = 3600
OFFICE = ((8 * HOUR, 12 * HOUR), (13 * HOUR, 17 * HOUR))
SPAN = 100


def network(tasks: int, calendars: int) -> ActivityNetwork:
    """Return a network of so many tasks on so many calendars, and go-live."""
    dice = random.Random(1)
    hours = [WorkingTime(week=(OFFICE,) * 5 + ((), ()), special=((740_000 + n, ()),)) for n in range(calendars)]
    points = [
        NetworkPoint(
            key=str(n),
            name=f"task {n}",
            role=PointRole.WORK,
            calendar=dice.randrange(calendars),
            seconds=dice.randint(1, 20) * 8 * HOUR,
        )
        for n in range(tasks)
    ]
    ties = {(dice.randrange(max(0, n - SPAN), n), n) for n in range(1, tasks) for _ in range(2)}
    ends = set(range(tasks)) - {pred for pred, _ in ties}
    ties |= {(n, tasks) for n in ends}
    return ActivityNetwork(
        data_date=1_800_000_000,
        activities=(*points, NetworkPoint(key="go", name="go-live", role=PointRole.MILESTONE, calendar=0)),
        links=tuple(NetworkTie(pred=pred, succ=succ) for pred, succ in sorted(ties, key=lambda tie: (tie[1], tie[0]))),
        calendars=tuple(hours),
        committed=1_870_000_000,
        aim="a date",
    )


def main() -> int:
    """Print a line for each number of calendars."""
    tasks, draws, rounds = (int(given) for given in (*sys.argv[1:], *("2000", "10000", "5")[len(sys.argv) - 1 :]))
    need_numbers_library()
    for calendars in (1, 4):
        laid = network(tasks, calendars)
        spent, used = [], []
        for _ in range(rounds):
            began, before = time.perf_counter(), time.process_time()
            draw_go_live(laid, Spread(0.8, 1.5, 0.3, "triangular"), draws=draws, seed=1)
            spent.append(time.perf_counter() - began)
            used.append(time.process_time() - before)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{draws:,} draws of {tasks:,} tasks, {len(laid.links):,} links, {calendars} calendar(s): "
            f"{statistics.median(spent):.2f} s, processor {statistics.median(used):.2f} s, {memory:.0f} MB"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
