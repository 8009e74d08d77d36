"""Two workbooks of one state that say two things of a binding: it waits again, and nobody's word is passed over."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile
from typing import Any

import openpyxl
import pytest
from tests.first_week.adding.test_bound_answers import bound
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

LIST = "Interface ID,Partner,E2E test result\nI-1,PAM,Failed\nI-2,SAM,Passed\nI-3,CGE,Passed\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "evidence").mkdir()
    (tmp_path / "evidence" / "Interfaces.csv").write_text(LIST, encoding="utf-8")
    start(tmp_path, conduct(tmp_path, invented_office()))
    (tmp_path / "made.xlsx").write_bytes(make_workbook_of(tmp_path)[0])
    return tmp_path


def answered(root: Path, name: str, by: str, **answers: Any) -> Path:
    """A copy of the workbook that somebody filled in."""
    copyfile(root / "made.xlsx", root / name)
    book = openpyxl.load_workbook(root / name)
    (page,) = [each for each in book.worksheets if "Interfaces" in each.title]
    said = {"confirmed by": by, "held": "2026-11-19"} | {key.replace("_", " "): value for key, value in answers.items()}
    for row in page.iter_rows():
        if row[0].value in said:
            row[3].value = said[row[0].value]
        if (row[0].value, row[1].value) == ("word", "Failed") and "failed" in said:
            row[3].value = said["failed"]
    book.save(root / name)
    return root / name


NO = {"use": "no evidence", "why_not": "an old list"}


@pytest.mark.parametrize("other", [NO, {"failed": "passed"}, {"held": "2026-11-18"}])
def test_two_workbooks_that_contradict_each_other_confirm_nothing(root: Path, other: dict[str, str]) -> None:
    """The first to be read won, and the other one was told that it was confirmed before."""
    bind(answered(root, "a.xlsx", "Ada Kirsch"), root)
    assert bound(root)["interfaces"].confirmed is None

    told = bind(answered(root, "b.xlsx", "Ben Otto", **other), root)

    assert told[0].startswith("interfaces: not taken: it was confirmed by Ada Kirsch on ")
    assert "this workbook, signed by Ben Otto, answers otherwise" in told[0]
    assert bound(root)["interfaces"].confirmed is not None
    assert "# ask: It was confirmed by Ada Kirsch on " in (root / "gonogo.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("by", ["Ada Kirsch", "Ben Otto"])
def test_the_same_answers_again_change_nothing(root: Path, by: str) -> None:
    """A workbook is read twice, or two people agree."""
    bind(answered(root, "a.xlsx", "Ada Kirsch"), root)
    before = (root / "gonogo.yaml").read_text(encoding="utf-8")

    told = bind(answered(root, "b.xlsx", by), root)

    assert told[0].startswith("interfaces: was confirmed before, so this sheet changes nothing of it.")
    assert (root / "gonogo.yaml").read_text(encoding="utf-8") == before


def test_a_sheet_that_nobody_signed_contradicts_nobody(root: Path) -> None:
    """The other one was opened and never answered."""
    bind(answered(root, "a.xlsx", "Ada Kirsch"), root)

    told = bind(answered(root, "b.xlsx", "", failed="passed"), root)

    assert told[0].startswith("interfaces: was confirmed before")
    assert bound(root)["interfaces"].confirmed is None


def test_a_workbook_of_an_earlier_state_contradicts_nobody(root: Path) -> None:
    """It waited again, was asked about anew and confirmed: what was answered before that is settled."""
    bind(answered(root, "a.xlsx", "Ada Kirsch"), root)
    first = answered(root, "b.xlsx", "Ben Otto", failed="passed")
    bind(first, root)
    (root / "made.xlsx").write_bytes(make_workbook_of(root)[0])
    bind(answered(root, "c.xlsx", "Ada Kirsch"), root)
    assert bound(root)["interfaces"].confirmed is None

    assert bind(first, root)[0].startswith("interfaces: was confirmed before")
    assert bound(root)["interfaces"].confirmed is None
    assert "not taken" in bind(answered(root, "d.xlsx", "Ben Otto", failed="passed"), root)[0]


def test_who_takes_a_file_for_evidence_that_was_set_aside_is_told(root: Path) -> None:
    """The other way round: the first workbook dropped the list, and the second one confirms it."""
    bind(answered(root, "a.xlsx", "Ada Kirsch", **NO), root)

    told = bind(answered(root, "b.xlsx", "Ben Otto"), root)

    assert told[0].startswith("interfaces: not taken: it takes evidence/Interfaces.csv for evidence, and that was set")
    again = bind(answered(root, "c.xlsx", "Ada Kirsch", **NO), root)
    assert again[0].startswith("interfaces: was set aside before (an old list")


def test_a_file_that_changed_is_not_set_aside_on_the_word_of_who_saw_another(root: Path) -> None:
    """It was an empty template when the workbook was made, and the results of a failed test when it was read."""
    (root / "evidence" / "Interfaces.csv").write_text(LIST + "I-4,HR,Not run\n", encoding="utf-8")

    told = bind(answered(root, "a.xlsx", "Ada Kirsch", **NO), root)

    assert "interfaces: not taken: evidence/Interfaces.csv has changed since the workbook was made: " in told[0]
    assert "interfaces" in bound(root)


@pytest.mark.parametrize("why", ["", "?", "TBD"])
def test_a_file_is_set_aside_for_a_reason_only(root: Path, why: str) -> None:
    """What says nothing is no reason."""
    told = bind(answered(root, "a.xlsx", "Ada Kirsch", use="no evidence", why_not=why), root)

    assert told[0] == "interfaces: not taken: say under `why not` why it is no evidence."
