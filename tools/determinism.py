"""Judge one program under many surroundings: interpreters, time zones, locales and hash seeds must give one digest.

    python tools/determinism.py                                  this Python, 4 zones, 3 locales, 5 seeds
    python tools/determinism.py --python .venv-3.12/bin/python --python .venv-3.13/bin/python

Each interpreter needs gonogo installed; `make matrix` leaves such environments behind. Exits 1 if two digests differ.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "examples/harborline/conditional"
AS_OF = "2027-04-19T12:00-04:00"
ZONES = ("UTC", "America/New_York", "Pacific/Kiritimati", "Asia/Kathmandu")
LOCALES = ("C", "C.UTF-8", "tr_TR.UTF-8")
SEEDS = ("0", "1", "77", "4711", "4294967295")

ONE_PROCESS = """
import json, locale, os, sys, time
from datetime import datetime
from pathlib import Path
from gonogo.workflow.order import Order
from gonogo.workflow.loading import load
from gonogo.workflow.pipeline import gather, judge

program, as_of, zones, locales = sys.argv[1], datetime.fromisoformat(sys.argv[2]), sys.argv[3], sys.argv[4]
found = {}
for zone in zones.split(","):
    for name in locales.split(","):
        os.environ["TZ"], os.environ["LC_ALL"] = zone, name
        time.tzset()
        try:
            locale.setlocale(locale.LC_ALL, name)
        except locale.Error:
            pass  # not installed here: the variable is set, and children see it
        order = Order(program=Path(program), as_of=as_of)
        loaded = load(order)
        found[f"{zone} {name}"] = judge(order, loaded, gather(order, loaded, as_of), as_of).sha256
print(json.dumps(found))
"""


@dataclass(frozen=True)
class Surroundings:
    """Under what one program is judged."""

    pythons: Sequence[str] = (sys.executable,)
    zones: Sequence[str] = ZONES
    locales: Sequence[str] = LOCALES
    seeds: Sequence[str] = SEEDS

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.pythons) * len(self.zones) * len(self.locales) * len(self.seeds)


def digests(around: Surroundings, program: Path = PROGRAM, as_of: str = AS_OF) -> dict[str, str]:
    """Return the digest of the assessment under each of the surroundings, by their names."""
    found: dict[str, str] = {}
    for python in around.pythons:
        for seed in around.seeds:
            done = subprocess.run(
                [python, "-c", ONE_PROCESS, str(program), as_of, ",".join(around.zones), ",".join(around.locales)],
                env={**os.environ, "PYTHONHASHSEED": seed},
                stdout=subprocess.PIPE,
                check=True,
            )
            found |= {f"{python} seed {seed} {name}": digest for name, digest in json.loads(done.stdout).items()}
    return found


def told(found: dict[str, str]) -> str:
    """Return one line that sums up, and where digests differ, one line for each of them."""
    groups: dict[str, list[str]] = {}
    for name, digest in found.items():
        groups.setdefault(digest, []).append(name)
    lines = [f"{len(found)} surroundings, {len(groups)} digest{'s' if len(groups) != 1 else ''}"]
    lines += [f"{digest}: {len(names)}, first {names[0]}" for digest, names in groups.items()]
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Judge, say what came out, and return 0 where there is one digest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", default=[], help="another interpreter with gonogo installed")
    parser.add_argument("--program", type=Path, default=PROGRAM)
    parser.add_argument("--as-of", default=AS_OF)
    given = parser.parse_args(arguments)
    found = digests(Surroundings(pythons=(sys.executable, *given.python)), given.program, given.as_of)
    sys.stdout.write(f"{told(found)}\n")
    return 0 if len(set(found.values())) == 1 else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
