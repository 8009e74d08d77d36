"""A report is chosen before anything runs, and what renders it is imported while evidence is read."""

from __future__ import annotations

import subprocess
import sys

import pytest

from gonogo.cli.publish import ALWAYS_READY
from gonogo.report.formats import FORMATS

CHOSEN = """
import sys
from pathlib import Path
from gonogo.cli.publish import check_targets
check_targets(["terminal"], Path("."), full={full})
print([name for name in sys.modules if name.startswith("gonogo.report.") and name != "gonogo.report.formats"])
"""


@pytest.mark.parametrize("name", ALWAYS_READY)
def test_a_format_that_is_not_asked_whether_it_is_ready_always_is(name: str) -> None:
    """A run that cannot be shown must not begin."""
    assert FORMATS[name].ready is None
    assert not FORMATS[name].binary


@pytest.mark.parametrize("full", [False, True])
def test_choosing_the_terminal_imports_nothing_that_renders(full: bool) -> None:
    """It is a tenth of what a run does before its first child, and can be done beside it."""
    done = subprocess.run(
        [sys.executable, "-c", CHOSEN.format(full=full)], capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout == "[]\n"
