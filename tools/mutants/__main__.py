"""Break the code in small ways, one at a time, and count which breaks no test of its room notices.

A copy of the checkout is changed, never the checkout. For each mutant only the tests that run its line are run, by a
measurement made once for each room; where none was seen to run it (code of child processes), the whole room's are. The
same seed draws the same mutants from the same code.

    python -m mutants --rooms core,audit --sample 40 --seed 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from mutants.explained import EXPLAINED
from mutants.rooms import ROOMS, Room
from mutants.sites import Mutant, mutants

TOP = Path(__file__).resolve().parents[2]
LEAST = 0.90
_LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv*", ".*_cache", "__pycache__", "build", "dist", "wheelhouse", ".hypothesis"
)
_PYTEST = ["-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", "-p", "no:randomly"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one mutant: ``killed``, ``survived``, ``explained``; with the seconds that it took."""

    mutant: Mutant
    fate: str
    seconds: float


def main() -> int:
    """Run it, print a table and the survivors, and return 1 where a room's tests notice less than 90%."""
    arguments = _arguments()
    wanted = [room for room in ROOMS if room.name in arguments.rooms.split(",")]
    missed = False
    with tempfile.TemporaryDirectory(prefix="mutants-") as scratch:
        places: SimpleQueue[Path] = SimpleQueue()
        for number in range(arguments.jobs):
            places.put(_copy(Path(scratch) / f"{number}" / "checkout"))
        for room in wanted:
            outcomes = _try(room, places, arguments)
            missed |= _tell(room, outcomes)
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", default=",".join(room.name for room in ROOMS))
    parser.add_argument("--sample", type=int, default=40, help="mutants of each room; 0 for all")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _copy(place: Path) -> Path:
    shutil.copytree(TOP, place, ignore=_LEFT_OUT, symlinks=True)
    return place


def _try(room: Room, places: SimpleQueue[Path], arguments: argparse.Namespace) -> list[Outcome]:
    drawn = _drawn(room, arguments.sample, arguments.seed)
    place = places.get()
    began = time.monotonic()
    tests = _lines_to_tests(room, place)
    whole = time.monotonic() - began
    places.put(place)
    _say(f"{room.name}: {len(drawn)} mutants; its tests take {whole:.0f} s with measurement")

    def one(mutant: Mutant) -> Outcome:
        place = places.get()
        try:
            return _one(mutant, place, tests.get((mutant.file, mutant.line)) or _all(room), limit=30 + 3 * whole)
        finally:
            places.put(place)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        return list(pool.map(one, drawn))


def _drawn(room: Room, sample: int, seed: int) -> list[Mutant]:
    root = TOP / "src" / "gonogo"
    files = sorted({path for pattern in room.files for path in root.glob(pattern)})
    found = [mutant for path in files for mutant in mutants(path.relative_to(TOP).as_posix(), path.read_bytes())]
    if not sample or sample >= len(found):
        return found
    return sorted(random.Random(f"{seed}-{room.name}").sample(found, sample), key=lambda each: (each.file, each.start))


def _all(room: Room) -> list[str]:
    return [f"tests/{name}" for name in room.tests]


def _lines_to_tests(room: Room, place: Path) -> dict[tuple[str, int], list[str]]:
    """Return, for each line that a test was seen to run, the tests that did."""
    settings = place / ".mutants.toml"
    settings.write_text(
        '[tool.coverage.run]\ndynamic_context = "test_function"\nsource = ["src/gonogo"]\ndata_file = ".mutants.data"\n'
    )
    command = [sys.executable, "-m", "coverage", "run", f"--rcfile={settings}", *_PYTEST, *_all(room)]
    done = _run(command, place, limit=3600)
    if done != 0:
        raise SystemExit(f"{room.name}: its tests fail before anything is changed; nothing can be told (exit {done})")
    return _read(place / ".mutants.data", place)


def _read(data: Path, place: Path) -> dict[tuple[str, int], list[str]]:
    from coverage.numbits import numbits_to_nums

    names = _test_ids(place)
    found: dict[tuple[str, int], list[str]] = {}
    with sqlite3.connect(data) as store:
        rows = store.execute(
            "select file.path, context.context, line_bits.numbits from line_bits "
            "join file on file.id = line_bits.file_id join context on context.id = line_bits.context_id"
        )
        for path, context, bits in rows:
            if context not in names:
                continue
            file = Path(path).relative_to(place).as_posix()
            for line in numbits_to_nums(bits):
                found.setdefault((file, line), []).extend(names[context])
    return found


def _test_ids(place: Path) -> dict[str, list[str]]:
    """Return the ids by which pytest is asked, for each name by which coverage knows a test function."""
    import ast

    found: dict[str, list[str]] = {}
    for path in (place / "tests").rglob("test_*.py"):
        file = path.relative_to(place).as_posix()
        for node in ast.parse(path.read_bytes()).body:
            members = node.body if isinstance(node, ast.ClassDef) else [node]
            for member in members:
                if isinstance(member, ast.FunctionDef) and member.name.startswith("test"):
                    inside = f"{node.name}." if isinstance(node, ast.ClassDef) else ""
                    name = f"{path.stem}.{inside}{member.name}"
                    for context in (name, f"{file[:-3].replace('/', '.')}.{inside}{member.name}"):
                        found.setdefault(context, []).append(f"{file}::{inside.replace('.', '::')}{member.name}")
    return found


def _one(mutant: Mutant, place: Path, tests: list[str], *, limit: float) -> Outcome:
    began = time.monotonic()
    path = place / mutant.file
    source = path.read_bytes()
    try:
        path.write_bytes(mutant.applied(source))
        survived = _run([sys.executable, *_PYTEST, *dict.fromkeys(tests)], place, limit=limit) in (0, 5)
    finally:
        path.write_bytes(source)
    fate = "killed" if not survived else "explained" if mutant.name in EXPLAINED else "survived"
    return Outcome(mutant, fate, time.monotonic() - began)


def _run(command: list[str], place: Path, *, limit: float) -> int:
    """Run a command in the copy, in a session of its own; return its exit code, or -1 where it took too long."""
    environment = {**os.environ, "PYTHONPATH": str(place / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command,
        cwd=place,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            return process.wait(limit)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            return -1


def _tell(room: Room, outcomes: list[Outcome]) -> bool:
    """Print what became of a room's mutants; return whether its tests notice too little."""
    counted = {fate: sum(each.fate == fate for each in outcomes) for fate in ("killed", "explained", "survived")}
    asked = counted["killed"] + counted["survived"]
    rate = counted["killed"] / asked if asked else 1.0
    seconds = sum(each.seconds for each in outcomes)
    _say(f"{room.name}: killed {rate:.0%} ({json.dumps(counted)}; {seconds:.0f} s of tests)")
    for each in outcomes:
        if each.fate == "survived":
            mutant = each.mutant
            _say(f"  survived  {mutant.file}:{mutant.line}  {mutant.what}\n            {mutant.before}")
    return rate < LEAST


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
