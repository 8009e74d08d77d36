"""An empty list is a true zero only where a person says so, for the file that they saw."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.invented_office import invented_office

from gonogo.first_week.adding.asked_in_sheet import in_sheet
from gonogo.first_week.adding.bound_answers import bind, make_workbook_of
from gonogo.first_week.adding.open_program import open_program
from gonogo.first_week.adding.previewing import said_by_fact
from gonogo.first_week.drafts.empty_lists import NONE_THERE
from gonogo.first_week.interview import conduct
from gonogo.first_week.starting import start

NOW = datetime(2026, 11, 20, 17, tzinfo=UTC)
HEAD = "CR,Title,Status\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program with an empty list, dated by its name, and its binding workbook, made once."""
    root = tmp_path_factory.mktemp("empty")
    (root / "evidence").mkdir()
    (root / "evidence" / "change requests 2026-11-18.csv").write_text(HEAD, encoding="utf-8")
    start(root, conduct(root, invented_office(go_live="2099-05-03T06:00", build="B-7")))
    (root / "b.xlsx").write_bytes(make_workbook_of(root, NOW)[0])
    return root


@pytest.fixture
def root(made: Path, tmp_path: Path) -> Path:
    """A copy of that program."""
    return shutil.copytree(made, tmp_path / "p")


def answer(root: Path, fact: str, held: str) -> list[str]:
    """Answer the one fact, sign the sheet, and bind."""
    book = openpyxl.load_workbook(root / "b.xlsx")
    (page,) = [each for each in book.worksheets if "change" in each.title]
    given = {"confirmed by": "Ada Kirsch", "held": held, "fact": fact}
    for row in page.iter_rows():
        if row[0].value in given:
            row[3].value = given[row[0].value]
    book.save(root / "b.xlsx")
    return bind(root / "b.xlsx", root, NOW)


def binding_of(root: Path) -> Any:
    """Return the binding of the list."""
    return next(each for each in open_program(root, NOW).bindings if each.plugin == "table")


def figure(root: Path) -> str:
    """Return what the list comes to now."""
    return said_by_fact(open_program(root, NOW), binding_of(root), dated=False)["cr.undecided"]


def test_a_manager_is_asked_whether_there_are_none(made: Path) -> None:
    """*An empty table proves nothing* told nobody what to do about a list of none."""
    (page,) = [each for each in openpyxl.load_workbook(made / "b.xlsx").worksheets if "change" in each.title]
    rows = [row for row in page.iter_rows(values_only=True) if row[0] in ("fact", "ask", "held")]
    assert [row[1] for row in rows if row[0] == "held"] == ["needed"]

    assert any(f"If there are none, choose `{NONE_THERE}`, and say the day under `held`" in str(row[5]) for row in rows)
    assert any(str(row[5]).startswith("It has no row. If there really are none") for row in rows if row[0] == "ask")
    assert in_sheet("no row below the header; it proves nothing", {"setting"}).startswith("no row below")


def test_there_are_none_is_a_zero_of_this_file_and_each_later_row_counts(root: Path) -> None:
    """Next week's export that lost its rows, or has new ones, says nothing until a person has looked at it."""
    answer(root, NONE_THERE, "2026-11-18")

    binding = binding_of(root)
    assert (binding.confirmed, figure(root)) == (None, "0")
    assert len(binding.inputs[0].as_of.sha256 or ()) == 1

    (file,) = (root / "evidence").iterdir()
    file.write_text(f"{HEAD}C-1,a,Approved\n", encoding="utf-8")
    assert figure(root).startswith("unknown")

    (table,) = binding.settings["tables"].values()
    assert table["control"] == {"min_rows": 0}
    assert binding.settings["facts"]["cr.undecided"]["count"] == {}


def test_the_day_of_an_empty_list_is_said_by_a_person(root: Path) -> None:
    """The name dates it, and would date the next empty export as well."""
    told = answer(root, NONE_THERE, "")

    assert any("say the day on which its content held" in each for each in told)
    assert binding_of(root).confirmed is False


def test_a_list_that_has_rows_by_now_has_some(root: Path) -> None:
    """The answer was given of another content."""
    (file,) = (root / "evidence").iterdir()
    file.write_text(f"{HEAD}C-1,a,\n", encoding="utf-8")

    told = answer(root, NONE_THERE, "2026-11-18")

    assert any("the list has rows, so `there are none` says nothing" in each or "has changed" in each for each in told)
    assert binding_of(root).confirmed is False
