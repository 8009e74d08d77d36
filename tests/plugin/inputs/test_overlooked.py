"""Files that nobody reads are told: a newer one beside a bound one, another version, and one that nobody bound."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from gonogo.errors import Problem
from gonogo.plugin.inputs.beside import means
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.overlooked import CONTRADICTED, NEWER, STOPPED, UNBOUND, overlooked
from gonogo.testing.programs import binding_of, program_of


def told(root: Path, bound: str, *names: str, settled: dict[str, str] | None = None) -> list[Problem]:
    for name in {*names, bound} if "*" not in bound else names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x\n")
    found = overlooked(program_of(binding_of("table", paths=[bound])), root, settled or {}, set())
    return [each for each in found if each.code != STOPPED]  # what a binding itself reads is tried elsewhere


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("evidence/roster_2027-04-08.csv", []),
        ("evidence/roster_2027-04-09.csv", []),
        ("evidence/roster_2027-04-10.csv", [NEWER]),
    ],
)
def test_a_later_date_in_the_name_is_newer_and_an_earlier_one_is_history(
    tmp_path: Path, name: str, codes: list[str]
) -> None:
    """The day before, the same, the day after: only the last one may change the answer."""
    found = told(tmp_path, "evidence/roster_2027-04-09.csv", name)

    assert [problem.code for problem in found] == codes
    if codes:
        assert "is newer than evidence/roster_2027-04-09.csv by the date in its name" in found[0].what
        assert found[0].level == "warning"


def test_a_pattern_that_takes_the_newest_overlooks_nothing(tmp_path: Path) -> None:
    """All of them are read."""
    assert told(tmp_path, "evidence/r_*.csv", "evidence/r_2027-04-09.csv", "evidence/r_2027-04-10.csv") == []


@pytest.mark.parametrize("name", ["raid v2.xlsx", "raid_final.xlsx"])
def test_another_version_by_its_name_is_told_and_the_time_of_change_is_a_hint(tmp_path: Path, name: str) -> None:
    """Nobody knows which one counts; the file system's time proves nothing."""
    first = told(tmp_path, "evidence/raid.xlsx", f"evidence/{name}")
    os.utime(tmp_path / "evidence" / "raid.xlsx", (1, 1))
    second = told(tmp_path, "evidence/raid.xlsx")

    assert [problem.code for problem in first] == [NEWER]
    assert "looks like another version of evidence/raid.xlsx" in first[0].what
    assert second[0].code == NEWER


@pytest.mark.parametrize("name", ["evidence_v2.xlsx", "evidence_final.xlsx", "evidence (1).xlsx"])
def test_a_look_alike_in_the_programs_own_folder_is_told_and_nothing_else_there(tmp_path: Path, name: str) -> None:
    """The one workbook is mostly bound there; `lint` says of it what a run says."""
    (found,) = told(tmp_path, "evidence.xlsx", "evidence.xlsx", "gonogo.yaml", "notes.xlsx", name)

    assert found.code == NEWER
    assert found.what.startswith(name)


@pytest.mark.parametrize("name", ["raid (1).xlsx", "RAID 3.xlsx", "raid - Copy.xlsx", "Copy of raid.xlsx"])
@pytest.mark.parametrize(
    ("pattern", "content", "says"),
    [
        ("raid.xlsx", None, "holds the same bytes as evidence/raid.xlsx, which table reads; delete it, or list it"),
        (
            "raid.xlsx",
            "something else",
            "and holds something else; bind the one that counts, and delete the other or list it",
        ),
        (
            "rai?.xlsx",
            "something else",
            "and holds something else: nothing is read until one is deleted; or bind the one that",
        ),
    ],
)
def test_a_copy_is_compared_and_what_settles_it_is_told(
    tmp_path: Path, name: str, pattern: str, content: str | None, says: str
):
    """`Keep one of them` is no help to somebody who may not delete, and a copy of the same bytes harms nobody."""
    told(tmp_path, f"evidence/{pattern}", "evidence/raid.xlsx", f"evidence/{name}")
    (tmp_path / "evidence" / name).write_text(content or (tmp_path / "evidence/raid.xlsx").read_text())
    for each in ("raid.xlsx", name):
        os.utime(tmp_path / "evidence" / each, (1, 1))

    [found] = told(tmp_path, f"evidence/{pattern}")

    assert found.code == NEWER
    assert says in found.what
    assert found.what.endswith("under not_evidence: with the reason.")


def test_a_file_that_nobody_bound_is_named_and_a_reason_settles_it(tmp_path: Path) -> None:
    """The person who put it there believes that it counts."""
    names = ("evidence/minutes.txt", "evidence/deep/other.csv")

    (found,) = told(tmp_path, "evidence/raid.xlsx", *names)

    assert found.code == UNBOUND
    assert found.what.startswith("evidence/deep/other.csv, evidence/minutes.txt: no binding reads them")
    settled = {"evidence/minutes.txt": "for people", "evidence/*/*.csv": "raw"}
    assert told(tmp_path, "evidence/raid.xlsx", settled=settled) == []


def test_what_systems_leave_behind_is_no_file_and_the_programs_own_folder_is_left_alone(tmp_path: Path) -> None:
    """Locks, hidden files and gonogo.yaml itself alarm nobody."""
    assert (
        told(tmp_path, "evidence/a.csv", "evidence/~$a.csv", "evidence/.x", "evidence/desktop.ini", "gonogo.yaml") == []
    )


def test_a_path_means_itself_and_a_star_stays_in_its_folder() -> None:
    """As bindings mean them."""
    assert means("evidence/*.csv", "evidence/a.csv")
    assert not means("evidence/*.csv", "evidence/b/a.csv")
    assert not means("evidence/a.csv", "evidence/b.csv")


def test_a_name_holds_one_date_or_none() -> None:
    """Two dates are a stretch, and nobody knows which of them counts."""
    assert dated("a_2027-04-09.csv") is not None
    assert dated("a_2027-04-09_2027-04-10.csv") is None


@pytest.mark.parametrize(
    ("bound", "words", "wrong"),
    [
        ("evidence/d.csv", "evidence/d.csv", True),
        ("evidence/d.csv", "evidence/*.csv", True),
        ("evidence/d*.csv", "evidence/d*.csv", True),
        ("evidence/d*.csv", "evidence/d-old.csv", False),
        ("evidence/d.csv", "evidence/e.csv", False),
    ],
)
def test_a_binding_that_reads_what_is_no_evidence_is_told(tmp_path: Path, bound: str, words: str, wrong: bool) -> None:
    """Nothing would be read, and the day of the decision is late to hear it."""
    found = told(
        tmp_path, bound, "evidence/d.csv", "evidence/d-old.csv", settled={words: "old", "evidence/d-old.csv": "o"}
    )

    assert [problem.code for problem in found] == ([CONTRADICTED] if wrong else [])
    assert all(f"reads {bound}, which not_evidence calls no evidence ({words})" in each.what for each in found)
