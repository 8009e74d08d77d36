"""Setting up: what is missing is named with the way to get it, and nothing is installed behind anybody's back."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")


def check(path: str) -> subprocess.CompletedProcess[str]:
    """Run the check of the machine with another search path."""
    command = [sys.executable, "tools/check_machine.py"]
    environment = {**os.environ, "PATH": path}
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def recipe(target: str) -> str:
    """Return the lines of a target of the Makefile."""
    match = re.search(rf"^{re.escape(target)}:.*\n((?:\t.*\n)*)", MAKEFILE, re.MULTILINE)
    assert match is not None
    return match[1]


class TestTheMachine:
    def test_without_a_compiler_the_error_names_the_package(self, tmp_path):
        """durable-rules is published as source only; pip's own error fills a screen and names no package."""
        done = check(str(tmp_path))

        assert done.returncode == 2
        assert "error[G020] no C compiler was found" in done.stderr
        assert "apt-get install gcc" in done.stderr

    def test_make_says_so_before_anything_is_installed(self, tmp_path):
        """In a fresh checkout, with a search path on which there is no compiler."""
        make = shutil.which("make")
        if make is None:
            pytest.skip("make is not installed here")
        for name in ("requirements", "tools"):
            shutil.copytree(ROOT / name, tmp_path / name)
        for name in ("Makefile", "pyproject.toml"):
            shutil.copy(ROOT / name, tmp_path / name)
        tools = tmp_path / "bin"
        tools.mkdir()
        for name in ("sh", "bash", "touch", "mkdir"):
            (tools / name).symlink_to(shutil.which(name) or pytest.skip(f"{name} is not here"))

        done = subprocess.run(
            [make, "demo", f"PYTHON={sys.executable}"],
            cwd=tmp_path,
            env={**os.environ, "PATH": str(tools)},
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode != 0
        assert "apt-get install gcc" in done.stderr
        assert not (tmp_path / ".venv").exists()

    def test_here_nothing_is_missing(self):
        """The suite runs where gonogo was installed, so the check must agree."""
        assert check(os.environ["PATH"]).stderr == ""


class TestTheMakefile:
    def test_the_suite_installs_no_system_package(self):
        """`make test` must work without root; `make system-deps` is a step of its own."""
        assert "apt-get" not in recipe("test")
        assert "system-deps" not in recipe("test")
        assert "apt-get" in recipe("system-deps")

    def test_everything_is_installed_by_hash(self):
        """Each file of requirements, and nothing else."""
        lines = [line for line in MAKEFILE.splitlines() if "pip install" in line]

        assert lines
        assert [line for line in lines if "--require-hashes" not in line and "--no-deps" not in line] == []

    def test_a_pin_file_is_installed_as_it_stands(self):
        """A dependency's own range lets pip look past the pin: a newer release on the index then stops every set-up."""
        lines = [line for line in MAKEFILE.splitlines() if "pip install" in line]

        assert [line for line in lines if "--no-deps" not in line] == []
        assert MAKEFILE.count("$(INSTALL_SELF)\n\t@$(BIN)/python -m pip check") == 2

    def test_python_3_13_gets_the_definition_that_durable_rules_needs(self):
        """Without it the library builds and cannot be imported."""
        assert "-DPyEval_CallObject=PyObject_CallObject" in MAKEFILE

    def test_the_whole_check_is_three_targets_that_end_with_the_suite(self):
        """The last line of a check is pytest's own."""
        text = (ROOT / ".ci/run").read_text(encoding="utf-8")

        assert re.findall(r"^make (\S+)$", text, re.MULTILINE) == ["system-deps", "lint", "test"]
        assert text.rstrip().endswith("make test")
        assert os.access(ROOT / ".ci/run", os.X_OK)

    def test_the_hooks_are_those_of_lint(self):
        """A commit that passes here must pass there."""
        hooks = (ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8")

        for tool in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
            assert f"/{tool}" in hooks
            assert f"$(BIN)/{tool}" in recipe("lint")
