"""A program is loaded under its own rules, or for a rehearsal under others, by name or path."""

from pathlib import Path

import pytest

from gonogo.workflow.loading import load
from gonogo.workflow.order import Order

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
HARBORLINE = ROOT / "examples/harborline/go"


@pytest.mark.parametrize("reference", ["m3-baseline", "m3-baseline@1.0.0"])
def test_another_ruleset_needs_no_version_on_the_command_line(reference):
    """A rehearsal is typed by hand, and its report names the version."""
    assert load(Order(program=HARBORLINE, ruleset=reference)).ruleset.version == "1.0.0"
