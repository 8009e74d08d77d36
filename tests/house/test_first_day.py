"""The map in CONTRIBUTING.md and the house in docs/design.md: a newcomer who follows them finds what they name."""

import re
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
MAP = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Where to add what")[2].partition("\n## ")[0]
ROWS = [line for line in MAP.splitlines() if line.startswith(("| a ", "| an "))]
NAMED = sorted(
    {name for row in ROWS for name in re.findall(r"`([^`<]+)`", row) if "/" in name or name.endswith((".py", ".toml"))}
)
DESIGN = (ROOT / "docs/design.md").read_text(encoding="utf-8")
FREE = DESIGN.partition("do not exist yet")[2].partition("\n#")[0]
FILES = sorted(set(re.findall(r"`([\w/.-]+\.py)", DESIGN.replace(FREE, ""))))


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


@pytest.mark.parametrize("name", FILES)
def test_every_file_that_the_design_names_is_there(name):
    """The page is read to find a file; one that was renamed sends its reader searching."""
    places = [ROOT / name, ROOT / "src/gonogo" / name]

    assert any(place.is_file() for place in places) or ("/" not in name and list((ROOT / "src").rglob(name)))


@pytest.mark.parametrize(
    "thing",
    [
        *("a collector", "a field of a criterion", "a report format", "an event type", "an exit code", "a command"),
        *("a key that signs", "a decision that is signed", "the checkpoint"),
    ],
)
def test_the_design_says_where_the_things_are_that_a_newcomer_looks_for(thing):
    """Ten minutes are enough for the house only if it answers the questions of the first day."""
    assert re.search(rf"^\| {thing}\b.* \| .*`", DESIGN, re.MULTILINE)


def test_the_design_names_files():
    """Or the tests above would compare nothing."""
    assert len(FILES) >= 40
    assert FREE
