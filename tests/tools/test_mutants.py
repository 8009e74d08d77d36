"""`make mutants` changes what it says, and nothing that a test could not notice."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tools"))

from mutants.__main__ import SECONDS, limit, quickest, seconds  # noqa: E402  # tools is no package of the distribution
from mutants.explained import EXPLAINED  # noqa: E402
from mutants.places import PYTEST  # noqa: E402
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
        "x = e.errors(include_url=False)",
        "x = f'the case {name[:80]!r} is not known'",
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
        for mutant in mutants(path.name, data)[3::23]:
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


class TestWhichTestsAreAsked:
    def test_the_quickest_first(self) -> None:
        """Most changes are noticed by the first test that runs the line."""
        line = ("a.py", 1)

        found = quickest(
            {line: ["tests/t.py::slow", "tests/t.py::A::quick"]}, {"tests.t.slow": 2, "tests.t.A.quick": 1}
        )

        assert found == {line: ["tests/t.py::A::quick", "tests/t.py::slow"]}

    @pytest.mark.parametrize(("took", "asked"), [(SECONDS - 1.5, 2), (SECONDS - 1, 2), (SECONDS - 0.5, 1)])
    def test_as_many_as_the_time_allows(self, took: float, asked: int) -> None:
        """Below, on and above it: a survivor costs what all its tests cost."""
        found = quickest({("a.py", 1): ["t.py::a", "t.py::b"]}, {"t.a": 1, "t.b": took})

        assert len(found["a.py", 1]) == asked

    def test_one_at_least(self) -> None:
        """A line that no test is asked about would live for that alone."""
        assert quickest({("a.py", 1): ["t.py::a"]}, {"t.a": 9 * SECONDS}) == {("a.py", 1): ["t.py::a"]}

    def test_the_parameters_of_a_test_count_together_and_fail_together(self, tmp_path: Path) -> None:
        report = tmp_path / "r.xml"
        report.write_text(
            '<testsuites><testsuite><testcase classname="tests.t.A" name="x[1]" time="1.5"/>'
            '<testcase classname="tests.t.A" name="x[2]" time="2"><failure/></testcase></testsuite></testsuites>'
        )

        assert seconds(report) == ({"tests.t.A.x": 3.5}, {"tests.t.A.x"})

    @pytest.mark.parametrize(
        ("asked", "most"),
        [
            (["tests/t.py::A::quick"], SECONDS + 4),
            (["tests/t.py::A::quick", "tests/t.py::slow"], SECONDS + 20),
            (["tests/t.py::slow", "tests/t.py::new"], SECONDS + 400),
            (["tests/folder"], SECONDS + 400),
        ],
    )
    def test_they_may_take_four_times_what_they_took(self, asked: list[str], most: float) -> None:
        """An endless loop in a room of ten minutes took half an hour, though one quick test was asked."""
        assert limit(asked, {"tests.t.A.quick": 1, "tests.t.slow": 4}, 100) == most

    def test_one_that_fails_without_a_change_is_not_asked(self) -> None:
        """It would notice everything."""
        assert quickest({("a.py", 1): ["t.py::a", "t.py::b"]}, {}, {"t.b"}) == {("a.py", 1): ["t.py::a"]}


@pytest.fixture(scope="module")
def ask() -> Iterator[Callable[..., int]]:
    """Ask the process that runs tests in forks of itself."""
    with subprocess.Popen(
        [sys.executable, "-B", TOP / "tools" / "mutants" / "ready.py"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        stdin, stdout = process.stdin, process.stdout

        def asked(*arguments: str, limit: float = 60) -> int:
            stdin.write(
                json.dumps({"arguments": [*PYTEST, "-c", str(TOP / "pyproject.toml"), *arguments], "limit": limit})
                + "\n"
            )
            stdin.flush()
            return int(stdout.readline())

        yield asked
        stdin.close()


class TestWaitingProcess:
    def test_sees_each_change_anew(self, ask: Callable[..., int], tmp_path: Path) -> None:
        """A module that the process itself had imported would be tried as it was."""
        (tmp_path / "test_it.py").write_text("from it import X\n\ndef test_x():\n    assert X == 1\n")
        told = []
        for value in (1, 2):
            (tmp_path / "it.py").write_text(f"X = {value}\n")
            told.append(ask("--import-mode=prepend", "--rootdir", str(tmp_path), str(tmp_path / "test_it.py")))

        assert told == [0, 1]

    def test_ends_what_takes_too_long(self, ask: Callable[..., int], tmp_path: Path) -> None:
        """A change that makes a loop endless is noticed, and the next one is tried."""
        (tmp_path / "test_it.py").write_text("import time\n\ndef test_x():\n    while True:\n        time.sleep(1)\n")
        (tmp_path / "test_fine.py").write_text("def test_x():\n    pass\n")

        assert ask(str(tmp_path / "test_it.py"), limit=2) == -1
        assert ask(str(tmp_path / "test_fine.py")) == 0


def test_what_a_shared_fixture_runs_belongs_to_every_test_that_asks_for_it(tmp_path: Path) -> None:
    """Asked of the first test alone, a change there would live although the second notices it."""
    (tmp_path / "test_it.py").write_text(
        "import pytest\n\n@pytest.fixture(scope='module')\ndef shared():\n    return 1\n\n"
        "def test_a(shared): pass\ndef test_b(shared): pass\ndef test_c(): pass\n"
    )

    subprocess.run(
        [
            *(sys.executable, "-m", "pytest", *PYTEST),
            *("-p", "mutants.contexts", "-c", "/dev/null", "--rootdir=.", "test_it.py"),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(TOP / "tools")},
        check=True,
        capture_output=True,
    )

    assert json.loads((tmp_path / ".mutants.json").read_text())["shared"] == [
        "test_it.py::test_a",
        "test_it.py::test_b",
    ]
