"""What the suite types without a start ends as what a person types: the same words, code and files."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize("words", [["lint", "nowhere"], ["schema", "--all", "made"]], ids=["refused", "done"])
def test_a_command_without_its_start_ends_as_one_that_was_started(warm, tmp_path, words):
    """Every page that the suite types rests on this."""

    def started(*arguments, cwd):
        command = [sys.executable, "-m", "gonogo", *arguments]
        return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)

    seen = []
    for way in (started, warm):
        folder = tmp_path / str(len(seen)) / "here"
        folder.mkdir(parents=True)
        done = way(*words, cwd=folder)
        files = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*.json")}
        seen.append((done.returncode, done.stdout, done.stderr, files))

    assert seen[0] == seen[1]
    assert bool(files) == (done.returncode == 0)


def test_a_shell_finds_it_with_its_streams_folder_and_environment(warm, tmp_path):
    """A pipe, a file, a variable and a code, as on a page."""
    line = "gonogo facts nothing.of.this.name 2> said.txt | cat; echo ${PIPESTATUS[0]}; gonogo --version > version.txt"
    done = subprocess.run(
        ["bash", "-c", line], cwd=tmp_path, env={**os.environ, "PATH": warm.path()}, capture_output=True, check=False
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"2\n", b"")
    assert "nothing.of.this.name" in (tmp_path / "said.txt").read_text("utf-8")
    assert (tmp_path / "version.txt").read_text("utf-8").startswith("gonogo ")
