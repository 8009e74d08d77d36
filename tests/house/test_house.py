"""The house rules that no linter knows: purity, docstrings, sizes, and words that must not be committed."""

import ast
import builtins
import collections.abc
import dataclasses
import datetime
import decimal
import enum
import fractions
import functools
import pathlib
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
SOURCES = sorted((ROOT / "src/gonogo").rglob("*.py"))
PURE = [path for path in SOURCES if path.relative_to(ROOT / "src/gonogo").parts[0] in ("model", "core")]
IMPURE = {"time", "os", "random", "logging", "secrets", "socket", "subprocess", "pathlib", "io", "sys", "threading"}
CLOCKS = {"now", "utcnow", "today", "fromtimestamp"}
MOST_LINES = 300
"""Files of more than 300 lines, each with its reason."""

# Written in pieces, so that this file does not contain them.
FORBIDDEN = re.compile(
    "|".join(
        [
            r"\bCla" + r"ude\b",
            r"\bA" + r"I\b",
            "anthro" + "pic",
            "chat" + "gpt",
            "/wo" + "rk/",
            "/opt/py" + "pi",
            r"pypi\.or" + "g",
            "/ro" + "ot/",
        ]
    )
)


def relative(path: Path) -> str:
    """Return a path as people name it."""
    return path.relative_to(ROOT).as_posix()


def committed() -> list[Path]:
    """Return every text file that is part of the project: known to git, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this is not a git checkout")
    binary = {".xlsx", ".xml", ".xer", ".mpp", ".png", ".gz"}
    files = [ROOT / name for name in done.stdout.decode().split("\0") if name]
    return [path for path in files if path.is_file() and path.suffix not in binary]


@dataclasses.dataclass(frozen=True)
class Seen:
    """What one walk over a file's tree finds: the tree itself would be kept for too many files."""

    imports: tuple[str, ...]
    calls: tuple[tuple[str, int], ...]
    floats: tuple[int, ...]
    classes: tuple[str, ...]


@functools.cache
def seen(path: Path) -> Seen:
    """Walk over a file once, for all tests that ask what is anywhere in it."""
    imports, calls, floats, classes = [], [], [], []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            imports += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            imports.append(node.module or "")
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            calls.append((name, node.lineno))
        elif isinstance(node, ast.Constant) and isinstance(node.value, float):
            floats.append(node.lineno)
        elif isinstance(node, ast.ClassDef):
            classes.append(node.name)
    return Seen(tuple(imports), tuple(calls), tuple(floats), tuple(classes))


def documented(kind: ast.ClassDef) -> set[str]:
    """Return the methods of a class that have a docstring."""
    return {node.name for node in kind.body if isinstance(node, ast.FunctionDef) and ast.get_docstring(node)}


@pytest.mark.parametrize("path", PURE, ids=relative)
class TestPurity:
    def test_it_imports_no_clock_file_system_or_chance(self, path):
        """Equal input gives an equal assessment only if nothing else can be asked."""
        assert [name for name in seen(path).imports if name.partition(".")[0] in IMPURE] == []

    def test_it_calls_no_clock_and_makes_no_float(self, path):
        """`now` is handed down; a float would round a threshold."""
        for name, line in seen(path).calls:
            assert name not in {"float", "open", "print", "input", "eval", "exec", "hash", *CLOCKS}, line

    def test_it_contains_no_float(self, path):
        """Not even a constant."""
        assert seen(path).floats == ()


@pytest.mark.parametrize("path", SOURCES, ids=relative)
class TestSources:
    def test_everything_public_has_a_docstring(self, path):
        """It says shapes, units, ranges and what may be raised."""
        tree = ast.parse(path.read_text(encoding="utf-8"))
        silent = [] if ast.get_docstring(tree) or not tree.body else ["the module"]
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        told = {name for each in classes for name in documented(each) if "Protocol" in map(ast.unparse, each.bases)}
        for holder in [tree, *(each for each in classes if not each.name.startswith("_"))]:
            for node in holder.body:
                if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                    inherits = holder is not tree and (node.name in told or node.name == "document")
                    if not (node.name.startswith("_") or ast.get_docstring(node) or inherits):
                        silent.append(node.name)

        assert silent == []

    def test_it_is_short_enough_to_be_read_at_once(self, path):
        """Split by idea, without exception."""
        assert len(path.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


def test_no_word_is_committed_that_does_not_belong_here():
    """No tool's name, no path of somebody's machine."""
    found = {}
    for path in committed():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        words = FORBIDDEN.findall(text)
        if words:
            found[relative(path)] = sorted(set(words))

    assert found == {}


WELL_KNOWN = {
    name
    for module in (builtins, collections.abc, dataclasses, datetime, decimal, enum, fractions, pathlib, re)
    for name in vars(module)
    if name[:1].isupper()
} | {"Any", "Kind"}


@pytest.mark.parametrize("path", SOURCES, ids=relative)
def test_no_class_is_called_like_a_well_known_one(path):
    """`Pattern` or `Mapping` is read as Python's own, and `Kind` says nothing: a reader looks in the wrong place."""
    assert not WELL_KNOWN & set(seen(path).classes)


@pytest.mark.parametrize("path", [path for path in SOURCES if path.name != "__init__.py"], ids=relative)
def test_no_file_only_forwards(path):
    """Two places to look for one thing."""
    body = ast.parse(path.read_text("utf-8")).body

    assert any(not isinstance(node, ast.Import | ast.ImportFrom | ast.Expr) for node in body)


def test_test_files_have_no_name_twice_in_one_folder_of_a_room():
    """Two files of one name in one room would be one test in a report."""
    names = [path.relative_to(ROOT / "tests").as_posix() for path in (ROOT / "tests").rglob("test_*.py")]

    assert len(names) == len(set(names))
    assert len(names) > 30


def test_every_distribution_that_the_lint_contracts_name_is_a_dependency():
    """A contract about a library that nobody installs checks nothing."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = {re.split(r"[ <>=!~;\[]", text, maxsplit=1)[0].lower() for text in project["project"]["dependencies"]}
    contracts = project["tool"]["importlinter"]["contracts"]
    named = {name for each in contracts for name in each.get("forbidden_modules", ()) if not name.startswith("gonogo")}
    distribution = {"yaml": "pyyaml", "durable_rules_engine": "durable-rules", "durable": "durable-rules"}

    assert {distribution.get(name, name) for name in named} <= needed


def test_a_path_that_a_person_names_is_followed_by_one_function():
    """``Path.resolve`` ends with an error of its own where a link leads to itself; ``real`` does not."""
    without = {"audit/filesystem.py"}
    found = {}
    for path in SOURCES:
        if ".resolve" not in (text := path.read_text(encoding="utf-8")):
            continue
        calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
        lines = [
            call.lineno
            for call in calls
            if isinstance(call.func, ast.Attribute)
            and call.func.attr == "resolve"
            and "__file__" not in ast.unparse(call.func.value)
        ]
        if lines and path.relative_to(ROOT / "src/gonogo").as_posix() not in without:
            found[relative(path)] = lines

    assert found == {}
