"""A row that was typed over a template's example: a person says whether it is an item, and every figure says so."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.checking import check_file
from gonogo.first_week.adding.item_rows import EACH, NONE, with_own_items
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.adding.sheet_line import ITEMS, SheetLine
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

HEAD = (
    "Requirements Unique ID #*",
    "Requirement Description / Definition*",
    "Federal Standard or Mission Unique?*",
    "Priority*",
    "Status*",
    "In Scope or Out of Scope for Provider",
    "Fit/Gap*",
    "Gap Decision Solution Status*",
    "Release",
    "Integration Test Case*",
    "UAT Case*",
)
REST = ("Mandatory", "Approved-Active", "In Scope", "Fit", "N/A", "R1", "IT_1")
ROWS = (
    ("GL-001-001", "Pay on time", "Federal Standard", "Mandatory", "Approved", *REST[2:], "UAT_P-050_003"),
    ("GL-001-002", "Post daily", "Federal Standard", *REST, "UAT_2"),
    ("GL-001-003", "Close monthly", "Federal Standard", *REST, "UAT_3"),
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with a matrix whose first requirement was typed over GSA's example, and its workbook, made once."""
    root = tmp_path_factory.mktemp("items")
    (root / "evidence").mkdir()
    book = openpyxl.Workbook()
    page = book.active
    page.title = "RTM"
    for line in (HEAD, *ROWS):
        page.append(line)
    book.save(root / "evidence" / "RTM 2026-11-20.xlsx")
    start(root, conduct(root, invented_office(go_live="2099-05-03T06:00", build="B-7")))
    (root / "b.xlsx").write_bytes(make_workbook_of(root)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    return shutil.copytree(made, tmp_path / "p")


def answer(root: Path, items: str) -> list[str]:
    """Answer whether the row is an item, sign the sheet, and bind."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "RTM" in each.title]
    given = {"confirmed by": "Ada Kirsch", ITEMS: items, "which rows": "every row counts"}
    for row in page.iter_rows():
        if row[0].value in given:
            row[3].value = given[row[0].value]
        if (row[0].value, row[1].value) == ("word", "Approved"):
            row[3].value = "approved"
    book.save(root / "b.xlsx")
    return bind(root / "b.xlsx", root)


def figure(root: Path) -> str:
    """Return what the matrix comes to now."""
    program = open_program(root)
    binding = next(each for each in program.bindings if each.prefix == "rtm")
    return said_by_fact(program, binding, dated=False)["rtm.approved_ratio"]


def test_the_row_is_asked_about_by_its_number_and_its_own_words(made: Path) -> None:
    """It was left out without a word: 2 of 2 where a person counts 3."""
    (page,) = [each for each in openpyxl.load_workbook(made / "b.xlsx").worksheets if "RTM" in each.title]
    (row,) = [row for row in page.iter_rows(values_only=True) if row[0] == ITEMS]
    assert not row[3]
    assert "row 2 (GL-001-001) has words of its own under Requirement Description / Definition*" in str(row[5])
    assert figure(made).startswith("unknown")
    assert "row 2 has the words of a row of the template under uat" in figure(made)


@pytest.mark.parametrize(("items", "share", "left"), [(EACH, "3 of 3", False), (NONE, "2 of 2", True)])
def test_a_person_says_whether_it_is_an_item(root: Path, items: str, share: str, left: bool) -> None:
    """And `check` says what was left out, so that who counts by eye finds the same number."""
    answer(root, items)

    assert figure(root) == share
    lines = list(check_file(root / "evidence" / "RTM 2026-11-20.xlsx").lines())
    assert ("  left out of it: 1 template row" in lines) is left


def test_another_answer_is_refused(root: Path) -> None:
    """Nothing is read by a sentence that nobody offered."""
    told = answer(root, "maybe")

    assert any("`maybe` is no answer; choose one of the list" in each for each in told)
    assert figure(root).startswith("unknown")


@pytest.mark.parametrize(("says", "wanted"), [("counts", EACH), ("left_out", NONE), (None, "")])
def test_a_correction_begins_with_what_was_said(says: str | None, wanted: str) -> None:
    """Otherwise the next correction would take the answer back."""
    own: dict[str, Any] = {"tables": {"t": {"rows": {"template": {"written_over": says}}} if says else {}}}

    assert with_own_items([SheetLine(ITEMS, "x", "t")], own)[0].answer == wanted
