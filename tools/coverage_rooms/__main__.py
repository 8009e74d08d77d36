"""Run the suite with measurement, on every core, and print what it runs of each room.

python -m coverage_rooms             the whole suite
python -m coverage_rooms tests/core  the tests of a room, or of some
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from coverage import Coverage

TOP = Path(__file__).resolve().parents[2]
HOUSE = "src/gonogo/"
_COUNTED = ("covered_lines", "num_statements", "covered_branches", "num_branches")
PYTEST = ["-q", "-n", "auto", "--dist", "worksteal", "-p", "coverage_rooms.measure"]


def main(tests: list[str]) -> int:
    """Return pytest's exit code: what was measured by tests that fail is printed, and the run is no success."""
    with tempfile.TemporaryDirectory(prefix="coverage-") as folder:
        data = Path(folder, "data")
        paths = [str(TOP / "tools"), *filter(None, [os.environ.get("PYTHONPATH")])]
        done = subprocess.run(
            [sys.executable, "-m", "pytest", *PYTEST, *tests],
            cwd=TOP,
            env={**os.environ, "COVERAGE_ROOMS": str(data), "PYTHONPATH": os.pathsep.join(paths)},
            check=False,
        )
        os.chdir(TOP)
        found = Coverage(data_file=str(data), branch=True, source=["src/gonogo"], config_file=False)
        found.combine([folder])
        report = Path(folder, "report.json")
        found.json_report(outfile=str(report))
        files = json.loads(report.read_text(encoding="utf-8"))["files"]
    sys.stdout.write("\n".join(table({name: file["summary"] for name, file in files.items()})) + "\n")
    return done.returncode


def table(files: Mapping[str, Mapping[str, Any]]) -> list[str]:
    """Return a line for each room: of its lines and of its branches, how many were run and how many there are."""
    rooms: dict[str, Counter[str]] = {}
    for name, summary in files.items():
        counted = Counter({key: summary[key] for key in _COUNTED})
        rooms.setdefault(room_of(name), Counter()).update(counted)
    lines = [f"{'room':<28} {'lines':>8} {'branches':>9}  not taken"]
    lines += [_line(room, rooms[room]) for room in sorted(rooms)]
    return [*lines, _line("all", _sum(rooms.values()))]


def room_of(file: str) -> str:
    """Return the room of a file: the folder in which it lies, and ``gonogo`` for what lies in none."""
    return file.removeprefix(HOUSE).rpartition("/")[0] or "gonogo"


def _line(room: str, counted: Counter[str]) -> str:
    lines = _share(counted["covered_lines"], counted["num_statements"])
    branches = _share(counted["covered_branches"], counted["num_branches"])
    left = counted["num_branches"] - counted["covered_branches"]
    return f"{room:<28} {lines:>8} {branches:>9}  {left} of {counted['num_branches']}"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "none"


def _sum(rooms: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counted in rooms:
        total.update(counted)
    return total


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
