"""Equal input, equal digest: whatever the time zone, locale, hash seed, working folder, umask or optimization."""

import itertools
import json
import os
import shutil
import subprocess
import sys

import pytest
from tests.figures import figure

from gonogo.workflow.publishing import render_again

ONE_SEED = """
import json, locale, os, sys, time
from datetime import datetime
from pathlib import Path
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import gather, judge, load

root, as_of = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
found = []
os.umask(int(sys.argv[3], 8))
for zone, name in (each.split() for each in sys.argv[4:]):
    os.environ["TZ"], os.environ["LC_ALL"] = zone, name
    time.tzset()
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        pass
    order = Order(program=root, as_of=as_of)
    loaded = load(order)
    found.append(judge(order, loaded, gather(order, loaded, as_of), as_of).sha256)
print(json.dumps(found))
"""


ZONES = ["UTC", "Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu"]
LOCALES = ["C", "C.UTF-8", "POSIX"]
SEEDS = {"0": "022", "1": "077", "4711": "000", "7": "027", "4294967295": "002"}
"""Hash seeds, each with a umask."""


class TestInvariance:
    @pytest.mark.torture
    def test_every_surroundings_give_one_digest(self, small_program, tmp_path, shown):
        """Hash seeds, umasks, folders, time zones and locales, each two of them together; `make torture` tries all.

        It asks other Pythons too: GONOGO_PYTHONS names their interpreters, with gonogo in each, as PATH names folders.
        """
        small = small_program(trained=90)
        program = small.file.read_text(encoding="utf-8")
        alike = program[program.index("  - id: survey\n") : program.index("  - id: statements\n")]
        small.edit("gonogo.yaml", alike, "")  # two more tables show nothing that the roster does not
        span = "    parameters: {min_response: 50%}\n    held: 14d\n    open_for: 21d\n"
        small.edit("rules/ruleset.yaml", "    parameters: {min_response: 50%}\n", span)
        small.edit("rules/ruleset.yaml", "training.completed_ratio >=", "lower(training.completed_ratio, 95%) >=")
        small.edit(
            "rules/facts.yaml",
            "training.completed_ratio, type: ratio,",
            "training.completed_ratio, type: ratio, sample: true,",
        )
        pythons = [sys.executable, *filter(None, os.environ.get("GONOGO_PYTHONS", "").split(os.pathsep))]
        seeds = list(SEEDS.items())[: figure("hash seeds", small=3, large=5)]
        zones = ZONES[: figure("time zones", small=3, large=4)]
        alone = figure("locales of each seed and time zone", small=1, large=3) == 1
        found = []

        for number, python in enumerate(pythons):
            asked = []
            for turn, (seed, umask) in enumerate(seeds):
                pairs = [
                    f"{zone} {name}"
                    for (place, zone), (at, name) in itertools.product(enumerate(zones), enumerate(LOCALES))
                    if not alone or at == (place + turn) % len(LOCALES)
                ]
                (tmp_path / f"{number} {seed}").mkdir()
                asked.append(
                    subprocess.Popen(
                        [python, "-c", ONE_SEED, str(small.root), small.as_of, umask, *pairs],
                        env={**os.environ, "PYTHONHASHSEED": seed},
                        cwd=tmp_path / f"{number} {seed}",
                        stdout=subprocess.PIPE,
                    )
                )
            found += [digest for process in asked for digest in json.loads(process.communicate(timeout=600)[0])]

        shown(
            f"digests in {len(found)} surroundings ({len(pythons)} Python, {len(seeds)} hash seeds, "
            f"{len(zones)} time zones, {len(LOCALES)} locales): {len(set(found))}"
        )
        assert len(found) == len(pythons) * len(seeds) * len(zones) * (1 if alone else len(LOCALES))
        assert len(set(found)) == 1

    def test_a_real_process_gives_the_digest_and_the_findings_of_this_one(self, assessed, tmp_path):
        """An auditor compares them. Only run, times and hashes differ between two runs."""
        shutil.copytree(assessed.root, tmp_path / "again", ignore=shutil.ignore_patterns("audit"))
        path = tmp_path / "r.json"
        command = [sys.executable, "-m", "gonogo", "assess", str(tmp_path / "again"), "--as-of", assessed.as_of]
        variables = {"PYTHONOPTIMIZE": "2", "PYTHONUTF8": "0", "LC_ALL": "C"}

        subprocess.run(
            [*command, "-o", f"json:{path}"], env={**os.environ, **variables}, check=True, capture_output=True
        )

        here = json.loads(render_again(assessed.root, "json"))
        there = json.loads(path.read_text())
        assert there["digest"] == here["digest"]
        assert there["findings"] == here["findings"]
