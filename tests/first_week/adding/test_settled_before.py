"""What a person has left out once is not asked about again under its next name."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.added import add
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start
from gonogo.program.program_file import load_program

DISHES = "Dish No,Brings\n1,Ada\n"


def put(root: Path, name: str, text: str = DISHES) -> Path:
    """Write a file of evidence."""
    path = root / "evidence" / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A program in which a list for a party is no evidence."""
    (tmp_path / "evidence").mkdir()
    put(tmp_path, "potluck.csv")
    start(tmp_path, conduct(tmp_path, invented_office(go_live="2099-05-03T06:00")))
    add(tmp_path, [tmp_path / "evidence/potluck.csv"], reason="a list for the party", by="Ada Kirsch")
    return tmp_path


def settled(root: Path) -> dict[str, str]:
    """What is no evidence, by its name, without the day of today."""
    found = load_program(root).program.not_evidence or {}
    return {path.rpartition("/")[2]: reason.rpartition(",")[0] for path, reason in found.items()}


def test_the_same_bytes_are_said_once_and_not_asked_again(root: Path) -> None:
    """Its name does not matter."""
    told = add(root, [put(root, "dishes of Friday.csv")])

    assert told[0].startswith(
        "evidence/dishes of Friday.csv: the same as evidence/potluck.csv, which is no evidence: a list for the "
    )
    assert settled(root)["dishes of Friday.csv"] == "the same as potluck.csv: a list for the party (Ada Kirsch"
    assert not load_program(root).program.bindings
    assert add(root, [root / "evidence"]) == ["Every file there is read, superseded or settled already."]


@pytest.mark.parametrize(
    ("name", "text", "known"),
    [
        ("potluck-2.csv", "Dish No,Brings\n1,Ben\n", True),
        ("potluck 2026-12-04.csv", "Dish No,Brings\n1,Ben\n", True),
        ("potluck 2026-12-04.csv", "Dish No,Cooks\n1,Ben\n", False),
        ("potluck for defects.csv", "Dish No,Brings\n1,Ben\n", False),
        ("potluck draft.csv", "Dish No,Brings\n1,Ben\n", False),
    ],
)
def test_the_next_version_is_known_by_its_name_and_headings(root: Path, name: str, text: str, known: bool) -> None:
    """Other headings or more words are another list, about which somebody has to say something."""
    told = add(root, [put(root, name, text)])

    assert (name in settled(root)) is known
    assert told[0].startswith(f"evidence/{name}: another version of evidence/potluck.csv, which is no ev") is known


def test_a_list_in_another_folder_is_another_list(root: Path) -> None:
    """Only what lies beside it is its next version."""
    (root / "evidence" / "more").mkdir()
    add(root, [put(root, "more/potluck-2.csv", "Dish No,Brings\n1,Ben\n")])
    assert set(settled(root)) == {"potluck.csv"}


def test_what_was_superseded_says_nothing_of_the_next_one(root: Path) -> None:
    """It was evidence."""
    text = (root / "gonogo.yaml").read_text(encoding="utf-8")
    (root / "gonogo.yaml").write_text(
        text.replace("a list for the party", "superseded by potluck v2.csv"), encoding="utf-8"
    )
    add(root, [put(root, "dishes.csv")])
    assert set(settled(root)) == {"potluck.csv"}
