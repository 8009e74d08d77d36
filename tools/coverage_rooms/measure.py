"""A plugin of pytest: measures from before gonogo is imported, in each worker, and writes one file for each."""

from __future__ import annotations

import os

import pytest
from coverage import Coverage

_measuring = Coverage(
    data_file=os.environ["COVERAGE_ROOMS"], data_suffix=True, branch=True, source=["src/gonogo"], config_file=False
)
# The process that hands tests out to the others runs none of them.
_measuring.set_option("run:disable_warnings", ["no-data-collected"])
_measuring.start()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Write what this process saw."""
    _measuring.stop()
    _measuring.save()
