"""The map in CONTRIBUTING.md: a newcomer who follows it finds what it names."""

import re
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
MAP = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Where to add what")[2].partition("\n## ")[0]
ROWS = [line for line in MAP.splitlines() if line.startswith(("| a ", "| an "))]
NAMED = sorted(
    {name for row in ROWS for name in re.findall(r"`([^`<]+)`", row) if "/" in name or name.endswith((".py", ".toml"))}
)


def test_the_map_has_rows_and_names_places():
    """Or the test below would compare nothing."""
    assert len(ROWS) >= 12
    assert len(NAMED) >= 20


@pytest.mark.parametrize("name", NAMED)
def test_every_place_that_the_map_names_is_there(name):
    """A file moves easily, and the map is read by the person who cannot know."""
    assert (ROOT / name).exists() or (ROOT / "src/gonogo" / name).exists()


@pytest.mark.parametrize(
    "thing", ["collector", "report format", "command", "field of a criterion", "event type", "fact of a schedule"]
)
def test_what_is_added_most_often_is_on_the_map(thing):
    """Each of them has its folder and the test that notices half of it."""
    assert any(thing in row.split("|")[1] for row in ROWS)
