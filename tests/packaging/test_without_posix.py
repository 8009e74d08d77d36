"""A Windows laptop has no fork, no rlimits and no flock. What is needed there works, and the rest says where to go."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from tests.warm import WITHOUT_POSIX, Warm

from gonogo.cli.command_group import COMMANDS

CALLS: dict[str, list[str]] = {
    "report": ["report", "{root}", "-o", "html"],
    "log": ["log", "verify", "{root}"],
    "lint": ["lint", "{root}"],
    "facts": ["facts"],
    "explain": ["explain", "operations.desk.staffed", "--program", "{root}"],
    "schema": ["schema"],
    "plugins": ["plugins", "list"],
    "completion": ["completion", "zsh"],
    "workbook": ["workbook", "{root}", "-o", "{work}/evidence.xlsx", "--as-of", "{now}"],
    "map": ["map", "{table}"],
    "requests": ["requests", "{root}", "--from-log", "--as-of", "{now}"],
    "raci": ["raci", "{raci}"],
    "init": [
        *("init", "{work}/fresh", "--customer", "NIWA", "--provider", "CFSC", "--release", "R1"),
        *("--go-live", "2027-05-03T06:00", "--time-zone", "America/New_York", "--yes"),
    ],
    "ruleset": ["ruleset", "upgrade", "{root}"],
}
"""How each command is called that must work here. A command that is in no list is at least asked for its help."""

OUTCOMES: dict[str, tuple[int, ...]] = {"raci": (0, 1), "ruleset": (0, 2)}
"""Where the test file, which is of no interest here, may come out otherwise than 0; a missing module gives 4."""

NEEDED = ("report", "log", "lint", "workbook", "map", "facts", "requests")
"""What the project promises for such a machine."""

ELSEWHERE = {
    "assess": ["assess", "{root}", "--as-of", "{now}"],
    "progress": ["progress", "{root}", "--as-of", "{now}"],
    "collect": ["collect", "{root}", "--as-of", "{now}"],
}
"""What starts collectors, and so needs child processes."""


@pytest.fixture
def words(assessed, tmp_path: Path) -> dict[str, str]:
    """What the calls are about: a program with a recorded run, a table, a RACI matrix, an empty folder."""
    book = openpyxl.Workbook()
    book.active.append(["Activity", "Program manager (Customer)", "Program manager (Provider)"])
    book.active.append(["Cutover plan", "A", "R"])
    book.save(tmp_path / "raci.xlsx")
    table = next((assessed.root / "evidence").glob("training_*.csv"))
    found = {"root": assessed.root, "now": assessed.as_of, "work": tmp_path, "raci": tmp_path / "raci.xlsx"}
    return {name: str(value) for name, value in {**found, "table": table}.items()}


def test_the_prelude_takes_away_what_it_says():
    """Otherwise the other tests here would pass on the machine that runs them, and prove nothing."""
    for name in ("fcntl", "resource"):
        done = subprocess.run(
            [sys.executable, "-c", f"{WITHOUT_POSIX}\nimport {name}"], capture_output=True, check=False
        )
        assert done.returncode == 1
    done = subprocess.run(
        [sys.executable, "-c", f"{WITHOUT_POSIX}\nos.fork()"], capture_output=True, text=True, check=False
    )
    assert "AttributeError" in done.stderr


@pytest.mark.parametrize("command", sorted(CALLS))
def test_a_command_that_reads_and_writes_files_works(command: str, words: dict[str, str], laptop: Warm):
    """A customer's lead fills in the workbook and reads the report on whatever machine the agency gives out."""
    if command not in COMMANDS:
        pytest.skip(f"there is no command {command} yet")

    done = laptop(*(part.format(**words) for part in CALLS[command]))

    assert done.returncode in OUTCOMES.get(command, (0,)), done.stdout[-1500:] + done.stderr[-1500:]
    assert "Traceback" not in done.stderr
    assert done.stdout or done.stderr


def test_lint_says_that_the_bindings_were_not_asked(words: dict[str, str], laptop: Warm):
    """`sound` would be more than anybody has looked at."""
    done = laptop("lint", words["root"])

    assert "bindings are not checked" in done.stdout
    assert "this platform has no fork" in done.stdout


@pytest.mark.parametrize("command", sorted(ELSEWHERE))
def test_a_command_that_collects_is_undecided_and_says_where_to_go(command: str, words: dict[str, str], laptop: Warm):
    """Not a traceback, and not a verdict."""
    done = laptop(*(part.format(**words) for part in ELSEWHERE[command]))

    assert (done.returncode, done.stdout) == (4, "")
    assert "WSL 2" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - set(CALLS) - set(ELSEWHERE)))
def test_every_other_command_at_least_says_what_it_does(command: str, laptop: Warm):
    """A person who adds a command sees here that it can be imported everywhere."""
    done = laptop(command, "--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert "Usage:" in done.stdout


def test_what_is_promised_is_called():
    """The promise is a list of names; a name that no test calls is a hope."""
    assert set(NEEDED) <= set(CALLS)
