"""Break the code in small ways, one at a time, and count which breaks no test of its room notices.

A copy of the checkout is changed, never the checkout. For each mutant only the tests that run its line are run, by a
measurement made once for each room; where none was seen to run it (a constant, code of child processes), those of the
module are, and then those of the whole room. The same seed draws the same mutants from the same code.

    python -m mutants --rooms core,audit --sample 40 --seed 1
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import accumulate, chain
from pathlib import Path
from queue import SimpleQueue
from xml.etree import ElementTree

from mutants.contexts import FIXTURE
from mutants.explained import EXPLAINED
from mutants.places import PYTEST, Place
from mutants.rooms import ROOMS, Room
from mutants.sites import Mutant, mutants

LEAST = 0.90
EVERY = ("", 0)
SECONDS = 30.0
"""How long the tests of one mutant take as measured, the quickest first; the rest of them is not asked."""


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
        places = [Place(Path(scratch) / f"{number}" / "checkout") for number in range(arguments.jobs)]
        try:
            for room in wanted:
                missed |= _tell(room, _try(room, places, arguments))
        finally:
            for place in places:
                place.close()
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="mutants", description=__doc__.splitlines()[0])
    parser.add_argument("--rooms", default=",".join(room.name for room in ROOMS))
    parser.add_argument("--sample", type=int, default=40, help="mutants of each room; 0 for all")
    parser.add_argument("--seed", default="1", help="one or more, as in 1,2: each draws a sample")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


def _try(room: Room, places: list[Place], arguments: argparse.Namespace) -> dict[str, list[Outcome]]:
    seeds = arguments.seed.split(",")
    samples = [_drawn(room, places[0].root, arguments.sample, seed) for seed in seeds]
    drawn = list(dict.fromkeys(chain.from_iterable(samples)))
    began = time.monotonic()
    tests, took = _measured(room, places[0])
    whole = time.monotonic() - began
    with ThreadPoolExecutor(arguments.jobs) as pool:  # the others compile what they are going to import
        list(pool.map(lambda place: place.command("-m", "pytest", "--co", "-q", *_all(room)), places[1:]))
    for place in places:  # or all that is noticed would be that nothing runs
        if place.run(next(iter(tests.values()))[:3], limit=30 + whole) != 0:
            raise SystemExit(f"{room.name}: its tests fail without a change where mutants are tried")
    _say(f"{room.name}: {len(drawn)} mutants; its tests take {whole:.0f} s with measurement")
    free: SimpleQueue[Place] = SimpleQueue()
    for place in places:
        free.put(place)

    def one(mutant: Mutant) -> Outcome:
        place = free.get()
        try:
            file, line = mutant.file, mutant.line
            asked = tests.get((file, line)) or [*dict.fromkeys(tests.get((file, 0), []) + tests[EVERY])]
            return _one(mutant, place, asked, limit=limit(asked, took, whole))
        finally:
            free.put(place)

    with ThreadPoolExecutor(arguments.jobs) as pool:
        outcomes = dict(zip(drawn, pool.map(one, drawn), strict=True))
    return {seed: [outcomes[mutant] for mutant in sample] for seed, sample in zip(seeds, samples, strict=True)}


def _drawn(room: Room, top: Path, sample: int, seed: str) -> list[Mutant]:
    root = top / "src" / "gonogo"
    files = sorted({path for pattern in room.files for path in root.glob(pattern)})
    found = [mutant for path in files for mutant in mutants(path.relative_to(top).as_posix(), path.read_bytes())]
    if not sample or sample >= len(found):
        return found
    return sorted(random.Random(f"{seed}-{room.name}").sample(found, sample), key=lambda each: (each.file, each.start))


def _all(room: Room) -> list[str]:
    return [*(f"tests/{name}" for name in room.tests), *(f"--ignore=tests/{name}" for name in room.without)]


def _measured(room: Room, place: Place) -> tuple[dict[tuple[str, int], list[str]], dict[str, float]]:
    """Return, for each line that a test was seen to run, the tests that did, the quickest first; line 0 is the file.

    ``EVERY`` is the whole room.
    And how long each test took.
    """
    settings = place.root / ".mutants.toml"
    settings.write_text('[tool.coverage.run]\nsource = ["src/gonogo"]\ndata_file = ".mutants.data"\n')
    pytest = ["-m", "pytest", *PYTEST, "-p", "mutants.contexts", "--junitxml=.mutants.xml", *_all(room)]
    done, output = place.command("-m", "coverage", "run", f"--rcfile={settings}", *pytest)
    took, failed = seconds(place.root / ".mutants.xml") if done in (0, 1) else ({}, set())
    if len(failed) * 20 >= len(took):
        raise SystemExit(f"{room.name}: its tests fail before anything is changed; nothing can be told.\n{output}")
    for name in sorted(failed):  # such as one with a deadline, on a machine that is busy
        _say(f"  {name} fails without a change, and is not asked")
    return quickest(_read(place.root / ".mutants.data", place.root), took, failed), took


def seconds(report: Path) -> tuple[dict[str, float], set[str]]:
    """Return how long each test function took, over all its parameters, and which of them failed."""
    found: dict[str, float] = {}
    failed = set()
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}.{(case.get('name') or '').partition('[')[0]}"
        found[name] = found.get(name, 0.0) + float(case.get("time") or 0)
        if case.find("failure") is not None or case.find("error") is not None:
            failed.add(name)
    return found, failed


def quickest(
    tests: dict[tuple[str, int], list[str]], took: dict[str, float], failed: Collection[str] = ()
) -> dict[tuple[str, int], list[str]]:
    """Put the quick tests first, and leave out what failed and what comes after ``SECONDS``; one is always left."""
    kept: dict[tuple[str, int], list[str]] = {}
    for line, names in tests.items():
        ordered = [name for name in dict.fromkeys(names) if _reported(name) not in failed]
        ordered.sort(key=lambda name: took.get(_reported(name), 0.0))
        ends = accumulate(took.get(_reported(name), 0.0) for name in ordered)
        some = [name for name, end in zip(ordered, ends, strict=True) if end <= SECONDS] or ordered[:1]
        if some:
            kept[line] = some
    return kept


def limit(asked: Collection[str], took: dict[str, float], whole: float) -> float:
    """Return after how many seconds a mutant counts as one that hangs: by what its own tests took without a change.

    Four times that, on a machine that may be busier now, and half a minute for what they share. Where it is not known
    of one of them (a folder of tests, a test that was never seen), by the whole room.
    """
    known = [took[name] for name in map(_reported, asked) if name in took]
    return SECONDS + 4 * (sum(known) if len(known) == len(asked) else whole)


def _reported(test: str) -> str:
    """Return the name of a test in pytest's report."""
    return test.replace(".py::", ".").replace("::", ".").replace("/", ".")


