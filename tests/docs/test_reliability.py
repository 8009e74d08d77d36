"""The page on reliability: how often an attack is made stands there as the tests have it."""

import importlib
import re
from pathlib import Path

import pytest
from tests.figures import FIGURES

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
PAGE = (ROOT / "docs/explanation/reliability.md").read_text(encoding="utf-8")
ROWS = {
    "kill -9": r"`kill -9` of a writer.*\| {small} \| {large};",
    "crash states": r"Every state that a disk may keep.*\| {small} \| 2\d,\d\d\d of ",
    "system calls at which strace injects": r"`strace` makes each.*\| {small} \| \d+, all that there are",
    "appends of each of 8 writers": r"Eight processes append at once.*\| {small8} appends \| {large8} appends",
}
MODULES = ("test_kills", "test_crash_states", "test_injected", "test_processes")


@pytest.mark.parametrize("what", ROWS)
def test_how_often_an_attack_is_made_is_what_the_page_says(what):
    """A figure that nobody runs any more is a boast."""
    for name in MODULES:
        importlib.import_module(f"tests.audit.{name}")
    small, large = FIGURES[what]
    wanted = ROWS[what].format(small=f"{small:,}", large=f"{large:,}", small8=f"{8 * small:,}", large8=f"{8 * large:,}")

    assert re.search(wanted, PAGE), wanted


def test_every_file_that_it_names_is_there():
    """A reader who doubts a figure reads the test."""
    names = re.findall(r"`((?:tests/\w+/)?test_\w+\.py)`", PAGE)

    assert len(names) >= 8
    assert all((ROOT / name).is_file() or (ROOT / "tests/audit" / name).is_file() for name in names)
