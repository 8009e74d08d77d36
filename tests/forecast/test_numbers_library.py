"""The library that simulates starts no threads: a process that has some cannot be forked safely."""

from __future__ import annotations

import subprocess
import sys

import pytest

ASK = """
import os, threading
{set}
from gonogo.forecast.numbers_library import need_numbers_library
need_numbers_library()
import numpy
print(len(os.listdir("/proc/self/task")), os.environ.get("OPENBLAS_NUM_THREADS"))
"""


@pytest.mark.parametrize(("given", "kept"), [("", "None"), ('os.environ["OPENBLAS_NUM_THREADS"] = "7"', "7")])
def test_it_starts_no_threads_and_leaves_the_environment_as_it_was(given, kept):
    """A collector that an agency wrote is forked twice, and waited for a thread that only its parent has."""
    done = subprocess.run([sys.executable, "-c", ASK.format(set=given)], capture_output=True, text=True, check=True)

    assert done.stdout.split() == ["1", kept]
