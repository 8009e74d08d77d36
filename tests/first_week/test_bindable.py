"""Paths in a binding: whatever a file is called, the host opens exactly that file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gonogo.documents.files import path_mistake
from gonogo.first_week.bindable import bindable, only_match
from gonogo.plugin.inputs.dated_names import dated
from gonogo.plugin.inputs.leftovers import leftover
from gonogo.plugin.inputs.match import components, matching


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("evidence/RAID v12 FINAL.xlsx", "evidence/RAID v12 FINAL.xlsx"),
        ("evidence/états [1].csv", "evidence/états [1].csv"),
        ("evidence/a  b.csv", "evidence/a ?b.csv"),
        ("evidence/a\u00a0b.csv", "evidence/a?b.csv"),
        ("evidence/a\u00a0b[1].csv", "evidence/a?b[[]1].csv"),
        ("evidence/ a.csv", "evidence/ a.csv"),
        ("evidence/a\\b.csv", "evidence/a?b.csv"),
        ("~x.csv", "?x.csv"),
        ("c:x.csv", "c?x.csv"),
        ("evidence/\x1b.csv", "evidence/?.csv"),
        (f"evidence/{'x' * 200}.csv", f"evidence/{'x' * 200}.csv"),
    ],
)
def test_a_path_is_written_so_that_it_can_be_read_back(path: str, written: str) -> None:
    """Settings join blanks and refuse what cannot be printed; a `?` stands for one character."""
    assert bindable(path, [path]) == written


def test_a_pattern_that_would_mean_two_files_is_not_proposed() -> None:
    """Two files that differ only in an invisible character must be renamed by a person."""
    assert bindable("e/a\u00a0b.csv", ["e/a\u00a0b.csv", "e/a\u2003b.csv"]) is None


@given(st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_whatever_is_proposed_means_the_file_and_nothing_else(name: str) -> None:
    """The law: a proposed path is one that a program file may hold, and the host finds this file by it."""
    if name.startswith(".") or leftover(name) is not None:
        return
    path = f"evidence/{name}"
    others = [path, f"evidence/{name}x", "evidence/other.csv"]

    written = bindable(path, others)

    if written is None:
        return
    assert not path_mistake(written)
    assert written == " ".join(written.split())
    assert matching(components(written)[-1], [other.rpartition("/")[2] for other in others]) == [name]
    assert only_match(written, others) == [path] or written == path


@pytest.mark.parametrize(
    ("name", "wild", "day"),
    [
        ("roster_2027-04-16.csv", "roster_*.csv", date(2027, 4, 16)),
        ("20270416 roster.csv", "* roster.csv", date(2027, 4, 16)),
    ],
)
def test_the_one_date_of_a_name_is_found(name: str, wild: str, day: date) -> None:
    """Dated exports are the rule; the newest of them counts."""
    found = dated(name)

    assert found is not None
    assert (found.wild, found.day) == (wild, day)


@pytest.mark.parametrize(
    "name", ["roster.csv", "2027-02-30.csv", "2027-04-16_2027-04-17.csv", "12027041634.csv", "2027-0416.csv"]
)
def test_no_date_or_two_are_none(name: str) -> None:
    """Which of two dates is meant nobody can tell."""
    assert dated(name) is None


def test_the_listed_folder_agrees_with_the_host(tmp_path: Path) -> None:
    """The same names on a real disk."""
    for name in ("a  b.csv", "a b.csv", "[x].csv"):
        (tmp_path / name).write_text("x")
    paths = [entry.name for entry in tmp_path.iterdir()]

    assert matching(bindable("a  b.csv", paths) or "", paths) == ["a  b.csv"]


@pytest.mark.parametrize(
    ("pattern", "meant"),
    [
        ("e/a.csv", ["e/a.csv"]),
        ("e/?.csv", ["e/a.csv", "e/b.csv"]),
        ("*/a.csv", ["e/a.csv", "f/a.csv"]),
        ("e/[ab].csv", ["e/a.csv", "e/b.csv"]),
        ("e/A.csv", []),
        ("a.csv", []),
    ],
)
def test_a_path_without_a_sign_of_a_pattern_means_itself_alone(pattern: str, meant: list[str]) -> None:
    """A page of 500 files compared each with each, part by part."""
    assert only_match(pattern, ["e/a.csv", "e/b.csv", "f/a.csv", "e/a.csv.bak"]) == meant
