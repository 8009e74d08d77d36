"""Tests are in the folder of the code that they test, so a person who changes a room knows which to run."""

from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
TESTS = ROOT / "tests"
HOUSE = ROOT / "src/gonogo"
# What is no room of the house: the project around it, and tests that cross every room.
AROUND = {"docs", "examples", "hostile", "house", "packaging", "pipelines", "rulesets", "sabotage", "tools"}
FOLDERS = sorted({path.parent for path in TESTS.rglob("test_*.py")})


def relative(path: Path) -> str:
    """Return a folder of tests as people name it."""
    return path.relative_to(TESTS).as_posix()


@pytest.mark.parametrize("folder", FOLDERS, ids=relative)
def test_a_folder_of_tests_is_called_like_the_room_that_it_is_about(folder):
    """A room that was moved or renamed takes its tests with it."""
    name = relative(folder)

    assert name in AROUND or (HOUSE / name).is_dir() or (HOUSE / name).with_suffix(".py").is_file()


def test_no_test_lies_outside_of_a_room():
    """What belongs to no room is run by nobody who works in one."""
    assert TESTS not in FOLDERS
    assert all((TESTS / name).is_dir() and not (HOUSE / name).exists() for name in AROUND)


@pytest.mark.parametrize(
    "room", sorted(path.parent for path in HOUSE.glob("*/__init__.py")), ids=lambda path: path.name
)
def test_every_room_has_tests(room):
    """A room whose tests lie elsewhere looks untested, or is."""
    assert any((TESTS / room.name).rglob("test_*.py"))