def _read(data: Path, place: Path) -> dict[tuple[str, int], list[str]]:
    from coverage.numbits import numbits_to_nums

    asking: dict[str, list[str]] = json.loads((place / ".mutants.json").read_text())
    found: dict[tuple[str, int], list[str]] = {}
    with sqlite3.connect(data) as store:
        rows = store.execute(
            "select file.path, context.context, line_bits.numbits from line_bits "
            "join file on file.id = line_bits.file_id join context on context.id = line_bits.context_id "
            "where context.context != ''"
        )
        for path, context, bits in rows:
            tests = asking[context.removeprefix(FIXTURE)] if context.startswith(FIXTURE) else [context]
            functions = list(dict.fromkeys(test.partition("[")[0] for test in tests))
            file = Path(path).relative_to(place).as_posix()
            for line in (0, *numbits_to_nums(bits)):  # 0: for lines that run at import alone, such as constants
                found.setdefault((file, line), []).extend(functions)
            found.setdefault(EVERY, []).extend(functions)  # a test may read a constant and run no line of its file
    return found


def _one(mutant: Mutant, place: Place, tests: list[str], *, limit: float) -> Outcome:
    began = time.monotonic()
    path = place.root / mutant.file
    source, changed = path.read_bytes(), path.stat().st_mtime_ns
    try:
        place.change(mutant.file, mutant.applied(source))
        survived = place.run(tests, limit=limit) in (0, 5)
    finally:
        place.restore(mutant.file, source, changed)
    fate = "killed" if not survived else "explained" if mutant.name in EXPLAINED else "survived"
    if fate == "survived":  # told at once: a test can be written while the others are tried
        _say(f"  survived  {mutant.file}:{mutant.line}  {mutant.what}\n            {mutant.before}")
    return Outcome(mutant, fate, time.monotonic() - began)


def _tell(room: Room, samples: dict[str, list[Outcome]]) -> bool:
    """Print what became of a room's mutants; return whether its tests notice too little of any sample."""
    missed = False
    for seed, outcomes in samples.items():
        counted = {fate: sum(each.fate == fate for each in outcomes) for fate in ("killed", "explained", "survived")}
        asked = counted["killed"] + counted["survived"]
        rate = counted["killed"] / asked if asked else 1.0
        took = sum(each.seconds for each in outcomes)
        _say(f"{room.name}, seed {seed}: killed {rate:.0%} ({json.dumps(counted)}; {took:.0f} s of tests)")
        missed |= rate < LEAST
    return missed


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
