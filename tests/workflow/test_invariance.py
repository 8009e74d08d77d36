"""Equal input, equal digest: whatever the time zone, locale, hash seed, working folder, umask or optimization."""

import json
import os
import shutil
import subprocess
import sys

import pytest

ONE_SEED = """
import itertools, json, locale, os, sys, time
from datetime import datetime
from pathlib import Path
from gonogo.workflow.order import Order
from gonogo.workflow.pipeline import gather, judge, load

root, as_of = Path(sys.argv[1]), datetime.fromisoformat(sys.argv[2])
found = set()
os.umask(int(sys.argv[3], 8))
for zone, name in itertools.product(("UTC", "Pacific/Kiritimati", "America/New_York"), ("C", "C.UTF-8", "POSIX")):
    os.environ["TZ"], os.environ["LC_ALL"] = zone, name
    time.tzset()
    try:
        locale.setlocale(locale.LC_ALL, name)
    except locale.Error:
        pass
    order = Order(program=root, as_of=as_of)
    loaded = load(order)
    found.add(judge(order, loaded, gather(order, loaded, as_of), as_of).sha256)
print(json.dumps(sorted(found)))
"""


class TestInvariance:
    def test_27_surroundings_give_one_digest(self, small_program, tmp_path):
        """Three seeds and umasks, each with three time zones and three locales, from another folder each."""
        small = small_program(trained=90, answered=40)
        seeds = {"0": "022", "1": "077", "4711": "000"}

        asked = []
        for seed, umask in seeds.items():
            (tmp_path / seed).mkdir()
            asked.append(
                subprocess.Popen(
                    [sys.executable, "-c", ONE_SEED, str(small.root), small.as_of, umask],
                    env={**os.environ, "PYTHONHASHSEED": seed},
                    cwd=tmp_path / seed,
                    stdout=subprocess.PIPE,
                )
            )
        digests = {digest for process in asked for digest in json.loads(process.communicate(timeout=300)[0])}

        assert len(digests) == 1

    @pytest.mark.parametrize("variable", [{}, {"PYTHONOPTIMIZE": "2"}, {"PYTHONUTF8": "0", "LC_ALL": "C"}], ids=str)
    def test_real_processes_give_the_digest_and_the_report_of_this_one(self, variable, assessed, tmp_path):
        """The page too: an auditor compares bytes. Only run, times and hashes differ between two runs."""
        shutil.copytree(assessed.root, tmp_path / "again", ignore=shutil.ignore_patterns("audit"))
        path = tmp_path / "r.json"
        command = [sys.executable, "-m", "gonogo", "assess", str(tmp_path / "again"), "--as-of", assessed.as_of]

        subprocess.run(
            [*command, "-o", f"json:{path}"], env={**os.environ, **variable}, check=True, capture_output=True
        )

        here = json.loads(self.report(assessed, tmp_path))
        there = json.loads(path.read_text())
        assert there["digest"] == here["digest"]
        assert there["findings"] == here["findings"]

    def report(self, assessed, tmp_path):
        from gonogo.workflow.publishing import render_again

        return render_again(assessed.root, "json")
