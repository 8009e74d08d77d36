"""The wheel: what is in it, and that it works without the checkout beside it."""

import configparser
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())


def build(folder: Path) -> Path:
    """Build the wheel offline into ``folder``."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel of this checkout."""
    return build(tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def names(wheel) -> list[str]:
    """Every file in it."""
    with zipfile.ZipFile(wheel) as archive:
        return archive.namelist()


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return a function that runs a command line with the wheel installed, outside of the checkout."""
    target = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, str(wheel)], check=True)
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env={**os.environ, "PYTHONPATH": str(target), "EXPECTED": str(target)},
            capture_output=True,
            text=True,
            check=False,
        )

    return run


class TestContent:
    @pytest.mark.parametrize(
        "name",
        [
            "gonogo/_rulesets/m3-baseline/ruleset.yaml",
            "gonogo/_rulesets/m3-baseline/facts.yaml",
            "gonogo/_rulesets/m3-engagement/ruleset.yaml",
            "gonogo/_rulesets/m3-engagement/facts.yaml",
            "gonogo/_rulesets/m3-hardened/ruleset.yaml",
            "gonogo/_rulesets/m3-hardened/facts.yaml",
            "gonogo/report/templates/report.html",
            "gonogo/report/templates/report.css",
            "gonogo/py.typed",
            "gonogo/__main__.py",
        ],
    )
    def test_it_carries_what_a_run_reads(self, names, name):
        """Data files are easily forgotten, and only the user notices."""
        assert name in names

    def test_it_carries_every_ruleset_of_the_checkout_with_its_cases(self, names):
        """An agency checks the criteria that it installed, not those of some checkout."""
        here = {path.relative_to(ROOT / "rulesets").as_posix() for path in (ROOT / "rulesets").rglob("*.yaml")}

        carried = {name.removeprefix("gonogo/_rulesets/") for name in names if name.startswith("gonogo/_rulesets/")}

        assert any("/cases/" in name for name in here)
        assert {name for name in carried if name.endswith(".yaml")} == here

    def test_it_carries_nothing_else(self, names):
        """No tests, examples, caches or tools end up on somebody's server."""
        strangers = [name for name in names if not name.startswith(("gonogo/", "gonogo-"))]

        assert strangers == []
        assert [name for name in names if "__pycache__" in name or "/tests/" in name] == []

    def test_it_is_the_same_whenever_it_is_built(self, wheel, tmp_path):
        """A person who rebuilds a release must get its digest."""
        assert build(tmp_path).read_bytes() == wheel.read_bytes()

    def test_it_registers_the_built_in_plugins_under_their_names(self, wheel):
        """Built-ins come through the same entry points as anyone's."""
        with zipfile.ZipFile(wheel) as archive:
            [path] = [name for name in archive.namelist() if name.endswith("entry_points.txt")]
            points = configparser.ConfigParser()
            points.read_string(archive.read(path).decode())

        assert {"schedule", "raid", "junit", "table", "attestation"} <= set(points["gonogo.plugins"])
        assert points["console_scripts"]["gonogo"] == "gonogo.__main__:main"


class TestInstalled:
    def test_it_is_not_the_checkout_that_runs(self, installed):
        """The other tests here would prove nothing if the editable install answered."""
        done = installed("-c", "import gonogo, os; print(gonogo.__file__.startswith(os.environ['EXPECTED']))")

        assert done.stdout.strip() == "True"

    def test_it_knows_its_version(self, installed, wheel):
        """The first thing that anybody asks of it."""
        done = installed("-m", "gonogo", "--version")

        assert (done.returncode, done.stdout.strip()) == (0, f"gonogo {wheel.name.split('-')[1]}")

    def test_it_finds_its_rulesets_and_every_case_comes_out_as_expected(self, installed):
        """Ruleset, vocabulary, cases and both evaluators work from the installed files alone."""
        done = installed("-m", "gonogo", "test", "m3-baseline")

        assert done.returncode == 0, done.stdout + done.stderr
        assert "cases as expected" in done.stdout

    def test_it_lists_its_plugins(self, installed):
        """Discovery reads the metadata of the installed wheel."""
        done = installed("-m", "gonogo", "plugins", "list")

        assert done.returncode == 0, done.stderr
        assert done.stdout.count("built-in") >= 5
