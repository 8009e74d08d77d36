"""What distributions announce is read once, and again as soon as one is installed or removed."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from gonogo.documents.announced import SETTLED_S, announced
from gonogo.testing.programs import write_distribution

GROUP = "gonogo.rulesets"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is imported from, in which a distribution has been for a minute."""
    monkeypatch.setattr("sys.path", [str(tmp_path)])
    write_distribution(tmp_path, "agency", "1.0", {}, rulesets={"ours": "agency.rules"})
    aged(tmp_path, 60)
    return tmp_path


def aged(folder: Path, seconds: int) -> None:
    then = time.time_ns() - seconds * 10**9
    os.utime(folder, ns=(then, then))


def names() -> list[str]:
    return sorted(point.name for point in announced(GROUP))


def test_nothing_is_read_twice_while_nothing_changes(installed: Path) -> None:
    """A program of fifty bindings asked for the profiles of 130 distributions a hundred times."""
    assert announced(GROUP) is announced(GROUP)
    assert names() == ["ours"]


def test_one_that_is_installed_meanwhile_is_there(installed: Path) -> None:
    """`gonogo open` runs for days."""
    assert names() == ["ours"]
    write_distribution(installed, "other", "1.0", {}, rulesets={"theirs": "other.rules"})
    aged(installed, 30)

    assert names() == ["ours", "theirs"]


def test_one_that_is_removed_meanwhile_is_gone(installed: Path) -> None:
    """Its files are gone too."""
    assert names() == ["ours"]
    shutil.rmtree(installed / "agency-1.0.dist-info")
    aged(installed, 30)

    assert names() == []


def test_another_folder_to_import_from_is_another_question(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is announced hangs on where Python looks."""
    assert names() == ["ours"]
    monkeypatch.setattr("sys.path", [str(installed / "nothing")])

    assert names() == []


@pytest.mark.parametrize(("age", "found"), [(SETTLED_S - 5, ["ours", "theirs"]), (SETTLED_S + 5, ["ours"])])
def test_while_something_is_being_installed_everything_is_read_anew(
    installed: Path, age: int, found: list[str]
) -> None:
    """A folder tells when the first file of a distribution came, and not when the last one did."""
    aged(installed, age)
    assert names() == ["ours"]
    then = installed.stat().st_mtime_ns
    points = installed / "agency-1.0.dist-info" / "entry_points.txt"
    points.write_text(f"[{GROUP}]\nours = agency.rules\ntheirs = agency.others\n", encoding="utf-8")

    assert installed.stat().st_mtime_ns == then
    assert names() == found
