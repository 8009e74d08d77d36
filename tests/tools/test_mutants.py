"""`make mutants` changes what it says, and nothing that a test could not notice."""

import ast
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))

from mutants.explained import EXPLAINED  # noqa: E402  # tools is no package of the distribution
from mutants.rooms import ROOMS  # noqa: E402
from mutants.sites import mutants  # noqa: E402


def changed(source: str) -> set[str]:
    data = source.encode()
    return {mutant.applied(data).decode() for mutant in mutants("a.py", data)}


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("x = a < b", {"x = a <= b", "x = a >= b"}),
        ("x = a >= b", {"x = a > b", "x = a < b"}),
        ("x = a == b", {"x = a != b"}),
        ("x = a not in b", {"x = a in b"}),
        ("x = a < b < c", {"x = a <= b < c", "x = a >= b < c", "x = a < b <= c", "x = a < b >= c"}),
        ("x = a and b or c", {"x = a or b or c", "x = a and b and c"}),
        ("x = not (a or b)", {"x = (a or b)", "x = not (a and b)"}),
        ("x = a + 1", {"x = a - 1", "x = a + 2"}),
        ("x = a // b", {"x = a * b"}),
        ("return_ = True", {"return_ = False"}),
        ("x = max(a)", {"x = min(a)"}),
        ("if a:\n    raise b", {"if True:\n    raise b", "if False:\n    raise b", "if a:\n    pass"}),
        ("a.append(b)", {"pass"}),
        ("é = 'ü' if a else 7", {"é = 'ü' if a else 8", "é = 'ü' if True else 7", "é = 'ü' if False else 7"}),
    ],
)
def test_each_change_is_made_alone(source: str, wanted: set[str]) -> None:
    assert changed(source) == wanted


@pytest.mark.parametrize(
    "source",
    [
        '"""Text with 1 < 2."""',
        "x: int | None",
        "A = B | C",
        "def f() -> int | None: ...",
        "x = zip(a, b, strict=True)",
    ],
)
def test_what_no_test_could_notice_is_left_alone(source: str) -> None:
    assert changed(source) == set()


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_mutant_is_a_module(room) -> None:
    """A change that cannot be parsed would count as noticed."""
    root = TOP / "src" / "gonogo"
    files = [path for pattern in room.files for path in root.glob(pattern)]

    assert files
    for path in files:
        data = path.read_bytes()
        for mutant in mutants(path.name, data)[::7]:
            ast.parse(mutant.applied(data))


def test_every_room_has_tests() -> None:
    for room in ROOMS:
        assert all((TOP / "tests" / name).exists() for name in room.tests)


def test_each_survivor_that_is_explained_is_a_mutant() -> None:
    """An explanation of code that is gone explains nothing."""
    root = TOP / "src" / "gonogo"
    files = {path for room in ROOMS for pattern in room.files for path in root.glob(pattern)}
    names = {mutant.name for path in files for mutant in mutants(path.relative_to(TOP).as_posix(), path.read_bytes())}

    assert EXPLAINED.keys() <= names
    assert all(reason.strip() for reason in EXPLAINED.values())
