"""A machine that is short of what a run needs: whatever the process ends with, it is never the code of a verdict."""

import subprocess
import sys
from pathlib import Path

import pytest

from gonogo.cli import run

STARVED = """
import resource, sys
from gonogo.__main__ import main

pages = int(open("/proc/self/statm").read().split()[0])
limit = pages * resource.getpagesize() + int(sys.argv.pop(1)) * 2**20
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
main()
"""


class TestMemory:
    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the size of a process and limits it")
    @pytest.mark.parametrize("more_mb", [0, 1, 2, 4, 8, 12, 16, 20, 24, 28, 40])
    def test_no_memory_to_tell_of_a_defect_does_not_end_as_no_go(self, small, more_mb):
        """The interpreter's own way out is 1, which would read as a verdict that nobody recorded."""
        found = subprocess.run(
            [sys.executable, "-c", STARVED, str(more_mb), *small.arguments],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

        assert found.returncode not in (0, 1, 3) or "verdict=" in found.stdout, found.stderr[-500:]


UNSAID = """
import os, sys
from gonogo.__main__ import _flushed

sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # with a buffer, whatever the environment says
sys.stdout.write("verdict=GO")
os._exit(_flushed(int(sys.argv[1])))
"""


class TestLastWords:
    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a device that is always full")
    @pytest.mark.parametrize(("code", "ends"), [(0, 4), (1, 1), (3, 3), (5, 5)])
    def test_what_was_said_and_lost_was_not_done(self, code, ends):
        """The disk filled up under the last line: a script that reads 0 and no verdict would deploy on nothing."""
        with Path("/dev/full").open("wb") as full:
            found = subprocess.run([sys.executable, "-c", UNSAID, str(code)], stdout=full, check=False)

        assert found.returncode == ends


class TestRefusal:
    def test_what_the_system_refuses_is_named(self, tmp_path, capfd):
        """`Permission denied` alone says neither which file nor whose."""
        place = tmp_path / ("x" * 300)

        assert run(["report", str(place)]) == 4

        assert f"{place}" in capfd.readouterr().err
