"""One digest whatever the surroundings: two opposite corners here, all 180 by `tools/determinism.py`."""

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())


@pytest.fixture(scope="module")
def determinism():
    place = importlib.util.spec_from_file_location("determinism", ROOT / "tools/determinism.py")
    module = importlib.util.module_from_spec(place)
    sys.modules[place.name] = module
    place.loader.exec_module(module)
    return module


def test_opposite_corners_give_one_digest(determinism, small_program):
    """An auditor judges on another machine, in another country, with another Python."""
    small = small_program(trained=90, answered=40)
    found = {}
    for zone, seed in (("UTC", "0"), ("Pacific/Kiritimati", "4294967295")):
        corner = determinism.Surroundings(zones=(zone,), locales=("C.UTF-8",), seeds=(seed,))
        found |= determinism.digests(corner, small.root, small.as_of)

    assert len(found) == 2
    assert len(set(found.values())) == 1


def test_the_whole_has_as_many_as_it_says(determinism):
    """Three Pythons, four time zones, three locales, five seeds."""
    assert determinism.Surroundings(pythons=("3.11", "3.12", "3.13")).number == 180


def test_two_digests_are_told_with_where_each_came_from(determinism):
    """Who sees a difference needs to know where to look."""
    assert determinism.told({"a": "1" * 64, "b": "2" * 64, "c": "1" * 64}).splitlines() == [
        "3 surroundings, 2 digests",
        f"{'1' * 64}: 2, first a",
        f"{'2' * 64}: 1, first b",
    ]
