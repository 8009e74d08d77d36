"""What ``gonogo init`` says fits on one page, and everything else is in a file that it names."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.first_week.test_start import CSV, JUNIT, MSPDI, init

from gonogo.first_week.started_page import PAGE
from gonogo.first_week.starting import Started

INTERFACES = "ID,Partner,ICD status\nI-1,PAM,Approved\nI-2,SAM,Draft\nI-3,CGE,Approved\n"


def folder_of(many: int) -> dict[str, str | bytes]:
    """Return an office's files: a schedule with an older one, tables of many names, a picture."""
    tables = {f"Tracker of things number {'abcdefghij'[n % 10] * (n // 10 + 1)}.csv": CSV for n in range(many)}
    schedules = {"IMS v1.xml": MSPDI, "IMS v2.xml": MSPDI}
    return {**tables, **schedules, "Interfaces.csv": INTERFACES, "photo.jpg": b"\xff\xd8\xff\xe0" + b"\0" * 40}


@pytest.fixture
def large(tmp_path: Path) -> Started:
    return init(tmp_path, folder_of(60))


def test_what_fits_on_one_page_is_said_whole(tmp_path: Path) -> None:
    """A second file to read would be in the way."""
    started = init(tmp_path, {"Interfaces.csv": INTERFACES})

    assert started.lines() == started.everything()
    assert not started.first_look
    assert not list(tmp_path.glob("first-look*"))


@pytest.mark.parametrize("many", [20, 60, 200])
def test_a_large_folder_is_said_on_one_page(tmp_path: Path, many: int) -> None:
    """An office lead read 115 lines, 60 of them questions, and did not know what to do first."""
    started = init(tmp_path, folder_of(many))

    assert len(started.everything()) > PAGE
    assert len(started.lines()) <= PAGE
    assert all(len(line) <= 120 or "first-look" in line or "gonogo" in line for line in started.lines())


def test_the_file_that_it_names_holds_every_line(large: Started) -> None:
    """What the page leaves out would be lost."""
    [named] = [line for line in large.lines() if "in full" in line]

    assert named.endswith(str(large.root / "first-look.txt"))
    assert (large.root / "first-look.txt").read_text().splitlines() == large.everything()


def test_a_page_counts_files_and_questions_as_they_are(large: Started) -> None:
    """A count that is no longer true would be worse than the long list."""
    page = large.lines()

    assert sum("Drafted with answers" in line and line.endswith(": 2 files") for line in page) == 1
    assert sum("no answer until somebody" in line and line.endswith(": 60 files") for line in page) == 1
    assert "Older versions of those, not read: 1 file" in page
    assert "Not recognized: 1 file" in page
    total = sum(len(each.asked) + len(each.missing) for each in large.proposals)
    assert any(line.startswith(f"Questions: {total}, ") for line in page)


def test_a_file_is_named_under_one_heading_only(large: Started) -> None:
    """An older version was counted as superseded and as read by nothing."""
    assert sum("IMS v1.xml" in line for line in large.lines()) == 1
    assert not any(line.startswith("Recognized, and read by no binding") for line in large.lines())


def test_whose_answers_matter_to_most_criteria_stands_first(large: Started) -> None:
    """The first person to ask is the one whose answers open most."""
    page = large.lines()
    start = next(number for number, line in enumerate(page) if line.startswith("Questions: "))

    asked = [line for line in page[start + 1 :] if " question" in line and "criteri" in line]
    assert len(asked) >= 2
    counts = [int(line.rpartition("for ")[2].split()[0]) for line in asked]
    assert counts == sorted(counts, reverse=True)


def test_a_first_look_that_is_there_is_kept_and_is_no_evidence(tmp_path: Path) -> None:
    """Nothing that is there is overwritten, and what gonogo wrote proves nothing."""
    (tmp_path / "first-look.txt").write_text("of a program before\n")
    for name, data in folder_of(60).items():
        (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)

    started = init(tmp_path, evidence=".")

    assert started.first_look == "first-look-2.txt"
    assert (tmp_path / "first-look.txt").read_text() == "of a program before\n"
    assert not any("first-look" in odd.path for odd in started.survey.unrecognized)
    assert not any("first-look" in each.path for each in started.survey.recognized)


def test_a_file_that_gives_no_figure_is_not_counted_as_one_that_does(large: Started) -> None:
    """`63 files recognized` was said of files of which 60 were tables that answer nothing."""
    first = large.lines()[0]

    told = "64 files: 2 drafted with answers, 60 without an answer until somebody says what they show, 1 superseded by "
    assert f"{told}another, 1 not recognized; " in first
    assert "files recognized" not in first


@pytest.mark.parametrize("dated", [False, True])
def test_each_file_is_counted_once(tmp_path: Path, dated: bool) -> None:
    """Counts that add up to more than there are would be a puzzle; the pattern of a dated file counted as another."""
    weekly = {"Interfaces 2026-11-02.csv": INTERFACES, "Cutover plan 2026-11-02.csv": CSV} if dated else {}
    lines = init(tmp_path, {**folder_of(3), **weekly}).lines()
    told = lines[0].partition(" is written: ")[2].partition(";")[0]
    every, _, parts = told.partition(" files: ")

    counts = [int(number) for number in re.findall(r"(?:^|, )(\d+) ", parts)]
    assert sum(counts) == int(every) == len([*folder_of(3), *weekly])


def test_the_first_line_and_the_page_count_the_same_files(tmp_path: Path) -> None:
    """`24 drafted` stood above `22 files`: last week's version, and a second report, counted in one alone."""
    weeks = {f"Interfaces 2026-11-{day}.csv": INTERFACES for day in ("02", "09")}
    runs: dict[str, str | bytes] = {f"uat/run{n}.xml": JUNIT.format(f"T-{n}") for n in (1, 2)}
    others = {name: data for name, data in folder_of(25).items() if name != "Interfaces.csv"}
    started = init(tmp_path, {**others, **weeks, **runs})
    page = started.lines()

    assert len(page) < len(started.everything())
    assert (
        ": 32 files: 4 drafted with answers, 25 without an answer until somebody says what they show, 2 superseded"
        in (page[0])
    )
    assert any(line.startswith("Drafted with answers") and line.endswith(": 4 files") for line in page)
    assert any(line.startswith("Drafted, and no answer") and line.endswith(": 25 files") for line in page)
    assert "Older versions of those, not read: 2 files" in page
